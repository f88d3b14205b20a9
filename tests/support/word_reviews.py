"""Reviews of a Word document, made as Word writes them: tracked changes, comments, plain edits."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from sourcebrief.documents.word.opc_package import DOCUMENT, OFFICE_TYPE, Package, W, w, w_element

ANA, BEN = "Ana Ruiz", "Ben Ode"
DAY = "2023-10-03T09:00:00Z"
MS_RELATION = "http://schemas.microsoft.com/office/2011/relationships/"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


class WordReview:
    """A document under review; `author` and `date` sign what is tracked."""

    def __init__(self, document: bytes, author: str = ANA, date: str = DAY) -> None:
        self.package = Package(document)
        self.author, self.date = author, date
        self.comments: list[tuple[int, str, str, str, int | None, bool]] = []
        self._number = 9000

    def bytes(self) -> bytes:
        if self.comments:
            self._write_comments()
        return self.package.bytes()

    def put_in(self, text: str, *, before: str = "", after: str = "", look: str = "") -> None:
        """Track words that are put in before or after words of the document."""
        first, last = self.runs(before or after)
        made = self._tracked("ins", [_run(text, first, look)])
        (first.addprevious if before else last.addnext)(made)

    def take_out(self, words: str) -> None:
        """Track words as taken out."""
        for run in self.between(words):
            made = self._tracked("del", [])
            run.addprevious(made)
            made.append(run)
            for text in run.iter(w("t")):
                text.tag = w("delText")

    def change(self, words: str, new: str) -> None:
        """Track words as changed to others."""
        self.put_in(new, after=words)
        self.take_out(words)

    def edit(self, words: str, new: str) -> None:
        """Change words with tracking off."""
        first, *others = self.between(words)
        for run in others:
            run.getparent().remove(run)
        first.find(w("t")).text = new

    def comment(
        self, words: str, text: str, *, reply_to: int | None = None, resolved: bool = False
    ) -> int:
        """Comment on words; returns the comment's number."""
        number = len(self.comments)
        first, last = self.runs(words)
        first.addprevious(w_element("commentRangeStart", id=str(number)))
        call = w_element("r")
        call.append(w_element("commentReference", id=str(number)))
        last.addnext(call)
        last.addnext(w_element("commentRangeEnd", id=str(number)))
        self.comments.append((number, self.author, self.date, text, reply_to, resolved))
        return number

    def reformat(self, words: str) -> None:
        """Track words as made bold."""
        for run in self.between(words):
            look = run.find(w("rPr"))
            if look is None:
                look = w_element("rPr")
                run.insert(0, look)
            was = w_element("rPrChange", id=self._id(), author=self.author, date=self.date)
            was.append(deepcopy(look))
            look.insert(len(look.findall(w("rStyle"))), w_element("b"))
            look.append(was)

    def runs(self, words: str) -> tuple[Any, Any]:
        found = self.between(words)
        return found[0], found[-1]

    def between(self, words: str) -> list[Any]:
        """The runs that hold just these words, parted from those around them."""
        for part in (DOCUMENT, *self.package.related(DOCUMENT, "footnotes").values()):
            for paragraph in self.package.tree(part).iter(w("p")):
                texts = [
                    text
                    for text in paragraph.iter(w("t"))
                    if next(text.iterancestors(w("ins")), None) is None
                    and next(text.iterancestors(w("p")), None) is paragraph
                ]
                at = "".join(text.text or "" for text in texts).find(words)
                if at >= 0:
                    return list(_parted(texts, at, at + len(words)))
        raise AssertionError(f"{words!r} is not in the document")

    def _id(self) -> str:
        self._number += 1
        return str(self._number)

    def _tracked(self, kind: str, runs: list[Any]) -> Any:
        made = w_element(kind, id=self._id(), author=self.author, date=self.date)
        made.extend(runs)
        return made

    def _write_comments(self) -> None:
        said = "".join(
            f'<w:comment w:id="{number}" w:author="{escape(author)}" w:date="{date}">'
            f'<w:p w14:paraId="{number + 1:08X}"><w:r><w:t>{escape(text)}</w:t></w:r></w:p>'
            "</w:comment>"
            for number, author, date, text, _, _ in self.comments
        )
        more = "".join(
            f'<w15:commentEx w15:paraId="{number + 1:08X}" w15:done="{int(resolved)}"'
            + (f' w15:paraIdParent="{reply_to + 1:08X}"' if reply_to is not None else "")
            + "/>"
            for number, _, _, _, reply_to, resolved in self.comments
        )
        parts = {
            "comments": f'<w:comments xmlns:w="{W}" xmlns:w14="{W14}">{said}</w:comments>',
            "commentsExtended": f'<w15:commentsEx xmlns:w15="{W15}">{more}</w15:commentsEx>',
        }
        for name, content in parts.items():
            for old in list(self.package.tree("[Content_Types].xml")):
                if old.get("PartName") == f"/word/{name}.xml":
                    old.getparent().remove(old)
            kind = f"{OFFICE_TYPE}.wordprocessingml.{name}+xml"
            self.package.put(f"word/{name}.xml", content.encode(), kind)
            if f"word/{name}.xml" not in self.package.related(DOCUMENT, name).values():
                self.package.relate(DOCUMENT, f"word/{name}.xml", name)
                if name == "commentsExtended":
                    relation = self.package.tree("word/_rels/document.xml.rels")[-1]
                    relation.set("Type", MS_RELATION + name)


def _run(text: str, like: Any, look: str) -> Any:
    made = w_element("r")
    style = like.find(w("rPr"))
    if look:
        made.append(etree.fromstring(f'<w:rPr xmlns:w="{W}">{look}</w:rPr>'))
    elif style is not None:
        made.append(deepcopy(style))
    words = etree.SubElement(made, w("t"), {f"{{{XML}}}space": "preserve"})
    words.text = text
    return made


XML = "http://www.w3.org/XML/1998/namespace"


def _parted(texts: list[Any], start: int, end: int) -> Iterator[Any]:
    at = 0
    for text in texts:
        words = text.text or ""
        begin, stop = max(start - at, 0), min(end - at, len(words))
        at += len(words)
        if begin >= stop:
            continue
        run = text.getparent()
        for part, place in ((words[:begin], "addprevious"), (words[stop:], "addnext")):
            if part:
                beside = deepcopy(run)
                beside.find(w("t")).text = part
                beside.find(w("t")).set(f"{{{XML}}}space", "preserve")
                getattr(run, place)(beside)
        text.text = words[begin:stop]
        text.set(f"{{{XML}}}space", "preserve")
        yield run

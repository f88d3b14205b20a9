"""A redline: one Word document as the change of another, with every word of both.

Accepting all changes gives the newer document, rejecting all gives the older one, word for word.
Rows of tables that came or went are tracked as rows. It carries no evidence, because it is neither
of the two editions.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import count
from typing import Any, Final

from lxml import etree

from sourcebrief.documents.word.docx_properties import NAMESPACE
from sourcebrief.documents.word.opc_package import (
    DOCUMENT,
    OFFICE,
    Package,
    relations_of,
    w,
    w_child,
    w_element,
    w_value,
)
from sourcebrief.documents.word.redline_runs import merged_paragraph

_ALIKE: Final = 0.5
"""From 0 to 1: how many words two blocks share, of which one is the other changed."""
_EMBED: Final = f"{{{OFFICE}}}embed"
_ID: Final = f"{{{OFFICE}}}id"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FIRST_ID: Final = 1_000_000
"""Beyond the ids of bookmarks and notes."""


def redline(older: bytes, newer: bytes, author: str, moment: datetime) -> bytes:
    """Return the newer document with its changes since the older one tracked.

    `author` and `moment` sign the changes. Both must be documents of a build.
    """
    made = _Redline(Package(older), Package(newer), author, moment)
    made.merge()
    return made.newer.bytes()


class _Redline:
    def __init__(self, older: Package, newer: Package, author: str, moment: datetime) -> None:
        self.older, self.newer = older, newer
        self.signed = {
            "author": author,
            "date": moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        self._ids = _FIRST_ID
        self._notes = {True: _notes(newer), False: _notes(older)}
        numbering = "word/numbering.xml"
        self._lists = {
            w_value(each, "numId")
            for each in (newer.tree(numbering).iter(w("num")) if numbering in newer else ())
        }

    def merge(self) -> None:
        """Merge text, heads and feet, and take the evidence out."""
        self._container(self.older.body(), self.newer.body())
        for kind in ("header", "footer"):
            heads = self.older.related(DOCUMENT, kind).values()
            for name in self.newer.related(DOCUMENT, kind).values():
                if name in heads:
                    self._container(self.older.tree(name), self.newer.tree(name))
        self._order_notes()
        _take_evidence_out(self.newer)

    def track(self, kind: str) -> Any:
        """Make an element that tracks a change."""
        return w_element(kind, id=str(self._next_id()), **self.signed)

    def key_of(self, element: Any, *, newer: bool) -> str:
        """Return the words of a note, the bytes of a picture, else how an element is written."""
        if element.tag == w("footnoteReference"):
            note = self._notes[newer].get(w_value(element, "id"))
            return f"note {_words(note)}"
        if element.tag == w("drawing"):
            package = self.newer if newer else self.older
            return f"picture {sha256(_picture(package, element)).hexdigest()}"
        return etree.tostring(element, method="c14n", with_tail=False).decode()

    def brought(self, element: Any) -> Any:
        """Return an element of the older document as one of the newer, with what it shows."""
        copy = deepcopy(element)
        if element.tag == w("footnoteReference"):
            copy.set(w("id"), self._bring_note(w_value(element, "id")))
        elif element.tag == w("drawing"):
            self._bring_picture(element, copy)
        return copy

    def _next_id(self) -> int:
        self._ids += 1
        return self._ids

    def _container(self, older: Any, newer: Any) -> None:
        """Merge the blocks of two bodies, cells, heads or feet into the newer one."""
        before: dict[Any, list[Any]] = {}
        others: list[Any] = []
        for child in newer:
            if child.tag in _BLOCKS:
                before[child], others = others, []
            else:
                others.append(child)
        blocks = list(before)
        # What a cell begins with, its width, stays first.
        made = before.pop(blocks[0]) if blocks else []
        for now, block in self._blocks(_children(older), blocks):
            made += [*before.get(now, ()), block]
        newer[:] = [*made, *others]

    def _blocks(self, older: Sequence[Any], newer: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        """Yield the blocks of both, each with that of the newer document where it has one."""
        for was, now in _alone(older, newer) or _paired(older, newer):
            sample = now if now is not None else was
            if sample.tag == w("tbl"):
                yield now, self._table(was, now)
            elif sample.tag == w("sdt"):
                yield from self._contents(was, now)
            else:
                if now is None:
                    self._keep_list(was)
                yield now, merged_paragraph(was, now, self)

    def _contents(self, was: Any, now: Any) -> Iterator[tuple[Any, Any]]:
        """Merge a block such as a table of contents; one that came or went is its paragraphs."""
        if was is not None and now is not None:
            self._container(was.find(w("sdtContent")), now.find(w("sdtContent")))
            yield now, now
            return
        held = [] if was is None else _children(was.find(w("sdtContent")))
        added = [] if now is None else _children(now.find(w("sdtContent")))
        yield from self._blocks(held, added)

    def _table(self, was: Any, now: Any) -> Any:
        made = deepcopy(now if now is not None else was)
        for row in made.findall(w("tr")):
            made.remove(row)
        rows = ([] if each is None else each.findall(w("tr")) for each in (was, now))
        made.extend(self._row(*pair) for pair in _paired(*rows))
        return made

    def _row(self, was: Any, now: Any) -> Any:
        if was is not None and now is not None:
            cells = zip(was.findall(w("tc")), now.findall(w("tc")), strict=True)
            for one, other in cells:
                self._container(one, other)
            return now
        row = deepcopy(now if now is not None else was)
        properties = w_child(row, "trPr", len(row.findall(w("tblPrEx"))))
        properties.append(self.track("ins" if was is None else "del"))
        for cell in row.findall(w("tc")):
            held = _children(cell)
            made = self._blocks([], held) if was is None else self._blocks(held, [])
            blocks = [block for _, block in made]
            for child in held:
                cell.remove(child)
            cell.extend(blocks)
        return row

    def _keep_list(self, paragraph: Any) -> None:
        """Leave a paragraph of the older document without a list that the newer one lacks."""
        for listed in list(paragraph.iter(w("numPr"))):
            number = listed.find(w("numId"))
            if w_value(number) not in self._lists:
                listed.getparent().remove(listed)

    def _bring_note(self, key: str) -> str:
        note = deepcopy(self._notes[False][key])
        part = next(iter(self.newer.related(DOCUMENT, "footnotes").values()))
        # The schema allows few ids of notes.
        new = next(number for number in map(str, count(1)) if number not in self._notes[True])
        note.set(w("id"), new)
        self._notes[True][new] = note
        for link in list(note.iter(w("hyperlink"))):
            # Where it led is a relation of the older document.
            for run in link:
                link.addprevious(run)
            link.getparent().remove(link)
        for mark in list(note.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            mark.getparent().remove(mark)
        self.newer.tree(part).append(note)
        return new

    def _order_notes(self) -> None:
        """Number the notes in the order of their calls, by which LibreOffice gives them out."""
        calls = list(self.newer.body().iter(w("footnoteReference")))
        notes = [self._notes[True][w_value(call, "id")] for call in calls]
        for number, (call, note) in enumerate(zip(calls, notes, strict=True), 1):
            for each in (call, note):
                each.set(w("id"), str(number))
            note.getparent().append(note)

    def _bring_picture(self, element: Any, copy: Any) -> None:
        content = _picture(self.older, element)
        name = self.newer.free_name("word/media/old{}.png")
        self.newer.put(name, content, "image/png")
        relation = self.newer.relate(DOCUMENT, name, "image")
        for holder in copy.iter():
            if _EMBED in holder.attrib:
                holder.set(_EMBED, relation)
        for each in copy.iter(_PICTURE):
            each.set("id", str(self._next_id()))


_BLOCKS: Final = frozenset(map(w, ("p", "tbl", "sdt")))


def _children(holder: Any) -> list[Any]:
    return [each for each in holder if each.tag in _BLOCKS]


def _notes(package: Package) -> dict[str, Any]:
    return {
        w_value(note, "id"): note
        for name in package.related(DOCUMENT, "footnotes").values()
        for note in package.tree(name).findall(w("footnote"))
    }


def _words(element: Any) -> str:
    if element is None:
        return ""
    return " ".join("".join(map(str, element.itertext(w("t")))).split())


def _picture(package: Package, drawing: Any) -> bytes:
    images = package.related(DOCUMENT, "image")
    found = [images.get(str(each.get(_EMBED))) for each in drawing.iter() if _EMBED in each.attrib]
    return b"".join(package.read(name) for name in found if name and name in package)


def _alone(older: Sequence[Any], newer: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Return the one paragraph of both, as of a cell: one that went would leave an empty one."""
    both = [*older, *newer]
    alone = len(older) == len(newer) == 1 and all(one.tag == w("p") for one in both)
    return list(zip(older, newer, strict=True)) if alone else []


def _paired(older: Sequence[Any], newer: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield the blocks or rows of both in order: those that are one changed, or came, or went."""
    keys = [[(one.tag, _words(one), _shape(one)) for one in side] for side in (older, newer)]
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(older[i1:i2], newer[j1:j2], strict=True)
        else:
            yield from _alike(older[i1:i2], newer[j1:j2])


def _alike(older: Sequence[Any], newer: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    begin = 0
    added: list[Any] = []
    for now in newer:
        found = next((n for n in range(begin, len(older)) if _is_changed(older[n], now)), None)
        if found is None:
            added.append(now)
            continue
        # What is gone stands before what was added.
        yield from ((was, None) for was in older[begin:found])
        yield from ((None, new) for new in added)
        yield older[found], now
        begin, added = found + 1, []
    yield from ((was, None) for was in older[begin:])
    yield from ((None, new) for new in added)


def _is_changed(was: Any, now: Any) -> bool:
    """Say whether a block is another one changed."""
    if was.tag != now.tag or _shape(was) != _shape(now):
        return False
    if was.tag in (w("tbl"), w("sdt")):
        return True
    one, other = _words(was).split(), _words(now).split()
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _shape(block: Any) -> tuple[Any, ...]:
    """Return what two blocks must have alike to be merged: the columns of tables and rows."""
    if block.tag == w("tbl"):
        heads = [_words(cell) for cell in block.findall(f"{w('tr')}[1]/{w('tc')}")]
        return (len(block.findall(f"{w('tblGrid')}/{w('gridCol')}")), *heads)
    if block.tag == w("tr"):
        spans = block.findall(f"{w('tc')}/{w('tcPr')}/{w('gridSpan')}")
        return (len(block.findall(w("tc"))), *map(w_value, spans))
    return (w_value(block.find(f"{w('pPr')}/{w('pStyle')}")),) if block.tag == w("p") else ()


def _take_evidence_out(package: Package) -> None:
    """Take out what the newer document carries, and the relations to it."""
    carried = [name for name in package if name.startswith("customXml/")]
    ours = [name for name in carried if NAMESPACE.encode() in package.read(name)]
    gone = {*ours, *(relations_of(name) for name in ours)}
    package.drop(gone & set(package))

"""The paragraphs of a Word document with what reviewers did in them: tracked changes, comments.

The file may be hostile. Its parts are read as trees under the limits of `verify`, nothing in it is
followed, and no change in it is carried out.
"""

from dataclasses import replace
from typing import Any, Final

from lxml import etree

from sourcebrief.documents.word.opc_package import DOCUMENT, OFF, Package, w, w_value
from sourcebrief.review.printed_source import CALL
from sourcebrief.review.word_text import (
    Author,
    FormatChange,
    Piece,
    TrackedMark,
    Where,
    WordParagraph,
)

_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARKS: Final = {w("ins"): "in", w("del"): "out", w("moveTo"): "in", w("moveFrom"): "out"}
_MOVES: Final = {w("moveTo"), w("moveFrom")}
_CHARACTERS: Final = {
    w("tab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("footnoteReference"): CALL,
    w("endnoteReference"): CALL,
}
_LOOKS: Final = {w("b"): "strong", w("i"): "em"}
_COMPUTED: Final = ("PAGE", "NUMPAGES")
_COMPUTED_SHOWN: Final = "#"
_SKIPPED: Final = frozenset({_FALLBACK, *map(w, ("sectPr", "tblPr", "tblGrid", "tcPr"))})


def read_paragraphs(package: Package) -> list[WordParagraph]:
    """Read the paragraphs of text, notes, heads and feet."""
    reader = _Reader()
    reader.read(package.body(), DOCUMENT, "text")
    for kind in ("footnotes", "endnotes"):
        for name in package.related(DOCUMENT, kind).values():
            for note in package.tree(name).iterchildren(w(kind.removesuffix("s"))):
                if note.get(w("type")) is None:
                    reader.note = w_value(note, "id")
                    reader.read(note, name, "note")
    reader.note = ""
    for kind in ("header", "footer"):
        for name in package.related(DOCUMENT, kind).values():
            reader.read(package.tree(name), name, "head")
    return reader.paragraphs


def author_of(element: Any) -> Author:
    """Return who made a change, as the file says."""
    return Author(w_value(element, "author"), w_value(element, "date"))


class _Reader:
    def __init__(self) -> None:
        self.paragraphs: list[WordParagraph] = []
        self.note = ""
        self._rows = 0
        self._row = 0
        self._row_mark: dict[str, TrackedMark] = {}
        self._open: list[WordParagraph] = []
        self._bookmarks: dict[str, tuple[str, WordParagraph, int]] = {}
        self._where: Where = "text"
        self._part = DOCUMENT
        self._field: list[str] = []
        self._before: list[tuple[str, int]] = []

    def read(self, root: Any, part: str, where: Where) -> None:
        self._where, self._part, self._field = where, part, []
        self._content(root, {})

    def _content(self, parent: Any, marks: dict[str, TrackedMark]) -> None:
        for element in parent.iterchildren(etree.Element):
            tag = element.tag
            if tag in _SKIPPED:
                continue
            if tag == w("p"):
                self._paragraph(element, marks)
            elif tag == w("tr"):
                self._table_row(element, marks)
            elif tag == w("r"):
                self._run(element, marks)
            elif tag in _MARKS:
                mark = TrackedMark(author_of(element), tag in _MOVES)
                self._content(element, {**marks, _MARKS[tag]: mark})
            elif tag == w("fldSimple"):
                self._simple_field(element, marks)
            elif tag in (w("commentRangeStart"), w("commentRangeEnd")):
                self._comment(element)
            elif tag in (w("bookmarkStart"), w("bookmarkEnd")):
                self._bookmark(element)
            elif tag not in (w("pPr"), w("rPr")):
                self._content(element, marks)

    def _table_row(self, row: Any, marks: dict[str, TrackedMark]) -> None:
        outer, self._rows = self._row, self._rows + 1
        self._row = self._rows
        tracked = {
            _MARKS[change.tag]: TrackedMark(author_of(change))
            for change in row.iterfind(f"{w('trPr')}/*")
            if change.tag in _MARKS
        }
        self._content(row, {**marks, **tracked})
        self._row = outer

    def _paragraph(self, element: Any, marks: dict[str, TrackedMark]) -> None:
        where: Where = "box" if self._open else self._where
        made = WordParagraph(where, self._row, part=self._part, note=self.note)
        properties = element.find(w("pPr"))
        before = element.getprevious()
        made.follows = (
            before is not None and before.tag == w("p") and _style(before) == _style(element)
        )
        made.comments, self._before = self._before, []
        self.paragraphs.append(made)
        self._open.append(made)
        if properties is not None and (changed := properties.find(w("pPrChange"))) is not None:
            made.formats.append(FormatChange(TrackedMark(author_of(changed)), "", 0))
        self._content(element, marks)
        self._open.pop()
        for change in properties.iterfind(f"{w('rPr')}/*") if properties is not None else ():
            if change.tag in _MARKS:
                mark = TrackedMark(author_of(change), change.tag in _MOVES)
                setattr(made, "parted" if _MARKS[change.tag] == "in" else "joined", mark)

    def _run(self, run: Any, marks: dict[str, TrackedMark]) -> None:
        properties = run.find(w("rPr"))
        looks = _looks(properties)
        begin = self._open[-1].length if self._open else 0
        for element in run.iterchildren(etree.Element):
            if element.tag == w("fldChar"):
                self._field_sign(w_value(element, "fldCharType"), marks, looks)
            elif element.tag == w("instrText"):
                if self._field:
                    self._field[-1] += element.text or ""
            elif element.tag in (w("t"), w("delText")):
                self._add(element.text or "", marks, looks)
            elif element.tag in _CHARACTERS:
                self._add(_CHARACTERS[element.tag], marks, looks)
            elif element.tag not in (w("rPr"), _FALLBACK):
                self._content(element, marks)  # a text box
        changed = properties.find(w("rPrChange")) if properties is not None else None
        if changed is not None and self._open:
            words, was = self._open[-1].whole[begin:], _looks(changed.find(w("rPr")))
            formats = self._open[-1].formats
            found = FormatChange(TrackedMark(author_of(changed)), words, begin, was, looks)
            if formats and replace(formats[-1], text=words, at=begin) == found:
                begin = formats.pop().at  # one change of several runs
            formats.append(replace(found, text=self._open[-1].whole[begin:], at=begin))

    def _add(self, text: str, marks: dict[str, TrackedMark], looks: frozenset[str]) -> None:
        computed = any(each.startswith("\0") for each in self._field)
        if self._open and text and not computed:
            piece = Piece(text, marks.get("in"), marks.get("out"), looks)
            self._open[-1].pieces.append(piece)

    def _field_sign(self, kind: str, marks: dict[str, TrackedMark], looks: frozenset[str]) -> None:
        """Follow a field, of which the result is read: but not where it is a page's number."""
        if kind == "begin":
            self._field.append("")
        elif kind == "separate" and self._field:
            if self._field[-1].split()[:1] and self._field[-1].split()[0] in _COMPUTED:
                self._add(_COMPUTED_SHOWN, marks, looks)
                self._field[-1] = "\0"
        elif kind == "end" and self._field:
            self._field.pop()

    def _simple_field(self, element: Any, marks: dict[str, TrackedMark]) -> None:
        if w_value(element, "instr").split()[:1] in ([name] for name in _COMPUTED):
            self._add(_COMPUTED_SHOWN, marks, frozenset())
        else:
            self._content(element, marks)

    def _comment(self, element: Any) -> None:
        """Note where a comment begins or ends: between paragraphs, at the one that comes next."""
        paragraph = self._open[-1] if self._open else None
        spots = self._before if paragraph is None else paragraph.comments
        spots.append((w_value(element, "id"), paragraph.length if paragraph else 0))

    def _bookmark(self, element: Any) -> None:
        key = w_value(element, "id")
        if element.tag == w("bookmarkStart"):
            if self._open:
                paragraph = self._open[-1]
                self._bookmarks[key] = (w_value(element, "name"), paragraph, paragraph.length)
        elif key in self._bookmarks:
            name, paragraph, start = self._bookmarks.pop(key)
            same = self._open and self._open[-1] is paragraph
            paragraph.bookmarks.setdefault(name, (start, paragraph.length if same else -1))


def _style(paragraph: Any) -> str:
    return w_value(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))


def _looks(properties: Any) -> frozenset[str]:
    found = () if properties is None else _LOOKS.items()
    return frozenset(name for tag, name in found if _is_on(properties.find(tag)))


def _is_on(element: Any) -> bool:
    return element is not None and w_value(element) not in (*OFF, "none")

"""Have a long Word document made in parts: pandoc's memory is four hundred times its input.

The page is cut between rows, items and entries; each part stands in copies of all that is around
it, so that it is styled alike. What pandoc makes of the parts is joined: rows to their table, and
bookmarks, pictures, notes, links and lists with one set of numbers.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain, count
from pathlib import PurePath
from typing import Final

from lxml import etree

from sourcebrief.documents.word.opc_package import (
    DOCUMENT,
    OFFICE,
    TYPES,
    Package,
    relations_of,
    w,
    w_value,
)

PART_SIZE: Final = 2_000_000
"""How many bytes a part has; a page of up to twice as many stays whole."""
_CUT_WITHIN: Final = ("body", "div", "table", "tbody", "ul")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOTES: Final = "word/footnotes.xml"
_LISTS: Final = "word/numbering.xml"
_LIST_WITHOUT_MARKS: Final = 1000
"""pandoc's first number of a list, which all without marks share; the others count on from it."""
_PLACED: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


@dataclass(frozen=True, slots=True)
class PagePart:
    """HTML for pandoc; `goes_on` where it begins amid a table that an earlier part began."""

    source: bytes
    goes_on: bool = False


def parts_of(body: etree._Element, size: int = PART_SIZE) -> Iterator[PagePart]:
    """Yield the parts of a page in their order; a long body is taken apart by that."""
    whole = _source(body)
    if len(whole) <= 2 * size:
        yield PagePart(whole)
        return
    groups: list[list[etree._Element]] = [[]]
    room = size
    for unit, length in list(_units(body, size)):
        if room <= 0 and _may_begin(unit):
            groups.append([])
            room = size
        groups[-1].append(unit)
        room -= length
    begun: set[etree._Element] = set()
    for group in groups:
        goes_on = any(around in begun for around in group[0].iterancestors("table"))
        yield PagePart(_source(_with_surroundings(group, body, begun)), goes_on)


def _source(body: etree._Element) -> bytes:
    content: bytes = etree.tostring(body, method="html", encoding="utf-8")
    return b'<!DOCTYPE html><meta charset="utf-8">' + content


def _units(around: etree._Element, size: int) -> Iterator[tuple[etree._Element, int]]:
    """Yield what is not cut, with its length: all but a table's heads, which every part gets."""
    for element in around.iterchildren():
        if element.tag in ("caption", "colgroup", "thead"):
            continue
        length = len(etree.tostring(element))
        loose = (element.text, *(child.tail for child in element))
        if (
            element.tag in _CUT_WITHIN
            and length * 16 > size
            and not any(text and text.strip() for text in loose)
        ):
            yield from _units(element, size)
        else:
            yield element, length


def _may_begin(unit: etree._Element) -> bool:
    """Whether pandoc gives it the same style, whatever stands before it."""
    return unit.tag in ("tr", "li", *_HEADINGS) or (len(unit) > 0 and unit[0].tag in _HEADINGS)


def _with_surroundings(
    units: Iterable[etree._Element], body: etree._Element, begun: set[etree._Element]
) -> etree._Element:
    """Move units into copies of what they stand in; identifiers and captions print once."""
    copies: dict[etree._Element, etree._Element] = {}

    def copy_of(element: etree._Element) -> etree._Element:
        if element not in copies:
            again = element in begun
            begun.add(element)
            copy = copies[element] = etree.Element(element.tag)
            copy.attrib.update(element.attrib)
            heads = ("colgroup", "thead") if again else ("caption", "colgroup", "thead")
            copy.extend(map(deepcopy, element.iterchildren(*heads)))
            if again and "id" in copy.attrib:
                del copy.attrib["id"]
            if element is not body and (parent := element.getparent()) is not None:
                copy_of(parent).append(copy)
        return copies[element]

    for unit in units:
        if (parent := unit.getparent()) is not None:
            copy_of(parent).append(unit)
    return copies[body]


def joined_documents(documents: Iterable[tuple[Package, bool]]) -> Package:
    """Join what pandoc made of each part, told for each whether it goes on with a table."""
    others = iter(documents)
    whole, _ = next(others)
    joining = _Joining(whole)
    for package, goes_on in chain([(whole, False)], others):
        joining.add(package, goes_on=goes_on)
    return whole


class _Joining:
    """A document to whose end others are added, and the numbers that are free in it."""

    def __init__(self, whole: Package) -> None:
        self._whole = whole
        self._places = count(1)
        # Word allows a note no number beyond 32,767, which pandoc's numbers may pass.
        self._notes = count(1)
        self._relations = {
            _meaning(relation): str(relation.get("Id"))
            for relation in whole.tree(relations_of(DOCUMENT))
        }
        numbers = [int(w_value(each, "numId")) for each in self._lists().iter(w("num"))]
        self._free_lists = count(max([_LIST_WITHOUT_MARKS, *numbers]) + 1)

    def add(self, package: Package, *, goes_on: bool) -> None:
        """Add a document; the first is the one that the others are added to."""
        blocks = list(package.body())
        if package is not self._whole:
            blocks = [block for block in blocks if block.tag != w("sectPr")]
            if goes_on and blocks and blocks[0].tag == w("tbl"):
                for row in blocks[0].findall(w("tr")):
                    if row.find(f"{w('trPr')}/{w('tblHeader')}") is not None:
                        blocks[0].remove(row)
        notes = list(self._renumbered_notes(package, blocks))
        self._renumber_places([*blocks, *notes])
        if package is not self._whole:
            self._take_relations(package, [*blocks, *notes])
            self._take_lists(package, blocks)
            self._whole.tree(_NOTES).extend(notes)
            self._append(blocks, goes_on=goes_on)

    def _append(self, blocks: list[etree._Element], *, goes_on: bool) -> None:
        section = self._whole.body()[-1]
        table = next(section.itersiblings(w("tbl"), preceding=True), None)
        if goes_on and table is not None and blocks and blocks[0].tag == w("tbl"):
            table.extend(blocks.pop(0).findall(w("tr")))
        for block in blocks:
            section.addprevious(block)

    def _renumbered_notes(
        self, package: Package, blocks: list[etree._Element]
    ) -> Iterator[etree._Element]:
        """Yield the notes that are called, in the order of their calls."""
        notes = {w_value(note, "id"): note for note in package.tree(_NOTES)}
        for call in _each(blocks, w("footnoteReference")):
            note = notes[w_value(call, "id")]
            number = str(next(self._notes))
            for element in (call, note):
                element.set(w("id"), number)
            yield note

    def _renumber_places(self, blocks: list[etree._Element]) -> None:
        numbers: dict[str, str] = {}
        for element in _each(blocks, w("bookmarkStart"), w("bookmarkEnd"), _PLACED):
            if element.tag == _PLACED:
                element.set("id", str(next(self._places)))
                continue
            old = w_value(element, "id")
            if old not in numbers:
                numbers[old] = str(next(self._places))
            element.set(w("id"), numbers[old])

    def _take_relations(self, package: Package, blocks: list[etree._Element]) -> None:
        """Give links and pictures relations of the whole: those it has, or new ones."""
        relations = {str(each.get("Id")): each for each in package.tree(relations_of(DOCUMENT))}
        pictures = package.related(DOCUMENT, "image")
        types = {each.get("PartName"): each.get("ContentType") for each in package.tree(TYPES)}
        for element in _each(blocks, None):
            for name, identifier in element.items():
                if identifier in pictures and str(name).startswith(f"{{{OFFICE}}}"):
                    picture = pictures[identifier]
                    ours = self._whole.free_name(f"word/media/part{{}}{PurePath(picture).suffix}")
                    self._whole.put(ours, package.read(picture), types[f"/{picture}"])
                    element.set(name, self._whole.relate(DOCUMENT, ours, "image"))
                elif str(name).startswith(f"{{{OFFICE}}}"):
                    element.set(name, self._relation_to(relations[str(identifier)]))

    def _relation_to(self, relation: etree._Element) -> str:
        meaning = _meaning(relation)
        if meaning not in self._relations:
            identifier = self._relations[meaning] = f"rIdPart{len(self._relations)}"
            relation.set("Id", identifier)
            # As pandoc has it: text and notes have the same links.
            for part in (DOCUMENT, _NOTES):
                self._whole.tree(relations_of(part)).append(deepcopy(relation))
        return self._relations[meaning]

    def _take_lists(self, package: Package, blocks: list[etree._Element]) -> None:
        """Give lists numbers of their own, since one number is one list."""
        numbers: dict[str, str] = {}
        for element in _each(blocks, w("numId")):
            old = w_value(element)
            if int(old) > _LIST_WITHOUT_MARKS:
                if old not in numbers:
                    numbers[old] = str(next(self._free_lists))
                element.set(w("val"), numbers[old])
        lists = self._lists()
        known = {w_value(each, "abstractNumId") for each in lists.iter(w("abstractNum"))}
        for theirs in package.tree(_LISTS):
            if theirs.tag == w("abstractNum") and w_value(theirs, "abstractNumId") not in known:
                lists.insert(0, deepcopy(theirs))
            elif (number := numbers.get(w_value(theirs, "numId"))) is not None:
                theirs.set(w("numId"), number)
                lists.append(deepcopy(theirs))

    def _lists(self) -> etree._Element:
        return self._whole.tree(_LISTS)


def _each(blocks: Iterable[etree._Element], *tags: str | None) -> Iterator[etree._Element]:
    return chain.from_iterable(block.iter(*tags) for block in blocks)


def _meaning(relation: etree._Element) -> tuple[object, ...]:
    return tuple(map(relation.get, ("Type", "Target", "TargetMode")))

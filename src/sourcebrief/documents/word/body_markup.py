"""What pandoc leaves undone in a document's body: tables, pictures, links, contents, runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from sourcebrief.documents.word.opc_package import W, w

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sourcebrief.documents.word.pandoc_input import TableFacts

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_PLACED = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_DECORATIVE_URI = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

LONG_TABLE = 12
"""Rows from which a table is taken to go over pages."""

MOST_SECOND_LEVEL = 60
"""Second-level entries of a table of contents beyond which it keeps to the first level."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of a document: identifiers by name, and outline levels by identifier."""

    ids: Mapping[str, str]
    levels: Mapping[str, int]

    @classmethod
    def of(cls, styles: etree._Element) -> Styles:
        """Read ``word/styles.xml``. Names are taken in lower case, as Word compares them."""
        ids: dict[str, str] = {}
        own: dict[str, int] = {}
        parents: dict[str, str] = {}
        for style in styles.iter(w("style")):
            name, identifier = style.find(w("name")), str(style.get(w("styleId")))
            if name is not None:
                ids[str(name.get(w("val"))).lower()] = identifier
            level = style.find(f"{w('pPr')}/{w('outlineLvl')}")
            if level is not None:
                own[identifier] = int(str(level.get(w("val"))))
            based_on = style.find(w("basedOn"))
            if based_on is not None:
                parents[identifier] = str(based_on.get(w("val")))
        levels: dict[str, int] = {}
        for identifier in ids.values():
            ancestor, seen = identifier, {identifier}
            while ancestor not in own and parents.get(ancestor, "") not in {"", *seen}:
                ancestor = parents[ancestor]
                seen.add(ancestor)
            if ancestor in own:
                levels[identifier] = own[ancestor]
        return cls(ids, levels)


def finish_tables(body: etree._Element, facts: Sequence[TableFacts], width: int) -> None:
    """Give each table fixed widths that fill ``width`` (twentieths of a point), and its facts.

    Rows do not split, the row headers are marked, the description is there
    (ISO/IEC 29500-1, 17.4.6, 17.4.55 and 17.4.46).
    """
    tables = list(body.iter(w("tbl")))
    # A filter of the house's own may make tables that the page has not.
    known = facts if len(facts) == len(tables) else ()
    for number, table in enumerate(tables):
        properties = table.find(w("tblPr"))
        grid = table.find(w("tblGrid"))
        if properties is None or grid is None:
            continue
        if number < len(known):
            _describe(properties, known[number])
        _rows(table)
        _let_go_of_caption(table)
        if properties.find(w("tblLayout")) is not None:
            _widths(table, properties, grid, width)


def _describe(properties: etree._Element, facts: TableFacts) -> None:
    look = properties.find(w("tblLook"))
    if look is not None:
        first_row = look.get(w("firstRow")) == "1"
        # The bits of ISO/IEC 29500-1, 17.4.56: no bands; header row; row headers.
        bits = 0x0600 | (0x0020 if first_row else 0) | (0x0080 if facts.row_heads else 0)
        look.attrib.update(
            {
                w("val"): f"{bits:04X}",
                w("firstColumn"): "1" if facts.row_heads else "0",
                w("noHBand"): "1",
                w("noVBand"): "1",
            }
        )
    for old in properties.findall(w("tblDescription")):
        properties.remove(old)
    if facts.description:
        etree.SubElement(properties, w("tblDescription"), {w("val"): facts.description})


def _rows(table: etree._Element) -> None:
    for row in table.iterchildren(w("tr")):
        properties = row.find(w("trPr"))
        if properties is None:
            properties = etree.Element(w("trPr"))
            row.insert(0, properties)
        if properties.find(w("cantSplit")) is None:
            properties.insert(0, etree.Element(w("cantSplit")))


def _let_go_of_caption(table: etree._Element) -> None:
    """Let a long table with notes break away from its caption.

    Where a paragraph is kept with a table that goes over pages, LibreOffice (7.4) moves the
    notes of its rows to the page behind the table. Word may now leave a caption alone at the foot
    of a page, which is the smaller harm.
    """
    caption = table.getprevious()
    rows = table.findall(w("tr"))
    if (
        caption is None
        or caption.tag != w("p")
        or len(rows) < LONG_TABLE
        or next(table.iter(w("footnoteReference")), None) is None
    ):
        return
    properties = caption.find(w("pPr"))
    if properties is not None and properties.find(w("keepNext")) is None:
        # The schema wants it right behind the style.
        at = 1 if properties.find(w("pStyle")) is not None else 0
        properties.insert(at, etree.Element(w("keepNext"), {w("val"): "0"}))


def _widths(
    table: etree._Element, properties: etree._Element, grid: etree._Element, width: int
) -> None:
    columns = [int(str(column.get(w("w")))) for column in grid]
    total = sum(columns)
    if not total:
        return
    edges = [round(width * sum(columns[:number]) / total) for number in range(len(columns) + 1)]
    for column, left, right in zip(grid, edges[:-1], edges[1:], strict=True):
        column.set(w("w"), str(right - left))
    preferred = properties.find(w("tblW"))
    if preferred is not None:
        preferred.attrib.update({w("type"): "dxa", w("w"): str(width)})
    for row in table.iterchildren(w("tr")):
        place = 0
        for cell in row.iterchildren(w("tc")):
            cell_properties = cell.find(w("tcPr"))
            if cell_properties is None:
                cell_properties = etree.Element(w("tcPr"))
                cell.insert(0, cell_properties)
            span = cell_properties.find(w("gridSpan"))
            end = min(
                place + (int(str(span.get(w("val")))) if span is not None else 1), len(columns)
            )
            for old in cell_properties.findall(w("tcW")):
                cell_properties.remove(old)
            cell_properties.insert(
                0,
                etree.Element(w("tcW"), {w("w"): str(edges[end] - edges[place]), w("type"): "dxa"}),
            )
            place = end


def finish_pictures(body: etree._Element) -> None:
    """Name the pictures; one without alternative text is marked as decoration."""
    for number, placed in enumerate(body.iter(f"{{{_PLACED}}}docPr"), start=1):
        text = placed.get("descr") or ""
        placed.set("name", f"Figure {number}")
        if "title" in placed.attrib:
            del placed.attrib["title"]
        inner = placed.getparent()
        if inner is not None:
            # Where these are missing, LibreOffice keeps an eighth of an inch free on either side.
            inner.attrib.update({f"dist{side}": "0" for side in "TBLR"})
            for picture in inner.iter(f"{{{_PICTURE}}}cNvPr"):
                # pandoc writes the picture's address here: of a data: URI, all of it.
                picture.set("name", f"Figure {number}")
                picture.set("descr", text)
        if not text:
            extensions = etree.SubElement(placed, f"{{{_DRAWING}}}extLst")
            extension = etree.SubElement(extensions, f"{{{_DRAWING}}}ext", {"uri": _DECORATIVE_URI})
            etree.SubElement(
                extension,
                f"{{{_DECORATIVE}}}decorative",
                {"val": "1"},
                nsmap={"adec": _DECORATIVE},
            )


def finish_links(parts: Iterable[etree._Element]) -> None:
    """Turn a link to a place that the document lacks into its words."""
    roots = list(parts)
    places = {str(mark.get(w("name"))) for root in roots for mark in root.iter(w("bookmarkStart"))}
    for root in roots:
        for link in list(root.iter(w("hyperlink"))):
            anchor = link.get(w("anchor"))
            parent = link.getparent()
            if anchor is None or anchor in places or parent is None:
                continue
            for style in list(link.iter(w("rStyle"))):
                properties = style.getparent()
                if properties is not None and style.get(w("val")) == "Hyperlink":
                    properties.remove(style)
            at = parent.index(link)
            parent[at : at + 1] = list(link)


def finish_languages(root: etree._Element, spoken_in: Callable[[str], str]) -> None:
    """Give each language that words are marked with the tag that ``spoken_in`` returns for it."""
    for lang in root.iter(w("lang")):
        for name in (w("val"), w("eastAsia")):
            if (tag := lang.get(name)) is not None:
                lang.set(name, spoken_in(str(tag)))


def merge_runs(root: etree._Element) -> None:
    """Make one run of neighbours that look alike: pandoc parts them at every word.

    What a colleague searches for then stands in one piece.
    """
    for holder in root.iter(w("p"), w("hyperlink")):
        last: etree._Element | None = None
        look = b""
        for run in list(holder):
            text = _only_text(run)
            if text is None:
                last = None
                continue
            properties = run.find(w("rPr"))
            if properties is not None and not len(properties):
                run.remove(properties)
                properties = None
            own = b"" if properties is None else etree.tostring(properties, with_tail=False)
            if last is not None and own == look:
                last.text = (last.text or "") + (text.text or "")
                holder.remove(run)
            else:
                last, look = text, own


def _only_text(run: etree._Element) -> etree._Element | None:
    if run.tag != w("r"):
        return None
    parts = [part for part in run if part.tag != w("rPr")]
    return parts[0] if len(parts) == 1 and parts[0].tag == w("t") else None


def fill_contents(body: etree._Element, styles: Styles) -> None:
    """Put a filled table of contents behind the paragraph that keeps its place.

    The entries are links without page numbers (the switch "n"): nobody but Word knows its pages,
    and a wrong number is worse than none. "Update Field" keeps working.
    """
    place_style = styles.ids.get("toc heading")
    paragraphs = list(body.iter(w("p")))
    place = next((p for p in paragraphs if place_style and _style(p) == place_style), None)
    heads = [
        (styles.levels[style], paragraph)
        for paragraph in paragraphs
        if (style := _style(paragraph)) in styles.levels
        and styles.levels[style] < 2
        and style != place_style
        and _text(paragraph)
    ]
    if place is None or not heads:
        return
    deepest = 1 if sum(level for level, _ in heads) > MOST_SECOND_LEVEL else 2
    heads = [head for head in heads if head[0] < deepest]
    parent = place.getparent()
    assert parent is not None  # noqa: S101 - it was found below the body
    at = parent.index(place)
    block = etree.Element(w("sdt"))
    properties = etree.SubElement(block, w("sdtPr"))
    part = etree.SubElement(properties, w("docPartObj"))
    etree.SubElement(part, w("docPartGallery"), {w("val"): "Table of Contents"})
    etree.SubElement(part, w("docPartUnique"))
    content = etree.SubElement(block, w("sdtContent"))
    parent.insert(at, block)
    content.append(place)
    taken = [int(str(mark.get(w("id")))) for mark in body.iter(w("bookmarkStart"))]
    number = max(taken, default=0) + 1
    for index, (level, head) in enumerate(heads):
        name = f"_Toc{index + 1:09d}"
        _mark(head, name, number + index)
        entry = etree.SubElement(content, w("p"))
        entry_style = styles.ids.get(f"toc {level + 1}")
        if entry_style:
            entry_properties = etree.SubElement(entry, w("pPr"))
            etree.SubElement(entry_properties, w("pStyle"), {w("val"): entry_style})
        if index == 0:
            _field_begin(entry, f' TOC \\o "1-{deepest}" \\n \\h \\z \\u ')
        link = etree.SubElement(entry, w("hyperlink"), {w("anchor"): name, w("history"): "1"})
        text = etree.SubElement(etree.SubElement(link, w("r")), w("t"), {_SPACE: "preserve"})
        text.text = _text(head)
        if index == len(heads) - 1:
            _field_mark(entry, "end")


def _field_begin(paragraph: etree._Element, instruction: str) -> None:
    _field_mark(paragraph, "begin")
    code = etree.SubElement(
        etree.SubElement(paragraph, w("r")), w("instrText"), {_SPACE: "preserve"}
    )
    code.text = instruction
    _field_mark(paragraph, "separate")


def _field_mark(paragraph: etree._Element, kind: str) -> None:
    run = etree.SubElement(paragraph, w("r"))
    etree.SubElement(run, w("fldChar"), {w("fldCharType"): kind})


def _mark(paragraph: etree._Element, name: str, number: int) -> None:
    at = 1 if len(paragraph) and paragraph[0].tag == w("pPr") else 0
    begin = etree.Element(w("bookmarkStart"), {w("id"): str(number), w("name"): name})
    paragraph.insert(at, begin)
    etree.SubElement(paragraph, w("bookmarkEnd"), {w("id"): str(number)})


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if found is None else str(found.get(w("val")))


def _text(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(w("t"))).strip()


__all__ = [
    "MOST_SECOND_LEVEL",
    "Styles",
    "W",
    "fill_contents",
    "finish_languages",
    "finish_links",
    "finish_pictures",
    "finish_tables",
    "merge_runs",
]

"""All that this project uses of WeasyPrint's private parts, each with the reason.

WeasyPrint 70.0 tags a document page by page and box by box. What that leaves undone is listed in
`MENDS`; the remedy is one: its `add_tags` is replaced, for one call, by a reading of the same boxes
that knows the HTML elements they come from. One element then is one structure element, however many
lines and pages its boxes lie on. WeasyPrint is pinned exactly, and a test fails when one of these
names changes or goes.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped]
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text import ffi as libraries

from sourcebrief.documents.alternative_text import alternative_text
from sourcebrief.documents.pdf.content_streams import draw_before, mark_artifacts
from sourcebrief.documents.pdf.structure_tree import Annotation, Content, Node, tidy, write
from sourcebrief.errors import EngineFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

WEASYPRINT = "70.0"

MENDS: Mapping[str, str] = {
    "weasyprint.pdf.add_tags": (
        "tags by box: a paragraph, list or table over two pages becomes two, repeated table heads "
        "are read again; no TH Scope, no Note or Reference (weasyprint/pdf/tags.py; "
        "Kozea/WeasyPrint#2502 on notes), no Lang below the root, Figure BBox in the wrong space, "
        "margin boxes tagged but outside the tree"
    ),
    "weasyprint.pdf.stream.Stream._tags": "which marked-content sequence draws which box",
    "weasyprint.document.Page._page_box": "the laid-out boxes of a page",
    "weasyprint.formatting_structure.boxes.Box.link_annotation": (
        "the annotation of a link's box; markup inside <a> gets a second one over the first, and "
        "each has the URL, not the text, as its description (UA-1, 7.18.5)"
    ),
    "weasyprint.formatting_structure.boxes.Box.footnote": "the note that a call belongs to",
    "weasyprint.formatting_structure.boxes.Box.element_tag": "the element or pseudo-element",
    "weasyprint.formatting_structure.boxes.Box.is_leader": (
        "a leader is a run for each of its dots, all of them read aloud"
    ),
    "weasyprint.formatting_structure.boxes.MarginBox": "running heads and feet are no artifacts",
    "weasyprint.formatting_structure.boxes.FootnoteAreaBox": "where the notes of a page lie",
    "weasyprint.layout.absolute.AbsolutePlaceholder": "stands for an absolutely positioned box",
    "weasyprint.text.ffi.harfbuzz_subset": (
        "without it fonts are cut by fontTools: slower, and with other bytes"
    ),
    "weasyprint.text.ffi.pango": "its version decides line breaks",
}
"""Each private name, and why it is needed."""

_SVG = "{http://www.w3.org/2000/svg}"

_ROLES: Mapping[str, str] = {
    "main": "Part",
    "article": "Art",
    "section": "Sect",
    "blockquote": "BlockQuote",
    "p": "P",
    "pre": "P",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "caption": "Caption",
    "figcaption": "Caption",
    "q": "Quote",
    "code": "Code",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    **dict.fromkeys(
        ("div", "header", "footer", "nav", "aside", "figure", "address", "hgroup", "details"),
        "Div",
    ),
    "summary": "P",
}
"""The structure type of an HTML element; one that is not here gives its content to its parent."""

_SCOPES = {"row": "/Row", "col": "/Column", "colgroup": "/Column", "rowgroup": "/Column"}
"""PDF has no group scopes; a group's row head stands over its columns, so it is a column head."""


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """Where the layout put a footnote: pages count from 0, `note` is None for a lost one."""

    identifier: str
    call: int
    note: int | None


def library_versions() -> dict[str, str]:
    """Return the versions of the system libraries that decide the bytes of a PDF."""
    version = libraries.pango.pango_version()
    # WeasyPrint declares only what it calls of HarfBuzz.
    libraries.ffi.cdef("const char * hb_version_string (void);", override=True)
    harfbuzz = libraries.ffi.string(libraries.harfbuzz.hb_version_string()).decode()
    return {
        "pango": f"{version // 10000}.{version // 100 % 100}.{version % 100}",
        "harfbuzz": harfbuzz,
    }


def can_subset() -> bool:
    """Tell whether HarfBuzz can cut the fonts down."""
    return libraries.harfbuzz_subset is not None


def characters_drawn_in(document: Any) -> dict[str, str]:
    """Return, by the family of each font that the pages were drawn with, the characters drawn."""
    drawn: dict[str, set[str]] = {}
    for font in document.fonts.values():
        drawn.setdefault(font.family, set()).update("".join(font.to_unicode.values()))
    return {family: "".join(sorted(characters)) for family, characters in drawn.items()}


_patching = threading.Lock()


@contextmanager
def mended(document: Any) -> Iterator[None]:
    """Within it, `document.write_pdf` tags the document as this module does."""
    _link_notes(document)

    def add_tags(pdf: Any, document: Any, _version: Any, streams: Sequence[Any]) -> None:
        _Reader(pdf, document, streams).tag()

    with _patching:
        original: Callable[..., None] = weasyprint.pdf.add_tags
        weasyprint.pdf.add_tags = add_tags
        try:
            yield
        finally:
            weasyprint.pdf.add_tags = original


def placed_notes(document: Any) -> tuple[PlacedNote, ...]:
    """Return every footnote in the order of the calls, with the pages of call and note."""
    calls: dict[Any, int] = {}
    notes: dict[Any, int] = {}
    for number, page in enumerate(document.pages):
        for box in _descendants(page._page_box):
            if box.footnote is not None:
                calls.setdefault(box.element, number)
            elif _is_note_marker(box):
                notes.setdefault(box.element, number)
    return tuple(
        PlacedNote(element.get("id", ""), page, notes.get(element))
        for element, page in calls.items()
    )


def _descendants(box: Any) -> Iterator[Any]:
    box = _real(box)
    yield box
    for child in box.children:
        yield from _descendants(child)


def _is_note_marker(box: Any) -> bool:
    # The text in the marker has the marker's tag.
    return not isinstance(box, boxes.TextBox) and (box.element_tag or "").endswith(
        "::footnote-marker"
    )


def _real(box: Any) -> Any:
    return box._box if isinstance(box, AbsolutePlaceholder) else box


def _link_notes(document: Any) -> None:
    """Lead from each call to its note and back, and leave one link for each piece of a link's text.

    A box that only inherits its link lies over the one that has it, and a box without extent is a
    line end: neither is a link of its own. Links in margin boxes would be annotations of artifacts.
    """
    taken = {name for page in document.pages for name in page.anchors}
    names = (name for number in count(1) if (name := f"note-{number}") not in taken)
    for page in document.pages:
        owners = {
            id(box)
            for child in page._page_box.children
            if not isinstance(child, boxes.MarginBox)
            for box in _own_links(child)
        }
        page.links[:] = [
            (kind, target, area, box)
            for kind, target, area, box in page.links
            if id(box) in owners and area[2] > area[0] and area[3] > area[1]
        ]
        for box in _descendants(page._page_box):
            if box.element is None:
                continue
            if box.footnote is not None:
                identifier = box.element.get("id") or _named(box.element, names)
                page.links.append(("internal", identifier, _area(box), box))
                page.anchors[_call_anchor(identifier)] = _area(box)
            elif _is_note_marker(box):
                identifier = box.element.get("id") or _named(box.element, names)
                page.links.append(("internal", _call_anchor(identifier), _area(box), box))
                page.anchors.setdefault(identifier, _area(box))


def _named(note: Any, names: Iterator[str]) -> str:
    """Give a note that has no identifier the next free one: its call could not lead to it."""
    identifier = next(names)
    note.set("id", identifier)
    return identifier


def _call_anchor(identifier: str) -> str:
    return f"{identifier}-call"


def _area(box: Any) -> tuple[float, float, float, float]:
    x, y, width, height = box.hit_area()
    return x, y, x + width, y + height


def _own_links(box: Any) -> Iterator[Any]:
    """Yield the boxes that have a link which no box around them on the page has."""
    box = _real(box)
    if box.link and not isinstance(box, (boxes.TextBox, boxes.LineBox)):
        yield box
        return
    for child in box.children:
        yield from _own_links(child)


class _Reader:
    """Reads the boxes of every page, in order, into one structure tree."""

    def __init__(self, pdf: Any, document: Any, streams: Sequence[Any]) -> None:
        self.pdf = pdf
        self.document = document
        self.streams = streams
        self.root = Node("Document", lang=document.metadata.lang)
        # After all else: a note in the sentence that calls it would interrupt its reading, and the
        # order of the tree would not be the order in which the pages are drawn.
        self.notes = Node("Sect", self.root, self.root.lang)
        self.known: dict[tuple[Any, str], Node] = {}
        self.page = 0
        self.tags: dict[Any, dict[str, Any]] = {}
        self.artifacts: dict[int, str] = {}
        self.heads: dict[Any, int] = {}
        self.labels: dict[Node, str] = {}
        self.identifiers: set[str] = set()
        self.tables: list[Node] = []
        self.list_labels: list[Node] = []
        self.group_heads: set[Node] = set()

    def tag(self) -> None:
        """Build the tree and write it; turn what is not content into artifacts."""
        counts = []
        for number, (page, stream) in enumerate(
            zip(self.document.pages, self.streams, strict=True)
        ):
            self.page, self.tags, self.artifacts = number, stream._tags, {}
            counts.append(len(self.tags))
            self._visit(page._page_box, self.root)
            if self.tags:
                raise EngineFault(
                    f"WeasyPrint drew {len(self.tags)} boxes of page {number + 1} outside its "
                    "layout; a tagged PDF cannot hold them"
                )
            mark_artifacts(stream.stream, self.artifacts)
            draw_before(stream.stream, self._label_moves())
        self._describe_links()
        for number, table in enumerate(self.tables, start=1):
            _relate_headers(table, self.group_heads, f"table-{number}")
        self.root.kids.append(self.notes)
        tidy(self.root)
        write(self.pdf, self.root, counts)

    def _visit(self, box: Any, parent: Node) -> None:
        box = _real(box)
        if isinstance(box, boxes.MarginBox):
            side = "Header" if box.at_keyword.startswith("@top") else "Footer"
            self._discard(box, f"/Pagination /Subtype /{side}")
            return
        if box.is_leader or self._repeats(box):
            self._discard(box, "/Pagination" if not box.is_leader else "/Layout")
            return
        if isinstance(box, boxes.TextBox):
            self._place(box, parent)
            return
        if isinstance(box, boxes.ReplacedBox):
            self._visit_figure(box, parent)
            return
        node = self._node_of(box, parent)
        if box.link_annotation is not None:
            self._link(box, node)
        for child in box.children:
            self._visit(child, node)

    def _label_moves(self) -> dict[int, int]:
        """Return, for each list label of this page, the sequence of the item's text after it.

        A marker outside its item is drawn after all text, so that text copied or read in the order
        of drawing has all labels at its end.
        """
        moves = {}
        for label in self.list_labels:
            item = label.parent
            if item is None or not isinstance(body := item.kids[-1], Node):
                continue
            text = next((each for each in body.content() if each.page == self.page), None)
            if text is not None:
                for each in label.content():
                    if each.page == self.page and each.mcid > text.mcid:
                        moves[each.mcid] = text.mcid
        self.list_labels.clear()
        return moves

    def _place(self, box: Any, node: Node) -> None:
        # A box that nothing was drawn for (hidden, or a list's outside marker) has no sequence.
        if (kid := self.tags.pop(box, None)) is None:
            return
        if isinstance(box, boxes.TextBox) and not box.text.strip():
            self.artifacts[kid["mcid"]] = "/Layout"  # nothing is drawn for white space
        else:
            node.kids.append(Content(self.page, kid["mcid"]))

    def _discard(self, box: Any, kind: str) -> None:
        """Make artifacts of all that a box holds; `kind` is the artifact's type."""
        for each in _descendants(box):
            if (kid := self.tags.pop(each, None)) is not None:
                self.artifacts[kid["mcid"]] = kind
            if each.link_annotation is not None and (
                node := self.known.get((each.element, each.element_tag))
            ):
                # A repeated head's links go where the first one's went.
                self._link(each, node)

    def _repeats(self, box: Any) -> bool:
        """Tell whether a box is a table's head or foot again, on a later page."""
        if box.element is None or box.element_tag not in {"thead", "tfoot"}:
            return False
        return self.heads.setdefault(box.element, self.page) != self.page

    def _node_of(self, box: Any, parent: Node) -> Node:
        element, tag = box.element, box.element_tag
        if element is None or tag is None:
            return parent
        if tag in {"html", "body"}:
            return self.root
        if (known := self.known.get((element, tag))) is not None:
            return known
        node = self._new_node(box, element, tag, parent)
        self.known[element, tag] = node
        return node

    def _new_node(self, box: Any, element: Any, tag: str, parent: Node) -> Node:
        lang = element.get("lang") or parent.lang
        name, _, pseudo = tag.partition("::")
        if pseudo:
            return self._new_pseudo(box, name, pseudo, parent, lang)
        if name == "li":
            item = _list_of(parent).add("LI", lang)
            return item.add("LBody")
        if name == "dt":
            return _list_of(parent).add("LI").add("Lbl", lang)
        if name == "dd":
            terms = _list_of(parent)
            last = terms.kids[-1] if terms.kids else None
            item = last if isinstance(last, Node) else terms.add("LI")
            return item.add("LBody", lang)
        if name == "a" and box.link:
            node = parent.add("Link", lang)
            self.labels[node] = element.get("aria-label") or "".join(element.itertext())
            return node
        role = _ROLES.get(name)
        if role == "Div" and parent.role == "L":
            return parent
        if role is None:
            if name == "abbr" and element.get("title"):
                node = parent.add("Span", lang)
                node.expansion = element.get("title")
                return node
            return parent.add("Span", lang) if lang != parent.lang else parent
        node = parent.add(role, lang)
        if role == "TH":
            scope = _SCOPES.get(element.get("scope", ""), "/Column")
            if element.get("scope") == "rowgroup":
                self.group_heads.add(node)
            node.attributes = (("Table", (("Scope", scope), *_spans(box))),)
        elif role == "TD" and (spans := _spans(box)):
            node.attributes = (("Table", spans),)
        elif role == "L":
            node.attributes = (("List", (("ListNumbering", _numbering(box, name)),)),)
        elif role == "Table":
            self.tables.append(node)
            if summary := element.get("summary") or element.get("aria-label"):
                node.attributes = (("Table", (("Summary", pydyf.String(summary)),)),)
        return node

    def _new_pseudo(self, box: Any, name: str, pseudo: str, parent: Node, lang: str | None) -> Node:
        element = box.element
        if pseudo == "marker" or (
            pseudo == "before" and name == "li" and box.style["list_style_type"] == "none"
        ):
            # A label may be drawn by ::before, which keeps it in the order of the text.
            item = parent.parent
            if parent.role != "LBody" or item is None:
                return parent
            label = Node("Lbl", item, item.lang)
            item.kids.insert(0, label)
            self.list_labels.append(label)
            return label
        if pseudo == "footnote-call":
            call = parent.add("Reference")
            note = self.notes.add("Note", lang)
            note.identifier = self._identifier(element)
            self.known[element, name] = note
            return self._labelled(call, box)
        if pseudo == "footnote-marker":
            return self._labelled(parent.add("Lbl"), box)
        return parent

    def _labelled(self, node: Node, box: Any) -> Node:
        if box.link_annotation is None:
            return node
        link = node.add("Link")
        self.labels[link] = "".join(
            each.text for each in _descendants(box) if isinstance(each, boxes.TextBox)
        )
        return link

    def _identifier(self, element: Any) -> str:
        wanted = element.get("id") or f"note-{len(self.identifiers) + 1}"
        identifier = wanted
        while identifier in self.identifiers:
            identifier = f"{wanted}-{len(self.identifiers)}"
        self.identifiers.add(identifier)
        return identifier

    def _link(self, box: Any, node: Node) -> None:
        while node.role != "Link":
            if node.parent is None:
                raise EngineFault(
                    f"a link of page {self.page + 1} stands outside any <a>: "
                    f"{box.link_annotation['Contents'].string}"
                )
            node = node.parent
        node.kids.append(Annotation(self.page, box.link_annotation))

    def _describe_links(self) -> None:
        """Give each link annotation the link's text as its description."""
        for node, label in self.labels.items():
            text = " ".join(label.split())
            if not text:
                raise EngineFault("a link has no text")
            for kid in node.kids:
                if isinstance(kid, Annotation):
                    kid.target["Contents"] = pydyf.String(text)

    def _visit_figure(self, box: Any, parent: Node) -> None:
        element = box.element
        if element.get("aria-hidden") == "true" or element.get("alt") == "":
            self._discard(box, "/Layout")
            return
        figure = parent.add("Figure", element.get("lang"))
        is_svg = element.tag.startswith(_SVG)
        figure.alt = alternative_text(element) if is_svg else str(element.get("alt", ""))
        if not figure.alt:
            raise EngineFault(
                "a figure has no alternative text: give its <svg> a <title> (and a <desc>)"
            )
        height = self.document.pages[self.page].height
        x, y = box.content_box_x(), box.content_box_y()
        corners = (x, height - y - box.height, x + box.width, height - y)
        area = pydyf.Array([round(0.75 * value, 2) for value in corners])
        figure.attributes = (("Layout", (("Placement", "/Block"), ("BBox", area))),)
        self._place(box, figure)


def _list_of(node: Node) -> Node:
    """Return the list that an item belongs to."""
    return node if node.role == "L" else node.add("L")


def _spans(box: Any) -> tuple[tuple[str, object], ...]:
    spans = (("ColSpan", box.colspan), ("RowSpan", box.rowspan))
    return tuple((name, span) for name, span in spans if span != 1)


def _numbering(box: Any, name: str) -> str:
    if name == "ul":
        return "/None" if box.style["list_style_type"] == "none" else "/Disc"
    return "/Decimal" if name == "ol" else "/None"


def _relate_headers(table: Node, group_heads: set[Node], prefix: str) -> None:
    """Name each cell's headers where Scope cannot: in a table with heads over groups of rows.

    By ISO 32000-1 a reader looks for headers upwards and stops at the first run of them, so below
    a group's head it would never come to the heads of the columns.
    """
    rows = [
        [kid for kid in row.kids if isinstance(kid, Node)]
        for row in table.nodes()
        if row.role == "TR"
    ]
    if group_heads.isdisjoint(cell for cells in rows for cell in cells):
        return
    columns: dict[int, list[str]] = {}
    group: list[str] = []
    taken: dict[int, int] = {}  # by column: rows that a cell from above still covers
    identifiers = (f"{prefix}-{number}" for number in count(1))
    for cells in rows:
        placed = list(_placed(cells, taken))
        row_heads: list[str] = []
        for cell, column, width in placed:
            if cell.role != "TH":
                continue
            cell.identifier = next(identifiers)
            if cell in group_heads:
                group = [cell.identifier]
            elif _table_entries(cell).get("Scope") == "/Row":
                row_heads.append(cell.identifier)
            else:
                for each in range(column, column + width):
                    columns.setdefault(each, []).append(cell.identifier)
        for cell, column, _ in placed:
            if cell.role == "TD":
                names = [*columns.get(column, ()), *group, *row_heads]
            elif cell.identifier in row_heads:
                names = [*columns.get(column, ()), *group]
            else:
                continue
            if names:
                headers = pydyf.Array([pydyf.String(name) for name in names])
                _set_table_entries(cell, _table_entries(cell) | {"Headers": headers})
    for cells in rows:
        if len(cells) == 1 and cells[0] in group_heads:
            _end_group_row(cells[0])


def _placed(cells: Sequence[Node], taken: dict[int, int]) -> Iterator[tuple[Node, int, int]]:
    """Yield each cell of a row with its first column and how many it covers."""
    column = 0
    for cell in cells:
        while taken.get(column, 0):
            taken[column] -= 1
            column += 1
        entries = _table_entries(cell)
        width, depth = int(entries.get("ColSpan", 1)), int(entries.get("RowSpan", 1))
        for each in range(column, column + width):
            taken[each] = depth - 1
        yield cell, column, width
        column += width
    while taken.get(column, 0):
        taken[column] -= 1
        column += 1


def _end_group_row(head: Node) -> None:
    """End a row that is one head with an empty data cell.

    A row of header cells alone reads as a head of the whole table, once for each group.
    """
    entries = _table_entries(head)
    width = int(entries.get("ColSpan", 1))
    if width < 2 or head.parent is None:
        return
    if width == 2:
        del entries["ColSpan"]
    else:
        entries["ColSpan"] = width - 1
    _set_table_entries(head, entries)
    head.parent.add("TD")


def _table_entries(cell: Node) -> dict[str, Any]:
    return dict(dict(cell.attributes).get("Table", ()))


def _set_table_entries(cell: Node, entries: Mapping[str, object]) -> None:
    cell.attributes = (("Table", tuple(entries.items())),)

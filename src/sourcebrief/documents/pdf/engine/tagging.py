"""The structure tree of a document, read from its laid-out boxes and their HTML elements.

WeasyPrint tags a document page by page and box by box. Its `add_tags` is replaced by a reading of
the same boxes that knows the elements they come from, so that one element becomes one structure
element, however many lines and pages its boxes lie on.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes

from sourcebrief.documents.pdf.engine.boxes import PRIVATE_NAMES, descendants, placed
from sourcebrief.documents.pdf.structure_tree import (
    Annotation,
    Content,
    Node,
    relate_headers,
    tidy,
    write_tree,
)
from sourcebrief.documents.raster import alternative_text
from sourcebrief.errors import EngineFault

_ROLES = {
    name: role
    for role, names in (
        ("Part", "main"),
        ("Art", "article"),
        ("Sect", "section"),
        ("BlockQuote", "blockquote"),
        ("Div", "div header footer nav aside figure address hgroup details"),
        ("P", "summary p pre"),
        ("L", "ul ol dl"),
        ("Caption", "caption figcaption"),
        ("Quote", "q"),
        ("Code", "code"),
        *((name.upper(), name) for name in ("h1", "h2", "h3", "h4", "h5", "h6")),
        *((name, name.lower()) for name in ("Table", "THead", "TBody", "TFoot", "TR", "TH", "TD")),
    )
    for name in names.split()
}
"""The structure type (ISO 32000-1, 14.8.4) of an element. The content of any other is its
parent's."""
_SCOPES = {"row": "/Row", "col": "/Column", "colgroup": "/Column", "rowgroup": "/Column"}
"""The Scope of a `<th>`. PDF has no scopes of groups: the head of a group of rows stands over
its columns, so it is the head of a column."""
_SVG = "{http://www.w3.org/2000/svg}"


class _BoxReader:
    """Reads the boxes of every page, in order, into one structure tree."""

    def __init__(self, pdf: Any, document: Any, streams: Sequence[Any]) -> None:
        self.pdf = pdf
        self.document = document
        self.streams = streams
        self.root = Node("Document", lang=document.metadata.lang)
        # Notes come after all else: a note in the sentence that calls it would interrupt its
        # reading, and the tree would not have the order in which the pages are drawn.
        self.notes = Node("Sect", self.root, self.root.lang)
        self.known: dict[tuple[Any, str], Node] = {}
        self.page = 0
        self.tags: dict[Any, dict[str, Any]] = {}
        self.artifacts: dict[int, str] = {}
        self.first_pages: dict[Any, int] = {}
        """The page on which the head or foot of a table stands for the first time."""
        self.link_texts: dict[Node, str] = {}
        self.identifiers: set[str] = set()
        self.tables: list[Node] = []

    def write(self) -> None:
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
            _mark_artifacts(stream.stream, self.artifacts)
        for number, table in enumerate(self.tables, start=1):
            relate_headers(table, f"table-{number}")
        self.root.kids.append(self.notes)
        tidy(self.root)
        write_tree(self.pdf, self.root, counts)

    def _visit(self, box: Any, parent: Node) -> None:
        box = placed(box)
        if isinstance(box, boxes.MarginBox):
            side = "Header" if box.at_keyword.startswith("@top") else "Footer"
            self._discard(box, f"/Pagination /Subtype /{side}")
        elif box.is_leader:
            self._discard(box, "/Layout")
        elif self._is_repeated(box):
            self._discard(box, "/Pagination")
        elif isinstance(box, boxes.TextBox):
            self._place(box, parent)
        elif isinstance(box, boxes.ReplacedBox):
            self._visit_figure(box, parent)
        else:
            node = self._node_of(box, parent)
            if box.link_annotation is not None:
                self._link(box, node)
            for child in box.children:
                self._visit(child, node)

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
        for each in descendants(box):
            if (kid := self.tags.pop(each, None)) is not None:
                self.artifacts[kid["mcid"]] = kind
            if each.link_annotation is not None and (
                node := self.known.get((each.element, each.element_tag))
            ):
                # The links of a repeated head belong to those of the first one.
                self._link(each, node)

    def _is_repeated(self, box: Any) -> bool:
        """Return whether a box is a table's head or foot again, on a later page."""
        if box.element is None or box.element_tag not in {"thead", "tfoot"}:
            return False
        return self.first_pages.setdefault(box.element, self.page) != self.page

    def _node_of(self, box: Any, parent: Node) -> Node:
        element, tag = box.element, box.element_tag
        if element is None or tag is None:
            return parent
        if tag in {"html", "body"}:
            return self.root
        if (known := self.known.get((element, tag))) is None:
            known = self.known[element, tag] = self._new_node(box, parent)
        return known

    def _new_node(self, box: Any, parent: Node) -> Node:
        element = box.element
        lang = element.get("lang") or parent.lang
        name, _, pseudo = box.element_tag.partition("::")
        if pseudo:
            return self._new_pseudo(box, parent, lang)
        if name == "li":
            return _list_of(parent).add("LI", lang).add("LBody")
        if name == "dt":
            return _list_of(parent).add("LI").add("Lbl", lang)
        if name == "dd":
            terms = _list_of(parent)
            last = terms.kids[-1] if terms.kids else None
            return (last if isinstance(last, Node) else terms.add("LI")).add("LBody", lang)
        if name == "a" and element.get("href"):
            return self._new_link(
                parent, element.get("aria-label") or "".join(element.itertext()), lang
            )
        role = _ROLES.get(name)
        if role == "Div" and parent.role == "L":
            return parent
        if role is None and name == "abbr" and element.get("title"):
            node = parent.add("Span", lang)
            node.expansion = element.get("title")
            return node
        if role is None:
            return parent.add("Span", lang) if lang != parent.lang else parent
        node = parent.add(role, lang)
        self._set_attributes(node, box, name)
        return node

    def _set_attributes(self, node: Node, box: Any, name: str) -> None:
        element = box.element
        if node.role in {"TH", "TD"}:
            spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
            table = {name: span for name, span in spans.items() if span != 1}
            # Only what is laid out as a cell has a place in the grid.
            first = getattr(box, "grid_x", 0)
            node.columns = range(first, first + box.colspan)
            if node.role == "TH":
                scope = element.get("scope", "")
                node.heads_group = scope == "rowgroup"
                table["Scope"] = _SCOPES.get(scope, "/Column")
            node.attributes["Table"] = table
        elif node.role == "L":
            numbering = {"ol": "/Decimal", "ul": "/Disc"}.get(name, "/None")
            if name == "ul" and box.style["list_style_type"] == "none":
                numbering = "/None"
            node.attributes["List"] = {"ListNumbering": numbering}
        elif node.role == "Table":
            self.tables.append(node)
            if summary := element.get("summary") or element.get("aria-label"):
                node.attributes["Table"] = {"Summary": pydyf.String(summary)}

    def _new_pseudo(self, box: Any, parent: Node, lang: str | None) -> Node:
        name, _, pseudo = box.element_tag.partition("::")
        if pseudo == "marker" or (
            pseudo == "before" and name == "li" and box.style["list_style_type"] == "none"
        ):
            # A label may be drawn by ::before, which keeps it in the order of the text.
            item = self.known.get((box.element, name), parent).parent
            if item is None or item.role != "LI":
                return parent
            label = Node("Lbl", item, item.lang)
            item.kids.insert(0, label)
            return label
        if pseudo == "footnote-call":
            call = parent.add("Reference")
            note = self.notes.add("Note", lang)
            note.identifier = self._identifier(box.element)
            self.known[box.element, name] = note
            return self._linked_label(call, box)
        if pseudo == "footnote-marker":
            return self._linked_label(parent.add("Lbl"), box)
        return parent

    def _linked_label(self, node: Node, box: Any) -> Node:
        if box.link_annotation is None:
            return node
        texts = (each.text for each in descendants(box) if isinstance(each, boxes.TextBox))
        return self._new_link(node, "".join(texts))

    def _new_link(self, parent: Node, text: str, lang: str | None = None) -> Node:
        if not (words := " ".join(text.split())):
            raise EngineFault("a link has no text")
        link = parent.add("Link", lang)
        self.link_texts[link] = words
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
        box.link_annotation["Contents"] = pydyf.String(self.link_texts[node])
        node.kids.append(Annotation(self.page, box.link_annotation))

    def _visit_figure(self, box: Any, parent: Node) -> None:
        element = box.element
        if element.get("aria-hidden") == "true" or element.get("alt") == "":
            self._discard(box, "/Layout")
            return
        figure = parent.add("Figure", element.get("lang"))
        is_svg = element.tag.startswith(_SVG)
        figure.alt = alternative_text(element) if is_svg else element.get("alt", "")
        if not figure.alt:
            raise EngineFault(
                "a figure has no alternative text: give its <svg> a <title> (and a <desc>)"
            )
        height = self.document.pages[self.page].height
        x, y = box.content_box_x(), box.content_box_y()
        corners = (x, height - y - box.height, x + box.width, height - y)
        area = pydyf.Array([round(0.75 * value, 2) for value in corners])
        figure.attributes["Layout"] = {"Placement": "/Block", "BBox": area}
        self._place(box, figure)


def _mark_artifacts(items: list[Any], artifacts: Mapping[int, str]) -> None:
    """Turn marked-content sequences of a page's stream, by their number, into artifacts.

    `items` is the list of operands and operators that `pydyf` joins. The type of an artifact is
    what follows /Type in its property list: `/Pagination /Subtype /Header`.
    """
    for i, item in enumerate(items):
        properties = items[i - 1]
        if item == b"BDC" and isinstance(properties, dict) and properties["MCID"] in artifacts:
            items[i - 2] = "/Artifact"
            items[i - 1] = f"<</Type {artifacts[properties['MCID']]}>>"


def _list_of(node: Node) -> Node:
    """Return the list that an item belongs to."""
    return node if node.role == "L" else node.add("L")


def replacement(_original: Callable[..., None]) -> Callable[..., None]:
    """Return what replaces `weasyprint.pdf.add_tags`.

    That one makes two elements of an element over two pages (#2903), gives header cells no Scope
    (#2508), tags running heads outside the tree (#1836) and gives markup in a link a second link
    (#2482). No issue at github.com/Kozea/WeasyPrint is known for these: notes are not tagged as
    notes, a link is described by its address, leaders are read dot by dot, and Lang stands at the
    root only.
    """

    def add_tags(pdf: Any, document: Any, _version: Any, streams: Sequence[Any]) -> None:
        _BoxReader(pdf, document, streams).write()

    return add_tags


NEEDS = ("weasyprint.pdf.stream.Stream._tags", *PRIVATE_NAMES)
"""The private names that the replacement uses."""

"""The structure tree of a tagged PDF: from laid-out pieces in reading order to PDF objects.

The standard is ISO 32000-1, 14.7 and 14.8, as PDF/UA-1 (ISO 14289-1) narrows it. A tree of `Node`s
grows while the boxes of a layout are read; `relate_headers` and `tidy` bring it into a valid form
and `write_tree` writes it. `pydyf` is the PDF writer that WeasyPrint uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count, groupby
from typing import Any, TypeAlias

import pydyf

_INLINE = frozenset({"Span", "Quote", "Reference", "Link", "Code", "Lbl"})
"""Inline-level structure types (ISO 32000-1, table 338) that stand in a line here, and Lbl."""

_HOLDS_BLOCKS_ONLY = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote"})
"""Grouping types: content must not stand in them directly, so runs of it become paragraphs."""

_HOLDS_EITHER = frozenset({"TD", "TH", "LBody", "Caption", "Note"})
"""May hold text directly; beside a block, text becomes a paragraph here too."""

_MAY_BE_EMPTY = frozenset({"TD", "TH", "Document"})
"""An empty cell keeps its table a grid; any other empty element says nothing."""


@dataclass(frozen=True, slots=True)
class Content:
    """A marked-content sequence of a page's stream."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True, eq=False)
class Annotation:
    """A link annotation on a page; its PDF object is written by the engine."""

    page: int
    target: pydyf.Dictionary


Kid: TypeAlias = "Node | Content | Annotation"


@dataclass(slots=True, eq=False)
class Node:
    """A structure element that is still growing."""

    role: str
    parent: Node | None = None
    lang: str | None = None
    """The language of the element, inherited or its own (BCP 47)."""
    kids: list[Kid] = field(default_factory=list)
    alt: str | None = None
    expansion: str | None = None
    identifier: str | None = None
    attributes: dict[str, dict[str, object]] = field(default_factory=dict)
    """By owner, such as Table (ISO 32000-1, 14.7.5)."""
    columns: range = range(0)
    """The columns that a cell of a table covers."""
    heads_group: bool = False
    """Whether it is a header cell over a group of rows."""

    def add(self, role: str, lang: str | None = None) -> Node:
        """Append and return a child."""
        child = Node(role, self, lang or self.lang)
        self.kids.append(child)
        return child

    def nodes(self) -> Iterator[Node]:
        """Yield the element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes()


def tidy(root: Node) -> None:
    """Bring a tree that has grown into a valid form, in place.

    Empty elements are left out. A `Div` that holds only text becomes a paragraph; any other is
    replaced by its children unless it carries a language. Text beside blocks, or directly in a
    grouping element, becomes a paragraph, and text among inline elements a `Span`.
    """
    kids: list[Kid] = []
    for kid in root.kids:
        if not isinstance(kid, Node):
            kids.append(kid)
            continue
        tidy(kid)
        if not kid.kids and kid.role not in _MAY_BE_EMPTY:
            continue
        if kid.role == "Div" and kid.lang == root.lang and kid.identifier is None:
            for grandchild in kid.kids:
                if isinstance(grandchild, Node):
                    grandchild.parent = root
            kids.extend(kid.kids)
        else:
            kids.append(kid)
    root.kids = kids
    if root.role == "Div" and kids and all(map(_is_inline, kids)):
        root.role = "P"
    elif root.role in _HOLDS_BLOCKS_ONLY or (
        root.role in _HOLDS_EITHER and not all(map(_is_inline, kids))
    ):
        root.kids = list(_in_paragraphs(root))
    for node in (root, *(kid for kid in root.kids if isinstance(kid, Node))):
        if node.kids and any(isinstance(kid, Node) for kid in node.kids):
            node.kids = list(_in_spans(node))


def _is_inline(kid: Kid) -> bool:
    return not isinstance(kid, Node) or kid.role in _INLINE


def _in_paragraphs(node: Node) -> Iterator[Kid]:
    for inline, run in groupby(node.kids, _is_inline):
        kids = list(run)
        # A lone label (of a note, say) is in its place beside a block.
        if not inline or all(isinstance(kid, Node) and kid.role == "Lbl" for kid in kids):
            yield from kids
            continue
        paragraph = Node("P", node, node.lang, kids)
        for kid in kids:
            if isinstance(kid, Node):
                kid.parent = paragraph
        yield paragraph


def _in_spans(node: Node) -> Iterator[Kid]:
    """Wrap text that stands among elements, so that text and elements keep their order.

    Some readers take an element's own text first and its children after that.
    """
    for own, run in groupby(node.kids, lambda kid: isinstance(kid, Content)):
        if own:
            yield Node("Span", node, node.lang, list(run))
        else:
            yield from run


def relate_headers(table: Node, prefix: str) -> None:
    """Name each cell's headers in a table with heads over groups of rows.

    By ISO 32000-1 a reader looks for headers upwards and stops at the first run of them, so below
    a group's head it would never come to the heads of the columns.
    """
    rows = [
        [kid for kid in row.kids if isinstance(kid, Node)]
        for row in table.nodes()
        if row.role == "TR"
    ]
    if not any(cell.heads_group for cells in rows for cell in cells):
        return
    columns: dict[int, list[str]] = {}
    group: list[str] = []
    identifiers = (f"{prefix}-{number}" for number in count(1))
    for cells in rows:
        row_heads: list[str] = []
        for cell in (each for each in cells if each.role == "TH"):
            cell.identifier = next(identifiers)
            if cell.heads_group:
                group = [cell.identifier]
            elif cell.attributes["Table"]["Scope"] == "/Row":
                row_heads.append(cell.identifier)
            else:
                for column in cell.columns:
                    columns.setdefault(column, []).append(cell.identifier)
        for cell in cells:
            names = [*columns.get(cell.columns.start, ()), *group]
            if cell.role == "TD":
                names += row_heads
            elif cell.identifier not in row_heads:
                continue
            if names:
                cell.attributes["Table"]["Headers"] = pydyf.Array(map(pydyf.String, names))
        if len(cells) == 1 and cells[0].heads_group and len(cells[0].columns) > 1:
            # A row of header cells alone reads as a head of the whole table, once for each group.
            _end_with_data(cells[0])


def _end_with_data(head: Node) -> None:
    """Make the last column of a header cell an empty data cell."""
    width = len(head.columns) - 1
    head.attributes["Table"].pop("ColSpan")
    if width > 1:
        head.attributes["Table"]["ColSpan"] = width
    if head.parent is not None:
        head.parent.add("TD")


def write_tree(pdf: pydyf.PDF, root: Node, pages: Sequence[int]) -> None:
    """Add the tree to the PDF with its parent tree and identifiers, and mark the document tagged.

    `pages` gives, for each page, how many marked-content sequences its stream has.
    """
    structure = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(structure)
    elements: dict[Node, pydyf.Dictionary] = {}
    for node in root.nodes():
        element = pydyf.Dictionary({"S": f"/{node.role}"})
        pdf.add_object(element)
        elements[node] = element
    references = pdf.page_references
    # The parent tree: the owner of each sequence of each page, then of each annotation.
    owners: list[Any] = [pydyf.Array(["null"] * count) for count in pages]
    for node, element in elements.items():
        above = elements[node.parent] if node.parent is not None else structure
        _describe(element, node, above)
        home = next((kid.page for kid in node.kids if isinstance(kid, Content)), None)
        if home is not None:
            element["Pg"] = references[home]
        kids = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(elements[kid].reference)
            elif isinstance(kid, Content):
                owners[kid.page][kid.mcid] = element.reference
                page = {"Type": "/MCR", "Pg": references[kid.page], "MCID": kid.mcid}
                kids.append(kid.mcid if kid.page == home else pydyf.Dictionary(page))
            else:
                kid.target["StructParent"] = len(owners)
                owners.append(element.reference)
                link = {"Type": "/OBJR", "Obj": kid.target.reference, "Pg": references[kid.page]}
                kids.append(pydyf.Dictionary(link))
        if kids:
            element["K"] = kids[0] if len(kids) == 1 else kids
    structure["K"] = elements[root].reference
    parents = pydyf.Dictionary({"Nums": pydyf.Array(chain.from_iterable(enumerate(owners)))})
    pdf.add_object(parents)
    structure["ParentTree"] = parents.reference
    structure["ParentTreeNextKey"] = len(owners)
    # A name tree is sorted by the bytes of its keys (ISO 32000-1, 7.9.6).
    named = {node.identifier: element for node, element in elements.items() if node.identifier}
    names = pydyf.Array()
    for name in sorted(named):
        names.extend((pydyf.String(name), named[name].reference))
    if names:
        structure["IDTree"] = pydyf.Dictionary({"Names": names})
    pdf.catalog["StructTreeRoot"] = structure.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


def _describe(element: pydyf.Dictionary, node: Node, above: pydyf.Dictionary) -> None:
    element["P"] = above.reference
    if node.lang and node.parent is not None and node.lang != node.parent.lang:
        element["Lang"] = pydyf.String(node.lang)
    for key, text in (("Alt", node.alt), ("E", node.expansion), ("ID", node.identifier)):
        if text:
            element[key] = pydyf.String(text)
    owned = [
        pydyf.Dictionary({"O": f"/{owner}"} | entries)
        for owner, entries in node.attributes.items()
        if entries
    ]
    if owned:
        element["A"] = owned[0] if len(owned) == 1 else pydyf.Array(owned)

"""Whether a written PDF is accessible: its structure tree and its marked content, read back.

This checks what a screen reader needs and an engine may lose (PDF/UA-1, ISO 14289-1). It does not
replace a validator: `tests/validators` runs those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf

_PAINTING = frozenset(
    {"Tj", "TJ", "'", '"', "Do", "sh", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
)
"""Operators that draw, so that they must stand in tagged content or in an artifact."""
_OPERATORS = " ".join(("BDC", "BMC", "EMC", *sorted(_PAINTING)))


@dataclass(slots=True, eq=False)
class _Element:
    """A structure element as it was written, with what it holds."""

    role: str
    object: Any
    kids: list[_Element] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    """The page (its object's number) and the number of each marked-content sequence."""
    annotations: list[int] = field(default_factory=list)
    """The object numbers of the link annotations."""

    def all(self, *roles: str) -> Iterator[_Element]:
        """Yield the element itself and those in it that have one of the roles, or any role."""
        if not roles or self.role in roles:
            yield self
        for kid in self.kids:
            yield from kid.all(*roles)

    def attribute(self, name: str) -> Any:
        attributes = _listed(self.object.get("/A"))
        return next((each[name] for each in attributes if name in each), None)


def _element(node: Any, role: str, page: int) -> _Element:
    """Read an element and all in it; `page` is the page of the element around it."""
    element = _Element(role, node)
    own = node.Pg.objgen[0] if "/Pg" in node else page
    for kid in _listed(node.get("/K")):
        if not isinstance(kid, pikepdf.Dictionary):
            element.content.append((own, int(kid)))
        elif "/MCID" in kid:
            element.content.append((kid.Pg.objgen[0] if "/Pg" in kid else own, int(kid.MCID)))
        elif "/Obj" in kid:
            element.annotations.append(kid.Obj.objgen[0])
        else:
            element.kids.append(_element(kid, str(kid.S)[1:], own))
    return element


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def accessibility_faults(content: bytes, *, notes: int, header_cells: bool) -> tuple[str, ...]:
    """Return what keeps a PDF from being read aloud as it is meant; empty where nothing does.

    `notes` is the number of footnotes of the document, and `header_cells` whether its tables have
    any header cells.
    """
    with pikepdf.open(BytesIO(content)) as pdf:
        catalog = pdf.Root
        if "/StructTreeRoot" not in catalog or not _flag(catalog, "/MarkInfo", "/Marked"):
            return ("it is not tagged",)
        root = _element(catalog.StructTreeRoot, "StructTreeRoot", 0)
        return (
            *_element_faults(root, catalog, notes, header_cells),
            *_heading_faults(root, pdf),
            *_page_faults(root, pdf),
        )


def _element_faults(root: _Element, catalog: Any, notes: int, header_cells: bool) -> Iterator[str]:
    if not str(catalog.get("/Lang", "")):
        yield "it does not say its language"
    if not _flag(catalog, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "a viewer shows its file name, not its title"
    if header_cells and not any(root.all("TH")):
        yield "the header cells of tables are not tagged as header cells"
    vague = [str(n) for n, each in enumerate(root.all("Table"), 1) if _has_vague_head(each)]
    if vague:
        yield f"tables with header cells that name no cells: {', '.join(vague)}"
    tagged = list(root.all("Note"))
    if len(tagged) < notes:
        yield f"notes that are not tagged as notes: {notes - len(tagged)} of {notes}"
    for missing, faulty in (
        (
            "figures without alternative text",
            (not str(each.object.get("/Alt", "")) for each in root.all("Figure")),
        ),
        ("notes without an identifier", ("/ID" not in each.object for each in tagged)),
        ("notes that do not lead back to their calls", (not _leads(each) for each in tagged)),
        (
            "calls that do not lead to their notes",
            (not _leads(each) for each in root.all("Reference")),
        ),
    ):
        if count := sum(faulty):
            yield f"{missing}: {count}"


def _flag(catalog: Any, dictionary: str, name: str) -> bool:
    return dictionary in catalog and bool(catalog[dictionary].get(name, False))


def _heading_faults(root: _Element, pdf: pikepdf.Pdf) -> Iterator[str]:
    levels = [int(each.role[1]) for each in root.all("H1", "H2", "H3", "H4", "H5", "H6")]
    with pdf.open_outline() as outline:
        outlined = sum(map(_items, outline.root))
    if outlined > len(levels):
        yield f"headings that are not tagged as headings: {outlined - len(levels)} of {outlined}"
    for above, level in pairwise((0, *levels)):
        if level > above + 1:
            yield f"a heading of level {level} stands below one of level {above}"


def _items(item: pikepdf.OutlineItem) -> int:
    return 1 + sum(map(_items, item.children))


def _has_vague_head(table: _Element) -> bool:
    """Return whether a header cell has no Scope and is not named by the cells under it."""
    cells = table.all("TD", "TH")
    named = {bytes(name) for cell in cells for name in _listed(cell.attribute("/Headers"))}
    return any(
        head.attribute("/Scope") is None and bytes(head.object.get("/ID", b"")) not in named
        for head in table.all("TH")
    )


def _leads(element: _Element) -> bool:
    return any(link.annotations for link in element.all("Link"))


def _page_faults(root: _Element, pdf: pikepdf.Pdf) -> Iterator[str]:
    """Compare what each page draws, and its links, with the structure tree."""
    tagged = {number for link in root.all("Link") for number in link.annotations}
    held = Counter(content for element in root.all() for content in element.content)
    pages: dict[str, list[str]] = {}
    counts = Counter[str]()
    for number, page in enumerate(pdf.pages, start=1):
        links = [each for each in _listed(page.get("/Annots")) if each.get("/Subtype") == "/Link"]
        drawn, untagged = _marked_content(page)
        holders = [held[page.obj.objgen[0], each] for each in drawn]
        for what, count in (
            (
                "links that stand in no Link element",
                sum(each.objgen[0] not in tagged for each in links),
            ),
            (
                "links without a description",
                sum(not str(each.get("/Contents", "")).strip() for each in links),
            ),
            ("drawings outside tagged content and artifacts", untagged),
            ("text outside the structure tree, as of a running head", holders.count(0)),
            ("text that stands in the structure tree twice", sum(each > 1 for each in holders)),
        ):
            if count:
                counts[what] += count
                pages.setdefault(what, []).append(str(number))
    for what, numbers in pages.items():
        yield f"{what}: {counts[what]} (page {', '.join(numbers)})"


def _marked_content(page: pikepdf.Page) -> tuple[list[int], int]:
    """Return the numbers of a page's marked content, and how often it draws outside any."""
    numbers: list[int] = []
    untagged = 0
    marked: list[bool] = []
    for instruction in pikepdf.parse_content_stream(page, _OPERATORS):
        name = str(instruction.operator)
        if name in {"BDC", "BMC"}:
            operands = list(instruction.operands)
            numbered = [int(each["/MCID"]) for each in operands[1:] if "/MCID" in each]
            numbers.extend(numbered)
            marked.append(bool(numbered) or operands[0] == "/Artifact")
        elif name == "EMC":
            marked.pop()
        elif name in _PAINTING and not any(marked):
            untagged += 1
    return numbers, untagged

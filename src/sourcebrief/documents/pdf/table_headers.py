"""The header cells of each cell of a table, where the Scope of the headers does not say enough."""

from collections.abc import Iterator, Sequence
from itertools import count

import pydyf

from sourcebrief.documents.pdf.structure_tree import Node


def relate_headers(table: Node, group_heads: set[Node], prefix: str) -> None:
    """Name each cell's headers in a table with heads over groups of rows.

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
        in_columns = list(_in_columns(cells, taken))
        row_heads: list[str] = []
        for cell, covered in in_columns:
            if cell.role != "TH":
                continue
            cell.identifier = next(identifiers)
            if cell in group_heads:
                group = [cell.identifier]
            elif cell.attributes["Table"].get("Scope") == "/Row":
                row_heads.append(cell.identifier)
            else:
                for column in covered:
                    columns.setdefault(column, []).append(cell.identifier)
        for cell, covered in in_columns:
            if cell.role == "TD":
                names = [*columns.get(covered[0], ()), *group, *row_heads]
            elif cell.identifier in row_heads:
                names = [*columns.get(covered[0], ()), *group]
            else:
                continue
            if names:
                cell.attributes["Table"]["Headers"] = pydyf.Array(map(pydyf.String, names))
    for cells in rows:
        if len(cells) == 1 and cells[0] in group_heads:
            _end_group_row(cells[0])


def _in_columns(cells: Sequence[Node], taken: dict[int, int]) -> Iterator[tuple[Node, range]]:
    """Yield each cell of a row with the columns it covers; `taken` is brought to the next row."""
    column = 0
    for cell in (*cells, None):
        while taken.get(column, 0):
            taken[column] -= 1
            column += 1
        if cell is None:
            return
        covered = range(column, column + _span(cell, "ColSpan"))
        for each in covered:
            taken[each] = _span(cell, "RowSpan") - 1
        yield cell, covered
        column = covered.stop


def _end_group_row(head: Node) -> None:
    """End a row that is one head with an empty data cell.

    A row of header cells alone reads as a head of the whole table, once for each group.
    """
    width = _span(head, "ColSpan")
    if width < 2 or head.parent is None:
        return
    attributes = head.attributes["Table"]
    del attributes["ColSpan"]
    if width > 2:
        attributes["ColSpan"] = width - 1
    head.parent.add("TD")


def _span(cell: Node, name: str) -> int:
    return int(str(cell.attributes.get("Table", {}).get(name, 1)))

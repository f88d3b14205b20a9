"""Finish pandoc's tables: widths, descriptions, heads, rows that neither split nor stand alone."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from lxml import etree

from sourcebrief.documents.word.opc_package import w, w_child, w_element, w_value
from sourcebrief.documents.word.pandoc_input import TableFacts


def finish_tables(
    body: etree._Element, facts: Sequence[TableFacts], width: int, together: bool = False
) -> None:
    """Give each table fixed widths that fill `width` (twentieths of a point), and its facts.

    Those that have a caption stand on one page with what follows them if they are `together`.

    ISO/IEC 29500-1: 17.4.6 (rows), 17.4.55 (row heads) and 17.4.46 (description).
    """
    tables = list(body.iter(w("tbl")))
    # A house's own filter may add or remove tables.
    facts_or_none = facts if len(facts) == len(tables) else [None] * len(tables)
    for table, table_facts in zip(tables, facts_or_none, strict=True):
        properties, grid = table.find(w("tblPr")), table.find(w("tblGrid"))
        if properties is None or grid is None:
            continue
        if table_facts is not None:
            _describe(properties, table_facts)
        rows = list(table.iterchildren(w("tr")))
        for row in rows:
            w_child(w_child(row, "trPr", 0), "cantSplit", 0)
        # No row stands alone on a table's first page or its last.
        whole = together and properties.find(w("tblCaption")) is not None
        for row in rows if whole else (*rows[:-1][:3], *rows[-2:-1]):
            for paragraph in row.iter(w("p")):
                said = w_child(paragraph, "pPr", 0)
                w_child(said, "keepNext", int(said.find(w("pStyle")) is not None))
        if properties.find(w("tblLayout")) is not None:
            _fill_width(table, properties, grid, width)


def _describe(properties: etree._Element, facts: TableFacts) -> None:
    look = properties.find(w("tblLook"))
    if look is not None:
        # The bits of ISO/IEC 29500-1, 17.4.56: no bands; header row; row headers.
        header_row = 0x0020 if w_value(look, "firstRow") == "1" else 0
        bits = 0x0600 | header_row | (0x0080 if facts.row_heads else 0)
        row_heads = "1" if facts.row_heads else "0"
        said = {"val": f"{bits:04X}", "firstColumn": row_heads, "noHBand": "1", "noVBand": "1"}
        look.attrib.update({w(name): value for name, value in said.items()})
    etree.strip_elements(properties, w("tblDescription"), with_tail=False)
    if facts.description:
        properties.append(w_element("tblDescription", val=facts.description))


def _fill_width(
    table: etree._Element, properties: etree._Element, grid: etree._Element, width: int
) -> None:
    sums = [0, *accumulate(int(w_value(column, "w")) for column in grid)]
    if not sums[-1]:
        return
    edges = [round(width * each / sums[-1]) for each in sums]
    for column, (left, right) in zip(grid, pairwise(edges), strict=True):
        column.set(w("w"), str(right - left))
    preferred = properties.find(w("tblW"))
    if preferred is not None:
        preferred.attrib.update({w("type"): "dxa", w("w"): str(width)})
    for row in table.iterchildren(w("tr")):
        place = 0
        for cell in row.iterchildren(w("tc")):
            cell_properties = w_child(cell, "tcPr", 0)
            columns = int(w_value(cell_properties.find(w("gridSpan"))) or 1)
            end = min(place + columns, len(edges) - 1)
            cell_width = w_child(cell_properties, "tcW", 0)
            cell_width.attrib.update({w("w"): str(edges[end] - edges[place]), w("type"): "dxa"})
            place = end
            if end == len(edges) - 1:
                # The text of the last column ends with the table.
                margins = w_child(cell_properties, "tcMar")
                w_child(margins, "right").attrib.update({w("w"): "0", w("type"): "dxa"})

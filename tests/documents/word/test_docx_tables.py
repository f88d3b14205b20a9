"""Tables: widths, heads, descriptions, and rows that do not split."""

from __future__ import annotations

import pytest

import word_page
from sourcebrief.documents.word.opc_package import w
from word_documents import body, brief, paragraphs, part, value, written


def test_header_rows_repeat_and_no_row_splits() -> None:
    for table in body(brief()).iter(w("tbl")):
        rows = table.findall(w("tr"))
        assert rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is not None
        assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)


def test_no_row_stands_alone_on_a_page() -> None:
    table = list(body(written(word_page.page(40))).iter(w("tbl")))[1]
    kept = [
        all(one.find(f"{w('pPr')}/{w('keepNext')}") is not None for one in row.iter(w("p")))
        for row in table.findall(w("tr"))
    ]
    assert kept == [True, True, True, *[False] * (len(kept) - 5), True, False]


def test_a_short_edition_keeps_its_tables_with_what_follows_them() -> None:
    judgements, chronology = body(written(word_page.page(40), layout="short")).iter(w("tbl"))
    for table, whole in ((judgements, False), (chronology, True)):
        kept = [
            one.find(f"{w('pPr')}/{w('keepNext')}") is not None
            for row in table.findall(w("tr"))
            for one in row.iter(w("p"))
        ]
        assert all(kept) == whole


def test_tables_say_what_they_are_and_mark_their_row_heads() -> None:
    judgements, chronology = body(brief()).iter(w("tbl"))
    for table in (judgements, chronology):
        look = table.find(f"{w('tblPr')}/{w('tblLook')}")
        assert (value(look, "firstRow"), value(look, "firstColumn")) == ("1", "1")
        assert value(look) == "06A0"
    described = value(chronology.find(f"{w('tblPr')}/{w('tblDescription')}"))
    assert described == "Each event with its date, actor, people and outcome."
    named = value(chronology.find(f"{w('tblPr')}/{w('tblCaption')}"))
    assert named == "Table 1. Engagements on record, 2021–2022"
    fallback = value(judgements.find(f"{w('tblPr')}/{w('tblDescription')}"))
    assert fallback == "Confidence, Judgement"


@pytest.mark.parametrize(("page", "width"), [("A4", 10092), ("Letter", 10426)])
def test_columns_have_the_pages_shares_of_the_full_width(page: str, width: int) -> None:
    document = written(page=page)
    chronology = list(body(document).iter(w("tbl")))[1]
    columns = [int(str(value(column, "w"))) for column in chronology.iter(w("gridCol"))]
    assert sum(columns) == width
    assert [round(100 * column / width) for column in columns] == [5, 14, 12, 40, 15, 14]
    for row in chronology.findall(w("tr")):
        cells = [int(str(value(cell, "w"))) for cell in row.iter(w("tcW"))]
        assert sum(cells) == width


def test_a_table_stands_below_its_caption_and_the_text_of_its_last_column_ends_with_it() -> None:
    document = written(word_page.page(40))
    styles = {
        value(style, "styleId"): style.find(f"{w('pPr')}/{w('keepNext')}")
        for style in part(document, "word/styles.xml").iter(w("style"))
    }
    table = list(body(document).iter(w("tbl")))[1]
    caption = table.getprevious()
    assert caption is not None
    assert value(caption.find(f"{w('pPr')}/{w('pStyle')}")) == "TableCaption"
    assert caption.find(f"{w('pPr')}/{w('keepNext')}") is None
    assert styles["Caption"] is not None
    for row in table.iter(w("tr")):
        *others, last = row.iter(w("tcPr"))
        assert value(last.find(f"{w('tcMar')}/{w('right')}"), "w") == "0"
        assert all(each.find(w("tcMar")) is None for each in others)


def test_an_empty_cell_is_no_higher_than_the_others() -> None:
    page = word_page.page().replace("<td>Ana García, Minister</td>", "<td></td>", 1)
    styles = {name for name, said in paragraphs(written(page)) if not said}
    assert styles == {"Table Text", "Figure"}

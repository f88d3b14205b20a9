"""Each cell names its headers where the Scope of the headers does not say enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tagged_pdf import sample_brief

if TYPE_CHECKING:
    from tagged_pdf import Element


@pytest.fixture
def chronology() -> Element:
    return sample_brief().root.all("Table")[1]


def test_header_cells_have_their_scope(chronology: Element) -> None:
    scopes = {head.text: str(head.table("Scope")) for head in chronology.all("TH")}

    assert scopes["Event"] == "/Column"
    assert scopes["2 July 2019"] == "/Row"
    assert scopes["2019"] == "/Column"  # over the rows below it
    assert all(scope in {"/Row", "/Column"} for scope in scopes.values())


def test_cells_below_a_year_name_their_column_year_and_row(chronology: Element) -> None:
    heads = {str(head.object.ID): head.text for head in chronology.all("TH")}
    outcomes = [row.kids[-1] for row in chronology.all("TR") if len(row.kids) == 4][1:]

    named = [[heads[str(each)] for each in cell.table("Headers")] for cell in outcomes]

    assert named[0] == ["Outcome", "2019", "2 July 2019"]
    assert named[-1] == ["Outcome", "2021", "3 July 2019"]


def test_every_row_is_as_wide_as_the_table(chronology: Element) -> None:
    widths = {sum(int(c.table("ColSpan") or 1) for c in row.kids) for row in chronology.all("TR")}

    assert widths == {4}


def test_a_caption_belongs_to_its_table(chronology: Element) -> None:
    assert chronology.kids[0].role == "Caption"
    assert chronology.kids[0].text == "Events in order of date"

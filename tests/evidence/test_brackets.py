"""The brackets of a quotation, and the readings that they allow."""

from __future__ import annotations

import pytest

from sourcebrief.evidence.brackets import BracketKind, editorial_readings, find_brackets, one_space
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, locate
from sourcebrief.text.word_lists import word_lists

ELISION, INSERTION, LETTER, ENDING, SIC = BracketKind


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("words [...] words […]", [ELISION, ELISION]),
        ("the [two] parties", [INSERTION]),
        ("[t]he", [LETTER]),
        ("agree[d] and agree[d]ly", [ENDING, LETTER]),
        ("so [sic] and [SIC!]", [SIC, SIC]),
        ("empty [] and x[y z]", [None, None]),
    ],
)
def test_a_bracket_has_a_kind(text: str, kinds: list[BracketKind | None]) -> None:
    assert [bracket.kind for bracket in find_brackets(text)] == kinds


def test_brackets_that_may_be_the_seeds_own_are_read_both_ways() -> None:
    quotation, whole = "the [name] says [...] more of it", "the [name] says that and more of it"
    brackets = find_brackets(quotation)
    readings = list(editorial_readings(quotation, brackets, whole, word_lists("en")))
    assert [len(reading.pieces) for reading in readings] == [2, 3]


def test_white_space_around_a_quotation_is_no_part_of_it() -> None:
    found = locate("  [t]hen all parties \u200b\u00a0\u00ad", read_seed("Then all parties left."))
    assert isinstance(found, LocatedQuotation)
    assert found.printed == "[t]hen all parties"


def test_white_space_is_one_space() -> None:
    assert one_space("a \n b\u00a0c") == "a b c"

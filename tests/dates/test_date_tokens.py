"""The tokens of running text that may belong to a date."""

from __future__ import annotations

import pytest

from sourcebrief.dates.date_tokens import WrittenDate, tokens


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("on 7 and 8 December, 2022", "xdjdmcy"),
        ("7 or 8 May", "drdm"),
        ("by 2022-11-16", "xw"),
        ("the 2020s", "xw"),
        ("the 2011-12 session", "x"),
        ("COVID-19 in 2018", "xjxxy"),
        ("page 10.30 of 45", "xox"),
        ("November 16,2022", "mdcy"),
    ],
)
def test_a_text_is_cut_into_tokens(text: str, kinds: str) -> None:
    assert "".join(token.kind for token in tokens(text, 0, len(text), "en")) == kinds


@pytest.mark.parametrize(
    ("written", "exists"),
    [
        (WrittenDate(2022, 11, 30), True),
        (WrittenDate(2022, 11, 31), False),
        (WrittenDate(0), False),
    ],
)
def test_only_what_the_calendar_has_exists(written: WrittenDate, exists: bool) -> None:
    assert written.exists is exists

"""What a browser sends is read as what it means, or refused."""

from __future__ import annotations

import pytest

from sourcebrief.desk.forms import event_of, in_paragraphs, text_of
from sourcebrief.errors import SourcebriefError
from sourcebrief.evidence.passages import read_seed


def test_spans_are_named_by_paragraph_and_code_points_within_it() -> None:
    seed = read_seed("One two.\n\nThree four.")
    assert in_paragraphs([(0, 3), (8, 10), (4, 15)], seed) == "1.0.1.3 1.4.2.5"


def test_a_field_that_is_no_text_is_empty() -> None:
    assert text_of({"title": " A pact "}, "title") == "A pact"
    assert text_of({"title": 3}, "title") == text_of({}, "title") == ""


def test_an_event_has_a_date_as_its_form_says_it_is_known() -> None:
    form = {"title": "A pact", "date": "2024", "summary": "They agreed.", "actors": ["a", 3]}
    event = event_of(form, "a-pact", {"seed": "wire"}, ["b"])
    assert (event["date"], event["actors"]) == ("2024", ["a", "b"])
    inferred = event_of({**form, "basis": "inferred", "date_note": "From the report."}, "p", {}, [])
    assert inferred["date"] == {"value": "2024", "basis": "inferred", "note": "From the report."}
    with pytest.raises(SourcebriefError, match="needs a title, a date, who took part, a summary"):
        event_of({}, "", {}, [])

"""What a browser sends is read as what it means, or refused."""

from __future__ import annotations

import pytest

from sourcebrief.desk.forms import Unfit, event_of, in_paragraphs, text_of
from sourcebrief.evidence.passages import read_seed


def test_spans_are_named_by_paragraph_and_code_points_within_it() -> None:
    seed = read_seed("One two.\n\nThree four.")
    assert in_paragraphs([(0, 3), (8, 10), (4, 15)], seed) == "1.0.1.3 1.4.2.5"


def test_a_field_that_is_no_text_is_empty() -> None:
    assert text_of({"title": " A pact "}, "title") == "A pact"
    assert text_of({"title": 3}, "title") == text_of({}, "title") == ""


def test_an_event_has_a_date_as_its_form_says_it_is_known() -> None:
    form = {"title": "A pact", "date": "2024", "summary": "They agreed.", "actors": ["a", 3]}
    event = event_of(form, "a-pact", {"seed": "wire"}, ["b", "a"], lambda _: "")
    assert (event["date"], event["actors"]) == ("2024", ["a", "b"])
    given = {**form, "basis": "inferred", "date_note": "From the report."}
    inferred = event_of(given, "p", {}, [], lambda _: "no quotation states it")
    assert inferred["date"] == {"value": "2024", "basis": "inferred", "note": "From the report."}


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({}, "", ""),
        ({"date": "12/03/2024"}, "date", "write 2024-03-12"),
        ({"date": ""}, "date", "give a date"),
        ({"basis": "inferred"}, "date_note", "say how"),
        ({"actors": []}, "new_actor", "tick who took part"),
        ({"summary": " "}, "summary", "say what happened"),
    ],
)
def test_a_form_says_at_its_field_what_is_wrong(
    more: dict[str, object], field: str, words: str
) -> None:
    form = {"title": "A pact", "date": "2024", "summary": "They agreed.", "actors": ["a"], **more}
    if not field:
        assert event_of(form, "a-pact", {}, [], lambda _: "")["id"] == "a-pact"
        return
    with pytest.raises(Unfit, match=words) as told:
        event_of(form, "a-pact", {}, [], lambda _: "")
    assert list(told.value.fields) == [field]


def test_a_date_that_is_not_stated_is_said_at_its_field() -> None:
    form = {"title": "A pact", "date": "2024", "summary": "They agreed.", "actors": ["a"]}
    with pytest.raises(Unfit, match="it is in ¶ 3; quote the words that hold it, or") as told:
        event_of(form, "a-pact", {}, [], lambda date: f"{date.text} is not: it is in ¶ 3")
    assert list(told.value.fields) == ["date"]

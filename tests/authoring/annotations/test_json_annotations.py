"""Annotations in JSON, as each program writes them."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.authoring.annotations.annotation import (
    Highlight,
    SelectedWords,
)
from sourcebrief.authoring.annotations.json_annotations import read_json_annotations
from sourcebrief.authoring.importing.extraction import UnreadableDocument

QUOTE = {"type": "TextQuoteSelector", "exact": "signed a pact", "prefix": "sides ", "suffix": " on"}
POSITION = {"type": "TextPositionSelector", "start": 40, "end": 53}
WORDS = SelectedWords("signed a pact", "sides ", " on")


def read(value: Any) -> list[Highlight]:
    return read_json_annotations(json.dumps(value).encode())


def target(*selectors: Any, source: Any = "https://wire.example/pact") -> dict[str, Any]:
    return {"source": source, "selector": list(selectors)}


@pytest.mark.parametrize(
    "around",
    [
        lambda one: one,
        lambda one: [one],
        lambda one: {"type": "AnnotationPage", "items": [one]},
        lambda one: {"type": "AnnotationCollection", "first": {"items": [one]}},
        lambda one: {"@graph": [one]},
    ],
)
def test_web_annotations(around: Any) -> None:
    body = {"type": "TextualBody", "value": "Which pact?", "purpose": "commenting"}
    one = {"type": "Annotation", "body": body, "target": target(QUOTE, POSITION)}
    (found,) = read(around(one))
    assert found == Highlight(
        "annotation 1",
        (SelectedWords("signed a pact", "sides ", " on", 40),),
        "Which pact?",
        ("https://wire.example/pact",),
    )


@pytest.mark.parametrize(
    ("keys", "note"),
    [
        ({"bodyValue": "A thought."}, "A thought."),
        ({"body": "https://example.org/about"}, ""),
        ({"body": {"value": "A <b>bold</b> &amp; long", "format": "text/html"}}, "A bold & long"),
        ({"body": [{"value": "one"}, {"value": "pact", "purpose": "tagging"}]}, "one"),
        ({"body": {"type": "Choice", "items": [{"value": "en"}, {"value": "es"}]}}, "en\nes"),
    ],
)
def test_what_is_a_note_of_a_web_annotation(keys: dict[str, Any], note: str) -> None:
    (found,) = read({"target": target(QUOTE), **keys})
    assert found.note == note


def test_a_selector_that_refines_another_and_a_source_with_a_cached_copy() -> None:
    refined = {"type": "FragmentSelector", "value": "page=2", "refinedBy": QUOTE}
    source = {"id": "https://wire.example/pact", "type": "Text"}
    state = {"type": "TimeState", "cached": "ni:///sha-256;abc"}
    (found,) = read({"target": {**target(refined, source=source), "state": state}})
    assert found.parts == (WORDS,)
    assert found.documents == ("https://wire.example/pact", "ni:///sha-256;abc")


def test_several_targets_are_the_pieces_of_one_quotation() -> None:
    body = {"type": "TextualBody", "purpose": "describing", "value": "signed [...] today"}
    today = {"type": "TextQuoteSelector", "exact": "today"}
    (found,) = read({"body": body, "target": [target(QUOTE), target(today)]})
    assert found.parts == (WORDS, SelectedWords("today"))
    assert found.quotation == "signed [...] today"


def test_hypothesis() -> None:
    row = {
        "uri": "https://wire.example/pact",
        "text": "Which pact?\n\nAsk.",
        "tags": ["ports"],
        "target": [target({"type": "RangeSelector", "startOffset": 3}, POSITION, QUOTE)],
    }
    note = {"uri": "https://wire.example/pact", "text": "A page note", "target": [{"source": "x"}]}
    found = read({"total": 2, "rows": [row, note]})
    assert found[0].parts == (SelectedWords("signed a pact", "sides ", " on", 40),)
    assert found[0].note == "Which pact?\nAsk."
    assert (found[1].parts, found[1].note) == ((), "A page note")


ZOTERO = {
    "itemType": "annotation",
    "parentItem": "SZCPNNQI",
    "annotationType": "highlight",
    "annotationText": "signed a pact",
    "annotationComment": "Which pact?",
    "annotationPosition": '{"pageIndex":4,"rects":[[203.6,375.8,547.4,386.3]]}',
}


def test_zotero() -> None:
    picture = {**ZOTERO, "annotationType": "image"}
    note = {**ZOTERO, "annotationType": "note", "annotationText": None, "annotationPosition": "{"}
    found = read([{"key": "A", "data": one} for one in (ZOTERO, picture, note)])
    assert found == [
        Highlight(
            "annotation 1, p. 5",
            (SelectedWords("signed a pact"),),
            "Which pact?",
            ("SZCPNNQI",),
            5,
        ),
        Highlight("annotation 2", (), "Which pact?", ("SZCPNNQI",)),
    ]


def test_better_bibtex_names_the_document() -> None:
    attachment = {"path": "/home/x/pact.pdf", "annotations": [ZOTERO]}
    item = {"citationKey": "wire2021", "url": "https://wire.example/", "attachments": [attachment]}
    (found,) = read({"config": {}, "items": [item, {"citationKey": "other", "attachments": []}]})
    assert found.documents == ("wire2021", "https://wire.example/", "/home/x/pact.pdf", "SZCPNNQI")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"{", "it is not JSON in UTF-8"),
        (b"\xff\xfe{", "it is not JSON in UTF-8"),
        (b"[" * 100_000, "it is not JSON in UTF-8"),
        (b'{"items": []}', "it holds no annotations"),
        (b'[{"annotationType": 3, "annotationText": ["x"]}]', "it holds no annotations"),
        (b'{"title": "x"}', "it holds no annotations"),
        (b'[{"id": "smith-2020", "type": "book"}]', "it holds no annotations"),
    ],
)
def test_other_files(data: bytes, fault: str) -> None:
    with pytest.raises(UnreadableDocument, match=fault):
        read_json_annotations(data)


@pytest.mark.parametrize(
    "value",
    [
        {"target": [None, 3, {"selector": [None, {"type": "TextQuoteSelector", "exact": 3}]}]},
        {"target": {"selector": {"type": "TextPositionSelector", "start": "a"}}, "body": [3]},
        {"annotationType": "highlight", "annotationText": ["x"], "annotationPosition": "[3]"},
    ],
)
def test_nothing_that_is_odd_gives_words(value: Any) -> None:
    assert [one.parts for one in read(value)] == [()]


KEYS = (
    *("items", "first", "rows", "@graph", "attachments", "annotations", "data", "target"),
    *("selector", "type", "exact", "prefix", "suffix", "start", "refinedBy", "source", "state"),
    *("cached", "body", "value", "format", "purpose", "bodyValue", "text", "uri", "id"),
    *("annotationType", "annotationText", "annotationComment", "annotationPosition", "pageIndex"),
)
WORDS_OF_KEYS = ("TextQuoteSelector", "TextPositionSelector", "highlight", "text/html", "<b>x")
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(WORDS_OF_KEYS),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=25,
)


@given(VALUES)
def test_whatever_the_values_are_there_are_annotations_or_a_reason(value: Any) -> None:
    with suppress(UnreadableDocument):
        check_all(read(value))


def check_all(found: list[Highlight]) -> None:
    for one in found:
        assert all(isinstance(part.exact, str) for part in one.parts)
        assert all(isinstance(name, str) for name in one.documents)
        assert one.page is None or isinstance(one.page, int)

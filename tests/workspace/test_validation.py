"""From YAML values to records: each misfit is a problem at its place."""

from __future__ import annotations

import pytest

from sourcebrief.workspace.model import Event, PersonReference
from sourcebrief.workspace.validation import ids_of, mapping_problems, validate, validate_each
from sourcebrief.workspace.yaml_places import load

EVENTS = b"""\
events:
  - id: pact
    date: 2021-15
    title: Pact
    actors: PORTS
    summary: They signed.
    evidence: [{seed: wire, quote: They signed a pact}]
    colour: red
  - {id: offer}
"""


def test_every_fault_of_every_record_is_found_at_once() -> None:
    document = load(EVENTS, "f.yaml")
    records, problems = validate_each(Event, document, "events")
    assert records == []
    places = [f"{one.place.line}:{one.place.column}" for one in problems]
    assert places == ["3:11", "5:13", "8:5", *["9:5"] * 5]
    assert list(ids_of(document, "events")) == ["pact", "offer"]


def test_a_list_that_is_not_one() -> None:
    _, (problem,) = validate_each(Event, load(b"events: {a: b}", "f.yaml"), "events")
    assert str(problem) == "f.yaml:1:9: error: events needs a list; begin each entry with '- '"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "1:1: error: the file is empty; write 'key: value' lines"),
        (b"- a", "1:1: error: the file is not a mapping; write 'key: value' lines"),
        (b"event: []", "1:1: error: unknown key 'event'; did you mean 'events'?"),
        (b"x: []", "1:1: error: unknown key 'x'; this file holds events, people"),
    ],
)
def test_the_keys_of_a_file(text: bytes, message: str) -> None:
    (problem,) = mapping_problems(load(text, "f.yaml"), ("events", "people"))
    assert str(problem) == f"f.yaml:{message}"


def test_a_record_knows_the_places_of_its_keys_and_values() -> None:
    document = load(b"who:\n  id: hale\n  actor: ports\n", "f.yaml")
    value = document.get("who")
    record, problems = validate(PersonReference, value, document, ("who",))
    assert problems == []
    assert record is not None
    assert str(record.place("actor")) == "f.yaml:3:10"
    assert str(record.key_place("actor")) == "f.yaml:3:3"

"""From YAML values to records: each misfit is a problem at its place."""

from __future__ import annotations

import pytest

from sourcebrief.workspace.model import BriefFile, Event, Outcome, PersonReference
from sourcebrief.workspace.validation import (
    by_id,
    ids_of,
    mapping_problems,
    repeated_ids,
    validate,
    validate_each,
)
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
        (b"author: A", "1:1: error: unknown key 'author'; this file holds events, people"),
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


def test_an_id_that_stands_twice_is_found_among_records_that_are_invalid() -> None:
    lists = [load(b"events: [{id: pact}, {id: offer}]", "a.yaml"), load(EVENTS, "f.yaml")]
    assert [str(one) for one in repeated_ids(lists, "events")] == [
        "f.yaml:2:9: error: the id 'pact' stands twice (first at a.yaml:1:15); rename one",
        "f.yaml:9:10: error: the id 'offer' stands twice (first at a.yaml:1:27); rename one",
    ]


def test_of_records_with_one_id_the_first_counts_and_all_keep_their_order() -> None:
    value = b"events: [{id: hale, actor: ports}, {id: mora}, {id: hale, actor: navy}]"
    records, _ = validate_each(PersonReference, load(value, "f.yaml"), "events")
    assert [(key, one.value.actor) for key, one in by_id(records).items()] == [
        ("hale", "ports"),
        ("mora", None),
    ]


@pytest.mark.parametrize(
    ("status", "meant"), [("promised", "announced"), ("Offered", "proposed"), ("sined", "signed")]
)
def test_what_a_word_means_counts_before_its_letters(status: str, meant: str) -> None:
    value = {"kind": "statement", "status": status, "text": "Ships"}
    _, (problem,) = validate(Outcome, value, load(b"a: b", "f.yaml"), ())
    assert problem.message.endswith(f"did you mean {meant!r}?")


def test_a_list_of_mappings_and_a_name_for_an_id_say_what_to_write() -> None:
    document = load(b"actors: [ministry]\nevents: [{people: [Jens Spahn]}]\n", "f.yaml")
    _, problems = validate(BriefFile, {"actors": "ministry"}, document, ())
    (of_actors,) = (one.message for one in problems if one.message.startswith("actors"))
    assert of_actors == "actors needs a list; begin each entry with '- '"
    _, problems = validate_each(Event, document, "events")
    assert any(
        one.message.endswith("'jens-spahn', and define that under people") for one in problems
    )


def test_a_key_by_another_name_is_offered() -> None:
    _, problems = validate(BriefFile, {"author": "Ports"}, load(b"author: Ports", "f.yaml"), ())
    assert "unknown key 'author'; did you mean 'prepared_by'?" in [one.message for one in problems]

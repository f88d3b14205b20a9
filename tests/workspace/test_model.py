"""Short forms and shapes of the three files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.workspace.model import (
    BriefFile,
    CatalogueEntry,
    DateOfEvent,
    Event,
    Evidence,
    Person,
    PersonReference,
    Translation,
)
from sourcebrief.workspace.validation import Positioned, validate
from sourcebrief.workspace.yaml_places import load

if TYPE_CHECKING:
    from pydantic import BaseModel


EVENT = """\
id: pact
date: 2021-05-12
title: Pact
actors: [ports]
summary: They signed.
evidence: [{seed: wire, quote: They signed a pact}]
"""

BRIEF = """\
title: T
as_of: 2021-06-01
status: draft
version: "1"
prepared_by: P
marking: M
language: en
events: [events.yaml]
bottom_line: B
actors: [{id: a}]
"""


def read(model: type[BaseModel], text: str) -> tuple[object, list[str]]:
    document = load(text.encode(), "f.yaml")
    record, problems = validate(model, document.value, document, ())
    assert record is None or isinstance(record, Positioned)
    return record and record.value, [str(problem) for problem in problems]


def valid(model: type[BaseModel], text: str) -> object:
    value, problems = read(model, text)
    assert problems == []
    return value


@pytest.mark.parametrize(
    "long",
    ["date: {value: 2021-05-12, basis: stated}", "date: {value: 2021-05-12}", "date: 2021-05-12"],
)
def test_a_bare_date_is_a_stated_one(long: str) -> None:
    event = valid(Event, EVENT.replace("date: 2021-05-12", long))
    assert isinstance(event, Event)
    assert (event.date.value.text, event.date.basis) == ("2021-05-12", "stated")


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ("ruiz", PersonReference(id="ruiz")),
        ("{ruiz: ports}", PersonReference(id="ruiz", actor="ports")),
        ("{id: ruiz, actor: ports}", PersonReference(id="ruiz", actor="ports")),
    ],
)
def test_a_person_with_and_without_an_actor(written: str, reference: PersonReference) -> None:
    event = valid(Event, f"{EVENT}people: [{written}]\n")
    assert isinstance(event, Event)
    assert event.people == (reference,)


def test_role_and_actor_beside_the_name_are_one_role() -> None:
    short = valid(Person, "{name: Ana Ruiz, role: Minister, actor: ports}")
    assert short == valid(Person, "{name: Ana Ruiz, roles: [{role: Minister, actor: ports}]}")
    assert short == valid(Person, "{name: Ana Ruiz, role: Minister, actor: ports, roles: ~}")


def test_keys_without_a_value_are_absent() -> None:
    assert valid(Event, f"{EVENT}place:\ncaveat: ~\nthemes: null\n") == valid(Event, EVENT)


def test_a_required_key_without_a_value_is_missing() -> None:
    _, problems = read(Event, EVENT.replace("title: Pact", "title:"))
    assert problems == ["f.yaml:1:1: error: the key 'title' is missing; add it"]


def test_csl_variables_are_kept_and_only_custom_is_ours() -> None:
    text = "{id: w, type: book, title: T, issued: 2020, DOI: 10.1/x, author: [{family: F}], note: }"
    entry = valid(CatalogueEntry, text)
    assert isinstance(entry, CatalogueEntry)
    assert entry.model_extra is not None
    assert entry.model_extra["DOI"] == "10.1/x"
    assert not entry.is_seed
    _, problems = read(CatalogueEntry, text.replace("note:", "custom: {fil: x}, note:"))
    assert problems == ["f.yaml:1:90: error: unknown key 'fil'; did you mean 'file'?"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[2021-05-12..2021-05-13]", "'[2021-05-12..2021-05-13]'"),
        ("[2021-05-12, 2021-05-13]", "'[2021-05-12,2021-05-13]'"),
        ("{2021-05-12, 2021-05-13}", "'{2021-05-12,2021-05-13}'"),
        ("[..2021]", "'[..2021]'"),
    ],
)
@pytest.mark.parametrize("form", ["date: %s", "date: {value: %s, basis: stated}"])
def test_a_set_without_quotes_is_shown_with_them(written: str, shown: str, form: str) -> None:
    _, problems = read(Event, EVENT.replace("date: 2021-05-12", form % written))
    assert len(problems) == 1
    assert problems[0].endswith(f"a set of dates needs quotes: {shown}")


def test_records_are_frozen_values() -> None:
    one, other = valid(Event, EVENT), valid(Event, EVENT)
    assert one == other
    assert isinstance(one, Event)
    with pytest.raises(ValueError, match="frozen"):
        one.title = "Other"
    assert hash(one.date.value) == hash(DateOfEvent.model_validate("2021-05-12").value)


@pytest.mark.parametrize(
    ("written", "translation"),
    [
        ("They signed", Translation(text="They signed")),
        ("{text: They signed, by: machine}", Translation(text="They signed", by="machine")),
        (
            "{text: They signed, seed: wire, paragraph: 4}",
            Translation(text="They signed", seed="wire", paragraph=4),
        ),
    ],
)
def test_a_translation_is_a_text_or_says_who_made_it(
    written: str, translation: Translation
) -> None:
    item = valid(Evidence, f"{{seed: w, quote: q, note: cut, translation: {written}}}")
    assert isinstance(item, Evidence)
    assert item.translation == translation


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        ("by: ours, seed: w", "translation has both by and seed"),
        ("paragraph: 4", "translation has a paragraph and no seed"),
        ("by: me", "by 'me' is not one of ours, machine"),
    ],
)
def test_a_translation_has_one_origin(rest: str, message: str) -> None:
    _, (problem,) = read(Evidence, f"{{seed: w, quote: q, translation: {{text: T, {rest}}}}}")
    assert message in problem


def test_there_are_two_layouts() -> None:
    _, (problem,) = read(BriefFile, f"{BRIEF}layouts: [full, tall]\n")
    assert problem.startswith("f.yaml:11:17: error: an entry of layouts 'tall' is not one of full")


def test_an_event_names_its_catalogue_entries() -> None:
    event = valid(
        Event,
        EVENT.replace("date: 2021-05-12", "date: {value: 2021-05-12, sources: [almanac]}").replace(
            "quote: They signed a pact", "quote: q, translation: {text: T, seed: wire-en}"
        )
        + "outcomes: [{kind: request, status: signed, text: T, "
        "later: {status: signed, date: 2022, source: gazette}}]",
    )
    assert isinstance(event, Event)
    assert list(event.entries) == ["almanac", "wire", "wire-en", "gazette"]

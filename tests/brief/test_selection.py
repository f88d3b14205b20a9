"""Which events a brief takes, and in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.brief.selection import check_selection, select
from sourcebrief.workspace.briefing import Briefing, Record
from sourcebrief.workspace.model import Actor, BriefFile, Event
from sourcebrief.workspace.validation import Positioned
from sourcebrief.workspace.yaml_places import YamlFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = YamlFile("f.yaml", None, None)
ACTORS = {
    "us": {"name": "United States"},
    "dhs": {"name": "DHS", "part_of": "us"},
    "hsi": {"name": "HSI", "part_of": "dhs"},
    "eu": {"name": "European Union"},
    "port": {"name": "Port of Almera"},
}


BRIEF = {
    "title": "T",
    "as_of": "2023",
    "status": "draft",
    "version": "1",
    "prepared_by": "P",
    "marking": "M",
    "language": "en",
    "events": ["events.yaml"],
    "bottom_line": "B",
    "actors": [{"id": "eu"}],
}


def event(key: str, date: str, *actors: str, **more: object) -> Event:
    return Event.model_validate(
        {
            "id": key,
            "date": date,
            "title": "T",
            "actors": list(actors) or ["port"],
            "summary": "S",
            "evidence": [{"seed": "wire", "quote": "words"}],
            **more,
        }
    )


def chosen(
    events: Iterable[Event],
    followed: Iterable[str] = ("dhs", "eu"),
    selection: Mapping[str, object] | None = None,
) -> dict[str, Event]:
    brief = {
        **BRIEF,
        "actors": [{"id": key} for key in followed],
        "select": selection or {},
    }
    record = Record(
        (),
        {key: Positioned(Actor.model_validate(a), FILE, ()) for key, a in ACTORS.items()},
        {},
        {one.id: Positioned(one, FILE, ()) for one in events},
        frozenset(ACTORS),
        frozenset(),
        frozenset(),
    )
    return select(Briefing("b", Positioned(BriefFile.model_validate(brief), FILE, ()), record))


def ids(selected: dict[str, Event]) -> str:
    return " ".join(selected)


# In the contract's order: start, depth under part_of, end, plain before qualified, id.
IN_ORDER = [
    event("a-year", "2018"),
    event("b-decade", "202X", part_of="a-year"),
    event("c-month", "2022-12"),
    event("d-day", "2022-12-01"),
    event("until", "../2022-12-05"),
    event("visit", "2022-12-06/2022-12-08"),
    event("talk", "2022-12-06", part_of="visit"),
    event("award", "2022-12-06", part_of="talk"),
    event("e-day", "2022-12-07"),
    event("f-day", "2022-12-07"),
    event("a-doubted", "2022-12-07?"),
    event("g-span", "2022-12-07/2022-12-09"),
    event("h-since", "2022-12-07/.."),
]


def test_the_order_of_the_chronology() -> None:
    assert ids(chosen(IN_ORDER)) == (
        "a-year b-decade d-day c-month until visit talk award e-day f-day a-doubted g-span h-since"
    )


@given(st.permutations(IN_ORDER))
def test_the_order_does_not_depend_on_the_order_of_the_input(events: list[Event]) -> None:
    selected = chosen(events)
    assert list(selected) == list(chosen(IN_ORDER))
    assert len(selected) == len(events)


@pytest.mark.parametrize(
    ("selection", "left"),
    [
        ({}, "a b c d"),
        ({"actors": ["eu"]}, "b c"),
        ({"actors": ["us"]}, "a c"),  # a parent stands for its parts
        ({"actors": ["hsi"]}, "a"),
        ({"actors": ["hsi", "eu"]}, "a b c"),  # values within a key are alternatives
        ({"themes": ["ports"]}, "b"),
        ({"themes": ["Ports"]}, "c"),  # compared as written
        ({"themes": ["ports", "Ports"]}, "b c"),
        ({"actors": ["eu"], "themes": ["Ports"]}, "c"),  # keys combine
        ({"from": "2021"}, "c d"),
        ({"to": "2019"}, "a"),
        ({"from": "2020-03-02", "to": "2020"}, "b"),  # what overlaps the period counts
        ({"from": "2020-06", "to": "2020-06"}, "b"),
        ({"from": "2031"}, ""),
        ({"from": None, "to": None, "actors": []}, "a b c d"),
    ],
)
def test_what_a_selection_takes(selection: dict[str, object], left: str) -> None:
    events = [
        event("a", "2018-04-02", "hsi"),
        event("b", "2020-03/2020-07", "eu", themes=["ports"]),
        event("c", "2022-01-01", "eu", "dhs", themes=["Ports"]),
        event("d", "2022~", "port"),
    ]
    given_ = {key: value for key, value in selection.items() if value is not None}
    assert ids(chosen(events, selection=given_)) == left


@pytest.mark.parametrize("key", [True, False])
def test_the_short_edition_needs_an_event_that_it_shows(key: bool) -> None:
    shown = event("a", "2020").model_copy(update={"key": key})
    selected = chosen([shown])
    record = Record((), {}, {}, {}, frozenset(), frozenset(), frozenset())
    brief = BriefFile.model_validate({**BRIEF, "layouts": ["full", "short"]})
    found = check_selection(Briefing("b", Positioned(brief, FILE, ()), record), selected)
    assert [problem.message.partition(",")[0] for problem in found] == (
        [] if key else ["layouts names short"]
    )

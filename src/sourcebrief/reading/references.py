"""What must hold between records: every id known, nothing part of itself, dates in their bounds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from sourcebrief.errors import Problem
from sourcebrief.reading.validation import Located, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sourcebrief.reading.briefing import Record
    from sourcebrief.reading.catalogue import Library
    from sourcebrief.reading.model import BriefFile, Event

# FIRST, Traffic Light Protocol 2.0.
TLP_LABELS = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
_LANGUAGE_TAG = re.compile("[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")

M = TypeVar("M", bound=BaseModel)


def check_record(record: Record, library: Library, problems: list[Problem]) -> None:
    """Check every reference that the record makes."""
    for actor in record.actors.values():
        _known(actor.value.part_of, "actor", actor, ("part_of",), record.known_actors, problems)
    for person in record.people.values():
        for index, role in enumerate(person.value.roles):
            where = ("roles", index, "actor")
            _known(role.actor, "actor", person, where, record.known_actors, problems)
    for event in record.events.values():
        _check_event(event, record, library, problems)
    _acyclic(record.actors, "actor", problems)
    _acyclic(record.events, "event", problems)


def _known(
    name: str | None,
    kind: str,
    record: Located[M],
    where: tuple[str | int, ...],
    known: Collection[str],
    problems: list[Problem],
) -> None:
    if name is not None and name not in known:
        place = record.place(*where)
        problems.append(Problem(place, f"no {kind} {name!r}{nearest(name, known)}"))


def _check_event(
    event: Located[Event], record: Record, library: Library, problems: list[Problem]
) -> None:
    value = event.value
    for index, actor in enumerate(value.actors):
        _known(actor, "actor", event, ("actors", index), record.known_actors, problems)
    for index, item in enumerate(value.evidence):
        where = ("evidence", index, "seed")
        if item.seed not in library.known:
            seeds = [key for key, entry in library.entries.items() if entry.value.is_seed]
            _known(item.seed, "seed", event, where, seeds, problems)
        elif item.seed in library.entries and not library.entries[item.seed].value.is_seed:
            message = f"{item.seed!r} is a reference: it has no file, and is never quoted"
            problems.append(Problem(event.place(*where), message))
    for index, source in enumerate(value.date.sources):
        where = ("date", "sources", index)
        _known(source, "catalogue entry", event, where, library.known, problems)
    if value.part_of is not None:
        _known(value.part_of, "event", event, ("part_of",), record.known_events, problems)
    date = value.date
    if date.basis != "stated" and date.note is None:
        message = f"the key 'note' is missing: say how the {date.basis} date is known"
        problems.append(Problem(event.place("date"), message))
    if date.basis == "external" and not date.sources:
        message = "the key 'sources' is missing: an external date names the entries it rests on"
        problems.append(Problem(event.place("date"), message))
    if date.basis != "external" and date.sources:
        message = f"sources are an external date's; this one is {date.basis}"
        problems.append(Problem(event.place("date", "sources"), message))
    for index, reference in enumerate(value.people):
        _check_person(event, index, reference.id, reference.actor, record, problems)


def _check_person(
    event: Located[Event],
    index: int,
    person: str,
    actor: str | None,
    record: Record,
    problems: list[Problem],
) -> None:
    _known(person, "person", event, ("people", index), record.known_people, problems)
    _known(actor, "actor", event, ("people", index, person), record.known_actors, problems)
    if person not in record.people or (actor is not None and actor not in record.known_actors):
        return
    held = record.roles_held(person, actor, event.value.date.value)
    if len(held) == 1:
        return
    name = record.people[person].value.name
    fault = f"{len(held)} roles of {name} fit" if held else f"no role of {name} fits"
    named = f" in {actor!r}" if actor else ""
    message = (
        f"{fault}{named} the date {event.value.date.value.text}; "
        f"mend the role's from and to, or write {{{person}: ACTOR}}"
    )
    problems.append(Problem(event.place("people", index), message))


def _acyclic(records: Mapping[str, Located[M]], kind: str, problems: list[Problem]) -> None:
    parents = {key: getattr(record.value, "part_of", None) for key, record in records.items()}
    for key, record in records.items():
        seen, current = {key}, parents[key]
        while current is not None and current not in seen:
            seen.add(current)
            current = parents.get(current)
        if current == key:
            message = f"the {kind} {key!r} is part of itself through {parents[key]!r}"
            problems.append(Problem(record.place("part_of"), f"{message}; cut the circle"))


def check_brief(brief: Located[BriefFile], record: Record, problems: list[Problem]) -> None:
    """Check what a brief says of its own and of its record's actors and dates."""
    value = brief.value
    seen: set[str] = set()
    for index, actor in enumerate(value.actors):
        _known(actor.id, "actor", brief, ("actors", index, "id"), record.known_actors, problems)
        if actor.id in seen:
            message = f"{actor.id!r} is followed twice; delete one"
            problems.append(Problem(brief.place("actors", index, "id"), message))
        seen.add(actor.id)
    for index, name in enumerate(value.select.actors):
        where = ("select", "actors", index)
        _known(name, "actor", brief, where, record.known_actors, problems)
    themes = {theme for event in record.events.values() for theme in event.value.themes}
    for index, theme in enumerate(value.select.themes):
        _known(theme, "theme", brief, ("select", "themes", index), themes, problems)
    if value.marking.upper().startswith("TLP:") and value.marking not in TLP_LABELS:
        message = f"marking {value.marking!r} is no TLP 2.0 label; write {', '.join(TLP_LABELS)}"
        problems.append(Problem(brief.place("marking"), message))
    if not _LANGUAGE_TAG.fullmatch(value.language):
        message = f"language {value.language!r} is no BCP 47 tag such as en-GB or es"
        problems.append(Problem(brief.place("language"), message))
    if len(value.marking) > 80:
        message = "marking is longer than 80 characters; shorten it to fit the running head"
        problems.append(Problem(brief.place("marking"), message))
    end = value.as_of.latest
    for event in record.events.values():
        if end is not None and event.value.date.value.begins_after(end):
            message = (
                f"the event begins after the brief's as_of {value.as_of.text}; "
                "a forecast is an outcome with 'expected'"
            )
            problems.append(Problem(event.place("date"), message))



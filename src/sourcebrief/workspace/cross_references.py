"""What must hold between records: every id known, nothing part of itself, dates in their bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from sourcebrief.errors import Problem
from sourcebrief.text.names import did_you_mean
from sourcebrief.text.phrases import count_of
from sourcebrief.text.tlp import marking_fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sourcebrief.dates.event_date import EventDate
    from sourcebrief.workspace.briefing import Record
    from sourcebrief.workspace.catalogue import Library
    from sourcebrief.workspace.model import BriefFile, Event
    from sourcebrief.workspace.validation import Positioned

_WAYS_OUT = {
    "actor": "define it under actors",
    "person": "define it under people",
    "seed": "add the document to seeds.yaml, or name another",
    "catalogue entry": "add it to seeds.yaml, or name another",
    "event": "name one of events",
    "theme": "name one that an event has",
}

M = TypeVar("M", bound=BaseModel)


def check_record(record: Record, library: Library, problems: list[Problem]) -> None:
    """Check every reference that the record makes."""
    for actor in record.actors.values():
        _known(actor.value.part_of, "actor", actor, ("part_of",), record.known_actors, problems)
    for person in record.people.values():
        for index, role in enumerate(person.value.roles):
            at = ("roles", index, "actor")
            _known(role.actor, "actor", person, at, record.known_actors, problems)
            _in_order(role.from_, role.to, person, ("roles", index, "to"), problems)
    for event in record.events.values():
        _check_event(event, record, library, problems)
    _acyclic(record.actors, "actor", problems)
    _acyclic(record.events, "event", problems)


def _in_order(
    first: EventDate | None,
    last: EventDate | None,
    record: Positioned[M],
    where: tuple[str | int, ...],
    problems: list[Problem],
) -> None:
    """Report a term that ends before it begins."""
    if first and last and last.latest and first.begins_after(last.latest):
        message = f"to {last.text} is before from {first.text}; correct one of them"
        problems.append(Problem(record.place(*where), message))


def _once(names: Iterable[str], record: Positioned[M], key: str, problems: list[Problem]) -> None:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            place = record.place(key, index)
            problems.append(Problem(place, f"{name!r} stands twice in {key}; delete one"))
        seen.add(name)


def _known(
    name: str | None,
    kind: str,
    record: Positioned[M],
    where: tuple[str | int, ...],
    known: Collection[str],
    problems: list[Problem],
) -> None:
    if name is not None and name not in known:
        way_out = did_you_mean(name, known) or f"; {_WAYS_OUT[kind]}"
        problems.append(Problem(record.place(*where), f"no {kind} {name!r}{way_out}"))


def _check_event(
    event: Positioned[Event], record: Record, library: Library, problems: list[Problem]
) -> None:
    value = event.value
    _once(value.actors, event, "actors", problems)
    _once((reference.id for reference in value.people), event, "people", problems)
    _once(value.themes, event, "themes", problems)
    for index, actor in enumerate(value.actors):
        _known(actor, "actor", event, ("actors", index), record.known_actors, problems)
    at: tuple[str | int, ...]
    for index, item in enumerate(value.evidence):
        _check_seed(item.seed, event, ("evidence", index, "seed"), library, problems)
        if item.translation is not None and item.translation.seed is not None:
            at = ("evidence", index, "translation", "seed")
            _check_seed(item.translation.seed, event, at, library, problems)
    for index, outcome in enumerate(value.outcomes):
        at = ("outcomes", index, "by")
        _known(outcome.by, "actor", event, at, record.known_actors, problems)
        if outcome.later is not None:
            source, at = outcome.later.source, ("outcomes", index, "later", "source")
            _known(source, "catalogue entry", event, at, library.known, problems)
    if fault := marking_fault(value.marking):
        problems.append(Problem(event.place("marking"), fault))
    for index, source in enumerate(value.date.sources):
        at = ("date", "sources", index)
        _known(source, "catalogue entry", event, at, library.known, problems)
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
        message = "sources belong to an external date; delete them, or set basis to external"
        problems.append(Problem(event.place("date", "sources"), message))
    for index, reference in enumerate(value.people):
        _check_person(event, index, reference.id, reference.actor, record, problems)


def _check_seed(
    name: str,
    event: Positioned[Event],
    where: tuple[str | int, ...],
    library: Library,
    problems: list[Problem],
) -> None:
    if name not in library.known:
        _known(name, "seed", event, where, library.may_be_seeds, problems)
    elif name in library.entries and not library.entries[name].value.is_seed:
        message = (
            f"{name!r} is a reference: it has no file and cannot be quoted; "
            "quote a seed, or cite it in the caveat"
        )
        problems.append(Problem(event.place(*where), message))


def _check_person(
    event: Positioned[Event],
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
    named = f"{name} in {actor!r}" if actor else name
    fault = f"{len(held)} roles of {named} fit" if held else f"no role of {named} fits"
    message = (
        f"{fault} the date {event.value.date.value.text}; "
        f"mend the role's from and to, or write {{{person}: ACTOR}}"
    )
    problems.append(Problem(event.place("people", index), message))


def _acyclic(records: Mapping[str, Positioned[M]], kind: str, problems: list[Problem]) -> None:
    parents = {key: getattr(record.value, "part_of", None) for key, record in records.items()}
    for key, record in records.items():
        seen, current = {key}, parents[key]
        while current is not None and current not in seen:
            seen.add(current)
            current = parents.get(current)
        if current == key:
            message = f"the {kind} {key!r} is part of itself through {parents[key]!r}"
            problems.append(Problem(record.place("part_of"), f"{message}; cut the circle"))


def check_brief(brief: Positioned[BriefFile], record: Record, problems: list[Problem]) -> bool:
    """Check what a brief says of its own; whether all that its `select` names is known."""
    value = brief.value
    seen: set[str] = set()
    for index, actor in enumerate(value.actors):
        _known(actor.id, "actor", brief, ("actors", index, "id"), record.known_actors, problems)
        if actor.id in seen:
            message = f"{actor.id!r} is followed twice; delete one"
            problems.append(Problem(brief.place("actors", index, "id"), message))
        seen.add(actor.id)
    before = len(problems)
    for index, name in enumerate(value.select.actors):
        where = ("select", "actors", index)
        _known(name, "actor", brief, where, record.known_actors, problems)
    themes = {theme for event in record.events.values() for theme in event.value.themes}
    if len(record.events) == len(record.known_events):  # else one may hold the theme
        for index, theme in enumerate(value.select.themes):
            _known(theme, "theme", brief, ("select", "themes", index), themes, problems)
    _in_order(value.select.from_, value.select.to, brief, ("select", "to"), problems)
    known = len(problems) == before
    if fault := marking_fault(value.marking):
        problems.append(Problem(brief.place("marking"), fault))
    if len(value.marking) > 80:
        message = "marking is longer than 80 characters; shorten it to fit the running head"
        problems.append(Problem(brief.place("marking"), message))
    return known


def check_selected_events(
    brief: Positioned[BriefFile], record: Record, selected: Collection[str], problems: list[Problem]
) -> None:
    """Check what a brief asks of the events that it takes."""
    end = brief.value.as_of.latest
    followed = {actor.id for actor in brief.value.actors}
    for event in (record.events[key] for key in record.events if key in selected):
        if end is not None and event.value.date.value.begins_after(end):
            message = (
                f"the event begins after the brief's as_of {brief.value.as_of.text}; correct one, "
                "leave the event out, or make a forecast an outcome with 'expected'"
            )
            problems.append(Problem(event.place("date", "value"), message))
        lines = map(record.ancestors, event.value.actors)
        nearest = (next((one for one in line if one in followed), None) for line in lines)
        taking_part = set(filter(None, nearest))
        unknown = {*followed, *event.value.actors} - record.actors.keys()
        if unknown or len(taking_part) == 1:
            continue
        count = count_of(len(taking_part), "followed actor") if taking_part else "no followed actor"
        for index, outcome in enumerate(event.value.outcomes):
            if outcome.by is None:
                message = f"the key 'by' is missing: the event has {count}; name who undertakes it"
                problems.append(Problem(event.place("outcomes", index), message))

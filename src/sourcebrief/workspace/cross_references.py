"""What must hold between records: known ids, nothing part of itself, terms in order."""

from collections.abc import Collection, Iterator, Mapping
from itertools import product
from typing import Any

from sourcebrief.dates.event_date import EventDate
from sourcebrief.errors import Problem
from sourcebrief.text.names import did_you_mean
from sourcebrief.text.phrases import count_of
from sourcebrief.text.tlp import marking_fault
from sourcebrief.workspace.briefing import Record
from sourcebrief.workspace.catalogue import Library
from sourcebrief.workspace.model import BriefFile, Event, PersonReference
from sourcebrief.workspace.validation import Positioned, in_circle
from sourcebrief.workspace.yaml_places import Path

_WAYS_OUT = {
    "actor": "define it under actors",
    "person": "define it under people",
    "seed": "add the document to seeds.yaml, or name another",
    "catalogue entry": "add it to seeds.yaml, or name another",
    "event": "name one of events",
    "theme": "name one that an event has",
}

# Where records name others, and what kind they name.
_NAMES = {
    "actors": {"part_of": "actor"},
    "people": {"roles.*.actor": "actor"},
    "events": {
        "actors.*": "actor",
        "evidence.*.seed": "seed",
        "evidence.*.translation.seed": "seed",
        "outcomes.*.by": "actor",
        "outcomes.*.later.source": "catalogue entry",
        "date.sources.*": "catalogue entry",
        "part_of": "event",
    },
}


def check_record(record: Record, library: Library) -> Iterator[Problem]:
    """Check every reference that a record makes."""
    known = {
        "actor": record.known_actors,
        "event": record.known_events,
        "catalogue entry": library.known,
        "seed": library.may_be_seeds,
    }
    references = library.known - library.may_be_seeds
    for key, names in _NAMES.items():
        for one, (path, kind) in product(getattr(record, key).values(), names.items()):
            for where, name in one.each(path):
                if kind == "seed" and name in references:
                    message = (
                        f"{name!r} is a reference: it has no file and cannot be quoted; "
                        "quote a seed, or cite it in the caveat"
                    )
                    yield Problem(one.place(*where), message)
                else:
                    yield from _unknown(one, where, kind, name, known[kind])
    for person in record.people.values():
        for index, role in enumerate(person.value.roles):
            yield from _reversed(person, ("roles", index, "to"), role.from_, role.to)
    for event in record.events.values():
        yield from _event_problems(event, record)
    yield from _circles(record.actors, "actor")
    yield from _circles(record.events, "event")
    yield from _parts_apart(record)


def _parts_apart(record: Record) -> Iterator[Problem]:
    """Warn of an event that certainly does not fall in the time of the one that it is part of."""
    for key, event in record.events.items():
        if in_circle(key, record.events, lambda one: one.part_of):
            continue
        whole = record.events.get(event.value.part_of or "")
        if whole is None or "date" in event.replaced | whole.replaced:
            continue
        part, time = event.value.date.value, whole.value.date.value
        uncertain = part.qualified or time.qualified
        if not uncertain and not part.overlaps(time.earliest, time.latest):
            message = (
                f"the event of {part.text} lies outside {event.value.part_of!r} ({time.text}); "
                "correct a date, or name another event"
            )
            yield Problem(event.place("part_of"), message, "warning")


def _reversed(
    record: Positioned[Any], where: Path, first: EventDate | None, last: EventDate | None
) -> Iterator[Problem]:
    """Report a term that ends before it begins."""
    if first and last and last.latest and first.begins_after(last.latest):
        message = f"to {last.text} is before from {first.text}; correct one of them"
        yield Problem(record.place(*where), message)


def _repeated(record: Positioned[Any], *paths: str) -> Iterator[Problem]:
    for path in paths:
        seen: set[str] = set()
        for where, name in record.each(path):
            if name in seen:
                message = f"{name!r} stands twice in {where[0]}; delete one"
                yield Problem(record.place(*where), message)
            seen.add(name)


def _unknown(
    record: Positioned[Any], where: Path, kind: str, name: str | None, known: Collection[str] | None
) -> Iterator[Problem]:
    """Report a name that is not known; where the known names are None, any may be."""
    if name is not None and known is not None and name not in known:
        way_out = did_you_mean(name, known) or f"; {_WAYS_OUT[kind]}"
        yield Problem(record.place(*where), f"no {kind} {name!r}{way_out}")


def _event_problems(event: Positioned[Event], record: Record) -> Iterator[Problem]:
    yield from _repeated(event, "actors.*", "people.*.id", "themes.*")
    if fault := marking_fault(event.value.marking):
        yield Problem(event.place("marking"), fault)
    yield from _date_problems(event)
    for index, reference in enumerate(event.value.people):
        yield from _role_problems(event, index, reference, record)


def _date_problems(event: Positioned[Event]) -> Iterator[Problem]:
    date = event.value.date
    if date.basis != "stated" and date.note is None:
        message = f"the key 'note' is missing: say how the {date.basis} date is known"
        yield Problem(event.place("date"), message)
    if date.basis == "external" and not date.sources:
        message = "the key 'sources' is missing: an external date names the entries it rests on"
        yield Problem(event.place("date"), message)
    if date.basis != "external" and date.sources:
        message = "sources belong to an external date; delete them, or set basis to external"
        yield Problem(event.place("date", "sources"), message)


def _role_problems(
    event: Positioned[Event], index: int, reference: PersonReference, record: Record
) -> Iterator[Problem]:
    """Check that a person and an actor are known, and that one role fits the event's date."""
    person, actor = reference.id, reference.actor
    unknown = [
        *_unknown(event, ("people", index), "person", person, record.known_people),
        *_unknown(event, ("people", index, person), "actor", actor, record.known_actors),
    ]
    yield from unknown
    if unknown or person not in record.people or "date" in event.replaced:
        return
    date = event.value.date.value
    held = record.roles_held(person, actor, date)
    if len(held) != 1:
        name = record.people[person].value.name
        named = f"{name} in {actor!r}" if actor else name
        fault = f"{len(held)} roles of {named} fit" if held else f"no role of {named} fits"
        message = (
            f"{fault} the date {date.text}; "
            f"correct the role's from and to, or write {{{person}: ACTOR}}"
        )
        yield Problem(event.place("people", index), message)


def _circles(records: Mapping[str, Positioned[Any]], kind: str) -> Iterator[Problem]:
    for key, record in records.items():
        if in_circle(key, records, lambda one: one.part_of):
            message = f"the {kind} {key!r} is part of itself through {record.value.part_of!r}"
            yield Problem(record.place("part_of"), f"{message}; cut the circle")


def check_brief(brief: Positioned[BriefFile], record: Record) -> Iterator[Problem]:
    """Check what a brief says of its own, apart from its selection."""
    for where, name in brief.each("actors.*.id"):
        yield from _unknown(brief, where, "actor", name, record.known_actors)
    yield from _repeated(brief, "actors.*.id")
    if fault := marking_fault(brief.value.marking):
        yield Problem(brief.place("marking"), fault)


def check_select(brief: Positioned[BriefFile], record: Record) -> Iterator[Problem]:
    """Check that a brief's `select` names what there is."""
    select = brief.value.select
    for where, name in brief.each("select.actors.*"):
        yield from _unknown(brief, where, "actor", name, record.known_actors)
    themes = {theme for event in record.events.values() for theme in event.value.themes}
    if record.known_events is not None and len(record.events) == len(record.known_events):
        for where, theme in brief.each("select.themes.*"):
            yield from _unknown(brief, where, "theme", theme, themes)
    yield from _reversed(brief, ("select", "to"), select.from_, select.to)


def check_selected_events(
    brief: Positioned[BriefFile], record: Record, selected: Collection[str]
) -> Iterator[Problem]:
    """Check what a brief asks of the events that it takes."""
    end = brief.value.as_of.latest
    for event in (record.events[key] for key in record.events if key in selected):
        if end is not None and event.value.date.value.begins_after(end):
            message = (
                f"the event begins after the brief's as_of {brief.value.as_of.text}; correct one, "
                "leave the event out, or make a forecast an outcome with 'expected'"
            )
            yield Problem(event.place("date", "value"), message)
        yield from _outcomes_without_actor(event, brief, record)


def _outcomes_without_actor(
    event: Positioned[Event], brief: Positioned[BriefFile], record: Record
) -> Iterator[Problem]:
    """Report outcomes without `by` where the event does not have exactly one followed actor."""
    followed = {actor.id for actor in brief.value.actors}
    if {*followed, *event.value.actors} - record.actors.keys():
        return  # an unknown actor has a problem of its own
    lines = map(record.ancestors, event.value.actors)
    nearest = (next((one for one in line if one in followed), None) for line in lines)
    taking_part = set(filter(None, nearest))
    if len(taking_part) == 1:
        return
    count = count_of(len(taking_part), "followed actor") if taking_part else "no followed actor"
    for index, outcome in enumerate(event.value.outcomes):
        if outcome.by is None:
            message = f"the key 'by' is missing: the event has {count}; name who undertakes it"
            yield Problem(event.place("outcomes", index), message)

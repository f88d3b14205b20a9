"""A briefing's `brief.yaml` and the event files it lists."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from sourcebrief.dates.event_date import EventDate
from sourcebrief.errors import InvalidInput, Place, Problem
from sourcebrief.text.names import id_fault
from sourcebrief.workspace.catalogue import Library
from sourcebrief.workspace.model import Actor, BriefFile, Event, EventList, Person, Role
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.validation import (
    Positioned,
    by_id,
    ids_of,
    line_of,
    mapping_problems,
    repeated_ids,
    validate,
    validate_each,
)
from sourcebrief.workspace.yaml_places import YamlFile, load

M = TypeVar("M", bound=BaseModel)

_LIST_KEYS = tuple(EventList.model_fields)


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """What happened and who took part, from `files`: every event file of a briefing.

    The `known_...` sets hold the ids of invalid records too, so that one fault brings no second
    one. They are None where a file could not be read: any id may be in it.
    """

    files: tuple[YamlFile, ...]
    actors: Mapping[str, Positioned[Actor]]
    people: Mapping[str, Positioned[Person]]
    events: Mapping[str, Positioned[Event]]
    known_actors: frozenset[str] | None
    known_people: frozenset[str] | None
    known_events: frozenset[str] | None

    def ancestors(self, actor: str) -> tuple[str, ...]:
        """Return an actor and those it is part of, the nearest first."""
        return line_of(actor, self.actors, lambda one: one.part_of)

    def wholes(self, event: str) -> tuple[str, ...]:
        """Return the events that contain an event, the nearest first."""
        return line_of(event, self.events, lambda one: one.part_of)[1:]

    def roles_held(self, person: str, actor: str | None, date: EventDate) -> tuple[Role, ...]:
        """The roles of a person that fit an event's date; of those in one actor, where given.

        A named actor settles which role is meant, so that its term is then no test, unless
        several roles in that actor remain.
        """
        roles = self.people[person].value.roles
        if actor is not None:
            roles = tuple(role for role in roles if role.actor == actor)
            if len(roles) == 1:
                return roles
        return tuple(role for role in roles if _held(role, date))


@dataclass(frozen=True, slots=True)
class Briefing:
    """A briefing as it was curated."""

    name: str
    brief: Positioned[BriefFile]
    record: Record


def _held(role: Role, date: EventDate) -> bool:
    first = date.earliest or date.latest or datetime.date.min
    last = date.latest or date.earliest or datetime.date.max
    begins = (role.from_.earliest if role.from_ else None) or datetime.date.min
    ends = (role.to.latest if role.to else None) or datetime.date.max
    return begins <= last and first <= ends


def read_briefing(
    name: str, inputs: Inputs, library: Library
) -> tuple[Record, Positioned[BriefFile] | None, list[Problem]]:
    """Read a briefing's files: the record, the brief where it is valid, and what is wrong in them.

    The record holds what is valid even where the brief or some events are not, so that every other
    problem is still found.
    """
    path = f"briefings/{name}/brief.yaml"
    document, problems = _load(path, Place(path), inputs, BriefFile.model_fields)
    brief = None
    if document is not None:
        brief, problems = validate(BriefFile, document.value, document, ())
    if id_fault(name):
        message = (
            f"its folder {name!r} is not named as an id is: lower-case letters, digits, hyphens; "
            "rename it"
        )
        problems.append(Problem(Place(path), message))
    lists, complete, found = _event_files(document, path, inputs)
    problems += found
    # Several briefings may share their lists.
    key = ("record", *(each.path for each in lists), complete)
    record, found = inputs.once(key, lambda: _record(lists, library, complete=complete))
    return record, brief, problems + found


def _event_files(
    brief: YamlFile | None, brief_path: str, inputs: Inputs
) -> tuple[list[YamlFile], bool, list[Problem]]:
    """Load the event files: those that could be read, whether those are all, and their problems."""
    folder = brief_path.rpartition("/")[0]
    listed = brief.get("events") if brief is not None else None
    usual = f"{folder}/events.yaml"
    names = listed if isinstance(listed, list) else []
    complete = bool(names)
    if not names and inputs.is_file(usual):
        # What is wrong in the usual file is reported even where the brief does not name it.
        names = ["events.yaml"]
    lists: list[YamlFile] = []
    problems = []
    seen: set[str] = set()
    for index, name in enumerate(names):
        if not isinstance(name, str):
            continue
        place = brief.place(("events", index)) if brief and complete else Place(usual)
        try:
            path = inputs.inside(folder, name)
        except ValueError as error:
            problems.append(Problem(place, str(error)))
            continue
        # Names that differ in case alone are one file on Windows and macOS.
        if path.casefold() in seen:
            problems.append(Problem(place, f"{name} is listed twice; delete one"))
            continue
        seen.add(path.casefold())
        loaded, found = _load(path, place, inputs, _LIST_KEYS)
        problems += found
        lists += [loaded] if loaded else []
    return lists, complete and len(lists) == len(names), problems


def _load(
    path: str, place: Place, inputs: Inputs, keys: Iterable[str]
) -> tuple[YamlFile | None, list[Problem]]:
    """Read a file with these keys at its root: None where it holds nothing to go on with."""
    data = inputs.read_or_problem(path, place)
    if isinstance(data, Problem):
        return None, [data]
    return inputs.once(("file", path), lambda: _parse(data, path, keys))


def _parse(data: bytes, path: str, keys: Iterable[str]) -> tuple[YamlFile | None, list[Problem]]:
    try:
        document = load(data, path)
    except InvalidInput as error:
        return None, list(error.problems)
    is_mapping = isinstance(document.value, dict)
    return document if is_mapping else None, mapping_problems(document, keys)


def _record(
    lists: list[YamlFile], library: Library, *, complete: bool
) -> tuple[Record, list[Problem]]:
    problems = [*repeated_ids(lists, "events")]
    read: list[Positioned[Event]] = []
    for document in lists:
        records, found = validate_each(Event, document, "events")
        problems += found
        read += records
        for record in records:
            if (key := record.value.id) in library.entries:
                there = library.entries[key].place("id")
                message = f"the id {key!r} is a catalogue entry's too ({there}); rename one"
                problems.append(Problem(record.place("id"), message))
        shapes = (("events", list), ("actors", dict), ("people", dict))
        complete &= all(isinstance(document.get(key) or kind(), kind) for key, kind in shapes)
    actors, known_actors, found = _definitions(Actor, lists, "actors")
    people, known_people, more = _definitions(Person, lists, "people")
    ids = frozenset(key for document in lists for key in ids_of(document, "events"))
    known = (known_actors, known_people, ids) if complete else (None, None, None)
    return Record(tuple(lists), actors, people, by_id(read), *known), problems + found + more


def _definitions(
    model: type[M], lists: Iterable[YamlFile], key: str
) -> tuple[dict[str, Positioned[M]], frozenset[str], list[Problem]]:
    """Read actors or people from every file: equal definitions merge, others are problems.

    The ids in the middle are those of invalid ones too.
    """
    defined: dict[str, Positioned[M]] = {}
    known: set[str] = set()
    problems: list[Problem] = []
    for document in lists:
        listed = document.get(key) or {}
        if not isinstance(listed, dict):
            message = f"{key} needs 'id: {{name: ...}}' lines, not a list or text"
            problems.append(Problem(document.place((key,)), message))
            continue
        known.update(listed)
        for name in listed:
            if fault := id_fault(name):
                place = document.place((key, name), key=True)
                problems.append(Problem(place, f"{name!r} {fault}"))
            record, found = validate(model, listed[name], document, (key, name))
            problems += found
            if record is None:
                continue
            first = defined.setdefault(name, record)
            if first.value != record.value:
                for one, other in ((first, record), (record, first)):
                    message = f"{name!r} is defined differently at {other.key_place()}; "
                    problems.append(Problem(one.key_place(), f"{message}make them equal"))
    return defined, frozenset(known), problems

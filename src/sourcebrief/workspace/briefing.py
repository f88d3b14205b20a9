"""A briefing's `brief.yaml` and the event files it lists."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from sourcebrief.errors import InvalidInput, Place, Problem
from sourcebrief.workspace.model import Actor, BriefFile, Event, EventList, Person, Role
from sourcebrief.workspace.validation import (
    Positioned,
    ids_of,
    require_mapping,
    validate,
    validate_each,
)
from sourcebrief.workspace.yaml_nodes import YamlFile, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sourcebrief.dates.event_date import EventDate
    from sourcebrief.workspace.catalogue import Library
    from sourcebrief.workspace.read_files import Inputs

M = TypeVar("M", bound=BaseModel)

_LIST_KEYS = tuple(EventList.model_fields)


class _Any(frozenset[str]):
    """The ids of files of which one could not be read: any id may be among them."""

    def __contains__(self, _id: object) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Record:
    """What happened and who took part, from every event file of a briefing.

    The `known_...` sets hold the ids of invalid records too, and hold every id where a file could
    not be read, so that no fault brings a second one.
    """

    actors: Mapping[str, Positioned[Actor]]
    people: Mapping[str, Positioned[Person]]
    events: Mapping[str, Positioned[Event]]
    known_actors: frozenset[str]
    known_people: frozenset[str]
    known_events: frozenset[str]

    def ancestors(self, actor: str) -> tuple[str, ...]:
        """An actor and those it is part of, the nearest first."""
        chain: list[str] = []
        current: str | None = actor
        while current is not None and current in self.actors and current not in chain:
            chain.append(current)
            current = self.actors[current].value.part_of
        return tuple(chain)

    def wholes(self, event: str) -> tuple[str, ...]:
        """The events that contain an event, the nearest first."""
        chain: list[str] = []
        current = self.events[event].value.part_of
        while current is not None and current in self.events and current not in chain:
            chain.append(current)
            current = self.events[current].value.part_of
        return tuple(chain)

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
    name: str, inputs: Inputs, library: Library, problems: list[Problem]
) -> tuple[Record, Positioned[BriefFile] | None]:
    """Read a briefing's files; what is wrong in their form is added to `problems`.

    The valid part of the record is given even where the brief or some events are not, so that
    every other problem is still found.
    """
    path = f"briefings/{name}/brief.yaml"
    document = _read_document(path, Place(path), inputs, problems)
    brief = None
    if document is not None and isinstance(document.value, dict):
        brief = validate(BriefFile, document.value, document, (), problems)
    elif document is not None:
        require_mapping(document, (), problems)
    lists, complete = _event_files(document, path, inputs, problems)
    # Several briefings may share their lists.
    key = ("record", *(each.path for each in lists), complete, id(library))
    record = inputs.once(key, lambda found: _record(lists, complete, library, found), problems)
    return record, brief


def _read_document(
    path: str, place: Place, inputs: Inputs, problems: list[Problem]
) -> YamlFile | None:
    data = inputs.read_or_report(path, place, problems)
    return None if data is None else _load(data, path, problems)


def _load(data: bytes, path: str, problems: list[Problem]) -> YamlFile | None:
    try:
        return load(data, path)
    except InvalidInput as error:
        problems.extend(error.problems)
        return None


def _event_files(
    brief: YamlFile | None, brief_path: str, inputs: Inputs, problems: list[Problem]
) -> tuple[list[YamlFile], bool]:
    """The event files that could be read, and whether those are all that the brief lists."""
    folder = brief_path.rpartition("/")[0]
    listed = brief.get("events") if brief is not None else None
    if not isinstance(listed, list) or not listed:
        # What is wrong in the usual file is told even where the brief does not tell of it.
        usual = f"{folder}/events.yaml"
        found = inputs.source.is_file(usual)
        loaded = _read_list(usual, Place(usual), inputs, problems) if found else None
        return [] if loaded is None else [loaded], False
    lists: list[YamlFile] = []
    seen: set[str] = set()
    for index, name in enumerate(listed):
        if brief is None or not isinstance(name, str):
            continue
        place = brief.place(("events", index))
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
        loaded = _read_list(path, place, inputs, problems)
        if loaded is not None:
            lists.append(loaded)
    return lists, len(lists) == len(listed)


def _read_list(path: str, place: Place, inputs: Inputs, problems: list[Problem]) -> YamlFile | None:
    data = inputs.read_or_report(path, place, problems)
    if data is None:
        return None

    def read(found: list[Problem]) -> YamlFile | None:
        document = _load(data, path, found)
        return document if document and require_mapping(document, _LIST_KEYS, found) else None

    return inputs.once(("list", path), read, problems)


def _record(
    lists: list[YamlFile], complete: bool, library: Library, problems: list[Problem]
) -> Record:
    events: dict[str, Positioned[Event]] = {}
    for document in lists:
        for record in validate_each(Event, document, "events", problems):
            place, key = record.place("id"), record.value.id
            first = events.setdefault(key, record)
            if first is not record:
                there = first.place("id")
                message = f"the id {key!r} stands twice (first at {there}); rename one"
                problems.append(Problem(place, message))
            if key in library.entries:
                there = library.entries[key].place("id")
                message = f"the id {key!r} is a catalogue entry's too ({there}); rename one"
                problems.append(Problem(place, message))
    for document in lists:
        if not isinstance(document.get("events") or [], list):
            complete = False
        for key in ("actors", "people"):
            if not isinstance(document.get(key) or {}, dict):
                complete = False
    known = frozenset if complete else _Any
    return Record(
        _definitions(Actor, lists, "actors", problems),
        _definitions(Person, lists, "people", problems),
        events,
        known(_keys_of(lists, "actors")),
        known(_keys_of(lists, "people")),
        known(key for document in lists for key in ids_of(document, "events")),
    )


def _keys_of(lists: Iterable[YamlFile], key: str) -> Iterator[str]:
    for document in lists:
        value = document.get(key)
        if isinstance(value, dict):
            yield from value


def _definitions(
    model: type[M], lists: Iterable[YamlFile], key: str, problems: list[Problem]
) -> dict[str, Positioned[M]]:
    """Actors or people from every file: equal definitions merge, different ones are problems."""
    defined: dict[str, Positioned[M]] = {}
    for document in lists:
        listed = document.get(key)
        if listed is None:
            continue
        if not isinstance(listed, dict):
            message = f"{key} needs 'id: {{name: ...}}' lines, not a list or text"
            problems.append(Problem(document.place((key,)), message))
            continue
        for name in listed:
            fault = _id_fault(name)
            if fault:
                problems.append(Problem(document.place((key, name), key=True), fault))
            record = validate(model, listed[name], document, (key, name), problems)
            if record is None:
                continue
            first = defined.setdefault(name, record)
            if first.value != record.value:
                for one, other in ((first, record), (record, first)):
                    place = one.document.place((key, name), key=True)
                    there = other.document.place((key, name), key=True)
                    message = f"{name!r} is defined differently at {there}; make them equal"
                    problems.append(Problem(place, message))
    return defined


def _id_fault(name: str) -> str | None:
    if re.fullmatch("[a-z0-9][a-z0-9-]*", name):
        return None
    return f"{name!r} cannot be an id: lower-case letters, digits and hyphens only"

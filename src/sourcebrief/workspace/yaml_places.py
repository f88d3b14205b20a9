"""YAML as text with positions: every scalar is what was written, every value knows its place.

PyYAML's C parser gives events, and nothing is resolved: `no`, `2018-04` and `12:30` stay text.
Empty plain scalars, `~` and `null` are absence: a key without a value has the value None.

The events are read directly, because `yaml.compose` refuses an anchor that is defined again, which
YAML 1.2 allows (3.2.2.2), exhausts the stack on deep nesting before a bound could stop it, and
needs twice the memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from sourcebrief.errors import InvalidInput, Place, Problem
from sourcebrief.text.characters import NOT_IN_XML_OR_YAML
from sourcebrief.workspace.yaml_syntax import (
    MAXIMUM_DEPTH,
    PARSER,
    TOO_DEEP,
    control_fault,
    place_after,
    syntax_problem,
    without_entry,
)

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Path: TypeAlias = "tuple[str | int, ...]"
# PyYAML's stubs allow for events without marks; the parser gives none.
_Mark: TypeAlias = Any
_Event: TypeAlias = Any

MAXIMUM_SIZE = 64 * 1024 * 1024
"""Bytes of an authored file. Documents, which may be larger, are not read here."""
# The values of an alias bomb multiply. An honest file stays far below this many values for each
# value that is written, where an alias counts as one.
_EXPANSION_RATIO = 20
_EXPANSION_FREE = 10_000
MOST_VALUES = 2_000_000
"""Keys and values of one file: some eighty thousand events."""
MOST_PROBLEMS = 1000
"""Problems of one file's form after which the reader stops."""
_MOST_SYNTAX_FAULTS = 20
"""Faults of a file's syntax that are named at once: each takes a reading of its own."""
# What YAML gives to values without a tag. Written out, such a tag changes nothing, since every
# scalar stays the text that was written; "!" alone says that there is no tag.
_STANDARD_TAG = "tag:yaml.org,2002:"
_HARMLESS_TAGS = frozenset(
    _STANDARD_TAG + name
    for name in ["bool", "float", "int", "map", "merge", "null", "seq", "str", "timestamp", "value"]
) | {None, "!"}


class _Sequence(list[Value]):
    """A list that knows where its entries begin: line and column of each, counted from 0."""

    __slots__ = ("marks",)
    marks: array[int]


class _Mapping(dict[str, Value]):
    """A mapping that knows where its keys and values begin: lines and columns, key by key."""

    __slots__ = ("_order", "marks")
    marks: array[int]
    _order: dict[str, int]

    def order(self, key: str) -> int:
        """Return which key of the mapping this is, counted from 0."""
        # Few mappings are asked at all, and one with many keys may be asked for each of them.
        if not hasattr(self, "_order") or key not in self._order:
            self._order = {known: number for number, known in enumerate(self)}
        return self._order[key]


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A YAML file: its path from the workspace, its value, and where that begins.

    `start` is a line and a column, counted from 0; None in a file without a value.
    """

    path: str
    value: Value
    start: tuple[int, int] | None

    def place(self, path: Path = (), *, key: bool = False) -> Place:
        """Return where the value at `path` begins, or its key.

        Steps that are not in the file are left out: `role` and `actor` beside `name` are short for
        `roles: [{role, actor}]`, and are found where they were written.
        """
        if self.start is None:
            return Place(self.path)
        value, (line, column) = self.value, self.start
        for step in path:
            if isinstance(value, _Mapping) and str(step) in value:
                at = 4 * value.order(str(step)) + (0 if key else 2)
                marks, value = value.marks, value[str(step)]
            elif isinstance(value, _Sequence) and isinstance(step, int) and step < len(value):
                at = 2 * step
                marks, value = value.marks, value[step]
            else:
                continue
            line, column = marks[at : at + 2]
        return Place(self.path, line + 1, column + 1)

    def get(self, key: str) -> Value:
        """Return the value of a key of the whole file; None where there is none."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def mappings(self, key: str) -> Iterator[tuple[int, dict[str, Value]]]:
        """Yield the mappings in a list of the whole file, valid or not, with their numbers."""
        listed = self.get(key)
        for number, one in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(one, dict):
                yield number, one


def texts_in(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text in a value, whatever it is nested in, with where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list | dict):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts_in(item, (*path, step))


def decode(data: bytes, path: str) -> str:
    """Decode an authored file, UTF-8 with or without a byte order mark.

    Raises InvalidInput for a file above `MAXIMUM_SIZE`, and at the line and column of the first
    byte that is not UTF-8 and of the first control character.
    """
    if len(data) > MAXIMUM_SIZE:
        words = f"the file is larger than {MAXIMUM_SIZE // 1024**2} MiB; divide it into several"
        raise InvalidInput([Problem(Place(path), words)])
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        message = "not UTF-8; save the file with the encoding UTF-8"
        raise InvalidInput([Problem(place_after(before, path), message)]) from None
    if found := NOT_IN_XML_OR_YAML.search(text):
        place = place_after(text[: found.start()], path)
        raise InvalidInput([Problem(place, control_fault(found[0]))])
    return text


def load(data: bytes, path: str) -> YamlFile:
    """Read one YAML document; raise InvalidInput with every problem of its form."""
    text = decode(data, path)
    reader = _EventReader(text, path)
    try:
        value, start = reader.read()
    except yaml.YAMLError as error:
        problem = syntax_problem(error, text, path)
        others = _faults_behind(text, problem)
        raise InvalidInput([*reader.problems, problem, *others]) from None
    if reader.problems:
        raise InvalidInput(reader.problems)
    return YamlFile(path, value, start)


def _faults_behind(text: str, problem: Problem) -> Iterator[Problem]:
    """Yield what the parser cannot read in the entries behind the one that has a problem."""
    for _ in range(_MOST_SYNTAX_FAULTS):
        rest = without_entry(text, problem.place.line or 1)
        if rest is None:
            return
        text, end = rest
        try:
            _EventReader(text, problem.place.path).read()
            return
        except yaml.YAMLError as error:
            problem = syntax_problem(error, text, problem.place.path)
            if (problem.place.line or 0) <= end:
                return
            yield problem
        except InvalidInput:
            return


@dataclass(slots=True)
class _Anchored:
    """What an alias may name: the event it began with, its value, and how many values are in it.

    `size` is 0 while the value is being read.
    """

    event: _Event
    value: Value = None
    size: int = 0


class _EventReader:
    """Reads values from the parser's events and collects what the form forbids."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._next = PARSER(text).get_event
        self._anchors: dict[str, _Anchored] = {}
        self._depth = 0
        self._written = 0  # keys and values, an alias counting as one
        self._multiplied = 0  # those that aliases add

    def read(self) -> tuple[Value, tuple[int, int] | None]:
        """The value of the one document, and where it begins; None twice where there is none."""
        self._next()  # the stream's begin
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None, None
        value, mark = self._value(self._next())
        if self._written + self._multiplied > _EXPANSION_FREE + _EXPANSION_RATIO * self._written:
            self._problem(mark, "aliases multiply this file without bound; write the values out")
        self._next()  # the document's end
        if not isinstance(other := self._next(), yaml.StreamEndEvent):
            message = "a second document begins here; keep one to a file and delete the line ---"
            self._problem(other.start_mark, message)
        return value, (mark.line, mark.column)

    def _problem(self, mark: _Mark, message: str) -> None:
        place = Place(self.path, mark.line + 1, mark.column + 1)
        self.problems.append(Problem(place, message))
        if len(self.problems) == MOST_PROBLEMS:
            message = f"no more was read after {MOST_PROBLEMS:,} problems; correct those before it"
            raise InvalidInput([*self.problems, Problem(place, message)])

    def _value(self, event: _Event, *, listed: bool = False) -> tuple[Value, _Mark]:
        """The value that an event is or begins, and where it was written; `listed` in a list."""
        self._written += 1
        if self._written > MOST_VALUES:
            message = f"the file has more than {MOST_VALUES:,} values; divide it into several files"
            self._problem(event.start_mark, message)
            raise InvalidInput(self.problems)
        if isinstance(event, yaml.AliasEvent):
            named = self._anchored(event)
            if not named.size:
                message = "an alias to a value that holds it never ends; write it out"
                self._problem(named.event.start_mark, message)
            self._multiplied += named.size - 1
            return named.value, named.event.start_mark
        before = self._written + self._multiplied
        anchored = _Anchored(event) if event.anchor is not None else None
        if anchored is not None:
            self._anchors[event.anchor] = anchored
        if event.tag not in _HARMLESS_TAGS:
            shown = event.tag.replace(_STANDARD_TAG, "!!", 1)
            self._problem(event.start_mark, f"the tag {shown} is not read; delete it")
        is_scalar = isinstance(event, yaml.ScalarEvent)
        value = self._scalar(event) if is_scalar else self._collection(event, listed=listed)
        if anchored is not None:
            anchored.value = value
            anchored.size = 1 + self._written + self._multiplied - before
        return value, event.start_mark

    def _scalar(self, event: _Event) -> str | None:
        # Escapes in double quotes can write what the file itself may not hold; nothing else can.
        if event.style == '"' and (found := NOT_IN_XML_OR_YAML.search(event.value)):
            self._problem(event.start_mark, control_fault(found[0]))
        is_absent = not event.style and event.value in ("", "~", "null")
        return None if is_absent else event.value

    def _collection(self, event: _Event, *, listed: bool) -> Value:
        self._depth += 1
        if self._depth > MAXIMUM_DEPTH:
            # At once: deeper still, it could exhaust the stack.
            self._problem(event.start_mark, TOO_DEEP)
            raise InvalidInput(self.problems[-1:])
        is_list = isinstance(event, yaml.SequenceStartEvent)
        value = self._entries() if is_list else self._items(listed=listed)
        self._depth -= 1
        return value

    def _entries(self) -> _Sequence:
        values = _Sequence()
        values.marks = array("I")
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            value, mark = self._value(event, listed=True)
            values.append(value)
            values.marks.extend((mark.line, mark.column))
        return values

    def _items(self, *, listed: bool) -> _Mapping:
        values = _Mapping()
        runs_on = False
        values.marks = array("I")
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event)
            value, mark = self._value(self._next())
            if key is None:
                continue
            begin = key.start_mark
            if key.value in values:
                line = values.marks[4 * values.order(key.value)] + 1
                twice = f"the key {key.value!r} stands twice (first at line {line})"
                if listed and len(values) > 1 and values.order(key.value) == 0:
                    # What follows is another entry, whose keys stand here too.
                    runs_on = True
                    self._problem(begin, f"{twice}; begin another entry with '- ', or delete one")
                elif not runs_on:
                    self._problem(begin, f"{twice}; delete one")
                continue
            values[key.value] = value
            values.marks.extend((begin.line, begin.column, mark.line, mark.column))
        return values

    def _key(self, event: _Event) -> _Event | None:
        """The scalar that a key is, or None and a problem."""
        key = self._anchored(event).event if isinstance(event, yaml.AliasEvent) else event
        self._value(event)
        if not isinstance(key, yaml.ScalarEvent):
            self._problem(key.start_mark, "a key is a word, not a list or mapping; quote it")
            return None
        if key.value == "<<" and not key.style:
            self._problem(key.start_mark, "merge keys (<<) are not read; write the keys out")
            return None
        return key

    def _anchored(self, alias: _Event) -> _Anchored:
        if alias.anchor not in self._anchors:
            name = alias.anchor
            message = f"no anchor &{name} before this; quote a text that begins with *"
            self._problem(alias.start_mark, message)
            raise InvalidInput(self.problems)
        return self._anchors[alias.anchor]

"""From a YAML value to the model: what does not fit is a problem at its line and column."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from sourcebrief.errors import Place, Problem
from sourcebrief.text.names import did_you_mean, id_fault, most_similar
from sourcebrief.workspace.yaml_places import Path, YamlFile

_MEANT: Final = {
    **dict.fromkeys(("promised", "pledged", "declared"), "announced"),
    **dict.fromkeys(("offered", "requested", "considered"), "proposed"),
    **dict.fromkeys(("under way", "working", "running"), "in-force"),
    **dict.fromkeys(("author", "authors"), "prepared_by"),
}
"""What a word that is none of the choices means, where another is nearer by its letters."""
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Positioned(Generic[M]):
    """A valid record and its place in a file; in the keys `replaced` stand-ins hide faults."""

    value: M
    document: YamlFile
    path: Path
    replaced: frozenset[str] = frozenset()

    def place(self, *path: str | int) -> Place:
        """Where a value inside the record begins."""
        return self.document.place(self.path + path)

    def each(self, path: str) -> list[tuple[Path, Any]]:
        """Return the values at a path such as `roles.*.from_`, with where each of them is."""
        found: list[tuple[Path, Any]] = [((), self.value)]
        for step in path.split("."):
            if step == "*":
                found = [((*at, n), entry) for at, value in found for n, entry in enumerate(value)]
            else:
                found = [((*at, step.rstrip("_")), getattr(value, step)) for at, value in found]
            found = [(at, value) for at, value in found if value is not None]
        return found

    def key_place(self, *path: str | int) -> Place:
        """Where the key of a value inside the record begins."""
        return self.document.place(self.path + path, key=True)


def by_id(found: Iterable[Positioned[Any]]) -> dict[str, Positioned[Any]]:
    """Give records by their ids in their order, the first of each."""
    records: dict[str, Positioned[Any]] = {}
    for record in found:
        records.setdefault(record.value.id, record)
    return records


def repeated_ids(documents: Iterable[YamlFile], key: str) -> Iterator[Problem]:
    """Report each id that stands twice in the lists of files, also of invalid records."""
    first: dict[str, tuple[YamlFile, int]] = {}
    for document in documents:
        for index, value in document.mappings(key):
            name = value.get("id")
            if not isinstance(name, str):
                continue
            file, at = first.setdefault(name, (document, index))
            if (file, at) != (document, index):
                there = file.place((key, at, "id"))
                message = f"the id {name!r} stands twice (first at {there}); rename one"
                yield Problem(document.place((key, index, "id")), message)


def line_of(
    key: str | None, records: Mapping[str, Positioned[M]], parent: Callable[[M], str | None]
) -> tuple[str, ...]:
    """Return an id and those above it, the nearest first, each once: parents may make a circle."""
    line: list[str] = []
    while key is not None and key in records and key not in line:
        line.append(key)
        key = parent(records[key].value)
    return tuple(line)


def in_circle(
    key: str, records: Mapping[str, Positioned[M]], parent: Callable[[M], str | None]
) -> bool:
    """Say whether the parents of a record lead back to it."""
    return parent(records[line_of(key, records, parent)[-1]].value) == key


def validate(
    model: type[M], value: Any, document: YamlFile, path: Path
) -> tuple[Positioned[M] | None, list[Problem]]:
    """Read a value as a record of the model: the record, or None where it cannot be, and problems.

    A fault in a key that the model has a stand-in for leaves a record with that stand-in, so that
    all other checks still find what is wrong; the problems keep it from being built.
    """
    try:
        return Positioned(model.model_validate(value), document, path), []
    except ValidationError as error:
        entries = error.errors()
    found = (_problem(model, entry, document, path) for entry in entries)
    problems = [problem for problem in found if problem is not None]
    faults = [tuple(entry["loc"]) for entry in entries]
    repaired = _with_stand_ins(model, value, faults)
    try:
        record = None if repaired is None else model.model_validate(repaired)
    except ValidationError:
        record = None
    keys = frozenset(str(fault[0]) for fault in faults if fault)
    return None if record is None else Positioned(record, document, path, keys), problems


def _with_stand_ins(model: type[BaseModel], value: Any, faults: Iterable[Path]) -> Any:
    """Return a record with a stand-in for each value that has a fault; None where one has none.

    An entry of a list is repaired by itself, so that the others are read as they are written.
    """
    if isinstance(value, list):
        parts = {at: [f[1:] for f in faults if f[:1] == (at,)] for at in range(len(value))}
        entries = [
            _with_stand_ins(model, entry, parts[at]) if parts[at] else entry
            for at, entry in enumerate(value)
        ]
        return None if None in entries else entries
    stand_ins: Mapping[str, Any] = getattr(model, "STAND_INS", {})
    if not isinstance(value, dict) or not stand_ins:
        return None
    known = _fields_at(model, ())
    repaired = dict(value)
    for key in {fault[0] if fault else None for fault in faults}:
        within = [fault[1:] for fault in faults if fault[:1] == (key,) and len(fault) > 1]
        # A key that is not known may be meant for one that is.
        meant = key if key in known else most_similar(str(key), known)
        entry = None
        for inner in _models_in(known[str(key)].annotation) if within and key in known else ():
            entry = _with_stand_ins(inner, value[str(key)], within)
        if entry is not None:
            repaired[str(key)] = entry
        elif meant in stand_ins or meant is None:
            repaired.pop(str(key), None)
            repaired |= {meant: stand_ins[meant]} if meant in known and key in known else {}
        else:
            return None
    return repaired


def validate_each(
    model: type[M], document: YamlFile, key: str
) -> tuple[list[Positioned[M]], list[Problem]]:
    """Read the records of a list, each by itself, so that one fault hides no other."""
    listed = document.get(key) or []
    if not isinstance(listed, list):
        place = document.place((key,))
        return [], [Problem(place, f"{key} needs a list; begin each entry with '- '")]
    read = [validate(model, value, document, (key, n)) for n, value in enumerate(listed)]
    records = [record for record, _ in read if record is not None]
    return records, [problem for _, problems in read for problem in problems]


def ids_of(document: YamlFile, key: str) -> Iterator[str]:
    """Yield the ids in a list, also of invalid records, so that one fault brings no second one."""
    for _, value in document.mappings(key):
        if isinstance(value.get("id"), str):
            yield str(value["id"])


def mapping_problems(document: YamlFile, keys: Iterable[str]) -> list[Problem]:
    """Report a file that is not a mapping, or holds other keys than these."""
    if not isinstance(document.value, dict):
        words = "is empty" if document.value is None else "is not a mapping"
        return [Problem(document.place(), f"the file {words}; write 'key: value' lines")]
    known = tuple(keys)
    problems = []
    for key in document.value.keys() - set(known):
        way_out = did_you_mean(key, known) or f"; this file holds {', '.join(known)}"
        place = document.place((key,), key=True)
        problems.append(Problem(place, f"unknown key {key!r}{way_out}"))
    return problems


def _fields_at(model: type[BaseModel], path: Path) -> dict[str, FieldInfo]:
    """The fields, by their keys, that may stand in the mapping at a path inside a record."""
    models = {model}
    for step in (*path, None):  # None: the path's end
        fields = {
            field.alias or name: field for one in models for name, field in one.model_fields.items()
        }
        if isinstance(step, str):
            models = set(_models_in(fields[step].annotation)) if step in fields else set()
    return fields


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)


def _problem(model: type[BaseModel], entry: Any, document: YamlFile, path: Path) -> Problem | None:
    kind, context, value = entry["type"], entry.get("ctx", {}), entry.get("input")
    where: Path = path + tuple(entry["loc"])
    if kind == "missing":
        place = document.place(where[:-1])
        return Problem(place, f"the key {where[-1]!r} is missing; add it")
    if kind == "extra_forbidden":
        key = str(where[-1])
        known = _fields_at(model, tuple(entry["loc"][:-1]))
        way_out = _suggestion(key, known) or "; delete it"
        if value is None and " " in key:
            way_out = "; a comma parts keys within { }: put quotes around a text that holds one"
        message = f"unknown key {key!r}{way_out}"
        return Problem(document.place(where, key=True), message)
    if kind == "too_short" and value:
        # Entries are there, but none is valid: each of them has its own problem.
        return None
    message = _message(kind, _name(where), value, context)
    field = _fields_at(model, tuple(entry["loc"][:-1])).get(str(where[-1]))
    if kind == "tuple_type" and field is not None and _has_mappings(field):
        message = message.replace(" or write [a, b]", "")
    defined = next((key for key in ("people", "actors") if key in where[-3:-1]), None)
    if kind == "string_pattern_mismatch" and defined:
        message += f", and define that under {defined}"
    if field is not None and field.is_required():
        message = message.replace("write it or delete the key", "write it")
    return Problem(document.place(where), message)


def _suggestion(word: str, known: Iterable[str]) -> str:
    """Offer the choice that a word means, else the one that is most like it."""
    meant = _MEANT.get(word.casefold())
    return did_you_mean(meant if meant in (known := [*known]) else word, known)


def _has_mappings(field: FieldInfo) -> bool:
    """Say whether the entries of a list are mappings, and none of them may be a word."""
    for model in _models_in(field.annotation):
        try:
            model.model_validate("word")
        except ValidationError:
            return True
    return False


def _name(where: Path) -> str:
    """How messages call the value at a path: by its key, or as an entry of the nearest list."""
    # `date: 2022` is short for `date: {value: 2022}`, and is called a date in either form.
    keys = [step for step in where if isinstance(step, str) and step != "value"]
    key = keys[-1] if keys else "the file"
    return f"an entry of {key}" if where and isinstance(where[-1], int) else key


def _message(kind: str, name: str, value: Any, context: dict[str, Any]) -> str:
    shown = repr(value if not isinstance(value, str) or len(value) <= 60 else value[:59] + "…")
    if kind == "value_error":
        reason = str(context["error"])
        # The messages about dates name the date themselves.
        names_it = isinstance(value, list | dict) or reason.startswith(shown)
        subject = name if names_it else f"{name} {shown}"
        colon = "" if reason.startswith(("is ", "has ", "holds ")) else ":"
        return f"{subject}{colon} {reason}"
    if kind == "literal_error":
        # The choices, as pydantic lists them: 'a', 'b' or 'c'.
        allowed = re.findall(r"'([^']*)'|(\d+)", context["expected"])
        choices = [word or number for word, number in allowed]
        listed = ", ".join(choices) if len(choices) < 10 else "the types that CSL knows"
        return f"{name} {shown} is not one of {listed}{_suggestion(str(value), choices)}"
    if kind == "string_pattern_mismatch":
        return f"{name} {shown} {id_fault(str(value))}"
    what = "list" if isinstance(value, list) else "mapping" if isinstance(value, dict) else None
    instead = f", not a {what}" if what else ""
    too_long = f"is longer than {context.get('max_length')} characters; shorten it"
    messages = {
        "string_type": f"needs text{instead}; quote it if it is meant as it stands",
        "string_too_short": "is empty; write it or delete the key",
        "string_too_long": too_long,
        "too_long": too_long,
        "too_short": "needs at least one entry",
        "tuple_type": "needs a list; begin each entry with '- ' or write [a, b]",
        "model_type": "needs 'key: value' lines, or {key: value}",
    }
    return f"{name} {messages.get(kind, f'does not fit here ({kind})')}"

"""Where ids stand in the files of a workspace: what has an id, and what names it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from sourcebrief.errors import Place
from sourcebrief.workspace.authored_texts import EVENT_TEXTS
from sourcebrief.workspace.markup import parse_markup
from sourcebrief.workspace.yaml_places import Path, Value, YamlFile

Kind = Literal["entry", "event", "actor", "person"]
KINDS: Final[dict[Kind, str]] = {
    "entry": "catalogue entry",
    "event": "event",
    "actor": "actor",
    "person": "person",
}
"""The kinds of record that have an id, and what messages call them."""

OWN_IDS: Final[dict[str, Kind]] = {
    "references.*.id": "entry",
    "events.*.id": "event",
    "actors.{}": "actor",
    "people.{}": "person",
}
"""Where records have their ids; `{}` is the key of a mapping."""
NAMED_IDS: Final[dict[str, Kind]] = {
    "references.*.custom.derived_from": "entry",
    "references.*.custom.distinct.*.from": "entry",
    "actors.{}.part_of": "actor",
    "people.{}.actor": "actor",
    "people.{}.roles.*.actor": "actor",
    "events.*.actors.*": "actor",
    "events.*.people.*": "person",
    "events.*.people.*.id": "person",
    "events.*.people.*.actor": "actor",
    "events.*.evidence.*.seed": "entry",
    "events.*.evidence.*.translation.seed": "entry",
    "events.*.outcomes.*.by": "actor",
    "events.*.outcomes.*.later.source": "entry",
    "events.*.date.sources.*": "entry",
    "events.*.part_of": "event",
    "select.actors.*": "actor",
    "actors.*.id": "actor",
}
"""Where records name others."""
_ACTOR_OF_PERSON: Final = "events.*.people.*.{}"
"""In `{pompeo: us-state}`, whose key is the person."""
CITING_TEXTS: Final = (
    *(f"events.*.{text.key}" for text in EVENT_TEXTS if text.markdown),
    "bottom_line",
    "judgements.*.text",
    "actors.*.summary",
    "gaps.*",
    "sections.*.text",
)
"""The texts whose citations name events and catalogue entries."""
_CITATION: Final = re.compile(r"(?<!\\)(?:\\\\)*\[@[^\]]*\]")
_CITED: Final = re.compile(r"([\[;]\s*@)([A-Za-z0-9][A-Za-z0-9_-]*)")


@dataclass(frozen=True, slots=True, eq=False)
class IdPlace:
    """An id where it stands: the value or the key at `path`, or in a citation of that text.

    `kinds` are what it may name: a citation names an event or a catalogue entry. `own` says that a
    record has the id, where others name it.
    """

    id: str
    kinds: tuple[Kind, ...]
    document: YamlFile
    path: Path
    form: Literal["value", "key", "citation"] = "value"
    own: bool = False

    @property
    def place(self) -> Place:
        """The line and column."""
        return self.document.place(self.path, key=self.form == "key")


def id_places(documents: Iterable[YamlFile]) -> Iterator[IdPlace]:
    """Yield every id that stands in the files, a record's own and those that it names."""
    for document in documents:
        for table, own in ((OWN_IDS, True), (NAMED_IDS, False)):
            for pattern, kind in table.items():
                for path, value in _each(document.value, pattern.split(".")):
                    if pattern.endswith("{}"):
                        yield IdPlace(str(path[-1]), (kind,), document, path, "key", own)
                    elif isinstance(value, str):
                        yield IdPlace(value, (kind,), document, path, own=own)
        yield from _people_with_actor(document)
        for path, text in texts_that_cite(document):
            for key in dict.fromkeys(item.id for item in parse_markup(text).citations):
                yield IdPlace(key, ("event", "entry"), document, path, "citation")


def kind_named_at(path: Path) -> Kind | None:
    """Return the kind of record that the value at a path names; None where it names none."""
    for pattern, kind in {**NAMED_IDS, _ACTOR_OF_PERSON: "actor"}.items():
        steps = pattern.split(".")
        if len(steps) == len(path) and all(
            isinstance(at, int) if step == "*" else step in ("{}", at)
            for step, at in zip(steps, path, strict=True)
        ):
            return kind
    return None


def _people_with_actor(document: YamlFile) -> Iterator[IdPlace]:
    """Yield what `{pompeo: us-state}` names: a person as a key, and the actor."""
    for path, value in _each(document.value, ["events", "*", "people", "*"]):
        if isinstance(value, dict) and "id" not in value and len(value) == 1:
            ((person, actor),) = value.items()
            yield IdPlace(person, ("person",), document, (*path, person), "key")
            if isinstance(actor, str) and person != "actor":
                yield IdPlace(actor, ("actor",), document, (*path, person))


def texts_that_cite(document: YamlFile) -> Iterator[tuple[Path, str]]:
    """Yield the texts of a file in which citations are read, with their paths."""
    for pattern in CITING_TEXTS:
        for path, value in _each(document.value, pattern.split(".")):
            if isinstance(value, str):
                yield path, value


def _each(value: Value, steps: list[str], path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """Yield the values at a path such as `events.*.actors.*`, with where each of them is."""
    if not steps:
        yield path, value
        return
    step, *rest = steps
    inner: Iterable[tuple[Any, Value]] = ()
    if step == "*":
        inner = enumerate(value) if isinstance(value, list) else ()
    elif isinstance(value, dict):
        inner = value.items() if step == "{}" else [(step, value[step])] if step in value else ()
    for key, found in inner:
        yield from _each(found, rest, (*path, key))


def with_citations(text: str, change: Callable[[str], str]) -> str:
    """Return a text with other ids in its citations, and nothing else changed."""
    return _CITATION.sub(lambda one: _CITED.sub(lambda key: key[1] + change(key[2]), one[0]), text)

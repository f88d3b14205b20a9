"""Every text of a brief that prints, with the place in the YAML where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from sourcebrief.errors import Place
from sourcebrief.workspace.authored_texts import EVENT_TEXTS

if TYPE_CHECKING:
    from sourcebrief.brief.make_manifest import Composition
    from sourcebrief.workspace.validation import Positioned
    from sourcebrief.workspace.yaml_nodes import Path, Value, YamlFile


class PrintedText(NamedTuple):
    """A text that prints; `path` leads to it in its file."""

    text: str
    file: YamlFile
    path: Path

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.file.place(self.path)


def printed_texts(composition: Composition) -> Iterator[PrintedText]:
    """The texts of the brief, its actors, people and events, the quotations, the cited entries."""
    briefing, library = composition.briefing, composition.library
    record = briefing.record
    yield from _below(briefing.brief)
    for actor in record.actors.values():
        yield from _below(actor)
    for person in record.people.values():
        yield from _below(person)
    for event in composition.selected.events:
        located = record.events[event.id]
        document, path = located.document, located.path
        for text in EVENT_TEXTS:
            if words := getattr(event, text.key):
                yield PrintedText(words, document, (*path, text.key))
        if event.date.note:
            yield PrintedText(event.date.note, document, (*path, "date", "note"))
        for index, outcome in enumerate(event.outcomes):
            yield PrintedText(outcome.text, document, (*path, "outcomes", index, "text"))
        for index, theme in enumerate(event.themes):
            yield PrintedText(theme, document, (*path, "themes", index))
        for index, proven in enumerate(composition.proof.evidence[event.id]):
            place = (*path, "evidence", index, "quote")
            yield PrintedText(proven.located.printed, document, place)
    for key in composition.cited_entries():
        yield from _below(library.entries[key])


def _below(located: Positioned[Any]) -> Iterator[PrintedText]:
    """Every text of a record as it is written; its keys and ids are ASCII, and so cost nothing."""
    value = located.document.value
    for step in located.path:
        value = value[step]  # type: ignore[index]
    return texts_below(located.document, value, located.path)


def texts_below(document: YamlFile, value: Value, path: Path) -> Iterator[PrintedText]:
    """Every text of a value that is not ASCII, as it is written."""
    if isinstance(value, str):
        if not value.isascii():
            yield PrintedText(value, document, path)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts_below(document, item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_below(document, item, (*path, key))

"""Every text of a brief that prints, with the place in the YAML where it stands."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sourcebrief.brief.make_manifest import Composition
from sourcebrief.errors import Place
from sourcebrief.text.characters import INVISIBLE
from sourcebrief.workspace.briefing import Record
from sourcebrief.workspace.model import BriefFile
from sourcebrief.workspace.validation import Positioned
from sourcebrief.workspace.yaml_places import Path, Value, YamlFile


class PrintedText(NamedTuple):
    """A text that prints; `path` leads to it in its file."""

    text: str
    file: YamlFile
    path: Path

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.file.place(self.path)


def printed_texts(
    record: Record,
    brief: Positioned[BriefFile] | None,
    left_out: Collection[str] = (),
    composition: Composition | None = None,
) -> Iterator[PrintedText]:
    """The texts of the brief, its actors, people and events, the quotations, the cited entries.

    Events that are `left_out` of the selection do not print. Without a composition, which errors
    have prevented, quotations are taken as the YAML has them, and no entries.
    """
    unprinted = {(record.events[key].document.path, record.events[key].path) for key in left_out}
    if composition is not None:
        # What prints of the evidence is each quotation, as its seed has it.
        unprinted.update(
            (event.document.path, (*event.path, "evidence")) for event in record.events.values()
        )
        for event in composition.selected.values():
            located = record.events[event.id]
            for index, proven in enumerate(composition.proof.evidence[event.id]):
                place = (*located.path, "evidence", index)
                item = proven.evidence
                yield PrintedText(proven.located.printed, located.document, (*place, "quote"))
                if item.note:
                    yield PrintedText(item.note, located.document, (*place, "note"))
                if item.translation:
                    official = proven.translation
                    said = official.printed if official else item.translation.text
                    yield PrintedText(said, located.document, (*place, "translation"))
        for key in composition.cited_entries:
            entry = composition.library.entries[key]
            value = entry.document.value
            for step in entry.path:
                value = value[step]  # type: ignore[index]
            yield from _texts_below(entry.document, value, entry.path, unprinted)
    for file in [*([brief.document] if brief else []), *record.files]:
        for text in _texts_below(file, file.value, (), unprinted):
            # Invisible characters are reported as such.
            yield text._replace(text=INVISIBLE.sub("", text.text))


def _texts_below(
    file: YamlFile, value: Value, path: Path, unprinted: Collection[tuple[str, Path]]
) -> Iterator[PrintedText]:
    """Every text of a value that is not ASCII, as it is written."""
    if (file.path, path) in unprinted:
        return
    if isinstance(value, str):
        if not value.isascii():
            yield PrintedText(value, file, path)
    elif value is not None:
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            if not isinstance(item, str) or not item.isascii():
                yield from _texts_below(file, item, (*path, step), unprinted)

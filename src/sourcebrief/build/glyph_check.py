"""Characters that the fonts lack: a problem at their place, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebrief.documents.fonts import SANS, SERIF, missing_glyphs
from sourcebrief.errors import Problem
from sourcebrief.text.characters import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sourcebrief.brief.compose import Composition
    from sourcebrief.workspace.briefing import Record
    from sourcebrief.workspace.model import BriefFile
    from sourcebrief.workspace.validation import Positioned
    from sourcebrief.workspace.yaml_nodes import Path, Value, YamlFile


def check_glyphs(composition: Composition) -> list[Problem]:
    """Report every text that holds a character which no document of ours can print."""
    return _problems(list(_printed(composition)))


def _problems(texts: Sequence[tuple[str, YamlFile, Path]]) -> list[Problem]:
    # One look at all that prints; the place is sought only where something is wrong.
    missing = set(missing_glyphs("".join(text for text, _, _ in texts)))
    if not missing:
        return []
    return [
        Problem(
            document.place(path),
            f"{SERIF} and {SANS} have no glyph for {character!r} (U+{ord(character):04X}); "
            "write it another way",
        )
        for text, document, path in texts
        for character in sorted(missing.intersection(text))
    ]


def _printed(composition: Composition) -> Iterator[tuple[str, YamlFile, Path]]:
    """Every text that prints and where it stands: authored ones, cited entries, quotations."""
    briefing, library = composition.briefing, composition.library
    yield from _scalars(briefing.brief.document, briefing.brief.document.value, ())
    for actor in briefing.record.actors.values():
        yield actor.value.name, actor.document, (*actor.path, "name")
        if actor.value.short:
            yield actor.value.short, actor.document, (*actor.path, "short")
        if actor.value.country:
            yield actor.value.country, actor.document, (*actor.path, "country")
    for person in briefing.record.people.values():
        yield person.value.name, person.document, (*person.path, "name")
        for index, role in enumerate(person.value.roles):
            yield role.role, person.document, (*person.path, "roles", index, "role")
    for event in composition.selected.events:
        record = briefing.record.events[event.id]
        document, path = record.document, record.path
        for key in ("title", "summary", "caveat", "place"):
            if text := getattr(event, key):
                yield text, document, (*path, key)
        if event.date.note:
            yield event.date.note, document, (*path, "date", "note")
        for index, outcome in enumerate(event.outcomes):
            yield outcome.text, document, (*path, "outcomes", index, "text")
        for index, theme in enumerate(event.themes):
            yield theme, document, (*path, "themes", index)
        for index, proven in enumerate(composition.proof.evidence[event.id]):
            yield proven.located.printed, document, (*path, "evidence", index, "quote")
    for key in composition.cited_entries():
        entry = library.entries[key]
        listed = entry.document.value
        for step in entry.path:
            listed = listed[step]  # type: ignore[index]
        yield from _scalars(entry.document, listed, entry.path)


def _scalars(document: YamlFile, value: Value, path: Path) -> Iterator[tuple[str, YamlFile, Path]]:
    if isinstance(value, str):
        if not value.isascii():
            yield value, document, path
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _scalars(document, item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _scalars(document, item, (*path, key))


def check_unread_glyphs(
    record: Record, brief: Positioned[BriefFile] | None, left_out: Collection[str]
) -> list[Problem]:
    """Check the YAML as it was written, where other errors keep the briefing from being composed.

    Events that are `left_out` of the selection do not print.
    """
    unprinted = {(record.events[key].document.path, record.events[key].path) for key in left_out}
    files = [*([brief.document] if brief else []), *record.files]
    return _problems(
        [
            # Invisible characters are reported as such.
            (INVISIBLE.sub("", text), document, path)
            for document in files
            for text, _, path in _scalars(document, document.value, ())
            if (document.path, path[:2]) not in unprinted
        ]
    )

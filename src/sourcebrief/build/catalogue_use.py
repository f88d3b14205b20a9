"""What of the catalogue a briefing depends on: what it says under the ids that the briefing uses.

So another entry, added or corrected, leaves a briefing up to date.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sourcebrief.build.staleness import find_stale
from sourcebrief.workspace.authored_texts import brief_texts, event_texts
from sourcebrief.workspace.catalogue import Library, read_library
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from sourcebrief.brief.make_manifest import Composition
    from sourcebrief.build.results import BuildOptions


def entries_used(composition: Composition) -> dict[str, str]:
    """A digest of each catalogue entry that a briefing uses, by id.

    Events that are left out count too, since they are checked; and so do the ids of the briefing's
    own events, which no entry may have.
    """
    record = composition.briefing.record
    ids: set[str] = set(record.events)
    texts = list(brief_texts(composition.briefing.brief))
    for event in record.events.values():
        ids.update(event.value.entries)
        texts += event_texts(event)
    for text in texts:
        ids.update(item.id for item in text.citations)
    return _digests(composition.library, ids)


def unaffected(recorded: Mapping[str, str], library: Library) -> bool:
    """Whether the catalogue still says the same under every id that a build used."""
    return _digests(library, recorded) == recorded


def _digests(library: Library, ids: Iterable[str]) -> dict[str, str]:
    """A digest of what the library says under each id; empty where it has no such entry."""
    return {key: _digest(library, key) for key in sorted(ids)}


def _digest(library: Library, key: str) -> str:
    if key not in library.entries:
        return ""
    # The name and the origin of an entry depend on other entries too.
    said = (library.entries[key].value, library.short_name(key), library.origin(key))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def why_not_current(names: Iterable[str], options: BuildOptions) -> dict[str, str]:
    """Why outputs are not what would be built now, by briefing; the others are up to date."""
    stale, _ = find_stale(names, options)
    if any(each.catalogue_only for each in stale):
        library, problems = read_library(Inputs(options.root))
        stale = [
            each
            for each in stale
            if problems
            or each.record is None
            or not (each.catalogue_only and unaffected(each.record.entries, library))
        ]
    return {each.name: each.reason for each in stale}

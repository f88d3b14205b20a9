"""What of the catalogue a briefing depends on: what it says under the ids that the briefing uses.

So another entry, added or corrected, leaves a briefing up to date.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from sourcebrief.brief.make_manifest import Composition
from sourcebrief.build.results import BuildOptions, BuildRecord, Corpus, StaleBriefing
from sourcebrief.build.staleness import find_stale, save_record
from sourcebrief.workspace.catalogue import Library, read_library
from sourcebrief.workspace.read_files import CATALOGUE, Inputs


def entries_used(composition: Composition) -> dict[str, str]:
    """A digest of each catalogue entry that a briefing uses, by id.

    Events that are left out count too, since they are checked; and so do the ids of the briefing's
    own events, which no entry may have.
    """
    events = composition.briefing.record.events
    return _digests(composition.library, composition.ids_named(events) | events.keys())


def renew_unaffected(
    stale: Iterable[StaleBriefing], corpus: Corpus, options: BuildOptions
) -> tuple[list[StaleBriefing], dict[str, BuildRecord]]:
    """Part briefings that a changed catalogue concerns from others, whose records are renewed."""
    affected, records = [], {}
    for each in stale:
        if each.record and _is_unaffected(each, corpus.library):
            record = replace(each.record, catalogue=corpus.inputs.sha256(CATALOGUE))
            save_record(options, each.name, record)
            records[each.name] = record
        else:
            affected.append(each)
    return affected, records


def _is_unaffected(stale: StaleBriefing, library: Library) -> bool:
    """Whether only the catalogue changed, and not what it says under the ids that are used."""
    recorded = stale.record.entries if stale.record else {}
    return stale.catalogue_only and _digests(library, recorded) == recorded


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
    stale, _ = find_stale(names, options, as_built=True)
    if any(each.catalogue_only for each in stale):
        library, problems = read_library(Inputs(options.root))
        stale = [each for each in stale if problems or not _is_unaffected(each, library)]
    return {each.name: each.reason for each in stale}

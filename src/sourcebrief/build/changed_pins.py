"""Changed seeds: found, and reported at their pins with what the change does to the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from sourcebrief.build.earlier_seeds import earlier_seeds
from sourcebrief.errors import Problem
from sourcebrief.evidence.changed_seeds import (
    BriefingContent,
    SeedUses,
    changed_seeds,
    seed_drift,
)
from sourcebrief.evidence.drift_summary import summarize_drift
from sourcebrief.evidence.passages import NotUTF8, SeedText, decode_seed, read_seed
from sourcebrief.workspace.briefing import read_briefing

if TYPE_CHECKING:
    from sourcebrief.build.results import CheckedBriefing, Corpus
    from sourcebrief.evidence.changed_seeds import SeedDrift


def has_changed_seeds(corpus: Corpus) -> bool:
    """Whether any seed is not what was pinned, which `changed_pin_problems` reports."""
    return bool(changed_seeds(corpus.library, corpus.inputs.sha256))


def changed_pin_problems(corpus: Corpus, checked: Iterable[CheckedBriefing]) -> list[Problem]:
    """Report changed seeds, with what the change does to every briefing of the workspace."""
    changed = changed_seeds(corpus.library, corpus.inputs.sha256)
    if not changed:
        return []
    at_hand = [BriefingContent(one.name, one.record, one.brief) for one in checked]
    entries = corpus.library.entries
    files = {key: entries[key].value.custom.file or key for key in changed}
    return [
        Problem(
            entries[found.seed].place("custom", "sha256"),
            f"{found.file} has changed since it was pinned: {summarize_drift(found)}; "
            f"restore it, or accept it with `sourcebrief pin {found.seed}`",
        )
        for found in drifts(corpus, files, at_hand)
    ]


def drifts(
    corpus: Corpus, files: Mapping[str, str], at_hand: Iterable[BriefingContent] = ()
) -> Iterator[SeedDrift]:
    """What became of all that rests on seeds; `files` gives the file of each by its id.

    Briefings that are not `at_hand` are read.
    """
    earlier = earlier_seeds(corpus.library, files, corpus.inputs)
    uses = SeedUses(_every_briefing(corpus, at_hand))
    for key, file in files.items():
        yield seed_drift(key, file, _text(corpus, key, file), earlier.get(key), uses)


def _text(corpus: Corpus, key: str, file: str) -> SeedText | None:
    """The text of a seed, of an invalid entry's too; None where the file holds no text."""
    if key in corpus.seeds:
        return corpus.seeds[key]
    try:
        return read_seed(decode_seed(corpus.inputs.read(f"seeds/{file}")))
    except NotUTF8:
        return None


def _every_briefing(corpus: Corpus, at_hand: Iterable[BriefingContent]) -> list[BriefingContent]:
    known = {one.briefing: one for one in at_hand}
    for name in corpus.inputs.briefings():
        if name not in known:
            # What is wrong in a briefing is reported by a check of that briefing.
            record, brief, _ = read_briefing(name, corpus.inputs.tracking(), corpus.library)
            known[name] = BriefingContent(name, record, brief)
    return [known[name] for name in sorted(known)]

"""Changed seeds, reported at their pins with what the change does to the evidence.

What a seed was when it was pinned is known from git's history, or in part from an edition that was
built. Both are memories that may be missing: then it is worded what is unknown.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sourcebrief.brief.manifest import EventIn, InvalidManifest, read_manifest
from sourcebrief.build.results import CheckedBriefing, Corpus
from sourcebrief.errors import Problem
from sourcebrief.evidence.changed_seeds import (
    BriefingContent,
    Earlier,
    SeedDrift,
    SeedUses,
    changed_seeds,
    folded_quotation,
    seed_drift,
)
from sourcebrief.evidence.drift_words import summarize_drift
from sourcebrief.evidence.passages import NotUTF8, SeedText, decode_seed, read_seed
from sourcebrief.evidence.quotations import LocatedPiece
from sourcebrief.workspace.briefing import read_briefing
from sourcebrief.workspace.catalogue import Library
from sourcebrief.workspace.git import file_versions
from sourcebrief.workspace.read_files import Inputs

SECONDS: Final = 5.0
"""How long git may search, for all seeds of a run together."""


def changed_pin_problems(corpus: Corpus, checked: Iterable[CheckedBriefing]) -> list[Problem]:
    """Report changed seeds, with what the change does to every briefing of the workspace."""
    changed = changed_seeds(corpus.library, corpus.inputs.sha256)
    if not changed:
        return []
    corpus.inputs.outside("git")
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
    earlier = _earlier_seeds(corpus.library, files, corpus.inputs)
    uses = SeedUses(_every_briefing(corpus, at_hand))
    for key, file in files.items():
        yield seed_drift(key, file, _text(corpus, key, file), earlier.get(key, Earlier()), uses)


def drift_to(corpus: Corpus, key: str, file: str, text: SeedText) -> SeedDrift:
    """Say what would become of all that rests on a seed, were its text another one."""
    uses = SeedUses(_every_briefing(corpus, ()))
    return seed_drift(key, file, text, Earlier(corpus.seeds[key]), uses)


def _text(corpus: Corpus, key: str, file: str) -> SeedText:
    """The text of a seed, of an invalid entry's too; empty where the file holds no text."""
    if key in corpus.seeds:
        return corpus.seeds[key]
    try:
        return read_seed(decode_seed(corpus.inputs.read(f"seeds/{file}")))
    except NotUTF8:
        return read_seed("")


def _every_briefing(corpus: Corpus, at_hand: Iterable[BriefingContent]) -> list[BriefingContent]:
    known = {one.briefing: one for one in at_hand}
    for name in corpus.inputs.briefings():
        if name not in known:
            # What is wrong in a briefing is reported by a check of that briefing.
            record, brief, _ = read_briefing(name, corpus.inputs.tracking(), corpus.library)
            known[name] = BriefingContent(name, record, brief)
    return [known[name] for name in sorted(known)]


def _earlier_seeds(library: Library, keys: Iterable[str], inputs: Inputs) -> dict[str, Earlier]:
    """What is known of seeds as they were pinned; a seed of which nothing is known is left out."""
    # An entry that is invalid, or new, has no pin.
    customs = {key: library.entries[key].value.custom for key in keys if key in library.entries}
    pins = {key: custom.sha256 for key, custom in customs.items() if custom.sha256 is not None}
    texts = committed_bytes(inputs.root, {f"seeds/{customs[key].file}": pins[key] for key in pins})
    found: dict[str, Earlier] = {}
    for key in [key for key, pin in pins.items() if pin in texts]:
        # What is not UTF-8 never was a text that could be quoted.
        with suppress(NotUTF8):
            text, language = decode_seed(texts[pins[key]]), library.entries[key].value.language
            found[key] = Earlier(read_seed(text, customs[key].ignore, language))
    rest = {key: pin for key, pin in pins.items() if key not in found}
    return found | _from_editions(rest, inputs)


def committed_bytes(
    root: Path, wanted: Mapping[str, str], seconds: float = SECONDS
) -> dict[str, bytes]:
    """Find in git's history what files held under given hashes: bytes by SHA-256.

    `wanted` gives the SHA-256 by the path from `root`. Nothing is found where there is no git, no
    repository, or no time left; nothing is fetched from elsewhere.
    """
    found: dict[str, bytes] = {}
    try:
        for data in file_versions(root, list(wanted), seconds):
            sha256 = hashlib.sha256(data).hexdigest()
            if sha256 in wanted.values():
                found[sha256] = data
            if found.keys() == set(wanted.values()):
                break
    except OSError:
        return {}
    return found


def _from_editions(pins: Mapping[str, str], inputs: Inputs) -> dict[str, Earlier]:
    """Passages of pinned seeds in the manifests that lie beside the briefings' outputs."""
    passages: dict[str, dict[tuple[str, str], list[tuple[int, tuple[LocatedPiece, ...]]]]] = {}
    for name in inputs.briefings() if pins else ():
        try:
            # Not an input of any briefing: a manifest is what a build leaves behind.
            data = inputs.tracking().read(f"briefings/{name}/{name}.evidence.json")
            manifest = read_manifest(data)
        except (OSError, InvalidManifest):
            continue  # one that cannot be read, or is not ours, is no memory of anything
        pinned = {source["id"]: source.get("sha256") for source in manifest["sources"]}
        for event in manifest["events"]:
            for item in _quoted(event):
                seed = item["seed"]
                if seed in pins and pinned.get(seed) == pins[seed]:
                    pieces = tuple(
                        LocatedPiece(
                            start=position["start"],
                            end=position["end"],
                            exact=quote["exact"],
                            prefix=quote["prefix"],
                            suffix=quote["suffix"],
                            paragraph=item["paragraph"],
                        )
                        for quote, position in item["selectors"]
                    )
                    key = event["id"], folded_quotation(item["quote"])
                    passages.setdefault(seed, {}).setdefault(key, []).append(
                        (item["paragraph"], pieces)
                    )
    return {
        seed: Earlier(passages={key: tuple(dict.fromkeys(all_)) for key, all_ in found.items()})
        for seed, found in passages.items()
    }


def _quoted(event: EventIn) -> Iterator[dict[str, Any]]:
    """The quotations of an event, and the official translations, as quotations from their seeds."""
    for item in event["evidence"]:
        yield dict(item)
        translation: dict[str, Any] = dict(item.get("translation") or {})
        if translation.get("seed") and translation.get("selectors"):
            yield {**translation, "quote": translation["text"]}

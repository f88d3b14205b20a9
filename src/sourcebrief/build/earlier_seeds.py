"""What a seed was when it was pinned: its bytes from git's history, or passages from an edition.

Both are memories that may be missing. Whoever asks gets what there is and words what is unknown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sourcebrief.evidence.changed_seeds import EarlierSelectors, EarlierText, folded_quotation
from sourcebrief.evidence.passages import NotUTF8, decode_seed, read_seed
from sourcebrief.evidence.quotations import LocatedPiece
from sourcebrief.workspace.git import file_versions
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from sourcebrief.evidence.changed_seeds import Earlier
    from sourcebrief.workspace.catalogue import Library

SECONDS: Final = 5.0
"""How long git may search, for all seeds of a run together."""


def earlier_seeds(library: Library, keys: Iterable[str], inputs: Inputs) -> dict[str, Earlier]:
    """What is known of seeds as they were pinned; a seed of which nothing is known is left out."""
    pins: dict[str, str] = {}
    for key in keys:
        # An entry that is invalid, or new, has no pin.
        entry = library.entries.get(key)
        if entry is not None and entry.value.custom.sha256 is not None:
            pins[key] = entry.value.custom.sha256
    paths = {f"seeds/{library.entries[key].value.custom.file}": pins[key] for key in pins}
    found: dict[str, Earlier] = {}
    texts = committed_bytes(inputs.root, paths)
    for key, pin in pins.items():
        if pin in texts:
            try:
                text = decode_seed(texts[pin])
            except NotUTF8:
                continue  # it never was a text that could be quoted
            found[key] = EarlierText(read_seed(text, library.entries[key].value.custom.ignore))
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
    if not pins:
        return {}
    passages: dict[str, dict[tuple[str, str], list[tuple[int, tuple[LocatedPiece, ...]]]]] = {}
    for manifest in _manifests(inputs):
        try:
            # One that cannot be read, or is not ours, is no memory of anything.
            pinned = {source["id"]: source.get("sha256") for source in manifest["sources"]}
            for event in manifest["events"]:
                for item in event["evidence"]:
                    seed = item["seed"]
                    if seed in pins and pinned.get(seed) == pins[seed]:
                        key = event["id"], folded_quotation(item["quote"])
                        stood = int(item["paragraph"]), _pieces(item)
                        passages.setdefault(seed, {}).setdefault(key, []).append(stood)
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return {
        seed: EarlierSelectors({key: tuple(dict.fromkeys(all_)) for key, all_ in found.items()})
        for seed, found in passages.items()
    }


def _manifests(inputs: Inputs) -> Iterator[Any]:
    for name in inputs.briefings():
        try:
            # Not an input of any briefing: a manifest is what a build leaves behind.
            yield json.loads(inputs.tracking().read(f"briefings/{name}/{name}.evidence.json"))
        except (OSError, ValueError):
            continue


def _pieces(item: Any) -> tuple[LocatedPiece, ...]:
    return tuple(
        LocatedPiece(
            start=int(position["start"]),
            end=int(position["end"]),
            exact=str(quote["exact"]),
            prefix=str(quote["prefix"]),
            suffix=str(quote["suffix"]),
            paragraph=int(item["paragraph"]),
        )
        for quote, position in item["selectors"]
    )

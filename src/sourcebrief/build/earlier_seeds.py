"""What a seed was when it was pinned: its bytes from git's history, or passages from an edition.

Both are memories that may be missing. Whoever asks gets what there is and words what is unknown.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from threading import Timer
from typing import TYPE_CHECKING, Any, Final

from sourcebrief.evidence.changed_seeds import EarlierSelectors, EarlierText, folded_quotation
from sourcebrief.evidence.passages import NotUTF8, decode_seed, read_seed
from sourcebrief.evidence.quotations import LocatedPiece

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sourcebrief.evidence.changed_seeds import Earlier
    from sourcebrief.workspace.catalogue import Library
    from sourcebrief.workspace.read_files import Inputs

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
    if not wanted:
        return {}
    try:
        listed = subprocess.run(  # noqa: S603 - fixed words; paths go in by standard input
            [*_git(root), "rev-list", "--all", "--objects", "--full-history", "--stdin"],
            input=_lines(["--", *wanted]),
            capture_output=True,
            timeout=seconds,
            env=_environment(),
            check=False,
        )
        if listed.returncode != 0:
            return {}
        objects = [line.split(b" ", 1) for line in listed.stdout.splitlines()]
        names = {item[0].decode("ascii") for item in objects if len(item) == 2 and item[1]}
        # What is staged may be committed nowhere yet.
        staged = [f":./{path}" for path in wanted]
        return _contents(root, [*staged, *names], frozenset(wanted.values()), seconds)
    except (OSError, subprocess.TimeoutExpired):
        return {}


def _git(root: Path) -> list[str]:
    return ["git", "-C", str(root), "--no-pager"]


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def _lines(words: Iterable[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()


def _contents(
    root: Path, names: Iterable[str], wanted: frozenset[str], seconds: float
) -> dict[str, bytes]:
    """Read objects one by one until every hash that is wanted has been met, or time is up."""
    found: dict[str, bytes] = {}
    with subprocess.Popen(  # noqa: S603
        [*_git(root), "cat-file", "--batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    ) as process:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018
        timer = Timer(seconds, process.kill)
        timer.start()
        try:
            for name in names:
                process.stdin.write(_lines([name]))
                process.stdin.flush()
                header = process.stdout.readline().split()
                if len(header) != 3 or not header[2].isdigit():
                    if not header:  # git has ended
                        break
                    continue  # "NAME missing": in neither the index nor the repository
                size = int(header[2])
                data = process.stdout.read(size + 1)[:size]
                if header[1] == b"blob" and len(data) == size:
                    sha256 = hashlib.sha256(data).hexdigest()
                    if sha256 in wanted:
                        found[sha256] = data
                if len(found) == len(wanted):
                    break
        finally:
            timer.cancel()
            process.kill()
    return found


def _from_editions(pins: Mapping[str, str], inputs: Inputs) -> dict[str, Earlier]:
    """Passages of pinned seeds in the manifests that lie beside the briefings' outputs."""
    if not pins:
        return {}
    passages: dict[str, dict[tuple[str, str], list[tuple[int, tuple[LocatedPiece, ...]]]]] = {}
    for manifest in _manifests(inputs):
        try:
            # One that cannot be read, or is not ours, is no memory of anything.
            pinned = {source["id"]: source["sha256"] for source in manifest["sources"]}
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

"""Pinning: bringing the SHA-256 values of `seeds.yaml` up to date with the files.

Only the hex digits change: comments, order, quoting and line ends stay as they were written. The
catalogue is read as YAML nodes, so that a pin that is missing or invalid can be written too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sourcebrief.build.changed_pins import drifts
from sourcebrief.build.checks import read_corpus
from sourcebrief.errors import InvalidInput, Problem, SourcebriefError, UsageError
from sourcebrief.evidence.changed_seeds import SeedDrift
from sourcebrief.text.names import did_you_mean
from sourcebrief.workspace.read_files import CATALOGUE, Inputs, require_catalogue
from sourcebrief.workspace.write_files import replace_unchanged
from sourcebrief.workspace.yaml_edits import YamlText, apply_edits, copied, edited, value_at
from sourcebrief.workspace.yaml_places import Path, YamlFile, decode, load


@dataclass(frozen=True, slots=True)
class NewPin:
    """A pin to write: the entry, the file, and the hash before and now, in hex digits.

    `path` leads to the mapping that holds `file` and `sha256`. `before` is None where the key is
    missing.
    """

    seed: str
    file: str
    path: Path
    before: str | None
    now: str

    @property
    def original(self) -> bool:
        """Say whether the file is the original that a seed was extracted from."""
        return self.path[-1] == "original"


def pins_to_write(inputs: Inputs, seeds: Iterable[str]) -> tuple[NewPin, ...]:
    """Return the pins that differ from their files, of the seeds named, or of all.

    Raises UsageError for a name that is not a seed, InvalidInput where a file cannot be read.
    """
    document = load(require_catalogue(inputs), CATALOGUE)
    paths = _pinned_mappings(document)
    pinnable = [key for key, found in paths.items() if found]
    seeds = tuple(dict.fromkeys(seeds)) or pinnable
    for key in seeds:
        if key not in paths:
            raise UsageError(f"no seed {key!r} in {CATALOGUE}{did_you_mean(key, pinnable)}")
        if not paths[key]:
            raise UsageError(f"{key!r} is a reference: it has no file to pin")
    problems: list[Problem] = []
    pins: list[NewPin] = []
    for key in seeds:
        for path, mapping in paths[key].items():
            place = document.place((*path, "file"))
            name = str(mapping["file"])
            found = inputs.read_or_problem(name, place, "seeds")
            if isinstance(found, Problem):
                problems.append(found)
                continue
            before = mapping.get("sha256")
            before = before if before is None or isinstance(before, str) else ""
            now = inputs.sha256(inputs.inside("seeds", name))
            pins.append(NewPin(key, name, path, before, now))
    if problems:
        raise InvalidInput(problems)
    return tuple(pin for pin in pins if pin.before != pin.now)


def _pinned_mappings(document: YamlFile) -> dict[str, dict[Path, Any]]:
    """Return the mappings that hold a pin, by their path, for each entry by id.

    A reference has none.
    """
    found: dict[str, dict[Path, Any]] = {}
    for index, entry in document.mappings("references"):
        if not isinstance(key := entry.get("id"), str):
            continue
        custom = entry.get("custom")
        seed = custom if isinstance(custom, dict) and isinstance(custom.get("file"), str) else {}
        path: Path = ("references", index, "custom")
        held = ((path, seed), ((*path, "original"), seed.get("original")))
        found[key] = {at: one for at, one in held if isinstance(one, dict) and "file" in one}
    return found


def consequences(inputs: Inputs, pins: Iterable[NewPin]) -> dict[str, SeedDrift]:
    """Return what became of all that rests on the seeds of these pins, by seed.

    Nothing rests on an original. Raises InvalidInput where the catalogue cannot be read at all.
    """
    files = {pin.seed: pin.file for pin in pins if not pin.original}
    return {found.seed: found for found in drifts(read_corpus(inputs), files)} if files else {}


def write_pins(inputs: Inputs, pins: Iterable[NewPin]) -> None:
    """Write the pins into `seeds.yaml`.

    Raises SourcebriefError where the file changed since it was read, or where a pin is written in
    a way that cannot be replaced by itself.
    """
    before = require_catalogue(inputs)
    replace_unchanged(inputs.root, {CATALOGUE: (before, with_pins(before, pins))})


def with_pins(catalogue: bytes, pins: Iterable[NewPin]) -> bytes:
    """Return the bytes of a catalogue with other pins, and no other change."""
    pins = tuple(pins)
    document = load(catalogue, CATALOGUE)
    written = YamlText(decode(catalogue, CATALOGUE))
    edits = [written.set_key(pin.path, "sha256", pin.now, after="file") for pin in pins]
    expected = copied(document.value)
    for pin in pins:
        value_at(expected, pin.path)["sha256"] = pin.now
    text = apply_edits(written.text, filter(None, edits))
    after = edited(catalogue, text, expected, CATALOGUE)
    if after is None:
        listed = "; ".join(f"{document.place(pin.path)}: sha256: {pin.now}" for pin in pins)
        raise SourcebriefError(f"cannot edit {CATALOGUE} as it is written; write this: {listed}")
    return after

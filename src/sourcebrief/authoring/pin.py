"""Pinning: the SHA-256 values of `seeds.yaml` brought up to the files as they are now.

Only the hex digits are touched: comments, order, quoting and line ends stay as they were written.
The catalogue is read as nodes, so that an entry is pinned even while its pin is missing or no hash.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from sourcebrief.build.checks import read_corpus
from sourcebrief.build.pin_check import drifts
from sourcebrief.errors import InvalidInput, Problem, SourcebriefError, UsageError
from sourcebrief.text.names import did_you_mean
from sourcebrief.workspace.read_files import CATALOGUE, Inputs, require_catalogue
from sourcebrief.workspace.write_files import replace_all
from sourcebrief.workspace.yaml_nodes import YamlFile, compose, decode, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sourcebrief.evidence.changed_seeds import SeedDrift
    from sourcebrief.workspace.yaml_nodes import Path

_LINE_END = re.compile(r"\r\n|\n|\r")
_STAGING = ".sourcebrief/staging/pin"


@dataclass(frozen=True, slots=True)
class NewPin:
    """A pin to write: the entry, the file, and the hashes before and now, in hex digits.

    `path` leads to the mapping that holds `file` and `sha256`; `before` is what stood there, None
    where the key is missing.
    """

    seed: str
    file: str
    path: Path
    before: str | None
    now: str

    @property
    def original(self) -> bool:
        """Whether the file is the one that a seed was extracted from."""
        return self.path[-1] == "original"


def pins_to_write(inputs: Inputs, seeds: Iterable[str]) -> tuple[NewPin, ...]:
    """The pins that differ from their files, of the seeds named; of all, where none is.

    Raises UsageError for a name that is no seed, InvalidInput where a file cannot be read.
    """
    document = load(require_catalogue(inputs), CATALOGUE)
    entries = dict(_entries(document))
    seeds = tuple(dict.fromkeys(seeds)) or tuple(key for key, (_, file) in entries.items() if file)
    pinnable = [key for key, (_, file) in entries.items() if file]
    for key in seeds:
        if key not in entries:
            raise UsageError(f"no seed {key!r} in {CATALOGUE}{did_you_mean(key, pinnable)}")
        if not entries[key][1]:
            raise UsageError(f"{key!r} is a reference: it has no file to pin")
    problems: list[Problem] = []
    found: list[NewPin] = []
    for key in seeds:
        found += _pins(key, entries[key][0], document, inputs, problems)
    if problems:
        raise InvalidInput(problems)
    return tuple(pin for pin in found if pin.before != pin.now)


def _entries(document: YamlFile) -> Iterator[tuple[str, tuple[int, bool]]]:
    """Every entry by id: its index, and whether it has a file."""
    value: Any = document.value
    listed = value.get("references") if isinstance(value, dict) else None
    for index, entry in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            custom = entry.get("custom")
            named = isinstance(custom, dict) and isinstance(custom.get("file"), str)
            yield entry["id"], (index, named)


def _pins(
    key: str, index: int, document: YamlFile, inputs: Inputs, problems: list[Problem]
) -> Iterator[NewPin]:
    value: Any = document.value
    custom = value["references"][index]["custom"]
    path: Path = ("references", index, "custom")
    held = [(path, custom)]
    if isinstance(custom.get("original"), dict) and "file" in custom["original"]:
        held.append(((*path, "original"), custom["original"]))
    for where, mapping in held:
        place = document.place((*where, "file"))
        try:
            file = inputs.inside("seeds", str(mapping["file"]))
        except ValueError as error:
            problems.append(Problem(place, str(error)))
            continue
        if inputs.read_or_report(file, place, problems) is not None:
            before = mapping.get("sha256")
            before = before if before is None or isinstance(before, str) else ""
            yield NewPin(key, str(mapping["file"]), where, before, inputs.sha256(file))


def write_pins(inputs: Inputs, pins: Iterable[NewPin]) -> None:
    """Write the pins into `seeds.yaml`, the whole file or none of it.

    Raises SourcebriefError where somebody changed the file since it was read, or where a pin is
    written in a way that cannot be replaced by itself.
    """
    target = (inputs.root / CATALOGUE).resolve()
    before = require_catalogue(inputs)
    after = with_pins(before, pins)
    if target.read_bytes() != before:
        raise SourcebriefError(f"{CATALOGUE} was changed meanwhile; look at it and pin again")
    replace_all({target: after}, inputs.root / _STAGING)


def with_pins(catalogue: bytes, pins: Iterable[NewPin]) -> bytes:
    """The bytes of a catalogue with other pins and not one other change."""
    pins = tuple(pins)
    text = decode(catalogue, CATALOGUE)
    document = load(catalogue, CATALOGUE)
    root = compose(text)
    edits = sorted((_edit(pin, root, text) for pin in pins), reverse=True)
    for start, end, words in edits:
        text = text[:start] + words + text[end:]
    mark = codecs.BOM_UTF8 if catalogue.startswith(codecs.BOM_UTF8) else b""
    edited = mark + text.encode()
    expected = document.value
    for pin in pins:
        expected = _set(expected, (*pin.path, "sha256"), pin.now)
    # An anchor, an alias or a block where a hash belongs: nothing is written that reads otherwise.
    try:
        same = load(edited, CATALOGUE).value == expected
    except InvalidInput:
        same = False
    if not same:
        listed = "; ".join(f"{document.place(pin.path)}: sha256: {pin.now}" for pin in pins)
        raise SourcebriefError(f"cannot edit {CATALOGUE} as it is written; write this: {listed}")
    return edited


def _edit(pin: NewPin, root: yaml.Node | None, text: str) -> tuple[int, int, str]:
    """What to write for a pin: `[start, end)` of the text, and the words in its place."""
    mapping = _node(root, pin.path)
    pairs = {key.value: (key, value) for key, value in mapping.value}
    if "sha256" in pairs:
        node = pairs["sha256"][1]
        start, end = node.start_mark.index, node.end_mark.index
        written = text[start:end]
        if written == "":
            return start, end, f" {pin.now}"
        quote = written[0] if written[0] in "'\"" else ""
        ending = written[len(written.rstrip()) :]
        return start, end, f"{quote}{pin.now}{quote}{ending}"
    key, file = pairs["file"]
    end = file.end_mark.index
    if mapping.flow_style:
        return end, end, f", sha256: {pin.now}"
    # After the line that names the file, whatever comment ends it.
    found = _LINE_END.search(text, end)
    at = found.start() if found else len(text)
    newline = found or _LINE_END.search(text)
    return (
        at,
        at,
        f"{newline[0] if newline else chr(10)}{' ' * key.start_mark.column}sha256: {pin.now}",
    )


def _node(node: yaml.Node | None, path: Path) -> yaml.MappingNode:
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
    assert isinstance(node, yaml.MappingNode)  # noqa: S101 - the value at this path is a mapping
    return node


def _set(value: Any, path: Path, leaf: str) -> Any:
    """A value with one leaf set, the rest shared."""
    if not path:
        return leaf
    step, *rest = path
    if isinstance(value, list) and isinstance(step, int):
        return [*value[:step], _set(value[step], tuple(rest), leaf), *value[step + 1 :]]
    return {**value, step: _set(value.get(step), tuple(rest), leaf)}


def consequences(inputs: Inputs, pins: Iterable[NewPin]) -> dict[str, SeedDrift]:
    """What became of all that rests on the seeds of these pins, by seed; originals carry nothing.

    Raises InvalidInput where the catalogue cannot be read at all.
    """
    files = {pin.seed: pin.file for pin in pins if not pin.original}
    return {found.seed: found for found in drifts(read_corpus(inputs), files)} if files else {}

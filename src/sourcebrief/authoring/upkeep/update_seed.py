"""A newer copy of a document takes the place of the one that was quoted until now.

The old copy stays in `seeds/` under its name, so that old editions can still be verified; its entry
lists it under `earlier`, and nothing may quote it.
"""

import hashlib
import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sourcebrief.authoring.adding.document_entries import printable, read_file, stored_files
from sourcebrief.authoring.adding.holdings import Holdings
from sourcebrief.authoring.importing.extract import extract, importable_format
from sourcebrief.authoring.importing.extraction import Extraction, UnreadableDocument
from sourcebrief.authoring.pin_report import drift_lines
from sourcebrief.build.changed_pins import drift_to
from sourcebrief.build.checks import read_corpus
from sourcebrief.build.results import Corpus
from sourcebrief.dates.in_text import states
from sourcebrief.errors import InvalidInput, Place, Problem, UsageError
from sourcebrief.evidence.changed_seeds import Drift, SeedDrift
from sourcebrief.evidence.passages import SeedText, read_seed
from sourcebrief.evidence.shared_texts import HALF, share_of_text
from sourcebrief.text.names import did_you_mean
from sourcebrief.text.phrases import first_words
from sourcebrief.workspace.model import CatalogueEntry
from sourcebrief.workspace.read_files import CATALOGUE, Inputs
from sourcebrief.workspace.validation import Positioned
from sourcebrief.workspace.write_files import replace_unchanged
from sourcebrief.workspace.yaml_draft import YamlDraft
from sourcebrief.workspace.yaml_places import Path

_SHOWN_WORDS = 8
_ANOTHER = 0.05
"""The share of its text, or of its quotations, up to which a newer copy is rather another one."""


@dataclass(frozen=True, slots=True)
class SeedUpdate:
    """What an update writes: new files by path, and the catalogue before and after.

    `pins` are those of the newer copy, as `custom` holds them; `drift` says what becomes of what
    rests on the seed, None where only its original is newer. `other` says why the newer copy looks
    like another document, None where it does not.
    """

    seed: str
    pins: Mapping[str, Any]
    superseded: tuple[str, ...]
    drift: SeedDrift | None
    other: str | None
    remarks: tuple[str, ...]
    new_files: Mapping[str, bytes]
    before: bytes
    after: bytes


def plan_update(
    inputs: Inputs, key: str, file: pathlib.Path, until: str, encoding: str | None = None
) -> SeedUpdate:
    """Read a newer copy of a seed and say what it changes; `until` is the old one's last day.

    Raises UsageError for what is no seed, InvalidInput where the copy cannot be taken or the seed
    is not as pinned, EnvironmentFault where a package for reading it is missing.
    """
    corpus = read_corpus(inputs)
    entry = _seed(key, corpus)
    try:
        copy, pins, new_files = _read_copy(key, file, encoding, Holdings(inputs))
    except UnreadableDocument as error:
        raise InvalidInput([Problem(Place(printable(file)), str(error))]) from None
    custom = entry.value.custom
    same_text = hashlib.sha256(copy.text.encode()).hexdigest() == custom.sha256
    if same_text:
        # The text is what it was, so it stays, and only what it was taken from is newer.
        new_files = {name: data for name, data in new_files.items() if name != pins["file"]}
        pins |= {"file": custom.file, "sha256": custom.sha256}
    now = read_seed(copy.text, custom.ignore, entry.value.language)
    drift = None if same_text else drift_to(corpus, key, pins["file"], now)
    before = inputs.read(CATALOGUE)
    kept = {pins["file"], pins.get("original", {}).get("file")}
    superseded = [(name, pin) for name, pin in _files(entry) if name not in kept]
    listed = [{"file": name, "sha256": pin, "until": until} for name, pin in superseded]
    return SeedUpdate(
        seed=key,
        pins=pins,
        superseded=tuple(name for name, _ in superseded),
        drift=drift,
        other=None if drift is None else _why_another(drift, corpus.seeds[key], now),
        remarks=(*copy.remarks, *_remarks(entry, corpus.seeds[key], now)),
        new_files={f"seeds/{name}": data for name, data in new_files.items()},
        before=before,
        after=_with_pins(before, entry, pins, listed),
    )


def _why_another(drift: SeedDrift, before: SeedText, now: SeedText) -> str | None:
    """Say why a newer copy looks like another document, as the words "Access denied" do."""
    share = share_of_text(before, now)
    if share is not None and share < _ANOTHER:
        return "hardly a sentence of the old text stands in it"
    if len(now.text) < len(before.text) * _ANOTHER:
        return "it has hardly any text"
    gone = sum(one.drift is Drift.GONE for one in drift.quotations)
    if gone > len(drift.quotations) * (1 - _ANOTHER) and (share is None or share < HALF):
        return "hardly anything that is quoted from the old text stands in it, even altered"
    return None


def _seed(key: str, corpus: Corpus) -> Positioned[CatalogueEntry]:
    """Return the entry of a seed whose files are as pinned."""
    library, entries = corpus.library, corpus.library.entries
    if key not in library.known:
        raise UsageError(f"no seed {key!r} in {CATALOGUE}{did_you_mean(key, library.known)}")
    if key in entries and not entries[key].value.is_seed:
        raise UsageError(f"{key!r} is a reference: it has no file; add one: sourcebrief add FILE")
    if key not in corpus.seeds or entries[key].value.custom.sha256 is None:
        raise InvalidInput(p for p in corpus.problems if p.severity == "error")
    entry = entries[key]
    for file, pin in _files(entry):
        if corpus.inputs.sha256(f"seeds/{file}") != pin:
            message = (
                f"{file} is not as pinned; restore it, or accept it with "
                f"`sourcebrief pin {key}`, and update it then"
            )
            raise InvalidInput([Problem(entry.place("custom", "file"), message)])
    return entry


def _files(entry: Positioned[CatalogueEntry]) -> Iterator[tuple[str, str]]:
    """Yield the file and the pin of a seed, and of its original."""
    custom = entry.value.custom
    if custom.file and custom.sha256:
        yield custom.file, custom.sha256
    if custom.original:
        yield custom.original.file, custom.original.sha256


def _read_copy(
    key: str, file: pathlib.Path, encoding: str | None, holdings: Holdings
) -> tuple[Extraction, dict[str, Any], dict[str, bytes]]:
    """Return a newer copy as it was read, with the pins and the files that it makes."""
    data = read_file(file, holdings.inputs)
    if owner := holdings.owners.get(hashlib.sha256(data).hexdigest()):
        whose = "this document, or an earlier copy of it," if owner == key else f"that of {owner!r}"
        raise UnreadableDocument(f"it is {whose} already; give a newer copy")
    found = extract(importable_format(file.name, data), data, encoding=encoding)
    text = found.text.encode()
    text_sha256 = hashlib.sha256(text).hexdigest()
    if holdings.owners.get(text_sha256, key) != key:
        raise UnreadableDocument(
            f"its text is that of {holdings.owners[text_sha256]!r}; give a copy of {key!r}"
        )
    return found, *stored_files(file, data, text, holdings)


def _remarks(entry: Positioned[CatalogueEntry], before: SeedText, now: SeedText) -> Iterator[str]:
    """Yield what the entry says of the old text that need not be true of the new one."""
    custom, issued, language = entry.value.custom, entry.value.issued, entry.value.language
    if custom.issued_basis == "stated" and language and not states(now.text, issued, language):
        yield f"it does not state the date {issued.text}; correct issued or issued_basis"
    for number in sorted(custom.ignore):
        was, is_now = (
            first_words(seed.paragraphs[number - 1].text, _SHOWN_WORDS)
            if number <= len(seed.paragraphs)
            else "not there"
            for seed in (before, now)
        )
        if was != is_now:
            yield f"ignore names ¶ {number}, which was “{was}” and is “{is_now}”; correct it"


def _with_pins(
    before: bytes,
    entry: Positioned[CatalogueEntry],
    pins: Mapping[str, Any],
    superseded: list[dict[str, str]],
) -> bytes:
    """Return the catalogue with the pins of the newer copy, and the old files under `earlier`."""
    custom = entry.value.custom
    path: Path = (*entry.path, "custom")
    draft = YamlDraft(before, CATALOGUE)
    draft.set((*path, "file"), pins["file"])
    draft.set((*path, "sha256"), pins["sha256"])
    original = pins.get("original")
    if original and custom.original:
        draft.set((*path, "original", "file"), original["file"])
        draft.set((*path, "original", "sha256"), original["sha256"])
    elif original:
        draft.set((*path, "original"), original, after="sha256")
    elif custom.original:
        draft.remove((*path, "original"))
    draft.append((*path, "earlier"), superseded, after="original" if original else "sha256")
    return draft.written_or(
        f"{entry.place('custom')}: cannot be edited as it is written; write this: "
        f"file: {pins['file']}, sha256: {pins['sha256']}, earlier: {superseded}"
    )


def write_update(root: pathlib.Path, update: SeedUpdate) -> None:
    """Write the newer copy and the catalogue, both or neither."""
    new = {path: (None, data) for path, data in update.new_files.items()}
    replace_unchanged(root, {**new, CATALOGUE: (update.before, update.after)})


def update_report(update: SeedUpdate) -> str:
    """Say what takes the place of what, and what that does to the evidence."""
    pins = update.pins
    source = f", from {pins['original']['file']}" if "original" in pins else ""
    lines = [f"{update.seed}: {pins['file']}{source}; before: {', '.join(update.superseded)}"]
    if update.drift is None:
        lines.append("  the text is what it was: every quotation stands")
    else:
        lines += drift_lines(update.drift)
    lines += [f"  note: {remark}" for remark in update.remarks]
    if update.other:
        lines.append(
            f"  {update.other}, so it looks like another document; "
            "to keep both, add it: sourcebrief add FILE"
        )
    return "\n".join(lines)

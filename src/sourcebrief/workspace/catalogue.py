"""`seeds.yaml` and the documents it names: the bibliography as a checked whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sourcebrief.errors import InvalidInput, Problem
from sourcebrief.text.names import did_you_mean
from sourcebrief.text.tlp import marking_fault
from sourcebrief.workspace.model import LONGEST_TEXT, CatalogueEntry, invisible
from sourcebrief.workspace.read_files import CATALOGUE, Inputs, require_catalogue
from sourcebrief.workspace.validation import (
    Positioned,
    ids_of,
    require_mapping,
    validate_each,
)
from sourcebrief.workspace.yaml_nodes import YamlFile, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True)
class Library:
    """The catalogue and the bytes of its seeds, by entry id.

    `known` holds the ids of invalid entries too; `seeds` lacks those that could not be read.
    """

    document: YamlFile
    entries: Mapping[str, Positioned[CatalogueEntry]]
    seeds: Mapping[str, bytes]
    known: frozenset[str]

    @cached_property
    def may_be_seeds(self) -> frozenset[str]:
        """The ids of the seeds, and of invalid entries: they may be seeds for all that is known."""
        references = {k for k, entry in self.entries.items() if not entry.value.is_seed}
        return self.known - references

    def short_name(self, entry_id: str) -> str:
        """The name a note uses: container, else publisher, with the title where two coincide."""
        entry = self.entries[entry_id].value
        name = _container(entry)
        twins = sum(_container(other.value) == name for other in self.entries.values())
        return f"{name}, {entry.title}" if twins > 1 and name != entry.title else name

    def files(self, ids: Iterable[str]) -> Iterator[str]:
        """The files of entries and of their originals, as paths from the workspace."""
        for key in ids:
            if key in self.entries:
                custom = self.entries[key].value.custom
                original = custom.original.file if custom.original is not None else None
                yield from (f"seeds/{file}" for file in (custom.file, original) if file)

    def origin(self, entry_id: str) -> str:
        """Where an entry's account comes from: a reprint and its original share one origin."""
        seen: set[str] = set()
        while entry_id in self.entries and entry_id not in seen:
            seen.add(entry_id)
            entry = self.entries[entry_id].value
            if entry.custom.origin:
                return entry.custom.origin
            if entry.custom.derived_from is None:
                return entry.publisher or entry.container_title or entry.id
            entry_id = entry.custom.derived_from
        return entry_id


def _container(entry: CatalogueEntry) -> str:
    return entry.container_title_short or entry.container_title or entry.publisher or entry.title


def read_library(inputs: Inputs, problems: list[Problem]) -> Library:
    """Read `seeds.yaml` and every seed; what is wrong is added to `problems`.

    Raises InvalidInput where `seeds.yaml` holds no list of entries at all.
    """
    document = load(require_catalogue(inputs), CATALOGUE)
    entries: dict[str, Positioned[CatalogueEntry]] = {}
    if require_mapping(document, ("references",), problems) and not document.get("references"):
        message = "the key 'references' is missing or empty; list the documents under it"
        problems.append(Problem(document.place(), message))
    for record in validate_each(CatalogueEntry, document, "references", problems):
        first = entries.setdefault(record.value.id, record)
        if first is not record:
            line = first.place("id").line
            message = f"the id {record.value.id!r} stands twice (first at line {line})"
            problems.append(Problem(record.place("id"), f"{message}; rename one"))
    if problems and not isinstance(document.get("references"), list):
        raise InvalidInput(problems)
    known = frozenset(ids_of(document, "references"))
    seeds: dict[str, bytes] = {}
    files: dict[str, str] = {}
    for record in entries.values():
        _check_entry(record, entries, known, problems)
        data = _read_files(record, inputs, files, problems)
        if data is not None and _check_language(record, problems):
            seeds[record.value.id] = data
    return Library(document, entries, seeds, known)


def _check_entry(
    record: Positioned[CatalogueEntry],
    entries: Mapping[str, Positioned[CatalogueEntry]],
    known: frozenset[str],
    problems: list[Problem],
) -> None:
    entry, custom = record.value, record.value.custom
    for key, value in (entry.model_extra or {}).items():
        _check_texts(value, (key,), record, problems)
    if custom.derived_from and custom.derived_from not in known:
        way_out = did_you_mean(custom.derived_from, known) or "; add it, or name another"
        message = f"no entry {custom.derived_from!r}{way_out}"
        problems.append(Problem(record.place("custom", "derived_from"), message))
    if _derives_from_itself(entry.id, entries):
        message = f"{entry.id!r} derives from itself; delete derived_from of what came first"
        problems.append(Problem(record.place("custom", "derived_from"), message))
    for index, other in enumerate(custom.distinct):
        if other.from_ not in known - {entry.id}:
            way_out = did_you_mean(other.from_, known - {entry.id}) or "; name another entry"
            message = f"no entry {other.from_!r}{way_out}"
            problems.append(Problem(record.place("custom", "distinct", index, "from"), message))
    if fault := marking_fault(custom.marking):
        problems.append(Problem(record.place("custom", "marking"), fault))
    if not entry.is_seed:
        for key in ("sha256", "original", "issued_basis"):
            if getattr(custom, key) is not None:
                message = f"{key} is a seed's; add file, or delete it"
                problems.append(Problem(record.key_place("custom", key), message))
        return
    if entry.language is None:
        message = "the key 'language' is missing: a seed needs it, month names depend on it"
        problems.append(Problem(record.place(), message))
    if custom.sha256 is None:
        message = f"the key 'sha256' is missing: `sourcebrief pin {entry.id}` writes it"
        problems.append(Problem(record.place("custom"), message))
    if custom.issued_basis is None:
        message = "the key 'issued_basis' is missing: stated, inferred or external"
        problems.append(Problem(record.place("custom"), message))
    elif custom.issued_basis != "stated" and custom.issued_note is None:
        basis = custom.issued_basis
        message = f"the key 'issued_note' is missing: say how the {basis} date is known"
        problems.append(Problem(record.place("custom"), message))


def _check_texts(
    value: object,
    path: tuple[str | int, ...],
    record: Positioned[CatalogueEntry],
    problems: list[Problem],
) -> None:
    """Check the texts of CSL's own fields, which the model does not know and citeproc prints."""
    if isinstance(value, str):
        fault = invisible(value)
        if len(value) > LONGEST_TEXT:
            fault = f"is longer than {LONGEST_TEXT} characters; shorten it"
        if fault:
            problems.append(Problem(record.place(*path), f"{path[0]} {fault}"))
    elif isinstance(value, list | dict):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for step, item in items:
            _check_texts(item, (*path, step), record, problems)


def _derives_from_itself(key: str, entries: Mapping[str, Positioned[CatalogueEntry]]) -> bool:
    seen: set[str] = set()
    source = entries[key].value.custom.derived_from
    while source is not None and source in entries and source not in seen:
        seen.add(source)
        source = entries[source].value.custom.derived_from
    return key in seen


def _check_language(record: Positioned[CatalogueEntry], problems: list[Problem]) -> bool:
    """Whether month names are known in a seed's language; its absence has its own problem."""
    if record.value.language is None:
        return False
    # Imported here: it brings in Babel, which a catalogue of references does not need.
    from sourcebrief.dates.cldr import month_names
    from sourcebrief.dates.date_words import LanguageError

    try:
        month_names(record.value.language)
    except LanguageError as error:
        problems.append(Problem(record.place("language"), f"language {error}"))
        return False
    return True


def _read_files(
    record: Positioned[CatalogueEntry],
    inputs: Inputs,
    files: dict[str, str],
    problems: list[Problem],
) -> bytes | None:
    custom = record.value.custom
    data = None
    if custom.file is not None:
        data = _read_pinned(record, custom.file, ("custom", "file"), inputs, files, problems)
    if custom.original is not None:
        place = ("custom", "original", "file")
        original = _read_pinned(record, custom.original.file, place, inputs, files, problems)
        path = f"seeds/{custom.original.file}"
        if original is not None and inputs.sha256(path) != custom.original.sha256:
            message = (
                f"the original {custom.original.file} has changed since it was pinned; "
                f"restore it, or extract the seed again and accept both with `sourcebrief pin`"
            )
            problems.append(Problem(record.place("custom", "original", "sha256"), message))
    return data


def _read_pinned(
    record: Positioned[CatalogueEntry],
    name: str,
    where: tuple[str, ...],
    inputs: Inputs,
    files: dict[str, str],
    problems: list[Problem],
) -> bytes | None:
    place = record.place(*where)
    try:
        path = inputs.inside("seeds", name)
    except ValueError as error:
        problems.append(Problem(place, str(error)))
        return None
    if not path.startswith("seeds/"):
        words = f"{name!r} leads out of seeds/; keep the document beside seeds.yaml"
        problems.append(Problem(place, words))
        return None
    owner = files.setdefault(path.casefold(), record.value.id)
    if owner != record.value.id:
        message = f"{name} is already the file of {owner!r}; one document is one entry"
        problems.append(Problem(place, message))
        return None
    return inputs.read_or_report(path, place, problems)

"""`seeds.yaml` and the documents it names: the bibliography as a checked whole."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sourcebrief.errors import InvalidInput, Problem
from sourcebrief.text.names import did_you_mean
from sourcebrief.text.tlp import marking_fault
from sourcebrief.workspace.field_types import LONGEST_TEXT, invisible
from sourcebrief.workspace.model import CatalogueEntry
from sourcebrief.workspace.read_files import CATALOGUE, Inputs, require_catalogue
from sourcebrief.workspace.validation import (
    Positioned,
    by_id,
    ids_of,
    in_circle,
    line_of,
    mapping_problems,
    repeated_ids,
    validate_each,
)
from sourcebrief.workspace.yaml_places import Path, YamlFile, load, texts_in


@dataclass(frozen=True)
class Library:
    """The catalogue and the bytes of its seeds, by entry id.

    `known` holds the ids of invalid entries too; `seeds` lacks those that could not be read.
    `joined_origins` gives the origin of seeds that count as one, because they share their text.
    """

    document: YamlFile
    entries: Mapping[str, Positioned[CatalogueEntry]]
    seeds: Mapping[str, bytes]
    known: frozenset[str]
    joined_origins: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def may_be_seeds(self) -> frozenset[str]:
        """The ids of the seeds, and of invalid entries: they may be seeds for all that is known."""
        references = {k for k, entry in self.entries.items() if not entry.value.is_seed}
        return self.known - references

    def short_name(self, entry_id: str) -> str:
        """The name a note uses: container, else publisher, with the title where two coincide."""
        entry = self.entries[entry_id].value
        name = _container(entry)
        shared = self._containers[name] > 1 and name != entry.title
        return f"{name}, {entry.title}" if shared else name

    @cached_property
    def _containers(self) -> Counter[str]:
        """How many entries each container has."""
        return Counter(_container(entry.value) for entry in self.entries.values())

    def files(self, ids: Iterable[str]) -> Iterator[str]:
        """The files of entries and of their originals, as paths from the workspace."""
        for key in ids:
            if key in self.entries:
                for path in ("custom.file", "custom.original.file"):
                    yield from (f"seeds/{file}" for _, file in self.entries[key].each(path))

    def origin(self, entry_id: str) -> str:
        """Where an entry's account comes from: a reprint and its original share one origin."""
        if entry_id in self.joined_origins:
            return self.joined_origins[entry_id]
        entry = self.entries[entry_id].value
        for key in line_of(entry_id, self.entries, _derived_from):
            entry = self.entries[key].value
            if entry.custom.origin:
                return entry.custom.origin
        return _derived_from(entry) or entry.publisher or entry.container_title or entry.id


def _derived_from(entry: CatalogueEntry) -> str | None:
    return entry.custom.derived_from


def _container(entry: CatalogueEntry) -> str:
    return entry.container_title_short or entry.container_title or entry.publisher or entry.title


def read_library(inputs: Inputs) -> tuple[Library, list[Problem]]:
    """Read `seeds.yaml` and every seed: the library, and what is wrong in it.

    Raises InvalidInput where `seeds.yaml` holds no list of entries at all.
    """
    document = load(require_catalogue(inputs), CATALOGUE)
    problems = mapping_problems(document, ("references",))
    if isinstance(document.value, dict) and not document.get("references"):
        message = "the key 'references' is missing or empty; list the documents under it"
        problems.append(Problem(document.place(), message))
    records, found = validate_each(CatalogueEntry, document, "references")
    problems += found
    if problems and not isinstance(document.get("references"), list):
        raise InvalidInput(problems)
    entries: dict[str, Positioned[CatalogueEntry]] = by_id(records)
    problems += repeated_ids([document], "references")
    known = frozenset(ids_of(document, "references"))
    seeds: dict[str, bytes] = {}
    owners: dict[str, str] = {}
    for record in entries.values():
        problems += _entry_problems(record, entries, known)
        data, found = _read_files(record, inputs, owners)
        unknown_language = list(_language_problems(record))
        problems += found + unknown_language
        if data is not None and record.value.language is not None and not unknown_language:
            seeds[record.value.id] = data
    return Library(document, entries, seeds, known), problems


def _entry_problems(
    record: Positioned[CatalogueEntry],
    entries: Mapping[str, Positioned[CatalogueEntry]],
    known: frozenset[str],
) -> Iterator[Problem]:
    entry, custom = record.value, record.value.custom
    # The texts of CSL's own fields, which the model does not know and citeproc prints.
    for path, text in texts_in(entry.model_extra or {}):
        fault = invisible(text)
        if len(text) > LONGEST_TEXT:
            fault = f"is longer than {LONGEST_TEXT} characters; shorten it"
        if fault:
            yield Problem(record.place(*path), f"{path[0]} {fault}")
    for where, name in record.each("custom.derived_from") + record.each("custom.distinct.*.from_"):
        if name not in known or (where[1] == "distinct" and name == entry.id):
            way_out = did_you_mean(name, known - {entry.id}) or "; add it, or name another"
            yield Problem(record.place(*where), f"no entry {name!r}{way_out}")
    if in_circle(entry.id, entries, _derived_from):
        message = f"{entry.id!r} derives from itself; delete derived_from of what came first"
        yield Problem(record.place("custom", "derived_from"), message)
    if fault := marking_fault(custom.marking):
        yield Problem(record.place("custom", "marking"), fault)
    if entry.is_seed:
        yield from _missing_of_seed(record)
        return
    for key in ("sha256", "original", "issued_basis", "earlier"):
        if getattr(custom, key):
            message = f"{key} is a seed's; add file, or delete it"
            yield Problem(record.key_place("custom", key), message)


def _missing_of_seed(record: Positioned[CatalogueEntry]) -> Iterator[Problem]:
    entry, basis = record.value, record.value.custom.issued_basis
    if entry.language is None:
        message = "the key 'language' is missing: a seed needs it, month names depend on it"
        yield Problem(record.place(), message)
    ways_out = {
        "sha256": f"`sourcebrief pin {entry.id}` writes it",
        "issued_basis": "stated, inferred or external",
    }
    if basis not in (None, "stated"):
        ways_out["issued_note"] = f"say how the {basis} date is known"
    for key, way_out in ways_out.items():
        if getattr(entry.custom, key) is None:
            yield Problem(record.place("custom"), f"the key {key!r} is missing: {way_out}")


def _language_problems(record: Positioned[CatalogueEntry]) -> Iterator[Problem]:
    """Check that the months have names in a seed's language; a missing one is reported already."""
    if record.value.language is None or not record.value.is_seed:
        return
    # Imported here: it brings in Babel, which a catalogue of references does not need.
    from sourcebrief.dates.cldr import LanguageError, month_names

    try:
        month_names(record.value.language)
    except LanguageError as error:
        yield Problem(record.place("language"), f"language {error}")


def _read_files(
    record: Positioned[CatalogueEntry], inputs: Inputs, owners: dict[str, str]
) -> tuple[bytes | None, list[Problem]]:
    """Read a seed, and check its original and the earlier copies.

    `owners` maps each file met so far to its entry.
    """
    problems: list[Problem] = []
    data, custom = None, record.value.custom
    for where, name in record.each("custom.file") + record.each("custom.original.file"):
        found = _read_pinned(record, name, where, inputs, owners)
        if isinstance(found, Problem):
            problems.append(found)
        elif where[1] == "file":
            data = found
        elif custom.original and inputs.sha256(f"seeds/{name}") != custom.original.sha256:
            message = (
                f"the original {name} has changed since it was pinned; "
                f"restore it, or extract the seed again and accept both with `sourcebrief pin`"
            )
            problems.append(Problem(record.place("custom", "original", "sha256"), message))
    for index, copy in enumerate(custom.earlier):
        where = ("custom", "earlier", index)
        found = _read_pinned(record, copy.file, (*where, "file"), inputs, owners)
        if isinstance(found, Problem):
            problems.append(found)
        elif inputs.sha256(f"seeds/{copy.file}") != copy.sha256:
            message = (
                f"the earlier copy {copy.file} is not what it was when it was superseded; "
                "restore it, since old editions are verified with it"
            )
            problems.append(Problem(record.place(*where, "sha256"), message))
    return data, problems


def _read_pinned(
    record: Positioned[CatalogueEntry],
    name: str,
    where: Path,
    inputs: Inputs,
    owners: dict[str, str],
) -> bytes | Problem:
    place = record.place(*where)
    try:
        path = inputs.inside("seeds", name)
    except ValueError as error:
        return Problem(place, str(error))
    if not path.startswith("seeds/"):
        return Problem(place, f"{name!r} leads out of seeds/; keep the document beside seeds.yaml")
    owner = owners.setdefault(path.casefold(), record.value.id)
    if owner != record.value.id:
        message = f"{name} is already the file of {owner!r}; one document is one entry"
        return Problem(place, message)
    return inputs.read_or_problem(path, place)

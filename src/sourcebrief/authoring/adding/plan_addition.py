"""Adding documents to a workspace as seeds with their originals, and references from CSL files.

A file is added with all that is in it or not at all: everything is read, extracted and checked
before anything is written.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from sourcebrief.authoring.adding.document_entries import (
    Accepts,
    Addition,
    DocumentOptions,
    document_addition,
    printable,
    read_file,
)
from sourcebrief.authoring.adding.holdings import EMPTY_CATALOGUE, Holdings, unused_id
from sourcebrief.authoring.catalogue_edits import with_entries
from sourcebrief.authoring.importing.extraction import UnreadableDocument
from sourcebrief.authoring.importing.from_csl import ENDINGS as CSL_ENDINGS
from sourcebrief.authoring.importing.from_csl import CslItem, read_csl
from sourcebrief.dates.cldr import LanguageError, month_names
from sourcebrief.dates.edtf import EDTFError, parse_edtf
from sourcebrief.errors import InvalidInput, Place, Problem, UsageError
from sourcebrief.evidence.passages import decode_seed, read_seed
from sourcebrief.evidence.shared_texts import shared_texts
from sourcebrief.text.phrases import slug
from sourcebrief.workspace.model import CatalogueEntry
from sourcebrief.workspace.read_files import CATALOGUE, Inputs
from sourcebrief.workspace.validation import validate
from sourcebrief.workspace.write_files import replace_unchanged
from sourcebrief.workspace.yaml_places import YamlFile
from sourcebrief.workspace.yaml_writing import text_scalars

_OF_ONE_DOCUMENT = ("id", "title", "issued", "issued_note", "url")


@dataclass(frozen=True, slots=True)
class AdditionPlan:
    """What an `add` will write; `present` are the ids of the items that are there already.

    `problems` are those of the files that cannot be added.
    """

    additions: tuple[Addition, ...]
    present: tuple[str, ...]
    problems: tuple[Problem, ...]
    before: bytes | None
    after: bytes


def plan_addition(
    files: Sequence[Path],
    options: DocumentOptions,
    inputs: Inputs,
    accepts: Accepts = lambda _question: False,
) -> AdditionPlan:
    """Read the files and say what adding them will write; one that cannot be added stops no other.

    `accepts` decides on what is proposed where a document does not say it. Raises UsageError for
    an option that does not fit, EnvironmentFault where a package for reading them is missing.
    """
    holdings = Holdings(inputs)
    listed = holdings.files_listed(files)
    _check_options(list(listed), options)
    additions: list[Addition] = []
    present: list[str] = []
    problems: list[Problem] = []
    for file, in_folder in listed.items():
        if in_folder and (owner := holdings.owner_of(file)):
            present.append(owner)
            continue
        known: list[str] = []
        new: list[Addition] = []
        try:
            for found in _found(file, options, holdings, accepts):
                if isinstance(found, str):
                    known.append(found)
                else:
                    new.append(found)
                    holdings.add(found.entry)
            present += known
            additions += new
        except UnreadableDocument as error:
            problems.append(Problem(Place(printable(file)), str(error)))
        except InvalidInput as error:
            problems += error.problems
    additions = _with_shared_texts(additions, holdings)
    before = holdings.catalogue
    entries = [addition.entry for addition in additions]
    after = with_entries(before or EMPTY_CATALOGUE, entries) if entries else before or b""
    return AdditionPlan(tuple(additions), tuple(present), tuple(problems), before, after)


def _with_shared_texts(additions: list[Addition], holdings: Holdings) -> list[Addition]:
    """The additions, each with a remark on the seeds that share most of its text."""
    new: dict[str, str] = {}
    for one in additions:
        if one.is_seed:
            file = one.entry["custom"]["file"]
            # A file that lies in seeds/ already stays there.
            data = one.new_files.get(file) or holdings.inputs.read(f"seeds/{file}")
            new[one.entry["id"]] = decode_seed(data)
    if not new:
        return additions
    held = {**holdings.seed_texts(), **new}
    remarks: defaultdict[str, list[str]] = defaultdict(list)
    for pair in shared_texts({key: read_seed(text) for key, text in held.items()}):
        for own, other in ((pair.one, pair.other), (pair.other, pair.one)):
            remarks[own].append(
                f"it shares {pair.share:.0%} of its text with {other}, and counts as one origin "
                "with it until derived_from or distinct says more"
            )
    return [replace(a, remarks=(*a.remarks, *remarks[a.entry["id"]])) for a in additions]


def write_addition(plan: AdditionPlan, inputs: Inputs) -> None:
    """Write the files and the catalogue, all of them or none.

    Raises SourcebriefError where `seeds.yaml` changed, or a name was taken, since it was read.
    """
    if not plan.additions:
        return
    changes: dict[str, tuple[bytes | None, bytes]] = {
        f"seeds/{name}": (None, data)
        for addition in plan.additions
        for name, data in addition.new_files.items()
    }
    replace_unchanged(inputs.root, {**changes, CATALOGUE: (plan.before, plan.after)})


def _found(
    file: Path, options: DocumentOptions, holdings: Holdings, accepts: Accepts
) -> Iterator[Addition | str]:
    """Yield what a file adds, or the id of the entry where an item is in the catalogue already."""
    if file.suffix.lower() not in CSL_ENDINGS:
        addition = document_addition(file, options, holdings, accepts)
        if problems := _refused(addition.entry, Place(printable(file))):
            raise InvalidInput(problems)
        yield addition
        return
    problems = []
    seen: set[str] = set()
    for item in read_csl(read_file(file, holdings.inputs), printable(file)):
        if owner := entry_of_item(item, holdings):
            yield owner
            continue
        entry = reference_entry(item, holdings)
        problems += _refused(entry, item.place)
        remarks = [*item.remarks]
        if item.key in seen:
            remarks.append(f"the file has more than one item with the id {item.key!r}")
        seen.add(item.key)
        yield Addition(entry, remarks=tuple(remarks))
    if problems:
        raise InvalidInput(problems)


def _refused(entry: dict[str, Any], place: Place) -> list[Problem]:
    """Return what the model would refuse in an entry once it is written."""
    _, problems = validate(
        CatalogueEntry, text_scalars(entry), YamlFile(place.path, None, None), ()
    )
    return [Problem(place, f"{entry['id']}: {problem.message}") for problem in problems]


def _check_options(files: Sequence[Path], options: DocumentOptions) -> None:
    """Raise UsageError for an option that does not fit the files, or is not of its kind."""
    given = {
        item.name: getattr(options, item.name)
        for item in fields(options)
        if getattr(options, item.name) not in (None, False)
    }
    for name, value in given.items():
        option = f"--{name.replace('_', '-')}"
        if len(files) > 1 and name in _OF_ONE_DOCUMENT:
            raise UsageError(f"{option} describes one document: add that one by itself")
        if all(file.suffix.lower() in CSL_ENDINGS for file in files):
            raise UsageError(f"{option} is for documents: a CSL file describes its items itself")
        if isinstance(value, str) and (not value.strip() or len(value.splitlines()) != 1):
            raise UsageError(f"{option} is one line of text")
    faults = []
    try:
        if options.issued is not None:
            parse_edtf(options.issued)
    except EDTFError as error:
        faults.append(f"--issued: {error}")
    try:
        if options.language is not None:
            month_names(options.language)
    except LanguageError as error:
        faults.append(f"--language: {error}")
    if faults:
        raise UsageError("; ".join(faults))


def entry_of_item(item: CslItem, holdings: Holdings) -> str | None:
    """Return the id of the entry that an item is already, by its key, DOI or address."""
    variables = item.variables
    key = str(variables.get("citation-key") or item.key)
    for entry in holdings.entries:
        known = entry.get("citation-key") or entry["id"]
        if key and known == key and entry.get("title") == variables.get("title"):
            return str(entry["id"])
    return holdings.entry_with("DOI", variables.get("DOI")) or holdings.entry_with(
        "URL", variables.get("URL")
    )


def reference_entry(item: CslItem, holdings: Holdings) -> dict[str, Any]:
    """Make an item an entry with an id of its own; its key there stays as `citation-key`."""
    variables = {name: value for name, value in item.variables.items() if name != "id"}
    key = str(variables.pop("citation-key", None) or item.key)
    # Zotero gives an address as the key where the user gave none.
    name = slug(key) if "/" not in key else ""
    name = name or _author_and_year(variables) or "reference"
    first = ("type", "title", "author", "publisher", "container-title", "issued")
    entry = {"id": unused_id(name, holdings.ids)}
    entry |= {name: variables[name] for name in first if name in variables}
    entry |= {name: value for name, value in variables.items() if name not in first}
    return entry | {"citation-key": key} if key else entry


def _author_and_year(variables: dict[str, Any]) -> str:
    authors = variables.get("author")
    first = authors[0] if isinstance(authors, list) and authors else {}
    name = first.get("family") or first.get("literal") if isinstance(first, dict) else None
    name = name or variables.get("container-title") or variables.get("publisher")
    name = name or variables.get("title") or ""
    year = re.search(r"[0-9]{4}", str(variables.get("issued")))
    return "-".join(filter(None, (slug(str(name), longest=40), year[0] if year else "")))

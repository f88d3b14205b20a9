"""Adding documents to a workspace: seeds with their originals, references out of CSL files.

All of them are added or none: everything is read, extracted and checked before a file is written.
What nothing tells is not guessed: it is asked for, with the option that gives it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sourcebrief.authoring.add_names import (
    same_file_name,
    unused,
    unused_file_name,
)
from sourcebrief.authoring.add_yaml import as_text, with_entries
from sourcebrief.authoring.importing.extract import extract, kind_of
from sourcebrief.authoring.importing.extracted import Unreadable
from sourcebrief.authoring.importing.from_csl import ENDINGS as CSL_ENDINGS
from sourcebrief.authoring.importing.from_csl import read_csl
from sourcebrief.authoring.importing.from_text import is_seed
from sourcebrief.dates.cldr import month_names
from sourcebrief.dates.date_words import LanguageError
from sourcebrief.dates.edtf import EDTFError, parse_edtf
from sourcebrief.dates.in_text import full_dates, states
from sourcebrief.errors import InvalidInput, Place, Problem, SourcebriefError, UsageError
from sourcebrief.evidence.passages import PAGE_BREAK, SeedText, read_seed
from sourcebrief.evidence.quotations import contains_words
from sourcebrief.text.characters import REPLACEMENT
from sourcebrief.text.phrases import slug
from sourcebrief.workspace.model import CatalogueEntry
from sourcebrief.workspace.read_files import CATALOGUE, Inputs, portable
from sourcebrief.workspace.validation import ids_of, validate
from sourcebrief.workspace.write_files import replace_all
from sourcebrief.workspace.yaml_nodes import YamlFile, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sourcebrief.authoring.importing.extracted import Document, Metadata
    from sourcebrief.authoring.importing.from_csl import Record

_STAGING: Final = ".sourcebrief/staging/add"
_NONE_YET: Final = b"references:\n"
_LONGEST_SHOWN: Final = 80
_WHERE_DATES_STAND: Final = 20_000


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever adds a document says of it; it counts before the document's own metadata."""

    id: str | None = None
    type: str | None = None
    title: str | None = None
    issued: str | None = None
    issued_note: str | None = None
    publisher: str | None = None
    container_title: str | None = None
    language: str | None = None
    url: str | None = None
    encoding: str | None = None

    def of_one_document(self) -> str | None:
        """An option that can only be meant for one document, where one was given."""
        for key in ("id", "title", "issued", "issued_note", "url"):
            if getattr(self, key) is not None:
                return f"--{key.replace('_', '-')}"
        return None


@dataclass(frozen=True, slots=True)
class Addition:
    """One entry to add, its files by their names in `seeds/`, and what to say of it.

    `missing` are the keys that were not found and are worth filling in; `copied` the files that are
    new there, others lie there already.
    """

    source: str
    entry: dict[str, Any]
    copied: dict[str, bytes] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    paragraphs: int = 0
    pages: int | None = None

    @property
    def id(self) -> str:
        """The entry's id."""
        found: str = self.entry["id"]
        return found

    @property
    def is_seed(self) -> bool:
        """Whether quotations can be found in it."""
        return "custom" in self.entry


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an `add` would do: `present` are the items that are in the catalogue already."""

    additions: tuple[Addition, ...]
    present: tuple[tuple[str, str], ...]
    before: bytes | None
    after: bytes


class _Shelf:
    """What the catalogue and the folder beside it hold, and what this run adds to them."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.before = _catalogue(inputs)
        document = load(self.before or _NONE_YET, CATALOGUE)
        if not isinstance(document.value, dict | None):
            place = document.place()
            message = "not a mapping; write `references:` and the documents under it"
            raise InvalidInput([Problem(place, message)])
        self.ids = {*ids_of(document, "references"), *_event_ids(inputs)}
        self.entries = [
            entry for entry in _listed(document) if isinstance(entry, dict) and entry.get("id")
        ]
        self.hashes: dict[str, str] = {}
        self.files: set[str] = set()
        for entry in self.entries:
            custom = entry.get("custom")
            for held in (custom, custom.get("original") if isinstance(custom, dict) else None):
                if isinstance(held, dict):
                    self.hashes.setdefault(str(held.get("sha256")), str(entry["id"]))
                    self.files.add(same_file_name(str(held.get("file"))))
        folder = inputs.root / "seeds"
        self.names = {same_file_name(path.name) for path in folder.iterdir()} | self.files

    def same(self, key: str, value: str | None) -> str | None:
        """The id of the entry that has this value of a CSL variable already."""
        wanted = _comparable(key, value)
        for entry in self.entries:
            if wanted and _comparable(key, entry.get(key)) == wanted:
                return str(entry["id"])
        return None

    def take(self, entry: dict[str, Any], hashes: Iterable[str], names: Iterable[str]) -> None:
        self.ids.add(entry["id"])
        self.entries.append(entry)
        self.hashes.update(dict.fromkeys(hashes, entry["id"]))
        self.names |= set(map(same_file_name, names))


def plan(files: Sequence[Path], given: Given, inputs: Inputs) -> Plan:
    """Read the files and say what adding them would do; nothing is written.

    Raises InvalidInput with every problem of every file, UsageError for an option that cannot be
    meant, EnvironmentFault where a package for reading them is missing.
    """
    _check_options(files, given)
    shelf = _Shelf(inputs)
    additions: list[Addition] = []
    present: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for file in files:
        try:
            if file.suffix.lower() in CSL_ENDINGS:
                more, there = _references(file, shelf)
                additions += more
                present += there
            else:
                additions.append(_seed(file, given, shelf, alone=len(files) == 1))
        except Unreadable as error:
            problems.append(Problem(Place(shown(file)), str(error)))
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(problems)
    before = shelf.before
    entries = [addition.entry for addition in additions]
    after = with_entries(before or _NONE_YET, entries) if entries else before or _NONE_YET
    return Plan(tuple(additions), tuple(present), before, after)


def write(plan: Plan, inputs: Inputs) -> None:
    """Write the files and the catalogue, all of them or none.

    Raises SourcebriefError where somebody changed `seeds.yaml`, or took a name, since it was read.
    """
    if not plan.additions:
        return
    catalogue = (inputs.root / CATALOGUE).resolve()
    now = catalogue.read_bytes() if catalogue.exists() else None
    if now != plan.before:
        raise SourcebriefError(
            f"{CATALOGUE} was changed meanwhile; nothing was added: run it again"
        )
    outputs: dict[Path, bytes] = {}
    for addition in plan.additions:
        for name, data in addition.copied.items():
            target = inputs.root / "seeds" / name
            if target.exists() or target.is_symlink():
                raise SourcebriefError(f"seeds/{name} has appeared meanwhile; run it again")
            outputs[target] = data
    # The catalogue last: what it names is there before it does.
    replace_all({**outputs, catalogue: plan.after}, inputs.root / _STAGING)


def shown(file: Path) -> str:
    """A path as it is shown: names may hold bytes that are no letters, and what moves a cursor."""
    return "".join(c if c.isprintable() else REPLACEMENT for c in str(file))


# --- what stands already --------------------------------------------------------------------------


def _catalogue(inputs: Inputs) -> bytes | None:
    """The bytes of `seeds.yaml`, None where there is none yet."""
    problems: list[Problem] = []
    if not (inputs.root / CATALOGUE).exists():
        return None
    data = inputs.read_or_report(CATALOGUE, Place(CATALOGUE), problems)
    if data is None:
        raise InvalidInput(problems)
    return data


def _listed(document: YamlFile) -> list[Any]:
    listed = document.get("references")
    return listed if isinstance(listed, list) else []


def _event_ids(inputs: Inputs) -> Iterable[str]:
    """The ids of all events: they share their name space with the catalogue's."""
    for path in sorted((inputs.root / "briefings").rglob("*.y*ml")):
        try:
            name = path.relative_to(inputs.root).as_posix()
            yield from ids_of(load(inputs.read(name), name), "events")
        except (InvalidInput, OSError):
            # What is wrong in a briefing is told by a check of it.
            continue


def _comparable(key: str, value: Any) -> str:
    text = str(value or "").strip()
    if key == "DOI":
        return re.sub(r"^https?://(dx\.)?doi\.org/", "", text.lower())
    if key == "URL":
        return re.sub(r"^https?://(www\.)?", "", text.split("#")[0]).rstrip("/")
    return text


# --- options --------------------------------------------------------------------------------------


def _check_options(files: Sequence[Path], given: Given) -> None:
    option = given.of_one_document()
    if option and len(files) > 1:
        raise UsageError(f"{option} describes one document: add that one by itself")
    described = [item.name for item in fields(given) if getattr(given, item.name) is not None]
    if described and all(file.suffix.lower() in CSL_ENDINGS for file in files):
        option = described[0].replace("_", "-")
        raise UsageError(f"--{option} is for documents: a CSL file says of each item what it is")
    if given.issued is not None:
        try:
            parse_edtf(given.issued)
        except EDTFError as error:
            raise UsageError(f"--issued: {error}") from None
    if given.language is not None:
        try:
            month_names(given.language)
        except LanguageError as error:
            raise UsageError(f"--language: {error}") from None
    for item in fields(given):
        value = getattr(given, item.name)
        if value is not None and (not value.strip() or len(value.splitlines()) != 1):
            raise UsageError(f"--{item.name.replace('_', '-')} is one line of text")


# --- documents ------------------------------------------------------------------------------------


def _read(file: Path, inputs: Inputs) -> bytes:
    try:
        return inputs.read(str(file.absolute()))
    except FileNotFoundError:
        raise Unreadable("there is no such file; correct the name") from None
    except IsADirectoryError:
        raise Unreadable("it is a folder; name the files in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unreadable(f"cannot read it: {reason.lower()}") from None


def _seed(file: Path, given: Given, shelf: _Shelf, *, alone: bool) -> Addition:
    data = _read(file, shelf.inputs)
    digest = hashlib.sha256(data).hexdigest()
    if digest in shelf.hashes:
        raise Unreadable(f"it is a seed already: {shelf.hashes[digest]!r}; leave it out")
    kind = kind_of(file.name, data)
    document = extract(kind, data, encoding=given.encoding)
    seed_data = document.text.encode()
    verbatim = kind == "text" and is_seed(data, document.text)
    seed_digest = digest if verbatim else hashlib.sha256(seed_data).hexdigest()
    if seed_digest in shelf.hashes:
        owner = shelf.hashes[seed_digest]
        raise Unreadable(f"its text is that of {owner!r} already; leave it out")
    seed = read_seed(document.text)
    described = _described(given, document, seed, alone=alone)
    metadata = document.metadata
    copied: dict[str, bytes] = {}
    name = _placed(file, data, file.suffix.lower(), shelf, copied)
    custom: dict[str, Any] = {"file": name, "sha256": digest}
    if not verbatim:
        text_name = unused_file_name(
            Path(name).stem, ".txt", shelf.names | set(map(same_file_name, copied))
        )
        copied[text_name] = seed_data
        custom = {
            "file": text_name,
            "sha256": seed_digest,
            "original": {"file": name, "sha256": digest},
        }
    entry = _entry(file, given, metadata, described, shelf.ids)
    entry["custom"] = custom | described["custom"]
    _require_valid(entry, Place(shown(file)))
    remarks = list(document.remarks)
    twins = [(key, shelf.same(key, entry.get(key))) for key in ("URL", "DOI")]
    remarks += [
        f"its {key} is also that of {twin!r}: where that is the same document, keep one of them"
        for key, twin in twins
        if twin is not None
    ]
    if metadata.issued == entry["issued"] and entry["custom"]["issued_basis"] == "external":
        remarks += _dates_instead(document.text, entry["language"])
    shelf.take(entry, (digest, seed_digest), (name, *copied))
    missing = [] if entry.keys() & {"publisher", "container-title"} else ["publisher"]
    missing += [] if "URL" in entry else ["URL"]
    return Addition(
        source=shown(file),
        entry=entry,
        copied=copied,
        missing=tuple(missing),
        remarks=tuple(remarks),
        paragraphs=len(seed.paragraphs),
        pages=document.text.count(PAGE_BREAK) + 1 if PAGE_BREAK in document.text else None,
    )


def _dates_instead(text: str, language: str) -> list[str]:
    """What to look at where metadata date a document: they may be those of a copy."""
    named = full_dates(text[:_WHERE_DATES_STAND], language)
    if not named:
        return []
    day = named[0].isoformat()
    return [
        f"the first date in its text is {day}; where that is its own, correct the entry: "
        f"issued: {day} and issued_basis: stated, without issued_note"
    ]


def _described(given: Given, document: Document, seed: SeedText, *, alone: bool) -> dict[str, Any]:
    """Title, date and language with what `custom` says of them; Unreadable with all that lacks."""
    metadata = document.metadata
    title, supplied = given.title or metadata.title, False
    if given.title is not None:
        known = metadata.title is not None and given.title == metadata.title
        supplied = not known and not contains_words(given.title, seed)
    language = given.language or metadata.language
    issued = given.issued or metadata.issued
    wanted: dict[str, str] = {}
    if title is None:
        proposed = document.title_proposed
        wanted["title"] = _quoted(proposed[:_LONGEST_SHOWN]) if proposed else "'...'"
    if issued is None:
        named = full_dates(document.text[:_WHERE_DATES_STAND], language) if language else ()
        wanted["date"] = named[0].isoformat() if named else "YYYY-MM-DD"
    if language is None:
        wanted["language"] = "en"
    if wanted:
        options = {"title": "--title", "date": "--issued", "language": "--language"}
        asked = " ".join(f"{options[what]} {value}" for what, value in wanted.items())
        nothing = " or ".join(filter(None, [", ".join([*wanted][:-1]), [*wanted][-1]]))
        how = "say it" if alone else "add it by itself and say it"
        raise Unreadable(f"no {nothing} is found in it; {how}, as: {asked}")
    assert issued is not None  # noqa: S101 - it would have been asked for
    assert language is not None  # noqa: S101 - as above
    custom: dict[str, Any] = {}
    if states(document.text, parse_edtf(issued), language):
        custom["issued_basis"] = "stated"
    else:
        note = given.issued_note
        if note is None and issued == metadata.issued:
            note = f"From the document’s metadata ({metadata.issued_from})"
        if note is None:
            raise Unreadable(
                f"its text does not state the date {issued}; say how it is known, "
                "as: --issued-note 'Date of the press release'"
            )
        custom |= {"issued_basis": "external", "issued_note": note}
    if supplied:
        custom["title_supplied"] = "true"
    return {"title": title, "issued": issued, "language": language, "custom": custom}


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "’") + "'"


def _entry(
    file: Path, given: Given, metadata: Metadata, described: dict[str, Any], taken: set[str]
) -> dict[str, Any]:
    publisher = given.publisher or metadata.publisher
    container = given.container_title or metadata.container_title
    year = re.search(r"[0-9X]{4}", described["issued"])
    if given.id is not None:
        if given.id in taken:
            raise Unreadable(f"the id {given.id!r} is taken; give another --id")
        found = given.id
    else:
        name = slug(container or publisher or "", longest=40) or slug(file.stem, longest=40)
        ending = f"-{year[0].replace('X', '0')}" if year else ""
        name = name or "seed"
        found = unused(name if name.endswith(ending) else f"{name}{ending}", taken)
    entry = {
        "id": found,
        "type": given.type or metadata.type or "document",
        "title": described["title"],
        "publisher": publisher,
        "container-title": container,
        "issued": described["issued"],
        "URL": given.url or metadata.url,
        "DOI": metadata.doi,
        "language": described["language"],
    }
    return {key: value for key, value in entry.items() if value is not None}


def _placed(file: Path, data: bytes, ending: str, shelf: _Shelf, copied: dict[str, bytes]) -> str:
    """The name of the file in `seeds/`: where it lies there already, its own."""
    folder = (shelf.inputs.root / "seeds").resolve()
    real = file.resolve()
    if real.is_relative_to(folder):
        name = real.relative_to(folder).as_posix()
        if same_file_name(name) in shelf.files:
            raise Unreadable(
                f"{name} is the file of an entry already; `sourcebrief pin` accepts it"
            )
        if name != shown(Path(name)):
            raise Unreadable("its name holds what is no printable letter; rename the file")
        if fault := portable(name):
            raise Unreadable(f"its name {fault}")
        return name
    name = unused_file_name(file.name[: len(file.name) - len(file.suffix)], ending, shelf.names)
    copied[name] = data
    return name


def _require_valid(entry: dict[str, Any], place: Place) -> None:
    """Raise InvalidInput where the model would refuse an entry once it is written."""
    problems: list[Problem] = []
    nowhere = YamlFile(place.path, None, None)
    if validate(CatalogueEntry, as_text(entry), nowhere, (), problems) is None:
        name = str(entry.get("id", "the entry"))
        raise InvalidInput(
            Problem(place, f"{name}: {problem.message}", problem.severity) for problem in problems
        )


# --- references -----------------------------------------------------------------------------------


def _references(file: Path, shelf: _Shelf) -> tuple[list[Addition], list[tuple[str, str]]]:
    additions: list[Addition] = []
    present: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for record in read_csl(_read(file, shelf.inputs), shown(file)):
        owner = _owner(record, shelf)
        if owner is not None:
            present.append((record.key, owner))
            continue
        entry = _reference(record, shelf)
        try:
            _require_valid(entry, record.place)
        except InvalidInput as error:
            problems += error.problems
            continue
        shelf.take(entry, (), ())
        remarks = ("its `custom` was left out: that is for what is said here",)
        additions.append(Addition(shown(file), entry, remarks=remarks if record.dropped else ()))
    if problems:
        raise InvalidInput(problems)
    return additions, present


def _owner(record: Record, shelf: _Shelf) -> str | None:
    """The entry that an item is already, by its key, DOI or address."""
    variables = record.variables
    key = str(variables.get("citation-key") or record.key)
    for entry in shelf.entries:
        known = entry.get("citation-key") or entry["id"]
        if key and known == key and entry.get("title") == variables.get("title"):
            return str(entry["id"])
    return shelf.same("DOI", variables.get("DOI")) or shelf.same("URL", variables.get("URL"))


def _reference(record: Record, shelf: _Shelf) -> dict[str, Any]:
    variables = dict(record.variables)
    old = str(variables.pop("citation-key", None) or record.key)
    variables.pop("id", None)
    name = slug(old) if old and "://" not in old and "/" not in old else ""
    name = name or _authored(variables) or "reference"
    entry: dict[str, Any] = {"id": unused(name, shelf.ids)}
    for key in ("type", "title", "author", "publisher", "container-title", "issued"):
        if key in variables:
            entry[key] = variables.pop(key)
    entry |= variables
    if old:
        entry["citation-key"] = old
    return entry


def _authored(variables: dict[str, Any]) -> str:
    """An id for an item whose key is an address: its first author, or where it stands, and year."""
    authors = variables.get("author")
    first = authors[0] if isinstance(authors, list) and authors else {}
    name = first.get("family") or first.get("literal") if isinstance(first, dict) else None
    name = name or variables.get("container-title") or variables.get("publisher")
    name = name or variables.get("title") or ""
    year = re.search(r"[0-9]{4}", str(variables.get("issued")))
    return "-".join(filter(None, (slug(str(name), longest=40), year[0] if year else "")))

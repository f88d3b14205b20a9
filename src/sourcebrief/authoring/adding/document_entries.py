"""A document as an entry of the catalogue.

What is not known is not guessed: the message asks for it and names the option that gives it.
"""

import codecs
import hashlib
import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, TypeAlias

from sourcebrief.authoring.adding.holdings import (
    Holdings,
    same_file_name,
    unused_file_name,
    unused_id,
)
from sourcebrief.authoring.importing.extract import extract, importable_format
from sourcebrief.authoring.importing.extraction import (
    Extraction,
    ScannedDocument,
    UnreadableDocument,
    is_foreign_title,
    letters_of,
)
from sourcebrief.authoring.importing.ocr import missing_program, recognise
from sourcebrief.authoring.importing.proposals import (
    first_date_in,
    likeliest_language,
    own_date,
    proposed_title,
)
from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.in_text import states
from sourcebrief.evidence.passages import PAGE_BREAK, SeedText, read_seed
from sourcebrief.evidence.quotations import occurrences
from sourcebrief.text.characters import REPLACEMENT
from sourcebrief.text.phrases import slug
from sourcebrief.workspace.read_files import Inputs, portable
from sourcebrief.workspace.yaml_writing import scalar

Accepts: TypeAlias = Callable[[str], bool]
"""Asks the user whether what is proposed is right, in words that end with a question mark."""
_DESCRIBED: Final = ("type", "title", "publisher", "container_title", "issued", "url", "language")
"""What the user may say, and else the document's metadata."""
_REQUIRED: Final = {"title": "title", "issued": "date", "language": "language"}
_DATED_BY_ITSELF: Final = "The date comes from the document's metadata, not from its text."
_FILE_MADE: Final = "Not in the text; it is the day on which the file was made."
_DATED_BY: Final = {
    "CreationDate": _FILE_MADE,
    "created": _FILE_MADE,
    "address": "Not in the text; it is in the web address.",
}
"""How a date of the metadata is known, by the field: a note that readers see."""
_TELLING: Final = 100
"""Characters that say what language a text is in."""
_TO_FILL_IN: Final = {
    "title": "...",
    "issued": "YYYY-MM-DD",
    "issued_note": "How the date is known",
    "language": "en",
}


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """What the user says about a document; it counts before the document's own metadata."""

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
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Addition:
    """An entry to add, with its new files by their names in `seeds/`, and remarks on it.

    `missing` are the keys that are worth filling in and were not found.
    """

    entry: dict[str, Any]
    new_files: dict[str, bytes] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    paragraphs: int = 0
    pages: int | None = None

    @property
    def is_seed(self) -> bool:
        """Say whether quotations can be found in it."""
        return "custom" in self.entry


def printable(file: Path) -> str:
    """Write a path for a message; a name may hold bytes that are not letters, and controls."""
    return "".join(c if c.isprintable() else REPLACEMENT for c in str(file))


def read_file(file: Path, inputs: Inputs) -> bytes:
    """Return the bytes of a file that the user named. Raises UnreadableDocument."""
    try:
        return inputs.read(str(file.absolute()))
    except FileNotFoundError:
        raise UnreadableDocument("there is no such file; correct the name") from None
    except IsADirectoryError:
        raise UnreadableDocument("it is a folder; name the files in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableDocument(f"cannot read it: {reason.lower()}") from None


_AGAIN: Final = "edit its entry in seeds.yaml, or `sourcebrief remove {}` and add it again"


def document_addition(
    file: Path, options: DocumentOptions, holdings: Holdings, accepts: Accepts
) -> Addition:
    """Make a document an entry; `accepts` decides on what is proposed where it says nothing.

    Raises UnreadableDocument with what is wrong with it or missing.
    """
    data = read_file(file, holdings.inputs)
    if owner := holdings.owners.get(_sha256(data)):
        raise UnreadableDocument(f"it is a seed already: {owner!r}; {_AGAIN.format(owner)}")
    document_format = importable_format(file.name, data)
    found = _extracted(file, document_format, data, options)
    text = found.text.encode()
    if owner := holdings.owners.get(_sha256(text)):
        raise UnreadableDocument(f"its text is that of {owner!r} already; leave it out")
    seed = read_seed(found.text)
    said, taken = _described(file, options, found, accepts)
    entry = _entry(file, options, said, found, holdings)
    date = _date_basis(options, found, entry)
    pins, new_files = stored_files(file, data, text, holdings)
    entry["custom"] = pins | date
    if _is_own_title(options, found, seed):
        entry["custom"]["title_supplied"] = True
    if found.ignored:
        entry["custom"]["ignore"] = _ranges(found.ignored)
    if found.recognised:
        entry["custom"]["recognised"] = True
    missing = [] if entry.keys() & {"publisher", "container-title"} else ["publisher"]
    missing += [] if "URL" in entry else ["URL"]
    remarks = (*taken, *found.remarks, *_twins(entry, holdings))
    return Addition(
        entry=entry,
        new_files=new_files,
        missing=tuple(missing),
        remarks=(*remarks, *_doubts(entry["title"], options, found)),
        paragraphs=len(seed.paragraphs),
        pages=found.text.count(PAGE_BREAK) + 1 if PAGE_BREAK in found.text else None,
    )


def _extracted(
    file: Path, document_format: str, data: bytes, options: DocumentOptions
) -> Extraction:
    """Extract a document, of a scan what OCR recognises where the user asks for that."""
    try:
        return extract(document_format, data, encoding=options.encoding)
    except ScannedDocument as scan:
        if not options.ocr:
            more = {name: _TO_FILL_IN[name] for name in _REQUIRED}
            first = f"{missing_program()}, then " if missing_program() else ""
            raise UnreadableDocument(
                f"{scan}; {first}fill in what you read on it and run it: "
                f"{_command(file, replace(options, ocr=True), more)}"
            ) from None
    searchable = recognise(data, options.language)
    return replace(extract(document_format, searchable), recognised=True)


def _ranges(numbers: Sequence[int]) -> list[int | str]:
    """Write the numbers of paragraphs as `ignore` has them: `[1, 3-4]`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [first if first == last else f"{first}-{last}" for first, last in runs]


def _doubts(title: str, options: DocumentOptions, found: Extraction) -> Iterator[str]:
    if found.title_doubtful and options.title is None and title == found.metadata.title:
        yield (
            f"its title is “{title}”: where that is not the document's own, correct "
            f"the entry: title: {scalar(proposed_title(found) or '...')}"
        )
    if found.ignored:
        listed = ", ".join(map(str, _ranges(found.ignored)))
        yield (
            f"the page has other columns, which stand under `ignore` (¶ {listed}); take out of "
            "that list what is part of the document"
        )
    if found.recognised:
        yield "its text was recognised from a picture: compare each quotation with the original"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _described(
    file: Path, options: DocumentOptions, found: Extraction, accepts: Accepts
) -> tuple[dict[str, Any], list[str]]:
    """Return what the user and the document say, and remarks on what was proposed and accepted.

    Raises UnreadableDocument where a title, a date, a language or the basis of a date is missing,
    with one command that gives what is proposed for all of them.
    """
    metadata = found.metadata
    said = {name: getattr(options, name) or getattr(metadata, name) for name in _DESCRIBED}
    named = letters_of(metadata.title or "") == letters_of(file.stem)
    if named and is_foreign_title(metadata.title, found.text):
        said["title"] = options.title  # a program made it of the file's name
    absent = " or ".join(word for name, word in _REQUIRED.items() if not said[name])
    reasons = [f"no {absent} is found in it"] if absent else []
    remarks = []
    likeliest = likeliest_language(found.text)
    written = (said["language"] or "").split("-")[0].lower()
    if options.language and likeliest not in (None, written):
        remarks.append(
            f"its words look like {likeliest}, not {options.language}; correct the entry if so"
        )
    elif written == "en" and likeliest not in (None, "en") and len(found.text) > _TELLING:
        # English is what programs and templates write where nobody says another language.
        reasons.append(f"its words look like {likeliest}, not {said['language']}")
        said["language"] = None
    language = said["language"] or likeliest
    own = own_date(found, language)
    first = own or first_date_in(found.text, language)
    if options.issued is None and said["issued"] and own not in (None, said["issued"]):
        if _DATED_BY.get(metadata.issued_from or "") == _FILE_MADE:
            reasons.append(f"its text is dated {own}, its file {said['issued']}")
            said["issued"] = None
        elif not _is_stated(said["issued"], language, found):
            remarks.append(
                f"the date {own} stands by itself in its text; where that is its own, correct the "
                f"entry: issued: {own} and issued_basis: stated, without issued_note"
            )
    proposed = {"title": proposed_title(found), "issued": first, "language": language}
    proposals = {name: value for name, value in proposed.items() if not said[name]}
    more = {name: value or _TO_FILL_IN[name] for name, value in proposals.items()}
    issued = said["issued"] or first
    if options.issued_note is None and not (
        issued and (issued == metadata.issued or _is_stated(issued, language, found))
    ):
        more["issued_note"] = _TO_FILL_IN["issued_note"]
        if said["issued"]:
            other = f" but {first}" if first else ""
            reasons.append(f"its text does not state the date {issued}{other}; say how it is known")
    if not more:
        return said, remarks
    words = ", ".join(f"{_REQUIRED[name]} {value}" for name, value in proposals.items())
    if more == proposals and accepts(f"{printable(file)}: take {words}?"):
        taken = [f"{_REQUIRED[name]} proposed from its text: {more[name]}" for name in proposals]
        return said | proposals, [*taken, *remarks]
    raise UnreadableDocument(
        f"{'; '.join(reasons)}; check this and run it: {_command(file, options, more)}"
    )


def _is_stated(issued: str, language: str | None, found: Extraction) -> bool:
    """Say whether the text states a date, as far as its language is known."""
    return language is None or states(found.text, parse_edtf(issued), language)


def _command(file: Path, options: DocumentOptions, more: Mapping[str, str]) -> str:
    """Return the command that adds a document with what the user gave and more."""
    words = ["sourcebrief", "add", shlex.quote(printable(file))]
    for item in fields(options):
        value = getattr(options, item.name) or more.get(item.name)
        if value:
            words.append(f"--{item.name.replace('_', '-')}")
            words += [] if value is True else [shlex.quote(value)]
    return " ".join(words)


def _entry(
    file: Path,
    options: DocumentOptions,
    said: dict[str, Any],
    found: Extraction,
    holdings: Holdings,
) -> dict[str, Any]:
    """Return the entry, with its CSL variables in the order in which they are written."""
    if options.id in holdings.ids:
        raise UnreadableDocument(f"the id {options.id!r} is taken; give another --id")
    entry = {
        "id": options.id or _id(file, said, holdings),
        "type": said["type"] or "document",
        "title": said["title"],
        "publisher": said["publisher"],
        "container-title": said["container_title"],
        "issued": said["issued"],
        "URL": said["url"],
        "DOI": found.metadata.doi,
        "language": said["language"],
    }
    return {key: value for key, value in entry.items() if value is not None}


def _id(file: Path, said: dict[str, Any], holdings: Holdings) -> str:
    """Make an id of the publisher, else the file's name, and the year."""
    issuer = said["container_title"] or said["publisher"] or ""
    name = slug(issuer, longest=40) or slug(file.stem, longest=40)
    year = re.search(r"[0-9X]{4}", said["issued"])
    ending = year[0].replace("X", "0") if year else ""
    words = (name or "seed").split("-")
    return unused_id("-".join(words if ending in (*words, "") else [*words, ending]), holdings.ids)


def _date_basis(
    options: DocumentOptions, found: Extraction, entry: dict[str, Any]
) -> dict[str, str]:
    """Say how the date is known: one that the text does not state has a note, or is metadata's."""
    issued, metadata = entry["issued"], found.metadata
    if _is_stated(issued, entry["language"], found):
        return {"issued_basis": "stated"}
    if options.issued_note is not None:
        return {"issued_basis": "external", "issued_note": options.issued_note}
    # What a document says of itself is no other source.
    note = _DATED_BY.get(metadata.issued_from or "", _DATED_BY_ITSELF)
    return {"issued_basis": "inferred", "issued_note": note}


def _is_own_title(options: DocumentOptions, found: Extraction, seed: SeedText) -> bool:
    """Say whether the user made the title, and the document does not have it."""
    title = options.title
    return title is not None and title != found.metadata.title and not any(occurrences(title, seed))


def stored_files(
    file: Path, data: bytes, text: bytes, holdings: Holdings
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the pins of a document, and the files that are new in `seeds/`.

    Where the text that was extracted is that of the document, the document itself is the seed.
    """
    new_files: dict[str, bytes] = {}
    name = _name_in_seeds(file, holdings)
    if name is None:
        stem = file.name[: len(file.name) - len(file.suffix)]
        name = unused_file_name(stem, file.suffix.lower(), holdings.file_names)
        new_files[name] = data
    pin = {"file": name, "sha256": _sha256(data)}
    if data.removeprefix(codecs.BOM_UTF8) == text:
        return pin, new_files
    taken = holdings.file_names | {same_file_name(name)}
    text_name = unused_file_name(Path(name).stem, ".txt", taken)
    new_files[text_name] = text
    return {"file": text_name, "sha256": _sha256(text), "original": pin}, new_files


def _name_in_seeds(file: Path, holdings: Holdings) -> str | None:
    """Return the name of a file that lies in `seeds/` already; None where it lies elsewhere."""
    folder = (holdings.inputs.root / "seeds").resolve()
    real = file.resolve()
    if not real.is_relative_to(folder):
        return None
    name = real.relative_to(folder).as_posix()
    if same_file_name(name) in holdings.files_of_entries:
        raise UnreadableDocument(
            f"{name} is the file of an entry already; `sourcebrief pin` accepts its change"
        )
    if name != printable(Path(name)):
        raise UnreadableDocument("its name holds characters that cannot print; rename the file")
    if fault := portable(name):
        raise UnreadableDocument(f"its name {fault}")
    return name


def _twins(entry: dict[str, Any], holdings: Holdings) -> list[str]:
    found = [(key, holdings.entry_with(key, entry.get(key))) for key in ("URL", "DOI")]
    return [
        f"its {key} is also that of {twin!r}: where that is the same document, keep one of them"
        for key, twin in found
        if twin is not None
    ]

"""A document as an entry of the catalogue.

What is not known is not guessed: the message asks for it and names the option that gives it.
"""

import codecs
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sourcebrief.authoring.adding.holdings import (
    Holdings,
    same_file_name,
    unused_file_name,
    unused_id,
)
from sourcebrief.authoring.importing.extract import extract, importable_format
from sourcebrief.authoring.importing.extraction import Extraction, UnreadableDocument
from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.in_text import full_dates, states
from sourcebrief.evidence.passages import PAGE_BREAK, SeedText, read_seed
from sourcebrief.evidence.quotations import occurrences
from sourcebrief.text.characters import REPLACEMENT
from sourcebrief.text.phrases import slug
from sourcebrief.workspace.read_files import Inputs, portable

_LONGEST_TITLE_SHOWN: Final = 80
_DESCRIBED: Final = ("type", "title", "publisher", "container_title", "issued", "url", "language")
"""What the user may say, and else the document's metadata."""
_SEARCHED_FOR_DATES: Final = 20_000
"""The characters at a document's head in which its date is looked for."""


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


def document_addition(
    file: Path, options: DocumentOptions, holdings: Holdings, *, alone: bool
) -> Addition:
    """Make a document an entry; `alone` where the options can describe it.

    Raises UnreadableDocument with what is wrong with it or missing.
    """
    data = read_file(file, holdings.inputs)
    if owner := holdings.owners.get(_sha256(data)):
        raise UnreadableDocument(f"it is a seed already: {owner!r}; leave it out")
    document_format = importable_format(file.name, data)
    found = extract(document_format, data, encoding=options.encoding)
    text = found.text.encode()
    verbatim = document_format == "text" and data.removeprefix(codecs.BOM_UTF8) == text
    if not verbatim and (owner := holdings.owners.get(_sha256(text))):
        raise UnreadableDocument(f"its text is that of {owner!r} already; leave it out")
    seed = read_seed(found.text)
    entry = _entry(file, options, found, holdings, alone=alone)
    date = _date_basis(options, found, entry)
    pins, new_files = stored_files(file, data, None if verbatim else text, holdings)
    entry["custom"] = pins | date
    if _is_own_title(options, found, seed):
        entry["custom"]["title_supplied"] = "true"
    missing = [] if entry.keys() & {"publisher", "container-title"} else ["publisher"]
    missing += [] if "URL" in entry else ["URL"]
    return Addition(
        entry=entry,
        new_files=new_files,
        missing=tuple(missing),
        remarks=(*found.remarks, *_twins(entry, holdings), *_other_date(found, entry)),
        paragraphs=len(seed.paragraphs),
        pages=found.text.count(PAGE_BREAK) + 1 if PAGE_BREAK in found.text else None,
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _require_described(said: dict[str, str | None], found: Extraction, *, alone: bool) -> None:
    """Raise UnreadableDocument that asks for a title, date or language that is missing."""
    title = (found.title_proposed or "...")[:_LONGEST_TITLE_SHOWN].replace("'", "’")
    date = _first_date(found, said["language"]) or "YYYY-MM-DD"
    asked = {
        name: option
        for key, name, option in (
            ("title", "title", f"--title '{title}'"),
            ("issued", "date", f"--issued {date}"),
            ("language", "language", "--language en"),
        )
        if not said[key]
    }
    if asked:
        names = " or ".join(filter(None, [", ".join([*asked][:-1]), [*asked][-1]]))
        how = "say it" if alone else "add it by itself and say it"
        raise UnreadableDocument(
            f"no {names} is found in it; {how}, as: {' '.join(asked.values())}"
        )


def _first_date(found: Extraction, language: str | None) -> str | None:
    named = full_dates(found.text[:_SEARCHED_FOR_DATES], language) if language else ()
    return named[0].isoformat() if named else None


def _entry(
    file: Path, options: DocumentOptions, found: Extraction, holdings: Holdings, *, alone: bool
) -> dict[str, Any]:
    """Return the entry, with its CSL variables in the order in which they are written."""
    said = {name: getattr(options, name) or getattr(found.metadata, name) for name in _DESCRIBED}
    _require_described(said, found, alone=alone)
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
    ending = f"-{year[0].replace('X', '0')}" if year else ""
    return unused_id(f"{(name or 'seed').removesuffix(ending)}{ending}", holdings.ids)


def _date_basis(
    options: DocumentOptions, found: Extraction, entry: dict[str, Any]
) -> dict[str, str]:
    """Say how the date is known. Raises UnreadableDocument where nothing says it."""
    issued, metadata = entry["issued"], found.metadata
    if states(found.text, parse_edtf(issued), entry["language"]):
        return {"issued_basis": "stated"}
    note = options.issued_note
    if note is None and issued == metadata.issued:
        note = f"From the document’s metadata ({metadata.issued_from})"
    if note is None:
        raise UnreadableDocument(
            f"its text does not state the date {issued}; say how it is known, "
            "as: --issued-note 'Date of the press release'"
        )
    return {"issued_basis": "external", "issued_note": note}


def _is_own_title(options: DocumentOptions, found: Extraction, seed: SeedText) -> bool:
    """Say whether the user made the title, and the document does not have it."""
    title = options.title
    return title is not None and title != found.metadata.title and not any(occurrences(title, seed))


def stored_files(
    file: Path, data: bytes, text: bytes | None, holdings: Holdings
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the pins of a document, and the files that are new in `seeds/`.

    `text` is what was extracted, None where the document itself is the seed.
    """
    new_files: dict[str, bytes] = {}
    name = _name_in_seeds(file, holdings)
    if name is None:
        stem = file.name[: len(file.name) - len(file.suffix)]
        name = unused_file_name(stem, file.suffix.lower(), holdings.file_names)
        new_files[name] = data
    pin = {"file": name, "sha256": _sha256(data)}
    if text is None:
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


def _other_date(found: Extraction, entry: dict[str, Any]) -> list[str]:
    """Remark on a date from the metadata, which may be that of a copy."""
    if found.metadata.issued != entry["issued"] or "issued_note" not in entry["custom"]:
        return []
    day = _first_date(found, entry["language"])
    if day is None:
        return []
    return [
        f"the first date in its text is {day}; where that is its own, correct the entry: "
        f"issued: {day} and issued_basis: stated, without issued_note"
    ]

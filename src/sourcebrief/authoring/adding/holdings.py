"""What a workspace holds already, and ids and file names for new entries that differ from it."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any, Final

from sourcebrief.errors import InvalidInput, Problem, UsageError
from sourcebrief.evidence.passages import decode_seed
from sourcebrief.workspace.read_files import CATALOGUE, Inputs, portable, require_catalogue
from sourcebrief.workspace.validation import ids_of
from sourcebrief.workspace.yaml_places import load

EMPTY_CATALOGUE: Final = b"references:\n"
_LONGEST_NAME: Final = 80


class Holdings:
    """The entries of the catalogue, their files, and every id and file name that is taken.

    `catalogue` holds its bytes, None where there is none yet. `owners` gives the id of the entry
    by the hash of each of its files. Names of files are in the form of `same_file_name`: those
    that an entry names, and all that are taken.
    """

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        exists = (inputs.root / CATALOGUE).exists()
        self.catalogue = require_catalogue(inputs) if exists else None
        document = load(self.catalogue or EMPTY_CATALOGUE, CATALOGUE)
        if not isinstance(document.value, dict | None):
            message = "not a mapping; write `references:` and the documents under it"
            raise InvalidInput([Problem(document.place(), message)])
        folder = inputs.root / "seeds"
        self.ids = {*ids_of(document, "references"), *_event_ids(inputs)}
        self.entries: list[dict[str, Any]] = []
        self.owners: dict[str, str] = {}
        self.files_of_entries: set[str] = set()
        self.file_names = {same_file_name(path.name) for path in folder.iterdir()}
        for _, entry in document.mappings("references"):
            if entry.get("id"):
                self.add(entry)

    def add(self, entry: dict[str, Any]) -> None:
        """Count an entry among those held."""
        self.ids.add(str(entry["id"]))
        self.entries.append(entry)
        for file, sha256 in held_files(entry):
            self.owners.setdefault(sha256, str(entry["id"]))
            self.files_of_entries.add(same_file_name(file))
        self.file_names |= self.files_of_entries

    def files_listed(self, paths: Sequence[Path]) -> dict[Path, bool]:
        """Return each file that a user names once, and whether it was only found in a folder.

        Hidden files and the catalogue itself are passed over. Raises UsageError for a folder
        without any file.
        """
        found: dict[Path, bool] = {}
        catalogue = (self.inputs.root / CATALOGUE).resolve()
        for path in paths:
            if not path.is_dir():
                found[path] = False
                continue
            within = [
                file
                for file in sorted(path.rglob("*"))
                # A link that leads nowhere is reported, as when it is named.
                if (file.is_file() or not file.exists())
                and not any(part.startswith(".") for part in file.relative_to(path).parts)
                and file.resolve() != catalogue
            ]
            if not within:
                raise UsageError(f"{path} holds no file to add")
            for file in within:
                found.setdefault(file, True)
        return found

    def owner_of(self, file: Path) -> str | None:
        """Return the id of the entry that has a file already; None where no entry has."""
        try:
            data = self.inputs.read(str(file.absolute()))
        except (OSError, ValueError):
            return None  # adding it says why it cannot be read
        return self.owners.get(hashlib.sha256(data).hexdigest())

    def seed_texts(self) -> dict[str, str]:
        """The text of each seed by its id, without those that cannot be read."""
        found: dict[str, str] = {}
        for entry in self.entries:
            custom = entry.get("custom")
            name = custom.get("file") if isinstance(custom, dict) else None
            try:
                path = self.inputs.inside("seeds", str(name))
                found[str(entry["id"])] = decode_seed(self.inputs.read(path))
            except (OSError, ValueError):
                continue  # `check` reports it
        return found

    def entry_with(self, variable: str, value: str | None) -> str | None:
        """Return the id of the entry in which a CSL variable has this value already."""
        wanted = _comparable(variable, value)
        for entry in self.entries:
            if wanted and _comparable(variable, entry.get(variable)) == wanted:
                return str(entry["id"])
        return None


def held_files(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the file and the pin of an entry's seed, of its original, and of earlier copies."""
    custom = entry.get("custom")
    if not isinstance(custom, dict):
        return
    earlier = custom.get("earlier")
    for held in (custom, custom.get("original"), *(earlier if isinstance(earlier, list) else ())):
        if isinstance(held, dict) and held.get("file"):
            yield str(held["file"]), str(held.get("sha256"))


def _event_ids(inputs: Inputs) -> Iterator[str]:
    """Yield the ids of all events, from which those of entries must differ."""
    for path in sorted((inputs.root / "briefings").rglob("*.y*ml")):
        try:
            name = path.relative_to(inputs.root).as_posix()
            yield from ids_of(load(inputs.read(name), name), "events")
        except (InvalidInput, OSError):
            continue  # a check of that briefing reports what is wrong with it


def _comparable(variable: str, value: Any) -> str:
    text = str(value or "").strip()
    if variable == "DOI":
        return re.sub(r"^https?://(dx\.)?doi\.org/", "", text.lower())
    if variable == "URL":
        return re.sub(r"^https?://(www\.)?", "", text.split("#")[0]).rstrip("/")
    return text


def unused_id(wanted: str, taken: Collection[str]) -> str:
    """Return the id, with a number after it where it is taken."""
    return next(name for name in _numbered(wanted) if name not in taken)


def _numbered(name: str) -> Iterator[str]:
    """Yield a name, then the same with a number after it."""
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def readable_name(stem: str, ending: str) -> str:
    """Make a readable file name without spaces that every system accepts."""
    text = unicodedata.normalize("NFC", stem)
    kept = (c if c.isalnum() or c in "-_.()+," or unicodedata.combining(c) else "-" for c in text)
    name = re.sub("-{2,}", "-", "".join(kept)).strip("-. ,")[:_LONGEST_NAME].rstrip("-. ,")
    while len(name.encode()) > 2 * _LONGEST_NAME:
        name = name[:-1]
    name = name or "document"
    return f"{name}{ending}" if portable(f"{name}{ending}") is None else f"seed-{name}{ending}"


def same_file_name(one: str) -> str:
    """Return the form in which two names are equal that are one file on some system."""
    return unicodedata.normalize("NFC", one).casefold()


def unused_file_name(stem: str, ending: str, taken: Collection[str]) -> str:
    """Make a file name that is not in `taken`, which holds names as `same_file_name` has them."""
    names = (readable_name(one, ending) for one in _numbered(stem))
    return next(name for name in names if same_file_name(name) not in taken)

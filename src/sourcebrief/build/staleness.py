"""What a build remembers, and whether anything that it was made from has changed.

Only the standard library is imported here: that nothing has changed must be known before any
engine is loaded.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from dataclasses import asdict, dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sourcebrief.errors import EnvironmentFault
from sourcebrief.workspace.read_files import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STATE = ".sourcebrief"
_RECORD_FORMAT = 2
_ENGINES = (
    "sourcebrief",
    "babel",
    "fontpkg-source-sans-3",
    "fontpkg-source-serif-4",
    "fonttools",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "pikepdf",
    "pydyf",
    "pypandoc-binary",
    "resvg-py",
    "weasyprint",
)


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What one briefing was last built from and what came of it.

    `inputs` and `outputs` give the SHA-256 of each file by its path (from the workspace, or
    absolute for packaged files); `folders` the names in each folder whose listing matters.
    `catalogue` is the SHA-256 of `seeds.yaml`, and `entries` a digest of what it said under each id
    that the briefing uses: only they count where the rest of it changes. `engines` are the versions
    of all that decided the bytes, `libraries` the files of the system among them, each with its
    size and time. `warnings` are repeated while nothing changes.
    """

    options: str
    versions: str
    engines: Mapping[str, str]
    libraries: Mapping[str, list[int]]
    inputs: Mapping[str, str]
    catalogue: str
    entries: Mapping[str, str]
    folders: Mapping[str, list[str]]
    outputs: Mapping[str, str]
    warnings: list[dict[str, Any]]
    edition: str
    pages: int


@cache
def versions() -> str:
    """The versions of this package and of the engines and libraries that decide bytes."""
    return " ".join(f"{name}={version}" for name, version in package_versions().items())


@cache
def package_versions() -> dict[str, str]:
    """The versions of Python, of the packages that decide bytes, and of this package's sources."""
    found = {"python": platform.python_version()}
    for name in _ENGINES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "?"
    return found | {"sources": _own_sources()}


def _own_sources() -> str:
    """The state of this package's own files: a checkout changes without its version changing."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def sha256_of(path: Path) -> str | None:
    """The SHA-256 of a file, or None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def record_path(root: Path, name: str) -> Path:
    """Where the record of a briefing's last build lies."""
    return root / STATE / "builds" / f"{name}.json"


def load_record(root: Path, name: str) -> BuildRecord | None:
    """The record of the last build; None where there is none that this version can read."""
    try:
        data = json.loads(record_path(root, name).read_bytes())
        if data.pop("format") != _RECORD_FORMAT:
            return None
        record = BuildRecord(**data)
        for mapping in (
            record.inputs,
            record.folders,
            record.outputs,
            record.entries,
            record.libraries,
        ):
            mapping.items()
        for warning in record.warnings:
            warning["path"], warning["line"], warning["column"], warning["message"]
        return record
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # A record is only a memory: without a readable one the briefing is built again.
        return None


def save_record(root: Path, name: str, record: BuildRecord) -> None:
    """Remember a build; written last, so that a build that was stopped is stale."""
    path = record_path(root, name)
    text = json.dumps({"format": _RECORD_FORMAT, **asdict(record)}, ensure_ascii=False)
    # One name: what a build that was killed left there is written over. The lock is held.
    aside = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.unlink(missing_ok=True)
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error


def forget(root: Path, name: str) -> None:
    """Drop the record: from now until the next one is saved, the briefing is stale."""
    path = record_path(root, name)
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:
        return  # no record can lie there, and saving one will say why
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> EnvironmentFault:
    reason = (error.strerror or str(error)).lower()
    return EnvironmentFault(f"cannot write {path}: {reason}; make {STATE}/ writable or delete it")


def listing(folder: Path) -> list[str]:
    """The names in a folder, sorted; nothing where there is none."""
    try:
        return sorted(entry.name for entry in os.scandir(folder))
    except OSError:
        return []


@dataclass(frozen=True, slots=True)
class Stale:
    """Why to build again.

    `doubtful`: only if the catalogue says something else under an id that the briefing uses, which
    is known once it has been read.
    """

    reason: str
    doubtful: bool = False


class Files:
    """The SHA-256 of files as they are now, each read once however many briefings use it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, str | None] = {}

    def sha256(self, path: str) -> str | None:
        """The SHA-256 of a file named from the workspace; None where it cannot be read."""
        if path not in self._known:
            self._known[path] = sha256_of(self._root / path)
        return self._known[path]


def why_stale(files: Files, root: Path, record: BuildRecord | None, options: str) -> Stale | None:
    """The first reason to build again, or None where every byte is as it was."""
    if record is None:
        return Stale("never built to the end")
    if record.options != options:
        return Stale("other options")
    if record.versions != versions():
        return Stale("other versions")
    for path, identity in record.libraries.items():
        if library_identity(path) != identity:
            return Stale(f"the system's {path} is another one")
    for path, expected in record.inputs.items():
        if files.sha256(path) != expected:
            return Stale(f"{path} has changed")
    for folder, names in record.folders.items():
        if listing(root / folder) != names:
            return Stale(f"files came or went in {folder}")
    for path, expected in record.outputs.items():
        # Not remembered: outputs change during a run.
        found = sha256_of(root / path)
        if found is None:
            return Stale(f"{path} is missing")
        if found != expected:
            return Stale(f"{path} is not what was built")
    if files.sha256(CATALOGUE) != record.catalogue:
        return Stale(f"{CATALOGUE} has changed", doubtful=True)
    return None


def library_identity(path: str) -> list[int]:
    """The size and time of a library of the system; nothing where it is gone."""
    try:
        status = Path(path).stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]


def loaded_libraries(names: Iterable[str]) -> list[str]:
    """The files from which this process has loaded libraries, of those whose name begins so.

    Only Linux tells; elsewhere their versions alone are remembered.
    """
    try:
        maps = Path("/proc/self/maps").read_text("utf-8", "surrogateescape")
    except OSError:
        return []
    paths = {line.split(maxsplit=5)[5] for line in maps.splitlines() if "/" in line}
    wanted = tuple(names)
    return sorted(path for path in paths if path.rpartition("/")[2].startswith(wanted))

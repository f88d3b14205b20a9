"""What a build remembers, and whether anything that it was made from has changed.

Only the standard library is imported here: that nothing has changed must be known before any
engine is loaded.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sourcebrief.errors import EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Mapping

STATE = ".sourcebrief"
_RECORD_FORMAT = 1
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
    absolute for packaged files); `folders` the names in each folder whose listing matters;
    `warnings` what is repeated while nothing changes.
    """

    options: str
    versions: str
    inputs: Mapping[str, str]
    folders: Mapping[str, list[str]]
    outputs: Mapping[str, str]
    warnings: list[dict[str, Any]]
    edition: str
    pages: int


@cache
def versions() -> str:
    """The versions of this package and of the engines and libraries that decide bytes."""
    found = []
    for name in _ENGINES:
        try:
            found.append(f"{name}={metadata.version(name)}")
        except metadata.PackageNotFoundError:
            found.append(f"{name}=?")
    return " ".join([*found, _own_sources()])


def _own_sources() -> str:
    """The state of this package's own files: a checkout changes without its version changing."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        status = path.stat()
        digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}\n".encode())
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
        for mapping in (record.inputs, record.folders, record.outputs):
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
    aside = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
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


def why_stale(root: Path, record: BuildRecord | None, options: str) -> str | None:
    """The first reason to build again, or None where every byte is as it was."""
    if record is None:
        return "never built to the end"
    if record.options != options:
        return "other options"
    if record.versions != versions():
        return "other versions"
    for path, expected in record.inputs.items():
        if sha256_of(root / path) != expected:
            return f"{path} has changed"
    for folder, names in record.folders.items():
        if listing(root / folder) != names:
            return f"files came or went in {folder}"
    for path, expected in record.outputs.items():
        found = sha256_of(root / path)
        if found is None:
            return f"{path} is missing"
        if found != expected:
            return f"{path} is not what was built"
    return None

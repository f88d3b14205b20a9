"""What a build remembers, and whether anything that decides the bytes of a document has changed.

Only the standard library is imported here, because it must be known that nothing has changed
before any engine is loaded.
"""

import errno
import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Final

from sourcebrief.build.results import SINCE, BuildOptions, BuildRecord, StaleBriefing
from sourcebrief.documents.versions import package_versions
from sourcebrief.errors import EnvironmentFault, Place, Problem, cannot_write
from sourcebrief.text.phrases import listed_up_to
from sourcebrief.workspace.read_files import CATALOGUE

STATE: Final = ".sourcebrief"
_FORMAT: Final = 4
_MOST_VERSIONS: Final = 3


def load_record(options: BuildOptions, name: str) -> BuildRecord | None:
    """The record of the last build; None where there is none that this version can read."""
    try:
        data = json.loads(_record_path(options, name).read_bytes())
        if data.pop("format") != _FORMAT:
            return None
        warnings = tuple(
            Problem(Place(**each["place"]), each["message"], "warning") for each in data["warnings"]
        )
        return BuildRecord(**{**data, "warnings": warnings})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # Without a readable record the briefing is built again.
        return None


def require_room(options: BuildOptions, name: str) -> None:
    """Raise EnvironmentFault where a record could not be saved, before any output is replaced."""
    folder = _record_path(options, name).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise _unwritable(folder, error) from error


def save_record(options: BuildOptions, name: str, record: BuildRecord) -> None:
    """Remember a build, once its outputs stand."""
    path = _record_path(options, name)
    text = json.dumps({"format": _FORMAT, **asdict(record)}, ensure_ascii=False)
    # One name, so that what a killed build left there is written over. The lock is held.
    aside = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.unlink(missing_ok=True)
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error


def forget(options: BuildOptions, name: str) -> None:
    """Delete the record: from now until the next one is saved, the briefing is stale."""
    path = _record_path(options, name)
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:
        return  # no record can lie there, and saving one will say why
    except OSError as error:
        raise _unwritable(path, error) from error


def state_folder(options: BuildOptions) -> Path:
    """Where builds keep their own; beside the documents where the workspace may only be read."""
    own = options.root / STATE
    writable = os.access(own if own.exists() else options.root, os.W_OK)
    return own if writable or options.output_dir is None else options.output_dir / STATE


def _record_path(options: BuildOptions, name: str) -> Path:
    """Where the record of a briefing lies: one for each folder that it is built into."""
    if options.output_dir is not None:
        name += f".{hashlib.sha256(str(options.output_dir).encode()).hexdigest()[:8]}"
    return state_folder(options) / "builds" / f"{name}.json"


def _unwritable(path: Path, error: OSError) -> EnvironmentFault:
    return cannot_write(path, error, f"make {STATE}/ writable or delete it")


NEVER_BUILT = "no build of it is remembered in .sourcebrief/, which a clone lacks"
"""Why a briefing is built of which nothing is remembered."""


def find_stale(
    names: Iterable[str], options: BuildOptions, *, as_built: bool = False
) -> tuple[list[StaleBriefing], dict[str, BuildRecord]]:
    """The briefings that may have to be built, and the records of the others.

    Each input is read once however many briefings use it. `as_built` asks whether what stands is
    up to date, with the changes at its head that it was built with, or with none.
    """
    ignored = {SINCE} if as_built else set()

    @cache
    def hash_of(path: str) -> str | None:
        return sha256_of(options.root / path)

    stale, records = [], {}
    for name in names:
        record = load_record(options, name)
        reason = (
            "--force"
            if options.force
            else _why_stale(record, options.decisive(name), ignored, options.root, hash_of)
        )
        if reason is not None:
            stale.append(StaleBriefing(name, reason, record))
        elif record is not None and hash_of(CATALOGUE) != record.catalogue:
            stale.append(StaleBriefing(name, f"{CATALOGUE} has changed", record, True))
        elif record is not None:
            records[name] = record
    return stale, records


def _why_stale(
    record: BuildRecord | None,
    wanted: Mapping[str, str],
    ignored: Collection[str],
    root: Path,
    hash_of: Callable[[str], str | None],
) -> str | None:
    """The first reason to build again, but for a changed catalogue; None where there is none."""
    if record is None:
        return NEVER_BUILT
    compared = (key for key in wanted if key not in ignored)
    if other := [key for key in compared if record.options[key] != wanted[key]]:
        return f"it was built with another {' and '.join(other)}"
    if other := _other_versions(record.versions, package_versions()):
        return f"other versions: {listed_up_to(other, _MOST_VERSIONS)}"
    for path, identity in record.libraries.items():
        if library_identity(path) != identity:
            return f"the system's {path} is another one"
    for path, expected in record.inputs.items():
        if hash_of(path) != expected:
            return f"{path} has changed"
    for folder, names in record.folders.items():
        if listing(root / folder) != names:
            return f"files came or went in {folder}"
    for path in record.outputs:
        # Not remembered, because outputs change during a run.
        found = sha256_of(root / path)
        if found is None:
            return f"{path} is missing"
        if found not in record.known(path):
            return f"{path} is not what was built"
    return None


def _other_versions(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return [
        "the code of sourcebrief" if name == "sources" else f"{name} {now.get(name)} (was {was})"
        for name in {**then, **now}
        if (was := then.get(name)) != now.get(name)
    ]


def sha256_of(path: Path) -> str | None:
    """The SHA-256 of a file; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def listing(folder: Path) -> list[str]:
    """The names in a folder, sorted; nothing where there is none."""
    try:
        return sorted(entry.name for entry in os.scandir(folder))
    except OSError:
        return []


def library_identity(path: str) -> list[int]:
    """The size and time of a library of the system; nothing where it is gone."""
    try:
        status = Path(path).stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]

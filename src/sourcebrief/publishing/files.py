"""Whole-file writes: an output is the old one or the new one, never a part of either."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from sourcebrief.errors import EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Mapping


def replace_all(outputs: Mapping[Path, bytes], staging: Path) -> None:
    """Write every file, or none: all are written aside and synced before the first is renamed.

    `staging` is a folder of this build's own on the same file system. Whatever an interrupted build
    left there is of no use to anyone. Raises EnvironmentFault that names the file.
    """
    target = staging
    try:
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True, exist_ok=True)
        staged: dict[Path, Path] = {}
        for number, (target, data) in enumerate(outputs.items()):
            target.parent.mkdir(parents=True, exist_ok=True)
            # Where the target cannot be replaced, say so before anything has been.
            if not os.access(target.parent, os.W_OK):
                raise PermissionError(13, "the folder is not writable")
            staged[target] = staging / str(number)
            _write_synced(staged[target], data)
        for target, ready in staged.items():
            _move(ready, target)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        way_out = "make room and build again" if error.errno == 28 else "the old file stands"
        raise EnvironmentFault(f"cannot write {target}: {reason}; {way_out}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _move(ready: Path, target: Path) -> None:
    try:
        ready.replace(target)
    except OSError as error:
        if error.errno != 18:  # EXDEV: --output-dir may lie on another file system
            raise
        beside = target.with_name(f".{target.name}.part")
        try:
            _write_synced(beside, ready.read_bytes())
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)

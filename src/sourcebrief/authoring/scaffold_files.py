"""Writing new files: all of them or none, and never over an existing one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def exists(path: Path) -> bool:
    """Say whether anything has this name, even a link that leads nowhere."""
    return os.path.lexists(path)


def create_all(files: Mapping[Path, bytes], then: Callable[[], None] = lambda: None) -> None:
    """Create every file and the folders that they need, or nothing.

    `then` is called last; where it raises, everything is removed again. Raises FileExistsError
    where a file exists already, else OSError.
    """
    made: list[Path] = []
    folders: list[Path] = []
    try:
        for path, data in files.items():
            folders += _make_folders(path.parent)
            with path.open("xb") as file:
                made.append(path)
                file.write(data)
        then()
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        for folder in reversed(folders):
            if not any(folder.iterdir()):
                folder.rmdir()
        raise


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; return those that were missing, the outermost first."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    missing.reverse()
    for each in missing:
        each.mkdir()
    return missing

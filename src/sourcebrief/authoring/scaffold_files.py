"""Files that are new: all of them are written or none, and nothing is ever written over."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def exists(path: Path) -> bool:
    """Whether anything has this name, a link that leads nowhere included."""
    return os.path.lexists(path)


def create_all(files: Mapping[Path, bytes], then: Callable[[], None] = lambda: None) -> None:
    """Create every file and the folders that they need, or, whatever happens, nothing.

    `then` comes last and undoes it all by raising. Raises FileExistsError where one has its name
    already, else OSError.
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
    """Make a folder and those above it; give the ones that were not there, outermost first."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    missing.reverse()
    for each in missing:
        each.mkdir()
    return missing

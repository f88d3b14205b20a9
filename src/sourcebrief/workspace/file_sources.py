"""Where the files of a workspace come from: the disk, a revision of git, or files not yet written.

Paths are relative to the workspace and use `/`. An absolute path names a file of the package.
"""

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Protocol

MAXIMUM_SIZE = 256 * 1024 * 1024
"""Bytes of one file."""


class FileSource(Protocol):
    """Reads files by their path."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file. Raises OSError."""

    def is_file(self, path: str) -> bool:
        """Say whether a path names a file."""

    def names(self, folder: str) -> Iterable[str]:
        """Return the names in a folder; none where there is no such folder."""

    def real(self, path: str) -> str:
        """Return the path without symbolic links.

        Raises ValueError where a link leads nowhere or out of the workspace.
        """


@dataclass(frozen=True, slots=True)
class DiskFiles:
    """The files in a folder on disk."""

    root: Path

    def read(self, path: str) -> bytes:
        """Return the bytes of a regular file: a device or a pipe could block or never end."""
        # O_NONBLOCK lets the opening of a pipe without a writer return. Files ignore it.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self.root / path, flags)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISDIR(status.st_mode):
                raise IsADirectoryError(path)
            if not stat.S_ISREG(status.st_mode):
                raise OSError(0, "it is not a regular file")
            if status.st_size > MAXIMUM_SIZE:
                raise OSError(0, f"it is larger than {MAXIMUM_SIZE // 1024 // 1024} MiB")
            return file.read()

    def is_file(self, path: str) -> bool:
        """Say whether a path names a file."""
        return (self.root / path).is_file()

    def names(self, folder: str) -> Iterable[str]:
        """Return the names in a folder; none where there is no such folder."""
        try:
            return [path.name for path in (self.root / folder).iterdir()]
        except OSError:
            return ()

    def real(self, path: str) -> str:
        """Return the path without symbolic links. Raises ValueError."""
        folder, _, name = path.rpartition("/")
        root = _resolved(self.root)
        try:
            found = _resolved(self.root / folder) / name
            if found.is_symlink():
                found = found.resolve()
        except (OSError, RuntimeError):  # a link to itself, which Python 3.13 no longer raises
            raise ValueError("is a link that leads nowhere; replace it") from None
        if not found.is_relative_to(root):
            raise ValueError("leads out of the workspace; keep the file inside it")
        return found.relative_to(root).as_posix()


@cache
def _resolved(folder: Path) -> Path:
    """Resolve the links of a folder once and not for every file in it."""
    return folder.resolve()


@dataclass(frozen=True, slots=True)
class HeldFiles:
    """Files in memory, which stand before those of another source, if there is one."""

    files: Mapping[str, bytes]
    beneath: FileSource | None = None

    def read(self, path: str) -> bytes:
        """Return the bytes of a file. Raises OSError."""
        if path in self.files:
            return self.files[path]
        if self.beneath is not None:
            return self.beneath.read(path)
        if Path(path).is_absolute():
            return DiskFiles(Path(path).parent).read(path)
        raise FileNotFoundError(path)

    def is_file(self, path: str) -> bool:
        """Say whether a path names a file."""
        return path in self.files or (self.beneath is not None and self.beneath.is_file(path))

    def names(self, folder: str) -> Iterable[str]:
        """Return the names in a folder; none where there is no such folder."""
        depth = len(PurePosixPath(folder).parts)
        held = {
            PurePosixPath(path).parts[depth] for path in self.files if path.startswith(f"{folder}/")
        }
        return held.union(self.beneath.names(folder) if self.beneath is not None else ())

    def real(self, path: str) -> str:
        """Return the path without symbolic links, which only the other source can hold."""
        return path if path in self.files or self.beneath is None else self.beneath.real(path)

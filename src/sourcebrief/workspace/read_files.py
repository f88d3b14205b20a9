"""Finding the workspace and reading its files, each of them once."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Collection, Hashable, Mapping
from contextlib import suppress
from copy import copy
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar, cast

from sourcebrief.errors import InvalidInput, Place, Problem, UsageError

Made = TypeVar("Made")

CATALOGUE = "seeds/seeds.yaml"
_LARGEST = 256 * 1024 * 1024  # bytes of one file

# Windows reserves these names whatever their extension, and these characters in any name.
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$")
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def find_workspace(start: Path) -> Path:
    """The nearest folder, upwards from `start`, with `seeds/` and `briefings/`."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "seeds").is_dir() and (folder / "briefings").is_dir():
            return folder
    raise UsageError(
        f"no workspace: neither {start} nor a folder above it has seeds/ and briefings/; "
        "name one with -C DIR, or make one here: sourcebrief new NAME"
    )


def portable(name: str) -> str | None:
    """Why a relative file name cannot be used on every system, or None where it can."""
    if not name or name != name.strip():
        return "is empty, or begins or ends with a space; correct it"
    if PurePosixPath(name).is_absolute() or re.match("[A-Za-z]:", name):
        return "is absolute; name it relative to the file that lists it"
    if _FORBIDDEN.search(name):
        return "holds a character that not every system allows in a file name; rename the file"
    for part in PurePosixPath(name).parts:
        if part != ".." and (_RESERVED.match(part) or part.endswith((".", " "))):
            return f"holds {part!r}, which Windows forbids as a name; rename the file"
    return None


class Inputs:
    """The files of one workspace, each read once and remembered with its hash.

    What was checked is then what is printed, whatever happens to a file in between. `used` holds
    the paths that were read. Paths are relative to the workspace and use `/`; an absolute path
    names a file of the package. `held` files stand before those on disk: files that are planned,
    or, where the workspace is not to be read `on_disk`, those of a revision of git.
    """

    def __init__(
        self, root: Path, held: Mapping[str, bytes] | None = None, *, on_disk: bool = True
    ) -> None:
        self.root = root
        self.on_disk = on_disk
        self.used: set[str] = set()
        self._held = held or {}
        self._bytes = dict(self._held)
        self._hashes: dict[str, str] = {}
        self._made: dict[Hashable, Any] = {}
        self._answers: dict[tuple[str, str], Any] = {}
        self._folders: dict[str, str] = {}

    def answers(self) -> dict[tuple[str, str], Any]:
        """Every question that was asked of the disk, as `ask` has it, with its answer."""
        return self._answers | {("read", path): self.sha256(path) for path in self._bytes}

    def outside(self, what: str) -> bool:
        """Note that something else than these files was asked, so that no answer is remembered."""
        self._answers["outside", what] = True
        return False

    def ask(self, kind: str, path: str) -> Any:
        """Answer one of them: a digest, a list of names, whether a file is there, a real path."""
        try:
            if kind == "read":
                return self.sha256(path)
            found = getattr(self, kind)(path)
        except (OSError, ValueError) as error:
            return str(error)
        return sorted(found) if kind == "names" else found

    def tracking(self) -> Inputs:
        """Return the same files with a `used` of its own: what one briefing was made from."""
        same = copy(self)
        same.used = set()
        return same

    def renewed(self, changed: Collection[str], held: Mapping[str, bytes] | None = None) -> Inputs:
        """Return the same files, of which those that changed are read again.

        What was made of other files is kept; a key of `once` names the files that it rests on.
        `held` are the files that stand before those on disk from now on.
        """
        same = self.tracking()
        if held is not None:
            paths = {*held, *self._held}
            changed = {*changed, *(one for one in paths if held.get(one) != self._held.get(one))}
            same._held = held
        same._bytes = {path: data for path, data in self._bytes.items() if path not in changed}
        same._bytes |= same._held
        same._hashes = {path: each for path, each in self._hashes.items() if path not in changed}
        same._answers, same._folders = {}, {}
        same._made = {
            key: made
            for key, made in self._made.items()
            if isinstance(key, tuple) and not any(step in changed for step in key)
        }
        return same

    @property
    def known(self) -> frozenset[str]:
        """The paths of all that was read, by whomever."""
        return frozenset(self._bytes)

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what `make` makes of files, made once however many briefings share them."""
        if key not in self._made:
            self._made[key] = make()
        return cast("Made", self._made[key])

    def read(self, path: str) -> bytes:
        """The bytes of a file named from the workspace. Raises OSError."""
        self.used.add(path)
        if path not in self._bytes:
            if not self.on_disk and not Path(path).is_absolute():
                raise FileNotFoundError(path)
            try:
                self._bytes[path] = read_regular(self.root / path)
            except OSError as error:
                self._answers["read", path] = str(error)
                raise
        return self._bytes[path]

    def is_file(self, path: str) -> bool:
        """Say whether a path names a file."""
        found = path in self._held or (self.on_disk and (self.root / path).is_file())
        self._answers["is_file", path] = found
        return found

    def names(self, folder: str) -> set[str]:
        """Return the names in a folder; none where there is no such folder."""
        depth = len(PurePosixPath(folder).parts)
        within = (PurePosixPath(path) for path in self._held if path.startswith(f"{folder}/"))
        found = {path.parts[depth] for path in within}
        if self.on_disk:
            with suppress(OSError):
                found.update(path.name for path in (self.root / folder).iterdir())
        self._answers["names", folder] = sorted(found)
        return found

    def real(self, path: str) -> str:
        """Return the path without symbolic links, which only the disk can hold.

        Raises ValueError where a link leads nowhere or out of the workspace.
        """
        if path in self._held or not self.on_disk:
            return path
        try:
            answer = self._answers["real", path] = self._real(path)
        except ValueError as error:
            self._answers["real", path] = str(error)
            raise
        return answer

    def _real(self, path: str) -> str:
        folder, _, name = path.rpartition("/")
        try:
            root, within = self._real_folder(""), self._real_folder(folder)
            found = os.path.join(within, name)  # noqa: PTH118 - thousands of files are asked for
            if os.path.islink(found):  # noqa: PTH114
                found = str(Path(found).resolve())
        except (OSError, RuntimeError):  # a link to itself, which Python 3.13 no longer raises
            raise ValueError("is a link that leads nowhere; replace it") from None
        if not found.startswith(os.path.join(root, "")):  # noqa: PTH118
            raise ValueError("leads out of the workspace; keep the file inside it")
        return found[len(root) :].replace(os.sep, "/").lstrip("/")

    def _real_folder(self, folder: str) -> str:
        if folder not in self._folders:
            self._folders[folder] = str((self.root / folder).resolve())
        return self._folders[folder]

    def sha256(self, path: str) -> str:
        """The SHA-256 of a file, in hex digits."""
        if path not in self._hashes:
            self._hashes[path] = hashlib.sha256(self.read(path)).hexdigest()
        return self._hashes[path]

    def inside(self, folder: str, name: str) -> str:
        """The path from the workspace of `name`, given relative to `folder`.

        Raises ValueError where it leaves the workspace, by `..` or by a symbolic link, or cannot
        be a file name everywhere.
        """
        if fault := portable(name):
            raise ValueError(f"{name!r} {fault}")
        joined = os.path.normpath(PurePosixPath(folder, name).as_posix()).replace(os.sep, "/")
        if joined.split("/")[0] == "..":
            raise ValueError(f"{name!r} leads out of the workspace; keep the file inside it")
        try:
            real = self.real(joined)
        except ValueError as error:
            raise ValueError(f"{name!r} {error}") from None
        within = (*PurePosixPath(joined).parts, *PurePosixPath(real).parts)
        if ".git" in map(str.casefold, within):
            # Where a checkout may keep the credentials that it was made with.
            raise ValueError(f"{name!r} leads into git's own folder; keep the file outside it")
        return joined

    def briefings(self) -> tuple[str, ...]:
        """Return the names of the briefings, in alphabetical order."""
        names = sorted(self.names("briefings"))
        return tuple(name for name in names if self.is_file(f"briefings/{name}/brief.yaml"))

    def read_or_problem(self, path: str, place: Place, folder: str = "") -> bytes | Problem:
        """Return the bytes of a file, named from `folder`, or a problem that says why not."""
        try:
            path = self.inside(folder, path)
            return self.read(path)
        except ValueError as error:
            return Problem(place, str(error))
        except OSError as error:
            return Problem(place, f"cannot read {path}: {_reason(error)}")


def read_regular(path: Path) -> bytes:
    """Return the bytes of a regular file: a device or a pipe could block or never end."""
    # O_NONBLOCK lets the opening of a pipe without a writer return. Files ignore it.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    # Without a file object: it would take as long again for each of thousands of small files.
    descriptor = os.open(path, flags)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "it is not a regular file")
        if status.st_size > _LARGEST:
            raise OSError(0, f"it is larger than {_LARGEST // 1024**2} MiB")
        parts = iter(lambda: os.read(descriptor, status.st_size + 1), b"")
        return b"".join(parts)
    finally:
        os.close(descriptor)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file; correct the name or put the file there"
    if isinstance(error, IsADirectoryError):
        return "it is a folder; name a file"
    return (error.strerror or str(error)).lower()


def require_catalogue(inputs: Inputs) -> bytes:
    """Return the bytes of `seeds.yaml`; raise InvalidInput where it cannot be read."""
    data = inputs.read_or_problem(CATALOGUE, Place(CATALOGUE))
    if isinstance(data, Problem):
        raise InvalidInput([data])
    return data

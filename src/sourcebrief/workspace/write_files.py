"""Writing of files as a whole: replacing outputs, or creating files that must be new.

A file is the old one or the new one, never a part of either.
"""

import errno
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from os.path import lexists
from pathlib import Path

from sourcebrief.errors import EnvironmentFault, SourcebriefError


def replace_all(
    outputs: Mapping[Path, bytes], staging: Path, last_look: Callable[[], None] = lambda: None
) -> None:
    """Write every file, or none: all are written aside and synced before the first is renamed.

    `staging` is a folder of this build's own, and what an interrupted build left in it is deleted.
    A target on another file system is written aside beside itself. A file that is replaced keeps
    its permissions. `last_look` is called before the first is renamed; where it raises, none is.
    Raises EnvironmentFault that names the file, or a link in the place of the staging folder.
    """
    for folder in (staging, staging.parent, staging.parent.parent):
        if folder.is_symlink():  # the content of where it leads would be deleted
            raise EnvironmentFault(f"{folder} is a link, where builds keep their own; delete it")
    target = staging
    staged: dict[Path, Path] = {}
    try:
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True, exist_ok=True)
        for number, (target, data) in enumerate(outputs.items()):
            target.parent.mkdir(parents=True, exist_ok=True)
            # Where a target cannot be replaced, say so before anything has been.
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, "a folder has its name")
            if not os.access(target.parent, os.W_OK):
                raise PermissionError(errno.EACCES, "its folder is not writable")
            near = target.parent.stat().st_dev == staging.stat().st_dev
            staged[target] = staging / str(number) if near else _beside(target)
            _write_synced(staged[target], data)
            if target.is_file() and not target.is_symlink():
                shutil.copymode(target, staged[target])
        last_look()
        for target, ready in staged.items():
            _move(ready, target)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        way_out = "make room" if full else "make it writable, or write elsewhere"
        raise EnvironmentFault(f"cannot write {target}: {reason}; {way_out}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        for target in staged:
            with suppress(OSError):  # it is not an output, and the next build replaces it
                _beside(target).unlink(missing_ok=True)


def replace_unchanged(root: Path, changes: Mapping[str, tuple[bytes | None, bytes]]) -> None:
    """Write what an author writes, given by path before and after: all of it or nothing.

    A new file has None before. Raises SourcebriefError where a file is not what it was.
    """
    real = {path: (root / path).resolve() for path in changes}

    def last_look() -> None:
        for path, (before, _) in changes.items():
            appeared = before is None and lexists(root / path)
            if appeared or (before is not None and _content(real[path]) != before):
                verb = "has appeared" if appeared else "was changed"
                raise SourcebriefError(
                    f"{path} {verb} meanwhile, so nothing was written; run the command again"
                )

    # A file that is a link is written where the link leads.
    outputs = {real[path]: after for path, (_, after) in changes.items()}
    replace_all(outputs, root / ".sourcebrief" / "staging" / "authored", last_look)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.part")


def _write_synced(path: Path, data: bytes) -> None:
    # A link that stands there would be written through.
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _move(ready: Path, target: Path) -> None:
    try:
        ready.replace(target)
    except OSError as error:
        # Two mounts of one file system have one device number, and still cannot share a rename.
        if error.errno != errno.EXDEV:
            raise
        _write_synced(_beside(target), ready.read_bytes())
        shutil.copymode(ready, _beside(target))
        _beside(target).replace(target)


def create_all(files: Mapping[Path, bytes], then: Callable[[], None] = lambda: None) -> None:
    """Create every file and the folders that they need, or nothing.

    `then` is called last; where it raises, everything is removed again. Raises FileExistsError
    where a file exists already, else OSError.
    """
    made: list[Path] = []
    folders: list[Path] = []
    try:
        for path, data in files.items():
            above = (path.parent, *path.parent.parents)
            folders += reversed([folder for folder in above if not folder.is_dir()])
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                made.append(path)
                file.write(data)
        then()
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        for folder in reversed(folders):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        raise

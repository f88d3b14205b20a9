"""One writer of a workspace at a time: a lock that ends with the process that holds it."""

from __future__ import annotations

import os
import shutil
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sourcebrief.errors import EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECONDS: Final = 600.0
"""How long a command waits for another one."""
_POLL: Final = 0.1
_FAR: Final = 1 << 30
"""Where Windows locks a byte: beyond the holder's name, which others must be able to read."""


@contextmanager
def locked(state: Path, notice: Callable[[str], None], seconds: float = SECONDS) -> Iterator[bool]:
    """Hold the workspace's lock; gives whether it had to be waited for.

    The system releases it however its process ends. Raises EnvironmentFault, naming the holder,
    where it is not free within `seconds`, and for links in the place of our own files.
    """
    path = state / "lock"
    # A repository can hold links; through these a build would write, and delete, what is not its.
    for own in (path.parent, path, path.parent / "builds"):
        if own.is_symlink():
            raise EnvironmentFault(f"{own} is a link, where builds keep their own; delete it")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise EnvironmentFault(
            f"cannot write {path}: {reason}; make {state.name}/ writable or delete it"
        ) from error
    try:
        waited = False
        deadline = time.monotonic() + seconds
        while not _take(descriptor):
            holder = _holder(descriptor)
            if time.monotonic() >= deadline:
                raise EnvironmentFault(
                    f"another command has held {path} for {seconds:.0f} s ({holder}); "
                    "wait for it or end it, then run this again"
                )
            notice(f"Waiting for another command ({holder})")
            waited = True
            time.sleep(_POLL)
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f"process {os.getpid()}\n".encode())
        # What a process that was killed had written aside; nobody else writes while this is held.
        if not path.parent.is_symlink():
            shutil.rmtree(path.parent / "staging", ignore_errors=True)
        yield waited
    finally:
        os.close(descriptor)


def _holder(descriptor: int) -> str:
    os.lseek(descriptor, 0, os.SEEK_SET)
    # Whoever has just taken it may not have written its name yet.
    return os.read(descriptor, 200).decode("utf-8", "replace").strip() or "just begun"


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        # POSIX's record lock, not flock's: a forked worker must not hold it after its parent.
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True

"""Folders for temporary files that end with their process, however that ends.

Where a process was killed, the next one that needs a folder removes what it left.
"""

import functools
import os
import shutil
import sys
import tempfile
import time
import weakref
from pathlib import Path
from typing import Final

PREFIX: Final = "sourcebrief-scratch-"


class TemporaryFolder:
    """A new folder among the system's temporary files; `cleanup` removes it with all in it."""

    def __init__(self) -> None:
        parent = tempfile.gettempdir()
        _sweep(parent)
        while True:
            self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
            # Also runs at the interpreter's exit, because the caller may be interrupted.
            self._end = weakref.finalize(self, _remove, self.path, os.getpid())
            self._lock = _lock(self.path, wait=True)
            # Before it was held, another process may have removed it as one that was left.
            if self.path.is_dir():
                return
            _close(self._lock)

    def cleanup(self) -> None:
        """Remove the folder; may be called twice."""
        self._end()
        _close(self._lock)
        self._lock = None


def _remove(folder: Path, owner: int) -> None:
    # A forked process has the object too.
    if os.getpid() != owner:
        return
    for _ in range(10):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        # A program that an ended worker had started may just have written there.
        time.sleep(0.05)


@functools.cache
def _sweep(parent: str) -> None:
    """Remove the folders of dead processes: no process holds their locks."""
    # Windows has no such locks; there the system's own cleaning removes them.
    for folder in Path(parent).glob(f"{PREFIX}*"):
        lock = _lock(folder, wait=False)
        if lock is not None:
            shutil.rmtree(folder, ignore_errors=True)
            _close(lock)


def _close(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)


def _lock(folder: Path, *, wait: bool) -> int | None:
    """Hold a folder of this user until closed or dead; None where that is not possible."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        if os.fstat(lock).st_uid == os.getuid():
            # A forked process shares it, so that it is free only once all of them are dead.
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            return lock
    except OSError:
        pass  # another process holds it, or the file system has no locks
    os.close(lock)
    return None

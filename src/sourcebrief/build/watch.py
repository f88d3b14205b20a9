"""Building again whenever an input changes, in a process that stays warm.

Files are looked at, not listened to: a network's or a container's file system may not tell of
changes.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from sourcebrief.build.run import Report

LOOK: Final = 0.05
"""Seconds between two looks, where looking takes less than a fifth of that."""
REST: Final = 0.1
"""For how many seconds nothing may change before a burst of changes counts as over."""

Snapshot = frozenset[tuple[str, int, int, int]]
"""Each file's path, time (ns), size and identity: an editor's atomic save changes the last."""


def watch(build: Callable[[], Report], root: Path, also: Sequence[Path] = ()) -> NoReturn:
    """Build, then build again after each change of what it read or wrote, until interrupted.

    `also` are files outside the workspace that it reads.
    """
    folders = [root / name for name in ("seeds", "briefings", "templates")]
    while True:
        before = snapshot(also, folders)
        report = build()
        read = [*also, *(root / path for path in report.inputs)]
        wrote = {str(output.path) for result in report.results for output in result.outputs}

        def look(read: list[Path] = read) -> Snapshot:
            return snapshot(read, folders)

        # What was changed while it was built is a change; what the build itself wrote is none, nor
        # is a file that it read elsewhere and that was not looked at before.
        elsewhere = {file[0] for file in snapshot(read, ())} - {file[0] for file in before}
        elsewhere -= {file[0] for file in snapshot((), folders)}
        mine = wrote | elsewhere
        then = {file for file in before if file[0] not in mine}
        wait_for_change(look, frozenset(then | {file for file in look() if file[0] in mine}))


def snapshot(files: Iterable[Path], folders: Iterable[Path]) -> Snapshot:
    """What files look like now, and those in folders and below."""
    paths = {*map(str, files), *(path for folder in folders for path in _below(folder))}
    return frozenset(
        (path, status.st_mtime_ns, status.st_size, status.st_ino)
        for path in paths
        if (status := _status(path)) is not None
    )


def _below(folder: Path | str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                # A link to a folder could lead round in circles.
                if entry.is_dir(follow_symlinks=False):
                    yield from _below(entry.path)
                else:
                    yield entry.path
    except OSError:
        return  # it went away while it was looked at: that is the change


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - thousands of them at each look
    except OSError:
        return None


def wait_for_change(look: Callable[[], Snapshot], before: Snapshot) -> None:
    """Return once what is seen differs from `before` and has come to rest."""
    while True:
        began = time.monotonic()
        if (now := look()) != before:
            break
        # Thousands of files on a slow disk are looked at less often.
        time.sleep(max(LOOK, 5 * (time.monotonic() - began)))
    while True:
        time.sleep(REST)
        now, earlier = look(), now
        if now == earlier:
            return

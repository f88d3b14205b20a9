"""Building again whenever an input changes, in a process that stays warm.

The system reports changes in the workspace's folders. A network's or a container's file system may
report none; the variable WATCHFILES_FORCE_POLLING makes watchfiles look for changes there.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from watchfiles import watch as report_changes
from watchfiles.main import FileChange

from sourcebrief.build.results import BuildReport
from sourcebrief.processes.signals import raise_terminated_again

if TYPE_CHECKING:
    Status = Mapping[str, tuple[int, int, int] | None]

FOLDERS: Final = ("seeds", "briefings", "templates")
REST: Final = 50
"""Milliseconds without a change after which a burst of changes counts as over."""
LOOK: Final = 100
"""Milliseconds between two looks at the few files that lie elsewhere."""


def watch(build: Callable[[], BuildReport], root: Path, also: Sequence[Path] = ()) -> NoReturn:
    """Build, then build again after each change of what it read or wrote, until interrupted.

    `also` are files outside the workspace that it reads.
    """
    elsewhere = status_of(also)
    while True:
        folders = status_of(root / name for name in FOLDERS)
        with closing(_changes_in(path for path in folders if folders[path])) as changes:
            next(changes)  # begins to watch, so that a change during the build is reported
            while status_of(folders) == folders:
                report = build()
                wrote = status_of(
                    root / path
                    for one in report.results
                    if one.record
                    for path in one.record.outputs
                )
                read = {root / path for one in report.results for path in one.inputs}
                now = status_of((*also, *(path for path in read if not _is_in(path, folders))))
                # A file that was looked at before and changed during the build is a change.
                elsewhere = {path: elsewhere.get(path, now[path]) for path in now}
                wait_for_change(changes, wrote, {**elsewhere, **folders})
                elsewhere = status_of(elsewhere)


def wait_for_change(changes: Iterator[set[FileChange]], wrote: Status, elsewhere: Status) -> None:
    """Return once a file in the watched folders has changed, or one elsewhere.

    The events of what the build itself `wrote` are no change while those files stay as they are.
    """
    for batch in changes:
        paths = {path for _, path in batch if not path.endswith(".part")}
        now = status_of(paths)
        if any(path not in wrote or now[path] != wrote[path] for path in paths):
            return
        if status_of(elsewhere) != elsewhere:
            return


def _changes_in(folders: Iterable[str]) -> Generator[set[FileChange], None, None]:
    """Yield batches of changes, and empty ones while nothing changes."""
    try:
        yield from report_changes(
            *folders, watch_filter=None, step=REST, rust_timeout=LOOK, yield_on_timeout=True
        )
    except KeyboardInterrupt:
        # watchfiles makes this of every exception that a signal raises.
        raise_terminated_again()
        raise


def _is_in(path: Path, folders: Status) -> bool:
    """Whether the changes of a file are reported, which they are not behind a link."""
    return any(map(folders.__contains__, map(str, path.parents))) and not path.is_symlink()


def status_of(paths: Iterable[Path | str]) -> dict[str, tuple[int, int, int] | None]:
    """The time (ns), size and identity of files: an editor's atomic save changes the last."""
    return {str(path): _status(path) for path in paths}


def _status(path: Path | str) -> tuple[int, int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - hundreds of them at each look
    except OSError:
        return None
    # What is in a folder is watched by itself.
    folder = stat.S_ISDIR(status.st_mode)
    return (0 if folder else status.st_mtime_ns, 0 if folder else status.st_size, status.st_ino)

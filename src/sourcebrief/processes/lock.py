"""One writer of a workspace at a time: a lock that ends with the process that holds it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from sourcebrief.errors import EnvironmentFault, cannot_write

SECONDS: Final = 600.0
"""How long a command waits for another one."""
_POLL: Final = 0.1


@contextmanager
def locked(
    state: Path, notice: Callable[[str], None], seconds: float = SECONDS, elsewhere: str = ""
) -> Iterator[bool]:
    """Hold the lock of the folder `state`; yields whether another command had to end first.

    `elsewhere` is what the command can do instead where `state` cannot be made.

    The system releases it however its process ends, and no forked worker keeps it. Raises
    EnvironmentFault, naming the holder, where it is not free within `seconds`, and for links in
    the place of our own files.
    """
    path, holder = state / "lock", state / "lock.holder"
    # A repository can hold links, by which a build would write and delete files elsewhere.
    for own in (state, path, holder, state / "builds"):
        if own.is_symlink():
            raise EnvironmentFault(f"{own} is a link, where builds keep their own; delete it")
    lock = FileLock(path, thread_local=False)
    try:
        state.mkdir(parents=True, exist_ok=True)
        waited = False
        with suppress(Timeout):
            lock.acquire(blocking=False)
        if not lock.is_locked:
            waited = True
            notice(f"Waiting for another command ({_name(holder)})")
            lock.acquire(seconds, poll_interval=_POLL)
        holder.write_text(f"process {os.getpid()}\n", encoding="utf-8")
    except Timeout:
        raise EnvironmentFault(
            f"another command has held {path} for {seconds:.0f} s ({_name(holder)}); "
            "wait for it or end it, then run this again"
        ) from None
    except OSError as error:
        lock.release()
        way_out = f"make {state.name}/ writable or delete it"
        if not state.exists():
            way_out = f"make {state.parent} writable{elsewhere}"
        raise cannot_write(path, error, way_out) from error
    try:
        # A killed process may have left files here, and no other writes while this is held.
        if not state.is_symlink():
            shutil.rmtree(state / "staging", ignore_errors=True)
        yield waited
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _name(holder: Path) -> str:
    try:
        return holder.read_text("utf-8", "replace")[:200].strip()
    except OSError:
        return "just begun"  # it has taken the lock and not yet written its name

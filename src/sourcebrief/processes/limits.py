"""Limits of time and memory, and a process of its own for files from unknown makers.

A PDF or a zip of a few kilobytes can ask for gigabytes or never end. So the module that reads one
runs by itself, with bytes on its standard input and bytes back on its standard output, and this
process survives its crashes and hangs.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sourcebrief.processes.signals import kill_group, used_up_its_time

TIME_LIMIT: Final = 120.0
"""Seconds."""
MEMORY_LIMIT: Final = 2 * 1024 * 1024 * 1024
"""Bytes of address space."""

_OUT_OF_MEMORY: Final = (b"MemoryError", b"bad_alloc", b"Cannot allocate memory")


class OverLimit(Exception):  # noqa: N818 - it names what the process is
    """The process was ended, or ended itself, over a limit: of `time`, or else of memory."""

    def __init__(self, *, time: bool) -> None:
        self.time = time
        super().__init__("more time" if time else "more memory")


def run_limited(
    module: str,
    request: bytes,
    *,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
) -> bytes:
    """Run a module of this package on a request and return its answer.

    Its memory is limited before the request reaches it, where the system offers that. Raises
    OverLimit, and RuntimeError with the traceback of the other process where this program is at
    fault. No process is left behind, even where this one is interrupted.
    """
    package = str(Path(__file__).resolve().parents[2])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        # -P: nothing that lies in the working directory is taken for a module.
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        # A group of its own, so that what it started in turn ends with it.
        start_new_session=os.name == "posix",
    )
    try:
        if sys.platform == "linux":
            import resource

            hard = resource.prlimit(process.pid, resource.RLIMIT_AS)[1]
            most = memory_limit if hard == resource.RLIM_INFINITY else min(memory_limit, hard)
            resource.prlimit(process.pid, resource.RLIMIT_AS, (most, hard))
        answer, said = process.communicate(request, timeout=time_limit)
    except subprocess.TimeoutExpired:
        raise OverLimit(time=True) from None
    finally:
        if process.returncode != 0:
            kill_group(process)
            process.wait()
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream is not None:
                    stream.close()
    if process.returncode < 0 or any(words in said for words in _OUT_OF_MEMORY):
        raise OverLimit(time=used_up_its_time(process.returncode))
    if process.returncode:
        raise RuntimeError(said.decode("utf-8", "replace"))
    return answer


@contextmanager
def memory_allowed(size: int) -> Iterator[None]:
    """Allow this process so many bytes of address space beyond what it has.

    Past that, Python raises MemoryError. Only Linux says what a process has; elsewhere nothing is
    limited.
    """
    try:
        import resource

        has = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        yield
        return
    before, hard = resource.getrlimit(resource.RLIMIT_AS)
    limits = (limit for limit in (before, hard) if limit != resource.RLIM_INFINITY)
    most = min((has + size, *limits))
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, hard))

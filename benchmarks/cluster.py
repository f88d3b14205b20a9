"""Many briefings on a Dask cluster of this machine, and how much of it is the scheduler's work."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.processes import Failed, environment

_TICKS = os.sysconf("SC_CLK_TCK")
_WAIT = 60.0
"""How many seconds the scheduler has to start to listen."""


@contextmanager
def dask(folder: Path, workers: int) -> Iterator[tuple[str, Callable[[], float]]]:
    """Start a scheduler and its workers, a process of one thread each, in folders of their own.

    Gives the scheduler's address, and a function that tells its share of the processor time that
    it and the workers have taken so far, what they have started included.
    """
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    with ExitStack() as ended:
        scheduler = ended.enter_context(
            _started(folder / "scheduler", "scheduler", "--host", "127.0.0.1", "--port", str(port))
        )
        _wait_for(port)
        started = [
            ended.enter_context(
                _started(folder / f"worker-{n}", "worker", address, "--nthreads", "1", "--no-nanny")
            )
            for n in range(workers)
        ]

        def share() -> float:
            own = _processor_time(scheduler.pid)
            return own / (own + sum(_processor_time(each.pid) for each in started))

        yield address, share


@contextmanager
def _started(folder: Path, program: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    folder.mkdir(parents=True)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{program}", *arguments, "--no-dashboard"],
            cwd=folder,
            env=dict(environment()),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _WAIT
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Failed(f"no Dask scheduler listens after {_WAIT:g} s")


def _processor_time(pid: int) -> float:
    """Return the seconds of processor time of a process and of those it started that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS

"""Whole processes, timed: wall clock seconds, and the peak memory of the process itself."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "benchmarks"
TIME_LIMIT = 3600.0
_LOOK_EVERY = 0.03
_WITH_PEAK = HERE / "with_peak.py"


class Failed(Exception):  # noqa: N818 - it reads as a sentence
    """A measured process did not do what it was to do."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds by the wall clock, its peak resident memory in bytes, what it said."""

    seconds: float
    peak: int
    output: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What repeated runs of one thing took."""

    runs: tuple[Run, ...]

    @property
    def seconds(self) -> float:
        """The median of the wall clock seconds."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def peak(self) -> float:
        """The median of the peak memory, in bytes."""
        return statistics.median(run.peak for run in self.runs)


def run(command: Sequence[str | Path], folder: Path, expect: Sequence[int] = (0,)) -> Run:
    """Run a program to its end in a folder; `Failed` where its exit status is not expected.

    Its peak memory is that of the largest of the Python processes below it, if there are any.
    """
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env=environment(),
        )
        peak = 0
        try:
            while process.poll() is None:
                peak = max([peak, *map(_peak_of, _below(process.pid))])
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_LOOK_EVERY)
                if time.perf_counter() - began > TIME_LIMIT:
                    raise Failed(f"{' '.join(map(str, command))}: over {TIME_LIMIT:g} s")
            seconds = time.perf_counter() - began
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        said.seek(0)
        output = said.read().decode("utf-8", "replace")
    if process.returncode not in expect:
        raise Failed(f"{' '.join(map(str, command))}: exit {process.returncode}\n{output[-2000:]}")
    return Run(seconds, peak, output)


def _below(pid: int) -> Iterator[int]:
    """Yield the processes that a process has started, and those that they have."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return
    for child in map(int, children.split()):
        yield child
        yield from _below(child)


def _peak_of(pid: int) -> int:
    """Return the peak memory of a Python process in bytes, 0 for any other."""
    try:
        if Path(f"/proc/{pid}/exe").resolve() != Path(sys.executable).resolve():
            return 0
        found = re.search(r"VmHWM:\s*(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0  # it has ended
    return int(found[1]) * 1024 if found else 0


def run_python(
    script: Path, arguments: Sequence[str | Path], folder: Path, expect: Sequence[int] = (0,)
) -> Run:
    """Run a Python script, and learn its peak memory: of it, or of a larger worker of its own.

    The script's process tells its own as it ends; the operating system's account of a process that
    has ended includes its children, pandoc here. Workers are looked at while they run.
    """
    note = folder / ".peak"
    done = run([sys.executable, _WITH_PEAK, note, script, *arguments], folder, expect)
    peak = max(int(note.read_text()), done.peak)
    note.unlink()
    return Run(done.seconds, peak, done.output)


def ours(arguments: Sequence[str | Path], folder: Path, expect: Sequence[int] = (0,)) -> Run:
    """Run `python build.py` on the workspace in a folder."""
    return run_python(ROOT / "build.py", [*arguments, "-C", folder], folder, expect)


def environment() -> Mapping[str, str]:
    """The environment of every run: nothing that makes a run differ from the next."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOURCE_DATE")}
    return kept | {"NO_COLOR": "1", "PYTHONHASHSEED": "0"}


def in_turn(repeat: int, **works: Callable[[], Run]) -> dict[str, Sample]:
    """Run every work once, then all of them again: what disturbs one disturbs the others too."""
    runs: dict[str, list[Run]] = {name: [] for name in works}
    for number in range(repeat):
        names = list(works)
        # The order turns, so that none always follows the same one.
        for name in names[number % len(names) :] + names[: number % len(names)]:
            runs[name].append(works[name]())
    return {name: Sample(tuple(found)) for name, found in runs.items()}

"""Kills the writing step of a build before its n-th call, for many n, and looks at what is left.

`python moments.py WORKSPACE SYSTEM ANY`: a moment is any call that Python makes between the begin
of the writing and its end. SYSTEM of those are tried that are calls of the operating system or of a
file, evenly spread, and ANY of all of them, at random. Prints a summary as JSON.
"""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conftest import InlineWorkers
from sourcebrief import cli
from sourcebrief.build import build_stale
from sourcebrief.processes import pool
from standins import ENGINES, tree

if TYPE_CHECKING:
    from collections.abc import Callable

exec(ENGINES, {})
pool.WorkerPool = InlineWorkers  # type: ignore[assignment, misc]
ROOT, SYSTEM, ANY = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
SAVED = ROOT.with_name("saved")


def build() -> int:
    with redirect_stdout(io.StringIO()), redirect_stderr(sys.stderr):
        return cli.run(["-C", str(ROOT), "-q", "build"])


def in_a_child(work: Callable[[], object]) -> tuple[int, str]:
    """What a forked child answered: its wait status, and what it wrote."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        code = work()
        os.write(write, json.dumps(code).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        said = answer.read()
    return os.waitpid(child, 0)[1], said


def _is_of_the_system(called: Any) -> bool:
    owner = called.__module__ or type(called.__self__).__module__
    return owner in ("posix", "_io")


def traced(at: int | None) -> list[int]:
    """Build, and be killed before the call number `at` of the writing.

    Where that never comes, give the numbers of the system's calls, and that of the last.
    """
    replace_all, calls, system = build_stale.replace_all, 0, []

    def trace(_frame: Any, event: str, called: Any) -> None:
        nonlocal calls
        if event in ("call", "c_call"):
            calls += 1
            if calls == at:
                os.kill(os.getpid(), signal.SIGKILL)
            if event == "c_call" and _is_of_the_system(called):
                system.append(calls)

    def watched(*arguments: Any) -> None:
        # The first thing that a build writes, and then all until its end.
        sys.setprofile(trace)
        replace_all(*arguments)

    build_stale.replace_all = watched
    build()
    sys.setprofile(None)
    build()
    return [*system, calls]


def restore() -> None:
    shutil.rmtree(ROOT)
    shutil.copytree(SAVED, ROOT)


def main() -> None:
    assert build() == 0
    brief = ROOT / "briefings/port/brief.yaml"
    old = tree(ROOT)
    brief.write_text(brief.read_text("utf-8").replace("Scanning in", "Looking into"), "utf-8")
    shutil.copytree(ROOT, SAVED)
    assert build() == 0
    new = tree(ROOT)
    outputs = [path for path in old if path.startswith("briefings/port/port.")]
    assert len(outputs) == 3
    assert all(old[path] != new[path] for path in outputs)
    restore()
    _, counted = in_a_child(lambda: traced(None))
    *system, calls = json.loads(counted)
    chosen = {system[number * len(system) // SYSTEM] for number in range(SYSTEM)}
    chosen |= set(random.Random(7).sample(range(1, calls + 1), ANY))
    moments = sorted(chosen)
    states = set()
    for moment in moments:
        restore()
        status, _ = in_a_child(lambda moment=moment: traced(moment))
        assert os.WTERMSIG(status) == signal.SIGKILL, moment
        left = tree(ROOT)
        for path in outputs:
            assert left[path] in (old[path], new[path]), (moment, path)
        states.add("".join("new " if left[path] == new[path] else "old " for path in outputs))
        assert in_a_child(build) == (0, "0"), moment
        assert tree(ROOT) == new, (moment, tree(ROOT).keys() ^ new.keys())
        assert [path.name for path in (ROOT / ".sourcebrief/builds").iterdir()] == ["port.json"]
    summary = {"calls": calls, "system": len(system), "killed": len(moments)}
    print(json.dumps({**summary, "states": sorted(states)}))


main()

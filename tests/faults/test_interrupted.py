"""SIGINT and SIGTERM at any moment: the command ends within two seconds, and cleans up."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from standins import ENGINES, PROJECT, RUN, needs_fork, runs, start, tree

if TYPE_CHECKING:
    from conftest import Workspace

pytestmark = needs_fork

PROMPT = 2.0
"""Seconds."""
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
signals = pytest.mark.parametrize("number", CODES, ids=[number.name for number in CODES])

# Says that a moment has come and stays in it, in naps: a signal that comes just before a call of
# the system does not interrupt it, and Python answers after the call.
HERE = """
def here():
    print("here", flush=True)
    for _ in range(600):
        time.sleep(0.1)
"""

MOMENTS = {
    "import": (
        """
        import sys
        class Slow:
            def find_spec(self, name, *_):
                if name == "sourcebrief.cli.build":
                    here()
        sys.meta_path.insert(0, Slow())
        """,
        ["build"],
    ),
    "check": (
        """
        build_stale.check_briefing = lambda *_: here()
        """,
        ["build"],
    ),
    "only checking": (
        """
        checks.check_briefing = lambda *_: here()
        """,
        ["check"],
    ),
    "a worker": ("def trouble(name): here()", ["build", "--jobs", "2"]),
    "writing": (
        """
        from sourcebrief.workspace import write_files as files
        write = files._write_synced
        def half(path, data):
            write(path, data[:100])
            here()
        files._write_synced = half
        """,
        ["build"],
    ),
    "pandoc": (
        """
        from sourcebrief.documents import pandoc
        def word_references(*_):
            job = pandoc.start_pandoc(["--from=html", "--to=plain"], b"<p>x</p>")
            here()
        module.word_references = word_references
        """,
        ["build"],
    ),
    "watching": (
        """
        from sourcebrief.build import watch as watching
        watching.wait_for_change = lambda *_: here()
        """,
        ["build", "-q", "--watch"],
    ),
    "find": (
        """
        from sourcebrief.evidence import passages
        from sourcebrief.evidence import proof
        proof.read_seed = passages.read_seed = lambda *_: here()
        """,
        ["find", "the pact"],
    ),
    "pin": (
        """
        from sourcebrief.workspace import write_files as files
        files._write_synced = lambda *_: here()
        """,
        ["pin", "-q", "--all", "--yes"],
    ),
}


def interrupted(process: subprocess.Popen[str], number: signal.Signals) -> str:
    """Wait for a moment, send the signal and give what was said; the end must be prompt."""
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    began = time.monotonic()
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    took = time.monotonic() - began
    assert process.returncode == CODES[number], err
    assert "Traceback" not in err
    assert took < PROMPT
    return err


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


BOTH = ("import", "a worker", "writing")
"""The moments that differ most; the others are tried with SIGTERM too where there is time."""


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        pytest.param(
            *(moment, number),
            id=f"{moment}-{number.name}",
            marks=[pytest.mark.slow] * (number is signal.SIGTERM and moment not in BOTH),
        )
        for moment in MOMENTS
        for number in CODES
    ],
)
def test_a_moment(
    workspace: Workspace, temporary: Path, moment: str, number: signal.Signals
) -> None:
    seed = workspace.root / "seeds/wire.txt"
    if moment == "pin":
        seed.write_text(seed.read_text("utf-8") + "\nMore.\n", "utf-8")
    before, arguments = MOMENTS[moment]
    old = tree(workspace.root)
    process = start(
        ENGINES + HERE + dedent(before) + RUN,
        *("-C", str(workspace.root), *arguments),
        environment={"TMPDIR": str(temporary)},
        start_new_session=True,
    )
    interrupted(process, number)
    # What was killed takes a moment to go on a busy machine.
    deadline = time.monotonic() + 5
    while _members(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _members(process.pid) == []
    assert list(temporary.iterdir()) == []
    left = tree(workspace.root)
    # What a search has remembered by then is whole, and nothing rests on it.
    left.pop(".sourcebrief/checks/searched", None)
    if moment == "watching":
        left = {path: data for path, data in left.items() if path in old}
    assert left == old


def _members(group: int) -> list[int]:
    """The processes that still run in a session."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and runs(int(entry.name)):
            try:
                if os.getsid(int(entry.name)) == group:
                    found.append(int(entry.name))
            except ProcessLookupError:
                continue
    return found


@pytest.mark.parametrize(
    "number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)]
)
def test_a_dask_client(
    workspace: Workspace, tmp_path: Path, temporary: Path, number: signal.Signals
) -> None:
    pytest.importorskip("distributed", reason="needs the extra: sourcebrief[cluster]")
    tasks = """
from distributed import LocalCluster
if __name__ == "__main__":
    cluster = LocalCluster(n_workers=1, threads_per_worker=1, processes=False,
                           dashboard_address=None, protocol="tcp", host="127.0.0.1")
    print(cluster.scheduler_address, flush=True)
    import sys; sys.stdin.read()
"""
    scheduler = subprocess.Popen(
        [sys.executable, "-c", tasks],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT / "src")},
    )
    assert scheduler.stdout is not None
    address = scheduler.stdout.readline().strip()
    try:
        before = """
from sourcebrief.documents import versions
from sourcebrief.processes import cluster
versions.all_versions = dict
cluster.ClusterWorkers._require_equal_versions = lambda self: None
cluster.ClusterWorkers._result = lambda *_: here()
"""
        process = start(
            ENGINES + HERE + before + RUN,
            *("-C", str(workspace.root), "build", "--cluster", address),
            environment={"TMPDIR": str(temporary)},
            start_new_session=True,
        )
        interrupted(process, number)
        assert _members(process.pid) == []
        assert list(temporary.iterdir()) == []
    finally:
        scheduler.kill()
        scheduler.communicate()


@signals
def test_waiting_for_the_lock(workspace: Workspace, number: signal.Signals) -> None:
    holding = ENGINES + HERE + "def trouble(name): here()\n" + RUN
    holder = start(holding, "-C", str(workspace.root), "build")
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        waiting = """
import time
sleep = time.sleep
def told(seconds):
    time.sleep = sleep
    here()
time.sleep = told
"""
        process = start(ENGINES + HERE + waiting + RUN, "-C", str(workspace.root), "build")
        interrupted(process, number)
        assert holder.poll() is None
    finally:
        holder.terminate()
        holder.communicate(timeout=20)


@signals
def test_verify_and_its_reader(workspace: Workspace, number: signal.Signals) -> None:
    # The reader is a program that never ends by itself.
    reader = workspace.root / "reader"
    reader.write_text("#!/bin/sh\nexec sleep 60\n")
    reader.chmod(0o755)
    document = workspace.root / "file.pdf"
    document.write_bytes(b"%PDF-1.7\n")
    before = f"""
from sourcebrief.processes import limits
class Told(limits.subprocess.Popen):
    def communicate(self, *arguments, **how):
        print(self.pid, flush=True)
        return super().communicate(*arguments, **how)
limits.subprocess.Popen = Told
limits.sys.executable = {str(reader)!r}
"""
    process = start(before + RUN, "verify", str(document))
    assert process.stdout is not None
    child = int(process.stdout.readline())
    began = time.monotonic()
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == CODES[number], err
    assert "Traceback" not in err
    assert time.monotonic() - began < PROMPT
    assert not runs(child)


@signals
@pytest.mark.parametrize("rounds", [1, pytest.param(30, marks=pytest.mark.slow)])
def test_any_moment_from_the_first_on(
    workspace: Workspace, temporary: Path, number: signal.Signals, rounds: int
) -> None:
    """With the real engines, from the start of the interpreter to its end."""
    copy = workspace.root.with_name("copy")
    chance = random.Random(int(number))
    seconds = 3.0
    for _ in range(rounds):
        shutil.copytree(workspace.root, copy)
        process = start(
            f"import sys; sys.argv[0] = 'build.py'\n{RUN}",
            *("-C", str(copy), "build"),
            environment={"TMPDIR": str(temporary)},
            start_new_session=True,
        )
        # Before the first line of ours, the interpreter answers, and shows where it was.
        time.sleep(0.2 + chance.uniform(0.0, seconds))
        began = time.monotonic()
        process.send_signal(number)
        _, err = process.communicate(timeout=30)
        # Before and after Python minds signals, the system ends it: to a shell that is the same.
        assert process.returncode in (0, CODES[number], -number), err
        assert err.strip() == ""
        assert time.monotonic() - began < PROMPT
        assert _members(process.pid) == []
        assert list(temporary.iterdir()) == []
        assert not [path for path in tree(copy) if "staging" in path or path.endswith(".part")]
        shutil.rmtree(copy)


DROPPED = {
    "the command": """
def check_briefing(*_):
    Dropping()
    time.sleep(60)
build_stale.check_briefing = check_briefing
""",
    "a worker": """
def trouble(name):
    Dropping()
    time.sleep(60)
""",
}


@signals
@pytest.mark.parametrize("where", DROPPED)
def test_a_signal_that_python_drops_comes_again(
    workspace: Workspace, number: signal.Signals, where: str
) -> None:
    before = """
class Dropping:
    def __del__(self):
        here()
"""
    program = ENGINES + HERE + before + DROPPED[where] + RUN
    process = start(program, "-C", str(workspace.root), "build")
    assert interrupted(process, number).strip() == ""


@signals
def test_cleaning_up_that_never_ends_is_left(workspace: Workspace, number: signal.Signals) -> None:
    before = """
import threading
build_stale.check_briefing = lambda *_: here()
def never(*_):
    lock = threading.Lock()
    lock.acquire(), lock.acquire()
pool.WorkerPool.__exit__ = never
"""
    process = start(ENGINES + HERE + before + RUN, "-C", str(workspace.root), "build")
    assert interrupted(process, number) == ""


@pytest.mark.parametrize("program", [["-m", "sourcebrief"], ["build.py"]])
def test_the_programs_begin_alike(program: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, *program, "--version"],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("sourcebrief ")

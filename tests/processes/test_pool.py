"""Real worker processes: what they make, how they end, and what happens when one dies."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import pytest

from standins import command, needs_fork, runs, three_briefings

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace


@needs_fork
@pytest.mark.parametrize("jobs", ["1", "2", "5"])
def test_briefings_are_made_in_other_processes(workspace: Workspace, jobs: str) -> None:
    three_briefings(workspace)
    trouble = """
    here = os.getpid()
    def trouble(name):
        assert os.getpid() != here
    """
    process = command(workspace, trouble, "build", "--jobs", jobs)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    lines = [line for line in out.splitlines() if not line.startswith(" ")]
    assert lines == [f"{name}: built, edition 0123456789ab" for name in ("port", "yard", "zone")]


@needs_fork
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    "end", ["os.kill(os.getpid(), 9)", "os._exit(3)"], ids=["killed", "crashed"]
)
def test_a_worker_that_dies_is_a_problem_of_its_briefing_alone(
    workspace: Workspace, jobs: str, end: str
) -> None:
    three_briefings(workspace)
    trouble = f"""
    def trouble(name):
        if name == "yard":
            {end}
    """
    process = command(workspace, trouble, "build", "--jobs", jobs)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    first, count, left = err.splitlines()
    assert first.startswith(
        "briefings/yard/brief.yaml:1:1: error: the process that made its documents was ended"
    )
    assert (count, left) == ("1 error", "yard: not built; the earlier documents stay")
    assert "port: built" in out
    assert "zone: built" in out


HANGS = {
    "in Python": "time.sleep(60)",
    # A lock that is taken twice, waited for without letting Python look at signals.
    "in compiled code": """
            import ctypes
            lock = ctypes.create_string_buffer(256)
            take = ctypes.PyDLL(None).pthread_mutex_lock
            take(lock), take(lock)
    """,
}


@needs_fork
@pytest.mark.parametrize("hang", HANGS.values(), ids=HANGS)
def test_an_engine_that_hangs_is_ended(workspace: Workspace, hang: str) -> None:
    three_briefings(workspace)
    trouble = f"""
    make_documents.seconds_allowed = lambda task: 0.5
    signals.GRACE = 0.2
    def trouble(name):
        if name == "yard":
            {hang.strip()}
    """
    began = time.monotonic()
    process = command(workspace, trouble, "build", "--jobs", "2")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.splitlines()[0] == (
        "briefings/yard/brief.yaml:1:1: error: its documents took more than 0.5 s and were given "
        "up; look for what makes it large"
    )
    assert "port: built" in out
    assert "zone: built" in out
    assert time.monotonic() - began < 30


@needs_fork
@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)],
    ids=["SIGINT", "SIGTERM", "SIGKILL"],
)
def test_no_worker_outlives_the_command(
    workspace: Workspace, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    three_briefings(workspace)
    cleaned = tmp_path / "cleaned"
    trouble = f"""
    def trouble(name):
        try:
            print(os.getpid(), flush=True)
            time.sleep(60)
        finally:
            Path({str(cleaned)!r}).touch()
    """
    process = command(workspace, trouble, "build", "--jobs", "1")
    assert process.stdout is not None
    worker = int(process.stdout.readline())
    process.send_signal(number)
    process.communicate(timeout=20)  # which also waits for the worker to close these pipes
    assert process.returncode == code
    assert cleaned.exists()
    assert not runs(worker)
    assert not list((workspace.root / "briefings").rglob("*.pdf"))

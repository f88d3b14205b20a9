"""Time limits and exit codes; tests/faults/test_interrupted.py interrupts real commands."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from sourcebrief.processes.signals import TimeLimitExceeded, time_limit

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="it has no timer that interrupts")
def test_a_time_limit_interrupts_and_leaves_no_timer() -> None:
    began = time.monotonic()
    with pytest.raises(TimeLimitExceeded), time_limit(0.1):
        time.sleep(30)
    assert time.monotonic() - began < 10
    with time_limit(0.1):
        pass
    time.sleep(0.2)


@pytest.mark.skipif(sys.platform == "win32", reason="other signals")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_exit_at_once_gives_the_code_of_the_signal(name: str, code: int) -> None:
    program = (
        "import os, signal\n"
        "from sourcebrief.processes.signals import exit_at_once_on_signals\n"
        "exit_at_once_on_signals()\n"
        f"os.kill(os.getpid(), signal.{name})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(PROJECT / "src")}, check=False
    )
    assert done.returncode == code

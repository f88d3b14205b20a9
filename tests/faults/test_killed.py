"""SIGKILL at any moment: every output is the old or the new one, and the next build mends it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from standins import ENGINES, KINDS, PROJECT, RUN, command, needs_fork, start, tree

if TYPE_CHECKING:
    from conftest import Workspace

FOLDERS = PROJECT / "src", PROJECT / "tests", PROJECT / "tests/support"
MOMENTS = Path(__file__).with_name("moments.py")
pytestmark = needs_fork


@pytest.mark.parametrize(
    ("system", "others"), [(60, 5), pytest.param(400, 200, marks=pytest.mark.slow)]
)
def test_killed_while_it_writes(workspace: Workspace, system: int, others: int) -> None:
    process = subprocess.Popen(
        [sys.executable, str(MOMENTS), str(workspace.root), str(system), str(others)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, FOLDERS)),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    out, err = process.communicate(timeout=1200)
    assert (process.returncode, err) == (0, "")
    found = json.loads(out)
    assert found["killed"] >= min(system, found["system"])
    # The moments lay before, between and after the renames.
    assert {"old old old ", "new new new "} < set(found["states"])


def retitle(workspace: Workspace, title: str) -> None:
    """Change what every output says."""
    brief = workspace.root / "briefings/port/brief.yaml"
    lines = brief.read_text("utf-8").splitlines(keepends=True)
    brief.write_text(f"title: {title}\n" + "".join(lines[1:]), "utf-8")


def outputs(workspace: Workspace) -> dict[str, bytes]:
    found = tree(workspace.root / "briefings/port")
    return {path: data for path, data in found.items() if path.startswith("port.")}


@pytest.mark.parametrize("rounds", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_killed_at_any_time_with_its_workers(
    workspace: Workspace, tmp_path: Path, rounds: int
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    _kill_whole_builds(workspace, temporary, rounds, ENGINES + RUN)


@pytest.mark.slow
def test_killed_at_any_time_with_the_engines(workspace: Workspace, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    _kill_whole_builds(workspace, temporary, 20, RUN)


def _kill_whole_builds(workspace: Workspace, temporary: Path, rounds: int, program: str) -> None:
    def build() -> subprocess.Popen[str]:
        return start(
            program,
            *("-C", str(workspace.root), "build"),
            environment={"TMPDIR": str(temporary)},
            start_new_session=True,
        )

    def to_the_end() -> float:
        began = time.monotonic()
        process = build()
        _, err = process.communicate(timeout=120)
        assert (process.returncode, err) == (0, "")
        return time.monotonic() - began

    seconds = to_the_end()
    files = tree(workspace.root).keys()
    chance = random.Random(7)
    for number in range(rounds):
        old = outputs(workspace)
        assert len(old) >= len(KINDS)
        retitle(workspace, f"Scanning, as it stood on day {number}")
        process = build()
        time.sleep(chance.uniform(0.0, seconds))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=20)
        killed = outputs(workspace)
        to_the_end()
        new = outputs(workspace)
        assert killed.keys() == old.keys() == new.keys()
        assert all(killed[path] in (old[path], new[path]) for path in old)
        assert all(old[path] != new[path] for path in old)
        assert tree(workspace.root).keys() == files
        assert list(temporary.iterdir()) == []


def test_what_a_killed_command_had_written_aside_is_swept_away(workspace: Workspace) -> None:
    aside = workspace.root / ".sourcebrief/staging/add"
    aside.mkdir(parents=True)
    (aside / "0").write_bytes(b"half of a seed")
    process = command(workspace, "", "build")
    assert process.communicate(timeout=60)[1] == ""
    assert not aside.exists()

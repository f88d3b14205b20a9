"""One writer of a workspace at a time, and what becomes of a lock whose holder is gone."""

from __future__ import annotations

import os
import re
import signal
import time
from typing import TYPE_CHECKING

import pytest

from sourcebrief.errors import EnvironmentFault
from sourcebrief.processes.lock import locked
from standins import command, needs_fork, three_briefings

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace


def quiet(_: str) -> None:
    pass


def test_a_second_taker_waits_and_is_told_so(tmp_path: Path) -> None:
    said: list[str] = []
    with locked(tmp_path / "state", quiet) as waited:
        assert not waited
        with (
            pytest.raises(EnvironmentFault, match=rf"has held .* \(process {os.getpid()}\)"),
            locked(tmp_path / "state", said.append, 0.2),
        ):
            pass
    assert set(said) == {f"Waiting for another command (process {os.getpid()})"}
    with locked(tmp_path / "state", quiet, 0.0) as waited:
        assert not waited


@pytest.mark.parametrize("name", ["", "lock", "lock.holder", "builds"])
def test_a_link_in_its_place_is_refused(tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    state = tmp_path / "state"
    if name:
        state.mkdir()
    (state / name if name else state).symlink_to(elsewhere)
    with pytest.raises(EnvironmentFault, match="is a link"), locked(state, quiet):
        pass
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("elsewhere", ["", ", or build elsewhere"])
def test_a_workspace_that_may_only_be_read_is_named(tmp_path: Path, elsewhere: str) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(EnvironmentFault, match=rf"make {tmp_path}/file writable{elsewhere}$"),
        locked(tmp_path / "file/.sourcebrief", quiet, elsewhere=elsewhere),
    ):
        pass


@needs_fork
def test_a_forked_worker_does_not_hold_it_after_its_parent(tmp_path: Path) -> None:
    """The worker lives on where its parent was killed, and the lock is free."""
    read, write = os.pipe()
    parent = os.fork()
    if parent == 0:
        with locked(tmp_path / "state", quiet):
            child = os.fork()
            if child == 0:
                time.sleep(30)
                os._exit(0)
            os.write(write, str(child).encode())
            time.sleep(30)
        os._exit(0)
    worker = int(os.read(read, 20))
    try:
        os.kill(parent, signal.SIGKILL)
        os.waitpid(parent, 0)
        os.kill(worker, 0)  # it runs
        with locked(tmp_path / "state", quiet, 2.0):
            pass
    finally:
        os.kill(worker, signal.SIGKILL)
        os.close(read)
        os.close(write)


@needs_fork
def test_two_builds_at_once_end_well_and_make_everything_once(workspace: Workspace) -> None:
    three_briefings(workspace)
    trouble = """
    def trouble(name):
        os.write(1, b"making " + name.encode() + bytes([10]))
        time.sleep(0.3)
    """
    both = [command(workspace, trouble, "build") for _ in range(2)]
    outs = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    said = outs[0][0] + outs[1][0]
    assert [said.count(f"making {name}") for name in ("port", "yard", "zone")] == [1, 1, 1]
    # Neither has a terminal, and the one that waits says so once.
    err = outs[0][1] + outs[1][1]
    assert re.fullmatch(r"Waiting for another command \(.+\)\n", err)


@needs_fork
def test_a_lock_that_is_not_given_up_names_its_holder(workspace: Workspace) -> None:
    holding = """
    def trouble(name):
        print("making", flush=True)
        time.sleep(60)
    """
    holder = command(workspace, holding, "build")
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        trouble = """
        from sourcebrief.processes import lock
        lock.locked.__wrapped__.__defaults__ = (0.3, "")
        def trouble(name):
            pass
        """
        process = command(workspace, trouble, "build")
        _, err = process.communicate(timeout=30)
        assert process.returncode == 1
        assert f"(process {holder.pid}); wait for it or end it" in err
    finally:
        holder.kill()
        holder.communicate()
    # A dead holder holds nothing.
    process = command(workspace, "def trouble(name): pass", "build")
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")

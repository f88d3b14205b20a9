"""`build --cluster` with a real scheduler and real workers on loopback."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sourcebrief.documents.versions import all_versions
from sourcebrief.errors import EnvironmentFault
from sourcebrief.processes.cluster import require_equal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Workspace

pytest.importorskip("distributed", reason="needs the extra: pip install 'sourcebrief[cluster]'")

PROJECT = Path(__file__).resolve().parents[2]
KINDS = ("pdf", "docx", "html", "evidence.json")


def dask(*arguments: str, folder: Path, log: Path) -> subprocess.Popen[bytes]:
    # Not `dask`, which is on the path of an activated environment only.
    with log.open("wb") as to:
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(PROJECT / "src")},
            stdout=to,
            stderr=subprocess.STDOUT,
        )


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


class Cluster:
    """A scheduler and its workers, each in an empty folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.logs: list[Path] = []
        self.processes = [self._start("dask_scheduler", "--port", str(self.port), "--no-dashboard")]
        self.add_worker()
        self.add_worker()

    def add_worker(self) -> subprocess.Popen[bytes]:
        worker = self._start(
            "dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard"
        )
        self.processes.append(worker)
        return worker

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        number = len(self.logs)
        folder = self.folder / str(number)
        folder.mkdir()
        self.logs.append(self.folder / f"{number}.log")
        return dask(program, *arguments, "--host", "127.0.0.1", folder=folder, log=self.logs[-1])

    def wait_for_workers(self) -> None:
        for log in self.logs[1:]:
            wait_until(lambda log=log: b"Registered to" in log.read_bytes())  # type: ignore[misc]

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    found = Cluster(folder)
    try:
        found.wait_for_workers()
        yield found
    finally:
        found.end()


def briefings(workspace: Workspace, count: int) -> list[str]:
    names = [f"port-{number}" for number in range(count)]
    for name in names:
        shutil.copytree(workspace.root / "briefings/port", workspace.root / "briefings" / name)
    shutil.rmtree(workspace.root / "briefings/port")
    return names


def documents(root: Path, names: list[str]) -> dict[str, bytes]:
    return {
        f"{name}.{kind}": (root / name / f"{name}.{kind}").read_bytes()
        for name in names
        for kind in KINDS
    }


def build(workspace: Workspace, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "sourcebrief", "-C", str(workspace.root), "build", *arguments],
        env={**os.environ, "PYTHONPATH": str(PROJECT / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_a_cluster_gives_the_same_bytes_even_where_a_worker_is_killed(
    workspace: Workspace, cluster: Cluster, tmp_path: Path
) -> None:
    names = briefings(workspace, 6)
    out = tmp_path / "out"
    process = build(workspace, "--cluster", cluster.address, "--output-dir", str(out))
    wait_until(lambda: any(out.rglob("*.pdf")))
    assert len(list(out.rglob("*.pdf"))) < len(names)
    cluster.processes[1].send_signal(signal.SIGKILL)
    said, err = process.communicate(timeout=180)
    assert (process.returncode, err) == (0, "")
    assert [f"{name}: built" in said for name in names] == [True] * len(names)
    assert workspace.run("build", "--jobs", "2").code == 0
    assert documents(out, names) == documents(workspace.root / "briefings", names)


@pytest.mark.slow
def test_nobody_at_the_address_is_one_clear_line(
    workspace: Workspace,
) -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    process = build(workspace, "--cluster", address)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.startswith(f"sourcebrief: error: no Dask scheduler answers at {address} (")
    assert len(err.splitlines()) == 1


def test_a_difference_of_versions_is_refused_with_both_named() -> None:
    here = all_versions()
    assert {"python", "sourcebrief", "weasyprint", "pango", "harfbuzz", "pandoc"} <= here.keys()
    require_equal(here, dict(here), "tcp://127.0.0.1:1")
    with pytest.raises(EnvironmentFault) as raised:
        require_equal(here, {**here, "pango": "1.0.0"}, "tcp://127.0.0.1:1")
    assert str(raised.value) == (
        f"the worker tcp://127.0.0.1:1 has pango 1.0.0, this machine has {here['pango']}: "
        "documents would differ; install the same on both"
    )

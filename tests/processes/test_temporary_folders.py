"""Temporary folders: gone with their process, and with the next one where it was killed."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from sourcebrief.processes import temporary_folders
from sourcebrief.processes.temporary_folders import PREFIX, TemporaryFolder

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    temporary_folders._sweep.cache_clear()
    return tmp_path


def test_it_is_removed_with_all_in_it(temporary: Path) -> None:
    folder = TemporaryFolder()
    (folder.path / "below").mkdir()
    (folder.path / "below/file").write_bytes(b"")
    folder.cleanup()
    folder.cleanup()
    assert list(temporary.iterdir()) == []


def test_an_abandoned_one_is_removed(temporary: Path) -> None:
    folder = TemporaryFolder()
    assert folder.path.is_dir()
    del folder
    gc.collect()
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="it has no locks that end with a process")
def test_that_of_a_dead_process_is_swept_away_and_that_of_a_living_one_stays(
    temporary: Path,
) -> None:
    program = (
        "import sys; from sourcebrief.processes.temporary_folders import TemporaryFolder\n"
        "s = TemporaryFolder(); print(s.path, flush=True); sys.stdin.read()"
    )
    others = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(PROJECT / "src"), "TMPDIR": str(temporary)},
        )
        for _ in range(2)
    ]
    paths = [Path(other.stdout.readline().strip()) for other in others if other.stdout]
    others[0].kill()
    others[0].communicate()
    assert all(path.is_dir() for path in paths)
    own = TemporaryFolder()
    assert sorted(temporary.iterdir()) == sorted([paths[1], own.path])
    others[1].communicate("")
    own.cleanup()
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such links")
def test_nothing_else_is_swept_away(
    temporary: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "file").write_bytes(b"")
    (temporary / f"{PREFIX}link").symlink_to(elsewhere)
    (temporary / f"{PREFIX}file").write_bytes(b"")
    (temporary / "sourcebrief-other").mkdir()
    TemporaryFolder().cleanup()
    assert (elsewhere / "file").exists()
    assert len(list(temporary.iterdir())) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="it has no locks that end with a process")
def test_many_at_once_take_none_from_each_other(temporary: Path) -> None:
    program = (
        "from sourcebrief.processes import temporary_folders as scratch\n"
        "for _ in range(60):\n"
        "    scratch._sweep.cache_clear()\n"
        "    s = scratch.TemporaryFolder(); (s.path / 'file').write_bytes(b''); s.cleanup()\n"
    )
    began = time.monotonic()
    others = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": str(PROJECT / "src"), "TMPDIR": str(temporary)},
        )
        for _ in range(4)
    ]
    assert [other.wait(timeout=60) for other in others] == [0, 0, 0, 0]
    assert list(temporary.iterdir()) == []
    assert time.monotonic() - began < 60

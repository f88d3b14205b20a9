"""Where the files of a workspace come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.workspace.file_sources import DiskFiles, HeldFiles

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def disk(tmp_path: Path) -> DiskFiles:
    """A folder with one file in `seeds`."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_bytes(b"on disk")
    return DiskFiles(tmp_path)


def test_held_files_stand_before_those_beneath(disk: DiskFiles) -> None:
    source = HeldFiles({"seeds/a.txt": b"planned", "seeds/new/b.txt": b"b"}, disk)
    assert source.read("seeds/a.txt") == b"planned"
    assert source.is_file("seeds/new/b.txt")
    assert set(source.names("seeds")) == {"a.txt", "new"}


def test_without_files_beneath_nothing_else_is_there(disk: DiskFiles) -> None:
    source = HeldFiles({"briefings/port/brief.yaml": b""})
    assert not source.is_file("seeds/a.txt")
    assert set(source.names("briefings")) == {"port"}
    assert source.real("seeds/a.txt") == "seeds/a.txt"
    with pytest.raises(FileNotFoundError):
        source.read("seeds/a.txt")
    assert source.read(str(disk.root / "seeds/a.txt")) == b"on disk"


def test_links_are_followed_inside_the_workspace_and_refused_outside(disk: DiskFiles) -> None:
    (disk.root / "inside").symlink_to("seeds")
    (disk.root / "outside").symlink_to("..")
    assert disk.real("inside/a.txt") == "seeds/a.txt"
    with pytest.raises(ValueError, match="leads out of the workspace"):
        disk.real("outside/a.txt")
    assert list(disk.names("nowhere")) == []

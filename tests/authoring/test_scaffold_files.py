"""New files are all written or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.authoring.scaffold_files import create_all

if TYPE_CHECKING:
    from pathlib import Path


def test_folders_that_were_there_stay(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").write_text("mine")
    with pytest.raises(FileExistsError):
        create_all({tmp_path / "a/c/d": b"", tmp_path / "b": b""})
    assert list((tmp_path / "a").iterdir()) == []

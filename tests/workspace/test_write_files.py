"""Outputs are replaced whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from sourcebrief.errors import EnvironmentFault
from sourcebrief.workspace import write_files
from sourcebrief.workspace.write_files import create_all, replace_all


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    return tmp_path / "state" / "staging"


@pytest.fixture
def outputs(tmp_path: Path) -> dict[Path, bytes]:
    folder = tmp_path / "out"
    folder.mkdir()
    for name in ("a.pdf", "b.docx"):
        (folder / name).write_bytes(b"old " + name.encode())
    return {folder / name: b"new " + name.encode() for name in ("a.pdf", "b.docx", "c.json")}


def found(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


OLD = {"a.pdf": b"old a.pdf", "b.docx": b"old b.docx"}
NEW = {"a.pdf": b"new a.pdf", "b.docx": b"new b.docx", "c.json": b"new c.json"}


def test_every_file_is_written_and_nothing_else_stays(
    tmp_path: Path, outputs: dict[Path, bytes], staging: Path
) -> None:
    replace_all(outputs, staging)
    assert found(tmp_path / "out") == NEW
    assert not staging.exists()


def test_folders_are_made(tmp_path: Path, staging: Path) -> None:
    replace_all({tmp_path / "x" / "y" / "a.pdf": b"new"}, staging)
    assert (tmp_path / "x" / "y" / "a.pdf").read_bytes() == b"new"


def test_what_an_interrupted_build_left_is_swept_away(
    tmp_path: Path, outputs: dict[Path, bytes], staging: Path
) -> None:
    staging.mkdir(parents=True)
    (staging / "0").write_bytes(b"half of a PDF")
    (staging / "17").write_bytes(b"half of a DOCX")
    replace_all(outputs, staging)
    assert found(tmp_path / "out") == NEW


def test_a_folder_that_cannot_be_written_leaves_every_old_file(
    tmp_path: Path, outputs: dict[Path, bytes], staging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Permissions do not bind root, who may run this test: the system's answer is put in its place.
    monkeypatch.setattr(os, "access", lambda path, mode: "out" not in str(path))
    with pytest.raises(EnvironmentFault, match=r"cannot write .*a\.pdf: its folder is not writ"):
        replace_all(outputs, staging)
    assert found(tmp_path / "out") == OLD
    assert not staging.exists()


def test_a_folder_with_an_outputs_name_leaves_every_old_file(
    tmp_path: Path, outputs: dict[Path, bytes], staging: Path
) -> None:
    (tmp_path / "out" / "c.json").mkdir()
    with pytest.raises(EnvironmentFault, match=r"cannot write .*c\.json: a folder has its name"):
        replace_all(outputs, staging)
    (tmp_path / "out" / "c.json").rmdir()
    assert found(tmp_path / "out") == OLD


def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path, staging: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EnvironmentFault, match="cannot write"):
        replace_all({tmp_path / "file" / "a.pdf": b"new"}, staging)
    assert (tmp_path / "file").read_bytes() == b""


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_leaves_every_old_file_and_says_to_make_room(
    tmp_path: Path,
    outputs: dict[Path, bytes],
    staging: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
) -> None:
    write = write_files._write_synced

    def full(path: Path, data: bytes) -> None:
        write(path, data[:3])
        if b"docx" in data:
            raise OSError(code, os.strerror(code))

    monkeypatch.setattr(write_files, "_write_synced", full)
    with pytest.raises(EnvironmentFault, match=r"cannot write .*b\.docx: .*; make room"):
        replace_all(outputs, staging)
    assert found(tmp_path / "out") == OLD
    assert not staging.exists()


def test_another_mount_of_the_same_file_system_is_written_beside(
    tmp_path: Path, outputs: dict[Path, bytes], staging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.replace

    def refusing(self: Path, target: Path) -> Path:
        if self.parent == staging:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", refusing)
    replace_all(outputs, staging)
    assert found(tmp_path / "out") == NEW


def test_another_file_system_gets_whole_files_too(
    tmp_path: Path, outputs: dict[Path, bytes], staging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = Path.stat

    def stat(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = status(self, follow_symlinks=follow_symlinks)
        other = list(found)
        other[2] = found.st_dev + (self.name == "out")
        return os.stat_result(other)

    asides: list[str] = []
    write = write_files._write_synced

    def seen(path: Path, data: bytes) -> None:
        asides.append(path.name)
        write(path, data)

    monkeypatch.setattr(Path, "stat", stat)
    monkeypatch.setattr(write_files, "_write_synced", seen)
    replace_all(outputs, staging)
    # All stand aside in the folder itself before the first takes its place.
    assert asides == [".a.pdf.part", ".b.docx.part", ".c.json.part"]
    monkeypatch.undo()
    assert found(tmp_path / "out") == NEW


def test_a_link_is_replaced_and_what_it_led_to_is_not(tmp_path: Path, staging: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    (tmp_path / "a.pdf").symlink_to(secret)
    replace_all({tmp_path / "a.pdf": b"new"}, staging)
    assert (tmp_path / "a.pdf").read_bytes() == b"new"
    assert secret.read_bytes() == b"secret"


def test_new_files_are_all_created_or_none_and_older_folders_stay(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").write_text("mine")
    with pytest.raises(FileExistsError):
        create_all({tmp_path / "a/c/d": b"", tmp_path / "b": b""})
    assert list((tmp_path / "a").iterdir()) == []

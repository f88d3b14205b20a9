"""What git remembers of the files of a workspace."""

from __future__ import annotations

import subprocess
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from sourcebrief.workspace.git import file_versions, files_at, find_commit, foreign_repository

if TYPE_CHECKING:
    from pathlib import Path

IDENTITY = ("-c", "user.name=A", "-c", "user.email=a@example.org")


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(root), *IDENTITY, *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A workspace with one committed seed, a link beside it and a staged newer text."""
    (tmp_path / "seeds").mkdir()
    seed = tmp_path / "seeds/año.txt"
    seed.write_bytes(b"old\r\n")
    (tmp_path / "seeds/link.txt").symlink_to("año.txt")
    (tmp_path / "notes.txt").write_text("not of the workspace")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "first")
    seed.write_bytes(b"new\n")
    git(tmp_path, "add", ".")
    return tmp_path


def test_the_files_of_a_revision_are_read_as_they_were_without_links(repository: Path) -> None:
    commit = find_commit(repository, "HEAD")
    assert commit is not None
    assert files_at(repository, commit, ["seeds", "briefings"]) == {"seeds/año.txt": b"old\r\n"}


def test_no_such_revision_and_no_repository(repository: Path) -> None:
    assert find_commit(repository, "nothing") is None
    assert find_commit(repository / "..", "HEAD") is None


def test_of_a_repository_of_another_user_it_is_said(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert foreign_repository(repository) is None
    assert foreign_repository(repository / "..") is None
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert find_commit(repository, "HEAD") is None
    assert str(foreign_repository(repository)).endswith(
        f"run: git config --global --add safe.directory {repository}"
    )


def test_every_version_is_found_the_staged_one_first(repository: Path) -> None:
    found = list(file_versions(repository, ["seeds/año.txt", "seeds/none.txt"], seconds=10))
    assert found == [b"new\n", b"old\r\n"]
    assert list(islice(file_versions(repository, ["seeds/año.txt"], seconds=10), 1)) == [b"new\n"]


def test_no_repository_or_no_time_means_no_versions(repository: Path) -> None:
    assert list(file_versions(repository / "..", ["seeds/año.txt"], seconds=10)) == []
    assert list(file_versions(repository, ["seeds/año.txt"], seconds=0)) == []


def test_a_machine_without_git_says_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FileNotFoundError):
        find_commit(repository, "HEAD")

"""A folder: its files in order, without hidden ones and without the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import harbour
from sourcebrief.authoring.adding.folders import files_listed, owner_of
from sourcebrief.authoring.adding.holdings import Holdings
from sourcebrief.errors import UsageError
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return harbour.workspace(tmp_path / "desk")


def test_files_stay_in_order_and_a_folder_gives_all_below_it(root: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    for name in ("b.txt", "a/c.pdf", ".hidden", ".git/config"):
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_text(name, "utf-8")
    single = tmp_path / "one.txt"
    found = files_listed([single, inbox], Holdings(Inputs(root)))
    assert list(found.items()) == [
        (single, False), (inbox / "a/c.pdf", True), (inbox / "b.txt", True),
    ]  # fmt: skip


def test_a_file_that_is_named_beside_its_folder_stands_once(root: Path, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name, "utf-8")
    named = tmp_path / "b.txt"
    found = files_listed([tmp_path / "desk/seeds", named, tmp_path], Holdings(Inputs(root)))
    assert found[named] is False
    assert found[tmp_path / "a.txt"] is True


def test_the_catalogue_is_no_document(root: Path) -> None:
    found = [file.name for file in files_listed([root / "seeds"], Holdings(Inputs(root)))]
    assert found == ["ministry.txt", "post.txt"]


def test_an_empty_folder_is_usage(root: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="holds no file to add"):
        files_listed([tmp_path / "empty"], Holdings(Inputs(root)))


def test_a_file_is_known_by_what_it_holds(root: Path, tmp_path: Path) -> None:
    holdings = Holdings(Inputs(root))
    copy = tmp_path / "copy.txt"
    copy.write_text(harbour.POST, "utf-8")
    assert owner_of(copy, holdings) == "post-2021"
    other = tmp_path / "other.txt"
    other.write_text("Other.", "utf-8")
    assert owner_of(other, holdings) is None
    assert owner_of(tmp_path / "nothing", holdings) is None

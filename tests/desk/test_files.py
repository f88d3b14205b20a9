"""Edits of files: only of what was seen, never through a link, and taken back in turn."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sourcebrief.desk.files import ChangedUnderneath, FileEdits
from sourcebrief.errors import SourcebriefError
from sourcebrief.workspace import write_files


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "events.yaml"
    path.write_bytes(b"a")
    return path


def test_edits_are_taken_back_in_turn(file: Path) -> None:
    edits = FileEdits(file.parent)
    for words in (b"b", b"c"):
        edits.edit(
            "events.yaml", digest(file), lambda before, words=words: before + words, "an edit"
        )
    assert (file.read_bytes(), edits.last) == (b"abc", "an edit")
    assert edits.undo().path == "events.yaml"
    assert file.read_bytes() == b"ab"
    edits.undo()
    assert (file.read_bytes(), edits.last) == (b"a", "")
    with pytest.raises(SourcebriefError, match="no edit to take back"):
        edits.undo()


def test_what_was_taken_back_is_done_again_until_another_edit_is_made(file: Path) -> None:
    edits = FileEdits(file.parent)
    for words in (b"b", b"c"):
        edits.edit("events.yaml", digest(file), lambda before, words=words: before + words, "it")
    edits.undo()
    edits.undo()
    assert (edits.last, edits.undone) == ("", "it")
    edits.redo()
    assert file.read_bytes() == b"ab"
    edits.edit("events.yaml", digest(file), lambda before: before + b"d", "another")
    assert (edits.last, edits.undone) == ("another", "")
    with pytest.raises(SourcebriefError, match="no edit to do again"):
        edits.redo()
    edits.undo()
    file.write_bytes(b"typed")
    with pytest.raises(ChangedUnderneath, match="another was not written again"):
        edits.redo()
    assert file.read_bytes() == b"typed"


def test_what_changed_underneath_is_neither_edited_nor_taken_back(file: Path) -> None:
    edits = FileEdits(file.parent)
    seen = digest(file)
    edits.edit("events.yaml", seen, lambda before: before + b"b", "an edit")
    with pytest.raises(ChangedUnderneath, match="so nothing was written"):
        edits.edit("events.yaml", seen, lambda before: before + b"c", "an edit")
    file.write_bytes(b"typed")
    with pytest.raises(ChangedUnderneath, match="take it back in your editor"):
        edits.undo()
    assert file.read_bytes() == b"typed"
    file.unlink()
    with pytest.raises(ChangedUnderneath):
        edits.edit("events.yaml", "", lambda before: before + b"c", "an edit")
    with pytest.raises(ChangedUnderneath):
        edits.undo()
    assert not file.exists()


def test_what_an_editor_saves_while_an_edit_is_made_stays(file: Path) -> None:
    def change(before: bytes) -> bytes:
        file.write_bytes(b"typed")
        return before + b"b"

    edits = FileEdits(file.parent)
    with pytest.raises(ChangedUnderneath, match="so nothing was written"):
        edits.edit("events.yaml", digest(file), change, "an edit")
    assert (file.read_bytes(), edits.last) == (b"typed", "")


def test_what_an_editor_saves_after_the_last_look_is_put_back(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move = write_files._move

    def save_and_move(ready: Path, target: Path) -> None:
        target.write_bytes(b"typed")
        move(ready, target)

    monkeypatch.setattr(write_files, "_move", save_and_move)
    edits = FileEdits(file.parent)
    with pytest.raises(ChangedUnderneath, match="so nothing was written"):
        edits.edit("events.yaml", digest(file), lambda before: before + b"b", "an edit")
    assert (file.read_bytes(), edits.last) == (b"typed", "")
    assert not (file.parent / ".sourcebrief/staging/desk-before").exists()


def test_a_link_is_not_written_through(file: Path) -> None:
    (file.parent / "link.yaml").symlink_to(file)
    (file.parent / "folder").symlink_to(file.parent)
    edits = FileEdits(file.parent)
    for path in ("link.yaml", "folder/events.yaml"):
        with pytest.raises(SourcebriefError, match="reached by a link"):
            edits.edit(path, digest(file), lambda before: before + b"b", "an edit")
    assert file.read_bytes() == b"a"


def test_an_edit_that_fails_leaves_nothing_behind(file: Path) -> None:
    edits = FileEdits(file.parent)

    def fail(_: bytes) -> bytes:
        raise SourcebriefError("no")

    with pytest.raises(SourcebriefError, match="no"):
        edits.edit("events.yaml", digest(file), fail, "an edit")
    assert (file.read_bytes(), edits.last) == (b"a", "")
    assert not (file.parent / ".sourcebrief/staging").exists()

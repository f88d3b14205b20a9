"""Edits of the briefing's files: made only on what the browser saw, and taken back one by one."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sourcebrief.build.staleness import STATE
from sourcebrief.errors import SourcebriefError
from sourcebrief.processes.lock import locked
from sourcebrief.workspace.write_files import replace_all

_PATIENCE: Final = 5.0
"""Seconds for which an edit waits for a command that writes in the workspace."""
_MOST_KEPT: Final = 100


class ChangedUnderneath(SourcebriefError):  # noqa: N818 - it names what the file is
    """The file is not what the edit was made for, so nothing was written."""


@dataclass(frozen=True, slots=True)
class FileEdit:
    """An edit of a file, and what it did in words, such as "the event “Pact” in events.yaml"."""

    path: str
    words: str
    before: bytes
    after: bytes


class FileEdits:
    """The edits of one sitting, in a workspace."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._done: list[FileEdit] = []
        self._undone: list[FileEdit] = []

    @property
    def last(self) -> str:
        """What the last edit did; empty where nothing can be taken back."""
        return self._done[-1].words if self._done else ""

    @property
    def undone(self) -> str:
        """What the edit did that was taken back last; empty where nothing can be done again."""
        return self._undone[-1].words if self._undone else ""

    def edit(self, path: str, seen: str, change: Callable[[bytes], bytes], words: str) -> None:
        """Change a file of the workspace whose SHA-256 is the one `seen`; `words` say what it does.

        Raises ChangedUnderneath where it is not, and what `change` raises.
        """
        with self._own() as staging:
            target = self._target(path)
            before = target.read_bytes() if target.is_file() else b""
            refusal = (
                f"{path} was changed meanwhile, so nothing was written; look at it, then try again"
            )
            if hashlib.sha256(before).hexdigest() != seen:
                raise ChangedUnderneath(refusal)
            done = FileEdit(path, words, before, change(before))
            _replace(target, before, done.after, staging, refusal)
            self._done.append(done)
            del self._done[:-_MOST_KEPT]
            self._undone.clear()

    def undo(self) -> FileEdit:
        """Take the last edit back; returns it."""
        return self._turn(self._done, self._undone, "taken back; take it back", "take back")

    def redo(self) -> FileEdit:
        """Do the edit again that was taken back last; returns it."""
        return self._turn(self._undone, self._done, "written again; write it", "do again")

    def _turn(
        self, edits: list[FileEdit], others: list[FileEdit], way_out: str, what: str
    ) -> FileEdit:
        """Take the last of some edits back, or of those that were, and put it with the others."""
        with self._own() as staging:
            if not edits:
                raise SourcebriefError(f"there is no edit to {what}")
            last = edits[-1]
            sides = last.after, last.before
            was, becomes = sides if edits is self._done else sides[::-1]
            refusal = (
                f"{last.path} was changed since, so {last.words} was not {way_out} in your editor"
            )
            _replace(self._target(last.path), was, becomes, staging, refusal)
            others.append(edits.pop())
            return last

    def _target(self, path: str) -> Path:
        """The file of a path; a link in its place, or above it, is not written through."""
        target = self._root
        for part in Path(path).parts:
            target /= part
            if target.is_symlink():
                raise SourcebriefError(f"{path} is reached by a link, which the desk does not edit")
        return target

    @contextmanager
    def _own(self) -> Iterator[Path]:
        """Be the only one that writes in the workspace; yields a folder to write aside in."""
        with locked(self._root / STATE, lambda _: None, _PATIENCE):
            yield self._root / STATE / "staging" / "desk"


def _replace(target: Path, before: bytes, after: bytes, staging: Path, refusal: str) -> None:
    """Write a file that is as it was `before` until the moment in which the new one is in place.

    What stood there keeps a second name until then, so that what an editor wrote into it after the
    last look is seen, and put back.
    """
    kept = staging.with_name("desk-before")

    def last_look() -> None:
        kept.unlink(missing_ok=True)
        if target.is_file():
            with suppress(OSError):  # not every file system gives second names
                kept.hardlink_to(target)
        if not target.is_file() or target.read_bytes() != before:
            raise ChangedUnderneath(refusal)

    try:
        replace_all({target: after}, staging, last_look)
        if kept.is_file() and kept.read_bytes() != before:
            kept.replace(target)
            raise ChangedUnderneath(refusal)
    finally:
        kept.unlink(missing_ok=True)

"""The log of a door: what was asked, by its hash alone, and what came of it.

No word of a question or an answer is in it, because either may be withheld from who reads logs.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from sourcebrief.errors import EnvironmentFault, cannot_write

LOG: Final = "questions.log"
"""The log's name in the folder of what builds remember; the one before it ends in `.1`."""
_LARGEST: Final = 1_000_000


class QuestionLog:
    """Appends a line of JSON for each question to a file in `state`.

    Where it cannot be written, `notice` is told so once, and questions are answered without it.
    """

    def __init__(
        self, state: Path, now: Callable[[], str], door: str, notice: Callable[[str], None]
    ) -> None:
        self._path = state / LOG
        self._older = state / f"{LOG}.1"
        self._now = now
        self._door = door
        self._notice: Callable[[str], None] | None = notice
        # A repository can hold links, by which the log would be written elsewhere.
        for own in (state, self._path, self._older):
            if own.is_symlink():
                raise EnvironmentFault(f"{own} is a link, where the log is kept; delete it")

    def write(self, **said: Any) -> None:
        """Append a line, if the system lets us."""
        line = json.dumps({"at": self._now(), "door": self._door, **said})
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists() and self._path.stat().st_size > _LARGEST:
                self._path.replace(self._older)
            with os.fdopen(os.open(self._path, flags, 0o600), "ab") as file:
                file.write(f"{line}\n".encode())
        except OSError as error:
            if self._notice is not None:
                fault = cannot_write(self._path, error, "questions are answered without a log")
                self._notice(str(fault))
            self._notice = None

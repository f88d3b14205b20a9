"""A moving line on a terminal that says what is being made; nothing elsewhere."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class Progress:
    """Show words while a `with` block runs, by the function that the block gets."""

    def __init__(self, quiet: bool) -> None:
        self._show = not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._status: Any = None

    def __enter__(self) -> Callable[[str], None]:
        return self._say

    def _say(self, words: str) -> None:
        if not self._show:
            return
        if self._status is None:
            from rich.console import Console

            self._status = Console(stderr=True).status(words)
            self._status.start()
        self._status.update(words)

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()

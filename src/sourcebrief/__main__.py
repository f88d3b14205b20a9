"""`python -m sourcebrief` is `sourcebrief`."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from types import FrameType


def main() -> NoReturn:
    """Run the command line, which can be interrupted from the first moment to the last."""
    _leave_when_told()
    try:
        from sourcebrief.cli import main
    except ModuleNotFoundError as error:
        sys.exit(
            f"sourcebrief: error: the package {error.name!r} is missing; "
            "install this project's dependencies: pip install ."
        )
    try:
        main()
    finally:
        _leave_when_told()


def _leave_when_told() -> None:
    """End at once on SIGINT and SIGTERM: before and after the command, nothing is under way."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)


def _leave(number: int, _frame: FrameType | None) -> None:
    os._exit(128 + number)


if __name__ == "__main__":
    main()

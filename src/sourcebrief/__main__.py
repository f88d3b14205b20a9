"""`python -m sourcebrief` is `sourcebrief`."""

import sys
from typing import NoReturn

from sourcebrief.processes.signals import exit_at_once_on_signals


def main() -> NoReturn:
    """Run the command line, which can be interrupted from the first moment to the last."""
    exit_at_once_on_signals()
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
        exit_at_once_on_signals()


if __name__ == "__main__":
    main()

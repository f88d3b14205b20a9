"""The names that builds write in each kind of document, as `vocabulary.txt` lists them."""

from functools import cache
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_suffix(".txt")


@cache
def vocabulary(part: str) -> tuple[str, ...]:
    """The lines of a part of the list."""
    lines = (line for line in _FILE.read_text("utf-8").splitlines() if line and line[0] != "#")
    _, *below = dropwhile(lambda line: line != f"[{part}]", lines)
    return tuple(takewhile(lambda line: line[0] != "[", below))


@cache
def names(part: str) -> frozenset[str]:
    """The names in a part of the list."""
    return frozenset(" ".join(vocabulary(part)).split())

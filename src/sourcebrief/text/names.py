"""The name that somebody may have meant, of those that there are."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST_ALIKE: Final = 60.0
"""Of 100: by how many letters have to go in or out (rapidfuzz's `ratio`)."""


def nearest(word: str, known: Iterable[str]) -> str:
    """A clause that offers the nearest known name, or nothing where none is near."""
    found = _nearest(word, tuple(sorted(known)))
    return "" if found is None else f"; did you mean {found!r}?"


@lru_cache(maxsize=64)  # each holds all the names
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    # Imported here: only a name that is wrong needs it. A renamed file can make thousands wrong
    # among thousands, for which difflib takes minutes.
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    found = extractOne(word, known, scorer=ratio, score_cutoff=_LEAST_ALIKE)
    return found[0] if found else None

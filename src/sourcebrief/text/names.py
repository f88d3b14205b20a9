"""Suggestions for a name that is not known."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final

from sourcebrief.text.phrases import slug

_LEAST_ALIKE: Final = 60.0
"""Of 100, by rapidfuzz's `ratio`: the share of letters that need not be inserted or deleted."""
_MOST_LISTED: Final = 8
_ID: Final = re.compile("[a-z0-9][a-z0-9-]*")
_LONGEST_ID: Final = 120


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Write a clause that offers the most similar known name; empty where none is similar."""
    found = most_similar(word, known)
    return "" if found is None else f"; did you mean {found!r}?"


def id_fault(name: str) -> str:
    """Say that a name cannot be an id, and which id it could be; empty where it can."""
    if _ID.fullmatch(name) and len(name) <= _LONGEST_ID:
        return ""
    way_out = f"; write {slug(name)!r}" if slug(name) else ""
    length = f", at most {_LONGEST_ID}" if len(name) > _LONGEST_ID else ""
    return f"cannot be an id: lower-case letters, digits and hyphens only{length}{way_out}"


def did_you_mean_or_list(word: str, known: Collection[str]) -> str:
    """Write a clause that offers the most similar known name, or lists them if they are few."""
    listed = f"; there is {', '.join(known)}" if 0 < len(known) <= _MOST_LISTED else ""
    return did_you_mean(word, known) or listed


def most_similar(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most like a word, or None where none is similar."""
    return _most_similar(word, tuple(sorted(known)))


@lru_cache(maxsize=64)  # each entry holds all the names
def _most_similar(word: str, known: tuple[str, ...]) -> str | None:
    # Imported here because only a wrong name needs it. A renamed file can make thousands wrong
    # among thousands, for which difflib would take minutes.
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    found = extractOne(word, known, scorer=ratio, score_cutoff=_LEAST_ALIKE, processor=str.casefold)
    return found[0] if found else None

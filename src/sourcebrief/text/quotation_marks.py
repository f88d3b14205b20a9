"""Quotation marks within quoted words: they alternate with those around, and stand in pairs."""

import re
from collections.abc import Sequence
from typing import Final

_OPENS: Final = "“„«"
_CLOSES: Final = "”»"
# A guillemet may have a space within, which belongs to the mark.
_MARK: Final = re.compile(r"«[ \u00a0\u202f]?|[ \u00a0\u202f]?»|[“”„\"]")
_BEFORE: Final = re.compile(r"[\s(\[¿¡“„«—–/]$|^$")
_AFTER: Final = re.compile(r"[\s.,;:!?)\]…”»’—–]|$")


def with_inner_marks(text: str, inner: Sequence[str], outer: Sequence[str]) -> str:
    """Write the double marks of words that will stand in `outer` marks: `inner` ones, then `outer`.

    A quotation may begin or end within words that its document quotes: the mark that it lacks
    is put in.
    """
    pairs = (outer, inner)
    depth, lacking, parts, end = 1, 0, [], 0
    for found in _MARK.finditer(text):
        parts.append(text[end : found.start()])
        end = found.end()
        if _opens(text, found, depth):
            parts.append(pairs[depth % 2][0])
            depth += 1
        elif depth > 1:
            depth -= 1
            parts.append(pairs[depth % 2][1])
        else:
            lacking += 1
            parts.append(pairs[lacking % 2][1])
    parts.append(text[end:])
    begun = "".join(pairs[level % 2][0] for level in range(1, lacking + 1))
    ended = "".join(pairs[level % 2][1] for level in range(depth - 1, 0, -1))
    return f"{begun}{''.join(parts)}{ended}"


def _opens(text: str, found: re.Match[str], depth: int) -> bool:
    """Whether a mark opens: by what it touches, and else by its form; straight ones take turns."""
    apart = bool(_BEFORE.search(text[: found.start()]))
    free = bool(_AFTER.match(text, found.end()))
    if apart != free:
        return apart
    mark = found[0].strip()
    return mark in _OPENS if mark in _OPENS + _CLOSES else depth == 1

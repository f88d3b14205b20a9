"""Words: where a quotation may begin and end.

No boundary lies between letters, digits or marks, nor inside a number (1,500.25), an initialism
(U.S.), or a word with apostrophes or hyphens. A dash other than a hyphen separates words, except
between digits. In scripts written without spaces each grapheme cluster is a word. Offsets are those
of a folded text; its source says which dash or space stood there.
"""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from operator import itemgetter
from typing import Final

from sourcebrief.evidence.folding import JOINT, Folded
from sourcebrief.text.characters import DASHES, HYPHENS, extends_cluster, is_unspaced

_GROUPING_SPACES: Final = "\u00a0\u2007\u2009\u202f"
_GROUPING: Final = frozenset(_GROUPING_SPACES)
_TOLD_BY_SOURCE: Final = _GROUPING.union(DASHES[1:])
_FROM_SOURCE: Final = (
    dict.fromkeys(DASHES, "d")
    | dict.fromkeys(HYPHENS, "h")
    | dict.fromkeys(_GROUPING_SPACES, "g")
    | {"-": "-", "\u2212": "s"}
)

# Over the signs that `_signs` writes.
_LEAD: Final = r"(?: (?<! [^ g(\[{$€£¥~<>=±'\"] ) [.\-s] (?=[09]) )"
_UNIT: Final = r"(?: (?<![a09]) (?:a\.)+ a (?![a09]) \.? | (?: [^mc] (?=m) )? [a09mj]+ )"
_LINK: Final = r"""(?: ['\-h] | (?<=[09]) (?:
    [.,:/ds] (?=[09]) | g (?= [09]{3} (?![09]) ) | [ ] (?= 000 (?![09]) ) ) )"""
_WORD: Final = re.compile(f"c m* | {_LEAD}? {_UNIT} (?: {_LINK} {_UNIT} )*", re.VERBOSE)
# Between these no word goes on, whatever stands around them, so that its paragraph need not be
# divided: beside a space that no digit precedes, or that other ASCII than a digit follows; between
# a letter and a sign that only numbers may hold; before the full stop behind a number or a word.
_APART: Final = re.compile(
    r"""\Z | (?<=[!-&(-,./:-~])[ ] | (?<=[ ])[!-/:-~] | (?<=[A-Za-z])[,;:!?")\]]
    | (?<=[("\[])[A-Za-z] | (?<=[A-Za-z][A-Za-z])\. | (?<=[0-9])\.(?:[ ]|\Z)""",
    re.VERBOSE,
)


def is_word_character(character: str) -> bool:
    """Whether a character is a letter, a digit or a mark."""
    return character.isalnum() or extends_cluster(character)


def _sign(character: str) -> str:
    if character == JOINT:
        return "j"
    if character.isdigit():
        return "0" if character == "0" else "9"
    if extends_cluster(character):
        return "m"
    return "c" if is_unspaced(character) else "a" if character.isalnum() else character


class _KnownSigns(dict[int, str]):
    """The sign of each code point that was met; finding one takes longer than all the rest."""

    def __missing__(self, code: int) -> str:
        sign = self[code] = _sign(chr(code))
        return sign


_SIGNS: Final = _KnownSigns()


def _signs(folded: Folded) -> str:
    """Write a sign for each folded character: its class, or the character itself.

    The classes are `a` letter, `c` letter of a script without spaces, `0` nought, `9` other digit,
    `m` mark, `j` joint, `h` hyphen and `d` dash other than U+002D, `s` minus, `g` space that groups
    digits.
    """
    signs = folded.text.translate(_SIGNS)
    grouped = not _GROUPING.isdisjoint(folded.source)
    if not grouped and "-" not in signs:
        return signs
    if isinstance(folded.offsets, range) and _TOLD_BY_SOURCE.isdisjoint(folded.source):
        return signs  # as it was written
    unsure = "[- ]" if grouped else "-"
    return re.sub(unsure, lambda found: _sign_in_source(folded, found.start()), signs)


def _sign_in_source(folded: Folded, index: int) -> str:
    text, offsets, origin = folded.text, folded.offsets, folded.origin(index)
    if text[index] == " ":
        return _FROM_SOURCE.get(origin, " ")
    spaced = index and text[index - 1] != " " and folded.source[offsets[index] - 1].isspace()
    # The white space that vanished after a hyphen alone held the end of a line.
    closed = any(map(str.isspace, folded.source[offsets[index] : offsets[index + 1]]))
    if closed and not spaced and origin in HYPHENS:
        return "h"
    return "d" if closed or spaced else _FROM_SOURCE.get(origin, "d")


@lru_cache(maxsize=256)  # a paragraph is asked for at each match
def word_spans(folded: Folded) -> list[tuple[int, int]]:
    """The folded spans of the words of a text, in order."""
    return [found.span() for found in _WORD.finditer(_signs(folded))]


def word_across(folded: Folded, index: int) -> tuple[int, int] | None:
    """The folded span of the word that a place lies inside, so that nothing may be cut there."""
    if not index or _APART.match(folded.text, index):
        return None
    words = word_spans(folded)
    before = bisect_left(words, index, key=itemgetter(0)) - 1
    if before >= 0 and index < words[before][1]:
        return words[before]
    if folded.text[index - 1 : index + 1] == "..":  # an ellipsis of one character is not cut
        offsets = folded.offsets
        first = bisect_left(offsets, offsets[index])
        return (first, bisect_right(offsets, offsets[index])) if first < index else None
    return None


def count_words(folded: Folded, start: int = 0, end: int | None = None) -> int:
    """Count the words of a folded span."""
    words = word_spans(folded)
    last = len(words) if end is None else bisect_left(words, end, key=itemgetter(0))
    return last - bisect_right(words, start, key=itemgetter(1))


def count_clusters(folded: Folded) -> int:
    """Count the grapheme clusters of scripts that are written without spaces."""
    return _signs(folded).count("c")

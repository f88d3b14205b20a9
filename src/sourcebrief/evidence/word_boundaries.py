"""Words: where a quotation may begin and end.

No boundary lies between letters, digits or marks, nor inside a number (1,500.25), an initialism
(U.S.), or a word with apostrophes or hyphens. A dash other than a hyphen separates words, except
between digits. Offsets are those of a folded text; its source says which dash or space stood there.
"""

import re
from typing import Final

from sourcebrief.evidence.folding import JOINT, Folded, is_mark
from sourcebrief.text.characters import HYPHENS

_INITIALISM = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])\.?")
_IN_NUMBERS: Final = frozenset(".,:/")
_GROUPING_SPACES: Final = frozenset("\u00a0\u2007\u2009\u202f")
_SIGNS: Final = frozenset("-\u2212")
_BEFORE_A_SIGNED_NUMBER: Final = frozenset(" ([{$€£¥~<>=±'\"")
_LINKS: Final = _IN_NUMBERS | frozenset("'-")


def is_word_character(character: str) -> bool:
    """Whether a character is a letter, a digit or a mark."""
    return character.isalnum() or is_mark(character)


def _initialism_around(text: str, index: int) -> tuple[int, int] | None:
    """The initialism that reaches from before to, or beyond, a place in the text."""
    first = index
    while first > 0 and (text[first - 1] == "." or text[first - 1].isalpha()):
        first -= 1
    last = index
    while last < len(text) and (text[last] == "." or text[last].isalpha()):
        last += 1
    for found in _INITIALISM.finditer(text, first, last):
        if found.start() < index <= found.end():
            return found.span()
    return None


def _ends_initialism(text: str, index: int) -> bool:
    if index < 4 or text[index - 1] != ".":
        return False
    found = _initialism_around(text, index)
    return found is not None and found[1] == index


def _ends_word(text: str, index: int) -> bool:
    return index > 0 and (is_word_character(text[index - 1]) or _ends_initialism(text, index))


def _links(folded: Folded, index: int) -> bool:
    """Whether the character at an index joins what stands on its two sides into one word."""
    text = folded.text
    if index + 1 >= len(text) or not is_word_character(text[index + 1]):
        return False
    character = text[index]
    digits = index > 0 and text[index - 1].isdigit() and text[index + 1].isdigit()
    if character in _IN_NUMBERS:
        return digits
    if character == "'":
        return _ends_word(text, index)
    if character == "-":
        return digits or (folded.origin(index) in HYPHENS and _ends_word(text, index))
    return False


def _leads_number(folded: Folded, index: int) -> bool:
    """Whether the character at an index is a number's sign or its leading decimal point."""
    text = folded.text
    if index + 1 >= len(text) or not text[index + 1].isdigit():
        return False
    if index and text[index - 1] not in _BEFORE_A_SIGNED_NUMBER:
        return False
    return text[index] == "." or (text[index] == "-" and folded.origin(index) in _SIGNS)


def _groups_digits(folded: Folded, index: int) -> bool:
    """Whether a space parts thousands: one made for it, or a plain one before three noughts."""
    text = folded.text
    group = text[index + 1 : index + 4]
    if not (
        index
        and text[index - 1].isdigit()
        and len(group) == 3
        and group.isdigit()
        and not text[index + 4 : index + 5].isdigit()
    ):
        return False
    return group == "000" or folded.origin(index) in _GROUPING_SPACES


def inside_word(folded: Folded, index: int) -> bool:
    """Whether a place in a folded text lies inside a word, so that nothing may be cut there."""
    text = folded.text
    if not 0 < index < len(text):
        return False
    left, right = text[index - 1], text[index]
    if is_mark(right) or JOINT in (left, right):
        return True
    left_is_word, right_is_word = is_word_character(left), is_word_character(right)
    if left_is_word and right_is_word:
        return True
    if (right_is_word and left in _LINKS and _links(folded, index - 1)) or (
        right in _LINKS and _links(folded, index)
    ):
        return True
    if left == " " or right == " ":
        return (right.isdigit() and _groups_digits(folded, index - 1)) or (
            left.isdigit() and _groups_digits(folded, index)
        )
    if right_is_word and left in "-." and _leads_number(folded, index - 1):
        return True
    if left == right == ".":  # the inside of one U+2026
        return folded.offsets[index - 1] == folded.offsets[index]
    if "." in (left, right) and (left_is_word or right_is_word):
        found = _initialism_around(text, index)
        return found is not None and index < found[1]
    return False


def word_around(folded: Folded, index: int) -> tuple[int, int]:
    """The folded span of the word that a place lies inside."""
    first, last = index, index
    while inside_word(folded, first):
        first -= 1
    while inside_word(folded, last):
        last += 1
    return first, last


def count_words(folded: Folded, start: int = 0, end: int | None = None, *, enough: int = 0) -> int:
    """Count the words of a folded span; counting stops when there are `enough`."""
    text = folded.text
    end = len(text) if end is None else end
    count, previous = 0, False
    for index in range(start, end):
        this = is_word_character(text[index]) or text[index] == JOINT
        if this and not previous:
            follows = index - 1 > start and (
                (text[index - 1] in _LINKS and _links(folded, index - 1))
                or (
                    text[index - 1] == "."
                    and is_word_character(text[index - 2])
                    and inside_word(folded, index)
                )
                or (text[index - 1] == " " and _groups_digits(folded, index - 1))
            )
            count += not follows
            if enough and count >= enough:
                break
        previous = this
    return count

"""Raised and lowered characters: exponents keep their meaning, note marks leave the text.

`10⁶` is not `106`, and `million.3` is not a number: extractors call this where a character stands
above or below its line.
"""

import re

_RAISED = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_EXPONENT = re.compile(r"[-+−–]?[0-9]{1,4}|[ni]")
_NUMBERS = r"[0-9]{1,3}(?:\s*[,;–-]\s*[0-9]{1,3})*"
_MARK_AFTER_WORD = re.compile(rf"[\[(]?(?:{_NUMBERS}|[*†‡§¶#]{{1,3}})[\])]?")
_NOTE_MARK = re.compile(rf"{_MARK_AFTER_WORD.pattern}|[\[(]?[a-z][\])]?")
_LOWERED_WORDS = re.compile(r"[0-9+−–=()-]+")
# What is measured in squares and cubes, and what is counted as a power.
_UNIT = re.compile(r"(?<![^\W\d_])(?:[nmcdhk]?m|ft|yd|mi|[A-Za-z])$")


def raised(before: str, words: str, *, linked: bool = False) -> str | None:
    """Return what stands in the text for raised words; None for a note mark, which leaves it.

    `before` is the line up to them. `linked`: they are a link within the document, which only a
    note mark is.
    """
    words = words.strip()
    mark = bool(_NOTE_MARK.fullmatch(words))
    if linked and mark:
        return None
    last = before[-1:]
    power = last.isdigit() or last in {")", "]"}
    if (power and _EXPONENT.fullmatch(words)) or (words in {"2", "3"} and _UNIT.search(before)):
        return words.translate(_RAISED)
    # A mark touches the word that it explains.
    touches = bool(last) and not last.isspace()
    return None if touches and _MARK_AFTER_WORD.fullmatch(words) else words


def lowered(words: str) -> str:
    """Return what stands in the text for lowered words: H₂O, x₁."""
    return words.translate(_LOWERED) if _LOWERED_WORDS.fullmatch(words) else words


def note_mark_remark(number: int) -> str:
    """Say that so many note marks were left out."""
    what = "1 raised note mark was" if number == 1 else f"{number:,} raised note marks were"
    return f"{what} left out of the text"

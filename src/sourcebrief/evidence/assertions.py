"""What words assert: numbers, dates and negations, and how the editor's cuts may turn the sense.

The words are those of lists by language. A text is compared folded and in lower case.
"""

import re
from collections.abc import Iterator
from typing import Final

from sourcebrief.evidence.folding import fold_text
from sourcebrief.text.languages import primary_subtag
from sourcebrief.text.phrases import sentence_starts
from sourcebrief.text.word_lists import LISTED, word_lists

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
_SEPARATORS = re.compile(r"[.,\u00a0\u202f]")
_WORD = re.compile(r"[^\W\d_]+?(?=n't\b)|n't\b|n'(?=\w)|[^\W\d_]+")
_SAME: Final = {"n't": "not", "cannot": "not"}
_OF_ANOTHER_SENSE: Final = frozenset(
    {("pt", "no"), ("fr", "né"), ("fr", "mai"), ("de", "mai"), ("it", "ne"), ("en", "sin")}
)
"""Words of a language that deny something in another one."""
_ENDED = re.compile(r"""[.!?…。！？]["'”’»)\]]*$""")
_UNSPACED_END = re.compile("[。！？]")


def number_values(text: str) -> dict[str, str]:
    """The numbers in figures, by their digits without separators, as they are written."""
    figures = {_SEPARATORS.sub("", found): found for found in _NUMBER.findall(text)}
    return figures | {one: one for one in text if one.isnumeric() and not one.isdecimal()}


def negations(text: str, language: str | None) -> dict[str, str]:
    """The negations of a text, as they are compared and as they are written."""
    lists = word_lists(language)
    return _matching(lists.negations, text) if lists else {}


def denials(text: str, language: str | None) -> dict[str, str]:
    """The words of a text that say that something is not, or did not come about."""
    lists = word_lists(language)
    return _matching(lists.denials, text) if lists else {}


def denials_by_the_editor(text: str, language: str | None) -> dict[str, str]:
    """The words with which an editor, whose language need not be the text's, denies something."""
    own = primary_subtag(language)
    foreign = {low: word for other in LISTED for low, word in negations(text, other).items()}
    foreign = {low: word for low, word in foreign.items() if (own, low) not in _OF_ANOTHER_SENSE}
    return foreign | denials(text, "en") | denials(text, language)


def assertions(text: str, language: str | None) -> dict[str, str]:
    """The numbers, dates and negations of a text, as they are compared and as they are written."""
    lists = word_lists(language)
    if not language or not lists:
        return number_values(text)
    # Imported here: it brings in Babel, which quotations without insertions do not need.
    from sourcebrief.dates.cldr import date_names

    names = date_names(language)
    dates = {word: word for word in _WORD.findall(text) if names & {word, word.lower()}}
    return number_values(text) | _matching(lists.numbers, text) | dates | negations(text, language)


def _matching(expression: str, text: str) -> dict[str, str]:
    wanted = re.compile(expression)
    words = {word.lower(): word for word in _WORD.findall(fold_text(text))}
    return {_SAME.get(low, low): word for low, word in words.items() if wanted.fullmatch(low)}


def turned_senses(
    before: str, left_out: tuple[str, ...], after: str, written: str, language: str | None
) -> Iterator[str]:
    """Word what the brackets `written` between two pieces of a quotation may do to its sense.

    `left_out` is what they stand for, paragraph by paragraph.
    """
    kept = negations(written, language)
    for value, word in negations(" ".join(left_out), language).items():
        if value not in kept:
            yield f"{written} leaves out “{word}”"
    if not _ENDED.search(before):
        end = len(before) + len(left_out[0])
        starts = sentence_starts(before + left_out[0] + after)
        if (
            len(left_out) > 1
            or _UNSPACED_END.search(left_out[0])
            or any(len(before) < start <= end for start in starts)
        ):
            yield f"{written} ends one sentence and begins another"

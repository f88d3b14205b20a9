"""Say what a reviewer did, in words that stand in a line."""

import unicodedata
from typing import Final

from sourcebrief.review.compare_paragraphs import WordChange
from sourcebrief.review.printed_source import CALL
from sourcebrief.review.word_text import PARAGRAPH_END, FormatChange
from sourcebrief.text.phrases import shorten

_CONTEXT: Final = 3
"""How many words beside a change say where it is."""
_SHOWN: Final = 90
_NAMED: Final = {"em": "italic", "strong": "bold"}


def words_of(change: WordChange, built: str) -> str:
    """Say what was done to the words, and where among them."""
    old, new = shown(change.old), shown(change.new)
    before, behind = (
        side.replace(CALL, "").split() for side in (built[: change.start], built[change.end :])
    )
    if behind:
        where = f'before "{shown(" ".join(behind[:_CONTEXT]))}"'
    else:
        where = f'after "{shown(" ".join(before[-_CONTEXT:]))}"' if before else ""
    if change.mark.moved:
        done = f"{_quoted(old)} moved away" if old else f"{_quoted(new)} moved here,"
    elif not change.old and change.new == PARAGRAPH_END:
        done = "a paragraph parted"
    elif not change.old and change.new.startswith(PARAGRAPH_END):
        done = f"a paragraph put in, {_quoted(shown(change.new[1:]))}"
    elif old and new:
        done = f"{_quoted(old)} changed to {_quoted(new)}"
    elif old or not new:
        done = f"{_quoted(old)} deleted" if old else "white space changed"
    else:
        done = f"{_quoted(new)} inserted"
    return f"{done} {where}".strip()


def _quoted(words: str) -> str:
    """Return words in quotation marks, or the name of a sign that would be lost between them."""
    if any(char.isalnum() for char in words):
        return f'"{words}"'
    signs = dict.fromkeys(char for char in words if not char.isspace())
    return f"{words} ({', '.join(unicodedata.name(sign, 'sign').lower() for sign in signs)})"


def shown(text: str) -> str:
    """Return words as a message shows them, shortened."""
    words = text.replace(CALL, "").replace(PARAGRAPH_END, " ¶ ")
    return shorten(words, _SHOWN)


def look_of(changed: FormatChange) -> str:
    """Say how the look of words changed."""
    words = f'"{shown(changed.text)}"' if changed.text.strip() else "a paragraph"
    gone, new = (
        [_NAMED[look] for look in sorted(looks)]
        for looks in (changed.was - changed.looks, changed.looks - changed.was)
    )
    made = [*(f"no longer {look}" for look in gone), *new]
    return f"{words} made {' and '.join(made)}" if made else f"the look of {words} changed"

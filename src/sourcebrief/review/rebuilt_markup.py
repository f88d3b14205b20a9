"""Write the Markdown of one paragraph anew after a change, where its signs cannot stay in place.

Each character and citation that stays is written as the author wrote it. Only the signs of emphasis
between them are written anew, around the words that have it now.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from sourcebrief.review.compare_paragraphs import WordChange, alike
from sourcebrief.review.printed_source import PrintedParagraph
from sourcebrief.workspace.markup_places import Written
from sourcebrief.workspace.yaml_edits import Edit

EMPHASIS: Final = {"em": "*", "strong": "**"}
_SPECIAL: Final = re.compile(r"[\\`*\[<]|(?<!\w)_|_(?!\w)")
_EVERY_SPECIAL: Final = re.compile(r"[\\`*_\[\]<]")
_NONE: Final[frozenset[str]] = frozenset()


class _Part(NamedTuple):
    """A piece of Markdown that stays as it is, and the emphasis around it."""

    text: str
    looks: frozenset[str]


def escaped(words: str, *, fully: bool = False) -> str:
    """Write words so that nothing in them is taken for Markdown, also beside other such words.

    An underscore inside a word is none; `fully` escapes even those.
    """
    return (_EVERY_SPECIAL if fully else _SPECIAL).sub(r"\\\g<0>", words)


def rebuilt(
    text: str,
    paragraph: PrintedParagraph,
    change: WordChange,
    at: int,
    stretches: Sequence[tuple[int, int]],
    *,
    escape: bool,
) -> Iterator[tuple[Edit, ...]]:
    """Yield the edit that writes a paragraph anew; nothing where it has a link.

    The words that a change puts in go to `at`; the `stretches` of the text are taken out.
    """
    units = sorted({one for one in paragraph.places if one is not None}, key=lambda one: one.start)
    parts = list(_parts(text, paragraph, units, change, at, stretches, escape=escape))
    if any(part.text == "[" for part in parts):
        return
    before = text[paragraph.start : paragraph.end]
    after = "".join(_joined(parts))
    head = alike(before, after)
    tail = alike(before[head:][::-1], after[head:][::-1])
    yield (Edit(paragraph.start + head, paragraph.end - tail, after[head : len(after) - tail]),)


def _parts(
    text: str,
    paragraph: PrintedParagraph,
    units: Sequence[Written],
    change: WordChange,
    at: int,
    stretches: Sequence[tuple[int, int]],
    *,
    escape: bool,
) -> Iterator[_Part]:
    new = [_Part(escaped(run.text, fully=escape), run.looks) for run in change.runs]
    last, looks = paragraph.start, _NONE
    for unit in units:
        between = text[last : unit.start]
        if "[" in between or "]" in between:
            yield _Part("[", _NONE)
        if new and at <= unit.start:
            yield from new
            new = []
        gone = any(start <= unit.start and unit.end <= end for start, end in stretches)
        blanks = "".join(char for char in between if char.isspace())
        if blanks and not gone:
            yield _Part(blanks, looks & unit.looks)
        if not gone:
            yield _Part(text[unit.start : unit.end], unit.looks)
        last, looks = unit.end, unit.looks
    yield from new
    if "]" in text[last : paragraph.end]:
        yield _Part("[", _NONE)


def _joined(parts: Sequence[_Part]) -> Iterator[str]:
    """Write parts with signs around those of the same look, and the blanks at their ends outside.

    Without that, the signs would be taken for asterisks.
    """
    for looks, same in groupby(parts, key=lambda part: part.looks & EMPHASIS.keys()):
        words = "".join(part.text for part in same)
        core = words.strip()
        sign = "".join(EMPHASIS[look] for look in sorted(looks)) if core else ""
        begin = words.index(core)
        yield f"{words[:begin]}{sign}{core}{sign}{words[begin + len(core) :]}"

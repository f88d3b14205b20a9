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
from sourcebrief.workspace.yaml_edits import Edit

EMPHASIS: Final = {"em": "*", "strong": "**"}
_SPECIAL: Final = re.compile(r"[\\`*\[<]|(?<!\w)_|_(?!\w)")
_EVERY_SPECIAL: Final = re.compile(r"[\\`*_\[\]<]")
TYPED: Final = re.compile(r"\[@[^\[\]]+\]")
"""A citation that a reviewer has typed."""
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


def written(words: str) -> str:
    """Write the words of a new paragraph, in which a citation (`[@id]`) is what it says."""
    return "".join(
        part if TYPED.fullmatch(part) else escaped(part)
        for part in re.split(f"({TYPED.pattern})", words)
    )


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
    borders = [
        paragraph.start,
        *(at for one in units for at in (one.start, one.end)),
        paragraph.end,
    ]
    between = [text[start:end] for start, end in zip(borders[::2], borders[1::2], strict=True)]
    if any({"[", "]"} & set(signs) for signs in between):
        return
    new = [_Part(escaped(run.text, fully=escape), run.looks) for run in change.runs]
    parts: list[_Part] = []
    looks = _NONE
    for unit, signs in zip(units, between, strict=False):
        if at <= unit.start:
            parts += new
            new = []
        if not any(start <= unit.start and unit.end <= end for start, end in stretches):
            blanks = "".join(filter(str.isspace, signs))
            parts += [_Part(blanks, looks & unit.looks)] if blanks else []
            parts.append(_Part(text[unit.start : unit.end], unit.looks))
        looks = unit.looks
    before = text[paragraph.start : paragraph.end]
    after = "".join(_joined([*parts, *new]))
    head = alike(before, after)
    tail = alike(before[head:][::-1], after[head:][::-1])
    yield (Edit(paragraph.start + head, paragraph.end - tail, after[head : len(after) - tail]),)


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

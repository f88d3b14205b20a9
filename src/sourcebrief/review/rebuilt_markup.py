"""Write the Markdown of one paragraph anew after a change, and all that stays as it was written.

Only where something came, went or has another look are signs of emphasis written anew.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from sourcebrief.review.compare_paragraphs import Run, alike
from sourcebrief.review.printed_source import PrintedParagraph
from sourcebrief.workspace.markup_places import Written
from sourcebrief.workspace.yaml_edits import Edit

EMPHASIS: Final = {"em": "*", "strong": "**"}
_SPECIAL: Final = re.compile(r"[\\`*\[<]|(?<!\w)_|_(?!\w)")
_EVERY_SPECIAL: Final = re.compile(r"[\\`*_\[\]<]")
TYPED: Final = re.compile(r"\[@[^\[\]]+\]")
"""A citation that a reviewer has typed."""
_TARGET: Final = r"\]\((?:[^()\\]|\\.)*\)"
_SIGN: Final = re.compile(rf"({_TARGET})|[*_]+")
_EMPTY_LINK: Final = re.compile(rf"\[{_TARGET}")
_WORD: Final = re.compile(r"\w+|\W")
_NONE: Final[frozenset[str]] = frozenset()


class _Part(NamedTuple):
    """Words with the emphasis that they should have; or signs, without, that stand between words.

    Signs that may stay have the emphasis before and behind them in `between`.
    """

    text: str
    looks: frozenset[str] | None = None
    between: tuple[frozenset[str], frozenset[str]] | None = None


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
    new: Sequence[Run],
    at: int,
    gone: Collection[Written],
    looks: Mapping[int, frozenset[str]],
) -> tuple[Edit, ...]:
    """Return the edit that puts `new` runs in at a place of a text and takes `gone` out.

    `looks` has the emphasis of what gets another one, by where it is written.
    """
    parts = _with_bare_blanks(list(_parts(text, paragraph, new, at, gone, looks)))
    was, now = map(_WORD.findall, (text[paragraph.start : paragraph.end], _joined(parts)))
    head = alike(was, now)
    tail = alike(was[head:][::-1], now[head:][::-1])
    start = paragraph.start + len("".join(was[:head]))
    end = paragraph.end - len("".join(was[len(was) - tail :]))
    return (Edit(start, end, "".join(now[head : len(now) - tail])),)


def _parts(
    text: str,
    paragraph: PrintedParagraph,
    new: Sequence[Run],
    at: int,
    gone: Collection[Written],
    looks: Mapping[int, frozenset[str]],
) -> Iterator[_Part]:
    units = sorted({one for one in paragraph.places if one is not None}, key=lambda one: one.start)
    first, last = (Written("", side, side) for side in (paragraph.start, paragraph.end))
    put_in = [
        _Part(words, run.looks & EMPHASIS.keys())
        for run in new
        for words in re.split(r"(^\s+|\s+$)", run.text)
        if words
    ]
    for one, unit in pairwise([first, *units, last]):
        if at <= one.end:
            yield from put_in
            put_in = []
        stays = not any(each in gone or each.start in looks for each in (one, unit))
        yield _Part(text[one.end : unit.start], None, (one.looks, unit.looks) if stays else None)
        if at <= unit.start:
            yield from put_in
            put_in = []
        if unit not in gone and unit is not last:
            yield _Part(text[unit.start : unit.end], looks.get(unit.start, unit.looks))
    yield from put_in


def _with_bare_blanks(parts: Sequence[_Part]) -> Iterator[_Part]:
    """Give the blanks at the border of emphasis none: with it, its signs would be asterisks."""
    words = [n for n, one in enumerate(parts) if one.looks is not None and one.text.strip()]
    for number, one in enumerate(parts):
        if one.looks and not one.text.strip():
            before = max((n for n in words if n < number), default=None)
            behind = min((n for n in words if n > number), default=None)
            for side in (before, behind):
                beside = _NONE if side is None else parts[side].looks or _NONE
                one = one._replace(looks=(one.looks or _NONE) & beside)
        yield one


def _joined(parts: Iterator[_Part]) -> str:
    """Write parts behind each other; of the blanks on both sides of what went, one goes with it."""
    said = signs = ""
    now, is_cut = _NONE, False
    for one in parts:
        if one.looks is None:
            if one.between and one.between[0] == now and not signs:
                said, now = said + one.text, one.between[1]
            else:
                signs += _SIGN.sub(r"\1", one.text)
            is_cut = is_cut or one.between is None
            continue
        closing, opening = (
            "".join(EMPHASIS[look] for look in sorted(looks & EMPHASIS.keys()))
            for looks in (now - one.looks, one.looks - now)
        )
        for words in (closing, signs, opening, one.text):
            indents = said.endswith("\n") and words is signs
            if is_cut and words.isspace() and (not said or said[-1].isspace()) and not indents:
                said = said.rstrip(" ") + words if "\n" in words and said else said
            else:
                said += words
        is_cut = is_cut and one.text.isspace()
        now, signs = one.looks, ""
    closing = "".join(EMPHASIS[look] for look in sorted(now & EMPHASIS.keys()))
    return _EMPTY_LINK.sub("", (said + closing + signs).strip())

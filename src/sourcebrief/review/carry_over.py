"""Carry an edit of the text that was reviewed over to the text as it is now.

An edit is carried over where its sentence is what it was. Where it was made already, or where the
sentence has changed too, that is said.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from sourcebrief.review.compare_paragraphs import Hunk, hunks_between
from sourcebrief.text.phrases import sentence_starts
from sourcebrief.workspace.yaml_edits import Edit, apply_edits

_CITATION: Final = re.compile(r"\[@[^\]]*\]")
_PARAGRAPH_END: Final = re.compile(r"\n\s*\n")
_BLOCK: Final = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)")


class AlreadyMade(Exception):  # noqa: N818 - it says what the edit is
    """The text has the edit already."""


class Conflict(Exception):  # noqa: N818 - it says what the edit is in
    """The sentence has changed since the review; the message shows both versions."""


def carried_over(
    reviewed: str, now: str, edits: Sequence[Edit], together: Sequence[Edit] = ()
) -> tuple[Edit, ...]:
    """Return the edits of one change, made for `reviewed`, as edits of `now`.

    `together` are all edits that are to be made to the text, in the order in which they are made
    where they stand at one place. Raises AlreadyMade or Conflict.
    """
    sets = filter(None, (edits, together))
    if any(_spaced(apply_edits(reviewed, one)) == _spaced(now) for one in sets):
        raise AlreadyMade
    if reviewed == now:
        return tuple(edits)
    hunks = _hunks(reviewed, now)
    wanted = _spaced(apply_edits(reviewed, edits))
    for hunk in hunks:
        if _spaced(apply_edits(reviewed, [_as_edit(hunk, now)])) == wanted:
            raise AlreadyMade
    first, last = edits[0].start, edits[-1].end
    begin, end = _sentence(reviewed, first, last)
    touched = [
        hunk
        for hunk in hunks
        if (hunk.start < end and hunk.end > begin)
        or begin < hunk.start < end
        or (hunk.start <= last and hunk.end >= first)
    ]
    # What is to be made beside it may have been made already.
    own = {_spaced(apply_edits(reviewed, [one])) for one in together}
    others = [
        hunk
        for hunk in touched
        if (hunk.start <= last and hunk.end >= first)
        or _spaced(apply_edits(reviewed, [_as_edit(hunk, now)])) not in own
    ]
    if not others:
        return tuple(
            Edit(edit.start + (by := _shift(hunks, edit.start)), edit.end + by, edit.words)
            for edit in edits
        )
    sentence = reviewed[begin:end]
    if begin < first and last < end and reviewed.count(sentence) == now.count(sentence) == 1:
        by = now.index(sentence) - begin
        return tuple(Edit(one.start + by, one.end + by, one.words) for one in edits)
    here = now[_moved(hunks, begin, last=False) : _moved(hunks, end, last=True)]
    for made in (edits, [one for one in together if begin <= one.start and one.end <= end]):
        inside = [Edit(one.start - begin, one.end - begin, one.words) for one in made]
        if inside and _spaced(apply_edits(sentence, inside)) == _spaced(here):
            raise AlreadyMade
    was = " ".join(sentence.split())
    raise Conflict(f'the reviewed text was "{was}", it is now "{" ".join(here.split())}"')


def _as_edit(hunk: Hunk, now: str) -> Edit:
    return Edit(hunk.start, hunk.end, now[hunk.now_start : hunk.now_end])


def moved_offset(reviewed: str, now: str, at: int) -> int:
    """Return where an offset of the reviewed text is now, or what has taken its place."""
    return at if reviewed == now else _moved(_hunks(reviewed, now), at, last=False)


def _spaced(text: str) -> str:
    """The words, wherever a line is broken."""
    return "\n\n".join(" ".join(part.split()) for part in _PARAGRAPH_END.split(text))


@lru_cache(64)
def _hunks(reviewed: str, now: str) -> tuple[Hunk, ...]:
    """Return what changed, of texts of which many edits are carried over.

    A line that is broken elsewhere is no other text.
    """
    return hunks_between(reviewed, now, _comparable)


def _comparable(word: str) -> str:
    return " " if word.isspace() and word.count("\n") < 2 else word


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the begin of the sentence in which `start` lies and the end of that of `end`."""
    # A citation behind a full stop belongs to the sentence before it.
    words = _CITATION.sub(lambda found: " " * len(found[0]), text)
    borders = {0, len(text), *sentence_starts(words)}
    borders |= {found.end() for found in _BLOCK.finditer(text)}
    begin = max(border for border in borders if border <= start)
    behind = [border for border in borders if border >= end and border > begin]
    ends = min(behind, default=len(text))
    return begin, max(end, len(text[:ends].rstrip()))


def _shift(hunks: Sequence[Hunk], at: int) -> int:
    return sum(
        hunk.now_end - hunk.now_start - (hunk.end - hunk.start) for hunk in hunks if hunk.end <= at
    )


def _moved(hunks: Sequence[Hunk], at: int, *, last: bool) -> int:
    """Return where a place is now; one that was changed is the begin, or the end, of what is."""
    for hunk in hunks:
        if hunk.start < at < hunk.end or (hunk.start == at == hunk.end):
            return hunk.now_end if last else hunk.now_start
    return at + _shift([hunk for hunk in hunks if hunk.end <= at], at)

"""Paragraphs of a reviewed document as they were built: what was parted, joined or moved put back.

What was done to them stays in them: where a paragraph end was put in or taken out, and whether the
whole was moved. So each of them is compared with the one paragraph that it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from sourcebrief.review.compare_paragraphs import bookmarked, pair_paragraphs
from sourcebrief.review.word_text import UNTRACKED, WordParagraph


def as_built(
    built: Sequence[WordParagraph], reviewed: Sequence[WordParagraph]
) -> tuple[list[WordParagraph], dict[int, int]]:
    """Return the paragraphs as they were, and which built one each of them is."""
    names = bookmarked(built)
    whole = _rejoined(_moved_back(reviewed))
    found = [part for one in whole for part in _parted_again(one, names)]
    pairs = pair_paragraphs(built, found)
    kept: list[WordParagraph] = []
    numbers: dict[int, int] = {}
    for at, one in enumerate(found):
        last = len(kept) - 1
        follows = kept and one.follows and one.where == "text" and one.before.strip()
        if at in pairs:
            before = built[pairs[at]].before
            if not follows or last in numbers or not before.startswith(kept[last].before.strip()):
                numbers[len(kept)] = pairs[at]
                kept.append(one)
                continue
            numbers[last] = pairs[at]  # the begin of the paragraph stands alone
        elif not follows or last not in numbers:
            kept.append(one)
            continue
        kept[last].absorb(one, UNTRACKED)
    return kept, numbers


def _moved_back(paragraphs: Sequence[WordParagraph]) -> list[WordParagraph]:
    """Let what was moved whole with tracking on stand at its new place alone, as it was."""
    bodies = [one for one in paragraphs if one.pieces and one.where == "text" and not one.row]
    away = {_words(one): one for one in bodies if all(piece.taken_out for piece in one.pieces)}
    moved: dict[int, WordParagraph | None] = {}
    for one in bodies:
        if all(piece.put_in for piece in one.pieces) and (was := away.pop(_words(one), None)):
            comments = [*was.comments, *one.comments]
            pieces = [replace(piece, taken_out=None) for piece in was.pieces]
            mark = one.pieces[0].put_in
            back = replace(was, pieces=pieces, comments=comments, carried=mark, joined=None)
            moved |= {id(was): None, id(one): back}
    found = (moved.get(id(one), one) for one in paragraphs)
    return [one for one in found if one is not None]


def _words(paragraph: WordParagraph) -> str:
    return " ".join(paragraph.whole.split())


def _rejoined(paragraphs: Sequence[WordParagraph]) -> list[WordParagraph]:
    """Join the paragraphs that a tracked change has parted; a new one to that before it."""
    kept: list[WordParagraph] = []
    for one in paragraphs:
        last = kept[-1] if kept else WordParagraph()
        new = one.pieces[0].put_in if one.pieces else one.parted
        if last.parted and (one.where, one.row) == (last.where, last.row):
            last.absorb(one, last.parted)
            last.parted, last.joined = one.parted, one.joined
        elif kept and one.follows and new and all(piece.put_in for piece in one.pieces):
            last.absorb(one, new)
        else:
            kept.append(one)
    return kept


def _parted_again(one: WordParagraph, names: Mapping[str, int]) -> Iterator[WordParagraph]:
    """Part what was joined with tracking off where the bookmark of another paragraph begins."""
    starts = sorted((at, names[name]) for name, (at, _) in one.bookmarks.items() if name in names)
    borders = [at for (_, was), (at, number) in pairwise(starts) if was != number]
    at = borders[0] if borders else 0
    if not one.whole[:at].strip() or not one.whole[at:].strip():
        yield one
        return
    first, second = one.parted_at(at)
    first.joined = UNTRACKED
    yield first
    yield from _parted_again(second, names)

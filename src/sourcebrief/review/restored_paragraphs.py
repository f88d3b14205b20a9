"""Paragraphs of a reviewed document as they were built: what was parted, joined or moved put back.

What was done to them stays in them: where a paragraph end was put in or taken out, and whether the
whole was moved. So each of them is compared with the one paragraph that it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from sourcebrief.review.compare_paragraphs import bookmarked, pair_paragraphs
from sourcebrief.review.word_text import UNTRACKED, Piece, WordParagraph


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
            begin = kept[last].before.strip() if follows and last not in numbers else ""
            if not begin or not built[pairs[at]].before.startswith(begin):
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
    """Let what was moved whole with tracking on, also a row, stand at its new place, as it was."""
    groups = [list(same) for _, same in groupby(paragraphs, key=lambda one: one.row or id(one))]
    bodies = [one for one in groups if one[0].where == "text" and any(p.pieces for p in one)]
    away = {_words(one): one for one in bodies if all(p.taken_out for p in _pieces(one))}
    moved: dict[int, list[WordParagraph]] = {}
    for group in bodies:
        new = all(piece.put_in for piece in _pieces(group))
        if new and (was := away.pop(_words(group), None)):
            mark = _pieces(group)[0].put_in
            back = [
                replace(
                    one,
                    pieces=[replace(piece, taken_out=None) for piece in one.pieces],
                    comments=[*one.comments, *here.comments],
                    carried=mark,
                    joined=None,
                )
                for one, here in zip(was, group, strict=True)
            ]
            moved |= {id(one): [] for one in (*was, *group)} | {id(group[0]): back}
    return [now for one in paragraphs for now in moved.get(id(one), [one])]


def _pieces(group: Sequence[WordParagraph]) -> list[Piece]:
    return [piece for one in group for piece in one.pieces]


def _words(group: Sequence[WordParagraph]) -> tuple[str, ...]:
    return tuple(" ".join(one.whole.split()) for one in group)


def _rejoined(paragraphs: Sequence[WordParagraph]) -> list[WordParagraph]:
    """Join the paragraphs that a tracked change has parted; a new one to that before it."""
    kept: list[WordParagraph] = []
    for one in paragraphs:
        last = kept[-1] if kept else WordParagraph()
        new = one.pieces[0].put_in if one.pieces else one.parted
        if last.parted and not one.carried and (one.where, one.row) == (last.where, last.row):
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

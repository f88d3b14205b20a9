"""Compare a reviewed document with the same one as it was built: every change, tracked or not."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Final, NamedTuple

from sourcebrief.review.word_text import UNTRACKED, FormatChange, TrackedMark, WordParagraph

_WORD: Final = re.compile(r"\w+|\s+|.", re.DOTALL)
ALIKE: Final = 0.5
"""From 0 to 1: how much two texts must share to be one that was edited."""


class Run(NamedTuple):
    """Words that were put in, with their look."""

    text: str
    looks: frozenset[str]


class Hunk(NamedTuple):
    """What differs between two texts: `[start, end)` became `[now_start, now_end)`."""

    start: int
    end: int
    now_start: int
    now_end: int


@dataclass(frozen=True, slots=True)
class WordChange:
    """What one reviewer did at one place: `[start, end)` of the built paragraph became `runs`.

    `old` are the words that were there; `mark` is `UNTRACKED` for an edit made with tracking off.
    """

    start: int
    end: int
    old: str
    runs: tuple[Run, ...]
    mark: TrackedMark

    @property
    def new(self) -> str:
        """The words that were put in."""
        return "".join(run.text for run in self.runs)


def bookmarked(built: Sequence[WordParagraph]) -> dict[str, int]:
    """Return which built paragraph each hidden bookmark stands in."""
    return {name: at for at, one in enumerate(built) for name in one.bookmarks if name[:1] == "_"}


def pair_paragraphs(
    built: Sequence[WordParagraph], reviewed: Sequence[WordParagraph]
) -> dict[int, int]:
    """Return which built paragraph each reviewed one is: by bookmarks, words, then likeness."""
    pairs: dict[int, int] = {}
    names = bookmarked(built)
    taken: set[int] = set()
    for at, one in enumerate(reviewed):
        found = next((names[name] for name in one.bookmarks if name in names), None)
        if found is not None and found not in taken and _is_alike(built[found], one, 0.2):
            pairs[at] = found
            taken.add(found)
    left = [at for at in range(len(built)) if at not in taken and built[at].before.strip()]
    new = [at for at in range(len(reviewed)) if at not in pairs and reviewed[at].whole.strip()]
    matcher = SequenceMatcher(
        None, [_key(built[at]) for at in left], [_key(reviewed[at]) for at in new], autojunk=False
    )
    for was, now, size in matcher.get_matching_blocks():
        pairs.update(zip(new[now : now + size], left[was : was + size], strict=True))
    _pair_elsewhere(built, reviewed, pairs)
    return _pair_alike(built, reviewed, pairs)


def _pair_elsewhere(
    built: Sequence[WordParagraph], reviewed: Sequence[WordParagraph], pairs: dict[int, int]
) -> None:
    """Pair what has the same words at another place, where nothing else has them."""
    sides: list[dict[tuple[str, str], list[int]]] = []
    for side, taken in ((built, {*pairs.values()}), (reviewed, pairs.keys())):
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, one in enumerate(side):
            if at not in taken and one.where == "text" and not one.row and one.before.strip():
                found[_key(one)].append(at)
        sides.append(found)
    was, now = sides
    for key in was.keys() & now.keys():
        if len(was[key]) == len(now[key]) == 1:
            pairs[now[key][0]] = was[key][0]


def out_of_order(pairs: Mapping[int, int]) -> frozenset[int]:
    """Return the reviewed paragraphs that stand at another place than those around them."""
    order = [pairs[at] for at in sorted(pairs)]
    matcher = SequenceMatcher(None, order, sorted(order), autojunk=False)
    kept = {order[n] for at, _, size in matcher.get_matching_blocks() for n in range(at, at + size)}
    return frozenset(at for at, number in pairs.items() if number not in kept)


def _key(paragraph: WordParagraph) -> tuple[str, str]:
    return paragraph.where, " ".join(paragraph.before.split())


def _is_alike(built: WordParagraph, reviewed: WordParagraph, least: float) -> bool:
    return likeness(built.before, reviewed.before) >= least


def likeness(one: str, other: str) -> float:
    """Return how much of their words two texts share, from 0 to 1."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _pair_alike(
    built: Sequence[WordParagraph], reviewed: Sequence[WordParagraph], pairs: dict[int, int]
) -> dict[int, int]:
    """Pair what is left over between two pairs with what it is most like there."""
    taken = set(pairs.values())
    known = sorted(pairs)
    for at, paragraph in enumerate(reviewed):
        if at in pairs or not paragraph.whole.strip():
            continue
        place = bisect_right(known, at)
        first = pairs[known[place - 1]] + 1 if place else 0
        last = pairs[known[place]] if place < len(known) else len(built)
        if paragraph.where != "text":
            first, last = 0, len(built)  # heads and feet have no order
        near = (n for n in range(first, last) if n not in taken and built[n].before.strip())
        same = (n for n in near if built[n].where == paragraph.where)
        found = next((n for n in same if _is_alike(built[n], paragraph, ALIKE)), None)
        if found is not None:
            pairs[at] = found
            taken.add(found)
    return _pair_in_rows(built, reviewed, pairs)


def _pair_in_rows(
    built: Sequence[WordParagraph], reviewed: Sequence[WordParagraph], pairs: dict[int, int]
) -> dict[int, int]:
    """Pair what alone is left over in two rows that are paired: a cell of which no word stayed."""
    rows = {reviewed[at].row: built[was].row for at, was in pairs.items()}
    taken = set(pairs.values())
    left: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(built):
        if one.row and number not in taken and one.before.strip():
            left[one.row].append(number)
    new: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(reviewed):
        if one.row and at not in pairs and one.before.strip():
            new[rows.get(one.row, 0)].append(at)
    for row, found in new.items():
        if len(found) == len(left[row]):
            pairs.update(zip(found, left[row], strict=True))
    return pairs


class _Step(NamedTuple):
    """A character on the way from the built to the reviewed paragraph.

    `built` is its place in the built one, None where it was put in.
    """

    char: str
    built: int | None
    put_in: TrackedMark | None
    taken_out: TrackedMark | None
    looks: frozenset[str]


def changes_in(built: str, reviewed: WordParagraph) -> tuple[WordChange, ...]:
    """Return every change from a built paragraph, in the order of its words."""
    tracked = any(piece.put_in or piece.taken_out for piece in reviewed.pieces)
    if not tracked and reviewed.whole == built:
        return ()
    found: list[WordChange] = []
    at = 0
    for key, steps in groupby(_steps(built, reviewed), key=_author):
        group = list(steps)
        start = at
        at += sum(step.built is not None for step in group)
        mark = _mark(group[0])
        if key is None or mark is None:
            continue
        kept = [step for step in group if step.put_in and not step.taken_out]
        runs = tuple(
            Run("".join(step.char for step in same), looks)
            for looks, same in groupby(kept, key=lambda step: step.looks)
        )
        change = WordChange(start, at, built[start:at], runs, mark)
        if change.old or change.runs:
            found.append(_trimmed(change))
    last = [each for each in found if not built[each.end :].strip()]
    alone = last if len(last) == 1 else []
    return tuple(
        each
        for each in found
        if each.mark is not UNTRACKED or not _is_spacing(each, at_end=each in alone)
    )


def _trimmed(change: WordChange) -> WordChange:
    """Leave out the words on both sides that a change replaces by the same ones."""
    emphasised = len(change.runs) != 1 or change.runs[0].looks
    if change.mark.moved or emphasised or change.old == change.new:
        return change
    old, new = (_WORD.findall(text) for text in (change.old, change.new))
    first = alike(old, new)
    last = alike(old[first:][::-1], new[first:][::-1])
    head, tail = len("".join(old[:first])), len("".join(old[len(old) - last :]))
    start, end = change.start + head, change.end - tail
    words = change.new[head : len(change.new) - tail]
    runs = (Run(words, change.runs[0].looks),) if words else ()
    return WordChange(start, end, change.old[head : len(change.old) - tail], runs, change.mark)


def alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many items two sequences, or characters two texts, have alike at their begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _mark(step: _Step) -> TrackedMark | None:
    return step.taken_out or step.put_in


def _author(step: _Step) -> tuple[str, bool, bool] | None:
    """Who changed a character, whenever that was: one word for another is one change."""
    mark = _mark(step)
    return None if mark is None else (mark.by.name, mark is UNTRACKED, mark.moved)


def built_offset(built: str, reviewed: WordParagraph, offset: int) -> int:
    """Return where an offset in all characters of a reviewed paragraph is in the built one."""
    at = passed = 0
    for step in _steps(built, reviewed):
        if passed >= offset:
            break
        passed += not _is_lost(step)
        at += step.built is not None
    return at


def untracked_looks(built: WordParagraph, reviewed: WordParagraph) -> Iterator[FormatChange]:
    """Yield the changes of look with tracking off, of words that stayed."""
    had = [piece.looks for piece in built.pieces for _ in piece.text]
    tracked = {at for one in reviewed.formats for at in range(one.at, one.at + len(one.text))}
    steps = (one for one in _steps(built.before, reviewed) if not _is_lost(one))
    looks = (
        (at, one.char, None if at in tracked or one.built is None else (had[one.built], one.looks))
        for at, one in enumerate(steps)
    )
    for pair, same in groupby(looks, key=itemgetter(2)):
        (begin, first, _), *others = same
        words = "".join((first, *(char for _, char, _ in others)))
        if pair and pair[0] != pair[1] and words.strip():
            yield FormatChange(UNTRACKED, words, begin, *pair)


def _is_lost(step: _Step) -> bool:
    return step.built is not None and step.taken_out is UNTRACKED


def _is_spacing(change: WordChange, *, at_end: bool) -> bool:
    """Say whether a change is one of white space alone, which programs make when they save."""
    parts_nothing = at_end or bool(change.old) == bool(change.new)
    return parts_nothing and change.old.split() == change.new.split()


def _steps(built: str, reviewed: WordParagraph) -> Iterator[_Step]:
    """Walk from the built to the reviewed paragraph, what was taken out before what was put in."""
    origins = _origins(built, reviewed.before)
    for piece in reviewed.pieces:
        for char in piece.text:
            if piece.put_in is not None:
                yield _Step(char, None, piece.put_in, piece.taken_out, piece.looks)
                continue
            lost, place = next(origins)
            yield from (_Step(built[at], at, None, UNTRACKED, frozenset()) for at in lost)
            new = UNTRACKED if place is None else None
            yield _Step(char, place, new, piece.taken_out, piece.looks)
    lost, _ = next(origins)
    yield from (_Step(built[at], at, None, UNTRACKED, frozenset()) for at in lost)


def _origins(built: str, before: str) -> Iterator[tuple[range, int | None]]:
    """For each character of `before`, and its end: which of `built` went before it, and its own."""
    hunks = () if built == before else hunks_between(built, before)
    was, lost = 0, range(0)
    for hunk in (*hunks, Hunk(len(built), len(built), len(before), len(before) + 1)):
        for place in range(was, hunk.start):
            yield lost, place
            lost = range(0)
        lost, was = (range(hunk.start, hunk.end) if hunk.end > hunk.start else lost), hunk.end
        for _ in range(hunk.now_start, hunk.now_end):
            yield lost, None
            lost = range(0)


def hunks_between(one: str, other: str, comparable: Callable[[str], str] = str) -> tuple[Hunk, ...]:
    """Return what differs between two texts, word by word; `comparable` says what of a word.

    Between two words that differ, a blank belongs to what differs.
    """
    texts = [_WORD.findall(text) for text in (one, other)]
    starts, places = (list(accumulate(map(len, words), initial=0)) for words in texts)
    was, now = ([*map(comparable, words)] for words in texts)
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    found: list[Hunk] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            near = found and not one[found[-1].end : starts[i1]].strip(" \u00a0")
            last = found.pop() if near else None
            start, now_start = (last.start, last.now_start) if last else (starts[i1], places[j1])
            found.append(Hunk(start, starts[i2], now_start, places[j2]))
    return tuple(found)

"""Which mark stands where, and which names there is room for; or clusters of many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import heappush, heapreplace, nsmallest
from itertools import count, groupby, product
from typing import Final, NamedTuple

from sourcebrief.brief.figure.axis import Axis
from sourcebrief.brief.figure.text_width import text_width, whole
from sourcebrief.brief.figure_parts import MarkKind
from sourcebrief.brief.labels import Labels
from sourcebrief.brief.view import Row

MOST_MARKS: Final = 40
"""More marks than this in one lane are drawn as clusters."""
MARK: Final = 6.4  # a point's width and height
LABEL: Final = 6.8  # size of a mark's number and name
NEAR: Final = 2.2  # from a mark to its number, and from there to its name
_WORDS: Final = LABEL * 1.08  # the size to reckon with: a reader may see another typeface
_BAR: Final = 12.8  # the least length of a bar: never taken for a point
_GAP: Final = 3.0  # least distance between two marks' boxes
_REACH: Final = 20.0  # what stands closer is one cluster
_WAYS: Final = 3  # of placing marks, that are followed at a time


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark before it has a height: `x` is its left edge, `before` the side of number and name."""

    numbers: tuple[int, ...]
    kind: MarkKind
    x: float
    width: float
    label: str
    title: str
    heading: str = ""
    lines: tuple[str, ...] = ()
    before: bool = False
    opens: tuple[bool, bool] = (False, False)

    @property
    def label_width(self) -> float:
        """The width of its number."""
        return text_width(self.label, _WORDS)

    @property
    def words_width(self) -> float:
        """The width of its number and name."""
        widths = [NEAR + text_width(line, _WORDS) for line in self.lines]
        return self.label_width + max(widths, default=0)

    @property
    def left(self) -> float:
        """The left edge of mark and words."""
        return self.x - NEAR - self.words_width if self.before else self.x

    @property
    def right(self) -> float:
        """The right edge of mark and words."""
        return self.x + self.width + (0 if self.before else NEAR + self.words_width)

    @property
    def middle(self) -> float:
        """The middle of the mark."""
        return self.x + self.width / 2

    def inside(self, axis: Axis) -> PlacedMark:
        """Keep mark and number within the plot: the number changes sides before the mark moves."""
        item = self
        if item.right > axis.right:
            item = replace(item, before=True)
        if item.left < axis.left:
            item = replace(item, x=item.x + axis.left - item.left)
        if item.right > axis.right:
            width = axis.width - item.label_width - NEAR
            item = replace(item, before=False, x=axis.left, width=width)
        return item


Tracks = tuple[tuple[PlacedMark, ...], ...]


def arrangements(
    rows: Sequence[Row], axis: Axis, most: int, lines: int, labels: Labels
) -> Iterator[Tracks]:
    """The marks of a lane on the fewest tracks that hold them, and on one more up to `most`.

    The more tracks, the more room there is for names, which take up to so many `lines`; see `Form`.
    Clusters may take more than `most`.
    """
    items = [_placed(group, axis) for group in _together(rows, axis)]
    fewest = _fewest(items)
    if len(items) > MOST_MARKS or fewest > most:
        items = _clustered(items, axis, labels)
        fewest = _fewest(items)
    for way, tracks in product(range(1, lines + 1), range(fewest, max(fewest, most) + 1)):
        yield _on_tracks(tuple(items), tracks, axis, way)


def letters(tracks: Tracks) -> int:
    """How many letters of their titles the marks show."""
    return sum(len(line) for track in tracks for item in track for line in item.lines)


def _together(rows: Sequence[Row], axis: Axis) -> list[list[Row]]:
    """Put a part with its whole where no eye could tell them apart: it is no engagement."""
    by_number = {row.number: row for row in rows}

    def home(row: Row) -> int:
        whole = by_number.get(row.part_of or 0)
        return home(whole) if whole and _share_a_mark(row, whole, axis) else row.number

    groups: dict[int, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.depth):
        groups.setdefault(home(row), []).append(row)
    return list(groups.values())


def _share_a_mark(part: Row, whole: Row, axis: Axis) -> bool:
    ends = [_ends(row, axis) for row in (part, whole)]
    if not part.edtf.overlaps(whole.edtf.earliest, whole.edtf.latest):
        return False
    return ends[0] == ends[1] or all(last - first <= _BAR for first, last in ends)


def _ends(row: Row, axis: Axis) -> tuple[float, float]:
    """Where a row's date begins and ends on the axis."""
    start, end = row.edtf.earliest, row.edtf.latest
    return (
        axis.left if start is None else axis.at(start.toordinal()),
        axis.right if end is None else axis.at(end.toordinal() + 1),
    )


def _placed(group: Sequence[Row], axis: Axis) -> PlacedMark:
    date = group[0].edtf
    kind, (x0, x1) = date.mark, _ends(group[0], axis)
    opens = (date.earliest is None, date.latest is None)
    width = MARK if kind in ("point", "hollow") else max(x1 - x0, _BAR)
    middle = (x0 + x1) / 2
    if any(opens) and x1 - x0 < _BAR:
        # A short open bar grows towards its open end, so that its known end stays true.
        middle = x1 - width / 2 if opens[0] else x0 + width / 2
    left = min(max(middle - width / 2, axis.left), axis.right - width)
    numbers = tuple(sorted(one.number for one in group))
    title = "; ".join(f"{one.number}. {one.date}: {one.title}" for one in group)
    label, heading = compact(numbers), group[0].title
    return PlacedMark(numbers, kind, left, width, label, title, heading, opens=opens).inside(axis)


def _fewest(items: Sequence[PlacedMark]) -> int:
    """How many tracks keep the marks with their numbers apart."""
    ends: list[float] = []
    for item in sorted(items, key=_order):
        if ends and ends[0] + _GAP <= item.left:
            heapreplace(ends, item.right)
        else:
            heappush(ends, item.right)
    return max(len(ends), 1)


def _on_tracks(items: Sequence[PlacedMark], tracks: int, axis: Axis, lines: int) -> Tracks:
    """Give each mark a track and, where there is room, its name on the better side.

    From the left, of all ways to place the marks so far, those are followed that show most of the
    names, and the one that takes least room, which never lacks a track for the next mark.
    """
    ways = [_Way((axis.left - _GAP,) * tracks, 0, ())]
    for item in sorted(items, key=_order):
        looks = _looks(item, axis.left, axis.right, lines)
        spans = [(look, look.left, look.right, sum(map(len, look.lines))) for look in looks]
        found = [
            _Way(
                (*way.ends[:track], right, *way.ends[track + 1 :]),
                way.shown + shown,
                (*way.placed, (track, look)),
            )
            for way in ways
            for track, end in enumerate(way.ends)
            if end not in way.ends[:track]
            for look, left, right, shown in spans
            if end + _GAP <= left
        ]
        tightest = min(found, key=lambda way: sum(way.ends))
        ways = [*nsmallest(_WAYS, found, lambda way: (-way.shown, sum(way.ends))), tightest]
    placed = max(ways, key=lambda way: way.shown).placed
    return tuple(tuple(mark for own, mark in placed if own == track) for track in range(tracks))


class _Way(NamedTuple):
    """Marks so far, with their tracks: where each track ends, and the letters shown."""

    ends: tuple[float, ...]
    shown: int
    placed: tuple[tuple[int, PlacedMark], ...]


@lru_cache(maxsize=4_000)  # the desk draws after each save, and most marks stay as they were
def _looks(item: PlacedMark, left: float, right: float, most: int) -> list[PlacedMark]:
    """Give the ways to draw a mark: without its name, and with it where the axis has room."""
    beside = item.label_width + 2 * NEAR
    marks = [item]
    for before, room in ((False, right - item.x - item.width), (True, item.x - left)):
        if lines := whole(item.heading, room - beside, _WORDS, most):
            marks.append(replace(item, lines=lines, before=before))
    return marks


def _order(item: PlacedMark) -> tuple[float, tuple[int, ...]]:
    return (item.left, item.numbers)


def _clustered(items: Sequence[PlacedMark], axis: Axis, labels: Labels) -> list[PlacedMark]:
    """Merge what stands close together; a bar that is much longer than a cluster stays alone."""
    long = [item for item in items if item.width > 2.5 * _REACH]
    if len(long) > 8:
        long = []
    groups: list[list[PlacedMark]] = []
    short = [item for item in items if item not in long]
    for item in sorted(short, key=lambda one: (one.middle, one.numbers)):
        if groups and item.middle - groups[-1][0].middle <= _REACH:
            groups[-1].append(item)
        else:
            groups.append([item])
    return [*(_cluster(g, axis, labels) if len(g) > 1 else g[0] for g in groups), *long]


def _cluster(group: Sequence[PlacedMark], axis: Axis, labels: Labels) -> PlacedMark:
    numbers = tuple(sorted(number for item in group for number in item.numbers))
    count = len(numbers)
    width = text_width(str(count), LABEL) + 8
    middle = (group[0].middle + group[-1].middle) / 2
    label = compact(numbers)
    if text_width(label, LABEL) > 40:
        label = f"{numbers[0]}…{numbers[-1]}"
    title = f"{labels.ngettext('%(num)d event', '%(num)d events', count)}: {compact(numbers)}"
    return PlacedMark(numbers, "cluster", middle - width / 2, width, label, title).inside(axis)


def compact(numbers: Sequence[int]) -> str:
    """Write ascending numbers with runs joined: 3, 5–7, 12."""
    place = count()
    runs = [list(run) for _, run in groupby(numbers, lambda number: number - next(place))]
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )

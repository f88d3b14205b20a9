"""Which mark stands where, and which names there is room for; or clusters of many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count, groupby, product, zip_longest
from typing import Final

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
            item = replace(item, before=False)
            item = replace(item, x=axis.left, width=axis.width - item.label_width - NEAR)
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
        yield _on_tracks(items, tracks, axis, way)


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
    item = PlacedMark(
        numbers, kind, left, width, compact(numbers), title, group[0].title, opens=opens
    )
    return item.inside(axis)


def _fewest(items: Sequence[PlacedMark]) -> int:
    """How many tracks keep the marks with their numbers apart."""
    ends: list[float] = []
    for item in sorted(items, key=_order):
        free = next((n for n, end in enumerate(ends) if end + _GAP <= item.left), None)
        if free is None:
            ends.append(item.right)
        else:
            ends[free] = item.right
    return max(len(ends), 1)


def _on_tracks(items: Sequence[PlacedMark], count: int, axis: Axis, lines: int) -> Tracks:
    """Give each mark the track that has been empty for longest, then names where they fit."""
    tracks: list[list[PlacedMark]] = [[] for _ in range(count)]
    for item in sorted(items, key=_order):
        min(tracks, key=lambda track: track[-1].right if track else 0.0).append(item)
    return tuple(_named(tuple(track), axis.left, axis.right, lines) for track in tracks)


@lru_cache(maxsize=4_000)  # the desk draws after each save, and most tracks stay as they were
def _named(
    track: tuple[PlacedMark, ...], left: float, right: float, most: int
) -> tuple[PlacedMark, ...]:
    """Write the names of a track's marks on the side where more of each fits, in fewer lines."""
    named: list[PlacedMark] = []
    for item, follows in zip_longest(track, track[1:]):
        first = named[-1].right + _GAP if named else left
        last = follows.left - _GAP if follows else right
        beside = item.label_width + 2 * NEAR
        rooms = (last - item.x - item.width - beside, item.x - first - beside)
        sides = [whole(item.heading, room, _WORDS, most) for room in rooms]
        if lines := max(sides, key=lambda lines: (sum(map(len, lines)), -len(lines))):
            item = replace(item, lines=lines, before=lines is not sides[0])
        named.append(item)
    return tuple(named)


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

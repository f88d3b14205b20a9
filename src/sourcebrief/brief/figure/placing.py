"""Which mark stands where: a track for each that would touch another, or clusters of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from sourcebrief.brief.figure.parts import FigureEvent, MarkKind
from sourcebrief.brief.figure.text_width import text_width

if TYPE_CHECKING:
    from sourcebrief.brief.figure.axis import Scale
    from sourcebrief.brief.labels import Labels

MOST_MARKS: Final = 40
"""More marks than this in one lane are drawn as clusters."""
MARK: Final = 7.0  # a point's width and height
_BAR: Final = 14.0  # the least length of a bar: never taken for a point
LABEL: Final = 6.8  # size of a mark's number
_COUNT: Final = 6.8  # size of the number within a cluster
NEAR: Final = 2.2  # from a mark to its number
_GAP: Final = 3.0  # least distance between two marks' boxes


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark before it has a height: its left edge and width, and its label's side."""

    numbers: tuple[int, ...]
    kind: MarkKind | Literal["cluster"]
    x: float
    width: float
    label: str
    title: str
    before: bool = False
    opens: tuple[bool, bool] = (False, False)

    @property
    def label_width(self) -> float:
        """The width of its number."""
        return text_width(self.label, LABEL)

    @property
    def label_x(self) -> float:
        """The left edge of its number."""
        if self.before:
            return self.x - NEAR - self.label_width
        return self.x + self.width + NEAR

    @property
    def left(self) -> float:
        """The left edge of mark and number."""
        return min(self.x, self.label_x)

    @property
    def right(self) -> float:
        """The right edge of mark and number."""
        return max(self.x + self.width, self.label_x + self.label_width)

    @property
    def middle(self) -> float:
        """The middle of the mark."""
        return self.x + self.width / 2

    def inside(self, scale: Scale) -> PlacedMark:
        """Keep mark and label within the plot: the label changes sides before the mark moves."""
        item = self
        if item.right > scale.right:
            item = replace(item, before=True)
        if item.left < scale.left:
            item = replace(item, x=item.x + scale.left - item.left)
        if item.right > scale.right:
            item = replace(item, before=False)
            item = replace(item, x=scale.left, width=scale.width - item.label_width - NEAR)
        return item


def tracks_of(
    events: Sequence[FigureEvent], scale: Scale, most: int, labels: Labels
) -> tuple[tuple[PlacedMark, ...], ...]:
    """The marks of a lane on at most `most` tracks, the highest track first."""
    items = [_placed(group, scale) for group in _together(events)]
    if len(items) > MOST_MARKS:
        return _stacked(_clustered(items, scale, labels))
    stacked = _stacked(items)
    return stacked if len(stacked) <= most else _stacked(_clustered(items, scale, labels))


def _together(events: Sequence[FigureEvent]) -> list[tuple[FigureEvent, ...]]:
    """Put a part with the engagement that is drawn the same: it is no engagement of its own."""
    wholes = {_drawn_as(event): [event] for event in events if event.engagement}
    groups = {event.number: [event] for event in events if event.engagement}
    for event in events:
        if not event.engagement:
            whole = wholes.get(_drawn_as(event))
            groups.setdefault(whole[0].number if whole else event.number, []).append(event)
    return [tuple(group) for group in groups.values()]


def _drawn_as(event: FigureEvent) -> tuple[object, ...]:
    return (event.kind, event.start, event.end)


def _placed(group: Sequence[FigureEvent], scale: Scale) -> PlacedMark:
    event = group[0]
    x0 = scale.left if event.start is None else scale.at(event.start.toordinal())
    x1 = scale.right if event.end is None else scale.at(event.end.toordinal() + 1)
    opens = (event.start is None, event.end is None)
    width = MARK if event.kind in ("point", "hollow") else max(x1 - x0, _BAR)
    middle = (x0 + x1) / 2
    if opens != (False, False) and x1 - x0 < _BAR:
        # A short open bar grows towards its open end, so that its known end stays true.
        middle = x1 - width / 2 if opens[0] else x0 + width / 2
    left = min(max(middle - width / 2, scale.left), scale.right - width)
    numbers = tuple(sorted(one.number for one in group))
    title = "; ".join(f"{one.number}. {one.date}: {one.title}" for one in group)
    item = PlacedMark(numbers, event.kind, left, width, compact(numbers), title, opens=opens)
    return item.inside(scale)


def _stacked(items: Sequence[PlacedMark]) -> tuple[tuple[PlacedMark, ...], ...]:
    """Give each item the first track where it touches nothing; the first track is the lowest."""
    rows: list[list[PlacedMark]] = []
    for item in sorted(items, key=lambda one: (one.left, one.numbers)):
        for row in rows:
            if row[-1].right + _GAP <= item.left:
                row.append(item)
                break
        else:
            rows.append([item])
    return tuple(tuple(row) for row in reversed(rows))


def _clustered(items: Sequence[PlacedMark], scale: Scale, labels: Labels) -> list[PlacedMark]:
    """Merge what stands close together; a bar that is much longer than a cluster stays alone."""
    reach = 20.0
    long = [item for item in items if item.width > 2.5 * reach]
    short = [item for item in items if item.width <= 2.5 * reach]
    if len(long) > 8:
        short, long = list(items), []
    groups: list[list[PlacedMark]] = []
    for item in sorted(short, key=lambda one: (one.middle, one.numbers)):
        if groups and item.middle - groups[-1][0].middle <= reach:
            groups[-1].append(item)
        else:
            groups.append([item])
    merged = [g[0] if len(g) == 1 else _cluster(g, scale, labels) for g in groups]
    return [*merged, *long]


def _cluster(group: Sequence[PlacedMark], scale: Scale, labels: Labels) -> PlacedMark:
    numbers = tuple(sorted(number for item in group for number in item.numbers))
    count = len(numbers)
    width = text_width(str(count), _COUNT) + 8
    middle = (group[0].middle + group[-1].middle) / 2
    label = compact(numbers)
    if text_width(label, LABEL) > 40:
        label = f"{numbers[0]}…{numbers[-1]}"
    title = f"{labels.ngettext('%(num)d event', '%(num)d events', count)}: {compact(numbers)}"
    return PlacedMark(numbers, "cluster", middle - width / 2, width, label, title).inside(scale)


def compact(numbers: Sequence[int]) -> str:
    """Write ascending numbers with runs joined: 3, 5–7, 12."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        str(run[0])
        if len(run) == 1
        else f"{run[0]}, {run[1]}"
        if len(run) == 2
        else f"{run[0]}–{run[-1]}"
        for run in runs
    )

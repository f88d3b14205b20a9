"""The timeline figure: where everything stands, before anything is drawn.

A lane per followed actor, and a last one for events that no followed actor takes part in. An event
of several followed actors stands in the lane of each; the parts of an event share its mark where
they share its date. A mark says how well its date is known:

    point        the day is known                      hollow        about that day, or uncertain
    bar          from one known day to another         hollow bar    some time within the bar
    open bar     since, until, by or from a day: one end is not known

Lengths are points (1/72 inch) from the figure's upper left corner. The same events give the same
figure, whatever their order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sourcebrief.brief.labels import Labels

Kind = Literal["point", "bar", "hollow", "hollow-bar", "open-bar"]

WIDTH: Final = 482.0
"""The figure's width: 170 mm."""
MOST_MARKS: Final = 40
"""More marks than this in one lane are drawn as clusters."""
MOST_HEIGHT: Final = 500.0
"""What a page can hold beside a heading and a caption."""

_MARK: Final = 7.0  # a point's width and height
_BAR: Final = 14.0  # the least length of a bar: never taken for a point
_LABEL: Final = 6.8  # size of a mark's number
_COUNT: Final = 6.8  # size of the number within a cluster
_NEAR: Final = 2.2  # from a mark to its number
_STROKE: Final = 1.3  # of a hollow mark, half of it outside its path
_GAP: Final = 3.0  # least distance between two marks' boxes
_TRACK: Final = 9.6
_PAD: Final = 3.4  # within a lane, above and below its tracks
_LANE_GAP: Final = 2.5
_AXIS: Final = 15.0
_NAME: Final = 8.4  # size of a lane's name
_NAME_LEADING: Final = 10.0
_TICK: Final = 7.4
_SHAPES: Final = (
    "circle",
    "square",
    "diamond",
    "triangle",
    "pentagon",
    "wedge",
    "hexagon",
    "star",
)
_OTHERS_SHAPE: Final = "cross"


@dataclass(frozen=True, slots=True)
class FigureEvent:
    """What the figure needs of an event: `start` or `end` is None where that end is open."""

    number: int
    kind: Kind
    start: date | None
    end: date | None
    date: str
    title: str
    lanes: tuple[str, ...] = ()
    engagement: bool = True


@dataclass(frozen=True, slots=True)
class LaneActor:
    """A followed actor as the figure names it; `accent` counts from 1, 0 is Others."""

    id: str
    name: str
    short: str
    accent: int


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box) -> bool:
        """Say whether two boxes share more than an edge."""
        slack = 0.01
        return (
            self.x + slack < other.x + other.width
            and other.x + slack < self.x + self.width
            and self.y + slack < other.y + other.height
            and other.y + slack < self.y + self.height
        )

    def within(self, other: Box) -> bool:
        """Say whether this box lies inside another."""
        slack = 0.01
        return (
            self.x >= other.x - slack
            and self.y >= other.y - slack
            and self.x + self.width <= other.x + other.width + slack
            and self.y + self.height <= other.y + other.height + slack
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """One event in one lane, with the parts that share its date, or a cluster of several.

    `path` is SVG path data; `filled` says whether it is solid; `fade` is a second path, the arrow
    heads of an open bar. `label` stands at `label_x`, its start or its end there as `anchor` says
    (SVG's text-anchor), on the base line `label_y`, within `ground`, which may be painted to keep
    grid lines out of it; the count of a cluster stands centred at `middle_x`. `box` holds them all;
    `title` says which events they are.
    """

    numbers: tuple[int, ...]
    kind: Kind | Literal["cluster"]
    path: str
    filled: bool
    label: str
    label_x: float
    label_y: float
    anchor: Literal["start", "end"]
    middle_x: float
    ground: Box
    box: Box
    title: str
    fade: str = ""

    @property
    def count(self) -> int:
        """How many events a cluster stands for; 0 for what is no cluster."""
        return len(self.numbers) if self.kind == "cluster" else 0


@dataclass(frozen=True, slots=True)
class Lane:
    """An actor's lane: its band, its name in lines, its shape as a key, and its marks."""

    id: str
    accent: int
    shape: str
    name: str
    lines: tuple[str, ...]
    name_y: float
    key: str
    band: Box
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A grid line at `x`, and the label centred on the interval that begins there."""

    x: float
    label: str
    label_x: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A timeline ready to draw. `title` states the finding; `alt` says what a reader sees."""

    width: float
    height: float
    title: str
    alt: str
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    plot: Box
    axis_y: float
    language: str
    clustered: bool = False
    kinds: frozenset[str] = field(default_factory=frozenset)


def timeline(
    events: Iterable[FigureEvent], actors: Sequence[LaneActor], labels: Labels
) -> Figure | None:
    """Lay the timeline out; None where there is nothing to show."""
    ordered = tuple(sorted(events, key=lambda event: event.number))
    if not ordered:
        return None
    axis = _Axis.over(ordered)
    others = LaneActor("", labels.gettext("Others"), labels.gettext("Others"), 0)
    by_lane = [(actor, tuple(e for e in ordered if actor.id in e.lanes)) for actor in actors]
    rest = tuple(event for event in ordered if not event.lanes)
    if rest or not by_lane:
        by_lane.append((others, rest))

    names = {actor.id: _wrapped(actor.short, 100.0) for actor, _ in by_lane}
    widest = max(text_width(line, _NAME) for lines in names.values() for line in lines)
    left = min(max(widest * 1.1 + 15.0, 54.0), 128.0)  # a reader may see another typeface
    plot_x, plot_width = left + 4.0, WIDTH - left - 8.0
    scale = _Scale(axis, plot_x, plot_width)

    tracks = 12
    while True:
        laid = [_tracks(own, scale, tracks, labels) for _, own in by_lane]
        heights = [
            max(_lane_height(lane), len(names[actor.id]) * _NAME_LEADING + 2 * _PAD)
            for (actor, _), lane in zip(by_lane, laid, strict=True)
        ]
        total = sum(heights) + _LANE_GAP * (len(heights) - 1)
        if total <= MOST_HEIGHT or tracks == 1:
            break
        tracks -= 1

    lanes: list[Lane] = []
    y = 1.0
    for (actor, _), placed, height in zip(by_lane, laid, heights, strict=True):
        shape = _OTHERS_SHAPE if actor.accent == 0 else _SHAPES[(actor.accent - 1) % len(_SHAPES)]
        lines = names[actor.id]
        middle = y + height / 2
        first = middle - (len(lines) - 1) * _NAME_LEADING / 2
        top = y + (height - _lane_height(placed)) / 2 + _PAD
        lanes.append(
            Lane(
                id=actor.id,
                accent=actor.accent,
                shape=shape,
                name=actor.name,
                lines=lines,
                name_y=_r(first + _NAME * 0.34),
                key=_shape(shape, 5.0, first, 3.2),
                band=Box(_r(plot_x - 2), _r(y), _r(plot_width + 4), _r(height)),
                marks=tuple(
                    _drawn(item, top + track * _TRACK, shape)
                    for track, row in enumerate(placed)
                    for item in row
                ),
            )
        )
        y += height + _LANE_GAP
    bottom = y - _LANE_GAP
    marks = [mark for lane in lanes for mark in lane.marks]
    return Figure(
        width=WIDTH,
        height=_r(bottom + _AXIS),
        title=_finding(ordered, labels),
        alt=_alternative(ordered, by_lane, labels),
        lanes=tuple(lanes),
        ticks=tuple(_ticks(axis, scale, labels)),
        plot=Box(_r(plot_x - 2), 1.0, _r(plot_width + 4), _r(bottom - 1.0)),
        axis_y=_r(bottom + 10.5),
        language=labels.language,
        clustered=any(mark.count for mark in marks),
        kinds=frozenset(mark.kind for mark in marks),
    )


# ---------------------------------------------------------------- the axis


@dataclass(frozen=True, slots=True)
class _Axis:
    """From the start of one whole unit to the end of another, in day numbers."""

    start: int
    end: int
    unit: Literal["day", "month", "year"]
    step: int
    bounds: tuple[int, ...]

    @classmethod
    def over(cls, events: Sequence[FigureEvent]) -> _Axis:
        known = [day for event in events for day in (event.start, event.end) if day]
        first, last = min(known), max(known)
        if (last - first).days == 0 or len(known) < 3:
            # One day alone has no scale of its own: show it in its year.
            first, last = date(first.year, 1, 1), date(last.year, 12, 31)
        days = (last - first).days + 1
        if days <= 21:
            return cls._of("day", 1 if days <= 12 else 2, first, last)
        if days <= 75:
            return cls._of("day", 7, first, last)
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        for step in (1, 3):
            if months <= 13 * step:
                return cls._of("month", step, first, last)
        years = last.year - first.year + 1
        step = next((s for s, most in _YEAR_STEPS if years <= most * s), 1000)
        return cls._of("year", step, first, last)

    @classmethod
    def _of(
        cls, unit: Literal["day", "month", "year"], step: int, first: date, last: date
    ) -> _Axis:
        bounds: list[int] = []
        if unit == "day":
            at = first.toordinal()
            while at <= last.toordinal():
                bounds.append(at)
                at += step
            bounds.append(at)
        elif unit == "month":
            index = (first.year * 12 + first.month - 1) // step * step
            stop = last.year * 12 + last.month - 1
            while index <= stop:
                bounds.append(_month_start(index))
                index += step
            bounds.append(_month_start(index))
        else:
            year = first.year // step * step
            while year <= last.year:
                bounds.append(_month_start(year * 12))
                year += step
            bounds.append(_month_start(year * 12))
        return cls(bounds[0], bounds[-1], unit, step, tuple(bounds))


_YEAR_STEPS: Final = (
    *((1, 13), (2, 9), (5, 9), (10, 13)),
    *((step, 8) for step in (20, 50, 100, 200, 500)),
    (1000, 11),
)
"""Years of an interval, and how many of them the width has room for: "1950–54" is wide."""


def _month_start(index: int) -> int:
    """Give the day number of a month's first day; months count from January of year 0."""
    year, month = divmod(index, 12)
    if year < 1:
        return 1 - (12 - month) * 31 if year == 0 else 1 - 366
    if year > 9999:
        return date.max.toordinal() + 1
    return date(year, month + 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class _Scale:
    axis: _Axis
    left: float
    width: float

    def at(self, day: float) -> float:
        span = self.axis.end - self.axis.start
        return self.left + (day - self.axis.start) / span * self.width

    @property
    def right(self) -> float:
        return self.left + self.width


def _ticks(axis: _Axis, scale: _Scale, labels: Labels) -> Iterable[Tick]:
    for index, day in enumerate(axis.bounds):
        x = scale.at(day)
        if index + 1 == len(axis.bounds):
            yield Tick(_r(x), "", _r(x))
            return
        follows = axis.bounds[index + 1]
        at = date.fromordinal(max(day, 1))
        previous = date.fromordinal(max(axis.bounds[index - 1], 1)) if index else None
        text = _tick_label(axis, at, previous, labels)
        middle = (x + scale.at(follows)) / 2
        yield Tick(_r(x), text, _r(middle))


def _tick_label(axis: _Axis, at: date, previous: date | None, labels: Labels) -> str:
    if axis.unit == "day":
        if previous is None or previous.month != at.month:
            return f"{at.day} {labels.month(at.month)}"
        return str(at.day)
    if axis.unit == "month":
        name = labels.month(at.month)
        return f"{name} {at.year}" if previous is None or previous.year != at.year else name
    if axis.step == 1:
        return str(at.year)
    if axis.step == 10:
        return labels.gettext("%(decade)ss", decade=at.year)
    # Whole in each label: the interval is what the label stands under, not the line before it.
    first = at.year // axis.step * axis.step
    last = first + axis.step - 1
    return f"{max(first, 1)}–{last % 100:02}" if axis.step <= 100 else f"{max(first, 1)}–{last}"


# ---------------------------------------------------------------- placing


@dataclass(frozen=True, slots=True)
class _Item:
    """A mark before it has a height: its left edge and width, and its label's side."""

    numbers: tuple[int, ...]
    kind: Kind | Literal["cluster"]
    x: float
    width: float
    label: str
    title: str
    before: bool = False
    opens: tuple[bool, bool] = (False, False)

    @property
    def label_width(self) -> float:
        return text_width(self.label, _LABEL)

    @property
    def label_x(self) -> float:
        if self.before:
            return self.x - _NEAR - self.label_width
        return self.x + self.width + _NEAR

    @property
    def left(self) -> float:
        return min(self.x, self.label_x)

    @property
    def right(self) -> float:
        return max(self.x + self.width, self.label_x + self.label_width)

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    def inside(self, scale: _Scale) -> _Item:
        """Keep mark and label within the plot: the label changes sides before the mark moves."""
        item = self
        if item.right > scale.right:
            item = replace(item, before=True)
        if item.left < scale.left:
            item = replace(item, x=item.x + scale.left - item.left)
        if item.right > scale.right:
            item = replace(item, before=False)
            item = replace(item, x=scale.left, width=scale.width - item.label_width - _NEAR)
        return item


def _tracks(
    events: Sequence[FigureEvent], scale: _Scale, most: int, labels: Labels
) -> tuple[tuple[_Item, ...], ...]:
    items = [_item(group, scale) for group in _together(events)]
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


def _item(group: Sequence[FigureEvent], scale: _Scale) -> _Item:
    event = group[0]
    x0 = scale.left if event.start is None else scale.at(event.start.toordinal())
    x1 = scale.right if event.end is None else scale.at(event.end.toordinal() + 1)
    opens = (event.start is None, event.end is None)
    width = _MARK if event.kind in ("point", "hollow") else max(x1 - x0, _BAR)
    middle = (x0 + x1) / 2
    if opens != (False, False) and x1 - x0 < _BAR:
        # A short open bar grows towards its open end, so that its known end stays true.
        middle = x1 - width / 2 if opens[0] else x0 + width / 2
    left = min(max(middle - width / 2, scale.left), scale.right - width)
    numbers = tuple(sorted(one.number for one in group))
    title = "; ".join(f"{one.number}. {one.date}: {one.title}" for one in group)
    item = _Item(numbers, event.kind, left, width, compact(numbers), title, opens=opens)
    return item.inside(scale)


def _stacked(items: Sequence[_Item]) -> tuple[tuple[_Item, ...], ...]:
    """Give each item the first track where it touches nothing; the first track is the lowest."""
    rows: list[list[_Item]] = []
    for item in sorted(items, key=lambda one: (one.left, one.numbers)):
        for row in rows:
            if row[-1].right + _GAP <= item.left:
                row.append(item)
                break
        else:
            rows.append([item])
    return tuple(tuple(row) for row in reversed(rows))


def _clustered(items: Sequence[_Item], scale: _Scale, labels: Labels) -> list[_Item]:
    """Merge what stands close together; a bar that is much longer than a cluster stays alone."""
    reach = 20.0
    long = [item for item in items if item.width > 2.5 * reach]
    short = [item for item in items if item.width <= 2.5 * reach]
    if len(long) > 8:
        short, long = list(items), []
    groups: list[list[_Item]] = []
    for item in sorted(short, key=lambda one: (one.middle, one.numbers)):
        if groups and item.middle - groups[-1][0].middle <= reach:
            groups[-1].append(item)
        else:
            groups.append([item])
    merged = [g[0] if len(g) == 1 else _cluster(g, scale, labels) for g in groups]
    return [*merged, *long]


def _cluster(group: Sequence[_Item], scale: _Scale, labels: Labels) -> _Item:
    numbers = tuple(sorted(number for item in group for number in item.numbers))
    count = len(numbers)
    width = text_width(str(count), _COUNT) + 8
    middle = (group[0].middle + group[-1].middle) / 2
    label = compact(numbers)
    if text_width(label, _LABEL) > 40:
        label = f"{numbers[0]}…{numbers[-1]}"
    title = f"{labels.ngettext('%(num)d event', '%(num)d events', count)}: {compact(numbers)}"
    return _Item(numbers, "cluster", middle - width / 2, width, label, title).inside(scale)


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


def _lane_height(tracks: Sequence[Sequence[_Item]]) -> float:
    return max(len(tracks), 1) * _TRACK + 2 * _PAD


# ---------------------------------------------------------------- drawing


def _drawn(item: _Item, top: float, shape: str) -> Mark:
    middle = top + _TRACK / 2
    fade = ""
    if item.kind == "cluster":
        path = _pill(item.x, middle - 4.5, item.width, 9.0)
    elif item.kind in ("point", "hollow"):
        radius = _MARK / 2 - (_STROKE / 2 if item.kind == "hollow" else 0)
        path = _shape(shape, item.middle, middle, radius)
    elif item.kind == "open-bar":
        path, fade = _open(item, middle)
    else:
        path = _pill(item.x + _STROKE / 2, middle - 2.5, item.width - _STROKE, 5.0)
    return Mark(
        numbers=item.numbers,
        kind=item.kind,
        path=path,
        filled=item.kind in ("point", "bar", "cluster"),
        label=item.label,
        label_x=_r(item.x - _NEAR if item.before else item.label_x),
        anchor="end" if item.before else "start",
        label_y=_r(middle + _LABEL * 0.34),
        middle_x=_r(item.middle),
        ground=Box(
            _r(item.label_x - 0.5),
            _r(middle - _LABEL * 0.45),
            _r(item.label_width + 1.0),
            _r(_LABEL * 0.9),
        ),
        box=Box(_r(item.left), _r(top), _r(item.right - item.left), _r(_TRACK)),
        title=item.title,
        fade=fade,
    )


def _pill(x: float, y: float, width: float, height: float) -> str:
    r = min(height / 2, width / 2)
    return (
        f"M{_n(x + r)} {_n(y)}H{_n(x + width - r)}"
        f"A{_n(r)} {_n(r)} 0 0 1 {_n(x + width - r)} {_n(y + height)}"
        f"H{_n(x + r)}A{_n(r)} {_n(r)} 0 0 1 {_n(x + r)} {_n(y)}Z"
    )


def _open(item: _Item, middle: float) -> tuple[str, str]:
    """Draw an upright at the known end, a line, and an arrow head at each open one."""
    x0, x1 = item.x + 0.6, item.x + item.width - 0.6
    reach, half = 4.6, 2.8
    line0, line1 = x0, x1
    heads = ""
    stops = ""
    if item.opens[0]:
        line0 = x0 + reach * 0.6
        heads += _triangle(x0, middle, reach, half)
    else:
        stops += f"M{_n(x0)} {_n(middle - half)}V{_n(middle + half)}"
    if item.opens[1]:
        line1 = x1 - reach * 0.6
        heads += _triangle(x1, middle, -reach, half)
    else:
        stops += f"M{_n(x1)} {_n(middle - half)}V{_n(middle + half)}"
    return f"{stops}M{_n(line0)} {_n(middle)}H{_n(line1)}", heads


def _triangle(tip: float, middle: float, reach: float, half: float) -> str:
    return (
        f"M{_n(tip)} {_n(middle)}L{_n(tip + reach)} {_n(middle - half)}"
        f"L{_n(tip + reach)} {_n(middle + half)}Z"
    )


def _shape(name: str, x: float, y: float, r: float) -> str:
    """Give the outline of a shape of radius `r`, all of about one area."""
    if name == "circle":
        return (
            f"M{_n(x - r)} {_n(y)}A{_n(r)} {_n(r)} 0 1 1 {_n(x + r)} {_n(y)}"
            f"A{_n(r)} {_n(r)} 0 1 1 {_n(x - r)} {_n(y)}Z"
        )
    return "M" + "L".join(f"{_n(x + px * r)} {_n(y + py * r)}" for px, py in _OUTLINES[name]) + "Z"


def _regular(
    corners: int, turn: float, radius: float, inner: float = 1.0
) -> tuple[tuple[float, float], ...]:
    points = []
    for corner in range(corners):
        angle = math.radians(turn + corner * 360 / corners)
        reach = radius * (inner if corner % 2 else 1.0)
        points.append((math.cos(angle) * reach, math.sin(angle) * reach))
    return tuple(points)


_OUTLINES: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "square": ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "triangle": ((0, -1.05), (1.12, 0.92), (-1.12, 0.92)),
    "wedge": ((0, 1.05), (1.12, -0.92), (-1.12, -0.92)),
    "pentagon": _regular(5, -90, 1.1),
    "hexagon": _regular(6, 0, 1.1),
    "star": _regular(10, -90, 1.25, 0.5),
    "cross": (
        (-0.38, -1.05),
        (0.38, -1.05),
        (0.38, -0.38),
        (1.05, -0.38),
        (1.05, 0.38),
        (0.38, 0.38),
        (0.38, 1.05),
        (-0.38, 1.05),
        (-0.38, 0.38),
        (-1.05, 0.38),
        (-1.05, -0.38),
        (-0.38, -0.38),
    ),
}


# ---------------------------------------------------------------- words


def _finding(events: Sequence[FigureEvent], labels: Labels) -> str:
    counted = [event for event in events if event.engagement] or list(events)
    years = [_year(event) for event in counted]
    first, last = min(years), max(years)
    n = len(counted)
    if n == 1:
        return labels.gettext("One engagement on record: %(date)s", date=counted[0].date)
    if first == last:
        return labels.ngettext(
            "%(num)d engagement on record, in %(year)s",
            "%(num)d engagements on record, all in %(year)s",
            n,
            year=first,
        )
    most = max(years.count(year) for year in years)
    busiest = sorted({year for year in years if years.count(year) == most})
    span = f"{first}–{last}"
    if len(busiest) > 1 or most == 1:
        return labels.ngettext(
            "%(num)d engagement on record, %(span)s",
            "%(num)d engagements on record, %(span)s",
            n,
            span=span,
        )
    return labels.ngettext(
        "%(num)d engagement on record, %(span)s; the busiest year was %(year)s, with %(most)d",
        "%(num)d engagements on record, %(span)s; the busiest year was %(year)s, with %(most)d",
        n,
        span=span,
        year=busiest[0],
        most=most,
    )


def _alternative(
    events: Sequence[FigureEvent],
    lanes: Sequence[tuple[LaneActor, tuple[FigureEvent, ...]]],
    labels: Labels,
) -> str:
    sentences = [
        labels.ngettext(
            "Timeline of %(num)d event, one lane for each actor.",
            "Timeline of %(num)d events, one lane for each actor.",
            len(events),
        )
    ]
    for actor, own in lanes:
        if not own:
            text = labels.gettext("%(actor)s: none.", actor=actor.name)
        elif len(own) == 1:
            text = labels.gettext("%(actor)s: 1, %(date)s.", actor=actor.name, date=own[0].date)
        elif own[0].date == own[-1].date:
            text = labels.gettext(
                "%(actor)s: %(count)d, all %(date)s.",
                actor=actor.name,
                count=len(own),
                date=own[0].date,
            )
        else:
            text = labels.gettext(
                "%(actor)s: %(count)d, the first %(first)s, the last %(last)s.",
                actor=actor.name,
                count=len(own),
                first=own[0].date,
                last=own[-1].date,
            )
        sentences.append(text)
    return " ".join(sentences)


def _year(event: FigureEvent) -> int:
    day = event.start or event.end
    if day is None:
        raise ValueError(f"event {event.number} has neither a start nor an end")
    return day.year


# ---------------------------------------------------------------- measures


def text_width(text: str, size: float) -> float:
    """Estimate the width of a text in semibold Source Sans 3, never too small by more than 2 %."""
    return sum(_advance(letter) for letter in text) * size


def _advance(letter: str) -> float:
    if letter in _ADVANCES:
        return _ADVANCES[letter]
    if letter.isupper():
        return 0.66
    return 0.56 if ord(letter) < 0x2000 else 1.0


_ADVANCES: Final[dict[str, float]] = {
    letter: width
    for letters, width in (
        ("ijlI'|!.,:;·", 0.31),
        (" ", 0.2),
        ("frt()[]-‐‑/’‘íìîï", 0.37),
        ("0123456789", 0.52),
        ("–", 0.53),
        ("—…", 0.95),
        ("czsJ", 0.5),
        ("EFLS", 0.57),
        ("NHDUOQGÓÚÑ", 0.7),
        ("mwM", 0.88),
        ("W@", 0.92),
    )
    for letter in letters
}


def _wrapped(text: str, width: float, most: int = 3) -> tuple[str, ...]:
    """Break a name into lines that fit; a word too long is parted, a name too long is cut."""
    words: list[str] = []
    for word in text.split():
        while text_width(word, _NAME) > width:
            cut = next(
                n for n in range(len(word), 0, -1) if text_width(word[:n] + "-", _NAME) <= width
            )
            words.append(word[:cut] + "-")
            word = word[cut:]
        words.append(word)
    lines: list[str] = []
    for word in words:
        if lines and text_width(f"{lines[-1]} {word}", _NAME) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        kept = lines[most - 1]
        while kept and text_width(kept + "…", _NAME) > width:
            kept = kept[:-1]
        lines = [*lines[: most - 1], kept.rstrip(" -") + "…"]
    return tuple(lines)


def _r(value: float) -> float:
    return round(value, 2)


def _n(value: float) -> str:
    """Write a coordinate: two decimals, no trailing zeros, no minus zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


__all__ = [
    "MOST_MARKS",
    "WIDTH",
    "Box",
    "Figure",
    "FigureEvent",
    "Lane",
    "LaneActor",
    "Mark",
    "Tick",
    "compact",
    "text_width",
    "timeline",
]

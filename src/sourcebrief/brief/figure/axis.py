"""The timeline's axis: whole days, months or years, and the scale that maps a day to a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from sourcebrief.brief.figure.parts import FigureEvent, Tick

if TYPE_CHECKING:
    from sourcebrief.brief.labels import Labels


@dataclass(frozen=True, slots=True)
class Axis:
    """From the start of one whole unit to the end of another, in day numbers."""

    start: int
    end: int
    unit: Literal["day", "month", "year"]
    step: int
    bounds: tuple[int, ...]

    @classmethod
    def over(cls, events: Sequence[FigureEvent]) -> Axis:
        """The axis that all of the events fit on."""
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
    def _of(cls, unit: Literal["day", "month", "year"], step: int, first: date, last: date) -> Axis:
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
class Scale:
    """Where the days of an axis stand, in points from the figure's left edge."""

    axis: Axis
    left: float
    width: float

    def at(self, day: float) -> float:
        """The place of a day number."""
        span = self.axis.end - self.axis.start
        return self.left + (day - self.axis.start) / span * self.width

    @property
    def right(self) -> float:
        """The right end of the axis."""
        return self.left + self.width


def ticks_of(axis: Axis, scale: Scale, labels: Labels) -> Iterable[Tick]:
    """The grid lines with their labels, from left to right."""
    for index, day in enumerate(axis.bounds):
        x = scale.at(day)
        if index + 1 == len(axis.bounds):
            yield Tick(round(x, 2), "", round(x, 2))
            return
        follows = axis.bounds[index + 1]
        at = date.fromordinal(max(day, 1))
        previous = date.fromordinal(max(axis.bounds[index - 1], 1)) if index else None
        text = _tick_label(axis, at, previous, labels)
        middle = (x + scale.at(follows)) / 2
        yield Tick(round(x, 2), text, round(middle, 2))


def _tick_label(axis: Axis, at: date, previous: date | None, labels: Labels) -> str:
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

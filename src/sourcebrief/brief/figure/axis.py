"""The timeline's axis: whole days, months or years, and where a day stands on it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from sourcebrief.brief.figure_parts import Tick
from sourcebrief.brief.labels import Labels
from sourcebrief.dates.event_date import EventDate

_INTERVALS: Final = 13
_YEAR_STEPS: Final = (
    *((1, 13), (2, 9), (5, 9), (10, 13)),
    *((step, 8) for step in (20, 50, 100, 200, 500)),
)
"""Years of an interval, and how many of them the width has room for: "1950–54" is wide."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Intervals of `step` units, from `left` on, in points; `bounds` are numbers of days."""

    left: float
    width: float
    unit: Literal["day", "month", "year"]
    step: int
    bounds: Sequence[int]

    @property
    def right(self) -> float:
        """The right end."""
        return self.left + self.width

    def at(self, day: float) -> float:
        """The place of a day number."""
        first, last = self.bounds[0], self.bounds[-1]
        return self.left + (day - first) / (last - first) * self.width

    def ticks(self, labels: Labels) -> Iterator[Tick]:
        """The grid lines with their labels, from left to right."""
        previous: date | None = None
        for day, follows in zip(self.bounds, self.bounds[1:], strict=False):
            at = date.fromordinal(max(day, 1))
            middle = (self.at(day) + self.at(follows)) / 2
            yield Tick(round(self.at(day), 2), self._label(at, previous, labels), round(middle, 2))
            previous = at
        yield Tick(round(self.right, 2), "", round(self.right, 2))

    def _label(self, at: date, previous: date | None, labels: Labels) -> str:
        if self.unit == "day":
            same = previous is not None and previous.month == at.month
            return str(at.day) if same else labels.day(at)
        if self.unit == "month":
            same = previous is not None and previous.year == at.year
            name = labels.month(at.month)
            return name if same else f"{name} {at.year}"
        if self.step == 1:
            return str(at.year)
        if self.step == 10:
            return labels.gettext("%(decade)ss", decade=at.year)
        # Whole in each label: the interval is what it stands under, not the line before it.
        first = at.year // self.step * self.step
        last = first + self.step - 1
        return f"{max(first, 1)}–{f'{last % 100:02}' if self.step <= 100 else last}"


def axis_over(dates: Iterable[EventDate], left: float, width: float, room: float) -> Axis:
    """The axis that all of the dates fit on; `room` is the share of the full number of labels."""
    known = [day for one in dates for day in (one.earliest, one.latest) if day]
    first, last = min(known), max(known)
    if first == last or len(known) < 3:
        # One day alone has no scale of its own: show it in its year.
        first, last = date(first.year, 1, 1), date(last.year, 12, 31)
    days = (last - first).days + 1
    for step, most in ((1, 12), (2, 21), (7, 75)):
        if days <= most * room:
            bounds = range(first.toordinal(), last.toordinal() + step + 1, step)
            return Axis(left, width, "day", step, bounds)
    start, stop = (day.year * 12 + day.month - 1 for day in (first, last))
    for step in (1, 3):
        if stop - start + 1 <= _INTERVALS * step * room:
            return Axis(left, width, "month", step, _months(start, stop, step))
    years = last.year - first.year + 1
    step = next((step for step, most in _YEAR_STEPS if years <= step * most * room), 1000)
    return Axis(left, width, "year", step, _months(start, stop, step * 12))


def _months(start: int, stop: int, step: int) -> list[int]:
    """Give the first days of intervals of months, which count from January of year 0."""
    found = []
    for index in range(start // step * step, stop + step + 1, step):
        year, month = divmod(index, 12)
        if year < 1:
            found.append(1 - (12 - month) * 31 if year == 0 else 1 - 366)
        elif year > date.max.year:
            found.append(date.max.toordinal() + 1)
        else:
            found.append(date(year, month + 1, 1).toordinal())
    return found

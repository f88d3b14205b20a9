"""A date as it is known: its parts, its bounds, its order and its mark in the figure."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, cast

DateKind: TypeAlias = Literal["single", "interval", "one-of", "all-of"]
DateMark: TypeAlias = Literal["point", "bar", "hollow-bar", "hollow", "open-bar"]
Precision: TypeAlias = Literal["day", "month", "year", "decade", "century"]
OrderKey: TypeAlias = tuple[dt.date, int, tuple[bool, dt.date], bool, str]

COARSENESS: Final[tuple[Precision, ...]] = ("day", "month", "year", "decade", "century")


@dataclass(frozen=True, slots=True)
class SimpleDate:
    """One year, month or day, as precise as it is known: the atom of every EDTF date.

    `month` and `day` are None where they are not known: left out, or written `XX`.
    """

    text: str
    precision: Precision = field(compare=False)
    """What is known: `2022-12-XX` is known to the month."""
    earliest: dt.date = field(compare=False)
    latest: dt.date = field(compare=False)
    qualifier: str = field(compare=False)
    """`~` approximate, `?` uncertain, `%` both, empty where plain."""
    within: str = field(compare=False)
    """What `XX` stands for, `day` or `month`: a day in December 2022; empty without `XX`."""

    @property
    def plain(self) -> bool:
        """Whether it is neither qualified nor has an `X`."""
        return not self.qualifier and "X" not in self.text

    @property
    def year(self) -> int:
        """The year, or the first of the decade or century."""
        return self.earliest.year

    @property
    def month(self) -> int | None:
        """The month, 1 to 12, where it is known."""
        return self.earliest.month if self.precision in ("day", "month") else None

    @property
    def day(self) -> int | None:
        """The day of the month, where it is known."""
        return self.earliest.day if self.precision == "day" else None


@dataclass(frozen=True, slots=True)
class Span:
    """From one date to another, both included; an end that is None is open."""

    start: SimpleDate | None
    end: SimpleDate | None

    @property
    def ends(self) -> tuple[SimpleDate, ...]:
        """The ends that are known, in order."""
        return tuple(end for end in (self.start, self.end) if end is not None)

    @property
    def earliest(self) -> dt.date | None:
        """The first day that it can mean; None where it is open."""
        return self.start.earliest if self.start else None

    @property
    def latest(self) -> dt.date | None:
        """The last day that it can mean; None where it is open."""
        return self.end.latest if self.end else None

    @property
    def text(self) -> str:
        """The span as it is written in a set."""
        return "..".join(end.text if end else "" for end in (self.start, self.end))


@dataclass(frozen=True, slots=True)
class EventDate:
    """When an event happened. Equal where the canonical text is equal.

    `text` is the EDTF as written, except that an unknown end (`2018/`) is given as an open one
    (`2018/..`). `earliest` and `latest` are the first and the last day that it can mean, None
    where that end is open. `parts` holds one `SimpleDate` (a single date), one `Span` (an
    interval), or the members of a set.
    """

    text: str
    kind: DateKind = field(compare=False)
    parts: tuple[SimpleDate | Span, ...] = field(compare=False)
    earliest: dt.date | None = field(compare=False)
    latest: dt.date | None = field(compare=False)

    def __str__(self) -> str:
        return self.text

    @property
    def named(self) -> tuple[SimpleDate, ...]:
        """Every date that stands in it, in the order written."""
        return tuple(
            date
            for part in self.parts
            for date in (part.ends if isinstance(part, Span) else (part,))
        )

    @property
    def precision(self) -> Precision:
        """How precisely it is known: as its least precise part."""
        return max((date.precision for date in self.named), key=COARSENESS.index)

    @property
    def qualified(self) -> bool:
        """Whether it, or any date in it, is approximate or uncertain."""
        return any(date.qualifier for date in self.named)

    @property
    def is_open(self) -> bool:
        """Whether its first or its last day is not known."""
        return self.earliest is None or self.latest is None

    @property
    def mark(self) -> DateMark:
        """Its mark in the figure: filled only where every day in it is known and plain."""
        if self.is_open:
            return "open-bar"
        if self.kind in ("one-of", "all-of") or self.precision != "day":
            return "hollow-bar"
        if self.kind == "interval" and self.earliest != self.latest:
            return "hollow-bar" if self.qualified else "bar"
        return "hollow" if self.qualified else "point"

    @property
    def start_key(self) -> dt.date:
        """Where it stands in the order of dates: the earliest day, else the latest."""
        # parse() refuses what is open at both ends
        return cast("dt.date", self.latest if self.earliest is None else self.earliest)

    @property
    def end_key(self) -> tuple[bool, dt.date]:
        """The second key of order: the latest day; an open end comes last."""
        return (self.latest is None, self.latest if self.latest is not None else dt.date.max)

    def order(self, depth: int = 0, key: str = "") -> OrderKey:
        """Sort key of an event: start, depth under `part_of`, end, plain before qualified, id.

        Total whatever the input's order, since ids are unique.
        """
        return (self.start_key, depth, self.end_key, self.qualified, key)

    def overlaps(self, first: dt.date | None, last: dt.date | None) -> bool:
        """Whether it can fall, in part, in a period; None leaves that end of the period open."""
        begins_in_time = last is None or self.earliest is None or self.earliest <= last
        ends_in_time = first is None or self.latest is None or self.latest >= first
        return begins_in_time and ends_in_time

    def begins_after(self, day: dt.date) -> bool:
        """Whether it certainly begins later than a day; where the start is open: no."""
        return self.earliest is not None and self.earliest > day

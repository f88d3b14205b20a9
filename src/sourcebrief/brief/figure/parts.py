"""What the timeline is made from, and what it is made of: plain values, in points."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

MarkKind = Literal["point", "bar", "hollow", "hollow-bar", "open-bar"]


@dataclass(frozen=True, slots=True)
class FigureEvent:
    """What the figure needs of an event: `start` or `end` is None where that end is open."""

    number: int
    kind: MarkKind
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
    kind: MarkKind | Literal["cluster"]
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

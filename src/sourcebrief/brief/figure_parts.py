"""What the timeline is made of: plain values, in points."""

from dataclasses import dataclass
from typing import Literal

from sourcebrief.dates.event_date import DateMark

MarkKind = DateMark | Literal["cluster"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """One event in one lane, with the parts that share its date, or a cluster of several.

    `path` is SVG path data; `filled` says whether it is solid; `fade` is a second path, the arrow
    heads of an open bar. `label` is the event's number and `lines` its title, or nothing where
    there is no room for all of it. They stand at `label_x` and `name_x`, their start or their end
    there as `anchor` says (SVG's text-anchor), on the base line `label_y` and those below, within
    `ground`, which may be painted to keep grid lines out of it; the count of a cluster stands
    centred at `middle_x`. `box` holds them all; `title` says which events they are.
    """

    numbers: tuple[int, ...]
    kind: MarkKind
    path: str
    filled: bool
    label: str
    label_x: float
    label_y: float
    lines: tuple[str, ...]
    name_x: float
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
    clustered: bool
    kinds: frozenset[str]

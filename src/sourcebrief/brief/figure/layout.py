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

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from sourcebrief.brief.figure.axis import Axis, Scale, ticks_of
from sourcebrief.brief.figure.parts import Box, Figure, FigureEvent, Lane, LaneActor, Mark
from sourcebrief.brief.figure.placing import LABEL, MARK, NEAR, PlacedMark, tracks_of
from sourcebrief.brief.figure.sentences import finding, timeline_alternative
from sourcebrief.brief.figure.shapes import open_bar, outline, pill
from sourcebrief.brief.figure.text_width import text_width, wrapped

if TYPE_CHECKING:
    from sourcebrief.brief.labels import Labels


WIDTH: Final = 482.0
"""The figure's width: 170 mm."""
MOST_HEIGHT: Final = 500.0
"""What a page can hold beside a heading and a caption."""

_STROKE: Final = 1.3  # of a hollow mark, half of it outside its path
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


def timeline(
    events: Iterable[FigureEvent], actors: Sequence[LaneActor], labels: Labels
) -> Figure | None:
    """Lay the timeline out; None where there is nothing to show."""
    ordered = tuple(sorted(events, key=lambda event: event.number))
    if not ordered:
        return None
    axis = Axis.over(ordered)
    others = LaneActor("", labels.gettext("Others"), labels.gettext("Others"), 0)
    by_lane = [(actor, tuple(e for e in ordered if actor.id in e.lanes)) for actor in actors]
    rest = tuple(event for event in ordered if not event.lanes)
    if rest or not by_lane:
        by_lane.append((others, rest))

    names = {actor.id: wrapped(actor.short, 100.0, _NAME) for actor, _ in by_lane}
    widest = max(text_width(line, _NAME) for lines in names.values() for line in lines)
    left = min(max(widest * 1.1 + 15.0, 54.0), 128.0)  # a reader may see another typeface
    plot_x, plot_width = left + 4.0, WIDTH - left - 8.0
    scale = Scale(axis, plot_x, plot_width)

    tracks = 12
    while True:
        laid = [tracks_of(own, scale, tracks, labels) for _, own in by_lane]
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
                name_y=round(first + _NAME * 0.34, 2),
                key=outline(shape, 5.0, first, 3.2),
                band=Box(
                    round(plot_x - 2, 2), round(y, 2), round(plot_width + 4, 2), round(height, 2)
                ),
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
        height=round(bottom + _AXIS, 2),
        title=finding(ordered, labels),
        alt=timeline_alternative(ordered, by_lane, labels),
        lanes=tuple(lanes),
        ticks=tuple(ticks_of(axis, scale, labels)),
        plot=_box(plot_x - 2, 1.0, plot_width + 4, bottom - 1.0),
        axis_y=round(bottom + 10.5, 2),
        language=labels.language,
        clustered=any(mark.count for mark in marks),
        kinds=frozenset(mark.kind for mark in marks),
    )


def _drawn(item: PlacedMark, top: float, shape: str) -> Mark:
    middle = top + _TRACK / 2
    fade = ""
    if item.kind == "cluster":
        path = pill(item.x, middle - 4.5, item.width, 9.0)
    elif item.kind in ("point", "hollow"):
        radius = MARK / 2 - (_STROKE / 2 if item.kind == "hollow" else 0)
        path = outline(shape, item.middle, middle, radius)
    elif item.kind == "open-bar":
        path, fade = open_bar(item.x, item.width, item.opens, middle)
    else:
        path = pill(item.x + _STROKE / 2, middle - 2.5, item.width - _STROKE, 5.0)
    return Mark(
        numbers=item.numbers,
        kind=item.kind,
        path=path,
        filled=item.kind in ("point", "bar", "cluster"),
        label=item.label,
        label_x=round(item.x - NEAR if item.before else item.label_x, 2),
        anchor="end" if item.before else "start",
        label_y=round(middle + LABEL * 0.34, 2),
        middle_x=round(item.middle, 2),
        ground=_box(
            item.label_x - 0.5,
            middle - LABEL * 0.45,
            item.label_width + 1.0,
            LABEL * 0.9,
        ),
        box=Box(
            round(item.left, 2), round(top, 2), round(item.right - item.left, 2), round(_TRACK, 2)
        ),
        title=item.title,
        fade=fade,
    )


def _lane_height(tracks: Sequence[Sequence[PlacedMark]]) -> float:
    return max(len(tracks), 1) * _TRACK + 2 * _PAD


def _box(x: float, y: float, width: float, height: float) -> Box:
    return Box(round(x, 2), round(y, 2), round(width, 2), round(height, 2))

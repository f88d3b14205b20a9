"""The timeline figure: where everything stands before it is drawn, and what it says in words.

A lane per followed actor, and a last one for events that no followed actor takes part in. An event
of several followed actors stands in the lane of each; the parts of an event share its mark where
they share its date. A mark says how well its date is known:

    point        the day is known                      hollow        about that day, or uncertain
    bar          from one known day to another         hollow bar    some time within the bar
    open bar     since, until, by or from a day: one end is not known

Its number stands beside it, and its title where there is room for all of it. Lengths are points
(1/72 inch) from the figure's upper left corner. The same events give the same figure, whatever
their order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from sourcebrief.brief.figure.axis import axis_over
from sourcebrief.brief.figure.placing import (
    LABEL,
    MARK,
    NEAR,
    PlacedMark,
    Tracks,
    arrangements,
    letters,
)
from sourcebrief.brief.figure.shapes import OTHERS, SHAPES, open_bar, outline, pill
from sourcebrief.brief.figure.text_width import text_width, wrapped
from sourcebrief.brief.figure_parts import Box, Figure, Lane, Mark
from sourcebrief.brief.labels import N_, Labels
from sourcebrief.brief.view import ActorView, Row


@dataclass(frozen=True, slots=True)
class Form:
    """How a timeline is to be laid out.

    `room` is the share of the axis's full number of labels. Lanes get tracks for names up to
    `height` and, where the marks need them, up to `most_height`. An event's name is whole, in at
    most so many `lines`, or absent. With `heads`, a lane's name stands above it.
    """

    width: float
    height: float
    most_height: float
    lines: int
    room: float = 1.0
    heads: bool = False


PAGE: Final = Form(482.0, 112.0, 500.0, lines=1)
"""As wide as the text (170 mm), and as high as the first page and any page have room for."""
NARROW: Final = Form(212.0, 420.0, 600.0, lines=4, room=0.46, heads=True)
"""For a telephone, which shows it half as large again."""

_STROKE: Final = 1.3  # of a hollow mark, half of it outside its path
_TRACK: Final = 8.1
_PAD: Final = 1.0  # within a lane, above and below its tracks
_LANE_GAP: Final = 1.6
_AXIS: Final = 10.2
_NAME: Final = 8.4  # size of a lane's name
_NAME_LEADING: Final = 10.0
_MOST_TRACKS: Final = 12


def timeline(
    rows: Iterable[Row], actors: Sequence[ActorView], labels: Labels, form: Form = PAGE
) -> Figure | None:
    """Lay the timeline out; None where there is nothing to show."""
    ordered = tuple(sorted(rows, key=lambda row: row.number))
    if not ordered:
        return None
    by_lane = [(actor, tuple(row for row in ordered if actor in row.lanes)) for actor in actors]
    rest = tuple(row for row in ordered if not row.lanes)
    if rest or not by_lane:
        others = labels.gettext("Others")
        by_lane.append((ActorView("", others, others), rest))

    if form.heads:
        names = [wrapped(actor.short, form.width - 14, _NAME, 1) for actor, _ in by_lane]
        left, head, least = 0.0, _NAME_LEADING + 1.0, 0.0
    else:
        names = [wrapped(actor.short, 100.0, _NAME) for actor, _ in by_lane]
        widest = max(text_width(line, _NAME) for lines in names for line in lines)
        # A reader may see another typeface.
        left, head, least = min(max(widest * 1.1 + 15.0, 54.0), 128.0), 0.0, _NAME_LEADING
    axis = axis_over([row.edtf for row in ordered], left + 4.0, form.width - left - 8.0, form.room)

    def heights(laid: Sequence[Tracks]) -> list[float]:
        return [
            max(_lane_height(tracks), len(lines) * least + 2 * _PAD) + head
            for tracks, lines in zip(laid, names, strict=True)
        ]

    def height(laid: Sequence[Tracks]) -> float:
        return sum(heights(laid)) + _LANE_GAP * (len(laid) - 1)

    for most in range(_MOST_TRACKS, 0, -1):
        choices = [arrangements(own, axis, most, form.lines, labels) for _, own in by_lane]
        laid = [next(choice) for choice in choices]
        if height(laid) <= form.most_height:
            break
    # Another arrangement, again and again, for the lane that shows the least of its names.
    waiting = list(range(len(laid)))
    while waiting:
        lane = min(waiting, key=lambda index: letters(laid[index]))
        if (tracks := next(choices[lane], None)) is None:
            waiting.remove(lane)
        elif letters(tracks) > letters(laid[lane]):
            tried = [*laid[:lane], tracks, *laid[lane + 1 :]]
            laid = tried if height(tried) <= form.height else laid

    lanes: list[Lane] = []
    y = 1.0
    for (actor, _), tracks, lines, room in zip(by_lane, laid, names, heights(laid), strict=True):
        shape = SHAPES[(actor.accent - 1) % len(SHAPES)] if actor.accent else OTHERS
        band = _box(axis.left - 2, y + head, axis.width + 4, room - head)
        first = y + head / 2 if head else y + (room - (len(lines) - 1) * _NAME_LEADING) / 2
        start = band.y + (band.height - _lane_height(tracks)) / 2 + _PAD
        tops = accumulate((_rows(track) * _TRACK for track in tracks), initial=start)
        marks = tuple(
            _drawn(item, top, shape)
            for top, track in zip(tops, tracks, strict=False)
            for item in track
        )
        shown = {mark.kind for mark in marks}
        # A lane is keyed by a mark that stands in it.
        bar = pill(0.8, first - 2.5, 9.0, 5.0) if shown else ""
        key = outline(shape, 5.0, first, 3.2) if shown & {"point", "hollow"} else bar
        lanes.append(
            Lane(
                id=actor.id,
                accent=actor.accent,
                shape=shape,
                name=actor.name,
                lines=lines,
                name_y=round(first + _NAME * 0.34, 2),
                key=key,
                band=band,
                marks=marks,
            )
        )
        y += room + _LANE_GAP
    bottom = y - _LANE_GAP
    kinds = frozenset(mark.kind for lane in lanes for mark in lane.marks)
    return Figure(
        width=form.width,
        height=round(bottom + _AXIS, 2),
        title=_finding(ordered, labels),
        alt="" if form.heads else _alternative(ordered, by_lane, labels),
        lanes=tuple(lanes),
        ticks=tuple(axis.ticks(labels)),
        plot=_box(axis.left - 2, 1.0, axis.width + 4, bottom - 1.0),
        axis_y=round(bottom + 8.5, 2),
        language=labels.language,
        clustered="cluster" in kinds,
        kinds=kinds,
    )


def _drawn(item: PlacedMark, top: float, shape: str) -> Mark:
    middle = top + _TRACK / 2
    fade = ""
    if item.kind == "cluster":
        path = pill(item.x, middle - 4.1, item.width, 8.2)
    elif item.kind in ("point", "hollow"):
        radius = MARK / 2 - (_STROKE / 2 if item.kind == "hollow" else 0)
        path = outline(shape, item.middle, middle, radius)
    elif item.kind == "open-bar":
        path, fade = open_bar(item.x, item.width, item.opens, middle)
    else:
        path = pill(item.x + _STROKE / 2, middle - 2.5, item.width - _STROKE, 5.0)
    label_x = item.x - NEAR if item.before else item.x + item.width + NEAR
    beside = item.label_width + NEAR
    below = (_rows([item]) - 1) * _TRACK
    high = LABEL * 0.9 + below
    words = item.left if item.before else label_x
    return Mark(
        numbers=item.numbers,
        kind=item.kind,
        path=path,
        filled=item.kind in ("point", "bar", "cluster"),
        label=item.label,
        label_x=round(label_x, 2),
        label_y=round(middle + LABEL * 0.34, 2),
        lines=item.lines,
        name_x=round(label_x - beside if item.before else label_x + beside, 2),
        anchor="end" if item.before else "start",
        middle_x=round(item.middle, 2),
        ground=_box(words - 0.5, middle - LABEL * 0.45, item.words_width + 1.0, high),
        box=_box(item.left, top, item.right - item.left, _TRACK + below),
        title=item.title,
        fade=fade,
    )


def _rows(track: Sequence[PlacedMark]) -> int:
    """How many lines a track has."""
    return max((len(item.lines) for item in track), default=0) or 1


def _lane_height(tracks: Tracks) -> float:
    return sum(map(_rows, tracks)) * _TRACK + 2 * _PAD


def _box(x: float, y: float, width: float, height: float) -> Box:
    return Box(round(x, 2), round(y, 2), round(width, 2), round(height, 2))


def _finding(rows: Sequence[Row], labels: Labels) -> str:
    """The title: how many engagements there are, and when most of them were."""
    counted = [row for row in rows if not row.depth] or list(rows)
    years = [row.edtf.start_key.year for row in counted]
    first, last = min(years), max(years)
    if len(years) == 1:
        return labels.gettext("One engagement on record: %(date)s", date=counted[0].date)
    most = max(map(years.count, years))
    busiest = {year for year in years if years.count(year) == most}
    span = f"{first}–{last}"
    values: dict[str, Any] = {"n": len(years), "year": min(busiest), "span": span, "most": most}
    if first == last:
        return labels.ngettext(
            "%(num)d engagement on record, in %(year)s",
            "%(num)d engagements on record, all in %(year)s",
            **values,
        )
    if len(busiest) > 1:
        return labels.ngettext(
            "%(num)d engagement on record, %(span)s",
            "%(num)d engagements on record, %(span)s",
            **values,
        )
    return labels.ngettext(
        "%(num)d engagement on record, %(span)s; the busiest year was %(year)s, with %(most)d",
        "%(num)d engagements on record, %(span)s; the busiest year was %(year)s, with %(most)d",
        **values,
    )


def _alternative(
    rows: Sequence[Row],
    lanes: Sequence[tuple[ActorView, tuple[Row, ...]]],
    labels: Labels,
) -> str:
    """What a reader would see: how many events each lane has, from when to when."""
    sentences = [
        labels.ngettext(
            "Timeline of %(num)d event, one lane for each actor.",
            "Timeline of %(num)d events, one lane for each actor.",
            len(rows),
        )
    ]
    for actor, own in lanes:
        first, last = (own[0].date, own[-1].date) if own else ("", "")
        values = {"actor": actor.name, "count": len(own), "first": first, "last": last}
        if not own:
            text = N_("%(actor)s: none.")
        elif len(own) == 1:
            text = N_("%(actor)s: 1, %(date)s.")
        elif first == last:
            text = N_("%(actor)s: %(count)d, all %(date)s.")
        else:
            text = N_("%(actor)s: %(count)d, the first %(first)s, the last %(last)s.")
        sentences.append(labels.gettext(text, **values, date=first))
    return " ".join(sentences)

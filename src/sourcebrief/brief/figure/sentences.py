"""What the timeline says in words: its title, which states the finding, and its alternative."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sourcebrief.brief.figure.parts import FigureEvent, LaneActor

if TYPE_CHECKING:
    from sourcebrief.brief.labels import Labels


def finding(events: Sequence[FigureEvent], labels: Labels) -> str:
    """The title: how many engagements there are, and when most of them were."""
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


def timeline_alternative(
    events: Sequence[FigureEvent],
    lanes: Sequence[tuple[LaneActor, tuple[FigureEvent, ...]]],
    labels: Labels,
) -> str:
    """What a reader would see: how many events each lane has, from when to when."""
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

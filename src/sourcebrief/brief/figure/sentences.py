"""What the timeline says in words: its title, which states the finding, and its alternative."""

from collections.abc import Sequence

from sourcebrief.brief.figure.parts import FigureEvent, LaneActor
from sourcebrief.brief.labels import N_, Labels


def finding(events: Sequence[FigureEvent], labels: Labels) -> str:
    """The title: how many engagements there are, and when most of them were."""
    counted = [event for event in events if event.engagement] or list(events)
    years = [day.year for event in counted if (day := event.start or event.end)]
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
        values = {"actor": actor.name, "count": len(own)}
        if own:
            values |= {"date": own[0].date, "first": own[0].date, "last": own[-1].date}
        if not own:
            text = N_("%(actor)s: none.")
        elif len(own) == 1:
            text = N_("%(actor)s: 1, %(date)s.")
        elif own[0].date == own[-1].date:
            text = N_("%(actor)s: %(count)d, all %(date)s.")
        else:
            text = N_("%(actor)s: %(count)d, the first %(first)s, the last %(last)s.")
        sentences.append(labels.gettext(text, **values))
    return " ".join(sentences)

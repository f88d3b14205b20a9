"""A briefing's events for programs that show time: TimelineJS, and calendars (RFC 5545).

Neither knows a date as vague as ours can be: an event stands on all the days that its date may
mean, at an open end on the day that is known, and its date is worded as the brief words it.
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from sourcebrief.brief.make_manifest import Composition, manifest_of
from sourcebrief.errors import require_package

_NAMESPACE: Final = uuid.UUID("6f1f0a3e-1b7e-5f0c-9d0a-6d2f0f4e2b11")
_PUBLIC: Final = "TLP:CLEAR"


@dataclass(frozen=True, slots=True)
class _Entry:
    """An event as both formats need it: its days, its words, and the passages that prove it."""

    id: str
    first: dt.date
    last: dt.date
    worded: str
    title: str
    paragraphs: tuple[str, ...]
    passages: tuple[str, ...]
    place: str | None
    themes: tuple[str, ...]
    group: str | None


def _entries(composition: Composition) -> Iterator[_Entry]:
    labels, library = composition.labels, composition.library
    actors = composition.briefing.record.actors
    followed = [actor.id for actor in composition.briefing.brief.value.actors]
    events = zip(composition.selected.values(), manifest_of(composition)["events"], strict=True)
    for event, values in events:
        date = event.date.value
        lines = (composition.briefing.record.ancestors(actor) for actor in event.actors)
        taking_part = {key for line in lines for key in line}
        caveat = _words(values.get("caveat"))
        caveat = caveat and f"{labels.gettext('Caveat:')} {caveat}"
        yield _Entry(
            id=event.id,
            first=date.start_key,
            last=date.latest or date.start_key,
            worded=values["date"]["worded"],
            title=event.title,
            paragraphs=(_words(values["summary"]), *([caveat] if caveat else [])),
            passages=tuple(
                f"{labels.quote(one['quote'])} ({library.short_name(one['seed'])}, "
                f"{one['locator']})"
                for one in values["evidence"]
            ),
            place=event.place,
            themes=event.themes,
            group=next((actors[key].value.label for key in followed if key in taking_part), None),
        )


def _words(statement: Mapping[str, Any] | None) -> str:
    return "\n".join(one["words"] for one in statement["paragraphs"]) if statement else ""


def timelinejs(composition: Composition) -> bytes:
    """The events as the JSON that TimelineJS reads; each text is escaped, since it takes HTML."""
    brief = composition.briefing.brief.value
    title = [brief.subtitle, f"{brief.marking}, {brief.as_of.text}"]
    timeline = {
        "title": {
            "text": {
                "headline": escape(brief.title),
                "text": "".join(f"<p>{escape(words)}</p>" for words in title if words),
            }
        },
        "events": [_slide(one) for one in _entries(composition)],
    }
    return (json.dumps(timeline, ensure_ascii=False, indent=2) + "\n").encode()


def _slide(one: _Entry) -> dict[str, Any]:
    text = "".join(f"<p>{escape(words)}</p>" for words in one.paragraphs)
    text += "".join(f"<blockquote>{escape(words)}</blockquote>" for words in one.passages)
    slide = {
        "start_date": _day(one.first),
        "end_date": _day(one.last) if one.last != one.first else None,
        "display_date": one.worded,
        "text": {"headline": escape(one.title), "text": text},
        "group": one.group,
        "unique_id": one.id,
        "autolink": False,
    }
    return {key: value for key, value in slide.items() if value is not None}


def _day(day: dt.date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def calendar(composition: Composition) -> bytes:
    """The events as an iCalendar of whole days, in which none takes time.

    An event has one UID in every edition, so that a calendar takes a newer one for an update.
    Raises EnvironmentFault where icalendar is not installed.
    """
    require_package("icalendar", "ics", "to write iCalendar")
    from icalendar import Calendar, Event

    brief = composition.briefing.brief.value
    written = Calendar()
    written.add("prodid", "-//sourcebrief//EN")
    written.add("version", "2.0")
    written.add("x-wr-calname", brief.title)
    written.add("x-wr-caldesc", brief.marking)
    as_of = brief.as_of.latest or brief.as_of.start_key
    for one in _entries(composition):
        event = Event()
        event.add("uid", str(uuid.uuid5(_NAMESPACE, f"{composition.briefing.name}/{one.id}")))
        event.add("dtstamp", dt.datetime.combine(as_of, dt.time.min, dt.UTC))
        event.add("dtstart", one.first)
        # The day after the last one (RFC 5545, 3.6.1).
        event.add("dtend", one.last + dt.timedelta(days=1))
        event.add("summary", one.title)
        words = (one.worded, *one.paragraphs, *one.passages, brief.marking)
        event.add("description", "\n\n".join(words))
        if one.place:
            event.add("location", one.place)
        if one.themes:
            event.add("categories", list(one.themes))
        event.add("class", "PUBLIC" if brief.marking == _PUBLIC else "CONFIDENTIAL")
        event.add("transp", "TRANSPARENT")
        written.add_component(event)
    return bytes(written.to_ical())

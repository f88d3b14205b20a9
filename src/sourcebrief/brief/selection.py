"""Which events a brief takes, and in what order."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sourcebrief.brief.layouts import SHORT
from sourcebrief.dates.event_date import OrderKey
from sourcebrief.errors import Problem
from sourcebrief.text.tlp import marking_conflict
from sourcebrief.workspace.briefing import Briefing
from sourcebrief.workspace.model import CatalogueEntry, Event, Selection
from sourcebrief.workspace.validation import Positioned


def select(briefing: Briefing) -> dict[str, Event]:
    """Choose the events of a briefing, by id and in the order of the chronology.

    The order is total whatever the order of the input: start, depth under `part_of`, end, plain
    before qualified, id.
    """
    record, brief = briefing.record, briefing.brief.value
    chosen = [
        located.value
        for located in record.events.values()
        if _fits(located.value, brief.select, briefing)
    ]

    def order(event: Event) -> OrderKey:
        return event.date.value.order(len(record.wholes(event.id)), event.id)

    return {event.id: event for event in sorted(chosen, key=order)}


def _fits(event: Event, selection: Selection, briefing: Briefing) -> bool:
    if selection.actors:
        taking_part = {name for actor in event.actors for name in briefing.record.ancestors(actor)}
        if not taking_part.intersection(selection.actors):
            return False
    if selection.themes and not set(event.themes).intersection(selection.themes):
        return False
    first = selection.from_.earliest if selection.from_ else None
    last = selection.to.latest if selection.to else None
    return event.date.value.overlaps(first, last)


def check_markings(
    briefing: Briefing, selected: Iterable[str], entries: Iterable[Positioned[CatalogueEntry]]
) -> Iterator[Problem]:
    """Report each event and catalogue entry that prints and is marked above the brief.

    `entries` are those whose words, titles or citations the brief prints.
    """
    brief = briefing.brief.value.marking
    events = (briefing.record.events[key] for key in selected)
    marked: list[tuple[Positioned[Any], tuple[str, ...], str | None]] = [
        *((event, ("marking",), event.value.marking) for event in events),
        *((entry, ("custom", "marking"), entry.value.custom.marking) for entry in entries),
    ]
    for record, path, marking in marked:
        if conflict := marking_conflict(marking, brief):
            yield Problem(
                record.place(*path),
                f"its marking {marking} {conflict} {brief}, the marking of the brief "
                f"{briefing.name!r}, which prints it; leave it out, or mark the brief alike",
            )


def check_selection(briefing: Briefing, selected: Mapping[str, Event]) -> list[Problem]:
    """Report a selection that leaves nothing to show, or nothing for the short edition."""
    if selected:
        brief = briefing.brief
        if SHORT not in brief.value.layouts or any(event.key for event in selected.values()):
            return []
        message = "layouts names short, which shows the events with key: true, and none has it"
        return [Problem(brief.place("layouts"), f"{message}; mark the most important events")]
    chosen = briefing.brief.value.select
    narrowed = chosen.actors or chosen.themes or chosen.from_ or chosen.to
    message = "no event is left to show; widen the selection or add events"
    return [Problem(briefing.brief.key_place("select" if narrowed else "events"), message)]

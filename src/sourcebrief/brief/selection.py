"""Which events a brief takes, in what order, and whose engagements they are."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebrief.dates.event_date import OrderKey
from sourcebrief.errors import Problem

if TYPE_CHECKING:
    from sourcebrief.workspace.briefing import Briefing
    from sourcebrief.workspace.model import Event, Selection


@dataclass(frozen=True, slots=True)
class Selected:
    """The chronology: events in order, numbered from 1.

    `lanes` gives each event the followed actors that take part, in the brief's order.
    """

    events: tuple[Event, ...]
    numbers: Mapping[str, int]
    lanes: Mapping[str, tuple[str, ...]]
    depths: Mapping[str, int]

    def engagements(self, actor: str) -> tuple[Event, ...]:
        """The events that count as a followed actor's engagements.

        A part counts as an engagement of its own only where its whole is not selected.
        """
        return tuple(
            event
            for event in self.events
            if actor in self.lanes[event.id] and self.depths[event.id] == 0
        )


def select(briefing: Briefing) -> Selected:
    """Choose, order and number the events of a briefing.

    The order is total whatever the order of the input: start, depth under `part_of`, end, plain
    before qualified, id.
    """
    record, brief = briefing.record, briefing.brief.value
    chosen = {
        key: located.value
        for key, located in record.events.items()
        if _fits(located.value, brief.select, briefing)
    }
    depths = {key: sum(whole in chosen for whole in record.wholes(key)) for key in chosen}

    def order(event: Event) -> OrderKey:
        return event.date.value.order(len(record.wholes(event.id)), event.id)

    events = tuple(sorted(chosen.values(), key=order))
    followed = tuple(actor.id for actor in brief.actors)
    return Selected(
        events,
        {event.id: number for number, event in enumerate(events, 1)},
        {event.id: _lanes(event, followed, briefing) for event in events},
        depths,
    )


def _lanes(event: Event, followed: tuple[str, ...], briefing: Briefing) -> tuple[str, ...]:
    """The followed actors of an event: each taking part rolls up to its nearest followed parent."""
    found = set()
    for actor in event.actors:
        chain = briefing.record.ancestors(actor)
        nearest = next((name for name in chain if name in followed), None)
        if nearest is not None:
            found.add(nearest)
    return tuple(name for name in followed if name in found)


def _fits(event: Event, selection: Selection, briefing: Briefing) -> bool:
    if selection.actors:
        taking_part = {name for actor in event.actors for name in briefing.record.ancestors(actor)}
        if not taking_part.intersection(selection.actors):
            return False
    if selection.themes and not set(event.themes).intersection(selection.themes):
        return False
    first = (selection.from_.earliest if selection.from_ else None) or datetime.date.min
    last = (selection.to.latest if selection.to else None) or datetime.date.max
    return event.date.value.overlaps(first, last)


def check_selection(briefing: Briefing, selected: Selected) -> list[Problem]:
    """Report a selection that leaves nothing."""
    if selected.events:
        return []
    chosen = briefing.brief.value.select
    narrowed = chosen.actors or chosen.themes or chosen.from_ or chosen.to
    message = "no event is left to show; widen the selection or add events"
    return [Problem(briefing.brief.key_place("select" if narrowed else "events"), message)]

"""What a citation prints: source, date, locator and words in the table; event and source elsewhere.

A note is one span at the place of its call. Each document makes of it what is native there: a
footnote on the page, a Word footnote, a linked note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from sourcebrief.brief.view import Html
from sourcebrief.dates.wording import word
from sourcebrief.text.phrases import first_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sourcebrief.brief.labels import Labels
    from sourcebrief.evidence.proof import Proven
    from sourcebrief.workspace.catalogue import Library
    from sourcebrief.workspace.markup import Citation, CitedItem
    from sourcebrief.workspace.model import Event

QUOTED_WORDS = 30
"""How many quoted words a note of the table carries; the annex has all of them."""


_SIGN = re.compile(r"(¶|\bp\.) ")


def event_anchor(event_id: str) -> str:
    """The id of an event's row."""
    return f"event-{event_id}"


def source_anchor(entry_id: str) -> str:
    """The id of a source in the list."""
    return f"source-{entry_id}"


def unparted(locator: str) -> str:
    """A locator whose signs and numbers stay on one line: "p. 4, ¶ 12" with no-break spaces."""
    return _SIGN.sub("\\1\u00a0", locator)


@dataclass(frozen=True, slots=True)
class NoteWriter:
    """Writes notes in one language for one chronology; `numbers` are the events' numbers."""

    library: Library
    labels: Labels
    numbers: Mapping[str, int]

    def source_date(self, entry_id: str) -> str:
        """A source's date as worded, marked where it does not stand in the source."""
        entry = self.library.entries[entry_id].value
        date = word(entry.issued, self.labels.language)
        basis = entry.custom.issued_basis
        return f"{date} ({self.labels.basis(basis)})" if basis == "external" else date

    def for_event(self, event: Event, evidence: Iterable[Proven]) -> Html:
        """The note of an event's row: each quotation, and what its date rests on."""
        parts = []
        previous = None
        left = QUOTED_WORDS
        for proven in evidence:
            seed = proven.evidence.seed
            part = unparted(proven.located.locator)
            if seed != previous:
                date = escape(self.source_date(seed), quote=False)
                part = f"{self._source_link(seed)}, {date}, {part}"
            if left > 0:
                words = first_words(proven.located.printed, left)
                part += f": {escape(self.labels.quote(words), quote=False)}"
                left -= len(words.split())
            parts.append(part)
            previous = seed
        if event.date.basis == "external":
            links = [self._source_link(source) for source in event.date.sources]
            rests = self.labels.gettext("Date from another source: %(sources)s")
            parts.append(rests % {"sources": self.labels.listing(links)})
        return _span("; ".join(parts) + ".")

    def for_citation(self, citation: Citation) -> Html:
        """The note of a bracket: events by number, sources by name and locator."""
        events = [item for item in citation if item.id in self.numbers]
        parts = [self._events(events)] if events else []
        parts += [self._source(item) for item in citation if item.id not in self.numbers]
        return _span("; ".join(parts) + ".")

    def _events(self, items: list[CitedItem]) -> str:
        links = [
            f'<a href="#{event_anchor(item.id)}">{self.numbers[item.id]}</a>'
            for item in sorted(dict.fromkeys(items), key=lambda item: self.numbers[item.id])
        ]
        if len(links) == 1:
            return self.labels.gettext("Event %(number)s", number=links[0])
        return self.labels.gettext(
            "Events %(numbers)s and %(last)s", numbers=", ".join(links[:-1]), last=links[-1]
        )

    def _source(self, item: CitedItem) -> str:
        link = self._source_link(item.id)
        if not self.library.entries[item.id].value.is_seed:
            outside = self.labels.gettext("other source")
            link += f" ({escape(outside, quote=False)})"
        return f"{link}, {escape(unparted(item.locator), quote=False)}" if item.locator else link

    def _source_link(self, entry_id: str) -> str:
        name = escape(self.library.short_name(entry_id), quote=False)
        return f'<a href="#{source_anchor(entry_id)}">{name}</a>'


def _span(markup: str) -> Html:
    return Html(f'<span class="note">{markup}</span>')

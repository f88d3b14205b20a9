"""What a citation prints: the numbers of events in the line, and a note for sources.

A note is one span at the place of its call. Each document makes of it what is native there: a
footnote on the page, a Word footnote, a linked note.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from sourcebrief.brief.authored_html import CitationMarkup
from sourcebrief.brief.labels import BASES, Labels
from sourcebrief.brief.view import Html
from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.wording import word
from sourcebrief.workspace.markup import CitedItem

if TYPE_CHECKING:
    from sourcebrief.brief.manifest import EventIn, SourceIn
    from sourcebrief.workspace.markup import Citation

_SIGN = re.compile(r"(¶|\bp\.) ")


def event_anchor(event_id: str) -> str:
    """The id of an event's row."""
    return f"event-{event_id}"


def source_anchor(entry_id: str) -> str:
    """The id of a source in the list."""
    return f"source-{entry_id}"


def quotation_anchor(event_id: str, number: int) -> str:
    """The id of an event's quotation in the annex; `number` counts from 1."""
    return f"evidence-{event_id}-{number}"


def unparted(locator: str) -> str:
    """A locator whose signs and numbers stay on one line: "p. 4, ¶ 12" with no-break spaces."""
    return _SIGN.sub("\\1\u00a0", locator)


@dataclass(frozen=True, slots=True)
class NoteWriter:
    """Writes notes in one language for one chronology: `sources` by id, `numbers` of events.

    `anchors` are those that a link may lead to (None: all).
    """

    sources: Mapping[str, SourceIn]
    labels: Labels
    numbers: Mapping[str, int]
    anchors: Collection[str] | None = None

    def source_date(self, entry_id: str) -> str:
        """A source's date as worded, marked where it does not stand in the source."""
        source = self.sources[entry_id]
        date = word(parse_edtf(source["issued"]), self.labels.language)
        basis = source.get("issued_basis")
        return f"{date} ({self.labels.named(BASES, basis)})" if basis == "external" else date

    def for_event(self, event: EventIn) -> Html:
        """The note of an event's row: its sources with date and place, and what its date rests on.

        Each place leads to the whole words in the annex.
        """
        places: dict[str, dict[str, str]] = {}
        for number, quotation in enumerate(event["evidence"], 1):
            locator = escape(unparted(quotation["locator"]), quote=False)
            link = f'<a href="#{quotation_anchor(event["id"], number)}">{locator}</a>'
            places.setdefault(quotation["seed"], {}).setdefault(locator, link)
        parts = [
            f"{self._dated(seed)}, {', '.join(locators.values())}"
            for seed, locators in places.items()
        ]
        if event["date"]["basis"] == "external":
            links = [self._source_link(source) for source in event["date"]["sources"]]
            rests = self.labels.gettext("Date from another source: %(sources)s")
            parts.append(rests % {"sources": self.labels.listing(links)})
        return _span("; ".join(parts) + ".")

    def for_citation(self, citation: Citation) -> CitationMarkup:
        """What a bracket prints: the numbers of events in the line, a note for the sources."""
        events = sorted(
            {item.id for item in citation if item.id in self.numbers}, key=self.numbers.__getitem__
        )
        sources = [self._source(item) for item in citation if item.id not in self.numbers]
        links = ", ".join(self._link(event_anchor(id_), str(self.numbers[id_])) for id_ in events)
        # The space is within the span: WeasyPrint breaks a line too early before one between.
        return CitationMarkup(
            Html(f'<span class="events">\u00a0[{links}]</span>' if links else ""),
            _span("; ".join(sources) + ".") if sources else Html(""),
        )

    def for_source(self, entry_id: str) -> Html:
        """The note of one source."""
        return _span(self._source(CitedItem(entry_id)) + ".")

    def _source(self, item: CitedItem) -> str:
        source = self._dated(item.id)
        if not self.sources[item.id].get("file"):
            other = self.labels.gettext("other source")
            source += f" ({escape(other, quote=False)})"
        return (
            f"{source}, {escape(unparted(item.locator), quote=False)}" if item.locator else source
        )

    def _dated(self, entry_id: str) -> str:
        return f"{self._source_link(entry_id)}, {escape(self.source_date(entry_id), quote=False)}"

    def _source_link(self, entry_id: str) -> str:
        name = escape(self.sources[entry_id]["short"], quote=False)
        return self._link(source_anchor(entry_id), name)

    def _link(self, anchor: str, markup: str) -> str:
        known = self.anchors is None or anchor in self.anchors
        return f'<a href="#{anchor}">{markup}</a>' if known else markup


def _span(markup: str) -> Html:
    return Html(f'<span class="note">{markup}</span>')

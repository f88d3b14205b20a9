"""From a proven briefing to its view: a pure function, the same bytes for the same inputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any
from unicodedata import combining, normalize

from sourcebrief.brief.authored_html import render_blocks, render_inline
from sourcebrief.brief.figure.layout import timeline
from sourcebrief.brief.figure.parts import FigureEvent, LaneActor
from sourcebrief.brief.labels import Labels
from sourcebrief.brief.notes import (
    NoteWriter,
    event_anchor,
    quotation_anchor,
    source_anchor,
    unparted,
)
from sourcebrief.brief.view import (
    ActorSummary,
    ActorView,
    AnnexEntry,
    BriefView,
    Changes,
    Commitment,
    Html,
    JudgementView,
    OutcomeCount,
    OutcomeView,
    PersonView,
    QuotationView,
    Row,
    Section,
    SourceView,
    YearGroup,
)
from sourcebrief.dates.wording import word
from sourcebrief.workspace.authored_texts import EVENT_TEXTS, brief_texts, event_texts
from sourcebrief.workspace.markup import parse_markup

if TYPE_CHECKING:
    from sourcebrief.brief.selection import Selected
    from sourcebrief.evidence.proof import Proof
    from sourcebrief.workspace import model
    from sourcebrief.workspace.briefing import Briefing
    from sourcebrief.workspace.catalogue import Library


@dataclass(frozen=True, slots=True)
class Composition:
    """What a view is made from: the curated words, the proof of them, the words of a language.

    `style` is the citation style that the brief names; None for the one in `templates/`.
    """

    briefing: Briefing
    library: Library
    proof: Proof
    selected: Selected
    labels: Labels
    style: bytes | None = None

    @property
    def notes(self) -> NoteWriter:
        """The writer of this brief's notes."""
        return NoteWriter(self.library, self.labels, self.selected.numbers)

    def cited_entries(self) -> tuple[str, ...]:
        """Every catalogue entry that the brief quotes, cites or dates an event by, once each."""
        found: dict[str, None] = {}
        for event in self.selected.events:
            found.update(dict.fromkeys(event.entries))
        record = self.briefing.record
        texts = list(brief_texts(self.briefing.brief))
        for event in self.selected.events:
            texts += event_texts(record.events[event.id])
        for text in texts:
            for item in text.citations:
                if item.id in self.library.entries:
                    found[item.id] = None
        return tuple(found)


def compose(
    composition: Composition,
    references: Mapping[str, Html],
    edition: str,
    changes: Changes | None = None,
) -> BriefView:
    """The brief's view. `references` are citeproc's, by entry, in the order of the list."""
    return _Composer(composition).view(references, edition, changes)


class _Composer:
    def __init__(self, composition: Composition) -> None:
        self.brief = composition.briefing.brief.value
        self.record = composition.briefing.record
        self.name = composition.briefing.name
        self.library = composition.library
        self.proof = composition.proof
        self.selected = composition.selected
        self.labels = composition.labels
        self.notes = composition.notes
        self.language = self.brief.language
        self.introduced: set[tuple[str, str]] = set()
        self.followed = {
            actor.id: self._actor(actor.id, accent)
            for accent, actor in enumerate(self.brief.actors, 1)
        }

    def view(
        self, references: Mapping[str, Html], edition: str, changes: Changes | None
    ) -> BriefView:
        brief = self.brief
        # In chronological order: a person's role is said where it is first met.
        rows = tuple(self._row(event) for event in self.selected.events)
        figure = timeline(
            [self._figure_event(row) for row in rows],
            [LaneActor(a.id, a.name, a.short, a.accent) for a in self.followed.values()],
            self.labels,
        )
        return BriefView(
            name=self.name,
            title=brief.title,
            subtitle=brief.subtitle,
            as_of=word(brief.as_of, self.language),
            status=brief.status,
            status_label=self.labels.brief_status(brief.status),
            version=brief.version,
            prepared_by=brief.prepared_by,
            prepared_for=brief.prepared_for,
            marking=brief.marking,
            tlp=brief.marking.removeprefix("TLP:") if brief.marking.startswith("TLP:") else None,
            language=brief.language,
            page=brief.page,
            edition=edition,
            bottom_line=self._blocks(brief.bottom_line),
            judgements=tuple(
                JudgementView(
                    self._blocks(item.text),
                    item.confidence,
                    self.labels.confidence(item.confidence),
                )
                for item in brief.judgements
            ),
            figure=figure,
            figure_title=figure.title if figure else "",
            figure_alt=figure.alt if figure else "",
            actors=tuple(self.followed.values()),
            named=self._named(),
            years=_by_year(rows),
            summaries=tuple(self._summary(actor) for actor in brief.actors),
            sections=self._sections(),
            commitments=tuple(Commitment(outcome, row) for row in rows for outcome in row.outcomes),
            gaps=tuple(self._blocks(gap) for gap in brief.gaps),
            sources=tuple(self._source(key, markup) for key, markup in references.items()),
            annex=tuple(self._annex(row) for row in rows),
            themes=tuple(dict.fromkeys(theme for row in rows for theme in row.themes)),
            seeds_count=len({q.seed for e in self.selected.events for q in e.evidence}),
            changes=changes,
        )

    def _blocks(self, text: str) -> Html:
        return render_blocks(parse_markup(text), self.notes.for_citation, self.language)

    def _inline(self, text: str) -> Html:
        return render_inline(parse_markup(text), self.notes.for_citation, self.language)

    def _actor(self, key: str, accent: int = 0) -> ActorView:
        actor = self.record.actors[key].value
        country = self.labels.country(actor.country) if actor.country else ""
        if country.casefold() in actor.name.casefold():
            country = ""
        return ActorView(key, actor.name, actor.label, accent, country)

    def _row(self, event: model.Event) -> Row:
        date = event.date
        lanes = self.selected.lanes[event.id]
        counterparts = [key for key in event.actors if not self._rolls_up(key, lanes)]
        whole = next(
            (key for key in self.record.wholes(event.id) if key in self.selected.numbers), None
        )
        proven = self.proof.evidence[event.id]
        return Row(
            **self._event_texts(event),
            number=self.selected.numbers[event.id],
            id=event.id,
            anchor=event_anchor(event.id),
            date=word(date.value, self.language),
            edtf=date.value,
            basis=date.basis,
            basis_label=self.labels.basis(date.basis),
            date_note=Html(escape(date.note, quote=False)) if date.note else None,
            year=str(date.value.start_key.year),
            depth=self.selected.depths[event.id],
            part_of=self.selected.numbers[whole] if whole else None,
            lanes=tuple(self.followed[key] for key in lanes),
            counterparts=tuple(self._actor(key) for key in counterparts),
            notes=self.notes.for_event(event, proven),
            people=tuple(self._person(reference, event) for reference in event.people),
            themes=event.themes,
            outcomes=tuple(self._outcome(outcome, event) for outcome in event.outcomes),
            origins=len(self.proof.origins(event.id)),
            grades=self.proof.grades(event.id),
            credibility=event.credibility,
        )

    def _event_texts(self, event: model.Event) -> dict[str, Any]:
        return {
            text.key: self._inline(words) if words and text.markdown else words
            for text in EVENT_TEXTS
            for words in [getattr(event, text.key)]
        }

    def _named(self) -> tuple[ActorView, ...]:
        """Every actor that takes part, in the order in which a reader looks one up."""
        keys = {key for event in self.selected.events for key in event.actors}
        actors = [self.followed.get(key) or self._actor(key) for key in {*keys, *self.followed}]
        return tuple(sorted(actors, key=lambda actor: (_letters(actor.short), actor.id)))

    def _rolls_up(self, actor: str, lanes: tuple[str, ...]) -> bool:
        return any(name in lanes for name in self.record.ancestors(actor))

    def _person(self, reference: model.PersonReference, event: model.Event) -> PersonView:
        person = self.record.people[reference.id].value
        (role,) = self.record.roles_held(reference.id, reference.actor, event.date.value)
        actor = self.record.actors[role.actor].value if role.actor else None
        introduced = (reference.id, role.role) in self.introduced
        self.introduced.add((reference.id, role.role))
        return PersonView(
            person.name, role.role, actor.label if actor else "", first_mention=not introduced
        )

    def _outcome(self, outcome: model.Outcome, event: model.Event) -> OutcomeView:
        by, later = self._undertakes(outcome, event), outcome.later
        text = ""
        if later:
            status, date = self.labels.status(later.status), word(later.date, self.language)
            text = self.labels.gettext("later %(status)s, %(date)s", status=status, date=date)
        return OutcomeView(
            kind=outcome.kind,
            kind_label=self.labels.kind(outcome.kind),
            status=outcome.status,
            status_label=self.labels.status(outcome.status),
            text=Html(escape(outcome.text, quote=False)),
            expected=word(outcome.expected, self.language) if outcome.expected else None,
            by=self._actor(by, self._accent(by)) if by else None,
            later=Html(escape(text, quote=False) + self.notes.for_source(later.source))
            if later
            else Html(""),
        )

    def _undertakes(self, outcome: model.Outcome, event: model.Event) -> str | None:
        """Who undertakes an outcome: the one named, or the only followed actor of the event."""
        lanes = self.selected.lanes[event.id]
        return outcome.by or (lanes[0] if len(lanes) == 1 else None)

    def _accent(self, actor: str) -> int:
        return next(
            (
                self.followed[key].accent
                for key in self.record.ancestors(actor)
                if key in self.followed
            ),
            0,
        )

    def _figure_event(self, row: Row) -> FigureEvent:
        date = row.edtf
        return FigureEvent(
            number=row.number,
            kind=date.mark,
            start=date.earliest,
            end=date.latest,
            date=row.date,
            title=row.title,
            lanes=tuple(actor.id for actor in row.lanes),
            engagement=row.depth == 0,
        )

    def _summary(self, followed: model.FollowedActor) -> ActorSummary:
        engagements = self.selected.engagements(followed.id)
        taking_part = [e for e in self.selected.events if followed.id in self.selected.lanes[e.id]]
        counterparts = Counter(
            self.record.actors[key].value.label
            for event in taking_part
            for key in event.actors
            if not self._rolls_up(key, (followed.id,))
        )
        statuses = Counter(
            outcome.status
            for event in self.selected.events
            for outcome in event.outcomes
            if (by := self._undertakes(outcome, event)) and followed.id in self.record.ancestors(by)
        )
        dates = [event.date.value for event in engagements]
        last = max(dates, key=lambda date: date.end_key, default=None)
        return ActorSummary(
            actor=self.followed[followed.id],
            anchor=f"actor-{followed.id}",
            text=self._blocks(followed.summary) if followed.summary else Html(""),
            engagements=len(engagements),
            first=word(dates[0], self.language) if dates else None,
            last=word(last, self.language) if last else None,
            counterparts=tuple(counterparts),
            outcomes=tuple(
                OutcomeCount(self.labels.status(status), count)
                for status, count in sorted(statuses.items(), key=_by_status)
            ),
        )

    def _sections(self) -> dict[str, tuple[Section, ...]]:
        sections: dict[str, tuple[Section, ...]] = {}
        for number, item in enumerate(self.brief.sections, 1):
            section = Section(
                item.heading, f"section-{number}", self._blocks(item.text), item.after
            )
            sections[item.after] = (*sections.get(item.after, ()), section)
        return sections

    def _source(self, key: str, reference: Html) -> SourceView:
        entry = self.library.entries[key].value
        reliability = entry.custom.reliability
        return SourceView(
            id=key,
            anchor=source_anchor(key),
            short=self.library.short_name(key),
            reference=reference,
            outside=not entry.is_seed,
            grade=reliability.grade if reliability else None,
            why=reliability.why if reliability else None,
            date_note=entry.custom.issued_note,
            sha256=entry.custom.sha256,
        )

    def _annex(self, row: Row) -> AnnexEntry:
        quotations = []
        for index, proven in enumerate(self.proof.evidence[row.id], 1):
            seed = proven.evidence.seed
            entry = self.library.entries[seed].value
            quotations.append(
                QuotationView(
                    anchor=quotation_anchor(row.id, index),
                    text=proven.located.printed,
                    source=self.library.short_name(seed),
                    source_anchor=source_anchor(seed),
                    locator=unparted(proven.located.locator),
                    language=entry.language or self.language,
                )
            )
        return AnnexEntry(row, tuple(quotations))


_STATUS_ORDER = ("in-force", "signed", "announced", "negotiating", "proposed", "unknown")


def _by_status(item: tuple[str, int]) -> int:
    return _STATUS_ORDER.index(item[0])


def _letters(text: str) -> str:
    """Fold a name for sorting: accents and case do not part what a reader takes for one letter."""
    return "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c))


def _by_year(rows: tuple[Row, ...]) -> tuple[YearGroup, ...]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.year, []).append(row)
    return tuple(YearGroup(year, tuple(members)) for year, members in groups.items())

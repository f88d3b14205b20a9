"""From a manifest to the view of its brief: a pure function of the two and the labels."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby, starmap
from typing import Any, Final

from sourcebrief.brief import view as views
from sourcebrief.brief.authored_html import (
    NoteWriter,
    event_anchor,
    quotation_anchor,
    render_blocks,
    render_inline,
    source_anchor,
)
from sourcebrief.brief.figure.layout import NARROW, PAGE, timeline
from sourcebrief.brief.labels import BASES, BRIEF_STATUSES, CONFIDENCES, KINDS, Labels
from sourcebrief.brief.layouts import FULL, SHORT
from sourcebrief.brief.manifest import (
    ActorIn,
    EventIn,
    FollowedIn,
    Manifest,
    OutcomeIn,
    PersonIn,
    QuotationIn,
    SourceIn,
)
from sourcebrief.brief.translated_words import TranslationMarks
from sourcebrief.brief.view import Html
from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.wording import word
from sourcebrief.text.likelihood import NO_SCALE, SCALE_NAMES, SCALES, range_of, uses_likelihood
from sourcebrief.text.phrases import curled, unaccented
from sourcebrief.workspace.authored_texts import EVENT_TEXTS
from sourcebrief.workspace.markup import parse_markup, unparted


def compose(
    manifest: Manifest,
    labels: Labels,
    references: Mapping[str, Html],
    edition: str,
    layout: str = FULL,
) -> views.BriefView:
    """The view of a brief in a layout, `full` or `short`.

    `references` are citeproc's, by entry. Raises KeyError or ValueError where a manifest, which
    anyone may have made, contradicts itself.
    """
    return _Composer(manifest, labels, layout).view(references, edition)


def chain(key: str, wholes: Mapping[str, str | None]) -> Iterator[str]:
    """An actor or an event and those that it is a part of, the nearest first.

    Raises KeyError where one is unknown, and ValueError where one is a part of itself.
    """
    seen: set[str] = set()
    at: str | None = key
    while at is not None:
        if at in seen:
            raise ValueError(f"{key} is a part of itself")
        seen.add(at)
        yield at
        at = wholes[at]


def lanes_of(
    actors: Iterable[str], followed: Iterable[str], wholes: Mapping[str, str | None]
) -> tuple[str, ...]:
    """The followed actors of an event, in the brief's order.

    Each actor that takes part rolls up to the nearest followed one that it is a part of.
    """
    in_order = tuple(followed)
    found = {next((key for key in chain(one, wholes) if key in in_order), None) for one in actors}
    return tuple(key for key in in_order if key in found)


class _Composer:
    def __init__(self, manifest: Manifest, labels: Labels, layout: str) -> None:
        self.manifest = manifest
        self.layout = layout
        self.brief = manifest["brief"]
        self.language = self.brief["language"]
        self.labels = labels
        self.named: dict[str, ActorIn] = {actor["id"]: actor for actor in manifest["actors"]}
        self.events = {event["id"]: event for event in manifest["events"]}
        self.actor_wholes = {key: actor.get("part_of") for key, actor in self.named.items()}
        self.event_wholes = {key: event.get("part_of") for key, event in self.events.items()}
        self.sources = {source["id"]: source for source in manifest["sources"]}
        numbers = {key: event["number"] for key, event in self.events.items()}
        # The short edition has no list of sources, and few of the rows.
        keys = {event_anchor(key) for key, event in self.events.items() if event.get("key")}
        self.notes = NoteWriter(self.sources, labels, numbers, keys if layout == SHORT else None)
        self.marks = TranslationMarks(manifest["events"], self.sources, labels)
        self.followed = {
            actor["id"]: self._actor(actor["id"], accent)
            for accent, actor in enumerate(self.brief["actors"], 1)
        }

    def view(self, references: Mapping[str, Html], edition: str) -> views.BriefView:
        brief = self.brief
        rows = tuple(self._row(event) for event in self.manifest["events"])
        followed = tuple(self.followed.values())
        figure, narrow = (timeline(rows, followed, self.labels, form) for form in (PAGE, NARROW))
        marking, changes = brief["marking"], self.manifest.get("changes")
        review = brief.get("reviewed_by")
        return views.BriefView(
            name=self.manifest["briefing"],
            **{key: brief.get(key) for key in _AS_WRITTEN},  # type: ignore[arg-type]
            title=curled(brief["title"]),
            subtitle=_curled(brief.get("subtitle")),
            as_of=self._date(brief["as_of"]),
            status_label=self.labels.named(BRIEF_STATUSES, brief["status"]),
            tlp=marking.removeprefix("TLP:") if marking.startswith("TLP:") else None,
            page=brief["page"],
            layout=self.layout,
            edition=edition,
            bottom_line=self._blocks(brief["bottom_line"]["text"]),
            judgements=tuple(
                views.JudgementView(
                    self._blocks(item["text"]),
                    item["confidence"],
                    self.labels.named(CONFIDENCES, item["confidence"]),
                )
                for item in brief["judgements"]
            ),
            likelihood=self._likelihood(),
            figure=figure,
            narrow_figure=narrow,
            figure_title=figure.title if figure else "",
            figure_alt=figure.alt if figure else "",
            actors=followed,
            named=self._taking_part(),
            years=tuple(
                views.YearGroup(year, tuple(group))
                for year, group in groupby(rows, key=lambda row: row.year)
            ),
            summaries=tuple(self._summary(actor, rows) for actor in brief["actors"]),
            sections=self._sections(),
            commitments=tuple(
                views.Commitment(outcome, row) for row in rows for outcome in row.outcomes
            ),
            gaps=tuple(self._blocks(gap["text"]) for gap in brief["gaps"]),
            sources=tuple(sorted(starmap(self._source, references.items()), key=_looked_up)),
            annex=tuple(self._annex(row) for row in rows),
            themes=tuple(dict.fromkeys(theme for row in rows for theme in row.themes)),
            read_by=review["name"] if review else None,
            read_on=self._date(review["date"]) if review else None,
            changes=views.Changes(changes["since"], tuple(map(views.ChangeView, changes["lines"])))
            if changes
            else None,
        )

    def _likelihood(self) -> views.LikelihoodView | None:
        scale = self.brief.get("likelihood", NO_SCALE)
        said = (
            paragraph["words"]
            for item in self.brief["judgements"]
            for paragraph in item["paragraphs"]
        )
        if not any(uses_likelihood(words, scale) for words in said):
            return None
        words = (f"{degree.words[0]} {range_of(degree)}" for degree in SCALES[scale])
        return views.LikelihoodView(SCALE_NAMES[scale], tuple(words))

    def _blocks(self, text: str) -> Html:
        marked = self.marks.marked(parse_markup(text))
        return render_blocks(marked, self.notes.for_citation, self.language)

    def _inline(self, text: str, own: str) -> Html:
        marked = self.marks.marked(parse_markup(text), own)
        return render_inline(marked, self.notes.for_citation, self.language)

    def _date(self, edtf: str) -> str:
        return word(parse_edtf(edtf), self.language)

    def _actor(self, key: str, accent: int = 0) -> views.ActorView:
        actor = self.named[key]
        code = actor.get("country")
        country = self.labels.country(code) if code else ""
        if country.casefold() in actor["name"].casefold():
            country = ""
        name, short = curled(actor["name"]), curled(actor["short"])
        return views.ActorView(key, name, short, accent, country)

    def _row(self, event: EventIn) -> views.Row:
        date = event["date"]
        value = parse_edtf(date["value"])
        lanes = lanes_of(_ids(event["actors"]), self.followed, self.actor_wholes)
        whole, note = event.get("part_of"), date.get("note")
        return views.Row(
            **self._texts(event),
            number=event["number"],
            id=event["id"],
            anchor=event_anchor(event["id"]),
            date=word(value, self.language),
            edtf=value,
            basis=date["basis"],
            basis_label=self.labels.named(BASES, date["basis"]),
            date_note=Html(escape(curled(note), quote=False)) if note else None,
            year=str(value.start_key.year),
            depth=len(list(chain(event["id"], self.event_wholes))) - 1,
            part_of=self.events[whole]["number"] if whole else None,
            lanes=tuple(self.followed[key] for key in lanes),
            counterparts=tuple(
                self._actor(key)
                for key in _ids(event["actors"])
                if not set(lanes).intersection(chain(key, self.actor_wholes))
            ),
            notes=self.notes.for_event(event),
            people=tuple(self._person(person) for person in event["people"]),
            themes=tuple(event["themes"]),
            outcomes=tuple(
                self._outcome(outcome, lanes, event["id"]) for outcome in event["outcomes"]
            ),
            origins=event["origins"],
            credibility=event.get("credibility"),
            key=event.get("key", False) or False,
            sources=tuple(
                dict.fromkeys(self.sources[one["seed"]]["short"] for one in event["evidence"])
            ),
        )

    def _texts(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """The texts of an event, as markup where they are Markdown."""
        texts = {text: event.get(text.key) for text in EVENT_TEXTS}
        return {
            text.key: said
            and (
                self._inline(said["text"], event["id"])
                if text.markdown
                else curled(self.marks.marked_line(said, event["id"]))
            )
            for text, said in texts.items()
        }

    def _taking_part(self) -> tuple[views.ActorView, ...]:
        """Every actor that takes part, in the order in which a reader looks one up."""
        keys = {actor["id"] for event in self.events.values() for actor in event["actors"]}
        actors = [self.followed.get(key) or self._actor(key) for key in {*keys, *self.followed}]
        return tuple(sorted(actors, key=_looked_up))

    def _person(self, person: PersonIn) -> views.PersonView:
        actor = person.get("actor")
        affiliation = curled(self.named[actor]["short"]) if actor else ""
        return views.PersonView(curled(person["name"]), curled(person["role"]), affiliation)

    def _outcome(self, outcome: OutcomeIn, lanes: tuple[str, ...], event: str) -> views.OutcomeView:
        # Who undertakes it: the one named, or the only followed actor of the event.
        by = outcome.get("by") or (lanes[0] if len(lanes) == 1 else None)
        wholes = chain(by, self.actor_wholes) if by else ()
        accent = next((self.followed[key].accent for key in wholes if key in self.followed), 0)
        expected, later = outcome.get("expected"), outcome.get("later")
        status, became = self.labels.status(outcome["status"], outcome["kind"]), Html("")
        if later:
            said = self.labels.status(later["status"], outcome["kind"])
            date = self._date(later["date"])
            text = self.labels.gettext(
                "another source: %(status)s, %(date)s", status=said, date=date
            )
            became = Html(escape(text, quote=False) + self.notes.for_source(later["source"]))
        return views.OutcomeView(
            kind=outcome["kind"],
            kind_label=self.labels.named(KINDS, outcome["kind"]),
            status=outcome["status"],
            status_label=status,
            meaning=self.labels.meaning(status),
            text=Html(escape(curled(self.marks.marked_line(outcome["text"], event)), quote=False)),
            expected=self._date(expected) if expected else None,
            by=self._actor(by, accent) if by else None,
            later=became,
        )

    def _summary(self, followed: FollowedIn, rows: tuple[views.Row, ...]) -> views.ActorSummary:
        actor = self.followed[followed["id"]]
        taking_part = [row for row in rows if actor in row.lanes]
        # A part counts as an engagement of its own only where its whole is not selected.
        engagements = [row for row in taking_part if row.depth == 0]
        counterparts = dict.fromkeys(
            curled(self.named[one["id"]]["short"])
            for row in taking_part
            for one in self.events[row.id]["actors"]
            if actor.id not in chain(one["id"], self.actor_wholes)
        )
        statuses = Counter(
            (_STATUS_ORDER.index(outcome.status), outcome.status_label)
            for row in rows
            for outcome in row.outcomes
            if outcome.by and actor.id in chain(outcome.by.id, self.actor_wholes)
        )
        last = max(engagements, key=lambda row: row.edtf.end_key, default=None)
        return views.ActorSummary(
            actor=actor,
            anchor=f"actor-{actor.id}",
            text=self._blocks(followed.get("text", "")),
            engagements=len(engagements),
            first=engagements[0].date if engagements else None,
            last=last.date if last else None,
            counterparts=tuple(counterparts),
            outcomes=tuple(
                views.OutcomeCount(label, count) for (_, label), count in sorted(statuses.items())
            ),
        )

    def _sections(self) -> dict[str, tuple[views.Section, ...]]:
        sections: dict[str, tuple[views.Section, ...]] = {}
        for number, item in enumerate(self.brief["sections"], 1):
            after, text = item["after"], self._blocks(item["text"])
            section = views.Section(curled(item["heading"]), f"section-{number}", text, after)
            sections[after] = (*sections.get(after, ()), section)
        return sections

    def _source(self, key: str, reference: Html) -> views.SourceView:
        source = self.sources[key]
        reliability = source.get("reliability")
        return views.SourceView(
            id=key,
            anchor=source_anchor(key),
            short=source["short"],
            reference=self._referred(source, reference),
            outside=not source.get("file"),
            grade=reliability["grade"] if reliability else None,
            why=_curled(reliability["why"] if reliability else None),
            date_note=_curled(source.get("issued_note")),
            sha256=source.get("sha256"),
            recognised=source.get("recognised", False),
            title_supplied=source["csl"]["title"].startswith("["),
        )

    def _referred(self, source: SourceIn, reference: str) -> Html:
        """A reference that begins with the name that notes use, its title tagged with its language.

        A title in brackets is ours, in the brief's language.
        """
        item, name = source["csl"], escape(source["short"], quote=False)
        language, title = item.get("language") or self.language, escape(item["title"], quote=False)
        if title[:1] != "[" and language.partition("-")[0] != self.language.partition("-")[0]:
            tagged = f'<span lang="{escape(language)}">{title}</span>'
            reference = reference.replace(title, tagged, 1)
        if item["title"] == source["short"] and name in reference:
            return Html(reference.replace(name, f"<b>{name}</b>", 1))  # it has no other name
        rest, begins = re.subn(rf"^((?:<[^>]*>)*){re.escape(name)}(?!\w)", r"\1", reference)
        colon = "" if begins else f"{self.labels.gettext(':')} "
        return Html(f"<b>{name}</b>{colon}{rest}".replace("<em></em>", ""))

    def _annex(self, row: views.Row) -> views.AnnexEntry:
        quotations = []
        for index, item in enumerate(self.events[row.id]["evidence"], 1):
            source = self.sources[item["seed"]]
            quotations.append(
                views.QuotationView(
                    anchor=quotation_anchor(row.id, index),
                    text=item["quote"],
                    source=source["short"],
                    source_anchor=source_anchor(item["seed"]),
                    locator=unparted(item["locator"]),
                    language=source["csl"].get("language") or self.language,
                    note=_curled(item.get("note")),
                    translation=self._translation(item),
                )
            )
        return views.AnnexEntry(row, tuple(quotations))

    def _translation(self, item: QuotationIn) -> views.TranslationView | None:
        translation = item.get("translation")
        if not translation:
            return None
        return views.TranslationView(
            text=translation["text"],
            language=self.notes.language_of(translation.get("seed")),
            mark=self.notes.translation_mark(translation),
        )


_AS_WRITTEN: Final = (
    *("status", "version", "prepared_by", "prepared_for", "marking", "language", "drafted_with"),
)
_STATUS_ORDER: Final = ("in-force", "signed", "announced", "negotiating", "proposed", "unknown")


def _looked_up(one: views.ActorView | views.SourceView) -> tuple[str, str]:
    return unaccented(one.short.casefold()), one.id


def _curled(text: str | None) -> str | None:
    return text and curled(text)


def _ids(items: Iterable[Mapping[str, Any]]) -> list[str]:
    return [item["id"] for item in items]

"""From a proven briefing to its manifest, and to the manuscript that documents are made from.

A manuscript refers to no file, engine or parsed input, so that it can be handed to another process,
or to another machine, as bytes. All is pure: the same bytes for the same inputs.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cached_property
from typing import Any, Final

from sourcebrief.brief.labels import Labels
from sourcebrief.brief.manifest import (
    FORMAT,
    ActorIn,
    ChangesIn,
    EventIn,
    Manifest,
    PositionSelector,
    QuotationIn,
    QuoteSelector,
    SourceIn,
    StatementIn,
    TranslationIn,
    without_nothing,
)
from sourcebrief.brief.reading_sheet import ReadingSheet, reading_sheet
from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.wording import csl_date, word
from sourcebrief.evidence.brackets import one_space
from sourcebrief.evidence.proof import Proof, Proven
from sourcebrief.evidence.quotations import LocatedPiece
from sourcebrief.text.likelihood import scale_for
from sourcebrief.workspace.authored_texts import EVENT_TEXTS, brief_texts, event_texts
from sourcebrief.workspace.briefing import Briefing
from sourcebrief.workspace.catalogue import Library
from sourcebrief.workspace.markup import parse_markup
from sourcebrief.workspace.model import Event, Person, Role

_AS_WRITTEN: Final = {
    *("title", "subtitle", "as_of", "status", "version", "prepared_by", "prepared_for"),
    *("marking", "language", "page", "drafted_with"),
}
"""The keys of `brief.yaml` that the manifest has as they are."""
_OF_CUSTOM: Final = {
    *("issued_basis", "issued_note", "file", "sha256", "original", "reliability", "marking"),
}
"""The keys of `custom` of which the same is true."""


@dataclass(frozen=True)
class Composition:
    """What a manifest is made from: the curated words, the proof of them, the words of a language.

    `selected` are the events of the chronology, in order.
    `style` is the citation style that the brief names; None for the one in `templates/`.
    """

    briefing: Briefing
    library: Library
    proof: Proof
    selected: Mapping[str, Event]
    labels: Labels
    style: bytes | None = None

    @cached_property
    def sheet(self) -> ReadingSheet:
        """Each statement beside the passages that it rests on."""
        return reading_sheet(self.briefing, self.proof, self.selected, self.labels)

    @cached_property
    def cited_entries(self) -> tuple[str, ...]:
        """Every catalogue entry that the brief quotes, cites or dates an event by, in order."""
        named = self.ids_named(self.selected)
        return tuple(sorted(named.intersection(self.library.entries)))

    def ids_named(self, events: Iterable[str]) -> set[str]:
        """The ids of all entries and events that the brief names, or one of the given events."""
        texts = list(brief_texts(self.briefing.brief))
        found: set[str] = set()
        for event in map(self.briefing.record.events.__getitem__, events):
            found.update(event.value.entries)
            texts += event_texts(event)
        return found.union(item.id for text in texts for item in text.citations)


@dataclass(frozen=True, slots=True)
class Reprint:
    """A seed that may be reprinted whole, and so travels with the documents."""

    file: str
    data: bytes
    short: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What is known of a brief before any engine has set it.

    `style` is the CSL style of its own (None: the one in `templates/`).
    """

    manifest: Manifest
    style: bytes | None
    reprints: tuple[Reprint, ...] = ()

    @property
    def name(self) -> str:
        """The briefing's name."""
        return self.manifest["briefing"]

    @property
    def language(self) -> str:
        """The brief's language, BCP 47."""
        return self.manifest["brief"]["language"]

    def moment(self, epoch: int | None) -> datetime:
        """The time that documents bear: SOURCE_DATE_EPOCH, else the last day of `as_of`."""
        if epoch is not None:
            return datetime.fromtimestamp(epoch, UTC)
        as_of = parse_edtf(self.manifest["brief"]["as_of"])
        return datetime.combine(as_of.latest or as_of.start_key, time.min, UTC)


def manuscript(composition: Composition, changes: ChangesIn | None = None) -> Manuscript:
    """A proven briefing with the documents that may be reprinted; `changes` stand at its head."""
    library = composition.library
    return Manuscript(
        manifest_of(composition, changes),
        composition.style,
        tuple(
            Reprint(entry.custom.file, library.seeds[key], library.short_name(key))
            for key in composition.cited_entries
            if (entry := library.entries[key].value).custom.file and entry.custom.embed == "full"
        ),
    )


def manifest_of(composition: Composition, changes: ChangesIn | None = None) -> Manifest:
    """Everything that a brief says, with the passages that it rests on.

    `changes` since an earlier edition are told at its head.
    """
    brief = composition.briefing.brief.value
    actors, style = composition.briefing.record.actors, composition.style
    cited, review = composition.cited_entries, brief.reviewed_by
    manifest: Manifest = {
        "format": FORMAT,
        "briefing": composition.briefing.name,
        "brief": {
            **brief.model_dump(include=_AS_WRITTEN),  # type: ignore[typeddict-item]
            "likelihood": scale_for(brief.likelihood, brief.language),
            "style": hashlib.sha256(style).hexdigest() if style else None,
            # As long as the statements are those that were read.
            "reviewed_by": review.model_dump()
            if review and composition.sheet.is_reviewed
            else None,
            "bottom_line": _statement(brief.bottom_line),
            "judgements": [
                {**_statement(item.text), "confidence": item.confidence}
                for item in brief.judgements
            ],
            "actors": [
                {
                    "id": actor.id,
                    "name": actors[actor.id].value.name,
                    **(_statement(actor.summary) if actor.summary else {}),
                }
                for actor in brief.actors
            ],
            "gaps": [_statement(gap) for gap in brief.gaps],
            "sections": [
                {"heading": item.heading, "after": item.after, **_statement(item.text)}
                for item in brief.sections
            ],
        },
        "actors": list(_actors(composition)),
        "events": [
            _event(composition, number, event)
            for number, event in enumerate(composition.selected.values(), 1)
        ],
        "sources": [_source(composition, key, cited) for key in cited],
        "changes": changes,
    }
    return without_nothing(manifest)


def _actors(composition: Composition) -> Iterator[ActorIn]:
    """Every actor that the brief names, and what each is a part of."""
    record = composition.briefing.record
    named = {actor.id for actor in composition.briefing.brief.value.actors}
    for event in composition.selected.values():
        named.update(event.actors)
        named.update(outcome.by for outcome in event.outcomes if outcome.by)
        named.update(role.actor for _, role in _roles(composition, event) if role.actor)
    for key in sorted({whole for actor in named for whole in record.ancestors(actor)}):
        actor = record.actors[key].value
        yield {
            "id": key,
            "name": actor.name,
            "short": actor.label,
            "country": actor.country,
            "part_of": actor.part_of,
        }


def _roles(composition: Composition, event: Event) -> Iterator[tuple[Person, Role]]:
    """The people of an event, each in the role held on its date."""
    record = composition.briefing.record
    for reference in event.people:
        (role,) = record.roles_held(reference.id, reference.actor, event.date.value)
        yield record.people[reference.id].value, role


def _statement(text: str) -> StatementIn:
    return {
        "text": text.strip(),
        "paragraphs": [
            {
                "words": block.plain,
                "cites": [
                    {"id": item.id, "locator": item.locator} if item.locator else {"id": item.id}
                    for item in block.citations
                ],
            }
            for block in parse_markup(text).blocks
        ],
    }


def _event(composition: Composition, number: int, event: Event) -> EventIn:
    record = composition.briefing.record
    date = event.date
    texts: dict[str, Any] = {
        text.key: _statement(words) if text.markdown else words
        for text in EVENT_TEXTS
        if (words := getattr(event, text.key))
    }
    whole = next((key for key in record.wholes(event.id) if key in composition.selected), None)
    return {
        **texts,  # type: ignore[typeddict-item]
        "number": number,
        "id": event.id,
        "date": {
            "value": date.value.text,
            "worded": word(date.value, composition.briefing.brief.value.language),
            "basis": date.basis,
            "note": date.note,
            "sources": list(date.sources),
        },
        "actors": [{"id": key, "name": record.actors[key].value.name} for key in event.actors],
        "people": [
            {"name": person.name, "role": role.role, "actor": role.actor}
            for person, role in _roles(composition, event)
        ],
        "themes": list(event.themes),
        "outcomes": [outcome.model_dump() for outcome in event.outcomes],
        "credibility": event.credibility,
        "part_of": whole,
        "evidence": [
            _quotation(composition, proven) for proven in composition.proof.evidence[event.id]
        ],
        "origins": len(composition.proof.origins(event.id)),
        "key": event.key or None,
        "marking": event.marking,
    }


def _quotation(composition: Composition, proven: Proven) -> QuotationIn:
    located = proven.located
    return {
        "seed": proven.evidence.seed,
        "quote": located.printed,
        "paragraph": located.paragraph,
        "page": located.pieces[0].page,
        "locator": located.locator,
        "selectors": list(map(selectors_of, located.pieces)),
        "translation": _translation(composition, proven),
        "note": proven.evidence.note,
    }


def selectors_of(piece: LocatedPiece) -> tuple[QuoteSelector, PositionSelector]:
    """The two selectors of the W3C Web Annotation Data Model by which a passage is found again."""
    words = {"exact": piece.exact, "prefix": piece.prefix, "suffix": piece.suffix}
    return (
        {"type": "TextQuoteSelector", **words},  # type: ignore[typeddict-item]
        {"type": "TextPositionSelector", "start": piece.start, "end": piece.end},
    )


def _translation(composition: Composition, proven: Proven) -> TranslationIn | None:
    given, located = proven.evidence.translation, proven.translation
    if given is None:
        return None
    if located is None:
        return {
            "text": one_space(given.text).strip(),
            "language": composition.briefing.brief.value.language,
            "by": given.by or "ours",
        }
    return {
        "text": located.printed,
        "language": composition.library.entries[given.seed or ""].value.language,
        "seed": given.seed,
        "paragraph": located.paragraph,
        "locator": located.locator,
        "selectors": list(map(selectors_of, located.pieces)),
    }


def _source(composition: Composition, key: str, printed: Collection[str]) -> SourceIn:
    library = composition.library
    entry = library.entries[key].value
    custom = entry.custom
    # Of an entry that the brief does not print, it says nothing, not even that there is one.
    distinct = [one for one in custom.distinct if one.from_ in printed]
    derived_from = custom.derived_from if custom.derived_from in printed else None
    tells_origin = custom.origin or derived_from or custom.derived_from is None
    source: SourceIn = {
        "id": key,
        "csl": csl_item(library, key, composition.briefing.brief.value.language),
        "issued": entry.issued.text,
        **custom.model_dump(include=_OF_CUSTOM),  # type: ignore[typeddict-item]
        "ignore": sorted(custom.ignore),
        "origin": library.origin(key) if tells_origin else None,
        "derived_from": derived_from,
        "embed": custom.embed if custom.file else None,
        "short": library.short_name(key),
        "distinct": [{"id": one.from_, "why": one.why} for one in distinct] or None,
    }
    # Only where it is so, as in the manifests before there was the key.
    if custom.recognised:
        source["recognised"] = True
    return source


def csl_item(library: Library, key: str, language: str) -> dict[str, Any]:
    """Give a catalogue entry as CSL JSON, which citeproc formats.

    citeproc ignores the `custom` object and reads only simple dates, so an entry is handed over
    with a date that it understands, worded in the brief's language where it must be, with a
    supplied title in brackets, as catalogues print one, and without a publisher's name for the
    second time.
    """
    entry = library.entries[key].value
    dumped = entry.model_dump(by_alias=True, exclude={"custom", "issued", "title"})
    if dumped.get("container-title") == dumped.get("publisher"):
        dumped.pop("publisher" if entry.type.startswith("article") else "container-title", None)
    return {
        **{name: value for name, value in dumped.items() if value},
        "title": f"[{entry.title}]" if entry.custom.title_supplied else entry.title,
        "issued": csl_date(entry.issued, language),
    }

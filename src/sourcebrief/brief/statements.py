"""What a brief says and the passages that it rests on: its manifest without a page's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sourcebrief.brief.bibliography import csl_items
from sourcebrief.brief.manifest import FORMAT, without_nothing
from sourcebrief.dates.wording import word
from sourcebrief.workspace.authored_texts import EVENT_TEXTS
from sourcebrief.workspace.markup import parse_markup

if TYPE_CHECKING:
    from pydantic import BaseModel

    from sourcebrief.brief.compose import Composition
    from sourcebrief.brief.manifest import (
        EventIn,
        OutcomeIn,
        QuotationIn,
        SourceIn,
        StatementIn,
        Statements,
    )
    from sourcebrief.evidence.proof import Proven
    from sourcebrief.workspace.model import Event, Outcome


def statements_of(composition: Composition) -> Statements:
    """Everything of a brief that prints, with the passages that it rests on."""
    brief = composition.briefing.brief.value
    actors = composition.briefing.record.actors
    manifest: Statements = {
        "format": FORMAT,
        "briefing": composition.briefing.name,
        "brief": {
            "title": brief.title,
            "subtitle": brief.subtitle,
            "as_of": brief.as_of.text,
            "status": brief.status,
            "version": brief.version,
            "prepared_by": brief.prepared_by,
            "prepared_for": brief.prepared_for,
            "marking": brief.marking,
            "language": brief.language,
            "bottom_line": _statement(brief.bottom_line),
            "judgements": [
                {**_statement(item.text), "confidence": item.confidence}
                for item in brief.judgements
            ],
            "actors": [
                {
                    "id": actor.id,
                    "name": actors[actor.id].value.name,
                    **(_statement(actor.summary) if actor.summary else {}),  # type: ignore[typeddict-item]
                }
                for actor in brief.actors
            ],
            "gaps": [_statement(gap) for gap in brief.gaps],
            "sections": [
                {"heading": item.heading, "after": item.after, **_statement(item.text)}
                for item in brief.sections
            ],
        },
        "events": [_event(composition, event) for event in composition.selected.events],
        "sources": [_source(composition, key) for key in sorted(composition.cited_entries())],
    }
    return without_nothing(manifest)


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


def _event(composition: Composition, event: Event) -> EventIn:
    record = composition.briefing.record
    date = event.date
    texts: dict[str, Any] = {
        text.key: _statement(words) if text.markdown else words
        for text in EVENT_TEXTS
        if (words := getattr(event, text.key))
    }
    people = []
    for reference in event.people:
        (role,) = record.roles_held(reference.id, reference.actor, date.value)
        person = record.people[reference.id].value
        people.append({"name": person.name, "role": role.role, "actor": role.actor})
    return {
        **texts,  # type: ignore[typeddict-item]
        "number": composition.selected.numbers[event.id],
        "id": event.id,
        "date": {
            "value": date.value.text,
            "worded": word(date.value, composition.briefing.brief.value.language),
            "basis": date.basis,
            "note": date.note,
            "sources": list(date.sources),
        },
        "actors": [{"id": key, "name": record.actors[key].value.name} for key in event.actors],
        "people": people,
        "themes": list(event.themes),
        "outcomes": [_outcome(outcome) for outcome in event.outcomes],
        "credibility": event.credibility,
        "part_of": event.part_of,
        "evidence": [_quotation(proven) for proven in composition.proof.evidence[event.id]],
        "key": event.key or None,
        "marking": event.marking,
    }


def _outcome(outcome: Outcome) -> OutcomeIn:
    later = outcome.later
    return {
        "kind": outcome.kind,
        "status": outcome.status,
        "text": outcome.text,
        "expected": outcome.expected.text if outcome.expected else None,
        "by": outcome.by,
        "later": {"status": later.status, "date": later.date.text, "source": later.source}
        if later
        else None,
    }


def _quotation(proven: Proven) -> QuotationIn:
    located, translation = proven.located, proven.evidence.translation
    return {
        "seed": proven.evidence.seed,
        "quote": located.printed,
        "paragraph": located.paragraph,
        "page": located.pieces[0].page,
        "locator": located.locator,
        "selectors": [
            (
                {
                    "type": "TextQuoteSelector",
                    "exact": piece.exact,
                    "prefix": piece.prefix,
                    "suffix": piece.suffix,
                },
                {"type": "TextPositionSelector", "start": piece.start, "end": piece.end},
            )
            for piece in located.pieces
        ],
        "translation": _dumped(translation),
        "note": proven.evidence.note,
    }


def _source(composition: Composition, key: str) -> SourceIn:
    library = composition.library
    entry = library.entries[key].value
    custom = entry.custom
    (item,) = csl_items(library, [key], composition.briefing.brief.value.language)
    return {
        "id": key,
        "csl": item,
        "issued": entry.issued.text,
        "issued_basis": custom.issued_basis,
        "issued_note": custom.issued_note,
        "file": custom.file,
        "sha256": custom.sha256,
        "ignore": sorted(custom.ignore),
        "original": _dumped(custom.original),
        "reliability": _dumped(custom.reliability),
        "origin": library.origin(key),
        "derived_from": custom.derived_from,
        "embed": custom.embed if custom.file else None,
        "short": library.short_name(key),
        "marking": custom.marking,
        "distinct": [{"id": one.from_, "why": one.why} for one in custom.distinct] or None,
    }


def _dumped(value: BaseModel | None) -> Any:
    return value.model_dump() if value else None

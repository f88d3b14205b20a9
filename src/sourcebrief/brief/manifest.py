"""The manifest: what a brief says and rests on, as canonical JSON that travels with the documents.

Equal evidence is equal bytes: keys are sorted, white space is left out, and nothing of the machine,
the clock or the layout is in it. The edition is the first 12 hex digits of its SHA-256, and so is
not in it either.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sourcebrief.brief.bibliography import csl_items
from sourcebrief.dates.wording import word
from sourcebrief.workspace.markup import parse_markup

if TYPE_CHECKING:
    from sourcebrief.brief.compose import Composition
    from sourcebrief.evidence.proof import Proven
    from sourcebrief.workspace.markup import AuthoredMarkup
    from sourcebrief.workspace.model import Event

FORMAT = "sourcebrief-evidence/1"
EDITION_DIGITS = 12


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no white space, UTF-8 (as RFC 8785 orders and spaces it)."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8") + b"\n"


def edition_of(manifest: bytes) -> str:
    """The identity of the edition that carries this manifest."""
    return hashlib.sha256(manifest).hexdigest()[:EDITION_DIGITS]


def manifest(composition: Composition, printed: dict[str, Any]) -> dict[str, Any]:
    """Everything of a brief that prints, with the passages that it rests on.

    `printed` is the page word by word, as `publishing.printed` reads it.
    """
    brief = composition.briefing.brief.value
    language = brief.language
    return {
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
            "language": language,
            "bottom_line": _statement(brief.bottom_line),
            "judgements": [
                {**_statement(item.text), "confidence": item.confidence}
                for item in brief.judgements
            ],
            "actors": [
                {
                    "id": actor.id,
                    "name": composition.briefing.record.actors[actor.id].value.name,
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
        "events": [_event(composition, event) for event in composition.selected.events],
        "sources": [_source(composition, key) for key in sorted(composition.cited_entries())],
        "printed": printed,
    }


def _statement(text: str) -> dict[str, Any]:
    parsed: AuthoredMarkup = parse_markup(text)
    return {
        "text": text.strip(),
        "paragraphs": [
            {
                "words": block.plain,
                "cites": [
                    {"id": item.id, **({"locator": item.locator} if item.locator else {})}
                    for item in block.citations
                ],
            }
            for block in parsed.blocks
        ],
    }


def _event(composition: Composition, event: Event) -> dict[str, Any]:
    record = composition.briefing.record
    language = composition.briefing.brief.value.language
    date = event.date
    people = []
    for reference in event.people:
        (role,) = record.roles_held(reference.id, reference.actor, date.value)
        person = record.people[reference.id].value
        people.append({"name": person.name, "role": role.role, "actor": role.actor})
    return {
        "number": composition.selected.numbers[event.id],
        "id": event.id,
        "date": {
            "value": date.value.text,
            "worded": word(date.value, language),
            "basis": date.basis,
            "note": date.note,
            "sources": list(date.sources),
        },
        "title": event.title,
        "actors": [{"id": key, "name": record.actors[key].value.name} for key in event.actors],
        "people": people,
        "place": event.place,
        "themes": list(event.themes),
        "summary": _statement(event.summary),
        "caveat": _statement(event.caveat) if event.caveat else None,
        "outcomes": [
            {
                "kind": outcome.kind,
                "status": outcome.status,
                "text": outcome.text,
                "expected": outcome.expected.text if outcome.expected else None,
            }
            for outcome in event.outcomes
        ],
        "credibility": event.credibility,
        "part_of": event.part_of,
        "evidence": [_evidence(proven) for proven in composition.proof.evidence[event.id]],
    }


def _evidence(proven: Proven) -> dict[str, Any]:
    """A quotation with W3C Web Annotation selectors, a pair for each piece."""
    return {
        "seed": proven.evidence.seed,
        "quote": proven.located.printed,
        "paragraph": proven.located.paragraph,
        "page": proven.located.pieces[0].page,
        "locator": proven.located.locator,
        "selectors": [
            [
                {
                    "type": "TextQuoteSelector",
                    "exact": piece.exact,
                    "prefix": piece.prefix,
                    "suffix": piece.suffix,
                },
                {"type": "TextPositionSelector", "start": piece.start, "end": piece.end},
            ]
            for piece in proven.located.pieces
        ],
    }


def _source(composition: Composition, key: str) -> dict[str, Any]:
    library = composition.library
    custom = library.entries[key].value.custom
    (item,) = csl_items(library, [key], composition.briefing.brief.value.language)
    return {
        "id": key,
        "csl": item,
        "issued": library.entries[key].value.issued.text,
        "issued_basis": custom.issued_basis,
        "issued_note": custom.issued_note,
        "file": custom.file,
        "sha256": custom.sha256,
        "ignore": sorted(custom.ignore),
        "original": custom.original.model_dump() if custom.original else None,
        "reliability": custom.reliability.model_dump() if custom.reliability else None,
        "origin": library.origin(key),
        "derived_from": custom.derived_from,
        "embed": custom.embed if custom.file else None,
        "short": library.short_name(key),
    }

"""A briefing's evidence as W3C Web Annotations, which other programs show in the documents.

Each quotation is an annotation with the selectors that it was proven by: TextQuoteSelector and
TextPositionSelector, one target for each piece. Offsets count code points of the seed's text, whose
hash names it as RFC 6920 does.
"""

import base64
import json
import uuid
from collections.abc import Iterator
from typing import Any, Final

from sourcebrief.brief.make_manifest import Composition, selectors_of
from sourcebrief.evidence.proof import Proven
from sourcebrief.evidence.quotations import LocatedPiece
from sourcebrief.workspace.model import CatalogueEntry

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
"""The JSON-LD context of the Web Annotation Data Model (W3C Recommendation, 2017)."""
_NAMESPACE: Final = uuid.UUID("2c9d2f6e-0a0b-5d5f-9a55-3a6d6b1f7c11")


def named_information(sha256: str) -> str:
    """Name bytes by their SHA-256 in hex, as RFC 6920 writes it."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def web_annotations(composition: Composition) -> bytes:
    """The evidence of the selected events as an AnnotationCollection in JSON-LD.

    The note of a quotation is a body that comments, the id of its event one that tags; a quotation
    with brackets is given as it prints, by a body that describes.
    """
    brief = composition.briefing.brief.value
    items = [
        _annotation(composition, event, proven)
        for event in composition.selected
        for proven in composition.proof.evidence[event]
    ]
    collection = {
        "@context": CONTEXT,
        "id": _name("collection", composition.briefing.name, brief.version),
        "type": "AnnotationCollection",
        "label": brief.title,
        "total": len(items),
        "first": {
            "id": _name("page", composition.briefing.name, brief.version),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }
    return (json.dumps(collection, ensure_ascii=False, indent=2) + "\n").encode()


def _name(*parts: object) -> str:
    return uuid.uuid5(_NAMESPACE, json.dumps(parts)).urn


def _annotation(composition: Composition, event: str, proven: Proven) -> dict[str, Any]:
    seed, pieces = proven.evidence.seed, proven.located.pieces
    entry = composition.library.entries[seed].value
    sha256 = entry.custom.sha256
    targets = [_target(entry, sha256, piece) for piece in pieces]
    spans = [(piece.start, piece.end) for piece in pieces]
    return {
        "id": _name(composition.briefing.name, event, seed, spans),
        "type": "Annotation",
        "motivation": "linking",
        "body": list(_bodies(proven, event, composition.briefing.brief.value.language)),
        "target": targets if len(targets) > 1 else targets[0],
    }


def _bodies(proven: Proven, event: str, language: str) -> Iterator[dict[str, Any]]:
    body = {"type": "TextualBody", "format": "text/plain"}
    yield {**body, "purpose": "tagging", "value": event}
    if proven.evidence.note:
        note = {"language": language, "value": proven.evidence.note}
        yield {**body, "purpose": "commenting", **note}
    if proven.located.stretches != (proven.located.printed,):
        yield {**body, "purpose": "describing", "value": proven.located.printed}


def _target(entry: CatalogueEntry, sha256: str | None, piece: LocatedPiece) -> dict[str, Any]:
    source = {
        "id": entry.URL or (named_information(sha256) if sha256 else f"urn:x-seed:{entry.id}"),
        "type": "Text",
        "format": "text/plain",
        **({"language": entry.language} if entry.language else {}),
    }
    target: dict[str, Any] = {
        "type": "SpecificResource",
        "source": source,
        "selector": list(selectors_of(piece)),
    }
    if sha256:
        # What the offsets count in, where the address gives a page.
        target["state"] = {"type": "TimeState", "cached": named_information(sha256)}
    return target

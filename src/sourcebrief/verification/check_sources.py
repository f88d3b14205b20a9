"""Check the quotations of a manifest against the full texts of its sources and their selectors."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any, Final

from sourcebrief.evidence.passages import decode_seed, read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, locate
from sourcebrief.text.phrases import first_words
from sourcebrief.verification.document_text import DocumentText, NotCompared

_LEFT_OUT: Final = " words "
_SHOWN_WORDS: Final = 14


def check_selectors(manifest: dict[str, Any]) -> Iterator[str]:
    """Yield the quotations that differ from what their own selectors hold."""
    for source in manifest["sources"]:
        for name, item in _quotations_of(manifest, source["id"]):
            exact = _LEFT_OUT.join(quote["exact"] for quote, _ in item["selectors"])
            # The blank lines make it one paragraph, even where the passage has line breaks.
            around = read_seed(f"Before.\n\n{_LEFT_OUT}{exact}{_LEFT_OUT}\n\nAfter.")
            if not isinstance(locate(item["quote"], around), LocatedQuotation):
                yield f"{name} is not the passage that it names"


def check_sources(
    document: DocumentText,
    manifest: dict[str, Any],
    seeds: Callable[[str], bytes | None] | None,
) -> Iterator[str]:
    """Yield what is wrong with the full texts, those that it carries and those in a folder.

    `seeds` returns the bytes of a file in the folder by its name; it is None without a folder.
    """
    sources = [source for source in manifest["sources"] if source.get("file")]
    carried = dict(document.attachments)
    missing = []
    for source in sources:
        attached = carried.pop(source["file"], None)
        has_full_text = document.format == "pdf" and source.get("embed") == "full"
        if attached is not None:
            yield from _check_text(manifest, source, attached, "the full text that it carries")
        elif has_full_text and document.evidence is not None:
            yield f"the full text of {source['short']} was taken out"
        if seeds is not None:
            yield from _check_files(manifest, source, seeds)
        elif attached is None:
            missing.append(source["short"])
    for name in sorted(carried):
        yield f"it carries {name}, which the evidence does not name"
    if missing:
        yield NotCompared(
            f"the quotations from {', '.join(missing)} with a full text ({len(missing)} of "
            f"{len(sources)} source documents are not in the file); give their folder with --seeds"
        )


def _check_files(
    manifest: dict[str, Any], source: dict[str, Any], seeds: Callable[[str], bytes | None]
) -> Iterator[str]:
    data = seeds(source["file"])
    if data is None:
        yield f"{source['file']} ({source['short']}) is not among the documents"
        return
    yield from _check_text(manifest, source, data, "the document")
    original = source.get("original")
    if not isinstance(original, dict) or not isinstance(original.get("file"), str):
        return
    found = seeds(original["file"])
    if found is None:
        yield NotCompared(f"{original['file']}, which is not among the documents")
    elif _sha256(found) != original.get("sha256"):
        yield f"{original['file']} ({source['short']}) was altered"


def _check_text(
    manifest: dict[str, Any], source: dict[str, Any], data: bytes, what: str
) -> Iterator[str]:
    if _sha256(data) != source.get("sha256"):
        yield (
            f"{what} of {source['short']} ({source['file']}) was altered: its SHA-256 is "
            f"{_sha256(data)[:12]}…, not {str(source.get('sha256'))[:12]}…"
        )
    try:
        text = decode_seed(data)
    except ValueError as error:
        yield f"{source['id']}: its full text is {error}"
        return
    seed = read_seed(text, frozenset(source["ignore"]))
    for name, item in _quotations_of(manifest, source["id"]):
        if not all(_holds(text, quote, position) for quote, position in item["selectors"]):
            yield f"{name} does not stand at its place in {source['short']}"
            continue
        spans = [(position["start"], position["end"]) for _, position in item["selectors"]]
        found = locate(item["quote"], seed, item["paragraph"])
        pieces = found.pieces if isinstance(found, LocatedQuotation) else []
        if [(piece.start, piece.end) for piece in pieces] != spans:
            yield f"{name} does not stand in {source['short']}"


def _holds(text: str, quote: dict[str, Any], position: dict[str, Any]) -> bool:
    """Say whether a text has the words of a selector at its offsets, and those around them."""
    start, end = position["start"], position["end"]
    prefix, suffix = quote["prefix"], quote["suffix"]
    before, after = text[max(0, start - len(prefix)) : start], text[end : end + len(suffix)]
    inside = 0 <= start <= end <= len(text)
    return inside and (before, text[start:end], after) == (prefix, quote["exact"], suffix)


def _quotations_of(manifest: dict[str, Any], seed: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the quotations from a seed, each with its place in the brief and its first words."""
    for event in manifest["events"]:
        for number, item in enumerate(event["evidence"], 1):
            if item["seed"] == seed:
                words = first_words(item["quote"], _SHOWN_WORDS)
                yield (
                    f"event {event['number']} ({event['id']}), quotation {number}: “{words}”",
                    item,
                )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

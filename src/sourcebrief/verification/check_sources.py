"""Check the quotations of a manifest against the full texts of its sources and their selectors."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any, Final

from sourcebrief.evidence.passages import decode_seed, read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, Miss, MissReason, locate
from sourcebrief.text.phrases import first_words, listed_up_to
from sourcebrief.verification.document_text import DocumentText, NotCompared

_LEFT_OUT: Final = " words "
_SHOWN_WORDS: Final = 14
_MOST_NAMED: Final = 3


def check_sources(
    document: DocumentText,
    manifest: dict[str, Any],
    seeds: Callable[[str], bytes | None] | None,
) -> Iterator[str]:
    """Yield what is wrong with the quotations and the full texts, carried or in a folder.

    `seeds` returns the bytes of a file in the folder by its name; it is None without a folder.
    """
    yield from _check_selectors(manifest)
    sources = [source for source in manifest["sources"] if source.get("file")]
    carried = dict(document.attachments)
    missing = []
    for source in sources:
        file, short = source["file"], source["short"]
        attached = carried.pop(file, None)
        has_full_text = document.format == "pdf" and source.get("embed") == "full"
        if attached is not None:
            yield from _check_text(manifest, source, attached, "the full text that it carries")
        elif has_full_text and document.evidence is not None:
            yield f"the full text of {short} was taken out"
        if seeds is None:
            missing += [short] if attached is None else []
        elif (data := seeds(file)) is None:
            yield f"{file} ({short}) is not among the documents"
        else:
            yield from _check_text(manifest, source, data, "the document")
            if original := source.get("original"):
                found = seeds(original["file"])
                if found is None:
                    yield NotCompared(f"{original['file']}, which is not among the documents")
                elif hashlib.sha256(found).hexdigest() != original["sha256"]:
                    yield f"{original['file']} ({short}) was altered"
    for name in sorted(carried):
        yield f"it carries {name}, which the evidence does not name"
    if missing:
        yield NotCompared(
            f"the quotations against {listed_up_to(missing, _MOST_NAMED)}, which the file does not "
            f"hold in full ({len(missing)} of {len(sources)} documents); give their folder with "
            "--seeds"
        )


def _check_selectors(manifest: dict[str, Any]) -> Iterator[str]:
    """Yield the quotations that differ from what their own selectors hold."""
    for source in manifest["sources"]:
        for name, item in _quotations_of(manifest, source["id"]):
            exact = _LEFT_OUT.join(quote["exact"] for quote, _ in item["selectors"])
            # The blank lines make it one paragraph, even where the passage has line breaks.
            text = f"Before.\n\n{_LEFT_OUT}{exact}{_LEFT_OUT}\n\nAfter."
            around = read_seed(text, language=source["csl"].get("language"))
            found = locate(item["quote"], around)
            # What a bracket may assert depends on the words between, which only the text has.
            asserting = isinstance(found, Miss) and found.reason is MissReason.ASSERTING
            if not (asserting or isinstance(found, LocatedQuotation)):
                yield f"{name} is not the passage that it names"


def _check_text(
    manifest: dict[str, Any], source: dict[str, Any], data: bytes, what: str
) -> Iterator[str]:
    found, stated = hashlib.sha256(data).hexdigest(), str(source.get("sha256"))
    if found != stated:
        yield (
            f"{what} of {source['short']} ({source['file']}) was altered: its SHA-256 is "
            f"{found[:12]}…, not {stated[:12]}…"
        )
    try:
        text = decode_seed(data)
    except ValueError as error:
        yield f"{source['id']}: its full text is {error}"
        return
    seed = read_seed(text, frozenset(source["ignore"]), source["csl"].get("language"))
    for name, item in _quotations_of(manifest, source["id"]):
        if not all(_holds(text, quote, position) for quote, position in item["selectors"]):
            yield f"{name} does not stand at its place in {source['short']}"
            continue
        located = locate(item["quote"], seed, item["paragraph"])
        pieces = located.pieces if isinstance(located, LocatedQuotation) else []
        spans = [(position["start"], position["end"]) for _, position in item["selectors"]]
        if [(piece.start, piece.end) for piece in pieces] != spans:
            yield f"{name} does not stand in {source['short']}"


def _holds(text: str, quote: dict[str, Any], position: dict[str, Any]) -> bool:
    """Say whether a text has the words of a selector at its offsets, and those around them."""
    start = position["start"] - len(quote["prefix"])
    words = quote["prefix"] + quote["exact"] + quote["suffix"]
    as_long = position["end"] - position["start"] == len(quote["exact"])
    return as_long and start >= 0 and text.startswith(words, start)


def _quotations_of(manifest: dict[str, Any], seed: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the quotations from a seed, each with its place in the brief and its first words.

    An official translation that the seed gives is proven as a quotation from it.
    """
    for event in manifest["events"]:
        for number, item in enumerate(event["evidence"], 1):
            if item["seed"] == seed:
                place = f"event {event['number']} ({event['id']}), quotation {number}"
                yield f"{place}: “{first_words(item['quote'], _SHOWN_WORDS)}”", item
            translation = item.get("translation") or {}
            if translation.get("seed") == seed and translation.get("selectors"):
                place = f"event {event['number']} ({event['id']}), translation {number}"
                words = translation["text"]
                yield (
                    f"{place}: “{first_words(words, _SHOWN_WORDS)}”",
                    {**translation, "quote": words},
                )

"""Whether the quotations of a manifest stand: in a full text, or at least in their selectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sourcebrief.evidence.passages import decode_seed, read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, locate
from sourcebrief.text.phrases import first_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFT_OUT: Final = " words "
_SHOWN_WORDS: Final = 14


def shown(text: str) -> str:
    """The beginning of a text, for a message."""
    return first_words(text, _SHOWN_WORDS)


def quotations_of(manifest: dict[str, Any], seed: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the quotations from a seed, with words for where each stands in the brief."""
    for event in manifest["events"]:
        for number, item in enumerate(event["evidence"], 1):
            if item["seed"] == seed:
                yield f"event {event['number']} ({event['id']}), quotation {number}", item


def check_full_text(manifest: dict[str, Any], source: dict[str, Any], data: bytes) -> list[str]:
    """What is wrong with the quotations of a source, by the bytes of its full text."""
    try:
        text = decode_seed(data)
    except ValueError as error:
        return [f"{source['id']}: its full text is {error}"]
    seed = read_seed(text, frozenset(source["ignore"]))
    problems = []
    for place, item in quotations_of(manifest, source["id"]):
        quoted = f"{place}: “{shown(item['quote'])}”"
        pieces = [(pair[0], pair[1]) for pair in item["selectors"]]
        if any(not _holds(text, quote, position) for quote, position in pieces):
            problems.append(f"{quoted} does not stand where it is said to in {source['short']}")
            continue
        found = locate(item["quote"], seed, item["paragraph"])
        spans = [(position["start"], position["end"]) for _, position in pieces]
        if (
            not isinstance(found, LocatedQuotation)
            or [(p.start, p.end) for p in found.pieces] != spans
        ):
            problems.append(f"{quoted} does not stand in {source['short']}")
    return problems


def _holds(text: str, quote: dict[str, Any], position: dict[str, Any]) -> bool:
    start, end = position["start"], position["end"]
    if not 0 <= start <= end <= len(text):
        return False
    prefix, suffix = quote["prefix"], quote["suffix"]
    before, after = text[max(0, start - len(prefix)) : start], text[end : end + len(suffix)]
    return (before, text[start:end], after) == (prefix, quote["exact"], suffix)


def check_selectors(manifest: dict[str, Any]) -> list[str]:
    """The quotations that are not what their own selectors hold; no full text is needed."""
    problems = []
    for source in manifest["sources"]:
        for place, item in quotations_of(manifest, source["id"]):
            exact = _LEFT_OUT.join(pair[0]["exact"] for pair in item["selectors"])
            # A blank line makes lines, which a passage may be broken into, part of one paragraph.
            around = read_seed(f"Before.\n\n{_LEFT_OUT}{exact}{_LEFT_OUT}\n\nAfter.")
            if not isinstance(locate(item["quote"], around), LocatedQuotation):
                problems.append(
                    f"{place}: “{shown(item['quote'])}” is not the passage that it names"
                )
    return problems

"""The report of coverage as text for a terminal, Markdown for a colleague, JSON for a program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sourcebrief.errors import Place, Problem
from sourcebrief.text.phrases import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from fractions import Fraction

    from sourcebrief.evidence.coverage import Coverage, CoveredParagraph

FORMAT: Final = "sourcebrief-coverage/1"
_SHOWN: Final = 100
_MOST_UNQUOTED: Final = 20


def percent(share: Fraction) -> str:
    """A share as "34.2%", rounded down: what falls short of a mark never looks as if it met it."""
    tenths = share.numerator * 1000 // share.denominator
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def shortfalls(found: Iterable[Coverage], minimum: Fraction) -> list[Problem]:
    """Report the briefings that quote less of their seeds than a minimum share."""
    return [
        Problem(
            Place(f"briefings/{one.briefing}/brief.yaml"),
            f"{_words(one.share, one.covered, one.words)} of the seeds it quotes: less than "
            f"--min-coverage {percent(minimum)}; `check --coverage` shows what is left out",
        )
        for one in found
        if one.share < minimum
    ]


def as_text(found: Sequence[Coverage], unquoted: Sequence[str]) -> str:
    """For a terminal."""
    return "\n".join(line for one in _parts(found, unquoted, _text) for line in one)


def as_markdown(found: Sequence[Coverage], unquoted: Sequence[str]) -> str:
    """For a page or a message (CommonMark with tables)."""
    return "\n".join(line for one in _parts(found, unquoted, _markdown) for line in one)


def _parts(
    found: Sequence[Coverage],
    unquoted: Sequence[str],
    lines: Callable[[Coverage], Iterator[str]],
) -> Iterator[list[str]]:
    for number, coverage in enumerate(found):
        yield [*([""] if number else []), *lines(coverage)]
    if unquoted:
        rest = len(unquoted) - _MOST_UNQUOTED
        more = f" and {rest:,} more" if rest > 0 else ""
        listed = ", ".join(unquoted[:_MOST_UNQUOTED])
        yield ["", f"Seeds that nothing quotes ({len(unquoted):,}): {listed}{more}"]


def _text(found: Coverage) -> Iterator[str]:
    yield f"{found.briefing}: {_words(found.share, found.covered, found.words)}"
    yield f"  Statements without a citation: {len(found.uncited) or 'none'}"
    for statement in found.uncited:
        yield f"    {statement.place}: {statement.statement}: {shorten(statement.words, _SHOWN)}"
    yield f"  Events that no text cites: {len(found.uncited_events) or 'none'}"
    for event in found.uncited_events:
        yield f"    {event.place}: {event.number} {event.id}: {shorten(event.title, _SHOWN)}"
    for seed in found.seeds:
        yield f"  {seed.id} ({seed.name}): {_words(seed.share, seed.covered, seed.words)}"
        width = max((len(paragraph.locator) for paragraph in seed.paragraphs), default=0)
        for paragraph in seed.paragraphs:
            share = percent(paragraph.share)
            yield f"    {paragraph.locator:<{width}} {share:>6}  {_left_out(paragraph)}".rstrip()


def _words(share: Fraction, covered: int, words: int) -> str:
    return f"{percent(share)} quoted, {covered:,} of {words:,} words"


def _left_out(paragraph: CoveredParagraph) -> str:
    return shorten(paragraph.shown, _SHOWN)


def _markdown(found: Coverage) -> Iterator[str]:
    yield f"# Coverage of {found.briefing}"
    yield ""
    words = _words(found.share, found.covered, found.words)
    yield f"Of the seeds that it quotes, {words}."
    yield from _markdown_list(
        "Statements without a citation",
        [f"{item.statement}: {_escaped(shorten(item.words, _SHOWN))}" for item in found.uncited],
    )
    yield from _markdown_list(
        "Events that no text cites",
        [
            f"{item.number} `{item.id}`: {_escaped(shorten(item.title, _SHOWN))}"
            for item in found.uncited_events
        ],
    )
    for seed in found.seeds:
        yield ""
        yield f"## {_escaped(seed.name)} (`{seed.id}`)"
        yield ""
        yield f"{_words(seed.share, seed.covered, seed.words)}."
        yield ""
        yield "| Paragraph | Quoted | Left out |"
        yield "|---|---:|---|"
        for paragraph in seed.paragraphs:
            left_out = _escaped(_left_out(paragraph))
            yield f"| {paragraph.locator} | {percent(paragraph.share)} | {left_out} |"


def _markdown_list(heading: str, items: Sequence[str]) -> Iterator[str]:
    yield ""
    yield f"## {heading}"
    yield ""
    yield from (f"- {item}" for item in items) if items else ("None.",)


def _escaped(text: str) -> str:
    """A text that Markdown prints as it stands (CommonMark, backslash escapes)."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|&~#" else sign for sign in text)


def as_json(found: Sequence[Coverage], unquoted: Sequence[str]) -> str:
    """For a program: every number, and what was left out in full."""
    document = {
        "format": FORMAT,
        "briefings": [_object(one) for one in found],
        "unquoted_seeds": list(unquoted),
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _object(found: Coverage) -> dict[str, Any]:
    return {
        "briefing": found.briefing,
        "words": found.words,
        "covered": found.covered,
        "share": _ratio(found.share),
        "statements_without_citation": [
            {"statement": item.statement, "words": item.words, "place": str(item.place)}
            for item in found.uncited
        ],
        "uncited_events": [
            {"number": item.number, "id": item.id, "title": item.title, "place": str(item.place)}
            for item in found.uncited_events
        ],
        "seeds": [
            {
                "id": seed.id,
                "words": seed.words,
                "covered": seed.covered,
                "share": _ratio(seed.share),
                "paragraphs": [
                    {
                        "paragraph": paragraph.number,
                        "locator": paragraph.locator,
                        "words": paragraph.words,
                        "covered": paragraph.covered,
                        "share": _ratio(paragraph.share),
                        "left_out": list(paragraph.left_out),
                    }
                    for paragraph in seed.paragraphs
                ],
            }
            for seed in found.seeds
        ],
    }


def _ratio(share: Fraction) -> float:
    return round(float(share), 6)


FORMATS: Final = {"text": as_text, "markdown": as_markdown, "json": as_json}

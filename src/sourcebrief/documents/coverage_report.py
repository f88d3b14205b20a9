"""Write what a brief quotes of its seeds: as text, as Markdown, and as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sourcebrief.errors import Place, Problem
from sourcebrief.text.phrases import shorten

if TYPE_CHECKING:
    from sourcebrief.evidence.coverage import Coverage, CoveredParagraph, CoveredSeed

FORMAT: Final = "sourcebrief-coverage/1"
_SHOWN: Final = 100
_MOST_UNQUOTED: Final = 20


def percent(share: Fraction) -> str:
    """Write a share as "34.2%", rounded down, so that it never shows a minimum that it misses."""
    tenths = share.numerator * 1000 // share.denominator
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def shortfalls(found: Iterable[Coverage], minimum: Fraction) -> list[Problem]:
    """Report the briefings that quote less of their seeds than a minimum share."""
    return [
        Problem(
            Place(f"briefings/{one.briefing}/brief.yaml"),
            f"{_quoted(one)} of the seeds it quotes: less than "
            f"--min-coverage {percent(minimum)}; `check --coverage` shows what is left out",
        )
        for one in found
        if one.share < minimum
    ]


def as_text(found: Sequence[Coverage], unquoted: Sequence[str]) -> str:
    """Write the report for a terminal."""
    return _joined(map(_text, found), unquoted)


def as_markdown(found: Sequence[Coverage], unquoted: Sequence[str]) -> str:
    """Write the report for a page or a message (CommonMark with tables)."""
    return _joined(map(_markdown, found), unquoted)


def _joined(reports: Iterable[Iterator[str]], unquoted: Sequence[str]) -> str:
    blocks = ["\n".join(lines) for lines in reports]
    if unquoted:
        rest = len(unquoted) - _MOST_UNQUOTED
        more = f" and {rest:,} more" if rest > 0 else ""
        listed = ", ".join(unquoted[:_MOST_UNQUOTED])
        blocks.append(f"Seeds that nothing quotes ({len(unquoted):,}): {listed}{more}")
    return "\n\n".join(blocks)


def _text(found: Coverage) -> Iterator[str]:
    yield f"{found.briefing}: {_quoted(found)}"
    yield f"  Statements without a citation: {len(found.uncited) or 'none'}"
    for statement in found.uncited:
        yield f"    {statement.place}: {statement.statement}: {shorten(statement.words, _SHOWN)}"
    yield f"  Events that no text cites: {len(found.uncited_events) or 'none'}"
    for event in found.uncited_events:
        yield f"    {event.place}: {event.number} {event.id}: {shorten(event.title, _SHOWN)}"
    for seed in found.seeds:
        yield f"  {seed.id} ({seed.name}): {_quoted(seed)}"
        width = max((len(paragraph.locator) for paragraph in seed.paragraphs), default=0)
        for paragraph in seed.paragraphs:
            share, left_out = percent(paragraph.share), shorten(paragraph.shown, _SHOWN)
            yield f"    {paragraph.locator:<{width}} {share:>6}  {left_out}".rstrip()


def _quoted(found: Coverage | CoveredSeed) -> str:
    return f"{percent(found.share)} quoted, {found.covered:,} of {found.words:,} words"


def _markdown(found: Coverage) -> Iterator[str]:
    yield f"# Coverage of {found.briefing}"
    yield ""
    yield f"Of the seeds that it quotes, {_quoted(found)}."
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
        yield f"{_quoted(seed)}."
        yield ""
        yield "| Paragraph | Quoted | Left out |"
        yield "|---|---:|---|"
        for paragraph in seed.paragraphs:
            left_out = _escaped(shorten(paragraph.shown, _SHOWN))
            yield f"| {paragraph.locator} | {percent(paragraph.share)} | {left_out} |"


def _markdown_list(heading: str, items: Sequence[str]) -> Iterator[str]:
    yield ""
    yield f"## {heading}"
    yield ""
    yield from (f"- {item}" for item in items) if items else ("None.",)


def _escaped(text: str) -> str:
    """Escape a text so that Markdown prints it as it is (CommonMark, backslash escapes)."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|&~#" else sign for sign in text)


def as_json(found: Sequence[Coverage], unquoted: Sequence[str]) -> str:
    """Write the report for a program, with every number and all that was left out."""
    document = {
        "format": FORMAT,
        "briefings": [
            {
                "briefing": one.briefing,
                **_measure(one),
                "statements_without_citation": [
                    {"statement": item.statement, "words": item.words, "place": str(item.place)}
                    for item in one.uncited
                ],
                "uncited_events": [
                    {
                        "number": event.number,
                        "id": event.id,
                        "title": event.title,
                        "place": str(event.place),
                    }
                    for event in one.uncited_events
                ],
                "seeds": [
                    {
                        "id": seed.id,
                        **_measure(seed),
                        "paragraphs": [
                            {
                                "paragraph": paragraph.number,
                                "locator": paragraph.locator,
                                **_measure(paragraph),
                                "left_out": list(paragraph.left_out),
                            }
                            for paragraph in seed.paragraphs
                        ],
                    }
                    for seed in one.seeds
                ],
            }
            for one in found
        ],
        "unquoted_seeds": list(unquoted),
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _measure(found: Coverage | CoveredSeed | CoveredParagraph) -> dict[str, float]:
    share = round(float(found.share), 6)
    return {"words": found.words, "covered": found.covered, "share": share}


FORMATS: Final = {"text": as_text, "markdown": as_markdown, "json": as_json}

"""Write what a brief quotes of its seeds: as text, as Markdown, and as JSON for a program."""

import json
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from sourcebrief.errors import Place, Problem
from sourcebrief.evidence.coverage import Coverage, CoveredParagraph, CoveredSeed
from sourcebrief.text.phrases import escaped_markdown, listed_up_to, shorten

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


def coverage_report(found: Sequence[Coverage], unquoted: Sequence[str], form: str) -> str:
    """Write the report as `text`, as `markdown` (CommonMark with tables), or as `json`.

    The JSON has every number and all that was left out.
    """
    if form == "json":
        briefings = [_data(one) for one in found]
        report = {"format": FORMAT, "briefings": briefings, "unquoted_seeds": unquoted}
        return json.dumps(report, ensure_ascii=False, indent=2, default=str)
    lines_of = _markdown if form == "markdown" else _text
    blocks = ["\n".join(lines_of(one)) for one in found]
    if unquoted:
        named = listed_up_to(unquoted, _MOST_UNQUOTED)
        blocks.append(f"Seeds that nothing quotes ({len(unquoted):,}): {named}")
    return "\n\n".join(blocks)


def _quoted(found: Coverage | CoveredSeed) -> str:
    return f"{percent(found.share)} quoted, {found.covered:,} of {found.words:,} words"


def _share(paragraph: CoveredParagraph) -> str:
    """The share that is quoted; of a paragraph that is cited and not quoted, that it is cited."""
    return "cited" if paragraph.cited and not paragraph.covered else percent(paragraph.share)


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
            share, left_out = _share(paragraph), shorten(paragraph.shown, _SHOWN)
            yield f"    {paragraph.locator:<{width}} {share:>6}  {left_out}".rstrip()


def _markdown(found: Coverage) -> Iterator[str]:
    def shown(text: str) -> str:
        return escaped_markdown(shorten(text, _SHOWN))

    yield f"# Coverage of {found.briefing}\n"
    yield f"Of the seeds that it quotes, {_quoted(found)}.\n"
    yield "## Statements without a citation\n"
    yield from [f"- {item.statement}: {shown(item.words)}" for item in found.uncited] or ["None."]
    yield "\n## Events that no text cites\n"
    yield from [
        f"- {item.number} `{item.id}`: {shown(item.title)}" for item in found.uncited_events
    ] or ["None."]
    for seed in found.seeds:
        yield f"\n## {escaped_markdown(seed.name)} (`{seed.id}`)\n"
        yield f"{_quoted(seed)}.\n"
        yield "| Paragraph | Quoted | Left out |\n|---|---:|---|"
        for paragraph in seed.paragraphs:
            share = _share(paragraph)
            yield f"| {paragraph.locator} | {share} | {shown(paragraph.shown)} |"


def _data(found: Coverage) -> dict[str, Any]:
    return {
        "briefing": found.briefing,
        **_measure(found),
        "statements_without_citation": [
            {"statement": item.statement, "words": item.words, "place": item.place}
            for item in found.uncited
        ],
        "uncited_events": [
            {"number": event.number, "id": event.id, "title": event.title, "place": event.place}
            for event in found.uncited_events
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
                        "cited": paragraph.cited,
                        "left_out": paragraph.left_out,
                    }
                    for paragraph in seed.paragraphs
                ],
            }
            for seed in found.seeds
        ],
    }


def _measure(found: Coverage | CoveredSeed | CoveredParagraph) -> dict[str, float]:
    share = round(float(found.share), 6)
    return {"words": found.words, "covered": found.covered, "share": share}

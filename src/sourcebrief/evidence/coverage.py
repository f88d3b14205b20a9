"""Coverage: what a brief says without a source, and what its sources say beyond it.

A word (as in docs/evidence.md) is covered where a quotation of a selected event holds it. Ignored
paragraphs are not part of the document and do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sourcebrief.errors import Place
from sourcebrief.evidence.folding import Folded
from sourcebrief.evidence.passages import Paragraph, SeedText
from sourcebrief.evidence.word_boundaries import count_words
from sourcebrief.workspace.authored_texts import brief_texts, event_texts

if TYPE_CHECKING:
    from sourcebrief.evidence.proof import Proof
    from sourcebrief.workspace.briefing import Briefing

_QUOTED = re.compile(r"(?:\[…\]\s*)+")


@dataclass(frozen=True, slots=True)
class Uncited:
    """A paragraph of a brief's own texts without a citation: which text, its words, its place."""

    statement: str
    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class UncitedEvent:
    """An event that neither the brief nor another event cites; `number` is the brief's."""

    number: int
    id: str
    title: str
    place: Place


class _Counted:
    """What has words, some of which are quoted."""

    __slots__ = ()
    words: int
    covered: int

    @property
    def share(self) -> Fraction:
        """The share of its words that is quoted, from 0 to 1; 1 where there are none."""
        return Fraction(self.covered, self.words) if self.words else Fraction(1)


@dataclass(frozen=True, slots=True)
class CoveredParagraph(_Counted):
    """A paragraph of a seed: its words, how many are quoted, and the stretches that are not.

    `shown` is the paragraph with […] for what is quoted, empty where all of it is.
    """

    number: int
    locator: str
    words: int
    covered: int
    left_out: tuple[str, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class CoveredSeed(_Counted):
    """A seed that a briefing quotes, by the paragraphs that are the document."""

    id: str
    name: str
    words: int
    covered: int
    paragraphs: tuple[CoveredParagraph, ...]


@dataclass(frozen=True, slots=True)
class Coverage(_Counted):
    """What a briefing says without a source, and what of its seeds it quotes."""

    briefing: str
    words: int
    covered: int
    uncited: tuple[Uncited, ...]
    uncited_events: tuple[UncitedEvent, ...]
    seeds: tuple[CoveredSeed, ...]


def measure_coverage(briefing: Briefing, proof: Proof, selected: Iterable[str]) -> Coverage:
    """Measure the coverage of a briefing; `selected` are its events, in their order."""
    events = tuple(selected)
    seeds = tuple(_seeds(proof, events))
    return Coverage(
        briefing.name,
        sum(seed.words for seed in seeds),
        sum(seed.covered for seed in seeds),
        tuple(_uncited(briefing)),
        tuple(_uncited_events(briefing, events)),
        seeds,
    )


def _uncited(briefing: Briefing) -> Iterator[Uncited]:
    for text in brief_texts(briefing.brief):
        for words, citations in text.blocks:
            if not citations:
                yield Uncited(text.name, words, text.place)


def _uncited_events(briefing: Briefing, events: tuple[str, ...]) -> Iterator[UncitedEvent]:
    cited = {item.id for text in brief_texts(briefing.brief) for item in text.citations}
    for key in events:
        # An event that cites itself leads a reader of the brief to nothing.
        for text in event_texts(briefing.record.events[key]):
            cited |= {item.id for item in text.citations if item.id != key}
    for number, key in enumerate(events, 1):
        if key not in cited:
            event = briefing.record.events[key]
            yield UncitedEvent(number, key, event.value.title, event.place("id"))


def _seeds(proof: Proof, events: Iterable[str]) -> Iterator[CoveredSeed]:
    quoted: dict[str, list[tuple[int, int]]] = {}
    for key in events:
        for proven in proof.evidence[key]:
            spans = quoted.setdefault(proven.evidence.seed, [])
            spans += [(piece.start, piece.end) for piece in proven.located.pieces]
    for key in proof.seeds:
        if key in quoted:
            paragraphs = covered_paragraphs(proof.seeds[key], quoted[key])
            words = sum(paragraph.words for paragraph in paragraphs)
            covered = sum(paragraph.covered for paragraph in paragraphs)
            yield CoveredSeed(key, proof.library.short_name(key), words, covered, paragraphs)


def covered_paragraphs(
    seed: SeedText, quoted: Collection[tuple[int, int]]
) -> tuple[CoveredParagraph, ...]:
    """The paragraphs that are the document, with the share that quoted spans of the seed cover."""
    spans = _merged(quoted)
    return tuple(
        _covered(paragraph, folded, spans)
        for paragraph, folded in zip(seed.paragraphs, seed.folded, strict=True)
        if not paragraph.ignored
    )


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sort spans and join those that overlap, so that no word counts twice."""
    last = -1
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if start <= last:
            start = merged.pop()[0]
        last = max(last, end)
        merged.append((start, last))
    return merged


def _covered(
    paragraph: Paragraph, folded: Folded, spans: Iterable[tuple[int, int]]
) -> CoveredParagraph:
    inside = [
        (max(start, paragraph.start) - paragraph.start, min(end, paragraph.end) - paragraph.start)
        for start, end in spans
        if start < paragraph.end and end > paragraph.start
    ]
    words = count_words(folded)
    covered = sum(
        count_words(folded, bisect_left(folded.offsets, start), bisect_left(folded.offsets, end))
        for start, end in inside
    )
    edges = [0, *(at for span in inside for at in span), len(paragraph.text)]
    rest = [paragraph.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    # Punctuation alone between two quotations does not count as left out.
    rest = [" ".join(part.split()) if any(map(str.isalnum, part)) else "" for part in rest]
    left_out = tuple(filter(None, rest))
    return CoveredParagraph(
        paragraph.number,
        paragraph.locator,
        words,
        covered,
        left_out,
        _QUOTED.sub("[…] ", " […] ".join(rest)).strip() if left_out else "",
    )

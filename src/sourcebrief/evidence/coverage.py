"""Coverage, both ways: what a brief says without a source, and what its sources say beyond it.

A word is what rule 3 of the contract for quotations has as one; a word is covered where a quotation
of a selected event holds it. Ignored paragraphs are not the document and do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sourcebrief.evidence.claims import brief_texts, event_texts
from sourcebrief.evidence.word_boundaries import count_words
from sourcebrief.workspace.markup import parse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sourcebrief.errors import Place
    from sourcebrief.evidence.folding import Folded
    from sourcebrief.evidence.passages import Paragraph, SeedText
    from sourcebrief.evidence.proof import Proof
    from sourcebrief.workspace.briefing import Briefing

Span = tuple[int, int]

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


@dataclass(frozen=True, slots=True)
class CoveredParagraph:
    """A paragraph of a seed: its words, how many are quoted, and the stretches that are not.

    `shown` is the paragraph with […] for what is quoted, empty where all of it is.
    """

    number: int
    locator: str
    words: int
    covered: int
    left_out: tuple[str, ...]
    shown: str

    @property
    def share(self) -> Fraction:
        """The share of its words that is quoted, from 0 to 1."""
        return _share(self.covered, self.words)


@dataclass(frozen=True, slots=True)
class CoveredSeed:
    """A seed that a briefing quotes, by the paragraphs that are the document."""

    id: str
    name: str
    paragraphs: tuple[CoveredParagraph, ...]

    @property
    def words(self) -> int:
        """The words of the document."""
        return sum(paragraph.words for paragraph in self.paragraphs)

    @property
    def covered(self) -> int:
        """Those of them that are quoted."""
        return sum(paragraph.covered for paragraph in self.paragraphs)

    @property
    def share(self) -> Fraction:
        """The share of its words that is quoted, from 0 to 1."""
        return _share(self.covered, self.words)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Both ways of one briefing."""

    briefing: str
    uncited: tuple[Uncited, ...]
    uncited_events: tuple[UncitedEvent, ...]
    seeds: tuple[CoveredSeed, ...]

    @property
    def words(self) -> int:
        """The words of all seeds that the briefing quotes."""
        return sum(seed.words for seed in self.seeds)

    @property
    def covered(self) -> int:
        """Those of them that it quotes."""
        return sum(seed.covered for seed in self.seeds)

    @property
    def share(self) -> Fraction:
        """The share of the words of its seeds that a briefing quotes, from 0 to 1."""
        return _share(self.covered, self.words)


def _share(covered: int, words: int) -> Fraction:
    return Fraction(covered, words) if words else Fraction(1)


def measure_coverage(briefing: Briefing, proof: Proof, selected: Iterable[str]) -> Coverage:
    """What a briefing leaves out either way; `selected` are its events, in their order."""
    events = tuple(selected)
    return Coverage(
        briefing.name,
        tuple(_uncited(briefing)),
        tuple(_uncited_events(briefing, events)),
        tuple(_seeds(proof, events)),
    )


def _uncited(briefing: Briefing) -> Iterator[Uncited]:
    for text in brief_texts(briefing.brief):
        for block in parse(text.text).blocks:
            if not block.citations:
                yield Uncited(text.name, block.plain, text.place)


def _uncited_events(briefing: Briefing, events: tuple[str, ...]) -> Iterator[UncitedEvent]:
    cited: set[str] = set()
    for text in brief_texts(briefing.brief):
        cited.update(item.id for item in parse(text.text).citations)
    for key in events:
        # That an event cites itself tells a reader of the brief nothing.
        for text in event_texts(briefing.record.events[key]):
            if text.markdown:
                items = parse(text.text, inline=text.inline).citations
                cited.update(item.id for item in items if item.id != key)
    for number, key in enumerate(events, 1):
        if key not in cited:
            event = briefing.record.events[key]
            yield UncitedEvent(number, key, event.value.title, event.place("id"))


def _seeds(proof: Proof, events: Iterable[str]) -> Iterator[CoveredSeed]:
    quoted: dict[str, list[Span]] = {}
    for key in events:
        for proven in proof.evidence[key]:
            spans = quoted.setdefault(proven.evidence.seed, [])
            spans += [(piece.start, piece.end) for piece in proven.located.pieces]
    for key in proof.seeds:
        if key in quoted:
            paragraphs = covered_paragraphs(proof.seeds[key], quoted[key])
            yield CoveredSeed(key, proof.library.short_name(key), paragraphs)


def covered_paragraphs(seed: SeedText, quoted: Collection[Span]) -> tuple[CoveredParagraph, ...]:
    """The paragraphs that are the document, with the share that quoted spans of the seed cover."""
    spans = tuple(_merged(quoted))
    return tuple(
        _covered(paragraph, folded, spans)
        for paragraph, folded in zip(seed.paragraphs, seed.folded, strict=True)
        if not paragraph.ignored
    )


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans in order, those that overlap as one, so that no word counts twice."""
    first, last = -1, -1
    for start, end in sorted(spans):
        if start > last:
            if last > first:
                yield first, last
            first, last = start, end
        last = max(last, end)
    if last > first:
        yield first, last


def _covered(paragraph: Paragraph, folded: Folded, spans: Iterable[Span]) -> CoveredParagraph:
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
    # Punctuation between two quotations is nothing left out.
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

"""Coverage: what a brief says without a source, and what its sources say beyond it.

A word (as in docs/evidence.md) is covered where a quotation of a selected event holds it. Ignored
paragraphs are not part of the document and do not count.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from typing import Final

from sourcebrief.errors import Place
from sourcebrief.evidence.folding import Folded
from sourcebrief.evidence.passages import Paragraph, SeedText
from sourcebrief.evidence.proof import Proof
from sourcebrief.evidence.word_boundaries import count_words
from sourcebrief.workspace.authored_texts import brief_texts, event_texts
from sourcebrief.workspace.briefing import Briefing

_QUOTED = re.compile(r"(?:\[…\]\s*)+")
_COVERED: Final = "\ud800"  # no UTF-8 text can hold it
_STRETCH = re.compile(f"{_COVERED}+")


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

    `shown` is the paragraph with […] for what is quoted, empty where all of it is; `cited` says
    that a text of the brief cites the paragraph.
    """

    number: int
    locator: str
    words: int
    covered: int
    left_out: tuple[str, ...]
    shown: str
    cited: bool = False


@dataclass(frozen=True, slots=True)
class CoveredSeed(_Counted):
    """How much of a seed a briefing quotes; ignored paragraphs do not count."""

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
    cited = _cited_paragraphs(briefing, events)
    seeds = tuple(_seeds(proof, events, cited))
    words, covered = sum(seed.words for seed in seeds), sum(seed.covered for seed in seeds)
    uncited = tuple(
        Uncited(text.name, plain, text.place)
        for text in brief_texts(briefing.brief)
        for plain, citations in text.blocks
        if not citations
    )
    uncited_events = tuple(_uncited_events(briefing, events))
    return Coverage(briefing.name, words, covered, uncited, uncited_events, seeds)


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


def _cited_paragraphs(briefing: Briefing, events: Iterable[str]) -> set[tuple[str, int]]:
    """The paragraphs that the brief or its events cite, each with its seed."""
    texts = chain(
        brief_texts(briefing.brief), *(event_texts(briefing.record.events[key]) for key in events)
    )
    items = (item for text in texts for item in text.citations)
    return {(item.id, number) for item in items for number in item.paragraphs}


def _seeds(
    proof: Proof, events: Iterable[str], cited: Collection[tuple[str, int]]
) -> Iterator[CoveredSeed]:
    quoted: dict[str, list[tuple[int, int]]] = {}
    for proven in (proven for key in events for proven in proof.evidence[key]):
        spans = quoted.setdefault(proven.evidence.seed, [])
        spans += [(piece.start, piece.end) for piece in proven.located.pieces]
    for key in [key for key in proof.seeds if key in quoted]:
        paragraphs = tuple(
            replace(one, cited=(key, one.number) in cited)
            for one in covered_paragraphs(proof.seeds[key], quoted[key])
        )
        words = sum(paragraph.words for paragraph in paragraphs)
        covered = sum(paragraph.covered for paragraph in paragraphs)
        yield CoveredSeed(key, proof.library.short_name(key), words, covered, paragraphs)


def covered_paragraphs(
    seed: SeedText, quoted: Collection[tuple[int, int]], *, touched: bool = False
) -> tuple[CoveredParagraph, ...]:
    """The paragraphs that are the document, with the share that quoted spans of the seed cover.

    With `touched`, only those that a span touches.
    """
    return tuple(
        _covered(paragraph, folded, quoted)
        for paragraph, folded in zip(seed.paragraphs, seed.folded, strict=True)
        if not paragraph.ignored
        and (not touched or any(s < paragraph.end and paragraph.start < e for s, e in quoted))
    )


def _covered(
    paragraph: Paragraph, folded: Folded, quoted: Iterable[tuple[int, int]]
) -> CoveredParagraph:
    text = paragraph.text
    for start, end in quoted:
        first, last = max(start, paragraph.start), min(end, paragraph.end)
        if first < last:
            first, last = first - paragraph.start, last - paragraph.start
            text = f"{text[:first]}{_COVERED * (last - first)}{text[last:]}"
    covered = 0
    for found in _STRETCH.finditer(text):
        start, end = (bisect_left(folded.offsets, offset) for offset in found.span())
        covered += count_words(folded, start, end)
    # Punctuation alone between two quotations does not count as left out.
    rest = [" ".join(s.split()) if any(map(str.isalnum, s)) else "" for s in _STRETCH.split(text)]
    left_out = tuple(filter(None, rest))
    shown = _QUOTED.sub("[…] ", " […] ".join(rest)).strip() if left_out else ""
    words = count_words(folded)
    return CoveredParagraph(paragraph.number, paragraph.locator, words, covered, left_out, shown)

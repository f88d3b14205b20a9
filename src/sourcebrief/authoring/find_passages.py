"""Finding passages in all seeds: those with the same words, with all of them, or with similar ones.

Each passage found is a quotation that is evidence by every rule. The time is bounded: fast searches
choose the paragraphs, and only a few hundred of them are compared letter by letter.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import nlargest
from typing import Final

from sourcebrief.evidence.brackets import one_space
from sourcebrief.evidence.folding import fold_text
from sourcebrief.evidence.misses import likest_stretch
from sourcebrief.evidence.passages import Paragraph, SeedText
from sourcebrief.evidence.quotations import LocatedQuotation, Miss, locate, occurrences
from sourcebrief.text.characters import (
    CONTROL,
    HYPHENS,
    NOT_IN_XML_OR_YAML,
    REPLACEMENT,
    SOFT_HYPHEN,
    VANISHING_CLASS,
)
from sourcebrief.text.phrases import sentence_starts
from sourcebrief.workspace.yaml_writing import scalar

EXACT: Final = 100.0
_LONGEST_WANTED: Final = 1_000
_MOST_SEEDS: Final = 200
_MOST_COMPARED: Final = 300
_LONGEST_COMPARED: Final = 10_000
_MOST_STEMS: Final = 24
_MOST_WORK: Final = 12_000_000
"""The product of the lengths of the texts compared; this much takes about a second."""
_MOST_WORDS: Final = 45
"""A sentence of more words is not offered whole, but only its clauses around the passage."""
_INDENT: Final = " " * 6
"""The indentation of an event's evidence in the scaffolds."""
_STEM: Final = 4

_WORD = re.compile(r"\w+")
_CLAUSE_END = re.compile(r"[,;:)](?=\s)|\s[–—-](?=\s)|(?<=\w)—(?=\w)")
_JOINED = re.compile(rf"(?<=[^\W\d_])[{HYPHENS}{SOFT_HYPHEN}]\s*[\n\r]\s*(?=[^\W\d_])")
_UNQUOTABLE = re.compile(f"{REPLACEMENT}|{CONTROL.pattern}|{NOT_IN_XML_OR_YAML.pattern}")
_VANISHING = re.compile(f"[{VANISHING_CLASS}]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that can be quoted as evidence.

    `likeness` runs from 60 to 100; 100 means that the words are the same after folding.
    `every_word`: the passage has each word, in some form and order. `locator` is how a citation
    names the place.
    """

    seed: str
    quote: str
    paragraph: int
    locator: str
    likeness: float
    start: int
    every_word: bool = False

    @property
    def exact(self) -> bool:
        """Say whether the passage has the words themselves."""
        return self.likeness >= EXACT


def find_passages(words: str, seeds: Mapping[str, SeedText], limit: int) -> list[Hit]:
    """Return the passages nearest to some words, at most `limit`, the nearest first.

    Passages with the words themselves come first, in the order of the seeds, then those with every
    word, then the others, both by likeness. Passages do not overlap, and ignored paragraphs have
    none.
    """
    wanted = " ".join(words.split())[:_LONGEST_WANTED]
    found: list[Hit] = []
    for hit in _candidates(wanted, seeds):
        if len(found) >= limit:
            break
        if not any(_overlap(hit, other) for other in found):
            found.append(hit)
    return found


def _overlap(one: Hit, other: Hit) -> bool:
    if one.seed != other.seed:
        return False
    first, second = sorted((one, other), key=lambda hit: hit.start)
    return second.start < first.start + len(first.quote)


def _candidates(wanted: str, seeds: Mapping[str, SeedText]) -> Iterator[Hit]:
    for key, seed in seeds.items():
        for passage in occurrences(wanted, seed):
            hit = _hit(key, seed, passage.paragraph - 1, passage.start, passage.end, EXACT)
            if hit is not None:
                yield hit
    yield from sorted(_similar(wanted, seeds), key=lambda hit: (not hit.every_word, -hit.likeness))


# --- what is like the words -----------------------------------------------------------------------


def _similar(wanted: str, seeds: Mapping[str, SeedText]) -> Iterator[Hit]:
    folded = fold_text(wanted, seed=True).strip().lower()
    every = list(dict.fromkeys(_stem(word) for word in _WORD.findall(folded)))
    stems = nlargest(_MOST_STEMS, every, key=len)
    if not stems:
        return
    # A word in few seeds says more than one that is in all.
    texts = {key: seed.whole.lower() for key, seed in seeds.items()}
    held = {key: [stem for stem in stems if stem in text] for key, text in texts.items()}
    spread = Counter(stem for found in held.values() for stem in found)
    weights = {s: len(s) * math.log(1 + len(seeds) / (1 + spread[s])) for s in stems}
    best = nlargest(_MOST_SEEDS, held, key=lambda key: sum(weights[stem] for stem in held[key]))
    ranked: list[tuple[float, str, int]] = []
    for key in best:
        for index, paragraph in enumerate(seeds[key].folded):
            text = paragraph.text.lower()
            score = sum(weights[stem] for stem in held[key] if stem in text)
            if score and not seeds[key].paragraphs[index].ignored:
                ranked.append((score, key, index))
    work = 0
    for _, key, index in nlargest(_MOST_COMPARED, ranked, key=lambda one: one[0]):
        text = seeds[key].folded[index].text.lower()[:_LONGEST_COMPARED]
        work += len(folded) * len(text)
        if work > _MOST_WORK:
            return
        stretch = likest_stretch(folded, text) if 2 * len(text) >= len(folded) else None
        if stretch is None:
            continue
        score, *span = stretch
        first, last = seeds[key].folded[index].span(*span)
        start = seeds[key].paragraphs[index].start
        # The case may differ, so this is never as good as the words themselves.
        likeness = min(score, EXACT - 1)
        hit = _hit(key, seeds[key], index, start + first, start + last, likeness)
        if hit is not None:
            text = fold_text(hit.quote, seed=True).lower()
            yield replace(hit, every_word=all(stem in text for stem in every))


def _stem(word: str) -> str:
    """Return the beginning of a word, which its other forms share."""
    return word if len(word) <= _STEM else word[: max(_STEM, len(word) - 3)]


# --- the quotation around it ----------------------------------------------------------------------


def _hit(key: str, seed: SeedText, index: int, start: int, end: int, likeness: float) -> Hit | None:
    """Return the shortest sensible quotation around a passage that is evidence, if there is one.

    `start` and `end` are offsets in the seed.
    """
    paragraph = seed.paragraphs[index]
    if paragraph.ignored:
        return None
    for first, last in _spans(paragraph, start - paragraph.start, end - paragraph.start):
        first, last = _trimmed(paragraph.text, first, last)
        for quote in quotable_forms(paragraph.text[first:last]):
            located = _evidence(quote, seed, paragraph.number)
            # White space and controls before the words are in the span and not in the passage.
            if located and abs(located.pieces[0].start - paragraph.start - first) <= 2:
                at = paragraph.start + first
                return Hit(key, quote, paragraph.number, located.locator, likeness, at)
    return None


def _evidence(quote: str, seed: SeedText, paragraph: int) -> LocatedQuotation | None:
    if unquotable(quote):
        return None
    found: LocatedQuotation | Miss = locate(quote, seed, paragraph)
    return found if isinstance(found, LocatedQuotation) and len(found.pieces) == 1 else None


def unquotable(quote: str) -> str | None:
    """The first character that extraction replaced or that YAML cannot hold, if there is one."""
    found = _UNQUOTABLE.search(quote)
    return found[0] if found else None


def quotable_forms(source: str) -> Iterator[str]:
    """Yield a slice of a seed as a quotation: a word divided at a line's end is written as one."""
    # Before a capital or a digit a hyphen at a line's end stands for a hyphen alone.
    closed = _JOINED.sub(lambda joint: "" if source[joint.end()].islower() else "-", source)
    for form in dict.fromkeys((closed, _JOINED.sub("-", source))):
        yield one_space(_VANISHING.sub("", form)).strip()


def _spans(paragraph: Paragraph, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield spans of a paragraph around a passage, the preferred one first."""
    text = paragraph.text
    start, end = max(start, 0), min(end, len(text))
    edges = [0, *sentence_starts(text), len(text)]
    first = max(edge for edge in edges if edge <= start)
    last = min(edge for edge in edges if edge >= end)
    if len(_WORD.findall(text[first:last])) > _MOST_WORDS:
        clauses = [first, *(f.end() for f in _CLAUSE_END.finditer(text, first, last)), last]
        yield (
            max(edge for edge in clauses if edge <= start),
            min(edge for edge in clauses if edge >= end),
        )
    yield first, last
    # A sentence that is too short, or repeated in the paragraph, takes its neighbours with it.
    while first > 0 or last < len(text):
        if last < len(text):
            last = min(edge for edge in edges if edge > last)
            yield first, last
        if first > 0:
            first = max(edge for edge in edges if edge < first)
            yield first, last


def _trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    """Return a span without white space around its words, and without commas at its end."""
    while first < last and text[first].isspace():
        first += 1
    while last > first and (text[last - 1].isspace() or text[last - 1] in ",;:–—"):
        last -= 1
    return first, last


def passages_as_yaml(hits: Iterable[Hit], titles: Mapping[str, str]) -> str:
    """Write the passages in their order; `titles` gives the title of each seed."""
    return "\n".join(line for hit in hits for line in _lines(hit, titles[hit.seed]))


def _lines(hit: Hit, title: str) -> Iterator[str]:
    alike = "every word" if hit.every_word else f"{hit.likeness:.0f}% alike"
    yield f"{_INDENT}# {title}, {hit.locator}: {'exact' if hit.exact else alike}"
    yield f"{_INDENT}- seed: {hit.seed}"
    yield f"{_INDENT}  quote: {scalar(hit.quote)}"
    yield f"{_INDENT}  paragraph: {hit.paragraph}"

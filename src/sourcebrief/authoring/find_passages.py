"""Finding passages in all seeds: those with the same words, with all of them, or with similar ones.

Each passage found is a quotation that is evidence by every rule. The time is bounded: the index of
words chooses the paragraphs, and only a few hundred of them are compared letter by letter.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import nlargest
from itertools import pairwise
from operator import attrgetter
from typing import Final

from sourcebrief.authoring.quotable_words import MOST_WORDS, is_long, quotation_around
from sourcebrief.authoring.word_index import WordIndex, spaced
from sourcebrief.evidence.folding import Folded, fold_text
from sourcebrief.evidence.misses import likest_stretch
from sourcebrief.evidence.passages import SeedText
from sourcebrief.evidence.quotations import occurrences
from sourcebrief.text.phrases import sentence_starts
from sourcebrief.workspace.yaml_writing import evidence_lines

EXACT: Final = 100.0
_LEAST: Final = 60.0
_FULL: Final = 1.0
_INFLECTED: Final = 0.9
_MISSPELT: Final = 0.8
"""How well a word counts as held, by its form."""
_LEAST_SHARE: Final = 0.6
"""What has this share of the words is offered however unlike it is."""
_LONGEST_WANTED: Final = 1_000
_MOST_COMPARED: Final = 200
_LONGEST_COMPARED: Final = 10_000
_MOST_STEMS: Final = 24
_MOST_ROWS: Final = 20_000
"""A word that stands in more paragraphs does not choose any alone."""
_STEM: Final = 4
"""The letters that a shorter word needs, and a stem, which the other forms of a word share."""

_WORD = re.compile(r"\w+")


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


def find_passages(
    words: str,
    seeds: Mapping[str, SeedText],
    limit: int,
    index: WordIndex | None = None,
    names: Mapping[str, str] | None = None,
) -> list[Hit]:
    """Return the passages nearest to some words, at most `limit`, the nearest first.

    Passages with the words themselves come first, in the order of the seeds, then those with every
    word in full, then the others, by how many of the words they have in some form and by likeness.
    Passages do not overlap, and ignored paragraphs have none. `index` saves the work of making one;
    `names` name the seeds by their content, so that those which it knows need not be read.
    """
    index = WordIndex() if index is None else index
    names = {key: seed.name for key, seed in seeds.items()} if names is None else names
    wanted = " ".join(words.split())[:_LONGEST_WANTED]
    found: list[Hit] = []
    with index.lock:
        index.hold(names, seeds)
        for hit in _candidates(wanted, seeds, index):
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


def _candidates(wanted: str, seeds: Mapping[str, SeedText], index: WordIndex) -> Iterator[Hit]:
    words = list(dict.fromkeys(_words(wanted)))
    if not words:
        return
    yield from _exact(wanted, seeds, index)
    forms = [_Forms(word, index) for word in words]
    every = [f'"{word}"' for word in nlargest(_MOST_STEMS, words, key=len)]
    together = index.standing(f"NEAR({' '.join(every)}, {MOST_WORDS})", index.size) or []
    if len(together) < _MOST_COMPARED:
        together += index.standing(" AND ".join(every), index.size) or []
    compared = list(dict.fromkeys(together))[:_MOST_COMPARED]
    stretches = [_best_stretch(wanted, at, seeds, index, forms) for at in compared]
    yield from _hits((one for one in stretches if one.complete), wanted, seeds, forms)
    known = set(compared)
    others = (at for at in _likely(forms, index) if at not in known)
    stretches += [_best_stretch(wanted, at, seeds, index, forms) for at in others]
    yield from _hits((one for one in stretches if not one.complete), wanted, seeds, forms)


def _exact(wanted: str, seeds: Mapping[str, SeedText], index: WordIndex) -> Iterator[Hit]:
    for position in index.standing(f'"{spaced(wanted).strip()}"', index.size) or ():
        key, number = index.place(position)
        one = seeds[key].paragraphs[number]
        alone = SeedText(one.text, (replace(one, start=0, end=len(one.text)),))
        for passage in occurrences(wanted, alone):
            start, end = one.start + passage.start, one.start + passage.end
            if hit := _hit(key, seeds[key], number, start, end, EXACT):
                yield hit


# --- what is like the words -----------------------------------------------------------------------


def _words(wanted: str) -> Iterator[str]:
    """Yield each word as `spaced` has it; of a run without spaces, each two that are neighbours."""
    for run in _WORD.findall(fold_text(wanted)):
        words = spaced(run).split()
        yield from map(" ".join, pairwise(words)) if len(words) > 1 else words


class _Forms:
    """A wanted word in its forms: in full, with another ending, or as it may be misspelt."""

    def __init__(self, word: str, index: WordIndex) -> None:
        self.size = len(word)
        self._index = index
        self._words = [(_FULL, f" {word} ")]
        if self.size > _STEM and " " not in word:
            stem = word[: max(_STEM, self.size - 3)]
            self._words.append((_INFLECTED, f" {stem}"))
            if not index.stands(f'"{stem}"*'):
                self._words += [(_MISSPELT, f" {term} ") for term in index.like(word)]

    @cached_property
    def rows(self) -> dict[int, float]:
        """The paragraphs with the word and its value there, but for a form that too many have."""
        found = {}
        for value, word in reversed(self._words):
            any_ending = "" if word.endswith(" ") else "*"
            rows = self._index.standing(f'"{word.strip()}"{any_ending}', _MOST_ROWS)
            found.update(dict.fromkeys(rows or (), value))
        return found

    def value(self, text: str) -> float:
        """How well a text, as `spaced` has it, holds the word."""
        return next((value for value, word in self._words if word in text), 0)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Sentences of a paragraph; how many of the words they have, and how well."""

    key: str
    paragraph: int
    start: int
    end: int
    held: float
    likeness: float
    complete: bool


def _likely(forms: Sequence[_Forms], index: WordIndex) -> list[int]:
    """Return the paragraphs that have most of the words, and of those the ones with rare words."""
    sums: dict[int, float] = {}
    for form in nlargest(_MOST_STEMS, forms, key=attrgetter("size")):
        # A word in few paragraphs says more than one that is in all.
        rare = (_FULL - _INFLECTED) * (1 - math.log1p(len(form.rows)) / math.log1p(index.size + 1))
        for position, value in form.rows.items():
            sums[position] = sums.get(position, 0) + value + rare
    return nlargest(_MOST_COMPARED, sorted(sums), key=sums.__getitem__)


def _best_stretch(
    wanted: str,
    position: int,
    seeds: Mapping[str, SeedText],
    index: WordIndex,
    forms: Sequence[_Forms],
) -> _Stretch:
    """Return the sentences of a paragraph that hold the words best, as many as were wanted."""
    key, number = index.place(position)
    text = seeds[key].paragraphs[number].text
    edges = [0, *sentence_starts(text), len(text)]
    size = min(1 + sum(1 for _ in sentence_starts(wanted)), len(edges) - 1)
    values = {
        (start, end): [form.value(inside) for form in forms]
        for start, end in zip(edges, edges[size:], strict=False)
        for inside in (spaced(text[start:end]),)
    }
    span = max(values, key=lambda one: sum(values[one]))
    held = sum(values[span])
    likeness = _likeness(wanted, text[slice(*span)])
    if held >= _LEAST_SHARE * len(forms):
        likeness = max(likeness, _LEAST)
    return _Stretch(key, number, *span, held, likeness, min(values[span]) == _FULL)


def _likeness(wanted: str, text: str) -> float:
    """How alike words and a text are by their letters; 0 where they are hardly alike."""
    one, other = _lower(wanted), _lower(text[:_LONGEST_COMPARED])
    found = likest_stretch(one, other) if 2 * len(other) >= len(one) else None
    # The case may differ, so this is never as good as the words themselves.
    return min(found[0], EXACT - 1) if found else 0


def _lower(text: str) -> str:
    return fold_text(text, seed=True).strip().lower()


def _hits(
    stretches: Iterable[_Stretch],
    wanted: str,
    seeds: Mapping[str, SeedText],
    forms: Sequence[_Forms],
) -> Iterator[Hit]:
    """Yield the quotations around stretches, those first that have most of the words."""
    alike = (one for one in stretches if one.likeness)
    for one in sorted(alike, key=lambda one: (-one.held, -one.likeness)):
        paragraph = seeds[one.key].paragraphs[one.paragraph]
        for start, end in _narrowed(wanted, paragraph.text, one):
            place = paragraph.start + start, paragraph.start + end
            hit = _hit(one.key, seeds[one.key], one.paragraph, *place, one.likeness)
            if hit is None:
                continue
            values = [form.value(spaced(hit.quote)) for form in forms]
            if sum(values) >= one.held:
                yield replace(hit, every_word=all(values))
                break


def _narrowed(wanted: str, text: str, one: _Stretch) -> Iterator[tuple[int, int]]:
    """Yield the part of a long sentence that is most like the words, then all of it."""
    sentence = text[one.start : one.end]
    if is_long(sentence):
        folded = Folded(sentence, seed=True)
        if found := likest_stretch(_lower(wanted), folded.text.lower()):
            first, last = folded.span(*found[1:])
            yield one.start + first, one.start + last
    yield one.start, one.end


def _hit(key: str, seed: SeedText, index: int, start: int, end: int, likeness: float) -> Hit | None:
    found = quotation_around(seed, index, start, end)
    if found is None:
        return None
    at, quote, locator = found
    return Hit(key, quote, seed.paragraphs[index].number, locator, likeness, at)


def passages_as_yaml(hits: Iterable[Hit], titles: Mapping[str, str]) -> str:
    """Write the passages in their order; `titles` gives the title of each seed."""
    return "\n".join(line for hit in hits for line in _lines(hit, titles[hit.seed]))


def _lines(hit: Hit, title: str) -> list[str]:
    alike = "every word" if hit.every_word else f"{hit.likeness:.0f}% alike"
    item = {"seed": hit.seed, "quote": hit.quote, "paragraph": hit.paragraph}
    return evidence_lines(item, f"{title}, {hit.locator}: {'exact' if hit.exact else alike}")

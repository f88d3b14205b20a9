"""The nearest passage to words that do not stand in a seed. It only suggests one for a message.

The time is bounded: paragraphs are ranked by the words that they share with what is looked for, in
one pass over a bounded length of text, and only a few stretches are compared letter by letter.
Only this module and `text/names.py` import rapidfuzz.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import accumulate
from typing import Final

from rapidfuzz.fuzz import partial_ratio_alignment

from sourcebrief.evidence.folding import JOINT, fold_text
from sourcebrief.evidence.passages import Passage, SeedText

_WORD = re.compile(r"\w+")
_LONGEST_WANTED: Final = 1_000
_MOST_READ: Final = 500_000
_COMPARED: Final = 3
_WORDS_AROUND: Final = 4
_LEAST_SCORE: Final = 60.0
_MOST_WORDS_DIFFED: Final = 400


@dataclass(frozen=True, slots=True)
class WordDifference:
    """Words of a seed and of a quotation that stand in each other's place; either may be empty."""

    seed: str
    quotation: str


def nearest_passage(words: str, seed: SeedText) -> Passage | None:
    """Find the passage of a seed that is most like some words, if one is at all."""
    wanted = fold_text(words, seed=True).strip()[:_LONGEST_WANTED]
    if not wanted:
        return None
    best: tuple[float, int, int, int] | None = None
    for _, index, first, last in nlargest(_COMPARED, _stretches(wanted, seed)):
        found = likest_stretch(wanted, seed.folded[index].text[first:last])
        if found is not None and (best is None or found[0] > best[0]):
            best = found[0], index, first + found[1], first + found[2]
    if best is None:
        return None
    _, index, start, end = best
    folded, paragraph = seed.folded[index], seed.paragraphs[index]
    first, last = folded.span(*_whole_words(wanted, folded.text, start, end))
    return Passage(paragraph.number, paragraph.start + first, paragraph.start + last)


def likest_stretch(wanted: str, text: str) -> tuple[float, int, int] | None:
    """The stretch of a text most like some words: score, start and end; both are folded alike.

    The score runs from 0 to 100, as rapidfuzz has it; None where it would be below 60. The time
    grows with the product of the lengths.
    """
    alignment = partial_ratio_alignment(wanted, text, score_cutoff=_LEAST_SCORE)
    if alignment is None:
        return None
    return alignment.score, alignment.dest_start, alignment.dest_end


def _stretches(wanted: str, seed: SeedText) -> Iterator[tuple[int, int, int, int]]:
    """Yield the best stretch of each paragraph: weight of shared words, index, folded span."""
    # Long words say more than short ones, so a word weighs its length.
    weights = {word: len(word) for word in map(str.lower, _WORD.findall(wanted))}
    size = len(_WORD.findall(wanted)) + 2
    margin = len(wanted) // 4 + 16
    read = 0
    for index, folded in enumerate(seed.folded):
        read += len(folded.text)
        if read > _MOST_READ:
            break
        words = list(_WORD.finditer(folded.text))
        if not words:
            continue
        sums = list(accumulate((weights.get(word[0].lower(), 0) for word in words), initial=0))
        count = max(1, len(words) - size + 1)
        ends = [min(start + size, len(words)) for start in range(count)]
        at = max(range(count), key=lambda start: sums[ends[start]] - sums[start])
        first = max(0, words[at].start() - margin)
        last = min(len(folded.text), words[ends[at] - 1].end() + margin)
        yield sums[ends[at]] - sums[at], index, first, last


def _whole_words(wanted: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Widen or narrow a span to whole words, as many before and after those that agree.

    The comparison by letters gives a span as long as what is wanted, where a word that is longer
    or shorter would shift its ends.
    """
    first = text.rfind(" ", 0, start) + 1
    for _ in range(_WORDS_AROUND):
        first = text.rfind(" ", 0, max(0, first - 1)) + 1
    words = list(re.finditer(r"[^ ]+", text[first : end + 40 * _WORDS_AROUND]))
    within = [word for word in words if first + word.start() < end]
    words = words[: len(within) + _WORDS_AROUND]
    ours = wanted.split()
    matcher = SequenceMatcher(None, [word[0] for word in words], ours, autojunk=False)
    blocks = matcher.get_matching_blocks()[:-1]
    if not blocks:
        touched = [word for word in within if first + word.end() > start]
        return first + touched[0].start(), first + touched[-1].end()
    opening, closing = blocks[0], blocks[-1]
    one = max(0, opening.a - opening.b)
    other = closing.a + closing.size + len(ours) - closing.b - closing.size
    return first + words[one].start(), first + words[min(other, len(words)) - 1].end()


def word_differences(words: str, passage: str) -> list[WordDifference]:
    """Where the words of a quotation and of a passage like it differ; none if both are long.

    Words that the passage has more at either end do not differ: they may be left unquoted.
    """
    ours = fold_text(words).split()
    seeds = passage.split()
    folded = [fold_text(word, seed=True).replace(JOINT, "-") for word in seeds]
    if max(len(ours), len(folded)) > _MOST_WORDS_DIFFED:
        return []
    # Punctuation at a passage's ends may be left unquoted as well.
    if folded and ours:
        folded[-1] = folded[-1] if ours[-1] not in folded[-1] else ours[-1]
        folded[0] = folded[0] if ours[0] not in folded[0] else ours[0]
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, folded, ours, autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "delete" and (i == 0 or j == len(folded))):
            continue
        found.append(WordDifference(" ".join(seeds[i:j]), " ".join(ours[k:m])))
    return found

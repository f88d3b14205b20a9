"""The first quotation of a new briefing: passages of a seed that are evidence, the best first."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice, pairwise
from typing import Final

from sourcebrief.evidence.passages import SeedText
from sourcebrief.evidence.quotations import LocatedQuotation, locate
from sourcebrief.text.phrases import sentence_starts

_CLOSING: Final = "\"'”’»)]"
_FEWEST, _MOST = 6, 30
_MOST_OF_A_SEED: Final = 4


def quotable_passages(seed: SeedText) -> Iterator[str]:
    """Yield a few quotations of a seed: whole sentences, then the first words of paragraphs."""
    texts = [paragraph.text for paragraph in seed.paragraphs if not paragraph.ignored]
    beginnings = (" ".join(text.split()[: _MOST // 2]) for text in texts)
    located = (locate(words, seed) for words in chain(_sentences(texts), beginnings))
    evidence = (found for found in located if isinstance(found, LocatedQuotation))
    for found in islice(evidence, _MOST_OF_A_SEED):
        yield found.printed


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for first, last in pairwise((0, *sentence_starts(text), len(text))):
            sentence = text[first:last].rstrip()
            ends = sentence.rstrip(_CLOSING)[-1:] in tuple(".!?…。")  # a heading does not
            if ends and _FEWEST <= len(sentence.split()) <= _MOST:
                yield sentence.removesuffix(".")

"""The first quotation of a new briefing: passages of a seed that are evidence, the best first."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import Final

from sourcebrief.dates.event_date import EventDate
from sourcebrief.evidence.passages import SeedText
from sourcebrief.evidence.quotations import LocatedQuotation, locate
from sourcebrief.text.phrases import sentence_starts

_CLOSING: Final = "\"'”’»)]"
_FEWEST, _MOST = 6, 30
_WIDTH: Final = 88
_MOST_OF_A_SEED: Final = 4
_PLAIN_DATE: Final = re.compile(r"[0-9][0-9X/.~?%-]*")


@dataclass(frozen=True, slots=True)
class QuotablePassage:
    """A passage of a seed that can be quoted, with the date of its document."""

    seed: str
    quote: str
    issued: EventDate

    @property
    def date_in_yaml(self) -> str:
        """The date as a YAML scalar; a set needs quotes."""
        text = self.issued.text
        return text if _PLAIN_DATE.fullmatch(text) else f"'{text}'"

    def folded(self, *, indent: int) -> str:
        """Return the words as lines of a folded block scalar (`>-`), indented after the first."""
        lines = textwrap.wrap(self.quote, _WIDTH, break_long_words=False, break_on_hyphens=False)
        return f"\n{' ' * indent}".join(lines)


def quotable_passages(key: str, seed: SeedText, issued: EventDate) -> Iterator[QuotablePassage]:
    """Yield a few passages of a seed: whole sentences, then the first words of paragraphs."""
    texts = [paragraph.text for paragraph in seed.paragraphs if not paragraph.ignored]
    beginnings = (" ".join(text.split()[: _MOST // 2]) for text in texts)
    located = (locate(words, seed) for words in chain(_sentences(texts), beginnings))
    evidence = (found for found in located if isinstance(found, LocatedQuotation))
    for found in islice(evidence, _MOST_OF_A_SEED):
        yield QuotablePassage(key, found.printed, issued)


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for first, last in pairwise((0, *sentence_starts(text), len(text))):
            sentence = text[first:last].rstrip()
            ends = sentence.rstrip(_CLOSING)[-1:] in tuple(".!?…。")  # a heading does not
            if ends and _FEWEST <= len(sentence.split()) <= _MOST:
                yield sentence.removesuffix(".")

"""A quotation to begin with: sentences of a seed that stand as evidence, the best ones first."""

from __future__ import annotations

import itertools
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sourcebrief.evidence.quotations import LocatedQuotation, locate
from sourcebrief.text.phrases import sentence_starts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from sourcebrief.dates.event_date import EventDate
    from sourcebrief.evidence.passages import SeedText

_CLOSING: Final = "\"'”’»)]"
_FEWEST, _MOST = 6, 30
_WIDTH: Final = 88
_MOST_OF_A_SEED: Final = 4
_PLAIN_DATE: Final = re.compile(r"[0-9][0-9X/.~?%-]*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quotation of a seed that was located, with the date of its document."""

    seed: str
    quote: str
    issued: EventDate

    @property
    def begins(self) -> dt.date | None:
        """The first day that the date can mean."""
        return self.issued.earliest

    @property
    def date_in_yaml(self) -> str:
        """The date as a YAML scalar; a set needs quotes."""
        text = self.issued.text
        return text if _PLAIN_DATE.fullmatch(text) else f"'{text}'"

    def folded(self, *, indent: int) -> str:
        """The words as the lines of a folded block scalar (`>-`), from the second one indented."""
        lines = textwrap.wrap(self.quote, _WIDTH, break_long_words=False, break_on_hyphens=False)
        return f"\n{' ' * indent}".join(lines)


def candidates(key: str, seed: SeedText, issued: EventDate) -> Iterator[Candidate]:
    """Up to a few quotations of a seed: whole sentences, then the first words of paragraphs."""
    given = 0
    for words in (*_sentences(seed), *_beginnings(seed)):
        found = locate(words, seed)
        if isinstance(found, LocatedQuotation):
            yield Candidate(key, found.printed, issued)
            given += 1
        if given == _MOST_OF_A_SEED:
            return


def _paragraphs(seed: SeedText) -> Iterator[str]:
    yield from (item.text for item in seed.paragraphs if not item.ignored)


def _sentences(seed: SeedText) -> Iterator[str]:
    for text in _paragraphs(seed):
        for first, last in itertools.pairwise((0, *sentence_starts(text), len(text))):
            sentence = text[first:last].rstrip()
            ends = sentence.rstrip(_CLOSING)[-1:] in tuple(".!?…。")  # a heading does not
            if ends and _FEWEST <= len(sentence.split()) <= _MOST:
                yield sentence.removesuffix(".")


def _beginnings(seed: SeedText) -> Iterator[str]:
    for text in _paragraphs(seed):
        yield " ".join(text.split()[: _MOST // 2])

"""Evidence by selection: what a quotation of the selected words would be, held to every rule.

What is selected are spans of a seed in code points, as W3C's TextPositionSelector counts them. It
is located by the code of `check`, and what is wrong with it has the words of `check`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from sourcebrief.authoring.quotable_words import quotable_forms, unquotable
from sourcebrief.evidence.brackets import read_brackets
from sourcebrief.evidence.folding import Folded
from sourcebrief.evidence.misses import explain
from sourcebrief.evidence.passages import Paragraph, Passage, SeedText
from sourcebrief.evidence.quotations import (
    LocatedQuotation,
    Miss,
    MissReason,
    locate,
    occurrences,
)
from sourcebrief.evidence.word_boundaries import word_across, word_spans
from sourcebrief.text.characters import VANISHING
from sourcebrief.text.phrases import sentence_starts

Span: TypeAlias = tuple[int, int]
"""`[start, end)` of a seed, in code points."""

ELISION: Final = " [...] "
_MOST_STEPS: Final = 60
"""How many words a selection may grow by: beyond that, naming the paragraph says more."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What selected words would be as evidence.

    `spans` are the pieces without white space at their ends, `paragraph` the number that the
    evidence names. It is evidence where `located` is there; else `fault` says why not, as `check`
    would, with the `reason` of a miss. `warnings` say what its elisions may do to the sense.
    """

    seed: str
    spans: tuple[Span, ...]
    quote: str
    paragraph: int | None = None
    located: LocatedQuotation | None = None
    fault: str = ""
    reason: MissReason | None = None
    warnings: tuple[str, ...] = ()

    def item(self, *, translation: str = "", note: str = "") -> dict[str, Any]:
        """The evidence as the YAML has it, in the order of the manual."""
        values = {
            "seed": self.seed,
            "quote": self.quote,
            "paragraph": self.paragraph,
            "translation": translation.strip(),
            "note": note.strip(),
        }
        return {key: value for key, value in values.items() if value}


def propose(
    key: str, seeds: Mapping[str, SeedText], spans: Iterable[Span], *, paragraph: int | None = None
) -> Proposal:
    """Say what the selected spans of the seed `key` would be as one quotation.

    Spans that touch become one piece; what lies between two pieces is left out by `[...]`.
    `paragraph` names one that decides between repeats.
    """
    seed = seeds[key]
    pieces = tuple(_trimmed_and_merged(seed, spans))
    quote = ELISION.join(_written(seed, piece) for piece in pieces)

    def faulty(words: str, reason: MissReason | None = None) -> Proposal:
        return Proposal(key, pieces, quote, paragraph, fault=words, reason=reason)

    def missed(miss: Miss) -> Proposal:
        return faulty(explain(miss, key, seeds), miss.reason)

    if (character := unquotable(quote)) is not None:
        return faulty(
            f"the words hold U+{ord(character):04X}, which cannot be quoted; leave it out"
        )
    if (cut := _cut(seed, pieces, quote)) is not None:
        return missed(cut)
    found = locate(quote, seed, paragraph)
    if isinstance(found, Miss):
        if found.reason is MissReason.AMBIGUOUS:
            here = _place(seed, pieces[0]).paragraph
            # To name a paragraph that holds the words more than once would decide nothing.
            if [at.paragraph for at in found.places].count(here) > 1:
                found = replace(found, paragraph=here)
        return missed(found)
    if not _is_there(found, pieces):
        # The words stand elsewhere as the brackets say, but not where they were selected.
        places = tuple(_place(seed, piece) for piece in pieces)
        return missed(Miss(MissReason.APART, quote, places=places))
    return Proposal(key, pieces, quote, paragraph, found, warnings=found.turned)


def deciding_paragraph(proposal: Proposal, seeds: Mapping[str, SeedText]) -> int | None:
    """The paragraph that makes evidence of words that stand elsewhere too, where it is named."""
    if proposal.reason is not MissReason.AMBIGUOUS or proposal.paragraph is not None:
        return None
    at = paragraph_at(seeds[proposal.seed], proposal.spans[0][0])
    named = propose(proposal.seed, seeds, proposal.spans, paragraph=at[0].number) if at else None
    return named.paragraph if named and named.located else None


def grown(proposal: Proposal, seeds: Mapping[str, SeedText]) -> tuple[Span, ...] | None:
    """The selection made longer, word by word, until it is evidence; None where that fails.

    Words that were cut become whole ones first.
    """
    seed, found = seeds[proposal.seed], proposal
    for step in range(_MOST_STEPS):
        if found.located is not None:
            return found.spans
        longer = _longer(seed, found, step)
        if longer is None:
            return None
        found = propose(proposal.seed, seeds, longer, paragraph=proposal.paragraph)
    return None


def _longer(seed: SeedText, proposal: Proposal, step: int) -> tuple[Span, ...] | None:
    spans = list(proposal.spans)
    if proposal.reason is MissReason.CUT:
        return tuple(_words_around(seed, span)[2] for span in spans)
    first, last = 0, len(spans) - 1
    if proposal.reason is MissReason.TOO_SHORT:
        read = (read_brackets(_written(seed, span)).pieces for span in spans)
        first = last = next((n for n, p in enumerate(read) if not (p and p[0].is_long_enough)), 0)
    elif proposal.reason is not MissReason.AMBIGUOUS:
        return None
    wider = [(last, _one_word_more(seed, spans[last], forwards=True))]
    wider.insert(step % 2, (first, _one_word_more(seed, spans[first], forwards=False)))
    # A sentence is filled before a neighbouring one is begun.
    for within in (True, False):
        for number, span in wider:
            others = (*spans[:number], *spans[number + 1 :])
            free = span and all(span[1] <= one[0] or one[1] <= span[0] for one in others)
            if span and free and not (within and _begins_sentence(seed, span, spans[number])):
                return (*spans[:number], span, *spans[number + 1 :])
    return None


def _begins_sentence(seed: SeedText, longer: Span, span: Span) -> bool:
    """Whether a span that was made longer reaches into another sentence."""
    at = paragraph_at(seed, longer[0])
    starts = {at[0].start + start for start in sentence_starts(at[0].text)} if at else set()
    return any(longer[0] < s <= span[0] or span[1] <= s < longer[1] for s in starts)


def _trimmed_and_merged(seed: SeedText, spans: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for start, end in sorted(spans):
        start, end = max(0, start), min(end, len(seed.text))
        while start < end and _is_blank(seed.text[start]):
            start += 1
        while end > start and _is_blank(seed.text[end - 1]):
            end -= 1
        if start == end:
            continue
        if last is not None and not seed.text[last[1] : start].strip():
            last = last[0], max(last[1], end)
            continue
        if last is not None:
            yield last
        last = start, end
    if last is not None:
        yield last


def _is_blank(character: str) -> bool:
    return character.isspace() or character in VANISHING


def _written(seed: SeedText, span: Span) -> str:
    """Write a span as a curator would: in one line, a word divided at a line's end as one."""
    forms = list(quotable_forms(seed.text[slice(*span)]))
    return next((form for form in forms if any(occurrences(form, seed))), forms[0])


def paragraph_at(seed: SeedText, offset: int) -> tuple[Paragraph, Folded] | None:
    """The paragraph that an offset of the seed lies in."""
    index = bisect_right(seed.paragraphs, offset, key=lambda one: one.start) - 1
    if index < 0 or offset >= seed.paragraphs[index].end:
        return None
    return seed.paragraphs[index], seed.folded[index]


def _words_around(seed: SeedText, span: Span) -> tuple[list[Span], list[Span], Span]:
    """The words of the paragraphs of a span's ends, and the span from word to word."""
    ends = []
    for offset in (span[0], span[1] - 1):
        at = paragraph_at(seed, offset)
        ends.append([] if at is None else [_in_seed(*at, word) for word in word_spans(at[1])])
    first, last = ends
    before = bisect_right(first, span[0], key=lambda word: word[0]) - 1
    after = bisect_left(last, span[1], key=lambda word: word[1])
    start = first[before][0] if before >= 0 and span[0] < first[before][1] else span[0]
    inside = after < len(last) and last[after][0] < span[1]
    return first, last, (start, last[after][1] if inside else span[1])


def _in_seed(paragraph: Paragraph, folded: Folded, word: Span) -> Span:
    start, end = folded.span(*word)
    return paragraph.start + start, paragraph.start + end


def _one_word_more(seed: SeedText, span: Span, *, forwards: bool) -> Span | None:
    """A span with the next word of its paragraph, or the one before; None where there is none."""
    first, last, (start, end) = _words_around(seed, span)
    if forwards:
        following = [word for word in last if word[0] >= end][:1]
        return (start, following[0][1]) if following else None
    before = [word for word in first if word[1] <= start][-1:]
    return (before[0][0], end) if before else None


def _cut(seed: SeedText, spans: Sequence[Span], quote: str) -> Miss | None:
    """The miss of a selection that begins or ends inside a word, though it may stand elsewhere."""
    for start, end in spans:
        for offset, inner in ((start, start), (end, end - 1)):
            at = paragraph_at(seed, inner)
            if at is None or not at[0].start < offset < at[0].end:
                continue
            paragraph, folded = at
            word = word_across(folded, bisect_left(folded.offsets, offset - paragraph.start))
            if word is not None:
                whole = seed.text[slice(*_in_seed(paragraph, folded, word))]
                piece = _written(seed, (start, end))
                places = (_place(seed, (start, end)),)
                return Miss(
                    MissReason.CUT, quote, piece, word=" ".join(whole.split()), places=places
                )
    return None


def _place(seed: SeedText, span: Span) -> Passage:
    at = paragraph_at(seed, span[0])
    return Passage(at[0].number if at else 0, *span)


def _is_there(found: LocatedQuotation, spans: Sequence[Span]) -> bool:
    """Whether a quotation was found where it was selected; signs that vanish make no difference."""
    return len(found.pieces) == len(spans) and all(
        piece.start <= end and start <= piece.end
        for piece, (start, end) in zip(found.pieces, spans, strict=True)
    )

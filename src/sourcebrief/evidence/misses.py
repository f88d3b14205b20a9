"""Misses in words: what is wrong with a quotation, in one line, with the way out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from sourcebrief.evidence.brackets import MOST_LETTERS, SHORTEST, one_space
from sourcebrief.evidence.folding import fold_text
from sourcebrief.evidence.passages import Passage, SeedText
from sourcebrief.evidence.quotations import LocatedQuotation, Miss, MissReason, locate, occurrences
from sourcebrief.text.phrases import listed

_UNBRACKETED = re.compile(r"\[([^\[\]]*)\]")
_LONGEST_SHOWN: Final = 160
_MOST_SHOWN: Final = 3


def explain(miss: Miss, name: str, seeds: Mapping[str, SeedText]) -> str:
    """Word a miss in the seed called `name`; `seeds` are all seeds, that one among them."""
    seed = seeds[name]
    shown = quoted(miss.piece or miss.quotation)
    place = paragraphs_of(miss.places)
    pieces = paragraphs_of({at.paragraph: at for at in miss.places}.values())
    match miss.reason:
        case MissReason.EMPTY:
            return "the quotation has no words outside brackets; quote the seed's own words"
        case MissReason.TOO_SHORT:
            return (
                f"{shown} is too short to be evidence: a quotation, and each piece of it between "
                f"brackets, needs at least {SHORTEST} characters and two words; quote more"
            )
        case MissReason.CUT:
            return (
                f"{shown} cuts the word {quoted(miss.word)} of {name}, {place}; "
                "begin and end with whole words"
            )
        case MissReason.BRACKET:
            return (
                f"{shown} does not stand in {name} and is not an editorial bracket; those are "
                "[...] and [words] between words, [t]he, agree[d] and [sic], in pairs, never nested"
            )
        case MissReason.BARE_ELLIPSIS:
            return (
                f"bare dots do not stand in {name} at that place; "
                "where words are left out write [...]"
            )
        case MissReason.NOTHING_LEFT_OUT:
            return f"[...] leaves out no word of {name}, {pieces}; delete it, or quote less"
        case MissReason.APART:
            return (
                f"the pieces stand in {name}, {pieces}, but not as the brackets say: [...] reaches "
                "forward to the same or the next paragraph, [words] over at most six words of one; "
                "make them quotations of their own"
            )
        case MissReason.AMBIGUOUS:
            longer = "make it longer"
            if miss.paragraph is None and len({at.paragraph for at in miss.places}) > 1:
                longer += ", or name its `paragraph`"
            return f"the quotation stands more than once in {name}: {place}; {longer}"
        case MissReason.IGNORED:
            return (
                f"the quotation stands in {name} only in {place}, which seeds.yaml ignores because "
                "it is not part of the document; quote the document, or take the paragraph out of "
                "`ignore`"
            )
        case MissReason.WRONG_PARAGRAPH:
            count = len(seed.paragraphs)
            beyond = miss.paragraph is not None and not 1 <= miss.paragraph <= count
            there = f"{name} has {count} paragraphs" if beyond else f"not in ¶ {miss.paragraph}"
            return f"the quotation stands in {name} in {place}, {there}; correct `paragraph`"
        case MissReason.NOT_FOUND:
            return "; ".join(_not_found(miss, name, seeds))


def _not_found(miss: Miss, name: str, seeds: Mapping[str, SeedText]) -> Iterator[str]:
    # Imported here: only a miss needs rapidfuzz.
    from sourcebrief.evidence.nearest_passage import nearest_passage, word_differences

    seed = seeds[name]
    written = miss.piece or miss.quotation
    is_part = written != miss.quotation
    words = fold_text(_UNBRACKETED.sub(r"\1", written) if "[" in written else written)
    yield f"{quoted(written) if is_part else 'the quotation'} does not stand in {name}"
    others = list(islice(_elsewhere(miss, name, seeds), _MOST_SHOWN))
    if others:
        yield f"it stands in {' and in '.join(others)}: correct `seed`"
        return
    if (crossed := _crossing(words, seed)) is not None:
        yield (
            f"its words run from ¶ {crossed} into ¶ {crossed + 1}: quote each paragraph by itself"
        )
        return
    near = nearest_passage(words, seed)
    if near is None:
        yield "nothing there is like it: check the quotation and its `seed`"
        return
    passage = one_space(seed.text[near.start : near.end])
    differing = word_differences(words, passage)
    yield f"nearest is ¶ {near.paragraph}, {quoted(passage)}"
    shown = [_difference(one.seed, one.quotation) for one in differing[:_MOST_SHOWN]]
    if len(differing) > _MOST_SHOWN:
        shown.append(f"{len(differing) - _MOST_SHOWN} more")
    if not shown:
        shown = [
            f"a bracketed ending stands for at most {MOST_LETTERS} letters, and a letter for one"
        ]
    yield f"{', '.join(shown)}: quote the seed's own words"


def _difference(seed: str, quotation: str) -> str:
    if not seed:
        return f"the seed lacks {quoted(quotation)}"
    if not quotation:
        return f"the quotation lacks {quoted(seed)}"
    return f"the seed has {quoted(seed)} for {quoted(quotation)}"


def _elsewhere(miss: Miss, name: str, seeds: Mapping[str, SeedText]) -> Iterator[str]:
    """Yield the other seeds in which the quotation does stand, with its place there."""
    plain = "[" not in miss.quotation
    # Whatever brackets stand for, the words between them must be there: most seeds lack them.
    words = fold_text(max(_UNBRACKETED.split(miss.quotation)[::2], key=len)).strip()
    for other, seed in seeds.items():
        if other == name or next(seed.may_hold_at(words), None) is None:
            continue
        if plain:
            for passage in islice(occurrences(words, seed), 1):
                yield f"{other}, ¶ {passage.paragraph}"
        else:
            found = locate(miss.quotation, seed)
            if isinstance(found, LocatedQuotation):
                yield f"{other}, {found.locator}"


def _crossing(words: str, seed: SeedText) -> int | None:
    """The paragraph from which words run into the next one, if they do."""
    at = seed.whole.replace("\n", " ").find(words)
    if at < 0 or "\n" not in seed.whole[at : at + len(words)]:
        return None
    return seed.whole.count("\n", 0, at) + 1


def paragraphs_of(places: Iterable[Passage]) -> str:
    """List the paragraphs of passages: "¶ 3", "¶ 3 and ¶ 7", "¶ 3 (twice) and ¶ 7"."""
    times = Counter(place.paragraph for place in places)
    return listed(
        f"¶ {number}" + ("" if count == 1 else " (twice)" if count == 2 else f" ({count} times)")
        for number, count in times.items()
    )


def quoted(text: str) -> str:
    """Put words in quotation marks, in one line; leave out the middle of long ones."""
    text = " ".join(text.split())
    if len(text) > _LONGEST_SHOWN:
        half = _LONGEST_SHOWN // 2
        text = f"{text[:half].rsplit(' ', 1)[0]} … {text[-half:].split(' ', 1)[-1]}"
    return f"“{text}”"

"""Misses in words: what is wrong with a quotation, in one line, with the way out.

The nearest passage only suggests one for a message; nothing rests on it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from heapq import nlargest
from itertools import accumulate, islice
from operator import itemgetter
from typing import Final

from sourcebrief.evidence.brackets import FEWEST_CLUSTERS, SHORTEST
from sourcebrief.evidence.folding import fold_text, printed_line
from sourcebrief.evidence.passages import Passage, SeedText
from sourcebrief.evidence.quotations import LocatedQuotation, Miss, MissReason, locate, occurrences
from sourcebrief.text.phrases import listed

_UNBRACKETED = re.compile(r"\[([^\[\]]*)\]")
_QUOTED = re.compile(r"""["'“”„«»‘’‚](.+)["'“”„«»‘’]""")
_LONGEST_SHOWN: Final = 160
_MOST_SHOWN: Final = 3
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


_MESSAGES: Final = {
    MissReason.EMPTY: "the quotation has no words outside brackets; quote the seed's own words",
    MissReason.TOO_SHORT: "{shown} is too short to be evidence: a quotation, and each piece of it "
    f"between brackets, needs at least {SHORTEST} characters and two words, or {FEWEST_CLUSTERS} "
    "characters of a script without spaces; quote more",
    MissReason.CUT: "{shown} cuts the word {word} of {name}, {place}; "
    "begin and end with whole words",
    MissReason.BRACKET: "{shown} does not stand in {name} and is not an editorial bracket; those "
    "are [...] and up to six [words] between words, [t]he, agree[d] and [sic], in pairs, never "
    "nested",
    MissReason.NO_LISTS: "{shown} does not stand in {name}, and as the editor's it would need "
    "lists of words, which {language} has not; in this seed only [...], [t]he and [sic] are the "
    "editor's: leave it out, or use them",
    MissReason.ENDING: "{shown} is not an ending of inflected words in {language}, so it could "
    "turn a word into its opposite; quote the word, or put a whole word in brackets",
    MissReason.ASSERTING: "{shown} asserts {word}, which is not in the words of {name} that it "
    "stands for: brackets explain and hold no number, date, negation or denial of their own; "
    "quote the words that hold it",
    MissReason.BARE_ELLIPSIS: "bare dots do not stand in {name} at that place; "
    "where words are left out write [...]",
    MissReason.NOTHING_LEFT_OUT: "[...] leaves out no word of {name}, {pieces}; {closed}",
    MissReason.APART: "the pieces stand in {name}, {pieces}, but not as the brackets say: [...] "
    "reaches forward to the same or the next paragraph{words}; make them quotations of their own",
    MissReason.AMBIGUOUS: "the quotation stands more than once in {name}: {place}; make it longer",
    MissReason.IGNORED: "the quotation stands in {name} only in {place}, which seeds.yaml ignores "
    "because it is not part of the document; quote the document, or take the paragraph out of "
    "`ignore`",
    MissReason.WRONG_PARAGRAPH: "the quotation stands in {name} in {place}, {elsewhere}; "
    "correct `paragraph`",
}


def explain(miss: Miss, name: str, seeds: Mapping[str, SeedText]) -> str:
    """Word a miss in the seed called `name`; `seeds` are all seeds, that one among them."""
    if miss.reason is MissReason.NOT_FOUND:
        return "; ".join(_not_found(miss, name, seeds))
    if miss.reason is MissReason.TOO_SHORT and miss.piece and not re.search(r"\w", miss.piece):
        return f"{quoted(miss.piece)} holds no word to find in {name}; leave it out beside [...]"
    seed, numbers = seeds[name], {at.paragraph: at for at in miss.places}
    count = len(seed.paragraphs)
    inserted = {*_UNBRACKETED.findall(miss.quotation)} - {"..."}
    beyond = miss.paragraph is not None and not 1 <= miss.paragraph <= count
    message = _MESSAGES[miss.reason].format(
        shown=quoted(miss.piece or miss.quotation),
        word=quoted(miss.word),
        name=name,
        language=seed.language or "a seed without language",
        place=paragraphs_of(miss.places),
        pieces=paragraphs_of(numbers.values()),
        closed="quote each paragraph by itself" if len(numbers) > 1 else "delete it, or quote less",
        words=", [words] over at most six words of one" if inserted else "",
        elsewhere=f"{name} has {count} paragraphs" if beyond else f"not in ¶ {miss.paragraph}",
    )
    once = 1 in Counter(at.paragraph for at in miss.places).values()
    undecided = miss.reason is MissReason.AMBIGUOUS and miss.paragraph is None and len(numbers) > 1
    return f"{message}, or name its `paragraph`" if undecided and once else message


def _not_found(miss: Miss, name: str, seeds: Mapping[str, SeedText]) -> Iterator[str]:
    seed = seeds[name]
    written = miss.piece or miss.quotation
    is_part = written != miss.quotation
    unbracketed = _UNBRACKETED.sub(r"\1", written) if "[" in written else written
    words = fold_text(unbracketed)
    yield f"{quoted(written) if is_part else 'the quotation'} does not stand in {name}"
    others = list(islice(_elsewhere(miss, name, seeds), _MOST_SHOWN))
    if others:
        yield f"it stands in {' and in '.join(others)}: correct `seed`"
        return
    if (marked := _QUOTED.fullmatch(written)) and any(occurrences(marked[1], seed)):
        yield "without the quotation marks around it, it does: leave them out"
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
    passage = printed_line(seed.text[near.start : near.end])
    differing = word_differences(unbracketed, passage)
    yield f"nearest is ¶ {near.paragraph}, {quoted(passage)}"
    shown = [_difference(one.seed, one.quotation) for one in differing[:_MOST_SHOWN]]
    if len(differing) > _MOST_SHOWN:
        shown.append(f"{len(differing) - _MOST_SHOWN} more")
    if not shown:
        ending = "a bracketed ending stands for an ending of inflected words, and a letter for one"
        shown = [ending if "[" in written else "spaces, hyphens or marks differ"]
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


def nearest_passage(words: str, seed: SeedText) -> Passage | None:
    """Find the passage of a seed that is most like some words, if one is at all.

    The time is bounded: paragraphs are ranked by the words that they share with what is looked
    for, in one pass over a bounded length of text, and only a few are compared letter by letter.
    """
    wanted = fold_text(words, seed=True).strip()[:_LONGEST_WANTED]
    best = nlargest(_COMPARED, _stretches(wanted, seed)) if wanted else []
    found = [
        (alike[0], index, first, last)
        for _, index, first, last in best
        if (alike := likest_stretch(wanted, seed.folded[index].text[first:last]))
    ]
    if not found:
        return None
    _, index, first, last = max(found, key=itemgetter(0))
    folded, paragraph = seed.folded[index], seed.paragraphs[index]
    start, end = folded.span(*_whole_words(wanted, folded.text, first, last))
    return Passage(paragraph.number, paragraph.start + start, paragraph.start + end)


def likest_stretch(wanted: str, text: str) -> tuple[float, int, int] | None:
    """The stretch of a text most like some words: score, start and end; both are folded alike.

    The score runs from 0 to 100, as rapidfuzz has it; None where it would be below 60. The time
    grows with the product of the lengths.
    """
    # Imported here: only a miss needs it.
    from rapidfuzz.fuzz import partial_ratio_alignment

    alignment = partial_ratio_alignment(wanted, text, score_cutoff=_LEAST_SCORE)
    if alignment is None:
        return None
    return alignment.score, alignment.dest_start, alignment.dest_end


def _stretches(wanted: str, seed: SeedText) -> Iterator[tuple[int, int, int, int]]:
    """Yield the best stretch of each paragraph: weight of shared words, index, folded span."""
    # Long words say more than short ones, so a word weighs its length.
    weights = {word: len(word) for word in map(str.lower, _WORD.findall(wanted))}
    size = len(_WORD.findall(wanted)) + 2
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
        first = folded.text.rfind(" ", 0, words[max(0, at - _WORDS_AROUND)].start()) + 1
        last = folded.text.find(" ", words[min(ends[at] + _WORDS_AROUND, len(words)) - 1].end())
        yield sums[ends[at]] - sums[at], index, first, last if last >= 0 else len(folded.text)


def _whole_words(wanted: str, text: str, first: int, last: int) -> tuple[int, int]:
    """Narrow a stretch of a text to as many words before and after those that agree.

    The comparison by letters would give a span as long as what is wanted, whose ends a word that
    is longer or shorter would shift.
    """
    words = list(re.compile("[^ ]+").finditer(text, first, last))
    ours = wanted.split()
    matcher = SequenceMatcher(None, [word[0] for word in words], ours, autojunk=False)
    blocks = matcher.get_matching_blocks()[:-1] or [Match(0, 0, 0)]
    one = max(0, blocks[0].a - blocks[0].b)
    rest = len(ours) - blocks[-1].b - blocks[-1].size
    other = min(blocks[-1].a + blocks[-1].size + rest, len(words))
    return words[one].start(), words[other - 1].end()


def word_differences(words: str, passage: str) -> list[WordDifference]:
    """Where the words of a quotation and of a passage like it differ; none if both are long.

    Words that the passage has more at either end do not differ: they may be left unquoted.
    """
    written, seeds = words.split(), passage.split()
    ours = [fold_text(word) for word in written]
    folded = [fold_text(word) for word in seeds]
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
        # White space around a dash, say, may make other words of the same.
        if fold_text(" ".join(seeds[i:j])) == fold_text(" ".join(written[k:m])):
            continue
        found.append(WordDifference(" ".join(seeds[i:j]), " ".join(ours[k:m])))
    return found

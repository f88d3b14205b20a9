"""Folding: the form in which a quotation and a seed are compared.

Typography is folded away and words are not. What is folded, in this order, is fixed by the
project's contract and written out for other implementers in ``docs/evidence.md``:

1. in a seed, a hyphen at a line's end between a letter and a lower-case letter becomes `JOINT`,
   which matches a hyphen or nothing, and the white space after one before a capital or a digit
   vanishes; so does white space inside guillemets, on either side of a dash that parts words, and
   between a number and `%`;
2. invisible controls vanish and the ligatures U+FB00 to U+FB06 become letters;
3. Unicode normalization form C (UAX #15);
4. quotation marks, dashes and the ellipsis take their ASCII forms, two single marks a double one;
5. a run of white space becomes one space.

Folding is idempotent. It works on whole strings at C speed; the offsets of the source are computed
only when they are needed.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from sourcebrief.text.characters import (
    DASHES,
    HYPHENS,
    SOFT_HYPHEN,
    VANISHING,
    VANISHING_CLASS,
    is_mark,
)

JOINT: Final = "\ud800"
"""Stands in a folded seed for a hyphen at a line's end. No UTF-8 text can hold a lone surrogate, so
it cannot be a character of the seed."""
_BETWEEN: Final = "\ud801"
"""Stands between paragraphs that are folded together: another lone surrogate."""

_LIGATURES: Final = ("ff", "fi", "fl", "ffi", "ffl", "st", "st")
_SINGLE_MARKS: Final = (
    "\u2018\u2019\u201a\u201b\u2039\u203a"  # quotation marks, single guillemets
    "\u2032\u2035\u02b9"  # primes
    "\u0060\u00b4\u02ca\u02cb"  # grave and acute accents standing alone
    "\u02bb\u02bc\u02bd\u055a"  # letters that look like, and are typed for, an apostrophe
    "\u275b\u275c\u275f\uff07\uff40"  # ornaments and full-width forms
)
_DOUBLE_MARKS: Final = (
    "\u00ab\u00bb\u201c\u201d\u201e\u201f\u2e42"
    "\u2033\u2036\u02ba\u02dd\u02ee"
    "\u275d\u275e\u2760\u276e\u276f\u301d\u301e\u301f\uff02"
    "\U0001f676\U0001f677\U0001f678"
)
_MARKS: Final = {
    **dict.fromkeys(_SINGLE_MARKS, "'"),
    **dict.fromkeys(_DOUBLE_MARKS, '"'),
    **dict.fromkeys(DASHES[1:], "-"),
}
_LONGER_OR_SHORTER: Final = {
    **{chr(0xFB00 + number): letters for number, letters in enumerate(_LIGATURES)},
    **dict.fromkeys(VANISHING, ""),
    "\u2026": "...",
}
_REPLACEMENTS: Final = _MARKS | _LONGER_OR_SHORTER
_REPLACED: Final = frozenset(_REPLACEMENTS)
_OTHER_SPACE: Final = tuple(c for c in map(chr, range(0x3001)) if c.isspace() and c != " ")
_OTHER_ASCII_SPACE: Final = tuple(filter(str.isascii, _OTHER_SPACE))
_ASCII: Final = bytes(range(0x80))
_FIRST_MARK: Final = "\u0300"
"""Below the first combining mark every character is in normal form and composes with none."""

_RUN_OF_HYPHENS = re.compile("-{2,}")
_LINE_END = re.compile(r"[\r\n]")
_WHITE_SPACE = re.compile(r"\s+")
_LONGEST_JOINT: Final = 8
"""Characters between a letter and the white space after its hyphen, of which most vanish."""
_HYPHENS: Final = frozenset(HYPHENS)
_PARTS_WORDS: Final = frozenset(HYPHENS + SOFT_HYPHEN)
_DASH = re.compile(rf"[{DASHES}](?:[{VANISHING_CLASS}]*[{DASHES}])*")
_MAY_CLOSE_UP = re.compile(
    rf"[{DASHES}{SOFT_HYPHEN}«‹»›%](?:(?<=[{DASHES}])(?:[{VANISHING_CLASS}]*[{DASHES}])+)?"
)
_SPACED_ON_BOTH_SIDES: Final = frozenset(HYPHENS + "\u2212")
"""Dashes that with white space on one side are suspended hyphens (pre- and post-war) or signs."""

# What folds in one piece; any other character folds with the marks that follow it.
_UNCHANGED = re.compile(r"(?:[!-&(-,.-_a-~]| (?=[!-&(-,.-_a-~]))+(?![^\x00-\x7f])")


def _belongs_to_the_one_before(character: str) -> bool:
    """Whether a character vanishes, or normalization may compose it with the one before it."""
    return character in VANISHING or "\u1160" <= character <= "\u11ff" or is_mark(character)


def _edits(source: str, *, seed: bool) -> Iterator[tuple[int, int, str]]:
    """Yield the spans of white space that vanish and, of a seed, those that become joints."""
    for found in _MAY_CLOSE_UP.finditer(source):
        (start, end), sign = found.span(), found[0]
        beside = source[start - 1 : start] + source[end : end + 1]
        if len(beside) == 2 and " " not in beside and beside.isprintable():
            continue  # nothing there vanishes, as beside most hyphens
        left, right = _with_space(source, start, end)
        before, after = source[left - 1 : left] or _BETWEEN, source[right : right + 1] or _BETWEEN
        # The ends of a text count as white space.
        opens = before == _BETWEEN or source[left:start].strip(VANISHING_CLASS) != ""
        closes = after == _BETWEEN or source[end:right].strip(VANISHING_CLASS) != ""
        if sign == "%":
            if before.isdigit():
                yield left, start, ""
        elif sign in "«‹":
            if opens or before in "([{":
                yield end, right, ""
        elif sign in "»›":
            if closes or after in ".,;:!?)]}":
                yield left, start, ""
        elif seed and not opens and sign in _PARTS_WORDS and _LINE_END.search(source, end, right):
            if not _in_word(before):
                continue
            if after.islower():
                yield start, right, JOINT
            elif sign != SOFT_HYPHEN and (after.isupper() or after.isdigit()):
                yield end, right, ""
        elif (
            (opens and closes if sign in _SPACED_ON_BOTH_SIDES else opens or closes)
            and not (before.isdigit() and after.isdigit())
            and {before, after}.isdisjoint(DASHES)
            and sign != SOFT_HYPHEN
        ):
            yield left, start, ""
            yield end, right, ""


def printed_line(words: str) -> str:
    """Words of a seed as they print: white space as one space, and none that folding takes away.

    That is the white space after a hyphen at a line's end, before a capital or a digit.
    """

    def as_space(found: re.Match[str]) -> str:
        start, end = _with_space(words, *found.span())
        after = words[end : end + 1]
        before = words[max(0, start - _LONGEST_JOINT) : start]
        is_word = before[-1:] in _HYPHENS and _in_word(before[:-1].rstrip(VANISHING_CLASS)[-1:])
        ends_line = _LINE_END.search(found[0]) is not None
        return "" if is_word and ends_line and (after.isupper() or after.isdigit()) else " "

    return _WHITE_SPACE.sub(as_space, words)


def _in_word(character: str) -> bool:
    return character.isalpha() or is_mark(character)


def _with_space(source: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span by the white space around it, and what vanishes there."""
    while start and (source[start - 1].isspace() or source[start - 1] in VANISHING):
        start -= 1
    while end < len(source) and (source[end].isspace() or source[end] in VANISHING):
        end += 1
    return start, end


def _parts(source: str, *, seed: bool) -> Iterator[tuple[int, int, str]]:
    """Yield the spans that stay, each with what stands for the white space behind it."""
    done = 0
    for start, end, instead in _edits(source, seed=seed):
        if start >= done:
            yield done, start, instead
        done = max(done, end)
    yield done, len(source), ""


def _closed_up(source: str, *, seed: bool) -> str:
    if not _MAY_CLOSE_UP.search(source):
        return source
    parts = (source[start:end] + instead for start, end, instead in _parts(source, seed=seed))
    return "".join(parts)


def _beyond_ascii(text: str) -> frozenset[str]:
    """The characters of a text that are not ASCII, found at C speed."""
    if text.isascii():
        return frozenset()
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return frozenset(rest.decode("utf-8", "surrogatepass"))


def _replace(text: str, characters: frozenset[str]) -> str:
    for character in characters & _REPLACED:
        text = text.replace(character, _REPLACEMENTS[character])
    return text


def _is_composed(text: str, characters: frozenset[str]) -> bool:
    """Whether normalization form C leaves a text, which has these characters, as it is."""
    rest = characters - _MARKS.keys()
    return not rest or max(rest) < _FIRST_MARK or unicodedata.is_normalized("NFC", text)


def fold_text(source: str, *, seed: bool = False) -> str:
    """Fold a text; with `seed`, hyphens at line ends become `JOINT`."""
    text = _closed_up(source, seed=seed).replace("`", "'")
    if beyond := _beyond_ascii(text):
        text = _replace(text, beyond)
        if not _is_composed(text, beyond - _REPLACED):
            # Normalization turns a few singletons, as U+1FFD, into marks that are folded in turn.
            text = unicodedata.normalize("NFC", text)
            text = _replace(text.replace("`", "'"), _beyond_ascii(text))
    text = text.replace("''", '"')
    if "--" in text:
        text = _RUN_OF_HYPHENS.sub("-", text)
    # No white space but U+0020 is printable. Searches for characters that are not there cost less
    # than one regular expression.
    if not text.isprintable():
        for space in _OTHER_SPACE if beyond else _OTHER_ASCII_SPACE:
            text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _offsets(source: str, text: str) -> Sequence[int]:
    """Find the source offset from which each character of the folded `text` comes.

    The source is folded piece by piece; the text says which white space vanished, and where joints
    and double marks stand.
    """
    offsets = array("Q")
    at, size = 0, len(source)
    while at < size:
        first, done = source[at], len(offsets)
        same = _UNCHANGED.match(source, at)
        if same and text.startswith(same[0], done):
            offsets.extend(range(at, same.end()))
            at = same.end()
            continue
        length, end = 1, at + 1
        if text.startswith(JOINT, done) and first in HYPHENS + SOFT_HYPHEN:
            end = _with_space(source, at, end)[1]
        elif first in VANISHING:
            length = 0
        elif first.isspace():
            length, end = int(text.startswith(" ", done)), _with_space(source, at, end)[1]
        elif found := _DASH.match(source, at):
            end = found.end()
        elif text.startswith('"', done) and fold_text(first) == "'":
            end = _with_space(source, at, end)[1] + 1
        else:
            while end < size and _belongs_to_the_one_before(source[end]):
                if source[end] == SOFT_HYPHEN and text.startswith(
                    JOINT, done + len(fold_text(source[at:end]))
                ):
                    break
                end += 1
            length = len(fold_text(source[at:end]))
        offsets.extend([at] * length)
        at = end
    offsets.append(size)
    return offsets


def squeeze(folded: str) -> str:
    """Drop from a folded text all that a joint may stand for; it keeps what may match alike."""
    return folded.replace("-", "").replace(" ", "").replace(JOINT, "")


class Folded:
    """A folded text that knows the offsets, in code points, of its source."""

    def __init__(self, source: str, text: str | None = None, *, seed: bool = False) -> None:
        self.source = source
        self.seed = seed
        self.text = fold_text(source, seed=seed) if text is None else text

    def __repr__(self) -> str:
        return f"Folded({self.text!r})"

    @cached_property
    def offsets(self) -> Sequence[int]:
        """Where in the source each folded character begins, and at last the source's length.

        The offsets never decrease. The folded characters of one source character share its offset.
        """
        # Apart from a few characters folding only shortens, so equal lengths mean equal places.
        beyond = _beyond_ascii(self.source)
        if beyond.isdisjoint(_LONGER_OR_SHORTER) and _is_composed(self.source, beyond):
            if len(self.text) == len(self.source):
                return range(len(self.source) + 1)
            offsets = array("Q")
            for start, end, instead in _parts(self.source, seed=self.seed):
                offsets.extend(range(start, end + len(instead)))
            if len(offsets) == len(self.text):
                offsets.append(len(self.source))
                return offsets
        return _offsets(self.source, self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of a folded span, without what vanishes at its end."""
        first, last = self.offsets[start], self.offsets[end]
        spaced = self.text[start:end].endswith(" ")
        while last > first and (
            self.source[last - 1] in VANISHING or (self.source[last - 1].isspace() and not spaced)
        ):
            last -= 1
        return first, last

    def origin(self, index: int) -> str:
        """The source characters from which one folded character comes."""
        first, last = self.span(index, index + 1)
        return self.source[first:last]


def fold_paragraphs(sources: Iterable[str]) -> str:
    """Fold the paragraphs of a seed at once, parted by line feeds: far faster than one by one."""
    return fold_text(_BETWEEN.join(sources), seed=True).replace(_BETWEEN, "\n")

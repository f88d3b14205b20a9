"""Folding: the form in which a quotation and a seed are compared.

Typography is folded away and words are not. What is folded, in this order, is fixed by the
project's contract and written out for other implementers in ``docs/evidence.md``:

1. in a seed, a hyphen at a line's end between a letter and a lower-case letter becomes `JOINT`,
   which matches a hyphen or nothing;
2. invisible controls vanish and the ligatures U+FB00 to U+FB06 become letters;
3. Unicode normalization form C (UAX #15);
4. quotation marks, dashes and the ellipsis take their ASCII forms;
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
# A pattern that starts with a literal is found far faster; it serves the many texts without CR.
_LINE_FEED = re.compile(rf"\n[\s{VANISHING_CLASS}]*")
_LINE_END = re.compile(rf"[\r\n][\s{VANISHING_CLASS}]*")

# What folds in one piece; any other character folds with the marks that follow it.
_UNCHANGED = re.compile(r"(?:[!-,.-_a-~]| (?=[!-,.-_a-~]))+(?![^\x00-\x7f])")
_SPACE = re.compile(rf"\s[\s{VANISHING_CLASS}]*")
_DASH = re.compile(rf"[{DASHES}](?:[{VANISHING_CLASS}]*[{DASHES}])*")


def is_mark(character: str) -> bool:
    """Whether a character is a combining mark (general category M)."""
    return character > "\u02ff" and unicodedata.category(character)[0] == "M"


def _belongs_to_the_one_before(character: str) -> bool:
    """Whether a character vanishes, or normalization may compose it with the one before it."""
    return character in VANISHING or "\u1160" <= character <= "\u11ff" or is_mark(character)


def _joints(source: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of hyphens at a line's end between a letter and a lower-case letter.

    A soft hyphen counts there, because it was needed. A span reaches to the next letter.
    """
    if not any(hyphen in source for hyphen in HYPHENS + SOFT_HYPHEN):
        return
    for found in (_LINE_END if "\r" in source else _LINE_FEED).finditer(source):
        if not source[found.end() : found.end() + 1].islower():
            continue
        last = found.start()
        while last and (source[last - 1] in VANISHING or source[last - 1].isspace()):
            last -= 1
        if last and source[last - 1] in HYPHENS:
            start = before = last - 1
        else:
            start, before = source.find(SOFT_HYPHEN, last, found.start()), last
            if start < 0 or any(map(str.isspace, source[last:start])):
                continue
        while before and (source[before - 1] in VANISHING or is_mark(source[before - 1])):
            before -= 1
        if before and source[before - 1].isalpha():
            yield start, found.end()


def _without_joints(source: str) -> str:
    parts: list[str] = []
    done = 0
    for start, end in _joints(source):
        parts += source[done:start], JOINT
        done = end
    return "".join((*parts, source[done:])) if parts else source


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
    text = _without_joints(source) if seed else source
    text = text.replace("`", "'")
    if beyond := _beyond_ascii(text):
        text = _replace(text, beyond)
        if not _is_composed(text, beyond - _REPLACED):
            # Normalization turns a few singletons, as U+1FFD, into marks that are folded in turn.
            text = unicodedata.normalize("NFC", text)
            text = _replace(text.replace("`", "'"), _beyond_ascii(text))
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


def _offsets(source: str, *, seed: bool) -> Sequence[int]:
    """Fold piece by piece; return the source offset from which each folded character comes."""
    joints = dict(_joints(source)) if seed else {}
    offsets = array("Q")
    at, size = 0, len(source)
    while at < size:
        if found := _UNCHANGED.match(source, at):
            end = found.end()  # no joint lies before it, because a hyphen is never unchanged
            offsets.extend(range(at, end))
            at = end
            continue
        if at in joints:
            folded, end = JOINT, joints[at]
        elif source[at] in VANISHING:
            folded, end = "", at + 1
        elif found := _SPACE.match(source, at):
            folded, end = " ", found.end()
        elif found := _DASH.match(source, at):
            folded, end = "-", found.end()
        else:
            end = at + 1
            # A soft hyphen may be a joint; it ends the cluster.
            while end < size and end not in joints and _belongs_to_the_one_before(source[end]):
                end += 1
            folded = fold_text(source[at:end])
        offsets.extend([at] * len(folded))
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
        self.text = fold_text(source, seed=seed) if text is None else text
        self._seed = seed

    def __repr__(self) -> str:
        return f"Folded({self.text!r})"

    @cached_property
    def offsets(self) -> Sequence[int]:
        """Where in the source each folded character begins, and at last the source's length.

        The offsets never decrease. The folded characters of one source character share its offset.
        """
        # Apart from a few characters folding only shortens, so equal lengths mean equal places.
        if len(self.text) == len(self.source):
            beyond = _beyond_ascii(self.source)
            if beyond.isdisjoint(_LONGER_OR_SHORTER) and _is_composed(self.source, beyond):
                return range(len(self.source) + 1)
        return _offsets(self.source, seed=self._seed)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of a folded span, without invisible controls at its end."""
        first, last = self.offsets[start], self.offsets[end]
        while last > first and self.source[last - 1] in VANISHING:
            last -= 1
        return first, last

    def origin(self, index: int) -> str:
        """The source characters from which one folded character comes."""
        first, last = self.span(index, index + 1)
        return self.source[first:last]


def fold_paragraphs(sources: Iterable[str]) -> str:
    """Fold the paragraphs of a seed at once, parted by line feeds: far faster than one by one."""
    return fold_text(_BETWEEN.join(sources), seed=True).replace(_BETWEEN, "\n")

"""Compare how the words of a document look with those of the same document made again.

Each kind of document says for itself what its paragraphs and letters look like.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter
from typing import Final

from sourcebrief.documents.page_words import CALL
from sourcebrief.text.phrases import shorten

Look = dict[str, str]
"""What is said of letters or of a paragraph, by name."""
PICTURE, BREAK = "\ufffc", "\u21b5"
"""What stands in a paragraph for a picture, and for a tab or a break."""
_SHOWN: Final = 40
"""Characters of a text that a message shows."""
_WORDS: Final = "\0"
"""What stands in a message for the words that it is about."""


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """Letters, each with the white space before it, how each looks, and how all of them do."""

    letters: Sequence[str]
    looks: Sequence[Look]
    whole: Look

    @property
    def text(self) -> str:
        """The letters without white space."""
        return "".join(letter[-1] for letter in self.letters)


@dataclass(frozen=True, slots=True)
class Names:
    """What a message calls each property of letters and of paragraphs."""

    letters: Mapping[str, str]
    paragraphs: Mapping[str, str]


def appearance(
    pairs: Iterator[tuple[ShownParagraph, ShownParagraph | None]], names: Names
) -> list[str]:
    """Return what looks otherwise in paragraphs sent and made again."""
    looks: list[str] = []
    for one, other in pairs:
        if other is None:
            looks.append(f"{_quoted(one.letters)} is a paragraph that its evidence makes otherwise")
            continue
        whole = _differing(one.whole, other.whole, names.paragraphs)
        looks += (said.replace(_WORDS, _quoted(one.letters)) for said in whole)
        differing = [
            _differing(sent, made, names.letters)
            for sent, made in zip(one.looks, other.looks, strict=True)
        ]
        for said, group in groupby(zip(differing, one.letters, strict=True), itemgetter(0)):
            quoted = _quoted([letter for _, letter in group])
            looks += (words.replace(_WORDS, quoted) for words in said)
    return list(dict.fromkeys(looks))


def paired(
    sent: Sequence[ShownParagraph], made: Sequence[ShownParagraph]
) -> Iterator[tuple[ShownParagraph, ShownParagraph | None]]:
    """Yield the paragraphs of both that have the same text, and those of either alone."""
    texts, expected = ([one.text for one in each] for each in (sent, made))
    if texts == expected:
        yield from zip(sent, made, strict=True)
        return
    matcher = SequenceMatcher(None, texts, expected, autojunk=False)
    for kind, start, end, at, to in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(sent[start:end], made[at:to], strict=True)
        else:
            yield (sent[start] if start < end else made[at]), None


def _differing(sent: Look, made: Look, names: Mapping[str, str]) -> list[str]:
    """What to say of letters that look otherwise, with a place for them."""
    return [
        f"{_WORDS} is shown otherwise than its evidence makes it: {name}"
        for key in sorted(sent.keys() | made.keys())
        if (name := names.get(key.partition(" ")[0])) and sent.get(key, "") != made.get(key, "")
    ]


def _quoted(letters: Sequence[str]) -> str:
    words = "".join(letter for letter in letters if letter[-1] not in (PICTURE, CALL, BREAK))
    return f"“{shorten(words.strip(), _SHOWN)}”" if words else "a picture, a call or a break"

"""Passages: the text of a seed and its paragraphs.

Offsets count Unicode code points of the decoded text, a byte order mark dropped, as the W3C Web
Annotation TextPositionSelector counts them.
"""

import codecs
import hashlib
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from sourcebrief.evidence.folding import JOINT, Folded, fold_paragraphs, squeeze
from sourcebrief.evidence.word_boundaries import count_words
from sourcebrief.text.characters import BLANK_LINE

PAGE_BREAK = "\f"

_BLANK_LINE = re.compile(BLANK_LINE)
_LINE_END = re.compile(r"[\r\n]\s*")


class NotUTF8(ValueError):  # noqa: N818 - it names what the bytes are
    """Bytes that are not UTF-8; `offset` is that of the first wrong byte, counted from 0."""

    def __init__(self, offset: int, reason: str = "") -> None:
        self.offset = offset
        super().__init__(f"not UTF-8 at byte {offset}{reason}; save the file as UTF-8")


def decode_seed(data: bytes) -> str:
    """Decode the bytes of a seed, dropping a byte order mark; raise `NotUTF8`."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise NotUTF8(0, " (it begins with the byte order mark of UTF-16)")
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        dropped = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
        raise NotUTF8(error.start + dropped) from error


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a seed: `text` is `[start, end)` of the seed, without outer white space.

    `number` and `page` count from 1; `page` is that of its first character, None in a seed
    without page breaks (U+000C). An `ignored` one is not part of the document.
    """

    number: int
    start: int
    end: int
    text: str
    page: int | None = None
    ignored: bool = False

    @property
    def locator(self) -> str:
        """Where the paragraph stands, as it is cited: "¶ 12" or "p. 4, ¶ 12"."""
        return locator(self.number, self.page)


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a seed: a paragraph's number and code-point offsets in the seed."""

    paragraph: int
    start: int
    end: int


def locator(paragraph: int, page: int | None = None, last: int | None = None) -> str:
    """Word the place of a passage that begins in a paragraph and may end in a `last` other."""
    numbers = f"¶ {paragraph}" if last in (None, paragraph) else f"¶¶ {paragraph}–{last}"
    return numbers if page is None else f"p. {page}, {numbers}"


@dataclass(frozen=True)
class SeedText:
    """The decoded text of a seed and its paragraphs, folded when first asked.

    `language` (BCP 47) says which lists of words the editor's brackets are held against.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    language: str | None = None

    @cached_property
    def name(self) -> str:
        """A name that only a seed with this text and these ignored paragraphs has."""
        ignored = sorted(one.number for one in self.paragraphs if one.ignored)
        return seed_name(hashlib.sha256(self.text.encode()).hexdigest(), ignored)

    @cached_property
    def whole(self) -> str:
        """All folded paragraphs in one string, parted by line feeds."""
        return fold_paragraphs(paragraph.text for paragraph in self.paragraphs)

    @cached_property
    def folded(self) -> tuple[Folded, ...]:
        """The folded paragraphs, in order."""
        texts = self.whole.split("\n")
        pairs = zip(self.paragraphs, texts, strict=False)  # the whole of no paragraphs is one text
        return tuple(Folded(paragraph.text, text, seed=True) for paragraph, text in pairs)

    @cached_property
    def _searched(self) -> tuple[str, list[int], bool]:
        """What quick searches go over, where each paragraph begins in it, whether it is squeezed.

        It is squeezed where a word is parted at a line's end somewhere.
        """
        squeezed = JOINT in self.whole
        text = squeeze(self.whole) if squeezed else self.whole
        sizes = (len(paragraph) + 1 for paragraph in text.split("\n"))
        return text, list(accumulate(sizes, initial=0)), squeezed

    @cached_property
    def word_counts(self) -> tuple[int, ...]:
        """How many words each paragraph has, in order."""
        return tuple(map(count_words, self.folded))

    def may_hold_at(self, folded: str) -> Iterator[int]:
        """Yield the indexes of the paragraphs in which folded words can stand, at C speed."""
        text, starts, squeezed = self._searched
        wanted = squeeze(folded) if squeezed else folded
        at = text.find(wanted)
        while 0 <= at < starts[-1]:
            index = bisect_right(starts, at) - 1
            yield index
            at = text.find(wanted, starts[index + 1])

    def page_at(self, offset: int) -> int | None:
        """The page, from 1, on which an offset lies; None in a seed without page breaks."""
        if PAGE_BREAK not in self.text:
            return None
        return self.text.count(PAGE_BREAK, 0, offset) + 1


def seed_name(sha256: str, ignore: Collection[int]) -> str:
    """Name a seed by the digest of its text and the paragraphs that are ignored."""
    return f"{sha256} {sorted(set(ignore))}"


def _blocks(text: str) -> list[tuple[int, int]]:
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    if first >= last:
        return []
    breaks = [found.span() for found in _BLANK_LINE.finditer(text, first, last)]
    breaks = breaks or [found.span() for found in _LINE_END.finditer(text, first, last)]
    starts = [first, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), last]
    return list(zip(starts, ends, strict=True))


def read_seed(text: str, ignore: Collection[int] = (), language: str | None = None) -> SeedText:
    """Divide the decoded text of a seed into paragraphs.

    They are the blocks between blank lines; in a text with no blank line between two others,
    each line that is not blank. `ignore` holds the numbers of those that are not the document.
    """
    pages = [found.start() for found in re.finditer(PAGE_BREAK, text)]
    paragraphs = []
    for number, (start, end) in enumerate(_blocks(text), 1):
        content, ignored = text[start:end].rstrip(), number in ignore
        page = bisect_right(pages, start) + 1 if pages else None
        paragraphs.append(Paragraph(number, start, start + len(content), content, page, ignored))
    return SeedText(text, tuple(paragraphs), language)

"""PDF: lines become paragraphs, in reading order, without running heads and page numbers.

The positions of lines make them paragraphs: a gap, another size of type or an indented line begins
one. Notes at the foot of a page are paragraphs of their own, so that a sentence over the end of a
page can be quoted. Page breaks are kept. Words divided at a line's end stay divided, since a
quotation may join them; lines of Chinese and Japanese are joined, since nothing parts their words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, pairwise, takewhile
from statistics import median
from typing import Final

from sourcebrief.authoring.importing.extraction import (
    DamagedDocument,
    Extraction,
    ScannedDocument,
    is_foreign_title,
    one_line,
    text_of_pages,
)
from sourcebrief.authoring.importing.page_cleaning import counted_words
from sourcebrief.authoring.importing.page_order import foot_of, reading_order, running_lines
from sourcebrief.authoring.importing.pdf_metadata import open_pdf
from sourcebrief.authoring.importing.pdf_pages import Line, Page, pages_of
from sourcebrief.authoring.importing.raised_text import note_mark_remark
from sourcebrief.text.characters import REPLACEMENT
from sourcebrief.text.phrases import count_of, listed_up_to

_GAP: Final = 1.3
"""A distance so many times the usual one separates paragraphs."""
_LOOSE: Final = 1.8
_SOLID: Final = 1.25
"""The distance of lines, in sizes of type, where there are too few to measure."""
_FEWEST_DISTANCES: Final = 3
_CELL: Final = "\t"
_FULL: Final = 0.7
_SAME_LINE: Final = 0.45
_SIZE: Final = 1.12
_SIZE_WITHIN: Final = 1.4
_INDENT: Final = 0.9
_MOST_NAMED: Final = 5
_MOST_TITLE_LINES: Final = 4
_REPAIRED: Final = "it is damaged, and was read as repaired: compare the text with what you see"
_NOTE_SIZE: Final = 0.94
"""Notes are smaller than the text by at least so much."""
_ENDS_SENTENCE = re.compile(r"""[.!?:;…。！？؟।]['"”’»)\]」』]*$""")
_BEGINS_NOTE = re.compile(r"[\[(]?[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}[\])]?[\s.]|[*†‡§]|[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_OPENING: Final = "(“‘«„"
_LISTED = re.compile(r"[(]?\w{1,3}[.)\]]")
_UNSPACED = r"[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]"
_NO_LINE_END = re.compile(rf"(?<={_UNSPACED})\n(?={_UNSPACED})|(?<=[0-9]-)\n(?=[0-9])")
"""Line ends that part no words: of Chinese and Japanese, and within a number (2023-0379)."""
_BROKEN_SCRIPTS = re.compile(r"[\u0600-\u07bf\u0900-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Arabic, those of India, Thai, Lao, Burmese and Khmer."""
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_ODD: Final = 0.2
"""The share of odd words from which a page's text is doubtful."""
_FEWEST_WORDS: Final = 30
_WORDS_OF_ONE_LETTER: Final = "aeiouyàéóвиксуоя"


@dataclass(frozen=True, slots=True)
class _PageText:
    """The paragraphs of a page, those of its notes, and its first and last line of text."""

    body: list[str]
    notes: list[str]
    first: Line | None
    last: Line | None
    full: float


def read_pdf(data: bytes) -> Extraction:
    """Read a PDF.

    Raises UnreadableDocument where it is encrypted or broken, ScannedDocument where it is a scan.
    """
    repaired = False
    try:
        plain, metadata = open_pdf(data)
        pages = list(pages_of(plain))
    except DamagedDocument:
        repaired = True
        plain, metadata = open_pdf(data, repair=True)
        pages = list(pages_of(plain))
    empty = [number for number, page in enumerate(pages, 1) if not page.lines]
    if len(empty) == len(pages):
        raise ScannedDocument("it holds no text, only pictures: a scan")
    running = running_lines(pages)
    texts = [_page_text(page, running[number], pages) for number, page in enumerate(pages)]
    paragraphs, continued = _in_order(texts)
    text = text_of_pages(paragraphs, continued)
    return Extraction(
        text,
        metadata,
        title_doubtful=is_foreign_title(metadata.title, text),
        title_proposed=_largest(next(page.lines for page in pages if page.lines)),
        remarks=(
            *([_REPAIRED] if repaired else []),
            *_remarks(text, pages, paragraphs, running),
        ),
        recognised=sum(page.invisible for page in pages) * 2 > len(pages),
    )


def _in_order(texts: Sequence[_PageText]) -> tuple[list[list[str]], frozenset[int]]:
    """Return the paragraphs by page, and which pages begin with the rest of the one before."""
    continued = {
        number
        for number, (before, page) in enumerate(pairwise(texts), 1)
        if before.last and page.first and _goes_on(before.last, page.first, before.full)
    }
    ordered: list[list[str]] = []
    for number, page in enumerate(texts):
        cut = len(page.body) - 1 if number + 1 in continued else len(page.body)
        # A paragraph that goes on overleaf stands last, and the notes before it.
        ordered.append([*page.body[:cut], *page.notes, *page.body[cut:]])
    return ordered, frozenset(continued)


def _page_text(page: Page, running: frozenset[int], pages: Sequence[Page]) -> _PageText:
    lines = [line for index, line in enumerate(page.lines) if index not in running]
    margin = _in_margin(lines)
    lines = [line for line in lines if line not in margin]
    ordered = reading_order(lines)
    foot = foot_of(ordered, page.height)
    text = [line for line in ordered if line not in foot]
    body, notes = _without_notes(text, _body_size(pages))
    widest = max((line.right for line in body), default=0.0)
    return _PageText(
        _paragraphs(body),
        [*_paragraphs(notes), *_paragraphs(foot), *(line.text for line in margin)],
        body[0] if body else None,
        body[-1] if body else None,
        widest,
    )


def _in_margin(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that stand upright beside the text, as the stamp of an archive does."""
    level = [line for line in lines if not line.turned]
    if 2 * len(level) < len(lines):  # the page is turned
        return []
    left = min((line.left for line in level), default=0.0)
    right = max((line.right for line in level), default=0.0)
    return [line for line in lines if line.turned and (line.right < left or line.left > right)]


def _body_size(pages: Sequence[Page]) -> float:
    """Return the size of type that most of the text has."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _without_notes(lines: Sequence[Line], size: float) -> tuple[list[Line], list[Line]]:
    """Part the text of a page from the notes at the foot of its columns."""
    small = [line.size < _NOTE_SIZE * size for line in lines]
    notes: set[int] = set()
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and small[end] == small[start]:
            end += 1
        block = lines[start:end]
        if small[start] and _BEGINS_NOTE.match(block[0].text) and _is_at_foot(block, lines, small):
            notes.update(range(start, end))
        start = end
    body = [line for index, line in enumerate(lines) if index not in notes]
    return body, [lines[index] for index in sorted(notes)]


def _is_at_foot(block: Sequence[Line], lines: Sequence[Line], small: Sequence[bool]) -> bool:
    """Say whether nothing of the text's size stands below a block in its column."""
    low = min(line.y for line in block)
    left, right = min(line.left for line in block), max(line.right for line in block)
    return not any(
        line.y < low and line.left < right and line.right > left
        for line, is_small in zip(lines, small, strict=True)
        if not is_small
    )


def _remarks(
    text: str,
    pages: Sequence[Page],
    paragraphs: Sequence[Sequence[str]],
    running: Sequence[frozenset[int]],
) -> Iterator[str]:
    if empty := [number for number, page in enumerate(pages, 1) if not page.lines]:
        yield f"{_named(empty)} {'holds' if len(empty) == 1 else 'hold'} no text"
    left_out = [
        pages[number].lines[index].text for number, found in enumerate(running) for index in found
    ]
    if left_out:
        example = max(left_out, key=len)[:60]
        yield f"{count_of(len(left_out), 'running line')} left out, such as “{example}”"
    if outside := " ".join(page.outside for page in pages if page.outside.strip()):
        what = counted_words(outside, "word")
        yield f"left out, since it lies beyond the edges of its page: {what}"
    if notes := sum(line.notes for page in pages for line in page.lines):
        yield note_mark_remark(notes)
    if doubtful := [number for number, page in enumerate(paragraphs, 1) if _is_doubtful(page)]:
        yield f"{_named(doubtful)} may be garbled: compare the text with the original"
    if _BROKEN_SCRIPTS.search(text):
        yield "letters of its script are often lost or doubled in a PDF: compare what you quote"
    if signs := len(_PRIVATE.findall(text)):
        has = "has" if signs == 1 else "have"
        yield f"{count_of(signs, 'sign')} of symbol fonts {has} no meaning outside the PDF"
    if unknown := text.count(REPLACEMENT):
        has = "has" if unknown == 1 else "have"
        yield f"{count_of(unknown, 'character')} {has} no text in the PDF, shown as {REPLACEMENT}"


def _named(numbers: Sequence[int]) -> str:
    pages = "page" if len(numbers) == 1 else "pages"
    return f"{pages} {listed_up_to(map(str, numbers), _MOST_NAMED)}"


def _is_doubtful(paragraphs: Sequence[str]) -> bool:
    """Say whether many words of a page are single letters or hold characters without meaning."""
    words = [word for text in paragraphs for word in text.split() if any(map(str.isalpha, word))]
    words = [word for word in words if not re.search(_UNSPACED, word)]
    return len(words) >= _FEWEST_WORDS and sum(map(_is_odd, words)) > _ODD * len(words)


def _is_odd(word: str) -> bool:
    single = len(word) == 1 and word.lower() not in _WORDS_OF_ONE_LETTER
    return single or any(
        letter == REPLACEMENT or unicodedata.category(letter) in {"Co", "Cn"} for letter in word
    )


# --- paragraphs -----------------------------------------------------------------------------------


def _paragraphs(lines: Sequence[Line]) -> list[str]:
    """Join lines to paragraphs and keep their line ends."""
    distances = _distances(lines)
    # A head over both columns is no measure of their lines.
    lengths = sorted(len(line.text) for line in lines)
    full = _FULL * lengths[-1 - len(lines) // 5] if lines else 0
    paragraphs: list[list[str]] = []
    for number, line in enumerate(lines):
        before = lines[number - 1]
        if number and _same_line(before, line):
            paragraphs[-1][-1] += f"{_CELL}{line.text}"
        elif number and not _begins(before, line, distances[round(line.size)], full):
            paragraphs[-1].append(line.text)
        else:
            paragraphs.append([line.text])
    return [_joined(paragraph) for paragraph in paragraphs]


def _joined(lines: Sequence[str]) -> str:
    """Join lines; rows of a table stay apart, also where nothing parts words."""
    if not any(_CELL in line for line in lines):
        return _NO_LINE_END.sub("", "\n".join(lines))
    full = _FULL * max(map(len, lines))
    text = lines[0]
    for before, line in pairwise(lines):
        wraps = len(before) >= full and _CELL not in line
        end = "" if wraps and _NO_LINE_END.search(f"{before[-1]}\n{line[0]}") else "\n"
        text += end + line
    return text.replace(_CELL, " ")


def _same_line(last: Line, line: Line) -> bool:
    """Say whether a line is part of the one before: the next cell of a table's row."""
    height = _SAME_LINE * max(line.size, last.size, 1.0)
    return abs(last.y - line.y) < height and (line.left >= last.right or line.right <= last.left)


def _distances(lines: Sequence[Line]) -> dict[int, float]:
    """Measure the distance of lines in paragraphs, by size of type in whole points."""
    steps: dict[int, list[float]] = {round(line.size): [] for line in lines}
    for before, line in pairwise(lines):
        step = before.y - line.y
        if round(before.size) == round(line.size) and 0.8 * line.size < step < 3 * line.size:
            steps[round(line.size)].append(step)
    return {size: _usual(size, sorted(near)) for size, near in steps.items()}


def _usual(size: int, near: Sequence[float]) -> float:
    if len(near) < _FEWEST_DISTANCES:
        return _SOLID * max(size, 1)
    # Where most paragraphs have one line, the middle distance is that between paragraphs.
    low = near[len(near) // 5]
    return median(step for step in near if step < 1.25 * low)


def _begins(before: Line, line: Line, usual: float, full: float) -> bool:
    """Say whether a line begins a paragraph; a `full` line has at least so many characters."""
    step = before.y - line.y
    if step < -0.5 * line.size or step > 6 * usual:
        # Another column, or another part of the page.
        return not _goes_on(before, line, before.right)
    sizes = sorted((before.size, line.size))
    going_on = len(before.text) >= full and not _ENDS_SENTENCE.search(before.text)
    # Small capitals in the middle of a sentence do not end a paragraph.
    limit = _SIZE_WITHIN if going_on and step < _GAP * usual else _SIZE
    if sizes[0] > 0 and sizes[1] / sizes[0] > limit:
        return True
    if step > _GAP * usual:
        # In a passage set wider than the rest, a full line without a sentence end continues.
        loose = step < _LOOSE * usual and abs(line.left - before.left) < 0.5 * line.size
        return not (loose and going_on and (_is_prose(line.text) or _is_caseless(line.text)))
    indented = _INDENT * line.size < line.left - before.left < 6 * line.size
    return indented and bool(_ENDS_SENTENCE.search(before.text))


def _goes_on(before: Line, after: Line, full: float) -> bool:
    """Say whether a paragraph goes on from the end of a column or page to the next.

    `full` is the right edge of a full line. Where letters have no case, or a name begins the next
    line, a full line without a sentence's end goes on.
    """
    if _ENDS_SENTENCE.search(before.text) or abs(before.size - after.size) > 0.5:
        return False
    starts, ends = after.text[:1], before.text[-1:]
    if starts.islower() or ends in {",", "-"}:
        return True
    joins = starts.isalpha() and (_is_caseless(after.text) or ends.islower())
    if not joins and ends.isalnum() and (starts.isalnum() or starts in _OPENING):
        # A number stands before or after the break, as in “on 1”; in rows of a table it does too.
        joins = _is_prose(before.text) and _is_prose(after.text) and not _LISTED.match(after.text)
    return joins and before.right > full - 2 * before.size


def _is_prose(text: str) -> bool:
    """Say whether words are a line of a sentence: several, and mostly without a capital."""
    words = text.split()
    return len(words) > 2 and sum(word[0].islower() for word in words) * 2 >= len(words)


def _is_caseless(text: str) -> bool:
    first = next((letter for letter in text if letter.isalpha()), "")
    return bool(first) and first.lower() == first.upper()


def _largest(lines: Sequence[Line]) -> str | None:
    """Return the first few lines in the largest type of a page, which may be its title."""
    worded = [line for line in lines if 3 * sum(map(str.isalpha, line.text)) > len(line.text)]
    least = 0.97 * max((line.size for line in worded), default=0.0)
    large = dropwhile(lambda line: line.size <= least, worded)
    chosen = [line.text for line in takewhile(lambda line: line.size > least, large)]
    return one_line(" ".join(chosen)) if len(chosen) <= _MOST_TITLE_LINES else None

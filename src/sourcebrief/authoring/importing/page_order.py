"""The order in which the lines of a PDF's page are read, and which of them only frame it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from sourcebrief.authoring.importing.pdf_pages import Line, Page

_EDGE: Final = 0.12
"""Running heads and feet stand in this share of a page's height, above and below."""
_SAME_HEIGHT: Final = 4.0
_ROWS: Final = 2
"""So many rows at the head of a page, and at its foot, may be running heads and feet."""
_COUNT = re.compile(r"(?<![0-9])(?<![0-9][.,])[0-9]{1,5}(?![.,]?[0-9])")
"""A number that may be that of a page; an amount has parts."""
_PAGE_NUMBER = re.compile(r"(?i)[-–—|\s]*(?:#|[ivxl]{1,6})[-–—|\s]*")
_ALONE: Final = 3.0
"""The distance that sets a page number apart, in sizes of type."""
_APART: Final = 1.8
"""The distance that parts a foot from the text above it, in sizes of type."""
_SMALLER: Final = 0.94
_FEWEST_LINES: Final = 5
_INTERLEAVED: Final = 0.25
_CROSSING: Final = 0.15
_SIDE: Final = 0.25
_WIDE: Final = 0.6
_PROSE: Final = 18
"""Characters that lines of prose have at least, on average."""


def running_lines(pages: Sequence[Page]) -> list[frozenset[int]]:
    """Return, for each page, the numbers of its lines that are running heads, feet or page numbers.

    Such a line recurs at its height on a page nearby, its page number apart, and frames others.
    """
    edges = [dict(_edge(page)) for page in pages]
    found: list[frozenset[int]] = []
    for number, edge in enumerate(edges):
        near = [
            (step, height, text)
            for step in (-2, -1, 1, 2)
            if 0 <= number + step < len(pages)
            for height, text in edges[number + step].values()
        ]
        recurring = {
            index
            for index, (y, words) in edge.items()
            if any(
                abs(y - height) < _SAME_HEIGHT and _recurs(words, text, step)
                for step, height, text in near
            )
        }
        running = recurring | set(_page_numbers(pages[number], edge))
        # A row of a table may hold a word that recurs, beside amounts that do not.
        rows = [round(edge[index][0] / _SAME_HEIGHT) for index in edge.keys() - running]
        found.append(frozenset(n for n in running if round(edge[n][0] / _SAME_HEIGHT) not in rows))
    left = sum(len(page.lines) for page in pages) - sum(map(len, found))
    return found if left else [frozenset()] * len(pages)


def _edge(page: Page) -> Iterator[tuple[int, tuple[float, str]]]:
    """Yield the outermost lines of a page by number: their height, and their words.

    What stands further in recurs too, such as the heads of a table, and is text.
    """
    rows = sorted({round(line.y / _SAME_HEIGHT) for line in page.lines})
    outermost = {*rows[:_ROWS], *rows[-_ROWS:]}
    for index, line in enumerate(page.lines):
        at_edge = not _EDGE * page.height < line.y < (1 - _EDGE) * page.height
        if at_edge and round(line.y / _SAME_HEIGHT) in outermost:
            yield index, (line.y, line.text)


def _recurs(words: str, text: str, step: int) -> bool:
    """Say whether a line is that of a page so many pages on; a table's amounts are not."""
    if any(map(str.isalpha, words)):
        return _COUNT.sub("#", words) == _COUNT.sub("#", text)
    one, other = _COUNT.findall(words), _COUNT.findall(text)
    return words == text or (len(one) == len(other) == 1 and int(one[0]) + step == int(other[0]))


def _page_numbers(page: Page, edge: Mapping[int, tuple[float, str]]) -> Iterator[int]:
    """Yield the lines that are a page number: by itself, the first or last, far from the others."""
    for index, (y, words) in edge.items():
        others = [line.y - y for number, line in enumerate(page.lines) if number != index]
        apart = _ALONE * page.lines[index].size
        if _PAGE_NUMBER.fullmatch(_COUNT.sub("#", words)) and (
            all(other > apart for other in others) or all(other < -apart for other in others)
        ):
            yield index


def reading_order(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page in the order in which they are read.

    That is the order in which they are drawn, unless it goes to and fro between columns. Lines over
    the whole width, as a head or foot, say nothing of that.
    """
    wide = _WIDE * _width(lines)
    narrow = [line for line in lines if line.right - line.left < wide]
    jumps = sum(
        abs(before.y - line.y) < line.size and line.left > before.right
        for before, line in pairwise(narrow)
    )
    if jumps < _INTERLEAVED * len(narrow) or (gutter := _gutter(narrow)) is None:
        return list(lines)
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if line.left < gutter < line.right:
            ordered += [*reading_order(left), *reading_order(right), line]
            left, right = [], []
        else:
            (left if line.right <= gutter else right).append(line)
    return [*ordered, *reading_order(left), *reading_order(right)]


def foot_of(ordered: Sequence[Line], height: float) -> list[Line]:
    """Return the lines at the foot of a page that are no part of its text, however they are drawn.

    They stand apart from it, in smaller type, or under columns of which another one follows them.
    """
    rows = sorted(ordered, key=lambda line: line.y)
    for number, (line, above) in enumerate(pairwise(rows), 1):
        if line.y > _EDGE * height:
            break
        if above.y - line.y > _APART * line.size:
            found = [one for one in ordered if one.y <= line.y]
            under = list(ordered[-number:]) != found and _width(found) > _WIDE * _width(ordered)
            return found if under or line.size < _SMALLER * above.size else []
    return []


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return where two columns of prose part; None where there are none, as in a table."""
    if len(lines) < 2 * _FEWEST_LINES:
        return None
    low, high = min(line.left for line in lines), max(line.right for line in lines)
    total = sum(len(line.text) for line in lines)
    places = range(int(low + 0.2 * (high - low)), int(low + 0.8 * (high - low)))
    at = min(places, key=lambda x: _crossing(lines, x), default=None)
    if at is None or _crossing(lines, at) > _CROSSING * total:
        return None
    sides = (
        [line for line in lines if line.right <= at],
        [line for line in lines if line.left >= at],
    )
    return float(at) if all(_is_column(side, total) for side in sides) else None


def _crossing(lines: Sequence[Line], x: float) -> int:
    return sum(len(line.text) for line in lines if line.left < x < line.right)


def _is_column(lines: Sequence[Line], total: int) -> bool:
    """Say whether lines are a column of prose: many of them, and most about as wide as it is."""
    if len(lines) < _FEWEST_LINES or sum(len(line.text) for line in lines) < _SIDE * total:
        return False
    if sum(len(line.text) for line in lines) < _PROSE * len(lines):
        return False
    width = _width(lines)
    return sum(line.right - line.left > _WIDE * width for line in lines) > len(lines) / 2


def _width(lines: Sequence[Line]) -> float:
    left, right = (line.left for line in lines), (line.right for line in lines)
    return max(right, default=0.0) - min(left, default=0.0)

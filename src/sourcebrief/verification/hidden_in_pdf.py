"""What a PDF draws so that it cannot be read, or is read in another order than its structure has.

Builds draw upright letters of a readable size, one beside the other, line below line, on a paper
that they stand out from, and paint nothing over them.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

import pikepdf

from sourcebrief.documents.direction import has_right_to_left
from sourcebrief.text.phrases import shorten
from sourcebrief.verification.contrast import LEAST_CONTRAST, contrast
from sourcebrief.verification.drawn_in_pdf import Drawing, Glyphs
from sourcebrief.verification.pdf_areas import area_of, share, widened
from sourcebrief.verification.words_of_pdf import Structure

SMALLEST: Final = 4.5
"""Points of the smallest letters; builds go down to 5.6."""
_OVER: Final = 0.4
"""The share of a string that another one may cover."""
_TOLERANCE: Final = 0.4
"""How far a string may stand back or up, in sizes of its letters: calls of notes do."""
_INSIDE: Final = 0.95
"""The share of a string that must lie inside the page, and what it is clipped to."""
_PICTURES: Final = frozenset({"Figure"})


def hidden_in_pdf(drawing: Drawing, structure: Structure) -> Iterator[str]:
    """Yield what is drawn otherwise than it is read."""
    for strings in drawing.pages:
        for one in strings:
            yield from _of_string(one)
        yield from _over_each_other(strings)
    for _, covered in groupby(drawing.covered, key=lambda one: one.page):
        first, *others = covered
        more = f", and {len(others)} strings more" if others else ""
        yield f"{_quoted(first)} is painted over{more}"
    for letters in drawing.letters.values():
        if len({code for code, _ in letters}) < len(letters):
            yield "a font shows one sign for several letters"
    yield from _order(structure)
    linked = Counter(annotation.objgen for _, annotation in structure.links)
    if linked != Counter(one.objgen for one in structure.annotations):
        yield "a link lies on a page and on no words of the text, or on words of two places"
    for strings, annotation in structure.links:
        # That of a note's call had no height in earlier editions.
        place = widened(area_of(annotation.get("/Rect", (0, 0, 0, 0))), 1)
        if strings and max(share(place, widened(one.area, one.size)) for one in strings) < 0.2:
            yield f"the area of a link lies elsewhere than its words: {_quoted(strings[0])}"
        if float(annotation.get("/BS", pikepdf.Dictionary()).get("/W", 1)):
            yield f"a link has a border: {_quoted(strings[0]) if strings else 'it has no words'}"


def _of_string(one: Glyphs) -> Iterator[str]:
    if not one.text.strip():
        return
    if not one.is_upright:
        yield f"{_quoted(one)} is turned or stretched"
    elif one.size < SMALLEST:
        yield f"{_quoted(one)} is too small to be seen"
    if one.is_crowded:
        yield f"{_quoted(one)} has letters set over each other or apart"
    (left, _, right, _), (west, _, east, _) = one.area, one.clip
    if share(one.area, one.clip) < _INSIDE or left < west - 1 or right > east + 1:
        yield f"{_quoted(one)} is cut off"
    if contrast(one.colour, one.behind) < LEAST_CONTRAST:
        yield f"{_quoted(one)} has the colour of what is behind it"


def _over_each_other(strings: Sequence[Glyphs]) -> Iterator[str]:
    """Yield each string over which another one stands; they are compared from the left."""
    letters = (one for one in strings if one.text.strip() and not _is_mark(one.text))
    by_left = sorted(letters, key=lambda one: one.area[0])
    reaching: list[Glyphs] = []
    for one in by_left:
        reaching = [other for other in reaching if other.area[2] > one.area[0]]
        for other in reaching:
            if max(share(one.area, other.area), share(other.area, one.area)) > _OVER:
                yield f"{_quoted(one)} stands over {_quoted(other)}"
        reaching.append(one)


def _is_mark(text: str) -> bool:
    """Say whether a string is the marks of a letter alone, which stand over it."""
    return all(unicodedata.category(letter) == "Mn" for letter in text)


def _order(structure: Structure) -> Iterator[str]:
    """Yield each string that stands above or left of the one that is read before it."""
    texts = [one for one in structure.placed if one.role not in _PICTURES]
    turned = {_line(one.glyphs) for one in texts if has_right_to_left(one.glyphs.text)}
    for before, after in pairwise(one for one in texts if one.glyphs.text.strip()):
        one, other = before.glyphs, after.glyphs
        if before.is_note != after.is_note or {_line(one), _line(other)} & turned:
            continue
        if not any(map(str.isalnum, other.text)):
            continue  # in a right-to-left line, the full stop may be a string of its own
        step = _TOLERANCE * max(one.size, other.size)
        is_below = other.area[1] < one.area[1] - step
        is_behind = other.area[0] > one.area[2] - step
        if other.page < one.page or not (other.page > one.page or is_below or is_behind):
            yield f"{_quoted(other)} is read after {_quoted(one)}, and stands before it"


def _line(one: Glyphs) -> tuple[int, int]:
    return one.page, round(one.area[1] + one.size / 2)


def _quoted(one: Glyphs) -> str:
    return f"“{shorten(one.text.strip(), 40)}” on page {one.page + 1}"

"""What a PDF draws so that it cannot be read, or is read in another order than its structure has.

Builds draw upright letters of a readable size, one beside the other, line below line, on a paper
that they stand out from, and paint nothing over them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, pairwise
from typing import Final

import pikepdf

from sourcebrief.documents.direction import has_right_to_left
from sourcebrief.documents.page_words import CALL
from sourcebrief.text.phrases import shorten
from sourcebrief.verification.compare_words import sorted_letters
from sourcebrief.verification.contrast import LEAST_CONTRAST, contrast
from sourcebrief.verification.drawn_in_pdf import Drawing, Glyphs
from sourcebrief.verification.pdf_areas import area_of, share, widened
from sourcebrief.verification.words_of_pdf import Structure

SMALLEST: Final = 4.5
"""Points of the smallest letters; builds go down to 5.6."""
_OVER: Final = 0.4
"""The share of a string that another one may cover."""
_TOLERANCE: Final = 0.1
"""How far a string may stand back, in sizes of its letters."""
_RAISED: Final = 0.05
"""How far a string may stand up or down in its line, in sizes of its letters."""
_INSIDE: Final = 0.95
"""The share of a string that must lie inside the page, and what it is clipped to."""
_THIN: Final = 0.3
"""Of a line, in sizes of the letters that it may run through."""
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
    yield from _struck_through(drawing)
    for letters in drawing.letters.values():
        if len({code for code, *_ in letters}) < len(letters):
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
        said = str(annotation.get("/Contents", ""))
        if said and sorted_letters(said) != sorted_letters("".join(one.text for one in strings)):
            yield f"a link says “{shorten(said, 40)}” of itself, and stands on other words"
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
    by_left = sorted((one for one in strings if one.is_plain), key=lambda one: one.area[0])
    reaching: list[Glyphs] = []
    for one in by_left:
        reaching = [other for other in reaching if other.area[2] > one.area[0]]
        for other in reaching:
            if max(share(one.area, other.area), share(other.area, one.area)) > _OVER:
                yield f"{_quoted(one)} stands over {_quoted(other)}"
        reaching.append(one)


def _struck_through(drawing: Drawing) -> Iterator[str]:
    """Yield each string through which a line runs. What underlines words is below their foot."""
    rows: dict[tuple[int, int], list[Glyphs]] = {}
    for one in chain.from_iterable(drawing.pages):
        low, high = _body(one)
        for row in range(int(low), int(high) + 1) if one.is_plain else ():
            rows.setdefault((one.page, row), []).append(one)
    for line in drawing.shapes:
        left, bottom, right, top = line.area
        middle = (bottom + top) / 2
        for one in rows.get((line.page, int(middle)), ()):
            low, high = _body(one)
            wide = min(right, one.area[2]) - max(left, one.area[0])
            is_line = top - bottom < _THIN * one.size and wide > one.size / 2
            if is_line and low < middle < high:
                yield f"{_quoted(one)} is struck through"


def _body(one: Glyphs) -> tuple[float, float]:
    """The heights between which a line goes through small letters."""
    return one.foot + 0.1 * one.size, one.foot + 0.5 * one.size


def _order(structure: Structure) -> Iterator[str]:
    """Yield each string that stands above or left of the one that is read before it, or is raised.

    The numbers of notes are raised. What is marked as one is drawn from left to right, whichever
    way it is read; the words around right-to-left ones may stand on either side of them.
    """
    texts = [one for one in structure.placed if one.role not in _PICTURES and one.glyphs.is_plain]
    turned = {(one.path, one.glyphs.page) for one in texts if has_right_to_left(one.glyphs.text)}
    for before, after in pairwise(texts):
        one, other = before.glyphs, after.glyphs
        if before.is_note != after.is_note or other.page > one.page:
            continue
        is_below = other.area[1] < one.area[1] and not other.is_beside(one)
        is_behind = other.area[0] > one.area[2] - _TOLERANCE * max(one.size, other.size)
        is_either = one.mark != other.mark and (after.path, other.page) in turned
        is_one_line = is_behind or (is_either and other.is_beside(one))
        if other.page < one.page or not (is_below or is_one_line):
            yield f"{_quoted(other)} is read after {_quoted(one)}, and stands before it"
    for before, after in pairwise(one for one in texts if one.role != CALL):
        one, other = before.glyphs, after.glyphs
        is_raised = abs(one.foot - other.foot) > _RAISED * min(one.size, other.size)
        is_near = before.path == after.path and one.page == other.page
        if is_near and is_raised and other.area[3] > one.area[1]:
            yield f"{_quoted(other)} is raised or lowered"


def _quoted(one: Glyphs) -> str:
    return f"“{shorten(one.text.strip(), 40)}” on page {one.page + 1}"

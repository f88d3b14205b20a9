"""How the words of a PDF look: in which typeface, size and colour."""

from collections.abc import Iterator
from itertools import groupby
from math import hypot
from typing import Final

from sourcebrief.text.characters import HYPHENS
from sourcebrief.verification.compare_appearance import (
    Look,
    Names,
    ShownParagraph,
    appearance,
    paired,
)
from sourcebrief.verification.drawn_in_pdf import Glyphs
from sourcebrief.verification.words_of_pdf import Structure

_ASIDE: Final = 2.0
"""Points by which a word of a figure may stand elsewhere in another version."""
_NAMES: Final = Names(
    {"font": "its typeface", "size": "the size of its letters", "colour": "its colour"},
    {},
)


def appearance_of_pdf(sent: Structure, made: Structure) -> list[str]:
    """Return what a PDF shows otherwise than the one made again."""
    looks = appearance(paired(list(_paragraphs(sent)), list(_paragraphs(made))), _NAMES)
    both = zip(_labels(sent), _labels(made), strict=False)
    looks += (
        f"“{text}” stands elsewhere in the figure than its evidence makes it"
        for (text, across, up), (other, there, high) in both
        if text == other and hypot(across - there, up - high) > _ASIDE
    )
    return looks


def _labels(structure: Structure) -> list[tuple[str, float, float]]:
    """The words of figures in order, each with its place from the left and the foot of all."""
    strings = [one.glyphs for one in structure.placed if one.role == "Figure"]
    left = min((one.area[0] for one in strings), default=0.0)
    foot = min((one.area[1] for one in strings), default=0.0)
    return sorted((one.text, one.area[0] - left, one.area[1] - foot) for one in strings)


def _paragraphs(structure: Structure) -> Iterator[ShownParagraph]:
    for _, block in groupby(structure.placed, key=lambda one: one.path):
        letters: list[str] = []
        looks: list[Look] = []
        for one in block:
            look = _look(one.glyphs)
            space = ""
            for letter in one.glyphs.text:
                if letter.isspace():
                    space = " "
                # Another version may divide words elsewhere.
                elif letter not in HYPHENS:
                    letters.append(space + letter)
                    looks.append(look)
                    space = ""
        if letters:
            yield ShownParagraph(letters, looks, {})


def _look(one: Glyphs) -> Look:
    colour = " ".join(f"{part:.2f}" for part in one.colour)
    return {"font": one.font, "size": f"{one.size:.1f}", "colour": colour}

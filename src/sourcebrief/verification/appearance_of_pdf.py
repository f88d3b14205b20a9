"""How the words of a PDF look: in which typeface, size and colour, and where their links lead."""

from collections.abc import Iterator
from itertools import groupby
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
from sourcebrief.verification.words_of_pdf import Structure, link_target

_NAMES: Final = Names(
    {"font": "its typeface", "size": "the size of its letters", "colour": "its colour"},
    {},
    {"link": "where it leads"},
)


def appearance_of_pdf(sent: Structure, made: Structure) -> tuple[list[str], list[str]]:
    """Return what a PDF shows otherwise than the one made again, and links that are others."""
    return appearance(paired(list(_paragraphs(sent)), list(_paragraphs(made))), _NAMES)


def _paragraphs(structure: Structure) -> Iterator[ShownParagraph]:
    targets = {
        one: link_target(annotation) for strings, annotation in structure.links for one in strings
    }
    for _, block in groupby(structure.placed, key=lambda one: one.path):
        letters: list[str] = []
        looks: list[Look] = []
        for one in block:
            look = _look(one.glyphs, targets.get(one.glyphs, ""))
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


def _look(one: Glyphs, target: str) -> Look:
    colour = " ".join(f"{part:.2f}" for part in one.colour)
    return {"font": one.font, "size": f"{one.size:.1f}", "colour": colour, "link": target}

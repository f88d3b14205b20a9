"""The typefaces of every document, and which characters they can draw.

Source Serif 4 for text, Source Sans 3 for heads, tables and figures (SIL Open Font License 1.1),
as variable TrueType files from the `fontpkg-*` packages.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from sourcebrief.errors import EnvironmentFault
from sourcebrief.text.characters import LAYOUT_CONTROLS

SERIF = "Source Serif 4"
SANS = "Source Sans 3"

FONT_SCHEME = "font:"
"""The scheme under which a style sheet asks for a font file: `font:SourceSerif4.ttf`."""

_SURELY_DRAWN = re.compile(
    r"[\t\n\r -~\u00a0-\u012b\u012e-\u0131\u0134-\u0165\u0168-\u017f‐–—‘’“”•…]*"
)
"""Characters of European languages that the fonts have, so that they need not be read for these.
Reading the fonts takes 0.1 s, a fifth of a small check."""


_FILES: tuple[tuple[str, str, str, str], ...] = (
    (SERIF, "normal", "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
    (SERIF, "italic", "fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf"),
    (SANS, "normal", "fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
    (SANS, "italic", "fontpkg_source_sans_3", "SourceSans3-Italic[wght].ttf"),
)


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: its CSS family and style, and the address that a style sheet names it by."""

    family: str
    style: str
    address: str
    path: Path


@cache
def faces() -> tuple[Face, ...]:
    """Return the four font files.

    Raises EnvironmentFault where a font package is not installed.
    """
    found = []
    for family, style, package, file in _FILES:
        try:
            path = Path(import_module(package).ROOT) / "files" / file
        except ImportError:
            install = f"pip install {package.replace('_', '-')}"
            raise EnvironmentFault(f'the font {family} is missing: run "{install}"') from None
        if not path.is_file():
            raise EnvironmentFault(f"the font file {file} is missing from the package {package}")
        found.append(Face(family, style, f"{FONT_SCHEME}{file.partition('[')[0]}.ttf", path))
    return tuple(found)


def font_faces_css() -> str:
    """Return the `@font-face` rules for the four files.

    They have no `font-weight` range: WeasyPrint ignores a rule that has one, and takes every weight
    from a variable file without it.
    """
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style}; '
        f'src: url("{face.address}") format("truetype") }}'
        for face in faces()
    )


def missing_glyphs(text: str) -> tuple[str, ...]:
    """Return the characters of `text` that either family lacks, each once, in order of appearance.

    The text is taken in NFC, as a shaper composes it. Spaces other than U+0020 and U+00A0 count,
    layout controls (soft hyphen, joiners, line breaks) do not.
    """
    if _SURELY_DRAWN.fullmatch(text):
        return ()
    each_once = dict.fromkeys(unicodedata.normalize("NFC", text))
    drawable = coverage()
    return tuple(c for c in each_once if ord(c) not in drawable and c not in LAYOUT_CONTROLS)


@cache
def coverage() -> frozenset[int]:
    """Return the code points that every one of the font files can draw."""
    from fontTools.ttLib import TTFont, TTLibError

    covered = []
    for face in faces():
        try:
            with face.path.open("rb") as file, TTFont(file, lazy=True) as font:
                covered.append(frozenset(font.getBestCmap()))
        except (TTLibError, TypeError) as error:  # a font without a Unicode map returns None
            raise EnvironmentFault(
                f"the font file {face.path.name} is damaged; install its package again"
            ) from error
    return frozenset.intersection(*covered)

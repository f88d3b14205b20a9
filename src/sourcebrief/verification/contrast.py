"""Whether a colour can be told from what is behind it, as WCAG 2.2 counts it."""

from collections.abc import Sequence
from typing import Final

LEAST_CONTRAST: Final = 1.6
"""Between a text and what is behind it; what is below cannot be seen."""


def contrast(ink: Sequence[float], paper: Sequence[float]) -> float:
    """The contrast ratio of two colours, each red, green and blue from 0 to 1; from 1 to 21."""
    dark, light = sorted((luminance(ink), luminance(paper)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Sequence[float]) -> float:
    """The relative luminance of red, green and blue from 0 to 1; from 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

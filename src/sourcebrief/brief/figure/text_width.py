"""How wide a text is in the figure, estimated so that the layout needs no font."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final


@lru_cache(maxsize=50_000)  # a layout asks for each name on every number of tracks
def text_width(text: str, size: float) -> float:
    """Estimate the width of a text in semibold Source Sans 3, never too small by more than 2 %."""
    return sum(map(_advance, text)) * size


def _advance(letter: str) -> float:
    if letter in _ADVANCES:
        return _ADVANCES[letter]
    if letter.isupper():
        return 0.66
    return 0.56 if ord(letter) < 0x2000 else 1.0


_ADVANCES: Final[dict[str, float]] = {
    letter: width
    for letters, width in (
        ("ijlI'|!.,:;·", 0.31),
        (" ", 0.2),
        ("frt()[]-‐‑/’‘íìîï", 0.37),
        ("0123456789", 0.52),
        ("–", 0.53),
        ("—…", 0.95),
        ("czsJ", 0.5),
        ("EFLS", 0.57),
        ("NHDUOQGÓÚÑ", 0.7),
        ("mwM", 0.88),
        ("W@", 0.92),
    )
    for letter in letters
}


def wrapped(text: str, width: float, size: float, most: int = 3) -> tuple[str, ...]:
    """Break a name into lines that fit; a word too long is parted, a name too long is cut."""
    words: list[str] = []
    for word in text.split():
        while text_width(word, size) > width:
            cut = next(
                n for n in range(len(word), 0, -1) if text_width(word[:n] + "-", size) <= width
            )
            words.append(word[:cut] + "-")
            word = word[cut:]
        words.append(word)
    lines = _filled(words, width, size)
    if len(lines) > most:
        kept = lines[most - 1]
        while kept and text_width(kept + "…", size) > width:
            kept = kept[:-1]
        lines = [*lines[: most - 1], kept.rstrip(" -") + "…"]
    return tuple(lines)


def whole(text: str, width: float, size: float, most: int) -> tuple[str, ...]:
    """A text in as few lines as fit, at most so many, of about one length; or nothing.

    Nothing is cut, no word is parted, and a column is not so narrow that it holds but a word.
    """
    words = text.split()
    least = len(_filled(words, width, size))
    if least > most or (least > 1 and width < 10 * size):
        return ()
    for share in range(8, 17):
        lines = _filled(words, width * share / 16, size)
        if len(lines) == least and all(text_width(line, size) <= width for line in lines):
            return tuple(lines)
    return ()


def _filled(words: Iterable[str], width: float, size: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines

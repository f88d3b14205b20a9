"""The text that each glyph of a font stands for, whatever it is drawn in."""

from collections.abc import Iterator
from typing import Any, Final
from unicodedata import normalize

_SINGLE, _LIGATURE = 1, 4
"""Kinds of OpenType's substitution, of one glyph by one and of several by one."""
_PRESENTATION = range(0xFB00, 0xFEFF)
"""Forms of letters, and ligatures, that have a number of their own, which no text should hold."""
_LAM: Final = "\u0644"


def glyph_texts(font: Any) -> dict[str, str]:
    """Return the text of a font's glyphs: of characters, and of what is drawn for these.

    That is the form of an Arabic letter within a word, or a ligature of Devanagari.
    """
    texts: dict[str, str] = {}
    for code, name in sorted((font.getBestCmap() or {}).items()):
        one = chr(code)
        texts.setdefault(name, normalize("NFKC", one) if code in _PRESENTATION else one)
    rules = [*_substitutions(font)]
    known = 0
    while known < len(texts):
        known = len(texts)
        for glyphs, name in rules:
            if name not in texts and all(glyph in texts for glyph in glyphs):
                texts[name] = "".join(texts[glyph] for glyph in glyphs)
    return texts


def drop_arabic_ligatures(font: Any) -> None:
    """Leave of the ligatures of Arabic letters only those that are required, of lam and alef.

    Most readers copy the letters of a ligature in the wrong order.
    """
    texts = glyph_texts(font)
    for rules in _rules(font, _LIGATURE):
        for first, ligatures in rules.ligatures.items():
            if "\u0620" <= texts.get(first, "")[:1] <= "\u064a" and texts[first] != _LAM:
                ligatures.clear()


def _substitutions(font: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the glyphs that one other stands for."""
    for rules in _rules(font, _SINGLE):
        yield from (((glyph,), name) for glyph, name in rules.mapping.items())
    for rules in _rules(font, _LIGATURE):
        for first, ligatures in rules.ligatures.items():
            yield from (((first, *one.Component), one.LigGlyph) for one in ligatures)


def _rules(font: Any, kind: int) -> Iterator[Any]:
    lookups = font["GSUB"].table.LookupList if "GSUB" in font else None
    for table in (one for lookup in getattr(lookups, "Lookup", ()) for one in lookup.SubTable):
        rules = getattr(table, "ExtSubTable", table)
        if rules.LookupType == kind:
            yield rules

"""The typefaces of every document, and which characters they can draw.

Source Serif 4 for text, Source Sans 3 for heads, tables and figures (SIL Open Font License 1.1),
as variable TrueType files from the `fontpkg-*` packages. Coverage is read from the OpenType `cmap`
table alone, so that a check needs neither WeasyPrint nor fontTools.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sourcebrief.errors import EnvironmentFault
from sourcebrief.text.characters import LAYOUT_CONTROLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SERIF = "Source Serif 4"
SANS = "Source Sans 3"

FONT_SCHEME = "font:"
"""The scheme under which the style sheet asks for a font file: `font:source-serif-4.ttf`."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: the family it belongs to in CSS, its style, and the name it is served by."""

    family: str
    style: Literal["normal", "italic"]
    name: str
    path: Path


@cache
def faces() -> tuple[Face, ...]:
    """Return the four font files; `EnvironmentFault` where a font package is not installed."""
    return (
        _face(SERIF, "normal", "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
        _face(SERIF, "italic", "fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf"),
        _face(SANS, "normal", "fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
        _face(SANS, "italic", "fontpkg_source_sans_3", "SourceSans3-Italic[wght].ttf"),
    )


def _face(family: str, style: Literal["normal", "italic"], package: str, file: str) -> Face:
    try:
        root = Path(import_module(package).ROOT)
    except ImportError:
        distribution = package.replace("_", "-")
        raise EnvironmentFault(
            f'the font {family} is missing: run "pip install {distribution}"'
        ) from None
    path = root / "files" / file
    if not path.is_file():
        raise EnvironmentFault(f"the font file {file} is missing from the package {package}")
    suffix = "-italic" if style == "italic" else ""
    return Face(family, style, f"{package.removeprefix('fontpkg_')}{suffix}.ttf", path)


def font_faces_css() -> str:
    """Return the `@font-face` rules for the four files.

    No `font-weight` range: WeasyPrint ignores a rule that has one, and takes every weight from a
    variable file without it.
    """
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style}; '
        f'src: url("{FONT_SCHEME}{face.name}") format("truetype") }}'
        for face in faces()
    )


def font_files() -> Mapping[str, Path]:
    """Return each file by the address that the style sheet names it with."""
    return {f"{FONT_SCHEME}{face.name}": face.path for face in faces()}


def missing_glyphs(text: str) -> tuple[str, ...]:
    """Return the characters of `text` that either family lacks, each once, in order of appearance.

    The text is taken in NFC, as a shaper composes it. Spaces other than U+0020 and U+00A0 count,
    layout controls (soft hyphen, joiners, line breaks) do not.
    """
    if text.isascii():  # both families hold all of ASCII; this is most of any text
        return tuple(dict.fromkeys(c for c in text if c < " " and c not in LAYOUT_CONTROLS))
    drawable, text = coverage(), unicodedata.normalize("NFC", text)
    # A text has few characters, each many times.
    missing = {c for c in set(text) if ord(c) not in drawable and c not in LAYOUT_CONTROLS}
    return tuple(dict.fromkeys(c for c in text if c in missing)) if missing else ()


@cache
def coverage() -> frozenset[int]:
    """Return the code points that every one of the font files can draw."""
    return frozenset.intersection(*(frozenset(_code_points(face.path)) for face in faces()))


def _code_points(path: Path) -> Iterator[int]:
    """Yield the code points of a font's Unicode `cmap` (OpenType 1.9, formats 4 and 12)."""
    cmap = _table(path, b"cmap")
    (count,) = struct.unpack_from(">H", cmap, 2)
    records = (struct.unpack_from(">HHL", cmap, 4 + 8 * i) for i in range(count))
    unicode_tables = {
        struct.unpack_from(">H", cmap, offset)[0]: offset
        for platform, encoding, offset in records
        if platform == 0 or (platform, encoding) in {(3, 1), (3, 10)}
    }
    if 12 in unicode_tables:
        yield from _groups(cmap, unicode_tables[12])
    elif 4 in unicode_tables:
        yield from _segments(cmap, unicode_tables[4])
    else:
        raise EnvironmentFault(f"the font file {path.name} has no Unicode character map")


def _table(path: Path, tag: bytes) -> bytes:
    with path.open("rb") as file:
        (tables,) = struct.unpack(">4xH6x", file.read(12))
        directory = file.read(16 * tables)
        for i in range(tables):
            name, offset, length = struct.unpack_from(">4s4xLL", directory, 16 * i)
            if name == tag:
                file.seek(offset)
                return file.read(length)
    raise EnvironmentFault(f"the font file {path.name} is damaged: no {tag.decode()} table")


def _groups(cmap: bytes, start: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">L", cmap, start + 12)
    for i in range(groups):
        first, last, glyph = struct.unpack_from(">LLL", cmap, start + 16 + 12 * i)
        yield from range(first + (glyph == 0), last + 1)


def _segments(cmap: bytes, start: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", cmap, start + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", cmap, start + 14)
    starts = struct.unpack_from(f">{count}H", cmap, start + 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", cmap, start + 16 + 2 * doubled)
    offsets_at = start + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", cmap, offsets_at)
    segments = zip(starts, ends, deltas, offsets, strict=True)
    for i, (first, last, delta, offset) in enumerate(segments):
        for code in range(first, last + 1):
            if code == 0xFFFF:
                continue
            glyph = code
            if offset:
                at = offsets_at + 2 * i + offset + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", cmap, at)
                if not glyph:
                    continue
            if (glyph + delta) & 0xFFFF:
                yield code

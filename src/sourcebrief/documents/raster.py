"""A drawing for those who cannot show or see it: as PNG by resvg, and in words.

Equal drawings give the same bytes everywhere.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import unescape
from typing import Any

from sourcebrief.documents import fonts
from sourcebrief.documents.script_fonts import ScriptFont, printable_text
from sourcebrief.errors import EngineFault, EnvironmentFault
from sourcebrief.processes.temporary_folders import TemporaryFolder

DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
"""A drawing in a page; none stands within another."""
ZOOM = 2.0
_REFERENCE = re.compile(
    r"""\b(?:xlink:)?href\s*=\s*["']\s*(?!#|data:)[^"']|@import|url\(\s*["']?(?!\s*["']?#)"""
)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#)\w+;")
_ROOT = re.compile(r"<svg\b(?![^>]*\sxmlns\s*=)", re.IGNORECASE)


def png(svg: str, script_fonts: Sequence[ScriptFont] = ()) -> bytes:
    """Draw one `<svg>`, as it stands in an HTML page, at `ZOOM` times its size in CSS pixels.

    Text is set in the project's own fonts, and in `script_fonts` what these lack. The fonts of the
    machine and all else outside the drawing are not read. Raises EngineFault where the drawing is
    not SVG or names another file, and EnvironmentFault where resvg is not installed.
    """
    try:
        import resvg_py
    except ImportError:
        raise EnvironmentFault("resvg is missing; run: pip install resvg-py") from None
    if _REFERENCE.search(svg):
        raise EngineFault("resvg: the figure names a file outside itself; put it in as data:")
    try:
        with _font_files(script_fonts) as files:
            return bytes(
                resvg_py.svg_to_bytes(
                    svg_string=_in_fonts(standalone(printable_text(svg)), script_fonts),
                    background="#ffffff",
                    zoom=ZOOM,
                    skip_system_fonts=True,
                    font_files=files,
                    font_family=fonts.SANS,
                    sans_serif_family=fonts.SANS,
                    serif_family=fonts.SERIF,
                    monospace_family=fonts.SANS,
                )
            )
    except ValueError as error:
        raise EngineFault(
            f"resvg: the figure cannot be drawn: {' '.join(str(error).split())}; close and nest "
            "its elements as XML wants it"
        ) from error


def _in_fonts(svg: str, script_fonts: Sequence[ScriptFont]) -> str:
    """Name the font of each run that needs one: resvg seeks only one more for a whole text."""
    for font in script_fonts:
        one = f"[{re.escape(''.join(sorted(font.characters)))}]"
        run = rf"{one}(?:[\s{one[1:]}*{one})?(?=[^<>]*<)"
        svg = re.sub(run, rf'<tspan font-family="{font.family}">\g<0></tspan>', svg)
    return svg


@contextmanager
def _font_files(script_fonts: Sequence[ScriptFont]) -> Iterator[list[str]]:
    """Give the names of the font files, since resvg reads no fonts but those of files."""
    files = [str(face.path) for face in fonts.faces()]
    if not script_fonts:
        yield files
        return
    folder = TemporaryFolder()
    try:
        for number, font in enumerate(script_fonts):
            path = folder.path / f"{number}.ttf"
            path.write_bytes(font.subset())
            files.append(str(path))
        yield files
    finally:
        folder.cleanup()


def standalone(svg: str) -> str:
    """Return inline SVG as an XML document: with its namespace, without HTML's named entities."""
    with_namespace = _ROOT.sub('<svg xmlns="http://www.w3.org/2000/svg"', svg, count=1)
    return _ENTITY.sub(lambda entity: unescape(entity[0]), with_namespace)


def alternative_text(svg: Any) -> str:
    """Return an SVG element's title and description as sentences, else its ARIA label.

    `svg` is an element of lxml or of the standard library. SVG 2, 5.4 (title and desc).
    """
    parts = (svg.find(f"./{{*}}{name}") for name in ("title", "desc"))
    said = [
        " ".join("".join(map(str, part.itertext())).split()) for part in parts if part is not None
    ]
    said = [words for words in said if words] or [svg.get("aria-label") or ""]
    return " ".join(words if words[-1:] in ".!?" else f"{words}." for words in said).strip()

"""HTML to a tagged, archivable PDF.

The result claims PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) at once. The same arguments
give the same bytes, in any folder, process, locale and time zone.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sourcebrief.documents.pdf.engine import load
from sourcebrief.documents.pdf.engine.load import Engine, Patch, applied, has_name
from sourcebrief.documents.pdf.metadata import Attachment, attach, describe
from sourcebrief.documents.properties import DocumentProperties
from sourcebrief.documents.script_fonts import ScriptFont
from sourcebrief.errors import EngineFault

_NOTE = re.compile(r'\sclass="(?:[^"]*\s)?note[\s"]')
"""An element that the style sheets set as a footnote."""

_FONT: Final = "weasyprint.pdf.fonts.Font.__init__"
PARTED: Final = ".record { break-inside: auto !important }"
"""A rule for what stands together on one page, where that takes a page too many."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished document, how many pages it has, and what a user is warned of.

    `lines_over` counts the lines on the pages after the last that it may have, or is 1 where a
    version of WeasyPrint does not show them.
    """

    content: bytes
    pages: int
    warnings: tuple[str, ...] = ()
    lines_over: int = 0


def prepared_engine() -> Engine:
    """Import all that a PDF is made with now, while something else is waited for.

    Raises EnvironmentFault where WeasyPrint, or a library that it needs, is missing.
    """
    from sourcebrief.documents.pdf import accessibility  # noqa: F401

    return load.load_engine()


def write_pdf(
    html: str,
    *,
    resources: Mapping[str, bytes],
    properties: DocumentProperties,
    attachments: Sequence[Attachment] = (),
    most_pages: int | None = None,
    script_fonts: Sequence[ScriptFont] = (),
) -> Pdf:
    """Make the PDF of an HTML text.

    `resources` holds the style sheets and images by the address that the HTML gives them; nothing
    else can be fetched but `data:` URIs, the fonts of `fonts` and `script_fonts`.
    `properties.moment` also dates the attachments and the embedded fonts.

    Raises `EngineFault` where WeasyPrint fails or warns of anything, where a note is lost, a glyph
    comes from another font or the PDF is not accessible, and `EnvironmentFault` where a system
    library is missing.
    """
    engine = prepared_engine()
    # The permanent part of the file identifier (ISO 32000-1, 14.4).
    identifier = hashlib.sha256(f"{properties.title}\0{html}".encode()).hexdigest()[:32]
    from sourcebrief.documents.pdf.accessibility import accessibility_faults
    from sourcebrief.documents.pdf.engine.render import (
        PDF_VARIANT,
        check_fonts,
        raising_faults,
        render,
    )

    def finish(document: Any, pdf: Any) -> None:
        # Pango seeks emoji in any font of the machine, so it may take the whole one.
        families = {name for font in script_fonts for name in (font.face, font.family)}
        check_fonts(document, families)
        describe(pdf, properties)
        attach(pdf, attachments, properties.moment)

    with raising_faults(), applied(engine.speed):
        document = render(html, resources, script_fonts)
        if most_pages is not None and len(document.pages) > most_pages:
            document = render(html, resources, script_fonts, PARTED)
        document.metadata.lang = properties.language
        if engine.tagging is None:
            notes = len(_NOTE.findall(html))
        else:
            from sourcebrief.documents.pdf.engine.boxes import link_notes, put_markers_in_lines

            notes = link_notes(document)
            put_markers_in_lines(document)
        patches = [engine.tagging] if engine.tagging else []
        if script_fonts and has_name(_FONT):
            from sourcebrief.documents.pdf.engine.letters import naming

            patches.append(Patch(_FONT, naming))
        with applied(patches), _font_dates(properties.moment):
            content: bytes = document.write_pdf(
                pdf_variant=PDF_VARIANT, finisher=finish, pdf_identifier=identifier.encode()
            )
    if faults := accessibility_faults(content, notes=notes, header_cells="<th " in html):
        raise EngineFault(
            f"the PDF that WeasyPrint {engine.version} wrote is not accessible: {'; '.join(faults)}"
        )
    lines_over = 0
    if most_pages is not None and len(document.pages) > most_pages:
        lines_over = 1
        if engine.tagging is not None:
            from sourcebrief.documents.pdf.engine.boxes import lines_after

            lines_over = lines_after(document, most_pages)
    return Pdf(
        content, len(document.pages), (engine.warning,) if engine.warning else (), lines_over
    )


@contextmanager
def _font_dates(dated: datetime) -> Iterator[None]:
    """Date the embedded fonts: fontTools stamps what it saves with this variable, or the clock."""
    name = "SOURCE_DATE_EPOCH"
    before = os.environ.get(name)
    os.environ[name] = str(int(dated.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before

"""PDFs and zips for the tests of `verify`, made from nothing or from a built file."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Callable


def new_pdf() -> pikepdf.Pdf:
    """Return a PDF with one blank page."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    return pdf


def saved(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    """Return the bytes of a PDF."""
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    """Return a zip with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def rezipped(data: bytes, edit: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return a zip with each part edited; None leaves a part out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = edit(entry.filename, old.read(entry))
            if content is not None:
                new.writestr(entry, content)
    return out.getvalue()


def replaced(part: str, old: str, new: str) -> Callable[[str, bytes], bytes]:
    """Return an edit that replaces words in one part of a zip."""

    def edit(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), 1)

    return edit

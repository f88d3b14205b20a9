"""Word documents of the sample page, read back from their parts as Word reads them."""

from __future__ import annotations

import functools
import io
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree

import word_page
from sourcebrief.documents import pandoc
from sourcebrief.documents.properties import DocumentProperties
from sourcebrief.documents.word.opc_package import w
from sourcebrief.documents.word.write_docx import start_docx

ROOT = Path(__file__).parents[2]


REFERENCE = (ROOT / "templates" / "reference.docx").read_bytes()


FILTER = (ROOT / "templates" / "pandoc.lua").read_bytes()


CARRIED = {"evidence.json": '{"edition": "señal \u0001 ]]> &amp; 😀"}\n'.encode()}


MOMENT = datetime(2023, 10, 1, tzinfo=UTC)


def properties(**changed: Any) -> DocumentProperties:
    values: dict[str, Any] = {
        "title": "Northland <and> the strait",
        "author": "Policy desk",
        "language": "en-GB",
        "marking": "TLP:AMBER",
        "subject": "What was offered",
        "keywords": ("patrols", "law & order"),
        "identifier": "3f9a1c20b7de",
        "status": "final",
        "version": "1.0",
        "running": "Edition 3f9a1c20b7de · as of 1 October 2023 · final",
        "page_label": "{page} of {pages}",
        "moment": MOMENT,
    }
    return DocumentProperties(**{**values, **changed})


def written(
    html: str | None = None,
    *,
    reference: bytes = REFERENCE,
    contents: str | None = None,
    carried: Mapping[str, bytes] = CARRIED,
    lua: bytes = FILTER,
    **changed: Any,
) -> bytes:
    return start_docx(
        word_page.page() if html is None else html,
        properties(**changed),
        reference=reference,
        lua=lua,
        carried=carried,
        contents=contents,
    ).result()


@functools.cache
def brief() -> bytes:
    """The sample page, which most tests only read."""
    return written()


def part(document: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return etree.fromstring(archive.read(name))


def names(document: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.namelist()


def body(document: bytes) -> etree._Element:
    return part(document, "word/document.xml")


def words(element: etree._Element) -> str:
    return "".join(str(text.text) for text in element.iter(w("t")))


def paragraphs(document: bytes) -> list[tuple[str, str]]:
    """Every paragraph of the body as the name of its style and its words."""
    shown = {
        style.get(w("styleId")): style.find(w("name")).get(w("val"))  # type: ignore[union-attr]
        for style in part(document, "word/styles.xml").iter(w("style"))
    }
    return [
        (str(shown[paragraph.find(f"{w('pPr')}/{w('pStyle')}").get(w("val"))]), words(paragraph))  # type: ignore[union-attr]
        for paragraph in body(document).iter(w("p"))
    ]


def value(element: etree._Element | None, name: str = "val") -> str | None:
    assert element is not None
    found = element.get(w(name))
    return None if found is None else str(found)


@functools.cache
def plain_reference() -> bytes:
    """pandoc's own reference document: a house that knows none of our styles."""
    return subprocess.run(
        [str(pandoc.binary()), "--print-default-data-file=reference.docx"],
        capture_output=True,
        check=True,
    ).stdout

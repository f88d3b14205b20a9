"""The metadata of a PDF, which pikepdf opens and decrypts: document information, XMP."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from sourcebrief.authoring.importing.extraction import (
    DamagedDocument,
    Metadata,
    UnreadableDocument,
    first_date,
    language_of,
    one_line,
)

_MOST_PAGES: Final = 5_000
PRINT_ANEW: Final = "open it in a PDF reader and print it to a new PDF"
_TRAILER: Final = 1024
"""The last bytes of a PDF, which say where its parts are."""
_FILE_NAME = re.compile(
    r"(?i).*\.(docx?|pdf|indd|qxd|odt|rtf|pages|tex|dvi|pptx?|xlsx?|exe|txt|html?|e?ps|wpd)"
    r"|[!-~]*[-_\d][!-~]*"
)
_PROGRAM = re.compile(r"(?i)^microsoft (?:office )?(?:word|powerpoint) ?-? ")
_NO_TITLE = re.compile(
    r"(?i)(untitled|document ?\d*|powerpoint presentation|slide 1|title|[\W\d]*)"
)
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PRISM = re.compile(r"\{http://prismstandard\.org/namespaces/[^}]*\}(.+)")
_ENGINE_FAULTS: Final = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError),
    *(AssertionError, NotImplementedError, RecursionError, OSError, EOFError, LookupError),
)


def open_pdf(data: bytes, *, repair: bool = False) -> tuple[bytes, Metadata]:
    """Return the file without encryption, as PDFium reads it, and its metadata.

    Raises DamagedDocument where it can be opened only to `repair` it.
    """
    import pikepdf

    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=repair, suppress_warnings=True) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise UnreadableDocument(f"it has more than {_MOST_PAGES:,} pages; divide it")
            metadata = _metadata(pdf)
            if pdf.is_encrypted or repair:
                # A file that only an owner's password protects may be read by anyone.
                plain = io.BytesIO()
                pdf.save(plain)
                data = plain.getvalue()
    except pikepdf.PasswordError:
        raise UnreadableDocument("it is encrypted; save a copy without a password") from None
    except (pikepdf.PdfError, *_ENGINE_FAULTS):
        if not repair:
            raise DamagedDocument("it is damaged") from None
        if b"%%EOF" not in data[-_TRAILER:]:
            raise UnreadableDocument("its end is missing; get the file again") from None
        raise UnreadableDocument(f"it is broken, or not a PDF; {PRINT_ANEW}") from None
    return data, metadata


def _metadata(pdf: Any) -> Metadata:
    xmp = _xmp(pdf)
    info = {str(key)[1:]: str(value) for key, value in pdf.docinfo.items()}
    language = language_of(str(pdf.Root.get("/Lang", ""))) or language_of(xmp.get("language"))
    written = (
        ("prism:publicationDate", xmp.get("publicationDate")),
        ("prism:coverDate", xmp.get("coverDate")),
        ("dc:date", xmp.get("date")),
        ("CreationDate", info.get("CreationDate")),
    )
    issued, issued_from = first_date(written, language)
    doi = re.search(r"10\.\d{4,9}/\S+", xmp.get("doi") or xmp.get("identifier") or "")
    url = xmp.get("url") or ""
    return Metadata(
        title=_title(info.get("Title")) or _title(xmp.get("title")),
        publisher=one_line(xmp.get("publisher")),
        container_title=one_line(xmp.get("publicationName")),
        issued=issued,
        issued_from=issued_from,
        language=language,
        url=one_line(url) if url.startswith(("http://", "https://")) else None,
        doi=doi[0] if doi else None,
        type="document",
    )


def _title(words: str | None) -> str | None:
    """Return a title, unless a program wrote a file name or its own name there."""
    title = _PROGRAM.sub("", one_line(words) or "")
    return None if _FILE_NAME.fullmatch(title) or _NO_TITLE.fullmatch(title) else title


def _xmp(pdf: Any) -> dict[str, str]:
    """Read Dublin Core and PRISM from the XMP packet (ISO 16684-1), the first of each name."""
    found: dict[str, str] = {}
    for name, value in _xmp_properties(pdf):
        prism = _PRISM.fullmatch(name)
        local = name.removeprefix(_DC) if name.startswith(_DC) else prism[1] if prism else None
        if local and value and value.strip():
            found.setdefault(local, value.strip())
    return found


def _xmp_properties(pdf: Any) -> Iterator[tuple[str, str | None]]:
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(stream.read_bytes().strip(b"\x00\r\n\t "), parser)
    except (etree.XMLSyntaxError, *_ENGINE_FAULTS):
        return  # the document information of the PDF may still say something
    for description in tree.iter(f"{_RDF}Description"):
        yield from ((str(name), str(value)) for name, value in description.attrib.items())
        for child in description.iterchildren(tag=etree.Element):
            first = child.find(f"*/{_RDF}li")
            yield child.tag, (child if first is None else first).text

"""PDF: pikepdf opens, decrypts and tells the metadata; pypdf reads the text, page by page.

This module alone imports pypdf. Lines become paragraphs by where they stand: a gap, another size
of type, an indented line. Page breaks are kept, and words parted at a line's end stay parted, since
a quotation may join them.
"""

from __future__ import annotations

import io
import logging
import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from sourcebrief.authoring.importing.extracted import (
    Document,
    Metadata,
    Unreadable,
    one_line,
    text_of_pages,
)
from sourcebrief.authoring.importing.metadata_dates import first_date, language_of
from sourcebrief.text.characters import REPLACEMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_PAGES: Final = 5_000
_LARGEST_STREAM: Final = 32 * 1024 * 1024
"""Bytes of one page's drawing instructions, unpacked."""
_GAP: Final = 1.3
"""How many times the usual distance of lines parts paragraphs."""
_LOOSE: Final = 1.8
_SOLID: Final = 1.25
"""The distance of lines where too few tell, in sizes of type."""
_FEW: Final = 3
_FULL: Final = 0.7
_SAME_LINE: Final = 0.45
_SIZE: Final = 1.12
_INDENT: Final = 0.9
_MOST_NAMED: Final = 5
_ENDS_SENTENCE = re.compile(r"""[.!?:;…]['"”’»)\]]*$""")
_FILE_NAME = re.compile(r"(?i).*\.(docx?|pdf|indd|qxd|odt|rtf|pages|tex|dvi|pptx?|xlsx?)")
_PROGRAM = re.compile(r"(?i)^microsoft (?:office )?(?:word|powerpoint) ?-? ")
_NO_TITLE = re.compile(r"(?i)(untitled|document ?\d*|powerpoint presentation|slide 1|title|\W*)")
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PRISM = re.compile(r"\{http://prismstandard\.org/namespaces/[^}]*\}(.+)")
_ENGINE_FAULTS: Final = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError),
    *(AssertionError, NotImplementedError, RecursionError, OSError, EOFError, LookupError),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: where it begins, from below and from the left, and its size, in points."""

    text: str
    y: float
    x: float
    size: float


def read_pdf(data: bytes) -> Document:
    """Read a PDF. Raises Unreadable where it is encrypted, broken or a scan."""
    sound, metadata = _open(data)
    pages = list(_lines_of_pages(sound))
    empty = [number for number, page in enumerate(pages, 1) if not page]
    if len(empty) == len(pages):
        way_out = "recognise its text first, with OCR such as `ocrmypdf`"
        raise Unreadable(f"it holds no text, only pictures: a scan; {way_out}")
    paragraphs = [_paragraphs(page) for page in pages]
    continued = frozenset(
        number
        for number in range(1, len(pages))
        if paragraphs[number - 1]
        and paragraphs[number]
        and _goes_on(paragraphs[number - 1][-1], paragraphs[number][0])
    )
    text = text_of_pages(paragraphs, continued)
    first = next(page for page in pages if page)
    return Document(
        text,
        metadata,
        title_proposed=_largest(first),
        remarks=tuple(_remarks(text, empty)),
    )


def _remarks(text: str, empty: Sequence[int]) -> Iterator[str]:
    if empty:
        shown = ", ".join(map(str, empty[:_MOST_NAMED]))
        more = f" and {len(empty) - _MOST_NAMED} more" if len(empty) > _MOST_NAMED else ""
        pages = "page" if len(empty) == 1 else "pages"
        yield f"{pages} {shown}{more} hold{'s' if len(empty) == 1 else ''} no text"
    if unknown := text.count(REPLACEMENT):
        yield f"{unknown:,} characters have no text in the PDF and stand as {REPLACEMENT}"


# --- the file -------------------------------------------------------------------------------------


def _open(data: bytes) -> tuple[bytes, Metadata]:
    """The file as pypdf reads it, without encryption, and its metadata."""
    import pikepdf

    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise Unreadable(f"it has more than {_MOST_PAGES:,} pages; divide it")
            metadata = _metadata(pdf)
            if pdf.is_encrypted:
                # With an owner's password alone anybody may read it.
                plain = io.BytesIO()
                pdf.save(plain)
                data = plain.getvalue()
    except pikepdf.PasswordError:
        raise Unreadable("it is encrypted; save a copy without a password") from None
    except (pikepdf.PdfError, *_ENGINE_FAULTS) as error:
        words = " ".join(str(error).split())[:120]
        way_out = "open it in a PDF reader and print it to a new PDF"
        raise Unreadable(f"it is broken, or no PDF ({words}); {way_out}") from None
    return data, metadata


def _metadata(pdf: Any) -> Metadata:
    xmp = _xmp(pdf)
    info = {str(key)[1:]: str(value) for key, value in pdf.docinfo.items()}
    language = language_of(_string(pdf.Root.get("/Lang"))) or language_of(xmp.get("language"))
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


def _string(value: Any) -> str | None:
    return None if value is None else str(value)


def _title(words: str | None) -> str | None:
    """A title that is one: programs write file names and their own names there."""
    title = _PROGRAM.sub("", one_line(words) or "")
    return None if _FILE_NAME.fullmatch(title) or _NO_TITLE.fullmatch(title) else title


def _xmp(pdf: Any) -> dict[str, str]:
    """Dublin Core and PRISM in the XMP packet (ISO 16684-1), by local name; the first counts."""
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(stream.read_bytes().strip(b"\x00\r\n\t "), parser)
    except (etree.XMLSyntaxError, *_ENGINE_FAULTS):
        # A packet that cannot be read says nothing; what PDFs hold beside it still does.
        return {}
    found: dict[str, str] = {}
    for description in tree.iter(f"{_RDF}Description"):
        for name, words in description.attrib.items():
            _keep(found, str(name), str(words))
        for child in description:
            if isinstance(child.tag, str):
                first = child.find(f"*/{_RDF}li")
                _keep(found, child.tag, child.text if first is None else first.text)
    return found


def _keep(found: dict[str, str], name: str, words: str | None) -> None:
    prism = _PRISM.fullmatch(name)
    local = name.removeprefix(_DC) if name.startswith(_DC) else prism[1] if prism else None
    if local and words and words.strip():
        found.setdefault(local, words.strip())


# --- pages ----------------------------------------------------------------------------------------


def _lines_of_pages(data: bytes) -> Iterator[list[_Line]]:
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    number = 0
    try:
        for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages, 1):
            contents = page.get_contents()
            if contents is not None and len(contents.get_data()) > _LARGEST_STREAM:
                raise Unreadable(f"page {number} is larger than a page can be; it is left unread")
            yield _lines(page)
    except (PyPdfError, *_ENGINE_FAULTS) as error:
        words = " ".join(str(error).split())[:120]
        way_out = "open it in a PDF reader and print it to a new PDF"
        raise Unreadable(f"page {number} cannot be read ({words}); {way_out}") from None


def _lines(page: Any) -> list[_Line]:
    """The lines of a page in the order in which they are drawn."""
    fragments: list[tuple[str, float, float, float]] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _font: Any, size: float) -> None:
        if text:
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
            fragments.append((text, x, y, size * scale))

    page.extract_text(visitor_text=visit)
    lines: list[_Line] = []
    parts: list[_Line] = []
    for text, x, y, size in fragments:
        for number, part in enumerate(text.split("\n")):
            if number:
                _add(lines, parts)
                parts = []
            parts.append(_Line(part, y, x, size))
    _add(lines, parts)
    return lines


def _add(lines: list[_Line], parts: Sequence[_Line]) -> None:
    """Add the line that parts make: it begins with its first, and its longest gives the size."""
    text = "".join(part.text for part in parts).strip()
    shown = [part for part in parts if part.text.strip()]
    if not shown:
        return
    first, size = shown[0], max(shown, key=lambda part: len(part.text)).size
    last = lines[-1] if lines else None
    height = _SAME_LINE * max(size, last.size if last else 0, 1.0)
    if last is not None and abs(last.y - first.y) < height and first.x > last.x:
        # A raised figure, or a word set apart: it stands on the line before.
        lines[-1] = _Line(f"{last.text} {text}", last.y, last.x, max(last.size, size))
    else:
        lines.append(_Line(text, first.y, first.x, size))


def _paragraphs(lines: Sequence[_Line]) -> list[str]:
    """Gather lines into paragraphs, line ends kept."""
    distances = _distances(lines)
    full = _FULL * max((len(line.text) for line in lines), default=0)
    paragraphs: list[list[str]] = []
    for number, line in enumerate(lines):
        if number and not _parts(lines[number - 1], line, distances[round(line.size)], full):
            paragraphs[-1].append(line.text)
        else:
            paragraphs.append([line.text])
    return ["\n".join(paragraph) for paragraph in paragraphs]


def _distances(lines: Sequence[_Line]) -> dict[int, float]:
    """The distance of lines within paragraphs, by size of type in whole points."""
    steps: dict[int, list[float]] = {round(line.size): [] for line in lines}
    for before, line in pairwise(lines):
        step = before.y - line.y
        if round(before.size) == round(line.size) and 0.8 * line.size < step < 3 * line.size:
            steps[round(line.size)].append(step)
    return {size: _usual(size, sorted(near)) for size, near in steps.items()}


def _usual(size: int, near: Sequence[float]) -> float:
    if len(near) < _FEW:
        return _SOLID * max(size, 1)
    # Where most paragraphs have one line, the middle distance is that between paragraphs.
    low = near[len(near) // 5]
    return median(step for step in near if step < 1.25 * low)


def _parts(before: _Line, line: _Line, usual: float, full: float) -> bool:
    """Whether a new paragraph begins with a line; a `full` line has as many characters."""
    step = before.y - line.y
    if step < -0.5 * line.size or step > 6 * usual:
        # Another column, or another part of the page.
        return not _goes_on(before.text, line.text)
    sizes = sorted((before.size, line.size))
    if sizes[0] > 0 and sizes[1] / sizes[0] > _SIZE:
        return True
    if step > _GAP * usual:
        # A passage set wider than the rest: a full line that ends no sentence goes on.
        loose = step < _LOOSE * usual and abs(line.x - before.x) < 0.5 * line.size
        return not (loose and len(before.text) >= full and not _ENDS_SENTENCE.search(before.text))
    indented = _INDENT * line.size < line.x - before.x < 6 * line.size
    return indented and bool(_ENDS_SENTENCE.search(before.text))


def _goes_on(before: str, after: str) -> bool:
    """Whether a paragraph that a column or page ends goes on at the head of the next."""
    return after[:1].islower() and not _ENDS_SENTENCE.search(before.rstrip())


def _largest(lines: Sequence[_Line]) -> str | None:
    """The lines in the largest type of a page, where they stand out: they may be its title."""
    largest = max(line.size for line in lines)
    chosen = [line.text for line in lines if line.size > 0.97 * largest]
    return one_line(" ".join(chosen)) if len(chosen) <= 4 else None

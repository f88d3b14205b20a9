"""PDF: pikepdf opens, decrypts and gives the metadata; pypdf reads the text, page by page.

Only this module imports pypdf. The positions of lines make them paragraphs: a gap, another size of
type or an indented line begins one. Page breaks are kept. Words divided at a line's end stay
divided, since a quotation may join them.
"""

import io
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Final

from lxml import etree

from sourcebrief.authoring.importing.extraction import (
    Extraction,
    Metadata,
    UnreadableDocument,
    first_date,
    language_of,
    one_line,
    text_of_pages,
)
from sourcebrief.text.characters import REPLACEMENT

_MOST_PAGES: Final = 5_000
_LARGEST_STREAM: Final = 32 * 1024 * 1024
"""Bytes of one page's drawing instructions, unpacked."""
_GAP: Final = 1.3
"""A distance so many times the usual one separates paragraphs."""
_LOOSE: Final = 1.8
_SOLID: Final = 1.25
"""The distance of lines, in sizes of type, where there are too few to measure."""
_FEWEST_DISTANCES: Final = 3
_FULL: Final = 0.7
_SAME_LINE: Final = 0.45
_SIZE: Final = 1.12
_INDENT: Final = 0.9
_MOST_NAMED: Final = 5
_WAY_OUT: Final = "open it in a PDF reader and print it to a new PDF"
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
    """A line of a page: where it begins, from the bottom and the left, and its size, in points."""

    text: str
    y: float
    x: float
    size: float


def read_pdf(data: bytes) -> Extraction:
    """Read a PDF. Raises UnreadableDocument where it is encrypted, broken or a scan."""
    data, metadata = _open(data)
    pages = list(_lines_of_pages(data))
    empty = [number for number, page in enumerate(pages, 1) if not page]
    if len(empty) == len(pages):
        raise UnreadableDocument(
            "it holds no text, only pictures: a scan; recognise its text first, with OCR such as "
            "`ocrmypdf`"
        )
    paragraphs = [_paragraphs(page) for page in pages]
    continued = frozenset(
        number
        for number, (before, page) in enumerate(pairwise(paragraphs), 1)
        if before and page and _continues(before[-1], page[0])
    )
    text = text_of_pages(paragraphs, continued)
    return Extraction(
        text,
        metadata,
        title_proposed=_largest(next(filter(None, pages))),
        remarks=tuple(_remarks(text, empty)),
    )


def _remarks(text: str, empty: Sequence[int]) -> Iterator[str]:
    if empty:
        listed = ", ".join(map(str, empty[:_MOST_NAMED]))
        more = f" and {len(empty) - _MOST_NAMED} more" if len(empty) > _MOST_NAMED else ""
        one = len(empty) == 1
        yield f"{'page' if one else 'pages'} {listed}{more} {'holds' if one else 'hold'} no text"
    if unknown := text.count(REPLACEMENT):
        yield f"{unknown:,} characters have no text in the PDF and appear as {REPLACEMENT}"


# --- the file -------------------------------------------------------------------------------------


def _open(data: bytes) -> tuple[bytes, Metadata]:
    """Return the file without encryption, as pypdf reads it, and its metadata."""
    import pikepdf

    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise UnreadableDocument(f"it has more than {_MOST_PAGES:,} pages; divide it")
            metadata = _metadata(pdf)
            if pdf.is_encrypted:
                # A file that only an owner's password protects may be read by anyone.
                plain = io.BytesIO()
                pdf.save(plain)
                data = plain.getvalue()
    except pikepdf.PasswordError:
        raise UnreadableDocument("it is encrypted; save a copy without a password") from None
    except (pikepdf.PdfError, *_ENGINE_FAULTS):
        raise UnreadableDocument(f"it is broken, or not a PDF; {_WAY_OUT}") from None
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
                raise UnreadableDocument(f"page {number} holds more than a page can; {_WAY_OUT}")
            yield _lines(page)
    except (PyPdfError, *_ENGINE_FAULTS):
        raise UnreadableDocument(f"page {number} cannot be read; {_WAY_OUT}") from None


def _lines(page: Any) -> list[_Line]:
    """Return the lines of a page in the order in which they are drawn."""
    drawn: list[list[_Line]] = [[]]

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _font: Any, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
        first, *others = (_Line(part, y, x, size * scale) for part in text.split("\n"))
        drawn[-1].append(first)
        drawn.extend([part] for part in others)

    page.extract_text(visitor_text=visit)
    lines: list[_Line] = []
    for parts in drawn:
        shown = [part for part in parts if part.text.strip()]
        if not shown:
            continue
        # A line begins with its first part, and its longest part gives the size.
        text, first = "".join(part.text for part in parts).strip(), shown[0]
        line = _Line(text, first.y, first.x, max(shown, key=lambda part: len(part.text)).size)
        if lines and _same_line(lines[-1], line):
            last = lines.pop()
            line = _Line(f"{last.text} {text}", last.y, last.x, max(last.size, line.size))
        lines.append(line)
    return lines


def _same_line(last: _Line, line: _Line) -> bool:
    """Say whether a line is part of the one before: a raised figure, or a word at a distance."""
    height = _SAME_LINE * max(line.size, last.size, 1.0)
    return abs(last.y - line.y) < height and line.x > last.x


def _paragraphs(lines: Sequence[_Line]) -> list[str]:
    """Join lines to paragraphs and keep their line ends."""
    distances = _distances(lines)
    full = _FULL * max((len(line.text) for line in lines), default=0)
    paragraphs: list[list[str]] = []
    for number, line in enumerate(lines):
        if number and not _begins(lines[number - 1], line, distances[round(line.size)], full):
            paragraphs[-1].append(line.text)
        else:
            paragraphs.append([line.text])
    return ["\n".join(paragraph) for paragraph in paragraphs]


def _distances(lines: Sequence[_Line]) -> dict[int, float]:
    """Measure the distance of lines in paragraphs, by size of type in whole points."""
    steps: dict[int, list[float]] = {round(line.size): [] for line in lines}
    for before, line in pairwise(lines):
        step = before.y - line.y
        if round(before.size) == round(line.size) and 0.8 * line.size < step < 3 * line.size:
            steps[round(line.size)].append(step)
    return {size: _usual(size, sorted(near)) for size, near in steps.items()}


def _usual(size: int, near: Sequence[float]) -> float:
    if len(near) < _FEWEST_DISTANCES:
        return _SOLID * max(size, 1)
    # Where most paragraphs have one line, the middle distance is that between paragraphs.
    low = near[len(near) // 5]
    return median(step for step in near if step < 1.25 * low)


def _begins(before: _Line, line: _Line, usual: float, full: float) -> bool:
    """Say whether a line begins a paragraph; a `full` line has at least so many characters."""
    step = before.y - line.y
    if step < -0.5 * line.size or step > 6 * usual:
        # Another column, or another part of the page.
        return not _continues(before.text, line.text)
    sizes = sorted((before.size, line.size))
    if sizes[0] > 0 and sizes[1] / sizes[0] > _SIZE:
        return True
    if step > _GAP * usual:
        # In a passage set wider than the rest, a full line without a sentence end continues.
        loose = step < _LOOSE * usual and abs(line.x - before.x) < 0.5 * line.size
        return not (loose and len(before.text) >= full and not _ENDS_SENTENCE.search(before.text))
    indented = _INDENT * line.size < line.x - before.x < 6 * line.size
    return indented and bool(_ENDS_SENTENCE.search(before.text))


def _continues(before: str, after: str) -> bool:
    """Say whether a paragraph continues from the end of a column or page to the next."""
    return after[:1].islower() and not _ENDS_SENTENCE.search(before.rstrip())


def _largest(lines: Sequence[_Line]) -> str | None:
    """Return the few lines in the largest type of a page, which may be its title."""
    largest = max(line.size for line in lines)
    chosen = [line.text for line in lines if line.size > 0.97 * largest]
    return one_line(" ".join(chosen)) if len(chosen) <= 4 else None

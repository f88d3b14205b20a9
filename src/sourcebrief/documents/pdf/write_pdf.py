"""HTML to a tagged, archivable PDF; the one module that calls WeasyPrint.

The result claims PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) at once. The same arguments
give the same bytes, in any folder, process, locale and time zone.
"""

from __future__ import annotations

import hashlib
import logging
import os
import warnings
import zlib
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING, Any, Literal
from urllib.request import DataHandler, Request
from xml.sax.saxutils import escape, quoteattr

from sourcebrief.documents import fonts
from sourcebrief.documents.pdf.engine import speed
from sourcebrief.errors import EngineFault, EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sourcebrief.documents.pdf.engine.patches import PlacedNote

BASE = "resource:"
"""The base address of the HTML: a relative address names one of the given resources."""


@dataclass(frozen=True, slots=True)
class PdfMetadata:
    """What the information dictionary and the XMP packet say of the document, alike."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    language: str
    """BCP 47."""
    created: datetime
    modified: datetime
    """Both aware; written in UTC, to the second."""
    creator: str
    """The program that the document was written with."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """An associated file (PDF/A-3, annex E): its name must be unique in the document."""

    name: str
    data: bytes
    media_type: str
    relationship: Literal["Data", "Source", "Supplement", "Alternative"]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished document and how many pages it has."""

    content: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What a laid-out document can be asked: its pages, and where its notes stand."""

    pages: int
    notes: tuple[PlacedNote, ...]


def write_pdf(
    html: str,
    *,
    resources: Mapping[str, bytes],
    metadata: PdfMetadata,
    attachments: Sequence[Attachment] = (),
    source_date_epoch: int | None = None,
) -> Pdf:
    """Make the PDF of an HTML text.

    `resources` holds the style sheets and images by the address that the HTML gives them; nothing
    else can be fetched but `data:` URIs and the fonts of `fonts`. `source_date_epoch` (seconds, by
    reproducible-builds.org) dates the attachments; default: `metadata.modified`.

    Raises `EngineFault` where WeasyPrint fails or warns of anything, where a note is lost or a
    glyph comes from another font, and `EnvironmentFault` where a system library is missing.
    """
    engine = _engine()
    dated = (
        metadata.modified
        if source_date_epoch is None
        else datetime.fromtimestamp(source_date_epoch, UTC)
    )

    def finish(document: Any, pdf: Any) -> None:
        drawn = engine.mends.characters_drawn_in(document)
        if foreign := sorted(drawn.keys() - {fonts.SERIF, fonts.SANS}):
            raise EngineFault(
                f"{drawn[foreign[0]]!r} was drawn in {foreign[0]}, not in {fonts.SERIF} or "
                f"{fonts.SANS}: they lack a character, or a style sheet names another font"
            )
        _describe(pdf, metadata)
        _attach(pdf, attachments, dated)
        _compress(pdf)

    with _silent_or_fault(), speed.spared():
        document = _render(engine, html, resources)
        document.metadata.lang = metadata.language
        if lost := [n for n in engine.mends.placed_notes(document) if n.note is None]:
            raise EngineFault(
                f"WeasyPrint lost the note {lost[0].identifier or '(without id)'} whose call is on "
                f"page {lost[0].call + 1}"
            )
        with engine.mends.mended(document), _font_dates(dated):
            content: bytes = document.write_pdf(
                pdf_variant="pdf/a-3a", finisher=finish, pdf_identifier=_identifier(html, metadata)
            )
        return Pdf(content, len(document.pages))


def lay_out(html: str, *, resources: Mapping[str, bytes]) -> Layout:
    """Return what the layout of an HTML text can be asked, without writing a PDF."""
    engine = _engine()
    with _silent_or_fault(), speed.spared():
        document = _render(engine, html, resources)
        return Layout(len(document.pages), engine.mends.placed_notes(document))


def load_engine() -> None:
    """Import WeasyPrint now, while something else is waited for.

    Raises EnvironmentFault where it, or a library that it needs, is missing.
    """
    _engine()


def engine_versions() -> dict[str, str]:
    """Return the versions of all that decides a PDF's bytes, for the record of a build."""
    engine = _engine()
    return {
        "weasyprint": engine.weasyprint.VERSION,
        **engine.mends.library_versions(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


@dataclass(frozen=True, slots=True)
class _Engine:
    weasyprint: Any
    mends: Any


def _engine() -> _Engine:
    """Import WeasyPrint; its own message on a missing library is long, and printed."""
    try:
        with warnings.catch_warnings(), _no_output(), speed.deferred_imports():
            warnings.simplefilter("ignore", DeprecationWarning)
            import weasyprint

            from sourcebrief.documents.pdf.engine import patches
    except OSError as error:
        raise EnvironmentFault(_libraries(str(error).partition(":")[0])) from None
    if not patches.can_subset():
        raise EnvironmentFault(_libraries("libharfbuzz-subset"))
    if patches.WEASYPRINT != weasyprint.VERSION:
        raise EnvironmentFault(
            f"WeasyPrint is {weasyprint.VERSION}, not {patches.WEASYPRINT}: run "
            f'"pip install weasyprint=={patches.WEASYPRINT}"'
        )
    return _Engine(weasyprint, patches)


def _libraries(missing: str) -> str:
    return (
        f"WeasyPrint needs a system library ({missing}): on Debian or Ubuntu run "
        '"apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", '
        'on macOS "brew install pango"'
    )


@contextmanager
def _no_output() -> Iterator[None]:
    """Keep off standard output what WeasyPrint prints on import where a library is missing."""
    with redirect_stdout(StringIO()):
        yield


class _Fetcher:
    """Serves the given resources, the fonts and `data:` URIs, and refuses all else."""

    # WeasyPrint asks its fetcher for this: a refusal stops the rendering.
    _fail_on_errors = True

    def __init__(self, response: Any, resources: Mapping[str, bytes]) -> None:
        self.response = response
        self.resources = resources
        self.fonts = fonts.font_files()

    def __call__(self, url: str) -> Any:
        if url.startswith("data:"):
            with DataHandler().data_open(Request(url)) as answer:  # noqa: S310 - data: only
                return self.response(url, answer.read(), dict(answer.headers))
        if path := self.fonts.get(url):
            return self.response(url, path.read_bytes(), {"Content-Type": "font/ttf"})
        name = url.removeprefix(BASE)
        if (data := self.resources.get(name)) is None:
            raise LookupError(f"{url} is not among the resources of the document")
        kind = {"css": "text/css", "svg": "image/svg+xml"}.get(name.rpartition(".")[2])
        return self.response(url, data, {"Content-Type": kind} if kind else {})


ADDED_RULES = "* { footnote-policy: line }"
"""What every document's style sheets have added to them.

Without it a note that does not fit is put on the page after its call's, at most page breaks in a
table; a line whose note does not fit moves instead, and in a row that must not break, the row."""


def _render(engine: _Engine, html: str, resources: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import URLFetcherResponse

    fetcher = _Fetcher(URLFetcherResponse, resources)
    configuration = speed.font_configuration()
    faces = engine.weasyprint.CSS(
        string=fonts.font_faces_css() + ADDED_RULES, font_config=configuration, url_fetcher=fetcher
    )
    source = engine.weasyprint.HTML(string=html, base_url=BASE, url_fetcher=fetcher)
    return source.render(font_config=configuration, stylesheets=[faces], pdf_variant="pdf/a-3a")


@contextmanager
def _silent_or_fault() -> Iterator[None]:
    """Raise `EngineFault` on anything WeasyPrint raises, or logs as a warning or error."""
    from weasyprint.urls import FatalURLFetchingError

    said: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    collector = Collector(logging.WARNING)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(collector)
    try:
        with warnings.catch_warnings():
            # WeasyPrint leaves the file of its colour profile to the garbage collector to close.
            warnings.simplefilter("ignore", ResourceWarning)
            yield
    except (EngineFault, EnvironmentFault):
        raise
    except FatalURLFetchingError as error:
        raise EngineFault(f"WeasyPrint: {error.__cause__ or error}") from error
    except MemoryError as error:
        raise EngineFault("WeasyPrint ran out of memory") from error
    except Exception as error:
        raise EngineFault(f"WeasyPrint failed: {type(error).__name__}: {error}") from error
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate
    if said:
        more = f" (and {len(said) - 1} more)" if len(said) > 1 else ""
        raise EngineFault(f"WeasyPrint: {said[0]}{more}")


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


def _identifier(html: str, metadata: PdfMetadata) -> bytes:
    """Return the permanent part of the file identifier (ISO 32000-1, 14.4)."""
    return hashlib.sha256(f"{metadata.title}\0{html}".encode()).hexdigest()[:32].encode()


def _describe(pdf: Any, metadata: PdfMetadata) -> None:
    """Write the information dictionary and the XMP packet from the same values."""
    from pydyf import String  # type: ignore[import-untyped]

    texts = {
        "Title": metadata.title,
        "Author": metadata.author,
        "Subject": metadata.subject,
        "Keywords": ", ".join(metadata.keywords),
        "Language": metadata.language,
        "Creator": metadata.creator,
        "Producer": pdf.info["Producer"].string,
        "CreationDate": f"D:{_utc(metadata.created):%Y%m%d%H%M%S}Z",
        "ModDate": f"D:{_utc(metadata.modified):%Y%m%d%H%M%S}Z",
    }
    pdf.info.clear()
    pdf.info.update({key: String(text) for key, text in texts.items() if text})
    packet = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet.stream = [xmp(metadata, texts["Producer"]).encode()]
    # Tools that find metadata without a PDF parser need the packet as plain text.
    packet.compress = False


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def xmp(metadata: PdfMetadata, producer: str) -> str:
    """Return the XMP packet (ISO 16684-1) that claims PDF/A-3a and PDF/UA-1.

    PDF/A allows a property of another schema only where the packet describes that schema, hence
    the description of `pdfuaid` (ISO 19005-3, 6.6.2.3).
    """

    def alternatives(name: str, text: str) -> str:
        return (
            f"<{name}><rdf:Alt>"
            f'<rdf:li xml:lang="x-default">{escape(text)}</rdf:li>'
            f"<rdf:li xml:lang={quoteattr(metadata.language)}>{escape(text)}</rdf:li>"
            f"</rdf:Alt></{name}>"
        )

    def items(name: str, kind: str, texts: Sequence[str]) -> str:
        listed = "".join(f"<rdf:li>{escape(text)}</rdf:li>" for text in texts)
        return f"<{name}><rdf:{kind}>{listed}</rdf:{kind}></{name}>"

    lines = [
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        alternatives("dc:title", metadata.title),
        items("dc:creator", "Seq", [metadata.author]) if metadata.author else "",
        alternatives("dc:description", metadata.subject) if metadata.subject else "",
        items("dc:subject", "Bag", metadata.keywords) if metadata.keywords else "",
        items("dc:language", "Bag", [metadata.language]),
        "<dc:format>application/pdf</dc:format>",
        f"<pdf:Producer>{escape(producer)}</pdf:Producer>",
        (
            f"<pdf:Keywords>{escape(', '.join(metadata.keywords))}</pdf:Keywords>"
            if metadata.keywords
            else ""
        ),
        f"<xmp:CreatorTool>{escape(metadata.creator)}</xmp:CreatorTool>"
        if metadata.creator
        else "",
        f"<xmp:CreateDate>{_utc(metadata.created):%Y-%m-%dT%H:%M:%SZ}</xmp:CreateDate>",
        f"<xmp:ModifyDate>{_utc(metadata.modified):%Y-%m-%dT%H:%M:%SZ}</xmp:ModifyDate>",
        f"<xmp:MetadataDate>{_utc(metadata.modified):%Y-%m-%dT%H:%M:%SZ}</xmp:MetadataDate>",
    ]
    return _PACKET.format(properties="\n".join(filter(None, lines)))


_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{properties}
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def _attach(pdf: Any, attachments: Sequence[Attachment], dated: datetime) -> None:
    """Embed the files and list each once among the associated files of the document."""
    from pydyf import Array, Dictionary, Stream, String

    if not attachments:
        return
    date = String(f"D:{_utc(dated):%Y%m%d%H%M%S}Z")
    names, associated = Array(), Array()
    for attachment in sorted(attachments, key=lambda each: each.name.encode()):
        stream = Stream(
            [attachment.data],
            {
                "Type": "/EmbeddedFile",
                "Subtype": f"/{attachment.media_type.replace('/', '#2f')}",
                "Params": Dictionary(
                    {"Size": len(attachment.data), "CreationDate": date, "ModDate": date}
                ),
            },
            compress=True,
        )
        pdf.add_object(stream)
        specification = Dictionary(
            {
                "Type": "/Filespec",
                "F": String(attachment.name),
                "UF": String(attachment.name),
                "EF": Dictionary({"F": stream.reference, "UF": stream.reference}),
                "AFRelationship": f"/{attachment.relationship}",
                "Desc": String(attachment.description or attachment.name),
            }
        )
        pdf.add_object(specification)
        names.extend((String(attachment.name), specification.reference))
        associated.append(specification.reference)
    pdf.catalog.setdefault("Names", Dictionary())["EmbeddedFiles"] = Dictionary({"Names": names})
    pdf.catalog["AF"] = associated


def _compress(pdf: Any) -> None:
    """Compress each stream once: pydyf would do so for the file's identifier and again to write."""
    from pydyf import Stream

    class Written(Stream):  # type: ignore[misc]
        def __init__(self, source: Any) -> None:
            super().__init__()
            self.number = source.number
            self.written = source.data

        @property
        def data(self) -> bytes:
            written: bytes = self.written
            return written

    pdf.objects[:] = [Written(each) if isinstance(each, Stream) else each for each in pdf.objects]

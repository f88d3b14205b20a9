"""Write what a Word document says of itself in its properties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from sourcebrief.documents.word.opc_package import Package

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"


@dataclass(frozen=True, slots=True)
class DocxMetadata:
    """What a document says of itself, in its properties and on every page.

    `running` stands at the left of the foot: edition, date and status, in the document's language.
    `page_label` stands at its right, with `{page}` and `{pages}` for Word's own fields. `moment`
    is the time of the document, aware of its zone.
    """

    title: str
    author: str
    language: str
    marking: str
    subject: str = ""
    keywords: tuple[str, ...] = ()
    identifier: str = ""
    status: str = ""
    version: str = ""
    running: str = ""
    page_label: str = "{page} / {pages}"
    page: Literal["A4", "Letter"] = "A4"
    moment: datetime = datetime(1970, 1, 1, tzinfo=UTC)


def write_properties(package: Package, metadata: DocxMetadata) -> None:
    """Write the core properties (ISO/IEC 29500-2, 11), and clear those of the tools."""
    texts = {
        "dc:title": metadata.title,
        "dc:creator": metadata.author,
        "dc:subject": metadata.subject,
        "cp:keywords": ", ".join(metadata.keywords),
        "dc:identifier": metadata.identifier,
        "dc:language": metadata.language,
        "cp:lastModifiedBy": metadata.author,
        "cp:contentStatus": metadata.status,
        "cp:version": metadata.version,
    }
    moment = metadata.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    properties = "".join(
        [
            *(f"<{name}>{escape(text)}</{name}>" for name, text in texts.items() if text),
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>',
            f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>',
        ]
    )
    package.put(
        "docProps/core.xml",
        f"<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{properties}</cp:coreProperties>".encode(),
    )
    application = "<Application>sourcebrief</Application>"
    # pandoc writes all metadata into the custom properties; a filter could add paths of files.
    for name, kind, content in (("app", "extended", application), ("custom", "custom", "")):
        xml = f'<Properties xmlns="{_OFFICE}/{kind}-properties">{content}</Properties>'
        package.put(f"docProps/{name}.xml", xml.encode())

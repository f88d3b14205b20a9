"""Write what a Word document says of itself in its properties."""

from datetime import UTC
from typing import Final
from xml.sax.saxutils import escape

from sourcebrief.documents.properties import DocumentProperties
from sourcebrief.documents.word.opc_package import Package

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"


def write_properties(package: Package, stated: DocumentProperties) -> None:
    """Write the core properties (ISO/IEC 29500-2, 11), and clear those of the tools."""
    texts = {
        "dc:title": stated.title,
        "dc:creator": stated.author,
        "dc:subject": stated.subject,
        "cp:keywords": ", ".join(stated.keywords),
        "dc:identifier": stated.identifier,
        "dc:language": stated.language,
        "cp:lastModifiedBy": stated.author,
        "cp:contentStatus": stated.status,
        "cp:version": stated.version,
    }
    moment = stated.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
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

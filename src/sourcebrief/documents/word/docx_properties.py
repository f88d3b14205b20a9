"""What a Word document says of itself in its properties, and the files that it carries.

Each is in a custom XML part, which Word and LibreOffice keep when they save.
"""

import base64
import re
import uuid
import zlib
from datetime import UTC
from html import escape
from typing import Final

from sourcebrief.documents.properties import DocumentProperties
from sourcebrief.documents.word.opc_package import DOCUMENT, OFFICE_TYPE, Package
from sourcebrief.errors import EngineFault

NAMESPACE: Final = "urn:sourcebrief:evidence:1"
LARGEST_MANIFEST: Final = 256 * 1024 * 1024
"""Bytes beyond which a manifest found in a document is not unpacked."""

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_ITEM: Final = re.compile(r"customXml/item[^/]*\.xml")


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
        "cp:category": stated.layout,
        "cp:version": stated.version,
    }
    moment = stated.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    stated_texts = (
        f"<{name}>{escape(text, quote=False)}</{name}>" for name, text in texts.items() if text
    )
    moments = (
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    package.put(
        "docProps/core.xml",
        f"<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{''.join([*stated_texts, *moments])}</cp:coreProperties>".encode(),
    )
    application = "<Application>sourcebrief</Application>"
    # pandoc writes all metadata into the custom properties; a filter could add paths of files.
    for name, kind, content in (("app", "extended", application), ("custom", "custom", "")):
        xml = f'<Properties xmlns="{_OFFICE}/{kind}-properties">{content}</Properties>'
        package.put(f"docProps/{name}.xml", xml.encode())


def carry(package: Package, name: str, content: bytes) -> None:
    """Put a file into a custom XML part (ISO/IEC 29500-1, 15.2.5 and 22.5)."""
    packed = base64.b64encode(zlib.compress(content, 9)).decode()
    item = package.free_name("customXml/item{}.xml")
    properties = item.replace("item", "itemProps")
    package.put(
        item,
        f'<evidence xmlns="{NAMESPACE}" name="{name}" encoding="zlib base64">'
        f"{packed}</evidence>".encode(),
    )
    # The identifier is made from the content, so that the same content gives the same bytes.
    identifier = str(uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE + packed)).upper()
    package.put(
        properties,
        f'<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{{{identifier}}}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs>'
        "</ds:datastoreItem>".encode(),
        f"{OFFICE_TYPE}.customXmlProperties+xml",
    )
    package.relate(DOCUMENT, item, "customXml")
    package.relate(item, properties, "customXmlProps")


def carried_in_docx(package: Package) -> dict[str, bytes]:
    """Return the files that a document carries by name; EngineFault where one is damaged."""
    found: dict[str, bytes] = {}
    for name in package:
        if _ITEM.fullmatch(name) and NAMESPACE.encode() in package.read(name):
            root = package.tree(name)
            if root.tag == f"{{{NAMESPACE}}}evidence":
                found.setdefault(root.get("name", ""), _unpacked(root.text or ""))
    return found


def _unpacked(text: str) -> bytes:
    inflater = zlib.decompressobj()
    try:
        packed = base64.b64decode("".join(text.split()), validate=True)
        content = inflater.decompress(packed, LARGEST_MANIFEST)
    except (ValueError, zlib.error) as error:
        raise EngineFault(
            "the evidence in the document is damaged: it is not zlib in base64"
        ) from error
    if not inflater.eof:
        raise EngineFault("the evidence in the document is damaged: it is cut short or too large")
    return content

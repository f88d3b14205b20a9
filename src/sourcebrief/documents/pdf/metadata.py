"""What a PDF says of itself and the files that it carries.

The information dictionary and the XMP packet say the same, and the dictionary also names the
layout. Each file is attached once, as PDF/A-3 asks (ISO 19005-3, annex E).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any, Literal

from sourcebrief.documents.properties import DocumentProperties

_CREATOR = "sourcebrief"
"""The program that the document was written with."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """An associated file; its name must be unique in the document."""

    name: str
    data: bytes
    media_type: str
    relationship: Literal["Data", "Source", "Supplement", "Alternative"]
    description: str = ""


def describe(pdf: Any, properties: DocumentProperties) -> None:
    """Write the information dictionary and the XMP packet from the same values."""
    from pydyf import String

    texts = {
        "Title": properties.title,
        "Author": properties.author,
        "Subject": properties.subject,
        "Keywords": ", ".join(properties.keywords),
        "Language": properties.language,
        "Layout": properties.layout,
        "Creator": _CREATOR,
        "Producer": pdf.info["Producer"].string,
        "CreationDate": _pdf_date(properties.moment),
        "ModDate": _pdf_date(properties.moment),
    }
    pdf.info.clear()
    pdf.info.update({key: String(text) for key, text in texts.items() if text})
    packet = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet.stream = [_xmp(properties, texts["Producer"]).encode()]
    # Tools that find metadata without a PDF parser need the packet as plain text.
    packet.compress = False


def attach(pdf: Any, attachments: Sequence[Attachment], dated: datetime) -> None:
    """Embed the files and list each among the associated files of the document."""
    from pydyf import Array, Dictionary, Stream, String

    if not attachments:
        return
    date = String(_pdf_date(dated))
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


def _pdf_date(moment: datetime) -> str:
    """Return a moment as PDF writes dates (ISO 32000-1, 7.9.4), in UTC."""
    return f"D:{moment.astimezone(UTC):%Y%m%d%H%M%S}Z"


def _xmp(properties: DocumentProperties, producer: str) -> str:
    """Return the XMP packet (ISO 16684-1) that claims PDF/A-3a and PDF/UA-1.

    PDF/A allows a property of another schema only where the packet describes that schema; therefore
    it describes `pdfuaid` (ISO 19005-3, 6.6.2.3).
    """
    moment = f"{properties.moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    stated = (
        ("pdfaid:part", "3"),
        ("pdfaid:conformance", "A"),
        ("pdfuaid:part", "1"),
        ("dc:title", _in_languages(properties.title, properties.language)),
        ("dc:creator", _list("Seq", filter(None, [properties.author]))),
        ("dc:description", _in_languages(properties.subject, properties.language)),
        ("dc:subject", _list("Bag", properties.keywords)),
        ("dc:language", _list("Bag", [properties.language])),
        ("dc:format", "application/pdf"),
        ("pdf:Producer", escape(producer, quote=False)),
        ("pdf:Keywords", escape(", ".join(properties.keywords), quote=False)),
        ("xmp:CreatorTool", _CREATOR),
        ("xmp:CreateDate", moment),
        ("xmp:ModifyDate", moment),
        ("xmp:MetadataDate", moment),
    )
    lines = (f"<{name}>{value}</{name}>" for name, value in stated if value)
    return _PACKET.format(properties="\n".join(lines))


def _in_languages(text: str, language: str) -> str:
    items = (
        f'<rdf:li xml:lang="{each}">{escape(text, quote=False)}</rdf:li>'
        for each in ("x-default", language)
    )
    return f"<rdf:Alt>{''.join(items)}</rdf:Alt>" if text else ""


def _list(kind: str, texts: Iterable[str]) -> str:
    items = "".join(f"<rdf:li>{escape(text, quote=False)}</rdf:li>" for text in texts)
    return f"<rdf:{kind}>{items}</rdf:{kind}>" if items else ""


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

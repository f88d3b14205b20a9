"""The files that a PDF carries, each once, as PDF/A-3 asks (ISO 19005-3, annex E)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sourcebrief.documents.pdf.metadata import pdf_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Attachment:
    """An associated file; its name must be unique in the document."""

    name: str
    data: bytes
    media_type: str
    relationship: Literal["Data", "Source", "Supplement", "Alternative"]
    description: str = ""


def attach(pdf: Any, attachments: Sequence[Attachment], dated: datetime) -> None:
    """Embed the files and list each among the associated files of the document."""
    from pydyf import Array, Dictionary, Stream, String

    if not attachments:
        return
    date = String(pdf_date(dated))
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

"""A message (RFC 5322): its headers are the metadata, its text part is the text."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from typing import Any, Final

from sourcebrief.authoring.importing.extraction import (
    Extraction,
    Metadata,
    UnreadableDocument,
    edtf_of,
    language_of,
    one_line,
    text_of_pages,
)
from sourcebrief.authoring.importing.from_html import paragraphs_of_source

_MOST_NAMED: Final = 8
_HEADERS: Final = ("From", "To", "Cc", "Date", "Subject")


def read_email(data: bytes) -> Extraction:
    """Read a message. Raises UnreadableDocument where it is none, or holds no text."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not (message["From"] or message["Subject"]):
        raise UnreadableDocument("it is not a message: it has no From and no Subject")
    part = message.get_body(("plain", "html"))
    remarks: list[str] = []
    if part is None:
        paragraphs: list[str] = []
    elif part.get_content_subtype() == "html":
        paragraphs, remarks = paragraphs_of_source(_text_of(part))
    else:
        paragraphs = [block for block in _text_of(part).split("\n\n") if block.strip()]
    if names := [one_line(one.get_filename()) or "unnamed" for one in message.iter_attachments()]:
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        remarks.append(
            f"its attachments are not part of the text: {', '.join(names[:_MOST_NAMED])}{more}; "
            "save them and add those that you quote"
        )
    head = "\n".join(f"{name}: {one_line(message[name])}" for name in _HEADERS if message[name])
    return Extraction(
        text_of_pages([[head, *paragraphs]]), _metadata(message), remarks=tuple(remarks)
    )


def _text_of(part: Any) -> str:
    try:
        return str(part.get_content()).replace("\r\n", "\n")
    except (LookupError, UnicodeError):
        raise UnreadableDocument(
            "its text is in an encoding that is not known; save the message as text"
        ) from None


def _metadata(message: EmailMessage) -> Metadata:
    # The parser gives a header that is no date the value None.
    date = getattr(message["Date"], "datetime", None)
    sent = date.date().isoformat() if date else edtf_of(str(message["Date"] or ""))
    addresses = getattr(message["From"], "addresses", ())
    sender = next((one.display_name or one.addr_spec for one in addresses), None)
    return Metadata(
        title=one_line(message["Subject"]),
        publisher=one_line(sender),
        issued=sent,
        issued_from="Date" if sent else None,
        language=language_of(message["Content-Language"]),
        type="personal_communication",
    )

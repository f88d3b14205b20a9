"""A message (RFC 5322): its headers are the metadata, its text part is the text."""

from __future__ import annotations

import email
import email.policy
from contextlib import suppress
from email.message import EmailMessage
from typing import Any, Final

from sourcebrief.authoring.importing.extraction import (
    Extraction,
    Metadata,
    UnreadableDocument,
    codec_of,
    edtf_of,
    language_of,
    marked_encoding,
    one_line,
    text_of_pages,
)
from sourcebrief.authoring.importing.from_html import paragraphs_of_source

_MOST_NAMED: Final = 8
_UTF_8: Final = (None, "utf-8", "utf8", "utf_8")
_ENCRYPTED: Final = ("multipart/encrypted", "application/pkcs7-mime")
_HEADERS: Final = ("From", "To", "Cc", "Date", "Subject")


def read_email(data: bytes) -> Extraction:
    """Read a message. Raises UnreadableDocument where it is none, or holds no text."""
    mark = marked_encoding(data)
    if mark:
        with suppress(UnicodeError):  # it may still be a message with an odd beginning
            data = data.decode(mark).removeprefix("\ufeff").encode()
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not (message["From"] or message["Subject"]):
        raise UnreadableDocument("it is not a message: it has no From and no Subject")
    if message.get_content_type() in _ENCRYPTED:
        raise UnreadableDocument("it is encrypted; save its text with your mail program")
    part = message.get_body(("plain", "html"))
    remarks: list[str] = []
    paragraphs: list[str] = []
    if part is not None:
        text, declared = _text_of(part)
        if part.get_content_subtype() == "html":
            paragraphs, remarks = paragraphs_of_source(text)
        else:
            paragraphs = [block for block in text.split("\n\n") if block.strip()]
        if declared and not mark:
            remarks.append(
                f"its text says that it is in {declared}, but its bytes are UTF-8 and were read so"
            )
    if names := [*map(_attachment_name, message.iter_attachments())]:
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        remarks.append(
            f"its attachments are not part of the text: {', '.join(names[:_MOST_NAMED])}{more}; "
            "save them and add those that you quote"
        )
    head = "\n".join(f"{name}: {one_line(message[name])}" for name in _HEADERS if message[name])
    return Extraction(
        text_of_pages([[head, *paragraphs]]), _metadata(message), remarks=tuple(remarks)
    )


def _attachment_name(part: Any) -> str:
    """Return the name of an attachment; a message within the message has its subject."""
    within = part.get_payload(0) if part.get_content_type() == "message/rfc822" else None
    subject = within["Subject"] if isinstance(within, EmailMessage) else None
    return one_line(part.get_filename()) or one_line(subject) or "unnamed"


def _text_of(part: Any) -> tuple[str, str | None]:
    """Return the text of a part, and the encoding that it names although its bytes are UTF-8."""
    data, declared = part.get_payload(decode=True), part.get_content_charset()
    with suppress(UnicodeDecodeError):
        if not data.isascii():
            return data.decode().replace("\r\n", "\n"), None if declared in _UTF_8 else declared
    try:
        return data.decode(codec_of(declared or "ascii")).replace("\r\n", "\n"), None
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

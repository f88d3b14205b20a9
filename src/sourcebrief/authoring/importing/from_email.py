"""A message (RFC 5322): its headers are the metadata, its text part is the text."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage
from email.utils import getaddresses
from itertools import pairwise
from typing import Any, Final

from sourcebrief.authoring.importing.extraction import (
    Extraction,
    Metadata,
    UnreadableDocument,
    decoded,
    edtf_of,
    language_of,
    letters_of,
    marked_encoding,
    one_line,
    text_of_pages,
)
from sourcebrief.authoring.importing.from_html import paragraphs_of_source
from sourcebrief.authoring.importing.page_cleaning import counted_words
from sourcebrief.text.phrases import listed_up_to

_MOST_NAMED: Final = 8
_UTF_8: Final = (None, "utf-8", "utf8", "utf_8")
_ENCRYPTED: Final = ("multipart/encrypted", "application/pkcs7-mime")
_HEADERS: Final = ("From", "To", "Cc", "Date", "Subject")
_SHOWN: Final = ("text/plain", "text/html")
_FULL: Final = 0.5
"""The share of a page's letters that a plain text has at least which says the same."""
_NEXT_MESSAGE = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S+ .*[0-9]:[0-9]{2}.*[0-9]{4}")
_MASKED_FROM = re.compile(rb"(?m)^>From ")
_QUOTE_MARKS = re.compile(r"(?:> ?)+")


def read_email(data: bytes) -> Extraction:
    """Read a message, or those of a mailbox. Raises UnreadableDocument where it holds none."""
    mark = marked_encoding(data)
    if mark:
        with suppress(UnicodeError):  # it may still be a message with an odd beginning
            data = data.decode(mark).removeprefix("\ufeff").encode()
    messages = [
        email.message_from_bytes(part, policy=email.policy.default) for part in _parted(data)
    ]
    paragraphs: list[str] = []
    remarks: list[str] = []
    for message in messages:
        own, lost = _read(message, bool(mark))
        paragraphs += own
        remarks += lost
    if len(messages) > 1:
        remarks.append(
            f"it holds {len(messages):,} messages; title, sender and date are those of the first"
        )
    return Extraction(text_of_pages([paragraphs]), _metadata(messages[0]), remarks=tuple(remarks))


def _parted(data: bytes) -> Iterator[bytes]:
    """Part the messages of a mailbox (RFC 4155), in which each begins with a line of its own."""
    starts = [found.start() for found in _NEXT_MESSAGE.finditer(data)]
    if not starts or data[: starts[0]].strip():
        starts.insert(0, 0)
    for start, end in pairwise([*starts, len(data)]):
        yield _MASKED_FROM.sub(b"From ", data[start:end]) if len(starts) > 1 else data[start:end]


def _read(message: EmailMessage, marked: bool) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a message, its head first, and remarks on them."""
    if not (message["From"] or message["Subject"]):
        raise UnreadableDocument("it is not a message: it has no From and no Subject")
    if message.get_content_type() in _ENCRYPTED:
        raise UnreadableDocument("it is encrypted; save its text with your mail program")
    head = "\n".join(f"{name}: {one_line(message[name])}" for name in _HEADERS if message[name])
    paragraphs, remarks = [head], []
    parts, others = _texts_and_others(message)
    for part in parts:
        text, declared = _text_of(part)
        if part.get_content_subtype() == "html":
            found, lost = paragraphs_of_source(text) if text.strip() else ([], [])
            paragraphs += found
            remarks += lost
        else:
            paragraphs += filter(str.strip, _without_quote_marks(text).split("\n\n"))
        if declared and not marked:
            remarks.append(
                f"its text says that it is in {declared}, but its bytes are UTF-8 and were read so"
            )
    if names := [*map(_attachment_name, others)]:
        remarks.append(
            f"its attachments are not part of the text: {listed_up_to(names, _MOST_NAMED)}; "
            "save them and add those that you quote"
        )
    if behind := one_line(message.epilogue):
        remarks.append(f"left out, since it stands behind its end: {counted_words(behind, 'word')}")
    if any(isinstance(one, CloseBoundaryNotFoundDefect) for one in message.defects):
        remarks.append("it ends too early: its last part may be cut off")
    return paragraphs, remarks


def _texts_and_others(part: Any) -> tuple[list[Any], list[Any]]:
    """Part what a mail program shows as text from attachments; of alternatives, one is text."""
    if not part.is_multipart() or part.get_content_maintype() == "message":
        # A message whose parts are not found is shown as it stands.
        shown = part.get_content_type() in _SHOWN or part.get_content_maintype() == "multipart"
        is_text = shown and not part.is_attachment() and not part.get_filename()
        return ([part], []) if is_text else ([], [part])
    texts: list[Any] = []
    others: list[Any] = []
    for own, other in map(_texts_and_others, part.iter_parts()):
        texts += own
        others += other
    if part.get_content_subtype() == "alternative":
        pages = [one for one in texts if one.get_content_subtype() == "html"]
        plain = [one for one in texts if one not in pages]
        # The plain text may only say that a program cannot show the page.
        texts = plain if _size(plain) > _FULL * _size(pages) or not pages else pages
    return texts, others


def _size(parts: Iterable[Any]) -> int:
    """Count the letters that parts show."""
    found = ((part.get_content_subtype() == "html", _text_of(part)[0]) for part in parts)
    texts = (
        " ".join(paragraphs_of_source(text)[0]) if page and text.strip() else text
        for page, text in found
    )
    return sum(len(letters_of(text)) for text in texts)


def _without_quote_marks(text: str) -> str:
    """Keep the marks of quoted lines (`> `) at the head of each paragraph alone.

    So that a sentence over several of them can be quoted.
    """
    lines: list[str] = []
    last = 0
    for line in text.split("\n"):
        marks = _QUOTE_MARKS.match(line)
        level = marks[0].count(">") if marks else 0
        words = line[marks.end() :] if marks else line
        if level != last or (level and not words.strip()):
            lines.append("")
        going_on = level == last and bool(lines) and bool(lines[-1].strip())
        lines.append(words if going_on or not words.strip() else line)
        last = level
    return "\n".join(lines)


def _attachment_name(part: Any) -> str:
    """Return the name of an attachment; a message within the message has its subject."""
    within = part.get_payload(0) if part.get_content_type() == "message/rfc822" else None
    subject = within["Subject"] if isinstance(within, EmailMessage) else None
    kind = f"one of type {part.get_content_type()}"
    return one_line(part.get_filename()) or one_line(subject) or kind


def _text_of(part: Any) -> tuple[str, str | None]:
    """Return the text of a part, and the encoding that it names although its bytes are UTF-8."""
    data, declared = part.get_payload(decode=True), part.get_content_charset()
    if not data.isascii() and (text := decoded(data, "utf-8")) is not None:
        return text.replace("\r\n", "\n"), None if declared in _UTF_8 else declared
    if (text := decoded(data, declared or "ascii")) is None:
        raise UnreadableDocument(
            "its text is in an encoding that is not known; save the message as text"
        )
    return text.replace("\r\n", "\n"), None


def _metadata(message: EmailMessage) -> Metadata:
    # The parser gives a header that is no date the value None.
    date = getattr(message["Date"], "datetime", None)
    sent = date.date().isoformat() if date else edtf_of(str(message["Date"] or ""))
    # Of a name in bytes that no mail should hold, as UTF-8, the parsed address keeps no letters.
    senders = getaddresses([str(message["From"] or "")])
    sender = next((name or address for name, address in senders if name or address), None)
    return Metadata(
        title=one_line(message["Subject"]),
        publisher=one_line(sender),
        issued=sent,
        issued_from="Date" if sent else None,
        language=language_of(message["Content-Language"]),
        type="personal_communication",
    )

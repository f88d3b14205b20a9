"""The mail that a brief travels with: a draft that every mail program opens (RFC 5322, RFC 2045).

The draft has no From and no Message-ID: the program that sends it knows them. Equal values give
equal bytes; nothing in a field can become a field of its own.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING

from sourcebrief.brief.authored_html import render_blocks
from sourcebrief.brief.view import Html
from sourcebrief.documents.mail_addresses import LINE, encoded
from sourcebrief.documents.page import render
from sourcebrief.workspace.markup import parse_markup

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sourcebrief.brief.labels import Labels
    from sourcebrief.brief.template_source import Templates
    from sourcebrief.documents.mail_addresses import Address
    from sourcebrief.workspace.markup import Block

PLAIN = "mail.txt.j2"
HTML = "mail.html.j2"


@dataclass(frozen=True, slots=True)
class Words:
    """An authored text without its citations: as plain text, and as markup."""

    plain: str
    markup: Html


@dataclass(frozen=True, slots=True)
class MailJudgement:
    """A judgement with the label of its confidence."""

    text: Words
    confidence_label: str


@dataclass(frozen=True, slots=True)
class Mail:
    """What the two templates of a mail are given, as `mail`.

    `as_of` is worded; `edition` is the 12 hex digits; `attachments` are file names, the PDF first.
    """

    title: str
    subtitle: str | None
    marking: str
    edition: str
    as_of: str
    status_label: str
    version: str
    prepared_by: str
    prepared_for: str | None
    language: str
    bottom_line: Words
    judgements: tuple[MailJudgement, ...]
    attachments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that the mail carries: its name, its bytes and its media type."""

    name: str
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """To whom a mail goes, and what its subject says after the marking; None for the title."""

    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str | None = None


def words(text: str, language: str) -> Words:
    """An authored text for a mail: its citations lead nowhere here, and are left out."""
    parsed = parse_markup(text)
    markup = render_blocks(parsed, lambda _: Html(""), language)
    return Words(_plain(parsed.blocks), markup)


def draft(
    mail: Mail,
    attached: Sequence[Attached],
    envelope: Envelope,
    moment: datetime,
    templates: Templates,
    labels: Labels,
) -> bytes:
    """The draft as the bytes of an `.eml` file; `moment` is its date.

    Raises InvalidInput at the template's line where a template is wrong.
    """
    plain = render(PLAIN, templates, labels, mail=mail)
    html = render(HTML, templates, labels, mail=mail)
    return headers(mail, envelope, moment) + _body(plain, html, attached)


def headers(mail: Mail, envelope: Envelope, moment: datetime) -> bytes:
    """The fields of the draft but those of MIME, folded, in ASCII."""
    fields = [
        "X-Unsent: 1",  # Outlook and Thunderbird open it for writing
        "X-Uniform-Type-Identifier: com.apple.mail-draft",
        f"Date: {format_datetime(moment)}",
        *_recipients("To", envelope.to),
        *_recipients("Cc", envelope.cc),
        f"Subject: {_unstructured(subject(mail, envelope.subject))}",
    ]
    return "".join(f"{field}\r\n" for field in fields).encode("ascii")


def subject(mail: Mail, given: str | None = None) -> str:
    """The subject: the marking in brackets, then the title or what was given instead."""
    marking, rest = f"[{_one_line(mail.marking)}]", _one_line(given or mail.title)
    return rest if rest.startswith(marking) else f"{marking} {rest}"


def _body(plain: str, html: str, attached: Sequence[Attached]) -> bytes:
    message = EmailMessage(policy=policy.SMTP)
    # Quoted-printable whatever the text holds: no line is too long for a server, and no boundary
    # can stand in it.
    message.set_content(plain, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    digest = hashlib.sha256(plain.encode() + b"\0" + html.encode())
    for one in attached:
        main, _, sub = one.media_type.partition("/")
        message.add_attachment(one.data, maintype=main, subtype=sub, filename=one.name)
        digest.update(b"\0" + one.name.encode() + b"\0" + hashlib.sha256(one.data).digest())
    parts = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(parts, 1):
        part.set_boundary(f"=_{number}_{digest.hexdigest()[:32]}")
    return message.as_bytes()


def _recipients(name: str, recipients: Sequence[Address]) -> list[str]:
    if not recipients:
        return []
    return [f"{name}: " + ",\r\n ".join(one.header() for one in recipients)]


def _unstructured(text: str) -> str:
    """The value of an unstructured field: words as they are, folded, or encoded words."""
    parts = text.split(" ")
    if not text.isascii() or "=?" in text or max(map(len, parts)) > LINE // 2:
        return encoded(text)
    lines, room = [parts[0]], LINE - len("Subject: ")
    for part in parts[1:]:
        if len(lines[-1]) + 1 + len(part) <= room:
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    return "\r\n ".join(lines)


def _one_line(text: str) -> str:
    """A text without line breaks and other controls, white space as single spaces."""
    unseen = {"Cc", "Cs", "Zl", "Zp"}
    visible = (" " if unicodedata.category(each) in unseen else each for each in text)
    return " ".join("".join(visible).split())


def _plain(blocks: Sequence[Block]) -> str:
    written: list[str] = []
    number = 0
    previous = "paragraph"
    for block in blocks:
        number = number + 1 if block.kind == "number" else 0
        lead = {"paragraph": "", "bullet": "- ", "number": f"{number}. "}[block.kind]
        if written:
            written.append("\n" if block.kind == previous != "paragraph" else "\n\n")
        written.append(lead + _line(block))
        previous = block.kind
    return "".join(written)


def _line(block: Block) -> str:
    """The words of a block; a link's address stands after its words."""
    written: list[str] = []
    opened: list[tuple[int, str]] = []
    for piece in block.pieces:
        if piece.kind == "text":
            written.append(piece.text)
        elif piece.kind == "citation" and written:
            written[-1] = written[-1].rstrip()
        elif piece.kind == "link":
            opened.append((len(written), piece.text))
        elif piece.kind == "/link":
            start, target = opened.pop()
            address = target.removeprefix("mailto:")
            if "".join(written[start:]) not in (target, address):
                written.append(f" <{address}>")
    return "".join(written).strip()

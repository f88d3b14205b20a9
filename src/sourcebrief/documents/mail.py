"""Draft the mail that carries a brief, for any mail program to open (RFC 5322, RFC 2045).

The draft has no From and no Message-ID, because the program that sends it sets them. Equal values
give equal bytes, and nothing in a field can become a field of its own.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import groupby
from operator import attrgetter
from typing import Final

from sourcebrief.brief.authored_html import CitationMarkup, render_blocks
from sourcebrief.brief.labels import Labels, Templates
from sourcebrief.brief.translated_words import TranslationMarks
from sourcebrief.brief.view import Html
from sourcebrief.documents.mail_addresses import Address, fold_subject
from sourcebrief.documents.page import render
from sourcebrief.text.characters import CONTROL
from sourcebrief.workspace.markup import Block, parse_markup

PLAIN: Final = "mail.txt.j2"
HTML: Final = "mail.html.j2"
MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    # As text, a gateway could write the ends of their lines anew.
    **dict.fromkeys(("sha256", "sig"), "application/octet-stream"),
}
"""What a mail may carry, by the ending of the file's name."""


@dataclass(frozen=True, slots=True)
class MailText:
    """An authored text without its citations, as plain text and as HTML."""

    plain: str
    markup: Html


@dataclass(frozen=True, slots=True)
class MailJudgement:
    """A judgement with the label of its confidence."""

    text: MailText
    confidence_label: str


@dataclass(frozen=True, slots=True)
class Mail:
    """What the two templates of a mail get as `mail`.

    `as_of` is in words, `edition` the 12 hex digits; `attachments` are the names of documents, the
    PDF first, and `sums` that of their signed checksums, which are attached too (None: not signed).
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
    bottom_line: MailText
    judgements: tuple[MailJudgement, ...]
    attachments: tuple[str, ...]
    sums: str | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """The recipients, and what the subject says after the marking (None for the title)."""

    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str | None = None


def mail_text(text: str, language: str, marks: TranslationMarks | None = None) -> MailText:
    """Write an authored text for a mail, without its citations, which lead nowhere there.

    `marks` say which of its quoted words are a translation's.
    """
    parsed = parse_markup(text)
    parsed = marks.marked(parsed) if marks else parsed
    markup = render_blocks(parsed, lambda _: CitationMarkup(Html(""), Html("")), language)
    spaced = markup.replace("<p>", '<p style="margin: 0 0 4pt 0">')
    return MailText(_plain(parsed.blocks), Html(spaced))


def draft(
    mail: Mail,
    attachments: Mapping[str, bytes],
    envelope: Envelope,
    moment: datetime,
    templates: Templates,
    labels: Labels,
) -> bytes:
    """Return the bytes of an `.eml` file that is dated `moment`; `attachments` by file name.

    Raises InvalidInput at the template's line where a template is wrong.
    """
    plain = render(PLAIN, templates, labels, mail=mail)
    html = render(HTML, templates, labels, mail=mail)
    return headers(mail, envelope, moment) + _body(plain, html, attachments)


def headers(mail: Mail, envelope: Envelope, moment: datetime) -> bytes:
    """Write the header of the draft, folded and in ASCII, but for the fields of MIME."""
    fields = [
        "X-Unsent: 1",  # Outlook and Thunderbird open it for writing
        "X-Uniform-Type-Identifier: com.apple.mail-draft",
        f"Date: {format_datetime(moment)}",
        *(
            f"{name}: " + ",\r\n ".join(one.header() for one in recipients)
            for name, recipients in (("To", envelope.to), ("Cc", envelope.cc))
            if recipients
        ),
        f"Subject: {fold_subject(subject(mail, envelope.subject))}",
    ]
    return "".join(f"{field}\r\n" for field in fields).encode("ascii")


def subject(mail: Mail, given: str | None = None) -> str:
    """Return the marking in brackets, then the title or the text given instead."""
    marking, rest = f"[{_one_line(mail.marking)}]", _one_line(given or mail.title)
    return rest if rest.startswith(marking) else f"{marking} {rest}"


def _body(plain: str, html: str, attachments: Mapping[str, bytes]) -> bytes:
    message = EmailMessage(policy=policy.SMTP)
    # In quoted-printable no line is too long for a server, and no text can hold a boundary.
    message.set_content(plain, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    digest = hashlib.sha256(plain.encode() + b"\0" + html.encode())
    for name, data in attachments.items():
        main, _, sub = MEDIA_TYPES[name.rpartition(".")[2]].partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
        digest.update(b"\0" + name.encode() + b"\0" + hashlib.sha256(data).digest())
    parts = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(parts, 1):
        part.set_boundary(f"=_{number}_{digest.hexdigest()[:32]}")
    return message.as_bytes()


def _one_line(text: str) -> str:
    return " ".join(CONTROL.sub(" ", text).split())


def _plain(blocks: Sequence[Block]) -> str:
    parts: list[str] = []
    for kind, items in groupby(blocks, key=attrgetter("kind")):
        lines = [_line(block) for block in items]
        if kind == "bullet":
            lines = [f"- {line}" for line in lines]
        elif kind == "number":
            lines = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
        parts.append(("\n\n" if kind == "paragraph" else "\n").join(lines))
    return "\n\n".join(parts)


def _line(block: Block) -> str:
    """Return the words of a block, a link's address after its words."""
    written = target = ""
    start = 0
    for piece in block.pieces:
        if piece.kind == "text":
            written += piece.text
        elif piece.kind == "citation":
            written = written.rstrip()
        elif piece.kind == "link":
            start, target = len(written), piece.text
        elif piece.kind == "/link":
            address = target.removeprefix("mailto:")
            if written[start:] not in (target, address):
                written += f" <{address}>"
    return written.strip()

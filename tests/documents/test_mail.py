"""The mail: what it says, what carries it, and that no field can become another."""

from __future__ import annotations

import email
import re
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from typing import TYPE_CHECKING

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from invented import ROOT, TEMPLATES, sample_labels
from sourcebrief.documents.mail import (
    MEDIA_TYPES,
    Envelope,
    Mail,
    MailJudgement,
    draft,
    headers,
    mail_text,
    subject,
)
from sourcebrief.documents.mail_addresses import Address
from sourcebrief.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import EmailMessage

MOMENT = datetime(2023, 10, 1, tzinfo=UTC)
PDF = {"harbours.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 9}
WORD = {"harbours.docx": b"PK\x03\x04" + b"\r\n\n\r." * 40}
MAIL = Mail(
    title="Aurelia’s harbours",
    subtitle="Who did what",
    marking="TLP:AMBER",
    edition="0123456789ab",
    as_of="1 October 2023",
    status_label="Final",
    version="1.0",
    prepared_by="Harbour desk",
    prepared_for=None,
    language="en-GB",
    bottom_line=mail_text("Two offers & one *signed* pact. [@pact]", "en-GB"),
    judgements=(MailJudgement(mail_text("We judge that it holds. [@pact; @offer]", "en"), "Low"),),
    attachments=("harbours.pdf",),
)
NOBODY = Envelope()
ANA = Address("Ana Ruiz", "ana@example.org")
FIELDS = ["X-Unsent", "X-Uniform-Type-Identifier", "Date", "To", "Cc", "Subject"]
MIME = ["MIME-Version", "Content-Type"]


def drafted(
    mail: Mail = MAIL,
    envelope: Envelope = NOBODY,
    attached: Mapping[str, bytes] = PDF,
    language: str = "en-GB",
) -> bytes:
    return draft(mail, attached, envelope, MOMENT, TEMPLATES, sample_labels(language))


def read(data: bytes) -> EmailMessage:
    """The message as a modern reader has it."""
    message: EmailMessage = email.message_from_bytes(data, policy=policy.default)
    assert [part.defects for part in message.walk() if part.defects] == []
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


# --- what it is -----------------------------------------------------------------------------------


def test_it_is_an_unsent_draft_without_sender_or_identity() -> None:
    message = read(drafted(envelope=Envelope((ANA,), (Address("", "bo@example.org"),))))
    assert message.keys() == [*FIELDS, *MIME]
    assert message["X-Unsent"] == "1"
    assert message["Date"].datetime == MOMENT
    assert message["To"] == "Ana Ruiz <ana@example.org>"
    assert message["Cc"] == "bo@example.org"
    assert message["Subject"] == "[TLP:AMBER] Aurelia’s harbours"


def test_both_bodies_stand_beside_the_attachments() -> None:
    message = read(drafted(attached=PDF | WORD))
    shape = [part.get_content_type() for part in message.walk()]
    assert shape == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        MEDIA_TYPES["pdf"],
        MEDIA_TYPES["docx"],
    ]


@pytest.mark.parametrize("attached", [PDF, PDF | WORD])
def test_what_is_attached_is_the_very_bytes(attached: dict[str, bytes]) -> None:
    parts = list(read(drafted(attached=attached)).iter_attachments())
    assert [(p.get_filename(), p.get_content(), p.get_content_type()) for p in parts] == [
        (name, data, MEDIA_TYPES[name.partition(".")[2]]) for name, data in attached.items()
    ]
    assert {part.get_content_disposition() for part in parts} == {"attachment"}


def test_another_reader_finds_the_same() -> None:
    parser = pytest.importorskip("fast_mail_parser", reason="the extra 'dev' brings it")
    found = parser.parse_email(drafted(envelope=Envelope((ANA,)), attached=PDF | WORD))
    assert found.subject == "[TLP:AMBER] Aurelia’s harbours"
    assert [*found.headers] == ["X-Unsent", FIELDS[1], "Date", "To", "Subject", *MIME]
    attached = {one.filename: bytes(one.content) for one in found.attachments}
    assert attached == PDF | WORD
    assert "Two offers & one signed pact." in found.text_plain[0]
    assert "<em>signed</em>" in found.text_html[0]


def test_the_lines_are_those_of_the_standard() -> None:
    long = replace(MAIL, title="An ASCII title of many words " * 9, subtitle="x" * 5000)
    data = drafted(long, Envelope((Address("Núñez, " * 30, "a@example.org"),) * 3))
    data.decode("ascii")
    lines = data.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 78


def test_equal_values_give_equal_bytes_and_others_other_boundaries() -> None:
    assert drafted() == drafted()
    other = drafted(attached={"harbours.pdf": PDF["harbours.pdf"] + b" "})
    marks = [set(re.findall(rb'boundary="([^"]+)"', data)) for data in (drafted(), other)]
    assert [len(each) for each in marks] == [2, 2]
    assert not marks[0] & marks[1]


def test_a_name_that_is_not_ascii_is_readable_too() -> None:
    (part,) = read(drafted(attached={"señales.pdf": b"%PDF-1.7"})).iter_attachments()
    assert part.get_filename() == "señales.pdf"


# --- what it says ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["plain", "html"])
@pytest.mark.parametrize("language", ["en-GB", "en-US", "es-EC"])
def test_both_bodies_say_what_matters_and_how_to_verify(kind: str, language: str) -> None:
    labels = sample_labels(language)
    text = body(read(drafted(replace(MAIL, language=language), language=language)), kind)
    for expected in (
        "Aurelia’s harbours",
        "Who did what",
        "We judge that it holds.",
        ": low",
        "1 October 2023",
        labels.gettext("Bottom line"),
        labels.gettext("How to verify what is attached"),
        "sourcebrief verify harbours.pdf --expect 0123456789ab",
    ):
        assert expected in text
    assert text.count("TLP:AMBER") == 2
    assert "@" not in text


def test_the_plain_body_escapes_nothing_and_the_html_body_everything() -> None:
    mail = replace(MAIL, title='<b>Ships & "boats"</b>', prepared_for="A < B")
    message = read(drafted(mail))
    assert '<b>Ships & "boats"</b>' in body(message, "plain")
    html = body(message, "html")
    assert "<b>" not in html
    assert "&lt;b&gt;Ships &amp;" in html
    assert "A &lt; B" in html


def test_the_html_body_loads_nothing_and_has_no_colour_or_style_sheet() -> None:
    mail = replace(MAIL, bottom_line=mail_text("See [the list](https://example.org/l).", "en"))
    tree = html5lib.parse(body(read(drafted(mail)), "html"), namespaceHTMLElements=False)
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert tags <= {
        *("html", "head", "meta", "title", "body", "h1", "h2", "p", "div", "strong", "em"),
        *("br", "ol", "li", "a"),
    }
    for element in tree.iter():
        assert set(element.attrib) <= {"style", "lang", "charset", "name", "content", "href"}
        assert not re.search(r"url|color|background|@import", element.attrib.get("style", ""))
    assert tree.attrib["lang"] == "en-GB"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("One. [@a]\n\nTwo, and more [@b].", "One.\n\nTwo, and more."),
        ("First:\n\n- a\n- *b*\n\nLast.", "First:\n\n- a\n- b\n\nLast."),
        ("1. a\n2. b", "1. a\n2. b"),
        ("[The list](https://example.org/l) of it", "The list <https://example.org/l> of it"),
        ("[https://example.org](https://example.org)", "https://example.org"),
        ("Ask [the desk](mailto:desk@example.org).", "Ask the desk <desk@example.org>."),
    ],
)
def test_authored_text_is_plain_without_its_marks(written: str, plain: str) -> None:
    assert mail_text(written, "en").plain == plain


def test_a_workspace_has_mail_templates_of_its_own() -> None:
    own = TEMPLATES.with_file("mail.txt.j2", "{{ mail.title }}!")
    data = draft(MAIL, PDF, Envelope(), MOMENT, own, sample_labels())
    assert body(read(data), "plain").strip() == "Aurelia’s harbours!"


def test_a_template_that_asks_for_what_is_not_there_is_a_problem_at_its_line() -> None:
    own = TEMPLATES.with_file("mail.html.j2", "<p>\n{{ mail.titel }}</p>")
    with pytest.raises(InvalidInput, match=r"templates/mail\.html\.j2:2:1: error: .*titel"):
        draft(MAIL, PDF, Envelope(), MOMENT, own, sample_labels())


def test_what_a_template_is_given_is_documented() -> None:
    page = (ROOT / "docs" / "templates.md").read_text("utf-8").partition("\n### The mail\n")[2]
    cells = re.findall(r"^\| (`.*?) \|", page.partition("\n## ")[0], re.MULTILINE)
    documented = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert documented == {"mail"} | set(Mail.__slots__)


# --- the subject ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, "[TLP:AMBER] Aurelia’s harbours"),
        ("For Monday", "[TLP:AMBER] For Monday"),
        ("[TLP:AMBER] For Monday", "[TLP:AMBER] For Monday"),
        ("[TLP:CLEAR] For Monday", "[TLP:AMBER] [TLP:CLEAR] For Monday"),
    ],
)
def test_no_subject_is_without_the_marking(given: str | None, expected: str) -> None:
    assert subject(MAIL, given) == expected


# --- nothing becomes a field ----------------------------------------------------------------------

HOSTILE = st.text(
    st.one_of(
        st.sampled_from('\r\n\0\t\v\f\x1c\x85\u2028\u2029 ,;:<>@"\\()=?_é'),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=1,
    max_size=300,
)


def says(text: str) -> str:
    return " ".join(re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())


@given(title=HOSTILE, marking=HOSTILE)
@example(title="x\r\nBcc: eve@example.org\r\n\r\nbody", marking="TLP:RED\nBcc: eve@example.org")
@example(title="=?utf-8?q?=0D=0ABcc:_eve@example.org?=", marking="=?utf-8?b?DQpCY2M6IGU=?=")
@example(title="a" * 2000, marking="b " * 2000)
def test_a_title_and_a_marking_stay_in_the_subject(title: str, marking: str) -> None:
    mail = replace(MAIL, title=title, marking=marking)
    message = read(headers(mail, NOBODY, MOMENT) + b"\r\nBody.\r\n")
    assert message.keys() == ["X-Unsent", FIELDS[1], "Date", "Subject"]
    assert message.get_content() == "Body.\r\n"
    expected = f"[{says(marking)}] {says(title)}"
    found = str(message["Subject"])
    assert " ".join(found.split()) in {expected.strip(), says(title)}


@given(st.lists(st.tuples(HOSTILE, st.sampled_from(["a@example.org", "b.c@xn--mnchen-3ya.de"]))))
@example([('Ruiz, Ana" <eve@example.org>, "x', "a@example.org")])
@example([("Ministerio, " * 20, "a@example.org"), ("José, <eve@example.org>" * 9, "a@example.org")])
def test_a_name_stays_the_name_of_its_one_address(given: list[tuple[str, str]]) -> None:
    named = [(says(name), address) for name, address in given]
    recipients = tuple(Address(name, address) for name, address in named)
    message = read(headers(MAIL, Envelope(recipients), MOMENT) + b"\r\nBody.\r\n")
    assert [key for key in message if key not in FIELDS] == []
    assert message.get_content() == "Body.\r\n"
    boxes = message["To"].addresses if recipients else ()
    assert [box.addr_spec for box in boxes] == [address for _, address in named]
    # Python 3.11 shows the white space between encoded words, which RFC 2047 says parts nothing.
    shown = ["".join(box.display_name.split()) for box in boxes]
    assert shown == ["".join(name.split()) for name, _ in named]

"""Messages as documents."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from sourcebrief.authoring.importing.extraction import Metadata, UnreadableDocument
from sourcebrief.authoring.importing.from_email import read_email


def message(text: str | None, page: str | None = None) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Ana Ruiz <ana@example.org>"
    made["To"] = "desk@example.org"
    made["Date"] = "Mon, 04 Mar 2024 23:30:00 -0500"
    made["Subject"] = "The talks in Lima"
    if text is not None:
        made.set_content(text)
    if page is not None:
        made.add_alternative(page, subtype="html")
    return made


def test_headers_are_the_metadata_and_the_text_is_the_text() -> None:
    made = message("The talks went well.\n\nA commission follows.\n", "<p>Else</p>")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="annex.pdf")
    found = read_email(bytes(made))
    assert found.text == (
        "From: Ana Ruiz <ana@example.org>\nTo: desk@example.org\n"
        "Date: Mon, 04 Mar 2024 23:30:00 -0500\nSubject: The talks in Lima\n\n"
        "The talks went well.\n\nA commission follows.\n"
    )
    assert found.metadata == Metadata(
        title="The talks in Lima",
        publisher="Ana Ruiz",
        issued="2024-03-04",
        issued_from="Date",
        type="personal_communication",
    )
    assert found.remarks == (
        "its attachments are not part of the text: annex.pdf; save them and add those that you "
        "quote",
    )


def test_a_sender_in_bytes_that_no_mail_should_hold() -> None:
    raw = "From: Inés Robledo <ines@example.org>\nSubject: La reunión\n\nFue bien.\n".encode()
    found = read_email(raw)
    assert (found.metadata.publisher, found.metadata.title) == ("Inés Robledo", "La reunión")


def test_a_message_of_html_alone() -> None:
    made = message(None)
    made.set_content("<p>One <b>thing</b>.</p><p>Two.</p>", subtype="html")
    assert read_email(bytes(made)).text.endswith("One thing.\n\nTwo.\n")


def test_every_text_of_a_message_is_read_in_its_order() -> None:
    """As a mail program shows those around a picture."""
    made = message("The talks went well.\n")
    made.add_attachment(b"x", maintype="image", subtype="png")
    made.add_attachment("They go on.\n", disposition="inline")
    within = message("A message of its own.\n")
    within.replace_header("Subject", "Within")
    made.add_attachment(within)
    found = read_email(bytes(made))
    assert found.text.endswith("The talks went well.\n\nThey go on.\n")
    assert found.remarks == (
        "its attachments are not part of the text: one of type image/png and Within; "
        "save them and add those that you quote",
    )


def test_a_plain_text_that_says_nothing_gives_way_to_the_page() -> None:
    made = message("See the page.\n", "<p>The talks in Lima went well, and go on in June.</p>")
    assert read_email(bytes(made)).text.endswith(
        "\n\nThe talks in Lima went well, and go on in June.\n"
    )


def test_what_stands_behind_the_last_part_or_lacks_its_end_is_told() -> None:
    made = message("The talks went well.\n", "<p>The talks went well.</p>")
    whole = bytes(made)
    assert read_email(whole + b"\nMore words.\n").remarks == (
        "left out, since it stands behind its end: 2 words, “More words.”",
    )
    assert read_email(whole[:-30]).remarks == ("it ends too early: its last part may be cut off",)


def test_a_quoted_sentence_keeps_one_mark() -> None:
    made = message(
        "I agree.\n\nAna wrote:\n> The talks\n> went well.\n>\n> Later.\n>> They\n>> end.\n"
    )
    assert read_email(bytes(made)).text.split("\n\n")[1:] == [
        "I agree.",
        "Ana wrote:",
        "> The talks\nwent well.",
        "> Later.",
        ">> They\nend.\n",
    ]


def test_a_mailbox_is_read_message_by_message() -> None:
    one, two = bytes(message("One.\n\n>From here on.\n")), bytes(message("Two.\n"))
    found = read_email(
        b"".join(b"From a@b.org Mon Mar 04 10:00:00 2024\n%s\n" % m for m in (one, two))
    )
    assert [part for part in found.text.split("\n\n") if not part.startswith("From: ")] == [
        "One.",
        "From here on.",
        "Two.\n",
    ]
    assert found.text.count("Subject: The talks in Lima") == 2
    assert found.remarks == ("it holds 2 messages; title, sender and date are those of the first",)


def test_a_date_in_figures_is_read() -> None:
    made = b"From: a@example.org\nDate: 2024-03-04T12:42:06.000Z\n\nWords.\n"
    assert read_email(made).metadata.issued == "2024-03-04"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1"])
def test_a_message_that_was_saved_as_text_of_another_encoding(encoding: str, declared: str) -> None:
    head = f"From: a@example.org\nContent-Type: text/plain; charset={declared}"
    found = read_email(f"{head}\n\nEl señor Núñez firmó.\n".encode(encoding))
    assert found.text == "From: a@example.org\n\nEl señor Núñez firmó.\n"


def test_a_text_that_is_utf_8_whatever_it_says() -> None:
    head = b"From: a@example.org\nContent-Type: text/plain; charset=iso-8859-1\n\n"
    found = read_email(head + "Núñez firmó.\n".encode())
    assert found.text.endswith("Núñez firmó.\n")
    assert found.remarks == (
        "its text says that it is in iso-8859-1, but its bytes are UTF-8 and were read so",
    )
    assert read_email(head + "Núñez firmó.\n".encode("latin-1")).text == found.text


def test_what_is_no_message() -> None:
    with pytest.raises(UnreadableDocument, match=r"^it is not a message"):
        read_email(b"just words\n")


def test_an_encrypted_message_is_refused() -> None:
    head = b"From: a@example.org\nContent-Type: multipart/encrypted; boundary=x\n\n"
    with pytest.raises(UnreadableDocument, match=r"^it is encrypted; save its text"):
        read_email(head + b"--x\n\nVersion: 1\n--x--\n")


def test_an_attached_message_is_named_by_its_subject() -> None:
    forwarded = message("See the attached.")
    forwarded.add_attachment(message("The talks went well."))
    assert "of the text: The talks in Lima; save" in read_email(bytes(forwarded)).remarks[0]


def test_an_old_name_of_an_encoding_means_the_larger_one() -> None:
    head = b"From: a@example.org\nContent-Type: text/plain; charset="
    chinese = head + b"gb2312\n\n" + "朱镕基出席。\n".encode("gb18030")
    assert read_email(chinese).text.endswith("\n\n朱镕基出席。\n")
    quoted = head + b"us-ascii\n\n" + "He said “yes”.\n".encode("cp1252")
    assert read_email(quoted).text.endswith("\n\nHe said “yes”.\n")
    with pytest.raises(UnreadableDocument, match="in an encoding that is not known"):
        read_email(head + b"koi9\n\n\xe1\xe2\n")

"""Text files and the metadata of Markdown."""

from __future__ import annotations

import pytest

from sourcebrief.authoring.importing.extraction import UnreadableDocument
from sourcebrief.authoring.importing.from_text import read_markdown, read_text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Readout of the meeting\n\nWords follow.", "Readout of the meeting"),
        ("# Readout #\n\nWords follow.", "Readout"),
        ("Title\nBody in lines\nwithout blank ones", "Title"),
        ("A paragraph of two\nlines begins.\n\nMore.", None),
        ("PRESS RELEASE\n\nReadout of the meeting\n\nMore.", None),
        ("It begins with a sentence.\n\nMore.", None),
    ],
)
def test_the_title_of_a_text(text: str, title: str | None) -> None:
    assert read_text(text.encode()).metadata.title == title


def test_front_matter_of_markdown() -> None:
    text = (
        "---\ntitle: Readout\ndate: 2024-03-03\nlang: es\nurl: https://a.example/\n---\n\nWords.\n"
    )
    found = read_markdown(text.encode())
    metadata = found.metadata
    assert found.text == "Words.\n"
    assert (metadata.title, metadata.issued, metadata.language) == ("Readout", "2024-03-03", "es")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\npage-title: Readout\n---\n\nWords.\n", "Readout"),
        ("It begins with a sentence.\n\n# Readout\n\nWords.\n", "Readout"),
        ("It begins with a sentence.\n\n# One\n\nWords.\n\n# Two\n", None),
    ],
)
def test_the_title_of_markdown_is_in_its_head_or_its_only_heading(
    text: str, title: str | None
) -> None:
    assert read_markdown(text.encode()).metadata.title == title


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("\ufeffHabló".encode(), None, "Habló"),
        ("Habló".encode("utf-16"), None, "Habló"),
        ("التقى الوزراء.\nوقعوا.".encode("utf-16-le"), None, "التقى الوزراء.\nوقعوا."),
        ("第一，部长\n会面。".encode("utf-16-be"), None, "第一，部长\n会面。"),
        ("Habló".encode("cp1252"), "windows-1252", "Habló"),
        (b"a\r\nb\x0cc", None, "a\r\nb\x0cc"),
    ],
)
def test_encodings_of_a_text(data: bytes, encoding: str | None, text: str) -> None:
    assert read_text(data, encoding).text == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "Habló".encode("cp1252"),
            "it is not UTF-8; say in which encoding it is, as --encoding windows-1252",
        ),
        (
            b"abc\x00def",
            "it is not plain text: it holds the control character U+0000; save it as text",
        ),
        (b" \n\n", "it holds no text"),
    ],
)
def test_what_is_no_text(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocument, match=f"^{message}$".replace("+", r"\+")):
        read_text(data)


def test_markdown_is_the_text_that_it_shows() -> None:
    text = (
        '# Readout\n\nThe *Minister* met the [delegation](https://a.example/x "t") of **Port\n'
        "Authority**.\n\n- one\n- two `code`\n\n| a | b |\n|---|---|\n| c | d |\n"
    )
    found = read_markdown(text.encode())
    assert found.text.split("\n\n") == [
        "Readout",
        "The Minister met the delegation of Port Authority.",
        *("one", "two code", "a b", "c d\n"),
    ]
    assert found.metadata.title == "Readout"


def test_an_old_name_of_an_encoding_means_the_larger_one() -> None:
    assert read_text("朱镕基出席。\n".encode("gb18030"), "gb2312").text == "朱镕基出席。\n"

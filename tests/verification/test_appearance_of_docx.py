"""What a Word document shows otherwise than the one made again is named, however it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sent_files import replaced, rezipped
from sourcebrief.documents.word.opc_package import Package
from sourcebrief.verification.appearance_of_docx import appearance_of_docx

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspections import Built

BODY, STYLES = "word/document.xml", "word/styles.xml"
RUN = '<w:r><w:t xml:space="preserve">We judge'
JUDGED = "“We judge that the inspections were…” is shown otherwise than its evidence makes it"


def in_a_run(properties: str) -> Callable[[str, bytes], bytes]:
    return replaced(BODY, RUN, RUN.replace("<w:t ", f"<w:rPr>{properties}</w:rPr><w:t "))


def in_a_style(style: str, properties: str) -> Callable[[str, bytes], bytes]:
    name = f'<w:name w:val="{style}"/>'
    return replaced(STYLES, name, f"{name}<w:rPr>{properties}</w:rPr>")


FORGERIES: dict[str, tuple[Callable[[str, bytes], bytes], str]] = {
    "small": (in_a_run('<w:sz w:val="11"/>'), "the size of its letters"),
    "grey": (in_a_run('<w:color w:val="8A8A8A"/>'), "its colour"),
    "on a grey shade": (in_a_run('<w:shd w:val="clear" w:fill="8A8A8A"/>'), "what is behind it"),
    "on a shade of the theme": (
        in_a_run('<w:shd w:val="clear" w:fill="auto" w:themeFill="text1"/>'), "what is behind it",
    ),
    "in another typeface": (in_a_run('<w:rFonts w:ascii="Arial"/>'), "its typeface"),
    "bold": (in_a_run("<w:b/>"), "how bold it is"),
    "small by its style": (in_a_style("Judgement", '<w:sz w:val="11"/>'), "the size of its"),
    "behind a bar": (
        replaced(BODY, "<w:pPr>", '<w:pPr><w:pBdr><w:top w:val="single" w:sz="96"/></w:pBdr>'),
        "its borders",
    ),
    "in a dark cell": (
        replaced(BODY, "<w:tcPr>", '<w:tcPr><w:shd w:val="clear" w:fill="1B2330"/>'), "its cell",
    ),
    "on its side": (
        replaced(BODY, "<w:tcPr>", '<w:tcPr><w:textDirection w:val="tbRl"/>'), "its cell",
    ),
    "squeezed": (in_a_run('<w:spacing w:val="-30"/>'), "the space between its letters"),
    "another typeface of the theme": (
        replaced("word/theme/theme1.xml", 'typeface="Calibri"', 'typeface="Arial"'), "its typeface",
    ),
    "white by the style of its table": (
        replaced(
            STYLES,
            "<w:tblStylePr ",
            '<w:tblStylePr w:type="firstCol"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
            "</w:tblStylePr><w:tblStylePr ",
        ),
        "its table",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORGERIES)
def test_what_looks_otherwise_is_named(built: Built, kind: str) -> None:
    data = built.bytes("harbours", "docx")
    edit, said = FORGERIES[kind]
    looks = appearance_of_docx(Package(rezipped(data, edit)), Package(data))
    assert any(said in words for words in looks)


def test_a_document_looks_like_itself(built: Built) -> None:
    package = Package(built.bytes("muelle", "docx"))
    assert appearance_of_docx(package, package) == []


def test_the_words_are_named(built: Built) -> None:
    data = built.bytes("harbours", "docx")
    forged = rezipped(data, in_a_run('<w:sz w:val="11"/>'))
    assert appearance_of_docx(Package(forged), Package(data)) == [
        f"{JUDGED}: the size of its letters"
    ]


def test_a_picture_that_is_shown_twice(built: Built) -> None:
    data = built.bytes("harbours", "docx")

    def again(name: str, content: bytes) -> bytes:
        head, mark, rest = content.partition(b"<w:drawing>")
        if name != BODY or not mark:
            return content
        picture, end, rest = rest.partition(b"</w:drawing>")
        return head + (mark + picture + end) * 2 + rest

    looks = appearance_of_docx(Package(rezipped(data, again)), Package(data))
    assert [words.partition(" is ")[0] for words in looks] == ["a picture, a call or a break"]

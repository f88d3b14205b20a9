"""Words in other scripts are copied from a PDF as they are written."""

import io
import unicodedata
from datetime import UTC, datetime

import pypdfium2
import pytest

from sourcebrief.documents.direction import with_directions
from sourcebrief.documents.pdf.write_pdf import write_pdf
from sourcebrief.documents.properties import DocumentProperties
from sourcebrief.documents.script_fonts import script_fonts, with_families
from sourcebrief.documents.template_folders import held_templates

PROPERTIES = DocumentProperties(
    title="Words",
    author="",
    subject="",
    keywords=(),
    language="en",
    moment=datetime(2024, 3, 3, tzinfo=UTC),
)


def copied(body: str) -> str:
    fonts, missing = script_fonts(body, held_templates())
    assert missing == ()
    css = with_families('body { font-family: "Source Serif 4" }', fonts)
    page = f"<html lang=en><title>Words</title><style>{css}</style><h1>Words</h1>{body}</html>"
    made = write_pdf(with_directions(page), resources={}, properties=PROPERTIES, script_fonts=fonts)
    document = pypdfium2.PdfDocument(io.BytesIO(made.content))
    text = "".join(one.get_textpage().get_text_range() for one in document)
    return unicodedata.normalize("NFC", text)


def test_a_bracket_between_arabic_words_leaves_those_of_others_alone() -> None:
    assert "(machine)" in copied("<p>التقى (رقم) الوزير</p><p>It is (machine) made</p>")


@pytest.mark.parametrize("words", ["التقى وزير الخارجية في البرنامج", "को करेगा के समझौते उपलब्ध"])
def test_letters_that_share_a_cluster_with_others_stay_their_own(words: str) -> None:
    found = copied(f"<p>{words}</p><p>नि किए बि</p>")
    assert [word for word in words.split() if word not in found] == []

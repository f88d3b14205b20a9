"""The page as pandoc reads it."""

from __future__ import annotations

import html as html_text

import pytest

import word_page
from sourcebrief.documents.word.opc_package import w
from sourcebrief.errors import EngineFault
from word_documents import body, brief, paragraphs, part, value, words, written


@pytest.mark.parametrize("left_out", ["Filter by actor", "Running head of the PDF", "var a"])
def test_what_is_for_the_screen_or_the_pdf_alone_is_left_out(left_out: str) -> None:
    assert left_out in word_page.page()
    assert left_out not in words(body(brief()))


def test_notes_are_native_footnotes_in_the_order_of_the_page() -> None:
    notes = part(brief(), "word/footnotes.xml")
    own = [n for n in notes.iter(w("footnote")) if value(n, "type") is None]
    said = [words(note).strip() for note in own]
    assert said[0] == "Event 1; Gazette, ¶ 12"
    assert len(said) == word_page.page().count('class="note"')
    calls = [value(call, "id") for call in body(brief()).iter(w("footnoteReference"))]
    assert calls == [value(note, "id") for note in own]


def test_a_notes_number_follows_its_word_without_a_space() -> None:
    page = word_page.page()
    assert "two years.\n<span" in page
    assert (
        "Bottom Line",
        "Northland moved from offers to patrols within two years.",
    ) in paragraphs(brief())
    assert not any(said.endswith(" ") for _, said in paragraphs(brief()))


@pytest.mark.parametrize(
    "text",
    [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&lt;svg onload=x&gt;&lt;/svg&gt;",
        "]]&gt; &amp;amp; $x^2$ *not emphasis* [no](link) `code` \\begin{x}",
        "{{ braces }} %s # heading",
        "a\u202eb\u200bc",
    ],
)
def test_text_stays_text(text: str) -> None:
    page = word_page.page(1, rows=word_page.event_row(9, f"Odd {text} end"))
    assert f"Odd {html_text.unescape(text)} end." in words(body(written(page)))


def test_a_broken_figure_is_one_line() -> None:
    with pytest.raises(EngineFault, match="figure"):
        written(word_page.page().replace("</g>", "", 1))

"""Highlights and comments in Word documents, as pandoc and Word write them."""

from __future__ import annotations

import io
import zipfile

import pytest

from built_documents import docx, repacked
from sourcebrief.authoring.annotations.docx_highlights import read_docx_highlights
from sourcebrief.authoring.importing.extraction import UnreadableDocument

MARKDOWN = """
Both sides [signed a *pact* on]{.mark} container scanning.^[It was [signed in Lima]{.mark}.]

The [Which station?]{.comment-start id="1" author="Ruiz"}radar station[]{.comment-end id="1"} opens.

An [Look here.]{.comment-start id="2" author="Ruiz"}[open question]{.mark}[]{.comment-end id="2"}.
"""


def test_highlights_and_comments_in_the_order_of_the_text() -> None:
    found = read_docx_highlights(docx(MARKDOWN))
    assert [(one.where, one.parts[0].exact, one.note) for one in found] == [
        ("highlight 1", "signed a pact on", ""),
        ("comment 1", "radar station", "Which station?"),
        ("highlight 2", "open question", "Look here."),
        ("highlight 3", "signed in Lima", ""),
    ]
    assert found[0].parts[0].prefix == "Both sides "
    assert found[0].parts[0].suffix.startswith(" container scanning.")


def changed(old: bytes, new: bytes, markdown: str = MARKDOWN) -> bytes:
    data = docx(markdown)
    part = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    assert old in part
    return repacked(data, {"word/document.xml": part.replace(old, new)})


def test_a_highlight_ends_with_its_paragraph() -> None:
    found = read_docx_highlights(docx("[one two]{.mark}\n\n[three four]{.mark}"))
    assert [one.parts[0].exact for one in found] == ["one two", "three four"]


@pytest.mark.parametrize(("change", "text"), [(b"del", b"delText"), (b"moveFrom", b"t")])
def test_words_that_a_change_takes_away_are_not_words(change: bytes, text: bytes) -> None:
    mark = b'<w:rPr><w:highlight w:val="yellow"/></w:rPr>'
    run = b"<w:r>%b<w:%b>not </w:%b></w:r>" % (mark, text, text)
    taken = b'<w:p><w:%b w:id="9">%b</w:%b>' % (change, run, change)
    data = changed(b"<w:p>", taken, "[kept words]{.mark}")
    assert [one.parts[0].exact for one in read_docx_highlights(data)] == ["kept words"]


def test_a_comment_on_nothing_has_no_words() -> None:
    data = docx('A [Why?]{.comment-start id="1" author="R"}[]{.comment-end id="1"}B.')
    (found,) = read_docx_highlights(data)
    assert (found.parts, found.note) == ((), "Why?")


def test_a_document_without_marks_has_none() -> None:
    assert read_docx_highlights(docx("Words.")) == []


@pytest.mark.parametrize("data", [b"PK\x03\x04 no zip", repacked(docx("x"), {"word/x": b""})[:900]])
def test_files_that_cannot_be_read(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_docx_highlights(data)

"""Highlights in a PDF, marked over the characters as a reader's program marks them."""

from __future__ import annotations

import io

import pikepdf
import pytest

from built_documents import encrypted, pdf
from marked_pdf import BODY, marked
from sourcebrief.authoring.annotations.pdf_highlights import read_pdf_highlights
from sourcebrief.authoring.importing.extraction import UnreadableDocument


def test_words_note_and_page() -> None:
    data = marked(pdf(BODY), 1, "signed a pact", note="Which pact?", reply="The third.")
    (found,) = read_pdf_highlights(data)
    assert found.where == "highlight 1, p. 2"
    assert [part.exact for part in found.parts] == ["signed a pact"]
    assert found.parts[0].prefix.endswith("Both sides ")
    assert found.parts[0].suffix.startswith(" on container")
    assert found.note == "Which pact?\nThe third."
    assert found.page == 2


@pytest.mark.parametrize("kind", ["Highlight", "Underline", "Squiggly"])
def test_every_mark_of_words(kind: str) -> None:
    (found,) = read_pdf_highlights(marked(pdf(BODY), 1, "signed a pact", kind=kind))
    assert found.parts[0].exact == "signed a pact"


def test_a_mark_over_lines_is_one_stretch() -> None:
    words = "complicated international organisation of information technology agreements was"
    (found,) = read_pdf_highlights(marked(pdf(BODY), 0, words))
    assert [part.exact.split() for part in found.parts] == [words.split()]
    assert "\n" in found.parts[0].exact


def test_marks_come_page_by_page_and_strike_outs_not_at_all() -> None:
    data = marked(pdf(BODY), 1, "signed a pact")
    data = marked(data, 0, "was communicated")
    data = marked(data, 0, "information technology", kind="StrikeOut")
    found = read_pdf_highlights(data)
    assert [one.parts[0].exact for one in found] == ["was communicated", "signed a pact"]


def test_a_page_whose_origin_is_moved() -> None:
    plain = marked(pdf(BODY), 1, "signed a pact")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as document:
        page = document.pages[1]
        left, bottom, right, top = (float(each) for each in page.mediabox)
        page.obj.CropBox = pikepdf.Array([left + 10, bottom + 10, right - 10, top - 10])
        page.obj.Rotate = 90
        document.save(out)
    (found,) = read_pdf_highlights(out.getvalue())
    assert found.parts[0].exact == "signed a pact"


def test_a_mark_over_nothing_has_no_words() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(BODY))) as document:
        empty = pikepdf.Dictionary(Subtype=pikepdf.Name.Highlight, Rect=[0, 0, 1, 1])
        odd = pikepdf.Dictionary(Subtype=pikepdf.Name.Highlight, QuadPoints=[1, 2, 3])
        document.pages[0].obj.Annots = pikepdf.Array([empty, odd])
        document.save(out)
    assert [one.parts for one in read_pdf_highlights(out.getvalue())] == [(), ()]


def test_a_pdf_without_marks_has_none() -> None:
    assert read_pdf_highlights(pdf(BODY)) == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"%PDF-1.7 nothing", "broken"),
        (encrypted(pdf(BODY), user="secret"), "encrypted"),
    ],
)
def test_files_that_cannot_be_read(data: bytes, fault: str) -> None:
    with pytest.raises(UnreadableDocument, match=fault):
        read_pdf_highlights(data)


def test_a_note_mark_is_no_word_since_a_seed_has_none() -> None:
    data = pdf("<p>Both sides signed a pact.<sup>12</sup> The Office will send scanners.</p>")
    data = marked(data, 0, "signed a pact.12 The Office")
    data = marked(data, 0, "Both sides")
    one, other = read_pdf_highlights(data)
    assert [part.exact for part in one.parts] == ["signed a pact. The Office"]
    assert other.parts[0].suffix == " signed a pact. The Office will "


def test_two_marks_with_words_between_them_are_two_stretches() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(marked(pdf(BODY), 1, "Both sides"))) as document:
        mark = document.pages[1].obj.Annots[0]
        left, bottom, right, top = (float(each) for each in mark.Rect)
        wide = 2 * (right - left)
        far = [left + wide, top, right + wide, top, left + wide, bottom, right + wide, bottom]
        mark.QuadPoints = pikepdf.Array([*mark.QuadPoints, *far])
        document.save(out)
    (found,) = read_pdf_highlights(out.getvalue())
    assert len(found.parts) == 2
    assert found.parts[0].exact == "Both sides"

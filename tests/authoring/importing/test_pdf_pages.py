"""Characters of a page become lines: accents, raised figures, columns, right-to-left lines."""

from __future__ import annotations

import io

import pikepdf
import pytest

from built_documents import pdf
from sourcebrief.authoring.importing.extraction import UnreadableDocument
from sourcebrief.authoring.importing.pdf_pages import (
    MARK_BEGINS,
    MARK_ENDS,
    Line,
    marked_text,
    pages_of,
)


def lines(body: str, css: str = "") -> list[Line]:
    return [line for page in pages_of(pdf(body, css=css)) for line in page.lines]


def texts(body: str, css: str = "") -> list[str]:
    return [line.text for line in lines(body, css)]


def test_raised_figures_keep_their_meaning_and_note_marks_leave() -> None:
    (line,) = lines("<p>It took 10<sup>6</sup> tonnes, it said.<sup>12</sup> H<sub>2</sub>O</p>")
    assert line.text == "It took 10⁶ tonnes, it said. H₂O"
    assert line.notes == 1


def test_a_note_mark_that_is_drawn_when_the_line_is_over_leaves_it() -> None:
    late = "<i style='position: absolute; left: 68pt; top: 0; font-size: 12pt'>7</i>"
    body = f"<p style='position: relative'>clarity.<span>In this, we say</span>{late}</p>"
    (line,) = lines(body, "p { font-size: 20pt } p span { margin-left: 1em }")
    assert line.text == "clarity. In this, we say"
    assert line.notes == 1


def test_a_word_behind_a_raised_or_lowered_letter_is_a_word_of_its_own() -> None:
    body = "<p>The units<sup>3</sup><span>and R<sup>n</sup><span>is q<sub>i</sub><span>that</p>"
    css = "sup, sub { font-size: 6pt } p span { margin-left: 2.5pt }"
    assert texts(body, css) == ["The units and Rn is qi that"]


def test_an_accent_that_is_drawn_over_a_letter_joins_it() -> None:
    over = "<span style='margin-right: -0.42em'>¨</span>"
    assert texts(f"<p>K{over}oln am Rhein</p>") == ["Köln am Rhein"]
    assert texts("<p>x ¨ y</p>") == ["x ¨ y"]


def test_an_accent_that_is_drawn_when_the_line_is_over_joins_its_letter() -> None:
    late = "<span style='position: absolute; left: 0.8em'>¨</span>"
    body = f"<p style='position: relative'>Koln am Rhein, seit 1999{late}</p>"
    assert texts(body) == ["Köln am Rhein, seit 1999"]


def test_letters_that_are_set_apart_or_close_stay_one_word() -> None:
    assert texts("<p>MINISTRY and attack</p>", "p { letter-spacing: 0.1em }") == [
        "MINISTRY and attack"
    ]
    assert texts("<p>AVATAR To military</p>", "p { letter-spacing: -0.05em }") == [
        "AVATAR To military"
    ]


def test_columns_are_parted_even_where_lines_stand_side_by_side() -> None:
    cells = "<td style='padding-right: 3em'>left words</td><td>right words</td>"
    assert texts(f"<table><tr>{cells}</tr></table>") == ["left words", "right words"]


@pytest.mark.parametrize(
    "words",
    [
        "ביום 3 במרץ 2024 נפגש השר",
        "ב-4 במרץ (מהם 12) בשיעור 45.5% בשנת 2024.",
        "في الثالث من مارس 2024 التقى الوزير",
        "على عدد الأجهزة (منها 12) بنسبة 45.5% في العام",
    ],
)
def test_right_to_left_lines_are_in_logical_order(words: str) -> None:
    found = texts(f"<p dir=rtl style='font-family: DejaVu Sans'>{words}</p>")
    if any("\ufffd" in line or not line.strip() for line in found):
        pytest.skip("no font here has the script")
    assert found == [words]


def test_a_hyphen_at_a_lines_end_ends_its_line() -> None:
    body = "<p lang=en>An interinstitutional arrangement of the two ministries</p>"
    found = texts(body, "p { hyphens: auto; width: 22mm }")
    assert any(line.endswith(("-", "‐")) for line in found)
    assert "".join(line.rstrip("-‐") for line in found).count("interinstitutional") == 1


def test_places_and_sizes_are_in_points_from_the_lower_left() -> None:
    first, second = lines("<p>One</p><p>Two</p>", "p { margin: 0; font-size: 12pt }")
    assert first.left == pytest.approx(34.3, abs=1)
    assert first.y > second.y > 300
    assert first.size == pytest.approx(second.size, abs=0.01)


def test_what_lies_beyond_the_edges_of_a_page_is_not_its_text() -> None:
    """As marks for the printer do, and the other half of a spread."""
    body = "<p>On the page.</p><p style='margin-left: 95mm'>Off the page</p><p>And on it.</p>"
    (page,) = pages_of(pdf(body, css="p { white-space: nowrap }"))
    assert [line.text for line in page.lines] == ["On the page.", "And on it."]
    assert page.outside.strip() == "Off the page"


def shown_field(subtype: str) -> bytes:
    """A page with an annotation that shows words of its own."""
    with pikepdf.open(io.BytesIO(pdf("<p>Name of the port:</p>"))) as form:
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        names = {name: pikepdf.Name(value) for name, value in font.items()}
        words = form.make_stream(b"BT /F 9 Tf 2 4 Td (Port of Tarn) Tj ET")
        words.Subtype, words.BBox = pikepdf.Name.Form, [0, 0, 90, 14]
        words.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pikepdf.Dictionary(names)))
        annotation = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name(f"/{subtype}"),
            Rect=[40, 200, 130, 214],
            F=4,
            AP=pikepdf.Dictionary(N=words),
        )
        field = form.make_indirect(annotation)
        form.pages[0].Annots = pikepdf.Array([field])
        form.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        form.save(out := io.BytesIO())
    return out.getvalue()


def test_what_is_filled_into_a_form_is_text_and_a_readers_comment_is_not() -> None:
    for subtype, expected in (("Widget", ["Port of Tarn"]), ("FreeText", [])):
        (page,) = pages_of(shown_field(subtype))
        assert [line.text for line in page.lines] == ["Name of the port:", *expected]


def test_a_page_of_which_a_part_is_shown() -> None:
    with pikepdf.open(io.BytesIO(pdf("<p>On the page.</p><p>Below its end.</p>"))) as whole:
        left, _, right, top = whole.pages[0].mediabox
        whole.pages[0].cropbox = [left, top - 50, right, top]
        whole.save(cropped := io.BytesIO())
    (page,) = pages_of(cropped.getvalue())
    assert [line.text for line in page.lines] == ["On the page."]
    assert page.outside.strip() == "Below its end."


@pytest.mark.parametrize("angle", [12, 200, 348])
def test_a_page_that_is_set_aslant_is_read_upright(angle: int) -> None:
    body = "<p>The Minister received the delegation.</p><p>The scanners are installed.</p>"
    css = f"body {{ font-size: 7pt; transform: rotate({angle}deg) }}"
    assert texts(body, css) == [
        "The Minister received the delegation.",
        "The scanners are installed.",
    ]


def test_a_file_that_is_no_pdf() -> None:
    with pytest.raises(UnreadableDocument, match=r"^page 0 cannot be read; open it"):
        list(pages_of(b"%PDF-1.7 nothing"))


def test_signs_stand_around_what_lies_in_a_box() -> None:
    import pypdfium2

    data = pdf("<p>Both sides signed.</p><p>Then they left.</p>")
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        text = page.get_textpage()
        start = text.get_text_range().index("Then")
        left, bottom, _, top = text.get_charbox(start)
        right = text.get_charbox(start + 8)[2]
        text.close()
        found = marked_text(page, [(left, bottom, right, top)])
        whole = marked_text(page, [(0, 0, 1000, 1000)])
        none = marked_text(page, [])
        page.close()
    assert found == f"Both sides signed.\n{MARK_BEGINS}Then they{MARK_ENDS} left."
    assert whole == f"{MARK_BEGINS}Both sides signed.\nThen they left.{MARK_ENDS}"
    assert none == "Both sides signed.\nThen they left."

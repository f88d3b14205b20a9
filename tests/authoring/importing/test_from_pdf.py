"""Paragraphs, pages and metadata of PDF files."""

from __future__ import annotations

import io

import pikepdf
import pytest

from built_documents import encrypted, pdf, scan
from sourcebrief.authoring.importing.extraction import Metadata, UnreadableDocument
from sourcebrief.authoring.importing.from_pdf import read_pdf
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, locate


def paragraphs(text: str) -> list[str]:
    return [paragraph.text for paragraph in read_seed(text).paragraphs]


LONG = (
    "<p>The Minister received the delegation of the Port Authority in Lima and spoke with its "
    "members about cargo, ships, customs and an interinstitutional arrangement of the two.</p>"
)


def test_paragraphs_of_a_pdf_keep_their_lines() -> None:
    found = read_pdf(pdf(f"<h1>Readout</h1>{LONG}{LONG}<p>The end of it.</p>"))
    texts = paragraphs(found.text)
    assert [text.split("\n")[0] for text in texts[::3]] == ["Readout", "The end of it."]
    assert len(texts) == 4
    assert texts[1].count("\n") > 1
    assert found.title_proposed == "Readout"


def test_pages_of_a_pdf_are_kept() -> None:
    body = f"{LONG}<p style='break-before: page'>A new page begins here.</p>"
    seed = read_seed(read_pdf(pdf(body)).text)
    assert [paragraph.locator for paragraph in seed.paragraphs] == ["p. 1, ¶ 1", "p. 2, ¶ 2"]


def test_a_paragraph_that_goes_on_over_the_page_is_one() -> None:
    words = " ".join(f"and the {number}th of the many ships came in" for number in range(30))
    seed = read_seed(read_pdf(pdf(f"<h1>Ships</h1><p>One came in {words}</p>")).text)
    assert seed.text.count("\f") == 1
    assert len(seed.paragraphs) == 2


@pytest.mark.parametrize("body", [LONG, f"<h1>Readout</h1>{LONG}"])
def test_a_word_parted_at_a_lines_end_can_be_quoted_whole(body: str) -> None:
    found = read_pdf(pdf(body, css="p { hyphens: auto; width: 30mm }"))
    assert "interinstitutional" not in found.text
    quote = "interinstitutional arrangement of the two"
    assert isinstance(locate(quote, read_seed(found.text)), LocatedQuotation)


def test_two_columns_are_read_one_after_the_other() -> None:
    body = (
        f"<div style='columns: 2'>{LONG}<p>Second paragraph that is in the other column.</p></div>"
    )
    seed = read_seed(read_pdf(pdf(body)).text)
    assert isinstance(
        locate("an interinstitutional arrangement of the two.", seed), LocatedQuotation
    )
    assert isinstance(
        locate("Second paragraph that is in the other column.", seed), LocatedQuotation
    )


@pytest.mark.parametrize(
    ("foot", "head"),
    [
        ("agreed on customs and cargo on 1", "July 2024 with the authority of the port."),
        ("agreed on customs and cargo in July", "2024 with the authority of the port."),
        ("agreed on customs and cargo with the", "“authority of the port” and with ships."),
    ],
)
@pytest.mark.parametrize(("columns", "break_at"), [("2", "column"), ("auto", "page")])
def test_a_sentence_goes_on_over_a_date_or_a_quotation(
    foot: str, head: str, columns: str, break_at: str
) -> None:
    line = "<span style='display: block; break-{}: {}'>{}</span>"
    body = (
        f"<h1>The port</h1><div style='columns: {columns}'><p>"
        f"{line.format('after', 'auto', 'The ministers of the two have')}"
        f"{line.format('after', break_at, foot)}"
        f"{line.format('before', 'auto', head)}</p></div>"
    )
    seed = read_seed(read_pdf(pdf(body)).text)
    assert isinstance(locate(f"{foot} {head}", seed), LocatedQuotation)


def test_a_foot_that_is_drawn_before_the_second_column_parts_no_sentence() -> None:
    at = "<div style='position: absolute; width: 74mm; {}'>{}</div>"
    foot = "Prepared by the Ministry of Transport, for the persons named in it and for no one else"
    left = f"{LONG}<p>In Lima the Minister said that the port of Villamar will be open for all</p>"
    body = (
        at.format("top: 0; left: 0", left)
        + at.format("top: 255mm; left: 0; width: 160mm; font-size: 8pt", foot)
        + at.format("top: 0; left: 86mm", "<p>of the ships that come in July.</p>")
    )
    css = "@page { size: A4; margin: 20mm } body { margin: 0 }"
    texts = paragraphs(read_pdf(pdf(body, css=css)).text)
    assert isinstance(
        locate("open for all of the ships that come", read_seed("\n\n".join(texts))),
        LocatedQuotation,
    )
    assert texts[-2].startswith("Prepared") or texts[-1].startswith("Prepared")


def test_metadata_of_a_pdf() -> None:
    head = "<title>Port report</title><meta name='dcterms.created' content='2024-03-05'>"
    metadata = read_pdf(pdf(LONG, head)).metadata
    assert metadata == Metadata(
        title="Port report",
        issued="2024-03-05",
        issued_from="CreationDate",
        language="en",
        type="document",
    )


@pytest.mark.parametrize(
    "title",
    ["Microsoft Word - draft_final.docx", "untitled", "report.indd", "vr-readout", "informe_v3"],
)
def test_a_file_name_is_no_title(title: str) -> None:
    assert read_pdf(pdf(LONG, f"<title>{title}</title>")).metadata.title is None


def test_a_stamp_in_the_margin_parts_no_sentence() -> None:
    stamp = "<b style='position: absolute; left: -14mm; transform: rotate(-90deg)'>Archive</b>"
    words = " ".join(f"and the {number}th of the many ships came in" for number in range(30))
    body = f"<h1>Ships</h1><div style='position: relative'>{stamp}<p>One came in {words}</p></div>"
    texts = paragraphs(read_pdf(pdf(body)).text)
    assert [text[:11] for text in texts] == ["Ships", "Archive", "One came in"]


def test_a_number_that_goes_on_in_the_next_line_is_one() -> None:
    body = "<p>They decided on the demand 2023-<br>0379 of the theatre.</p><p>They left.</p>"
    assert paragraphs(read_pdf(pdf(body)).text)[0] == (
        "They decided on the demand 2023-0379 of the theatre."
    )


def test_the_title_of_another_document_is_doubted() -> None:
    head = "<title>Plan of the bicycle path</title>"
    assert read_pdf(pdf(f"<h1>Plan of the port</h1>{LONG}", head)).title_doubtful
    assert not read_pdf(pdf(f"<h1>PLAN of the bicycle<br>path</h1>{LONG}", head)).title_doubtful


def test_the_title_proposed_is_the_first_in_the_largest_type() -> None:
    body = f"<h1>Plan of<br>the port</h1>{LONG}<h1>1 Introduction</h1>"
    assert read_pdf(pdf(body)).title_proposed == "Plan of the port"


def test_a_pdf_with_an_owners_password_alone_is_read() -> None:
    assert "Port Authority" in read_pdf(encrypted(pdf(LONG), user="")).text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (scan(), "it holds no text, only pictures: a scan"),
        (encrypted(pdf(LONG), user="secret"), "it is encrypted; save a copy without a password"),
        (pdf(LONG)[:2000], "its end is missing; get the file again"),
        (b"%PDF-1.7\nnothing\n%%EOF", "it is broken, or not a PDF"),
    ],
)
def test_a_pdf_without_text_for_us(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_pdf(data)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_damaged_pdf_is_repaired_and_says_so() -> None:
    whole = pdf(LONG)
    found = read_pdf(whole.replace(b"startxref", b"startxxxx"))
    assert found.text == read_pdf(whole).text
    assert found.remarks[0].startswith("it is damaged, and was read as repaired")


def test_a_page_without_text_is_told() -> None:
    body = f"{LONG}<div style='break-before: page; height: 1cm; background: red'></div>"
    assert read_pdf(pdf(body)).remarks == ("page 2 holds no text",)


def test_running_heads_leave_and_notes_do_not_part_a_sentence() -> None:
    css = (
        "@page { @top-center { content: 'Report of the harbour' } "
        "@bottom-center { content: counter(page) } } "
        ".n { float: footnote; font-size: 7pt }"
    )
    words = " ".join(f"and the {number}th of the many ships came in" for number in range(30))
    note = "<span class=n>A note at the foot of the page.</span>"
    found = read_pdf(pdf(f"<p>One{note} came in {words}.</p>", css=css))
    texts = paragraphs(found.text)
    assert len(texts) == 2
    assert "Report of the harbour" not in found.text
    assert any(text.endswith("A note at the foot of the page.") for text in texts)
    quote = "and the 12th of the many ships came in and the 13th of the many ships came in"
    assert isinstance(locate(quote, read_seed(found.text)), LocatedQuotation)
    assert any(remark.startswith("4 running lines left out") for remark in found.remarks)
    assert "1 raised note mark was left out of the text" in found.remarks


def test_a_page_that_is_shown_sideways_is_read_upright() -> None:
    whole = pdf(LONG)
    with pikepdf.open(io.BytesIO(whole)) as turned:
        turned.pages[0].Rotate = 90
        out = io.BytesIO()
        turned.save(out)
    assert read_pdf(out.getvalue()).text == read_pdf(whole).text


def test_rows_of_a_chinese_table_stay_apart() -> None:
    cells = "".join(
        f"<tr><td>{one}</td><td style='padding-left: 4em'>{two}</td></tr>"
        for one, two in (("项目", "数量"), ("扫描仪", "六百台"), ("人员", "五十人"))
    )
    text = read_pdf(pdf(f"<p>报告</p><table>{cells}</table>")).text
    if "项目" not in text:
        pytest.skip("no font here has the script")
    assert "项目 数量\n扫描仪 六百台\n人员 五十人" in text


def test_a_script_that_is_drawn_in_parts_is_doubted() -> None:
    found = read_pdf(pdf("<p>मम नव, said he.</p>"))
    if "म" not in found.text:
        pytest.skip("no font here has the script")
    assert found.remarks == (
        "letters of its script are often lost or doubled in a PDF: compare what you quote",
    )

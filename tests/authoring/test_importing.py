"""What the extractors find in real documents: paragraphs, pages and metadata."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from built_documents import NEWS, READOUT, docx, encrypted, page, pdf, repacked, scan
from sourcebrief.authoring.importing.extract import kind_of, read
from sourcebrief.authoring.importing.extracted import Metadata, Unreadable, text_of_pages
from sourcebrief.authoring.importing.metadata_dates import edtf_of, language_of
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, locate


def paragraphs(text: str) -> list[str]:
    return [paragraph.text for paragraph in read_seed(text).paragraphs]


# ---------------------------------------------------------------------------------------- Word


def test_a_word_document() -> None:
    found = read("docx", docx(READOUT, title="Readout", lang="en-GB"))
    assert paragraphs(found.text) == [
        "Readout",
        "Readout of the meeting in Lima",
        "On 3 March 2024 the Minister received the delegation of the Port Authority.",
        "Both sides “agreed to share cargo data” from June.",
        "Year Ships",
        "2023 51",
        "first of two steps",
        "second of two steps",
        "The delegation had four members.",
    ]
    assert found.metadata == Metadata(
        title="Readout",
        issued="2024-03-04",
        issued_from="created",
        language="en-GB",
        type="document",
    )


def test_tracked_changes_are_accepted_and_told() -> None:
    deleted = b'<w:del w:id="1"><w:r><w:delText>secret words</w:delText></w:r></w:del>'
    data = docx("Words that stay here.")
    part = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    found = read(
        "docx",
        repacked(data, {"word/document.xml": part.replace(b"</w:p>", deleted + b"</w:p>", 1)}),
    )
    assert paragraphs(found.text) == ["Words that stay here."]
    assert found.remarks == (
        "it carries tracked changes; the text is that with all of them accepted",
    )


# ---------------------------------------------------------------------------------------- HTML


def test_a_saved_page_of_a_newspaper() -> None:
    found = read("html", NEWS.encode())
    texts = paragraphs(found.text)
    assert texts[0] == "Minister meets Port Authority"
    assert (
        "Both sides agreed to share cargo data from June.\nA commission is to follow the work."
        in texts
    )
    assert "2023 51 in all" in texts
    assert not any(word in found.text for word in ("World", "beaches", "Copyright", "injected"))
    assert found.metadata == Metadata(
        title="Minister meets Port Authority",
        publisher="Daily Media Ltd",
        container_title="The Daily",
        issued="2024-03-03",
        issued_from="datePublished",
        language="en-GB",
        url="https://daily.example/2024/03/03/port",
        type="article-newspaper",
    )
    assert found.remarks == ()


def test_a_page_with_nothing_around_its_text_is_taken_whole() -> None:
    found = read("html", page(READOUT, title="Lima, 3 March", lang="es", date="2024-03-05"))
    texts = paragraphs(found.text)
    assert texts[:3] == ["Lima, 3 March", "2024-03-05", "Readout of the meeting in Lima"]
    assert "first of two steps" in texts
    assert found.metadata.issued == "2024-03-05"
    assert found.metadata.language == "es"


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("<meta name='DC.date' content='20240303'>", "issued", "2024-03-03"),
        ("<meta name='citation_publication_date' content='2024/03/03'>", "issued", "2024-03-03"),
        ("<meta name='date' content='March 3, 2024'>", "issued", "2024-03-03"),
        (
            (
                "<meta name='date' content='3 de marzo de "
                "2024'><meta property='og:locale' content='es_EC'>"
            ),
            "issued",
            "2024-03-03",
        ),
        ("<meta name='date' content='last week'>", "issued", None),
        ("<meta name='date' content='2024-02-31'>", "issued", None),
        ("<meta property='og:locale' content='es_EC'>", "language", "es-EC"),
        ("<meta property='og:url' content='javascript:alert(1)'>", "url", None),
        ("<meta name='citation_doi' content='doi:10.1000/xyz123'>", "doi", "10.1000/xyz123"),
        ("<title>A\u200b\u202eB\n C</title>", "title", "AB C"),
        ("<script type='application/ld+json'>{not json</script>", "title", None),
    ],
)
def test_metadata_of_a_page(head: str, field: str, value: str | None) -> None:
    html = f"<html><head>{head}</head><body><p>Words of the page.</p></body></html>"
    assert getattr(read("html", html.encode()).metadata, field) == value


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<meta charset=windows-1252><p>Señor Piñera habló</p>".encode("cp1252"), None),
        ("<meta charset=iso-8859-1><p>Señor Piñera habló</p>".encode("cp1252"), None),
        ("<p>Señor Piñera habló</p>".encode("utf-16"), None),
        ("<p>Señor Piñera habló</p>".encode("utf-8-sig"), None),
        ("<p>Señor Piñera habló</p>".encode("cp1252"), "windows-1252"),
    ],
)
def test_encodings_of_a_page(data: bytes, encoding: str | None) -> None:
    assert "Señor Piñera habló" in read("html", data, encoding).text


# ---------------------------------------------------------------------------------------- PDF

LONG = (
    "<p>The Minister received the delegation of the Port Authority in Lima and spoke with its "
    "members about cargo, ships, customs and an interinstitutional arrangement of the two.</p>"
)


def test_paragraphs_of_a_pdf_keep_their_lines() -> None:
    found = read("pdf", pdf(f"<h1>Readout</h1>{LONG}{LONG}<p>The end of it.</p>"))
    texts = paragraphs(found.text)
    assert [text.split("\n")[0] for text in texts[::3]] == ["Readout", "The end of it."]
    assert len(texts) == 4
    assert texts[1].count("\n") > 1
    assert found.title_proposed == "Readout"


def test_pages_of_a_pdf_are_kept() -> None:
    body = f"{LONG}<p style='break-before: page'>A new page begins here.</p>"
    seed = read_seed(read("pdf", pdf(body)).text)
    assert [paragraph.locator for paragraph in seed.paragraphs] == ["p. 1, ¶ 1", "p. 2, ¶ 2"]


def test_a_paragraph_that_goes_on_over_the_page_is_one() -> None:
    words = " ".join(f"and the {number}th of the many ships came in" for number in range(30))
    seed = read_seed(read("pdf", pdf(f"<h1>Ships</h1><p>One came in {words}</p>")).text)
    assert seed.text.count("\f") == 1
    assert len(seed.paragraphs) == 2


@pytest.mark.parametrize("body", [LONG, f"<h1>Readout</h1>{LONG}"])
def test_a_word_parted_at_a_lines_end_can_be_quoted_whole(body: str) -> None:
    found = read("pdf", pdf(body, css="p { hyphens: auto; width: 30mm }"))
    assert "interinstitutional" not in found.text
    quote = "interinstitutional arrangement of the two"
    assert isinstance(locate(quote, read_seed(found.text)), LocatedQuotation)


def test_two_columns_are_read_one_after_the_other() -> None:
    body = (
        f"<div style='columns: 2'>{LONG}<p>Second paragraph that is in the other column.</p></div>"
    )
    seed = read_seed(read("pdf", pdf(body)).text)
    assert isinstance(
        locate("an interinstitutional arrangement of the two.", seed), LocatedQuotation
    )
    assert isinstance(
        locate("Second paragraph that is in the other column.", seed), LocatedQuotation
    )


def test_metadata_of_a_pdf() -> None:
    head = "<title>Port report</title><meta name='dcterms.created' content='2024-03-05'>"
    metadata = read("pdf", pdf(LONG, head)).metadata
    assert metadata == Metadata(
        title="Port report",
        issued="2024-03-05",
        issued_from="CreationDate",
        language="en",
        type="document",
    )


@pytest.mark.parametrize("title", ["Microsoft Word - draft_final.docx", "untitled", "report.indd"])
def test_a_file_name_is_no_title(title: str) -> None:
    assert read("pdf", pdf(LONG, f"<title>{title}</title>")).metadata.title is None


def test_a_pdf_with_an_owners_password_alone_is_read() -> None:
    assert "Port Authority" in read("pdf", encrypted(pdf(LONG), user="")).text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (scan(), "it holds no text, only pictures: a scan; recognise its text first"),
        (encrypted(pdf(LONG), user="secret"), "it is encrypted; save a copy without a password"),
        (pdf(LONG)[:2000], "it is broken, or no PDF"),
        (b"%PDF-1.7\nnothing", "it is broken, or no PDF"),
    ],
)
def test_a_pdf_without_text_for_us(data: bytes, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read("pdf", data)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_page_without_text_is_told() -> None:
    body = f"{LONG}<div style='break-before: page; height: 1cm; background: red'></div>"
    assert read("pdf", pdf(body)).remarks == ("page 2 holds no text",)


# ---------------------------------------------------------------------------------------- text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Readout of the meeting\n\nWords follow.", "Readout of the meeting"),
        ("# Readout #\n\nWords follow.", "Readout"),
        ("Title\nBody in lines\nwithout blank ones", "Title"),
        ("A paragraph of two\nlines begins.\n\nMore.", None),
        ("It begins with a sentence.\n\nMore.", None),
    ],
)
def test_the_title_of_a_text(text: str, title: str | None) -> None:
    assert read("text", text.encode()).metadata.title == title


def test_front_matter_of_markdown() -> None:
    text = (
        "---\ntitle: Readout\ndate: 2024-03-03\nlang: es\nurl: https://a.example/\n---\n\nWords.\n"
    )
    metadata = read("text", text.encode()).metadata
    assert (metadata.title, metadata.issued, metadata.language) == ("Readout", "2024-03-03", "es")


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("\ufeffHabló".encode(), None, "Habló"),
        ("Habló".encode("utf-16"), None, "Habló"),
        ("Habló".encode("cp1252"), "windows-1252", "Habló"),
        (b"a\r\nb\x0cc", None, "a\r\nb\x0cc"),
    ],
)
def test_encodings_of_a_text(data: bytes, encoding: str | None, text: str) -> None:
    assert read("text", data, encoding).text == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "Habló".encode("cp1252"),
            "it is not UTF-8; say in which encoding it is, as --encoding windows-1252",
        ),
        (
            b"abc\x00def",
            "it is no plain text: it holds the control character U+0000; save it as text",
        ),
        (b" \n\n", "it holds no text"),
    ],
)
def test_what_is_no_text(data: bytes, message: str) -> None:
    with pytest.raises(Unreadable, match=f"^{message}$".replace("+", r"\+")):
        read("text", data)


# ------------------------------------------------------------------------------- kinds, dates


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.doc", b"x", "files in .doc are not read; save it as DOCX"),
        ("a.mhtml", b"x", "files in .mhtml are not read; save the page as HTML"),
        (
            "a",
            b"x",
            (
                "files without an ending are not read; give "
                "text, HTML, PDF, DOCX, CSL JSON or CSL YAML"
            ),
        ),
        ("a.pdf", b"", "it is empty"),
        ("a.html", b"%PDF-1.7", "its name says html, its content pdf; correct its name's ending"),
        (
            "a.html",
            b"MIME-Version: 1.0",
            "its name says html, its content MHTML; correct its name's ending",
        ),
        ("a.pdf", b"<html>", "it is no PDF: it does not begin with %PDF-; get it again"),
    ],
)
def test_what_is_not_read(name: str, data: bytes, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        kind_of(name, data)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-03-03", "2024-03-03"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("20240303", "2024-03-03"),
        ("2024-03-03T23:59:59-05:00", "2024-03-03"),
        ("2024-03-03 10:00:00", "2024-03-03"),
        ("D:20240303235959-05'00'", "2024-03-03"),
        ("Sun, 3 March 2024 10:00:00 GMT", "2024-03-03"),
        ("0000-00-00", None),
        ("03/04/2024", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_dates_in_metadata(written: str | None, date: str | None) -> None:
    assert edtf_of(written) == date


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("es_EC", "es-EC"),
        ("EN-us", "en-US"),
        ("en", "en"),
        ("english", None),
        ("xx-YY", None),
        ("", None),
    ],
)
def test_languages_in_metadata(written: str, language: str | None) -> None:
    assert language_of(written) == language


# ------------------------------------------------------------------------------- the text itself

WORDS = st.text(st.sampled_from("ab é“\n\t\r\f\x00\u202e-\u2010."), max_size=30)


@given(st.lists(st.lists(WORDS, max_size=4), min_size=1, max_size=4))
def test_every_paragraph_of_a_document_is_one_of_the_seed(pages: list[list[str]]) -> None:
    held = [[" ".join(text.split()) for text in page] for page in pages]
    try:
        text = text_of_pages(pages)
    except Unreadable:
        assert not any(character.isalnum() for page in held for text in page for character in text)
        return
    seed = read_seed(text)
    assert text.count("\f") == len(pages) - 1
    assert len(seed.paragraphs) == sum(bool(text) for page in held for text in page)

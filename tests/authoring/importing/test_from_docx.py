"""Text and metadata of Word documents."""

from __future__ import annotations

import io
import re
import zipfile

from built_documents import READOUT, docx, repacked
from sourcebrief.authoring.importing.extraction import Metadata
from sourcebrief.authoring.importing.from_docx import read_docx
from sourcebrief.evidence.passages import read_seed

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraphs(text: str) -> list[str]:
    return [paragraph.text for paragraph in read_seed(text).paragraphs]


def test_a_word_document() -> None:
    found = read_docx(docx(READOUT, title="Readout", lang="en-GB"))
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


def test_an_author_without_a_title_is_kept_and_the_mark_of_a_note_is_not() -> None:
    found = read_docx(docx("It was signed.^[In Lima.]", author="Ana Ruiz"))
    assert paragraphs(found.text) == ["Ana Ruiz", "It was signed.", "In Lima."]


def test_tracked_changes_are_accepted_and_told() -> None:
    deleted = b'<w:del w:id="1"><w:r><w:delText>secret words</w:delText></w:r></w:del>'
    data = docx("Words that stay here.")
    part = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    found = read_docx(
        repacked(data, {"word/document.xml": part.replace(b"</w:p>", deleted + b"</w:p>", 1)}),
    )
    assert paragraphs(found.text) == ["Words that stay here."]
    assert found.remarks == (
        "it carries tracked changes; the text is that with all of them accepted",
    )


def test_a_main_part_of_another_name_is_read() -> None:
    data = docx("Words that stay here.")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            text = part.replace(b"word/document.xml", b"word/document2.xml")
            archive.writestr(name.replace("word/document.xml", "word/document2.xml")
                             .replace("document.xml.rels", "document2.xml.rels"), text)  # fmt: skip
    assert paragraphs(read_docx(out.getvalue()).text) == ["Words that stay here."]


def test_a_cell_that_is_lost_is_told() -> None:
    data = docx("| Year | Ships |\n|------|-------|\n| 2023 | 51 came in |\n\nMore words.")
    part = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    before, cell, after = part.rpartition(b"<w:tc><w:tcPr />")
    assert cell
    # It says that it goes on a cell above it.
    merged = before + b"<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + after
    found = read_docx(repacked(data, {"word/document.xml": merged}))
    assert "51 came in" not in found.text
    assert found.remarks[-1].startswith("lost, such as a cell of an uneven table or a caption: ")
    assert "51 came in" in found.remarks[-1]


def test_what_stands_at_the_head_of_each_page_is_told() -> None:
    head = f"<w:hdr {NS}><w:p><w:r><w:t>Ministry of Ports, 4 March 2024</w:t></w:r></w:p></w:hdr>"
    parts = {"word/header1.xml": head.encode(), "word/header2.xml": head.encode()}
    found = read_docx(repacked(docx("Words."), parts))
    assert found.remarks == (
        "left out, since it stands at the head or foot of each page: "
        "6 words, “Ministry of Ports, 4 March 2024”",
    )


def test_a_box_at_the_head_is_told_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>SECRET</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    twice = (
        f"<mc:AlternateContent xmlns:mc='{mc}'><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    head = f"<w:hdr {NS}><w:p><w:r>{twice}</w:r><w:r><w:t>Draft</w:t></w:r></w:p></w:hdr>"
    found = read_docx(repacked(docx("Words."), {"word/header1.xml": head.encode()}))
    assert found.remarks[0].endswith("at the head or foot of each page: 2 words, “Draft SECRET”")


def test_another_prefix_of_words_names_is_read() -> None:
    data = docx("It was signed.^[In Lima.]\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist() if n.startswith("word/")}
    other = {
        name: re.sub(rb"(?<=[</\s])w:", b"ns0:", part).replace(b"xmlns:w=", b"xmlns:ns0=")
        for name, part in parts.items()
        if name.endswith(".xml")
    }
    assert read_docx(repacked(data, other)).text == read_docx(data).text
    assert paragraphs(read_docx(data).text)[-1] == "In Lima."


def test_hidden_words_of_a_note_are_told() -> None:
    data = docx("It was signed.^[In Lima.]")
    part = zipfile.ZipFile(io.BytesIO(data)).read("word/footnotes.xml")
    secret = b"<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>"
    end = part.rindex(b"</w:p>")
    found = read_docx(repacked(data, {"word/footnotes.xml": part[:end] + secret + part[end + 6 :]}))
    assert paragraphs(found.text) == ["It was signed.", "In Lima."]
    assert found.remarks == ("left out: 1 hidden word, “secret”",)


def test_comments_charts_and_files_within_are_told() -> None:
    words = "<w:comment><w:p><w:r><w:t>Is it so?</w:t></w:r></w:p></w:comment>"
    comment = f"<w:comments {NS}>{words}</w:comments>"
    drawn = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    chart = f"<c {drawn}><a:p><a:r><a:t>Ships by year</a:t></a:r></a:p></c>"
    data = docx("Words.")
    part = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    parts = {
        "word/document.xml": part.replace(b"</w:p>", b"</w:p><w:altChunk/>", 1),
        "word/comments.xml": comment.encode(),
        "word/charts/chart1.xml": chart.encode(),
    }
    assert read_docx(repacked(data, parts)).remarks == (
        "left out, since it stands in comments: 3 words, “Is it so?”",
        "left out, since it stands in a chart or diagram: 3 words, “Ships by year”",
        "left out: another file that is part of it; save it in Word as a new one",
    )


def test_the_reading_above_letters_is_told() -> None:
    data = docx("字亜")
    part = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    run = part[part.index("<w:r>") : part.index("</w:r>") + 6]
    reading = "<w:rt><w:r><w:t>あ</w:t></w:r></w:rt>"
    ruby = f"<w:r><w:ruby>{reading}<w:rubyBase>{run}</w:rubyBase></w:ruby></w:r>"
    found = read_docx(repacked(data, {"word/document.xml": part.replace(run, ruby).encode()}))
    assert paragraphs(found.text) == ["字亜"]
    assert found.remarks == (
        "left out, since it says how to read the letters below it: 1 word, “あ”",
    )

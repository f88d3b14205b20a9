"""Paragraphs are read with what was put in and taken out, wherever they stand."""

from __future__ import annotations

from sourcebrief.documents.word.opc_package import DOCUMENT, Package, W, parse_part
from sourcebrief.review.printed_source import CALL
from sourcebrief.review.word_paragraphs import author_of, read_paragraphs
from sourcebrief.review.word_text import Author, TrackedMark, WordParagraph
from word_documents import written

ANA = 'w:author="Ana" w:date="2023-10-03T09:00:00Z"'
BY_ANA = Author("Ana", "2023-10-03T09:00:00Z")


def read(content: str) -> list[WordParagraph]:
    """The paragraphs of a document with a body of its own."""
    package = Package(written("<body><p>x</p></body>"))
    body = package.body()
    for old in list(body)[:-1]:
        body.remove(old)
    for new in reversed(list(parse_part(f'<w:body xmlns:w="{W}">{content}</w:body>'))):
        body.insert(0, new)
    package.put(DOCUMENT, Package(package.bytes()).read(DOCUMENT))
    return read_paragraphs(package)


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_words_put_in_and_taken_out_have_their_author() -> None:
    gone = '<w:r><w:delText xml:space="preserve">old </w:delText></w:r>'
    text = read(
        f"<w:p>{run('The ')}<w:ins w:id='1' {ANA}>{run('new ', '<w:b/>')}</w:ins>"
        f"<w:del w:id='2' {ANA}>{gone}</w:del>{run('pact')}</w:p>"
    )[0]
    assert (text.whole, text.before) == ("The new old pact", "The old pact")
    assert text.pieces[1].put_in == TrackedMark(BY_ANA)
    assert text.pieces[1].looks == {"strong"}
    assert text.pieces[2].taken_out == TrackedMark(BY_ANA)


def test_a_look_that_is_turned_off_is_none() -> None:
    look = '<w:b w:val="0"/><w:i/>'
    (paragraph, *_) = read(f"<w:p>{run('x', look)}</w:p>")
    assert paragraph.pieces[0].looks == {"em"}


def test_a_paragraph_whose_end_was_put_in_says_so_and_where_it_is_commented() -> None:
    mark = f"<w:pPr><w:rPr><w:ins w:id='1' {ANA}/></w:rPr></w:pPr>"
    start = '<w:commentRangeStart w:id="7"/>'
    first, second, *_ = read(
        f"<w:p>{mark}{run('One.')}</w:p>{start}<w:p>{run('Two.')}{start}</w:p>"
    )
    assert first.parted == TrackedMark(BY_ANA)
    assert second.comments == [("7", 0), ("7", 4)]


def test_a_paragraph_whose_end_was_taken_out_says_so() -> None:
    mark = f"<w:pPr><w:rPr><w:del w:id='1' {ANA}/></w:rPr></w:pPr>"
    first, second = read(f"<w:p>{mark}{run('One.')}</w:p><w:p>{run('Two.')}</w:p>")[:2]
    assert first.joined == TrackedMark(BY_ANA)
    assert second.joined is None


def test_rows_of_tables_tell_their_changes_to_what_is_in_them() -> None:
    row = "<w:tr>{}<w:tc><w:p>{}</w:p></w:tc></w:tr>"
    tracked = f"<w:trPr><w:ins w:id='1' {ANA}/></w:trPr>"
    text = read(f"<w:tbl>{row.format('', run('a'))}{row.format(tracked, run('b'))}</w:tbl>")
    first, second = text[:2]
    assert (first.row, second.row) == (1, 2)
    assert second.pieces[0].put_in == TrackedMark(BY_ANA)


def test_boxes_notes_and_fields() -> None:
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('boxed')}</w:p></w:txbxContent></w:pict></w:r>"
    page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>12</w:t></w:r></w:fldSimple>'
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    field = (
        f"{char.format('begin')}<w:r><w:instrText> NUMPAGES </w:instrText></w:r>"
        f"{char.format('separate')}{run('40')}{char.format('end')}"
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    outer, inner, *_ = read(f"<w:p>{page}{run(' of ')}{field}{note}{box}</w:p>")
    assert outer.whole == f"# of #{CALL}"
    assert (inner.whole, inner.where) == ("boxed", "box")


def test_a_move_and_a_look_are_told_apart() -> None:
    look = f"<w:b/><w:rPrChange w:id='3' {ANA}><w:rPr/></w:rPrChange>"
    moved = f"<w:moveTo w:id='1' {ANA}>{run('there ')}</w:moveTo>"
    paragraph = read(f"<w:p>{moved}{run('bold', look)}</w:p>")[0]
    assert paragraph.pieces[0].put_in == TrackedMark(BY_ANA, moved=True)
    (changed,) = paragraph.formats
    assert (changed.mark.by, changed.text, changed.at) == (BY_ANA, "bold", 6)


def test_heads_feet_and_notes_are_read_too() -> None:
    document = written('<body data-title="T"><h2>x</h2><p>a<span class="note">N</span></p></body>')
    found = {one.where for one in read_paragraphs(Package(document))}
    assert found == {"text", "note", "head"}


def test_an_author_may_be_missing() -> None:
    assert author_of(parse_part(f'<w:ins xmlns:w="{W}"/>')) == Author()

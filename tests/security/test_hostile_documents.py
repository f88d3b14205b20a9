"""Documents made to harm: refused in one line, within limits of time and memory."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest

from built_documents import READOUT, docx, pdf, repacked
from sourcebrief.authoring.importing.extract import extract, extract_here
from sourcebrief.authoring.importing.extraction import UnreadableDocument

XML = '<?xml version="1.0"?>'
MEMORY = 768 * 1024 * 1024


def with_part(name: str, part: bytes) -> bytes:
    return repacked(docx(READOUT), {name: part})


def outcome(kind: str, data: bytes) -> tuple[str, str]:
    """The text of a document, or why it was refused; the other is empty."""
    try:
        return extract_here(kind, data).text, ""
    except UnreadableDocument as error:
        return "", str(error)


def loop_of_pages() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        tree = document.Root.Pages
        tree.Kids.append(tree)
        document.save(out)
    return out.getvalue()


def loop_of_forms() -> bytes:
    """A page that draws a form that draws itself."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        form = document.make_indirect(pikepdf.Stream(document, b"/Fm0 Do"))
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 9, 9]
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm0=form))
        document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm0=form))
        document.pages[0].Contents = pikepdf.Stream(document, b"/Fm0 Do")
        document.save(out)
    return out.getvalue()


def page_of(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.pages[0].Contents = pikepdf.Stream(document, content)
        document.save(out, compress_streams=True)
    return out.getvalue()


def twice_packed(size: int) -> bytes:
    """A page whose drawing instructions are packed twice over."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        packed = zlib.compress(zlib.compress(bytes(size)))
        stream = pikepdf.Stream(document, packed)
        stream.Filter = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
        document.pages[0].Contents = stream
        document.save(
            out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none
        )
    return out.getvalue()


def test_external_entities_of_a_word_document_are_not_followed() -> None:
    part = f'{XML}<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'.encode()
    for name in ("word/document.xml", "docProps/core.xml", "word/styles.xml", "word/footnotes.xml"):
        with pytest.raises(UnreadableDocument, match="a part of it declares a document type"):
            extract_here("docx", with_part(name, part))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 nothing", "it is not a Word document, or damaged"),
        (b"\xd0\xcf\x11\xe0 old", "it is encrypted, or an old .doc"),
        (docx(READOUT)[:3000], "it is not a Word document, or damaged"),
        (
            with_part("word/document.xml", b"<w:document"),
            "it is not a Word document, or damaged: word/document.xml is not XML",
        ),
        (with_part("word/document.xml", b"\0" * (257 << 20)), "it is too large: more is packed"),
    ],
)
def test_a_word_document_that_is_none(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        extract_here("docx", data)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("depth", [100, 5_000])
def test_deeply_nested_html(depth: int) -> None:
    data = b"<div>" * depth + b"<p>Words that lie deep.</p>" + b"</div>" * depth
    text, refusal = outcome("html", data)
    assert "Words that lie deep." in text or refusal.count("\n") == 0 < len(refusal)


@pytest.mark.parametrize(
    "data",
    [
        b"<p>" + b"<b>" * 300 + b"Bold words all of them",
        b"<!ENTITY x 'y'><p>&x; &amp; &#0; &#xD800; words that stand</p>",
        b"<p onclick=x><script>steal()</script>Words <img src=http://a.example/x> here</p>",
        b"\xff\xfe<\x00p\x00>\x00W\x00",
    ],
)
def test_odd_html_is_text_or_refused(data: bytes) -> None:
    text, refusal = outcome("html", data)
    assert bool(text) != bool(refusal)
    assert "\n" not in refusal
    assert "steal" not in text
    assert "<" not in text
    text.encode()


@pytest.mark.parametrize(
    "packet",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><x>&b;</x>',
        b"no XML at all",
        b"\xff\xfe\x00",
    ],
)
def test_metadata_of_a_pdf_that_are_no_harmless_xml_say_nothing(packet: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("<p>Words of the page.</p>"))) as document:
        document.Root.Metadata = pikepdf.Stream(document, packet)
        document.save(out)
    found = extract_here("pdf", out.getvalue())
    assert found.metadata.title is None
    assert found.text == "Words of the page.\n"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("pdf", loop_of_pages()),
        ("pdf", loop_of_forms()),
        ("pdf", page_of(b" " * (40 << 20))),
        ("pdf", page_of(b"[" * 100_000)),
        ("pdf", page_of(b"q " * 200_000)),
        ("pdf", twice_packed(1 << 30)),
        ("html", b"<p>" + b"a" * (65 << 20)),
    ],
    ids=["pages", "forms", "huge page", "nested", "states", "packed twice", "huge html"],
)
def test_what_would_not_end_or_not_fit_is_refused_in_a_line(kind: str, data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        extract(kind, data, time_limit=20, memory_limit=MEMORY)
    assert "\n" not in str(caught.value)

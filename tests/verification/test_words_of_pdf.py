"""PDFs that are hostile or damaged."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import pikepdf
import pytest

from sent_files import new_pdf, saved
from sourcebrief.verification import drawn_in_pdf
from sourcebrief.verification.document_text import NotABrief
from sourcebrief.verification.verify import verify
from sourcebrief.verification.words_of_pdf import words_of_pdf

if TYPE_CHECKING:
    from inspections import Built


def test_an_encrypted_file(built: Built) -> None:
    with pikepdf.open(built.file("muelle", "pdf")) as pdf:
        data = saved(pdf, encryption=pikepdf.Encryption(owner="owner", user="secret"))
    assert verify(data).problems == ("it is encrypted; ask for it without a password",)


def test_a_stream_that_is_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn_in_pdf, "LARGEST_STREAM", 1_000_000)
    pdf = new_pdf()
    packed = zlib.compress(b" " * 2_000_000)
    contents = pikepdf.Stream(pdf, b"")
    contents.write(packed, filter=pikepdf.Name.FlateDecode)
    pdf.pages[0].Contents = contents
    with pytest.raises(NotABrief, match="more is packed into it than a brief can hold"):
        words_of_pdf(saved(pdf, compress_streams=False))


def test_a_structure_that_returns_to_itself() -> None:
    pdf = new_pdf()
    element = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Sect))
    element.K = pikepdf.Array([element, element])
    pdf.Root.StructTreeRoot = pdf.make_indirect(pikepdf.Dictionary(K=element))
    assert words_of_pdf(saved(pdf)).body == []
    with pytest.raises(NotABrief, match="not a tagged PDF"):
        words_of_pdf(saved(new_pdf()))


def test_forms_that_draw_themselves() -> None:
    pdf = new_pdf()
    form = pdf.make_stream(b"/x Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(x=form))
    pdf.pages[0].Contents = pdf.make_stream(b"/x Do")
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(x=form))
    with pytest.raises(NotABrief, match="forms in forms without end"):
        words_of_pdf(saved(pdf))


def test_the_font_that_a_page_goes_back_to_is_the_one_that_is_read(built: Built) -> None:
    with pikepdf.open(built.file("muelle", "pdf")) as pdf:
        page = pdf.pages[0].obj
        names = [name.encode() for name in page.Resources.Font.keys()]  # noqa: SIM118
        drawn = page.Contents.read_bytes()
        at = re.search(rb"\[[^\]]*\]\s*TJ", drawn)
        assert at is not None
        for name in names:
            page.Contents.write(
                drawn[: at.start()] + b"q " + name + b" 9 Tf Q " + drawn[at.start() :]
            )
            assert verify(saved(pdf)).problems == ()

"""A PDF that another program saved again is the same; one with any other object is not."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, ObjectStreamMode

from sent_files import saved
from sourcebrief.verification.compare_pdf import pdf_differences

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspections import Built

PACKED: dict[str, Any] = {"linearize": True, "object_stream_mode": ObjectStreamMode.generate}
UNPACKED: dict[str, Any] = {"qdf": True, "object_stream_mode": ObjectStreamMode.disable}


def resaved(data: bytes, edit: Callable[[pikepdf.Pdf], object] | None = None, **how: Any) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        if edit is not None:
            edit(pdf)
        return saved(pdf, **how)


@pytest.mark.parametrize("how", [{}, PACKED, UNPACKED, {"normalize_content": True}], ids=str)
def test_saved_again_it_is_the_same(built: Built, how: dict[str, Any]) -> None:
    data = built.bytes("harbours", "pdf")
    assert pdf_differences(resaved(data, **how), data) == []


def test_who_saved_it_is_no_part_of_it(built: Built) -> None:
    data = built.bytes("muelle", "pdf")

    def describe(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Producer"] = "A gateway"
        pdf.Root.Metadata = pdf.make_stream(b"<x/>")

    assert pdf_differences(resaved(data, describe), data) == []


def drawn(words: bytes) -> Callable[[pikepdf.Pdf], None]:
    def edit(pdf: pikepdf.Pdf) -> None:
        contents = pdf.pages[0].obj.Contents
        contents.write(contents.read_bytes() + b"\nq " + words + b" Q")

    return edit


def annotated(kind: str, **entries: Any) -> Callable[[pikepdf.Pdf], None]:
    def edit(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        new = Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=[0, 0, 9, 9], **entries)
        page.Annots = Array([*page.get("/Annots", Array()), pdf.make_indirect(new)])

    return edit


def moved_letter(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].obj.Resources.Font.values()))
    letters = font.ToUnicode.read_bytes()
    code = letters.index(b"beginbfchar")
    at = letters.index(b"> <", code) + 3
    font.ToUnicode.write(letters[:at] + b"0020" + letters[at + 4 :])


def swapped_links(pdf: pikepdf.Pdf) -> None:
    links = [one for page in pdf.pages for one in page.obj.Annots if "/URI" in one.get("/A", {})]
    first = str(links[0].A.URI)
    other = next(link for link in links if str(link.A.URI) != first)
    links[0].A.URI, other.A.URI = other.A.URI, links[0].A.URI


def painted_appearance(pdf: pikepdf.Pdf) -> None:
    link = next(one for page in pdf.pages for one in page.obj.get("/Annots", ()))
    link.AP = Dictionary(N=pdf.make_stream(b"0 0 9 9 re f", BBox=[0, 0, 9, 9]))


def chained_action(pdf: pikepdf.Pdf) -> None:
    links = (one for page in pdf.pages for one in page.obj.Annots if "/URI" in one.get("/A", {}))
    next(links).A.Next = Dictionary(S=Name.URI, URI="https://example.org/other")


def read_aloud(pdf: pikepdf.Pdf) -> None:
    element = next(one for one in pdf.objects if isinstance(one, Dictionary) and "/Pg" in one)
    element.ActualText = "Not so"


def layer(pdf: pikepdf.Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="All"))
    pdf.Root.OCProperties = Dictionary(OCGs=[group], D=Dictionary(OFF=[group]))


def pattern(pdf: pikepdf.Pdf) -> None:
    tile = pdf.make_stream(
        b"0 0 9 9 re f", Type=Name.Pattern, PatternType=1, PaintType=1, BBox=[0, 0, 9, 9]
    )
    pdf.pages[0].obj.Resources.Pattern = Dictionary(P1=tile)


def faint(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(G1=Dictionary(ca=0.004))


def retitled(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as packet:
        packet["dc:title"] = "Not so"


FORGERIES: dict[str, tuple[Callable[[pikepdf.Pdf], object], str]] = {
    "painted over": (drawn(b"1 1 1 rg 0 0 600 800 re f"), "page 1: what is drawn"),
    "invisible text": (drawn(b"BT 3 Tr ET"), "page 1: what is drawn"),
    "clipped text": (drawn(b"0 0 1 1 re W n"), "page 1: what is drawn"),
    "a note stuck on": (annotated("/FreeText", Contents="Not so"), "page 1: an annotation"),
    "a film": (annotated("/Screen"), "page 1: an annotation"),
    "an appearance": (painted_appearance, "page 1: an annotation"),
    "a letter that is a space": (moved_letter, "page 1: a font, colour or picture"),
    "a pattern": (pattern, "page 1: a font, colour or picture"),
    "other words copied": (
        drawn(b"/Span << /ActualText (Not so) >> BDC EMC"),
        "page 1: what is drawn",
    ),
    "what is hardly seen": (faint, "page 1: a font, colour or picture"),
    "a layer": (layer, "the document: a layer"),
    "links swapped": (swapped_links, ": an annotation"),
    "a link that leads on": (chained_action, ": an annotation"),
    "other words read aloud": (read_aloud, "the document: the order in which it is read"),
    "another title": (
        lambda pdf: pdf.docinfo.update({"/Title": pikepdf.String("Not so")}),
        "the document: its title",
    ),
    "another title for programs": (retitled, "the document: its title"),
    "a tiny page": (
        lambda pdf: pdf.pages[0].obj.update({"/MediaBox": Array([0, 0, 100, 100])}),
        "page 1: the size of the page",
    ),
    "a script": (
        lambda pdf: pdf.Root.update({"/OpenAction": Dictionary(S=Name.JavaScript, JS="1")}),
        "the document: what happens when it is opened",
    ),
    "a cropped page": (
        lambda pdf: pdf.pages[0].obj.update({"/CropBox": Array([0, 0, 100, 100])}),
        "page 1: the part of the page that is shown",
    ),
    "a bookmark": (lambda pdf: pdf.Root.Outlines.First.update({"/Title": "Not so"}), "a bookmark"),
    "a page taken out": (
        lambda pdf: pdf.pages.__delitem__(0),
        "it has 4 pages, and 5 when it is made again",
    ),
}


@pytest.mark.parametrize("kind", FORGERIES)
def test_a_forged_file_is_named_at_its_place(built: Built, kind: str) -> None:
    data = built.bytes("harbours", "pdf")
    edit, said = FORGERIES[kind]
    found = pdf_differences(resaved(data, edit), data)
    assert any(said in words for words in found), found


def test_any_foreign_entry_in_any_object_is_found(built: Built) -> None:
    data = built.bytes("muelle", "pdf")
    with pikepdf.open(BytesIO(data)) as pdf:
        places = [
            number
            for number, one in enumerate(pdf.objects)
            if isinstance(one, Dictionary | pikepdf.Stream)
            # What holds the objects, and what describes the document, is no part of it.
            and str(one.get("/Type")) not in ("/ObjStm", "/XRef", "/Metadata")
            and "/Producer" not in one
        ]

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(places), st.sampled_from(["/AA", "/OC", "/Alternates", "/X"]))
    def added(place: int, key: str) -> None:
        def edit(pdf: pikepdf.Pdf) -> None:
            pdf.objects[place][key] = Dictionary(S=Name.Named)

        assert pdf_differences(resaved(data, edit), data)

    added()


def test_a_picture_of_another_kind_is_a_difference(built: Built) -> None:
    data = built.bytes("muelle", "pdf")

    def picture(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(b"\xff\xd8 no picture", Subtype=Name.Image, Width=1, Height=1)
        image.Filter = Name.DCTDecode
        pdf.pages[0].obj.Resources.XObject = Dictionary(Im1=image)

    found = pdf_differences(resaved(data, picture), data)
    assert any("page 1: a font, colour or picture" in words for words in found)

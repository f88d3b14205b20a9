"""A PDF that a screen reader could not read is found out, whatever wrote it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

import pdf_sample as sample
from sourcebrief.documents.pdf.accessibility import accessibility_faults
from sourcebrief.documents.pdf.engine.render import raising_faults, render
from sourcebrief.documents.pdf.write_pdf import write_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS = 4
NOTES = 1 + ROWS + ROWS // 4


@pytest.fixture(scope="module")
def good() -> bytes:
    return write_pdf(
        sample.brief(ROWS), resources=sample.RESOURCES, properties=sample.PROPERTIES
    ).content


def _faults(content: bytes) -> tuple[str, ...]:
    return accessibility_faults(content, notes=NOTES, header_cells=True)


def _elements(pdf: pikepdf.Pdf, role: str) -> Iterator[Any]:
    return (
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == f"/{role}"
    )


def _without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _with_its_file_name(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def _untagged(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def _heading_as_paragraph(pdf: pikepdf.Pdf) -> None:
    next(_elements(pdf, "H2")).S = pikepdf.Name("/P")


def _heading_too_deep(pdf: pikepdf.Pdf) -> None:
    next(_elements(pdf, "H2")).S = pikepdf.Name("/H4")


def _heads_without_scope(pdf: pikepdf.Pdf) -> None:
    for head in _elements(pdf, "TH"):
        del head.A
        if "/ID" in head:
            del head.ID


def _heads_as_data(pdf: pikepdf.Pdf) -> None:
    for head in list(_elements(pdf, "TH")):
        head.S = pikepdf.Name("/TD")


def _figure_without_text(pdf: pikepdf.Pdf) -> None:
    del next(_elements(pdf, "Figure")).Alt


def _note_as_span(pdf: pikepdf.Pdf) -> None:
    next(_elements(pdf, "Note")).S = pikepdf.Name("/Span")


def _note_without_identifier(pdf: pikepdf.Pdf) -> None:
    del next(_elements(pdf, "Note")).ID


def _links_as_spans(pdf: pikepdf.Pdf) -> None:
    for link in list(_elements(pdf, "Link")):
        link.S = pikepdf.Name("/Span")


def _link_without_description(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].Contents


def _page_with_untagged_text(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"BT (words) Tj ET")


def _page_with_an_artifact(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/Artifact BMC BT (words) Tj ET EMC")


def _content_outside_the_tree(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/Span <</MCID 9999>> BDC BT (words) Tj ET EMC")


def _content_twice(pdf: pikepdf.Pdf) -> None:
    heading = next(_elements(pdf, "H1"))
    heading.K = pikepdf.Array([heading.K, heading.K])


FAULTS: dict[Callable[[pikepdf.Pdf], None], str | None] = {
    _without_language: "it does not say its language",
    _with_its_file_name: "a viewer shows its file name, not its title",
    _untagged: "it is not tagged",
    _heading_as_paragraph: "headings that are not tagged as headings: 1 of",
    _heading_too_deep: "a heading of level 4 stands below one of level 1",
    _heads_without_scope: "tables with header cells that name no cells: 1",
    _heads_as_data: "the header cells of tables are not tagged as header cells",
    _figure_without_text: "figures without alternative text: 1",
    _note_as_span: f"notes that are not tagged as notes: 1 of {NOTES}",
    _note_without_identifier: "notes without an identifier: 1",
    _links_as_spans: "links that stand in no Link element",
    _link_without_description: "links without a description: 1 (page 1)",
    _page_with_untagged_text: "drawings outside tagged content and artifacts: 1 (page 1)",
    _page_with_an_artifact: None,
    _content_outside_the_tree: "text outside the structure tree, as of a running head: 1 (page 1)",
    _content_twice: "text that stands in the structure tree twice: 1 (page 1)",
}


def test_what_the_project_writes_has_no_fault(good: bytes) -> None:
    assert _faults(good) == ()


@pytest.mark.parametrize("damage", FAULTS, ids=lambda damage: damage.__name__.strip("_"))
def test_each_fault_is_found(good: bytes, damage: Callable[[pikepdf.Pdf], None]) -> None:
    written = BytesIO()
    with pikepdf.open(BytesIO(good)) as pdf:
        damage(pdf)
        pdf.save(written)

    found = _faults(written.getvalue())

    if FAULTS[damage] is None:
        assert found == ()
    else:
        assert FAULTS[damage] in "; ".join(found)


def test_the_tagging_of_weasyprint_alone_does_not_suffice() -> None:
    with raising_faults():
        written = render(sample.brief(ROWS), sample.RESOURCES).write_pdf(pdf_variant="pdf/a-3a")

    found = _faults(written)

    assert f"notes that are not tagged as notes: {NOTES} of {NOTES}" in found
    assert any("outside the structure tree" in fault for fault in found)

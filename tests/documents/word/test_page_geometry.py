"""The size of the page."""

from __future__ import annotations

import pytest

from sourcebrief.documents.word.opc_package import Package, w
from sourcebrief.documents.word.page_geometry import PageGeometry, on_page
from sourcebrief.errors import EngineFault
from word_documents import REFERENCE, value, written


def test_a_broken_reference_is_one_line() -> None:
    with pytest.raises(
        EngineFault, match=r"^reference\.docx: not a Word document.* save it from Word again$"
    ):
        written(reference=b"no zip")


def test_a_reference_on_the_right_page_stays_as_it_is() -> None:
    reference, geometry = on_page(REFERENCE, "A4")
    assert reference == REFERENCE
    assert geometry == PageGeometry(11906 - 2 * 1021, 16838 - 1361 - 1191)


def test_a_reference_without_a_section_gets_the_page_and_words_margins() -> None:
    package = Package(REFERENCE)
    package.body().remove(package.body()[-1])
    reference, geometry = on_page(package.bytes(), "Letter")
    size = Package(reference).body().find(f"{w('sectPr')}/{w('pgSz')}")
    assert (value(size, "w"), value(size, "h")) == ("12240", "15840")
    assert geometry == PageGeometry(12240 - 2880, 15840 - 2880)

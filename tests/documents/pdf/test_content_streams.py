"""Content streams are changed where they must be, and draw the same marks afterwards."""

import pydyf  # type: ignore[import-untyped]
import pytest

from sourcebrief.documents.pdf.content_streams import draw_before, mark_artifacts


def marked(number: int, *drawn: object) -> list[object]:
    return ["/Span", pydyf.Dictionary({"MCID": number}), b"BDC", *drawn, b"EMC"]


def drawing_order(items: list[object]) -> list[int]:
    return [items[i - 1]["MCID"] for i, item in enumerate(items) if item == b"BDC"]  # type: ignore[index]


def test_a_running_head_becomes_a_pagination_artifact() -> None:
    items = [*marked(0, b"(text) Tj"), *marked(1, b"(page 1) Tj")]

    mark_artifacts(items, {1: "/Pagination /Subtype /Header"})

    assert items[:5] == marked(0, b"(text) Tj")
    assert items[5:8] == ["/Artifact", "<</Type /Pagination /Subtype /Header>>", b"BDC"]


def test_a_label_that_stands_apart_is_drawn_before_its_text_in_its_own_colour() -> None:
    items = [
        b"q",
        b"1 0 0 rg",
        *marked(0, b"(item) Tj"),
        b"0 0 1 rg",
        b"q",
        b"q",
        *marked(1, b"(1.) Tj"),
        b"Q",
        b"Q",
        *marked(2, b"(next) Tj"),
        b"Q",
    ]

    draw_before(items, {1: 0})

    assert drawing_order(items) == [1, 0, 2]
    assert items[:6] == [b"q", b"1 0 0 rg", b"q", b"0 0 1 rg", b"q", b"q"]
    assert items.count(b"q") == items.count(b"Q")
    # What follows still has the colour that was set before the label.
    assert items.index(b"0 0 1 rg", 6) < items.index("/Span", len(items) - 7)


@pytest.mark.parametrize(
    "items",
    [
        pytest.param([*marked(0), *marked(1)], id="not set apart"),
        pytest.param(
            [b"q", *marked(0), b"Q", b"q", *marked(1), b"Q"], id="its target in another context"
        ),
    ],
)
def test_a_label_that_cannot_be_moved_safely_stays(items: list[object]) -> None:
    before = list(items)

    draw_before(items, {1: 0})

    assert items == before

"""What WeasyPrint warns of, or may not fetch, fails the document."""

from __future__ import annotations

import pytest

from sourcebrief.errors import EngineFault
from tagged_pdf import page_of, written


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(
            '<p><a href="#nowhere">x</a></p>', "No anchor #nowhere", id="a broken inner link"
        ),
        pytest.param('<p style="colr: red">x</p>', "unknown property", id="a CSS mistake"),
        pytest.param(
            '<img alt="x" src="https://example.org/x.png">',
            "https://example.org/x.png is not among the resources",
            id="the network",
        ),
        pytest.param(
            '<img alt="x" src="file:///etc/hostname">', "not among the resources", id="a file"
        ),
        pytest.param(
            '<link rel="stylesheet" href="other.css">', "other.css", id="a style sheet not given"
        ),
        pytest.param(
            # Whether another font of the machine has it decides which of the two is said.
            "<p>\u4e2d</p>",
            'unsupported by fonts: "中"|was drawn in',
            id="a glyph that fonts lack",
        ),
        pytest.param('<p style="font-family: Foo">x</p>', "drawn in", id="another font"),
        pytest.param(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g/></svg>",
            "no alternative text",
            id="a figure without a title",
        ),
    ],
)
def test_a_warning_of_the_engine_fails_the_build_in_its_own_words(body: str, said: str) -> None:
    with pytest.raises(EngineFault, match=said):
        written(page_of(body))

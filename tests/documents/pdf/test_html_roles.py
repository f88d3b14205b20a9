"""HTML elements become the structure types that ISO 32000-1 has for them."""

from __future__ import annotations

import pytest
from lxml import html

from sourcebrief.documents.pdf.html_roles import list_numbering, role_of, scope_of


@pytest.mark.parametrize(
    ("element", "role"),
    [("main", "Part"), ("h3", "H3"), ("nav", "Div"), ("figcaption", "Caption"), ("span", None)],
)
def test_an_element_has_its_role_or_gives_its_content_away(element: str, role: str | None) -> None:
    assert role_of(element) == role


@pytest.mark.parametrize(
    ("scope", "said"),
    [("row", "/Row"), ("col", "/Column"), ("rowgroup", "/Column"), ("", "/Column")],
)
def test_a_head_over_a_group_of_rows_is_the_head_of_columns(scope: str, said: str) -> None:
    assert scope_of(html.Element("th", scope=scope)) == said


@pytest.mark.parametrize(
    ("element", "style", "said"),
    [
        ("ul", "disc", "/Disc"),
        ("ul", "none", "/None"),
        ("ol", "decimal", "/Decimal"),
        ("dl", "", "/None"),
    ],
)
def test_a_list_says_how_it_is_numbered(element: str, style: str, said: str) -> None:
    assert list_numbering(element, style) == said

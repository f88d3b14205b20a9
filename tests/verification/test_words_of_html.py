"""Web pages that were edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.verification.verify import verify

if TYPE_CHECKING:
    from inspections import Built


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("does not show", "does show", "bottom line, text: “not” was taken out"),
        ("<main>", "<main><p>This is void.</p>", "“This is void.” was put in"),
        ('<main>', '<main><p class="screen-only">Void.</p>', "“Void.” was put in"),
        ('<main>', '<main><a role="doc-backlink">Void.</a>', "“Void.” was put in"),
        ("Reorganisation of the", "Abolition of the", "“Reorganisation” was changed to"),
    ],
)  # fmt: skip
def test_a_web_page_that_was_edited(built: Built, old: str, new: str, named: str) -> None:
    page = built.bytes("harbours", "html").decode()
    assert old in page
    problems = verify(page.replace(old, new, 1).encode()).problems
    assert any(named in words for words in problems), problems

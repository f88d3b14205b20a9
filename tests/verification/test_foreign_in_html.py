"""Where a page cannot be compared with one made again, it may hold only what builds write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sourcebrief.verification.foreign_in_html import foreign_in_html
from sourcebrief.verification.verify import verify

if TYPE_CHECKING:
    from inspections import Built

FIRST = Path(__file__).parent / "first_edition/port.html"


@pytest.mark.parametrize("briefing", ["harbours", "muelle"])
def test_a_built_page_holds_nothing_foreign(built: Built, briefing: str) -> None:
    assert foreign_in_html(built.bytes(briefing, "html"), None) == []


def test_the_first_edition_wrote_nothing_foreign() -> None:
    assert foreign_in_html(FIRST.read_bytes(), None) == []


@pytest.mark.parametrize(
    ("put_in", "said"),
    [
        ("<iframe></iframe>", "the element iframe"),
        ("<input value='not so'>", "the element input"),
        ("<template shadowrootmode='open'>Not so</template>", "the element template"),
        ("<s></s>", "the element s,"),
        ("<p style='display:none'></p>", "the attribute style"),
        ("<p onclick='x()'></p>", "the attribute onclick"),
        ("<a href='javascript:x()'></a>", "a link leads to javascript:x()"),
        ("<p hidden>Not so</p>", "a p is hidden: “Not so”"),
        ("<meta http-equiv='refresh' content='0; #x'>", "an instruction for the browser: refresh"),
        ("<script>x()</script>", "more than 3 of the element script"),
        ("<style>p { display: none }</style>", "more than 1 of the element style"),
    ],
)
def test_what_no_build_writes_is_named(built: Built, put_in: str, said: str) -> None:
    page = built.bytes("muelle", "html")
    forged = page.replace(b"</main>", put_in.encode() + b"</main>")
    assert any(said in words for words in verify(forged).problems)


def test_nothing_stands_after_the_end(built: Built) -> None:
    page = built.bytes("muelle", "html")
    assert foreign_in_html(page + b"<p>Not so</p>", None) == ["something stands after its end"]


def test_an_element_of_the_page_made_again_is_no_attribute(built: Built) -> None:
    page = built.bytes("muelle", "html")
    forged = page.replace(b"</main>", b"<p style='color: white'></p></main>")
    assert foreign_in_html(forged, page) == ["a p has the attribute style, which no build writes"]


def test_a_link_leads_where_it_leads_in_the_page_made_again(built: Built) -> None:
    page = built.bytes("muelle", "html")
    assert foreign_in_html(page, page) == []
    forged = page.replace(b'href="#event-', b'href="#evidence-', 1)
    (said,) = foreign_in_html(forged, page)
    assert "leads to #evidence-" in said


def test_what_a_houses_templates_bring_is_known(built: Built) -> None:
    page = built.bytes("muelle", "html").replace(b"</main>", b"<u data-x='1' lang='es'></u></main>")
    assert foreign_in_html(page, None) == ["it has the element u, which no build writes"]
    assert foreign_in_html(page, page) == []

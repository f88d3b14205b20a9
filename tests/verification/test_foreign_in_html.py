"""Where a page cannot be compared with one made again, it may hold only what builds write."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sourcebrief.documents.publish import web_style
from sourcebrief.documents.template_folders import held_templates
from sourcebrief.verification.foreign_in_html import foreign_in_html
from sourcebrief.verification.verify import verify

if TYPE_CHECKING:
    from inspections import Built

STYLE = web_style(held_templates())
FIRST = Path(__file__).parent / "first_edition/port.html"


@pytest.mark.parametrize("briefing", ["harbours", "muelle"])
def test_a_built_page_holds_nothing_foreign(built: Built, briefing: str) -> None:
    assert foreign_in_html(built.bytes(briefing, "html"), None, STYLE) == []


def test_the_first_edition_wrote_nothing_foreign() -> None:
    assert foreign_in_html(FIRST.read_bytes(), None, STYLE) == []


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
        ("<script>x()</script>", "its script, which could change words"),
        ("<script type='module' id='evidence'>x()</script>", "its script, which could change"),
        ("<style>p { display: none }</style>", "its style sheet, which could hide words"),
    ],
)
def test_what_no_build_writes_is_named(built: Built, put_in: str, said: str) -> None:
    page = built.bytes("muelle", "html")
    forged = page.replace(b"</main>", put_in.encode() + b"</main>")
    assert any(said in words for words in verify(forged).problems)


def test_nothing_stands_after_the_end(built: Built) -> None:
    page = built.bytes("muelle", "html")
    found = foreign_in_html(page + b"<p>Not so</p>", None, STYLE)
    assert found == ["something stands after its end"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<div class="lead"', '<div class="lead" hidden'),
        ('<div class="lead"', '<div class="lead narrow"'),
        ('<span class="role"', '<span class="sep"'),
        ('<tr class="event"', "<tr"),
        ("</main>", "<u></u></main>"),
        ("</main>", "<p style='color: white'></p></main>"),
        ('<section id="gaps"', '<form id="filter" hidden></form><section id="gaps"'),
        ('<meta name="author" content="', '<meta name="author" content="Not '),
        (' fill="', ' fill-opacity="0" fill="'),
        ('href="#event-', 'href="#evidence-'),
        ("<h1", "\u202e<h1"),
    ],
)
def test_a_page_is_made_as_it_is_made_again(built: Built, old: str, new: str) -> None:
    page = built.bytes("harbours", "html")
    assert foreign_in_html(page, page, STYLE) == []
    assert old.encode() in page
    (said,) = foreign_in_html(page.replace(old.encode(), new.encode(), 1), page, STYLE)
    assert said.endswith(" on, it is another page than its evidence makes")


@pytest.mark.parametrize("put_in", ["<!-- x -->", "<![CDATA[ x ]]>", "<?x?>"])
def test_what_programs_read_differently_is_named(built: Built, put_in: str) -> None:
    page = built.bytes("harbours", "html")
    forged = page.replace(b"</text>", put_in.encode() + b"</text>", 1)
    assert any("read differently" in said for said in foreign_in_html(forged, page, STYLE))


def test_data_that_a_browser_reads_as_markup_is_a_script(built: Built) -> None:
    page = built.bytes("harbours", "html")
    data = b'<script id="evidence" type="application/json">'
    for forged in (
        page.replace(b"</svg>", data + b"</script></svg>", 1),
        page.replace(data[:7], data + b"<h1>No</h1></script>" + data[:7], 1),
    ):
        assert any("its script" in said for said in foreign_in_html(forged, None, STYLE))


def test_any_element_put_in_anywhere_is_found(built: Built) -> None:
    page = built.bytes("muelle", "html")
    places = [found.end() for found in re.finditer(b"</(?:p|span|td|div|a|li|h2)>", page)]

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.sampled_from(places),
        st.sampled_from(["p", "span", "div", "u", "img", "video", "object", "math", "input"]),
        st.sampled_from(["id", "class", "style", "src", "onclick", "data-x", "title", "lang"]),
        st.text("abcdefgh", min_size=3, max_size=8),
    )
    def put_in(place: int, name: str, attribute: str, value: str) -> None:
        element = f'<{name} {attribute}="{value}"></{name}>'.encode()
        assert foreign_in_html(page[:place] + element + page[place:], page, STYLE)

    put_in()


def test_what_a_houses_templates_bring_is_known(built: Built) -> None:
    page = built.bytes("muelle", "html").replace(b"</main>", b"<u data-x='1' lang='es'></u></main>")
    assert foreign_in_html(page, None, STYLE) == ["it has the element u, which no build writes"]
    assert foreign_in_html(page, page, STYLE) == []


def test_the_style_is_that_of_the_templates(built: Built) -> None:
    page = built.bytes("muelle", "html")
    hiding = page.replace(b"</style>", b".caveat { display: none }</style>")
    (said,) = foreign_in_html(hiding, None, STYLE)
    assert said == (
        "its style sheet, which could hide words, is not that of the templates here; give the "
        "folder of those that it was made with as --templates"
    )
    css, script = STYLE
    assert foreign_in_html(hiding, None, (css + ".caveat { display: none }", script)) == [
        "the page has an instruction for the browser: Content-Security-Policy"
    ]
    assert foreign_in_html(page.replace(b"\n", b"\r\n"), page, STYLE) == []

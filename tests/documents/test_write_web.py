"""The web edition: one file, no request, its notes in a list, the manifest inside."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import html5lib
import pytest
from lxml import html as lxml_html

from invented import TEMPLATES, sample_labels, sample_view
from sourcebrief.documents.page import render_brief
from sourcebrief.documents.write_web import carried_in_html, with_fonts, write_web
from sourcebrief.errors import EngineFault

MANIFEST = json.dumps(
    {"quote": "</script><!-- & <b> \\u003c \u2028 ’", "n": 1}, ensure_ascii=False
).encode()
SHEETS = (TEMPLATES.read("brief.css") + TEMPLATES.read("screen.css")).decode()
CSS = with_fonts(SHEETS, TEMPLATES.read)
SCRIPT = TEMPLATES.read("web.js").decode()


def page(language: str = "en-GB", **changed: Any) -> str:
    view = sample_view(language, **changed)
    return render_brief(view, TEMPLATES, sample_labels(language))


def edition(source: str | None = None, manifest: bytes = MANIFEST) -> bytes:
    return write_web(source or page(), css=CSS, script=SCRIPT, carried={"evidence.json": manifest})


def tree(data: bytes) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(data.decode())


def words(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("language", ["en-GB", "es"])
def test_it_is_valid_html(language: str) -> None:
    parser = html5lib.HTMLParser()
    parser.parse(edition(page(language)).decode())
    assert parser.errors == []


def test_the_same_input_gives_the_same_bytes() -> None:
    assert edition() == edition()


def test_nothing_in_it_is_fetched_and_the_policy_forbids_it() -> None:
    data = edition()
    root = tree(data)
    assert not root.xpath("//link | //img | //iframe | //object | //script[@src] | //*[@style]")
    assert not re.search(rb"@import|url\((?!data:font/woff2;)", data)
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for name, element in (("style", "//style"), ("script", "//script[not(@type)]")):
        (inside,) = root.xpath(element)
        digest = base64.b64encode(hashlib.sha256(inside.text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy


def test_the_policy_stands_before_anything_that_it_governs() -> None:
    data = edition().decode()
    assert data.index("Content-Security-Policy") < data.index("<style>") < data.index("<script")


@pytest.mark.parametrize(
    "manifest",
    [
        MANIFEST,
        b"{}",
        '{"a":"\\\\u003c \\\\\\u003c \\" </SCRIPT > ]]> é 😀"}\n'.encode(),
        json.dumps({"a": ["<", "\\<", "\\\\&"]}).encode() + b"\n",
    ],
)
def test_the_manifest_comes_back_byte_for_byte_and_opens_no_markup(manifest: bytes) -> None:
    data = edition(manifest=manifest)
    assert carried_in_html(data) == {"evidence.json": manifest}
    (block,) = tree(data).xpath("//script[@id='evidence']")
    assert "<" not in block.text
    assert json.loads(block.text) == json.loads(manifest)


def test_a_page_without_a_manifest_has_none() -> None:
    assert carried_in_html(b"<!DOCTYPE html><p>nothing") == {}


def test_every_note_stands_in_the_list_with_links_both_ways() -> None:
    source = page()
    texts = [words(note) for note in tree(source.encode()).xpath("//span[@class='note']")]
    root = tree(edition(source))
    calls = root.xpath("//sup[@class='noteref']/a")
    items = root.xpath("//section[@id='notes']/ol/li")
    assert [words(item.find("span")) for item in items] == texts
    assert [call.get("href") for call in calls] == [f"#{item.get('id')}" for item in items]
    assert [item.xpath("./a/@href")[0] for item in items] == [f"#{c.get('id')}" for c in calls]
    assert [call.text for call in calls] == [str(n) for n in range(1, len(texts) + 1)]
    assert not root.xpath("//span[@class='note']")
    assert root.get_element_by_id("notes").get("hidden") is None


def test_the_text_around_a_note_stays_where_it_was() -> None:
    cell = tree(edition()).xpath("//tr[@id='event-e2']/td[@class='c-event']")[0]
    assert words(cell).startswith("Lind offers technical help with vessel registers.8 ")
    assert " On a visit of one day" in words(cell)


def test_notes_are_announced_in_the_language_of_the_brief() -> None:
    root = tree(edition(page("es")))
    assert root.xpath("//sup/a/@aria-label")[0] == "Nota 1"
    assert root.xpath("//ol/li/a[@role='doc-backlink']/@aria-label")[0] == (
        "Volver al texto de la nota 1"
    )


def test_every_link_within_the_page_leads_somewhere() -> None:
    root = tree(edition())
    anchors = root.xpath("//@id")
    assert len(anchors) == len(set(anchors))
    assert {href[1:] for href in root.xpath("//a/@href") if href.startswith("#")} <= set(anchors)


def test_without_scripts_every_row_shows_and_the_filter_does_not() -> None:
    root = tree(edition())
    assert root.get_element_by_id("filter").get("hidden") is not None
    assert not root.xpath("//tr[@hidden]")


def test_the_filter_offers_each_actor_and_theme_and_the_rows_carry_them() -> None:
    root = tree(edition())
    actors = root.xpath("//select[@name='actor']/option/@value")
    themes = root.xpath("//select[@name='theme']/option")
    assert actors == ["", "harbours", "council", "union", "-"]
    assert [words(theme) for theme in themes[1:]] == ["inspections", "finance", "maritime safety"]
    row = root.get_element_by_id("event-e8")
    assert row.get("data-actors").split() == ["harbours", "union"]
    assert row.get("data-themes").split() == ["1", "2"]


def test_each_cell_knows_the_head_of_its_column() -> None:
    for table in tree(edition()).xpath("//table"):
        heads = [words(head) for head in table.xpath("./thead//th")]
        for row in table.xpath("./tbody/tr[not(@class='year')]"):
            assert [cell.get("data-label") for cell in row] == heads


def test_no_element_is_given_the_role_that_it_has() -> None:
    assert not tree(edition()).xpath("//*[self::table or ancestor::table][@role and not(self::a)]")


def test_the_marking_stands_at_head_and_foot() -> None:
    assert tree(edition()).xpath("//p[contains(@class, 'marking')]/text()") == ["TLP:CLEAR"] * 2


@pytest.mark.parametrize(
    ("source", "css", "script", "message"),
    [
        (None, "a{}</style>", "", "style contains </style"),
        (None, "", "'</Script>'", "script contains </script"),
        ('<p>a<span class="note">b</span></p>', "", "", 'no <section id="notes">'),
    ],
)
def test_what_would_break_the_file_is_refused(
    source: str | None, css: str, script: str, message: str
) -> None:
    with pytest.raises(EngineFault, match=message):
        write_web(source or page(), css=css, script=script, carried={})


def test_a_brief_without_notes_has_no_list_of_notes() -> None:
    root = tree(edition('<title>x</title><section id="notes"><ol></ol></section><p>x'))
    assert not root.xpath("//*[@id='notes']")


def test_the_page_has_typefaces_of_its_own_that_are_small() -> None:
    fonts = re.findall(r"data:font/woff2;base64,([\w+/=]+)", CSS)
    assert [base64.b64decode(font)[:4] for font in fonts] == [b"wOF2"] * 3
    assert sum(map(len, fonts)) <= 150_000
    assert "font-src data:" in edition().decode()


def test_the_contents_lead_to_every_section_that_there_is() -> None:
    root = tree(edition())
    links = root.xpath("//nav[contains(@class, 'contents')]//a/@href")
    assert "#bottom-line" in links
    assert all(root.xpath("//*[@id=$name]", name=link[1:]) for link in links)
    assert not tree(edition(page(gaps=()))).xpath("//nav//a[@href='#gaps']")


def test_every_entry_passage_and_source_can_be_linked_to() -> None:
    root = tree(edition())
    here = {link[1:] for link in root.xpath("//a[contains(@class, 'anchor')]/@href")}
    assert here == {
        *root.xpath("//tr[contains(@class, 'event')]/@id"),
        *root.xpath("//blockquote/@id"),
        *root.xpath("//*[@id='sources']//li/@id"),
    }

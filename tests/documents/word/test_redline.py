"""A redline holds every word of both documents, and Word can tell them apart."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import word_page
from sourcebrief.documents.word.opc_package import DOCUMENT, Package, w, w_value
from sourcebrief.documents.word.redline import redline
from tracked_changes import accepted, rejected, words
from word_documents import MOMENT, written

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<body data-title="Pacts"><h1>Pacts</h1>
<p>The pact holds<span class="note">Post, 2 May.</span> for two years.</p><p>It is old.</p>
<ul><li>One item</li><li>Another item</li></ul>
<table><colgroup><col style="width:20%"><col style="width:80%"></colgroup>
<thead><tr><th>No.</th><th>Event</th></tr></thead><tbody>
<tr><td>1</td><td>The pact is signed by both sides</td></tr>
<tr><td>2</td><td>Patrols begin in the harbour</td></tr></tbody></table>
<figure><svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20"
role="img"><title>A bar</title><rect width="9" height="9"/></svg></figure>
<p>See <a href="https://example.org/a">this page</a> for more.</p></body>"""


def changed(*pairs: tuple[str, str]) -> str:
    page = PAGE
    for old, new in pairs:
        assert old in page
        page = page.replace(old, new)
    return page


ROW = "<tr><td>1</td><td>The pact is signed by both sides</td></tr>"
PAGES = {
    "nothing": PAGE,
    "words": changed(("two years", "three long years"), ("signed", "agreed")),
    "a note": changed(("Post, 2 May", "Gazette, 3 May")),
    "a note gone": changed(('<span class="note">Post, 2 May.</span>', "")),
    "a note more": changed(("old.", 'old.<span class="note">Wire, ¶ 4.</span>')),
    "a paragraph gone": changed(("<p>It is old.</p>", "")),
    "a paragraph more": changed(("<p>It is old.</p>", "<p>It is old.</p><p>Quite new words</p>")),
    "items": changed(("<li>One item</li>", ""), ("Another item", "Another item, which is longer")),
    "a list gone": changed(("<ul><li>One item</li><li>Another item</li></ul>", "")),
    "a row gone": changed((ROW, "")),
    "a row more": changed((ROW, f"{ROW}<tr><td>9</td><td>Something else altogether</td></tr>")),
    "a column more": changed(
        ('<col style="width:80%">', '<col style="width:40%"><col style="width:40%">'),
        ("<th>Event</th>", "<th>Event</th><th>Who</th>"),
        ("both sides</td>", "both sides</td><td>Both</td>"),
        ("the harbour</td>", "the harbour</td><td>One</td>"),
    ),
    "a picture": changed(('rect width="9"', 'rect width="19"')),
    "a link": changed(("https://example.org/a", "https://example.org/b"), ("this page", "that")),
    "a link gone": changed(('<a href="https://example.org/a">this page</a>', "nothing")),
    "the title": changed(('data-title="Pacts"', 'data-title="New pacts"'), (">Pacts<", ">New<")),
    "everything": '<body data-title="Other"><p>Nothing is left.</p></body>',
}


def document(page: str) -> bytes:
    return written(page, carried={"evidence.json": b"{}"})


def redlined(older: str, newer: str) -> bytes:
    return redline(document(older), document(newer), "Desk", MOMENT)


@pytest.mark.parametrize("name", PAGES)
def test_accepting_gives_the_newer_and_rejecting_the_older(name: str) -> None:
    for older, newer in ((PAGE, PAGES[name]), (PAGES[name], PAGE)):
        made = redlined(older, newer)
        assert accepted(made) == words(document(newer))
        assert rejected(made) == words(document(older))


LINES = st.lists(
    st.sampled_from(
        [
            "<p>The pact holds for two years.</p>",
            "<p>The pact holds for ten years, they say.</p>",
            "<p>It is old.</p>",
            '<p>Noted<span class="note">Post.</span> twice<span class="note">Wire.</span>.</p>',
            "<ul><li>One item</li></ul>",
            f"<table><tbody>{ROW}</tbody></table>",
            f"<table><tbody>{ROW}<tr><td>2</td><td>More</td></tr></tbody></table>",
        ]
    ),
    min_size=1,
    max_size=4,
)


@given(LINES, LINES)
@settings(max_examples=12)
def test_any_two_documents_are_kept_word_for_word(older: list[str], newer: list[str]) -> None:
    one, other = (f"<body><h1>T</h1>{''.join(lines)}</body>" for lines in (older, newer))
    made = redlined(one, other)
    assert accepted(made) == words(document(other))
    assert rejected(made) == words(document(one))


def test_a_table_of_contents_is_kept() -> None:
    older, newer = (
        written(word_page.page(rows), contents="Contents", carried={}) for rows in (3, 4)
    )
    made = redline(older, newer, "Desk", MOMENT)
    assert accepted(made) == words(newer)
    assert rejected(made) == words(older)


def test_changes_are_signed_and_numbered_once() -> None:
    body = Package(redlined(PAGE, PAGES["words"])).body()
    changes = [*body.iter(w("ins")), *body.iter(w("del"))]
    assert {w_value(one, "author") for one in changes} == {"Desk"}
    assert {w_value(one, "date") for one in changes} == {"2023-10-01T00:00:00Z"}
    assert len({w_value(one, "id") for one in changes}) == len(changes)


def test_only_the_words_that_changed_are_tracked() -> None:
    body = Package(redlined(PAGE, changed(("two years", "three years")))).body()
    assert ["".join(one.itertext()) for one in body.iter(w("ins"), w("del"))] == ["two", "three"]


def test_notes_are_numbered_as_they_are_called() -> None:
    """LibreOffice gives a call the note that has its place in this order, whatever its id."""
    for pair in ((PAGE, PAGES["a note gone"]), (PAGE, PAGES["a note more"])):
        made = Package(redlined(*pair))
        notes = made.tree("word/footnotes.xml").findall(w("footnote"))
        calls = [w_value(one, "id") for one in made.body().iter(w("footnoteReference"))]
        assert calls == [str(number) for number in range(1, len(calls) + 1)]
        assert [w_value(one, "id") for one in notes][-len(calls) :] == calls


def test_nothing_changed_is_nothing_tracked() -> None:
    made = Package(redlined(PAGE, PAGE))
    assert not list(made.body().iter(w("ins"), w("del")))


def test_it_is_reproducible_and_carries_no_evidence() -> None:
    made = redlined(PAGE, PAGES["items"])
    assert made == redlined(PAGE, PAGES["items"])
    package = Package(made)
    assert not [name for name in package if name.startswith("customXml/")]
    assert not package.related(DOCUMENT, "customXml")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("ooxml-validator") is None, reason="the Open XML SDK is not here")
@pytest.mark.parametrize("name", PAGES)
def test_the_open_xml_sdk_finds_nothing_wrong(name: str, tmp_path: Path) -> None:
    for number, pair in enumerate(((PAGE, PAGES[name]), (PAGES[name], PAGE))):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(redlined(*pair))
        ran = subprocess.run(["ooxml-validator", str(path)], capture_output=True, check=False)
        assert b'"ok": true' in ran.stdout, ran.stdout.decode()


def test_the_one_paragraph_of_a_cell_stays_one() -> None:
    made = Package(redlined(PAGE, changed(("<td>2</td>", "<td>7</td>"))))
    assert {len(cell.findall(w("p"))) for cell in made.body().iter(w("tc"))} == {1}

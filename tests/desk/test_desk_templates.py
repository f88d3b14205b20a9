"""The desk's own markup: what a document holds is text, code point for code point."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.desk.desk_templates import STATIC, render_desk, static_file, verbatim


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])) | st.text("a\r\n\t\x0c&<>\"'; "))
def test_a_browser_reads_as_many_code_points_as_there_are(text: str) -> None:
    page = html5lib.parse(f"<p>{verbatim('x' + text)}</p>", namespaceHTMLElements=False)
    assert page.find(".//p").text == "x" + text


def test_nul_is_shown_as_what_it_is_not() -> None:
    assert verbatim("a\x00b") == "a\ufffdb"


@pytest.mark.parametrize("name", STATIC)
def test_every_static_file_is_there(name: str) -> None:
    assert static_file(name)


def test_words_are_escaped() -> None:
    words = {"name": "<b>", "title": "<b>", "editor": '"><b>', "language": "en"}
    assert "<b>" not in render_desk("desk.html.j2", **words)

"""What is text on a page: hidden and struck words, raised figures, note marks."""

from __future__ import annotations

import pytest
from lxml import html

from sourcebrief.authoring.importing.page_cleaning import cleaned


def text_and_remarks(body: str) -> tuple[str, list[str]]:
    tree = html.document_fromstring(f"<html><body>{body}</body></html>")
    remarks = cleaned(tree)
    return " ".join(tree.text_content().split()), remarks


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Hidden words</p>",
        "<p style='color: red; DISPLAY : none'>Hidden words</p>".replace(" :", ":"),
        "<p style='visibility:hidden'>Hidden words</p>",
        "<div aria-hidden='true'><p>Hidden <b>words</b></p><script>x</script></div>",
    ],
)
def test_hidden_text_is_left_out_and_named(hidden: str) -> None:
    text, remarks = text_and_remarks(f"<p>Shown.</p>{hidden}")
    assert text == "Shown."
    assert remarks == ["left out, since the page hides it: 2 words, “Hidden words”"]


def test_struck_text_is_left_out_and_named() -> None:
    text, remarks = text_and_remarks("<p>Costs <del>five</del> <ins>six</ins> million.</p>")
    assert text == "Costs six million."
    assert remarks == ["left out, since the page strikes it out: 1 word, “five”"]


def test_raised_figures_and_note_marks() -> None:
    body = (
        "<p>Some 10<sup>6</sup> of CO<sub>2</sub>,<sup>4</sup> in 2019"
        "<sup><a href='#n1'>1</a></sup> and <b>a word</b><sup>2</sup>.</p>"
    )
    text, remarks = text_and_remarks(body)
    assert text == "Some 10⁶ of CO₂, in 2019 and a word."
    assert remarks == ["3 raised note marks were left out of the text"]


def test_a_page_without_any_is_left_alone() -> None:
    assert text_and_remarks("<p>Words <!-- a remark --> alone.</p>") == ("Words alone.", [])

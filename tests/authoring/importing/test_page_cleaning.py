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
        "<dialog>Hidden words</dialog>",
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


@pytest.mark.parametrize(
    ("left_out", "why"),
    [
        ("<nav><a href='/'>Home</a></nav><button>Send</button>", "it is a menu or a form"),
        ("<textarea>Home\n\nSend</textarea>", "it is a menu or a form"),
        ("<svg><text>Home</text><text>Send</text></svg>", "it stands in a drawing"),
    ],
)
def test_menus_forms_and_drawings_are_named(left_out: str, why: str) -> None:
    text, remarks = text_and_remarks(f"<p>Shown.</p>{left_out}")
    assert text == "Shown."
    assert remarks == [f"left out, since {why}: 2 words, “Home Send”"]


def test_a_formula_keeps_its_meaning() -> None:
    formula = "<math><msup><mn>10</mn><mn>6</mn></msup><mo>=</mo><mi>x</mi></math>"
    text, remarks = text_and_remarks(f"<p>With {formula} units.</p>")
    assert text == "With 10^6=x units."
    assert remarks == ["1 formula is written on one line: compare what you quote"]


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


@pytest.mark.parametrize(
    ("boxes", "text"),
    [
        ("<span>Kyiv</span><span>Reuters</span>", "Kyiv Reuters"),
        ("<time>3 March 2024</time><span>by Ana</span>", "3 March 2024 by Ana"),
        ("<a>Ana</a><time>3 March</time>", "Ana 3 March"),
        ("<span>3 March 2024</span><span>Lima</span>", "3 March 2024 Lima"),
        ("<span>5</span><span>G</span> and <span>a</span><span>b</span>", "5G and ab"),
    ],
)
def test_words_that_a_sheet_outside_the_page_parts_are_parted(boxes: str, text: str) -> None:
    assert text_and_remarks(f"<p>{boxes}</p>")[0] == text

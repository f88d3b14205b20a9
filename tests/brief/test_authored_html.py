"""Authored text to markup: escaped, with a note for each citation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.brief.authored_html import CitationMarkup, render_blocks, render_inline
from sourcebrief.brief.view import Html
from sourcebrief.workspace.markup import Citation, parse_markup


def cite(citation: Citation) -> CitationMarkup:
    """As for sources where an id begins with x or y, and for events where with e."""
    events = "+".join(item.id for item in citation if item.id.startswith("e"))
    note = "+".join(item.id for item in citation if not item.id.startswith("e"))
    return CitationMarkup(
        Html(f" [{events}]" if events else ""), Html(f"<n>{note}</n>" if note else "")
    )


def inline(text: str, language: str = "en-GB") -> str:
    return render_inline(parse_markup(text), cite, language)


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("A & B < C > D", "A &amp; B &lt; C &gt; D"),
        ("\"A\" and 'b'", "\"A\" and 'b'"),
        ("*a* **b**", "<em>a</em> <strong>b</strong>"),
        ("[a](https://e.org/?x=1&y=2)", '<a href="https://e.org/?x=1&amp;y=2">a</a>'),
        ("[a](https://e.org/%22onclick=x)", '<a href="https://e.org/%22onclick=x">a</a>'),
        ("A. [@x]", "A.<n>x</n>"),
        ("A. [@x] B.", "A.<n>x</n> B."),
        ("A [@x; @y] b", "A<n>x+y</n> b"),
        # A sign after a citation stands before its note, as English typesetting has it.
        ("A [@x].", "A.<n>x</n>"),
        ("A [@x], b [@y]; c", "A,<n>x</n> b;<n>y</n> c"),
        ("A [@x]: b", "A:<n>x</n> b"),
        ("A [@x]? B", "A<n>x</n>? B"),
        ("A [@x][@y].", "A<n>x</n>.<n>y</n>"),
        ("*a* [@x].", "<em>a</em>.<n>x</n>"),
        # The numbers of events stand in the sentence, before its full stop.
        ("A. [@e1]", "A [e1]."),
        ("A [@e1]. B", "A [e1]. B"),
        ("A, [@e1; @e2] b. [@e3]", "A [e1+e2], b [e3]."),
        ("A. [@e1; @x] B", "A [e1].<n>x</n> B"),
        ("A [@e1; @x]. B", "A [e1].<n>x</n> B"),
        ("In the U.S. [@e1]", "In the U.S. [e1]"),
        ("A & [@e1]", "A &amp; [e1]"),
        ("A in 2022.\n[@e1]", "A in 2022 [e1]."),
        ("*a*. [@e1]", "<em>a</em> [e1]."),
    ],
)
def test_inline_text(text: str, markup: str) -> None:
    assert inline(text) == markup


def test_in_other_languages_the_sign_stays_after_the_note() -> None:
    assert inline("A [@x].", "es") == "A<n>x</n>."


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("A\n\nB", "<p>A</p>\n<p>B</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("A:\n\n- a\n\nB", "<p>A:</p>\n<ul>\n<li>a</li>\n</ul>\n<p>B</p>"),
        ("- a\n\n1. b", "<ul>\n<li>a</li>\n</ul>\n<ol>\n<li>b</li>\n</ol>"),
    ],
)
def test_blocks(text: str, markup: str) -> None:
    assert render_blocks(parse_markup(text), cite, "en-GB") == markup


@given(st.text("<>&\"'/=ab[]()@*_:; \n", max_size=80))
def test_no_markup_but_ours_ever_comes_out(text: str) -> None:
    import re

    markup = render_blocks(parse_markup(text), cite, "en-GB")
    ours = r'</?(?:p|ul|ol|li|em|strong|n|a)>|<a href="(?:https://|mailto:)[^"<>]*">'
    if not parse_markup(text).faults:
        left = re.sub(ours, "", markup)
        assert "<" not in left
        assert ">" not in left
        assert not re.search(r"&(?!amp;|lt;|gt;)", left)

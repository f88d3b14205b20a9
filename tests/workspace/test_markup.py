"""Authored texts: what Markdown allows here, and that nothing else prints."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.workspace import markup
from sourcebrief.workspace.markup import AuthoredMarkup, CitedItem, parse_markup


def pieces(text: str) -> list[str]:
    """The pieces of a text, tags and citations in angle brackets."""
    parsed = parse_markup(text)
    assert parsed.faults == ()
    shown = []
    for block in parsed.blocks:
        shown.append("")
        for piece in block.pieces:
            cited = "; ".join(
                f"{c.id}{', ' + c.locator if c.locator else ''}" for c in piece.citation
            )
            shown[-1] += {
                "text": piece.text,
                "citation": f"<{cited}>",
                "link": f"<{piece.text}>",
            }.get(piece.kind, f"<{piece.kind}>")
    return shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One *two* **three**.", ["One <em>two</em> <strong>three</strong>."]),
        ("One\ntwo\n\nthree", ["One two", "three"]),
        ("- a\n- b", ["a", "b"]),
        ("1. a\n2. b", ["a", "b"]),
        ("So. [@pact]", ["So. <pact>"]),
        ("So [@pact; @wire-2021, ¶ 12].", ["So <pact; wire-2021, ¶ 12>."]),
        ("[@a][@b]", ["<a><b>"]),
        ("[Wire](https://example.org/a)", ["<https://example.org/a>Wire</link>"]),
        ("<mailto:a@b.org>", ["<mailto:a@b.org>mailto:a@b.org</link>"]),
        # What would vanish or change elsewhere prints as it stands.
        ("[x]: https://example.org", ["[x]: https://example.org"]),
        ("AT&amp;T &#x202e;", ["AT&amp;T &#x202e;"]),
        ("5\\. It", ["5. It"]),
        ("\\[@x]", ["[@x]"]),
        ("5 < 6 & 7 > 6", ["5 < 6 & 7 > 6"]),
        ("mail [me: a@b.org]", ["mail [me: a@b.org]"]),
        ("~~struck~~ | a | b |", ["~~struck~~ | a | b |"]),
        ("www.example.org", ["www.example.org"]),
        ("a ... b -- c (c)", ["a ... b -- c (c)"]),
    ],
)
def test_what_prints(text: str, shown: list[str]) -> None:
    assert pieces(text) == shown


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("# A", "a heading does not print here"),
        ("A\n===", "a heading does not print here"),
        ("A\n---", "a heading does not print here"),
        ("> A", "a block quotation does not print here"),
        ("    A", "an indented code block does not print here"),
        ("```\nA\n```", "a code block does not print here"),
        ("`A`", "code does not print here (A)"),
        ("***", "a rule does not print here"),
        ("![a](https://example.org/a.png)", "an image does not print here (a)"),
        ("<b>A</b>", "HTML does not print here (<b>)"),
        ("<script>alert(1)</script>", "HTML does not print here"),
        ("A <!-- b --> c", "HTML does not print here (<!-- b -->)"),
        ("a  \nb", "a line break does not print here"),
        ("a\\\nb", "a line break does not print here"),
        ("- a\n  - b", "a list inside a list does not print"),
        ("- a\n\n  b", "an item of a list is one paragraph"),
        ("2019. It was.", "2019. begins a numbered list, which would print from 1"),
        ("[a](http://example.org)", "the link 'http://example.org' is not https: or mailto:"),
        ("[a](javascript:alert)", "the link 'javascript:alert' is not https: or mailto:"),
        ("[a](/etc/passwd)", "the link '/etc/passwd' is not https: or mailto:"),
        ("[a](data:text/html,b)", "the link 'data:text/html,b' is not https: or mailto:"),
        ("[@x; y]", "the citation [@x; y] is not of the form"),
        ("[@x, @y]", "the citation [@x, @y] parts ids by a comma; write [@x; @y]"),
        ("[@]", "the citation [@] is not of the form"),
        ("[@x", "[@x is not a citation here"),
        ("[see @x]", "[see @x] is not a citation here"),
        ("[a [@x] b](https://example.org)", "a citation inside a link does not print"),
    ],
)
def test_what_is_refused(text: str, fault: str) -> None:
    faults = parse_markup(text).faults
    assert any(found.startswith(fault) for found in faults), faults


def test_an_inline_text_is_one_paragraph() -> None:
    assert parse_markup("One.", inline=True).faults == ()
    for text in ("One.\n\nTwo.", "- one"):
        assert parse_markup(text, inline=True).faults == (
            "only one paragraph can stand here; join them or shorten it",
        )


@pytest.mark.parametrize(
    ("locator", "numbers"),
    [
        ("¶ 12", (12,)),
        ("¶12", (12,)),
        ("¶¶ 3-5", (3, 4, 5)),
        ("para. 7", (7,)),
        ("p. 2, ¶ 4", (4,)),
        ("page 4", ()),
        (None, ()),
    ],
)
def test_paragraphs_of_a_locator(locator: str | None, numbers: tuple[int, ...]) -> None:
    assert CitedItem("wire", locator).paragraphs == numbers


@given(st.text("ab @[];,¶12*_`<>&#-+.!()\\\n\"'|~:/", max_size=60))
def test_every_text_parses_and_no_word_is_lost(text: str) -> None:
    parsed = parse_markup(text)
    kinds = {piece.kind for block in parsed.blocks for piece in block.pieces}
    if not parsed.faults and not kinds & {"link", "citation"}:
        assert [c for c in text if c in "ab"] == [c for c in parsed.plain if c in "ab"]


def test_a_citation_leaves_no_space_before_a_sign() -> None:
    (block,) = parse_markup(
        "Seizures by 2019 [@wire], and a pact. [@gazette] It holds [@wire]."
    ).blocks
    assert block.plain == "Seizures by 2019, and a pact. It holds."


@given(st.text("abÉß1 ,.;:'\"()/%?!’“–—-_*[]<&#\\\n", max_size=12))
def test_plain_words_are_what_the_parser_makes_of_them(text: str) -> None:
    reader = markup._BlockReader()
    blocks = tuple(reader.blocks(markup._parser().parse(text)))
    assert parse_markup(text) == AuthoredMarkup(blocks, tuple(dict.fromkeys(reader.faults)))

"""The words of a page are read in runs, each with the place where it stands."""

from __future__ import annotations

import pytest

from sourcebrief.documents.page_words import words_on_page


def runs(body: str) -> list[list[str]]:
    return [list(run) for run in words_on_page(f"<html><body>{body}</body></html>")["runs"]]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One  \n word</p>", [["", "p", "One word"]]),
        ("<p>An <em>old</em> pact</p>", [["", "p", "An old pact"]]),
        ("<p>one</p><p>two</p>", [["", "p", "one"], ["", "p", "two"]]),
        ("<p id='x' class='lead'>one</p>", [["x", "lead", "one"]]),
        ("<ul id='x'><li>a</li><li>b</li></ul>", [["x/1", "li", "a"], ["x/2", "li", "b"]]),
        ("<p>a <span class='note'>b <b class='c'>c</b></span></p>",
         [["", "p", "a"], ["", "note", "b c"]]),
        ("<p>a<!-- hidden --> b</p>", [["", "p", "a b"]]),
        ("<p>a</p><script>b</script><style>c</style>", [["", "p", "a"]]),
        ("<p>a<a class='noteref'>1</a></p>", [["", "p", "a\u203b"]]),
        ("<p>a<a class='noteref'>2</a></p>", [["", "p", "a"], ["", "noteref", "2"]]),
        ("<p>a<a class='noteref'>b</a></p>", [["", "p", "a"], ["", "noteref", "b"]]),
        ("<p data-event='e-1'>a</p>", [["evidence-e-1", "p", "a"]]),
    ],
)  # fmt: skip
def test_a_run_has_its_place(body: str, expected: list[list[str]]) -> None:
    assert runs(body) == expected


def test_what_is_not_words_is_read_too() -> None:
    page = words_on_page(
        "<body data-foot='Edition  1' data-none=''><svg><title>A line</title></svg>"
        "<a href='https://b.example'>b</a><a href='mailto:a@b.example'>a</a><a href='#c'>c</a>"
    )
    assert page["alternatives"] == ["A line"]
    assert page["links"] == ["https://b.example", "mailto:a@b.example"]
    assert page["running"] == {"foot": "Edition 1"}


def test_a_page_may_nest_at_any_depth() -> None:
    assert len(runs("<div>a" * 200 + "</div>" * 200)) == 200


def test_what_is_not_html_is_refused() -> None:
    with pytest.raises(ValueError, match="not HTML"):
        words_on_page(b"")

"""Small edits: what is not edited stays to the byte, and all reads back as intended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.workspace.yaml_edits import Edit, YamlText, apply_edits, copied, edited
from sourcebrief.workspace.yaml_places import Path, load

TEXT = """\
# The events.
events:
  - id: one   # first
    title: 'The minister''s visit'
    summary: >-
      A sentence that is
      folded over lines, [@a].

      And another.
    themes: [water, trade]
    words: "a \\"b\\" c\\u00e9"
  # about the second
  - id: two
    title: Plain words
    evidence:
      - seed: a
        quote: |
          line one
          line two

after: x   # the end
"""


def after(edit: Edit | None, text: str = TEXT) -> str:
    assert edit is not None
    return apply_edits(text, [edit])


def value(text: str, path: Path) -> object:
    found: object = load(text.encode(), "").value
    for step in path:
        found = found[step]  # type: ignore[index]
    return found


@pytest.mark.parametrize(
    ("path", "old", "new", "written"),
    [
        (("events", 0, "title"), "minister's", "envoy's", "title: 'The envoy''s visit'"),
        (
            ("events", 0, "summary"),
            "folded over",
            "broken across",
            "A sentence that is\n      broken across lines, [@a].\n\n      And",
        ),
        (("events", 0, "summary"), "[@a]", "[@b; @c]", "lines, [@b; @c].\n\n      And another."),
        (("events", 0, "words"), 'a "b"', 'the "c"', '"the \\"c\\" c\\u00e9"'),
        (("events", 1, "title"), "words", "text", "title: Plain text\n    evidence"),
        (
            ("events", 1, "evidence", 0, "quote"),
            "line two",
            "2\n3",
            "one\n          2\n          3",
        ),
        (("events", 0, "themes", 1), "trade", "tariffs", "[water, tariffs]"),
    ],
)
def test_words_are_replaced_where_they_are_written(
    path: Path, old: str, new: str, written: str
) -> None:
    text = str(value(TEXT, path))
    start = text.index(old)
    if "\\u00e9" in written:  # an escape keeps the words from being found
        assert YamlText(TEXT).replace_in_scalar(path, start, start + len(old), new) is None
        return
    changed = after(YamlText(TEXT).replace_in_scalar(path, start, start + len(old), new))
    assert written in changed
    assert value(changed, path) == text.replace(old, new)


def test_blanks_that_begin_a_line_stand_behind_those_of_the_block() -> None:
    text = "a:\n  b: |\n    - what is\n      due by May\n"
    words = str(value(text, ("a", "b")))
    start = words.index("  due")
    changed = after(YamlText(text).replace_in_scalar(("a", "b"), start, start + 5, "owed"), text)
    assert value(changed, ("a", "b")) == words.replace("  due", "owed")


@given(
    st.lists(st.sampled_from(["a", "it's", 'b"c', "d", "\n", "\n\n"]), min_size=1, max_size=12),
    st.sampled_from(["plain", "'", '"', ">", ">-", "|", "|-"]),
    st.data(),
)
def test_a_replaced_word_reads_back_or_is_refused(
    words: list[str], style: str, data: st.DataObject
) -> None:
    if style in {">", ">-", "|", "|-"}:
        body = " ".join(words).strip().replace("\n", "\n  ")
        text = f"a: {style}\n  {body or 'x'}\nb: y\n"
    else:
        flat = " ".join(word for word in words if word.strip()) or "x"
        quoted = {"'": flat.replace("'", "''"), '"': flat.replace('"', '\\"')}.get(style, flat)
        quote = style if style != "plain" else ""
        text = f"a: {quote}{quoted}{quote}  # why\nb: y\n"
    before = load(text.encode(), "").value
    old = str(before["a"])  # type: ignore[index,call-overload]
    spans = [(at, at + 1) for at, letter in enumerate(old) if not letter.isspace()]
    start, end = data.draw(st.sampled_from(spans))
    edit = YamlText(text).replace_in_scalar(("a",), start, end, "Zz")
    assert edit is not None
    changed = edited(
        text.encode(), after(edit, text), {"a": old[:start] + "Zz" + old[end:], "b": "y"}, ""
    )
    # A quote before a plain text would make it a quoted one; the reading back refuses that.
    assert changed is not None or style == "plain"


def test_a_scalar_is_written_anew_in_the_quotes_that_it_has() -> None:
    written = YamlText(TEXT)
    assert "id: one-b   # first" in after(written.scalar_edit(("events", 0, "id"), "one-b"))
    assert "title: 'A visit'" in after(written.scalar_edit(("events", 0, "title"), "A visit"))
    assert 'title: "A: visit\'s"' in after(
        written.scalar_edit(("events", 0, "title"), "A: visit's")
    )
    assert 'themes: ["a, b", trade]' in after(
        written.scalar_edit(("events", 0, "themes", 0), "a, b")
    )


def test_keys_are_set_below_another_or_last() -> None:
    written = YamlText(TEXT)
    path = ("events", 1)
    assert "  title: Plain words\n    key: true\n    evidence" in after(
        written.set_key(path, "key", value=True, after="title")
    )
    changed = after(written.set_key((), "last", {"a": ["b"]}))
    assert changed.endswith("after: x   # the end\nlast:\n  a:\n    - b\n")
    assert 'id: "2"\n' in after(written.set_key(path, "id", "2"))
    assert written.set_key(path, "evidence", "x") is None


def test_items_follow_the_arrangement_of_the_list() -> None:
    written = YamlText(TEXT)
    item = {"seed": "b", "quote": "some: words"}
    assert (
        'line two\n      - seed: b\n        quote: "some: words"\n\nafter: x   # the end\n'
        in after(written.append_items(("events", 1, "evidence"), [item]))
    )
    assert "themes: [water, trade, c]" in after(
        written.append_items(("events", 0, "themes"), ["c"])
    )
    assert after(YamlText("a: []  # none\n").append_items(("a",), ["b"]), "a: []  # none\n") == (
        "a:  # none\n\n  - b\n".replace("\n\n", "\n")
    )


@pytest.mark.parametrize(
    ("path", "gone"),
    [
        (("events", 0, "title"), "    title: 'The minister''s visit'\n"),
        (("events", 0, "id"), "id: one   # first\n    "),
        (("events", 0, "themes", 1), ", trade"),
        (("events", 0, "themes", 0), "water, "),
        (("after",), "\nafter: x   # the end\n"),
        (("events", 1), TEXT[TEXT.index("  # about") : TEXT.index("\nafter")]),
    ],
)
def test_what_is_removed_goes_with_its_comment(path: Path, gone: str) -> None:
    assert after(YamlText(TEXT).remove(path)) == TEXT.replace(gone, "", 1)


def test_the_last_item_leaves_an_empty_list() -> None:
    assert "    evidence: []\n\nafter" in after(YamlText(TEXT).remove(("events", 1, "evidence", 0)))


def test_the_last_item_leaves_the_comments_around_its_list() -> None:
    text = "a:   # a list\n  # one\n  - b: c   # its own\n\n  # - b: an example\nd: e\n"
    changed = after(YamlText(text).remove(("a", 0)), text)
    assert changed == "a: []   # a list\n\n  # - b: an example\nd: e\n"
    assert after(YamlText("a:\n- - b\n").remove(("a", 0, 0)), "a:\n- - b\n") == "a:\n- []\n"


@pytest.mark.parametrize("above", ["", "\n"])
def test_the_first_item_goes_with_one_blank_line(above: str) -> None:
    text = f"a:\n{above}  # one\n  - b\n\n  - c\n"
    assert after(YamlText(text).remove(("a", 0)), text) == f"a:\n{above}  - c\n"


def test_what_an_alias_repeats_is_not_edited() -> None:
    text = "a: &x words\nb: *x\nc: {d: *x}\n"
    written = YamlText(text)
    assert written.scalar_edit(("b",), "y") is None
    assert written.replace_in_scalar(("a",), 0, 1, "y") is None
    assert written.remove(("c", "e")) is None


def test_an_edit_that_means_something_else_is_refused() -> None:
    before = load(b"a: b c\n", "").value
    expected = {**copied(before), "a": "b: c"}
    edit = YamlText("a: b c\n").replace_in_scalar(("a",), 1, 2, ": ")
    assert edited(b"a: b c\n", after(edit, "a: b c\n"), expected, "") is None
    assert edited(b"\xef\xbb\xbfa: b\n", "a: c\n", {"a": "c"}, "") == b"\xef\xbb\xbfa: c\n"


def test_a_number_stays_a_number_without_quotes() -> None:
    text = YamlText("a: 12\nb: '3'\n")
    assert text.scalar_edit(("a",), "4") == Edit(3, 5, "4")
    assert text.scalar_edit(("b",), "4") == Edit(9, 12, "'4'")
    assert text.scalar_edit(("a",), "x") == Edit(3, 5, "x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: |\n  one two\n", "a: |\n  one\n\n  two\n"),
        ("a: >-\n  one two\n", "a: >-\n  one\n\n\n  two\n"),
        ('a: "one two"\n', 'a: "one\\n\\ntwo"\n'),
        ("a: one two\n", None),
        ("a: 'one two'\n", None),
    ],
)
def test_a_text_is_parted_where_it_has_room(text: str, expected: str | None) -> None:
    edit = YamlText(text).replace_in_scalar(("a",), 3, 4, "\n\n")
    assert (edit and apply_edits(text, [edit])) == expected
    if expected is not None:
        assert str(value(expected, ("a",))).strip() == "one\n\ntwo"


@pytest.mark.parametrize("end", ["\n", ""])
def test_a_moved_item_takes_its_comment_and_leaves_what_parts_the_items(end: str) -> None:
    text = f"a:\n  - one  # 1\n  # about two\n  - two\n\n  - three{end}"
    moved = after(YamlText(text).move_item(("a", 1), 2), text)
    assert moved == f"a:\n  - one  # 1\n  - three\n\n  # about two\n  - two{end}"
    back = after(YamlText(moved).move_item(("a", 2), 0), moved)
    assert load(back.encode(), "a.yaml").value == {"a": ["two", "one", "three"]}
    assert YamlText("a: [1, 2]").move_item(("a", 1), 0) is None


def test_items_are_put_in_behind_one() -> None:
    text = "a:\n  - one  # 1\n  - two\n"
    assert after(YamlText(text).append_items(("a",), ["so"], 0), text) == (
        "a:\n  - one  # 1\n  - so\n  - two\n"
    )


def test_a_plain_scalar_gets_quotes_where_its_new_words_need_them() -> None:
    text = "a: It's under way and\n  cites it  # why\nb: y\n"
    made = YamlText(text).edits_in_scalar(("a",), [Edit(14, 18, ": as"), Edit(5, 5, "all ")])
    assert made is not None
    changed = apply_edits(text, made)
    assert changed == "a: 'It''s all under way: as\n  cites it'  # why\nb: y\n"
    (plain,) = YamlText(text).edits_in_scalar(("a",), [Edit(5, 5, "all ")]) or []
    assert plain == Edit(8, 8, "all ")

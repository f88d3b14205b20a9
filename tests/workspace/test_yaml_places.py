"""YAML as text with positions."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.errors import InvalidInput, Problem
from sourcebrief.workspace.yaml_places import load
from sourcebrief.workspace.yaml_syntax import MAXIMUM_DEPTH

SAMPLE = """\
title: Ports
events:
  - id: pact
    summary: >-
      Two lines
      folded.
    places: [Almera, "Port, Sur"]
  - id: offer
    date: {value: 2018-04, basis: stated}
shared: &one {a: b}
again: *one
"""


def messages(data: bytes | str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        load(data if isinstance(data, bytes) else data.encode(), "f.yaml")
    return [str(problem).removeprefix("f.yaml:") for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("path", "value_at", "key_at"),
    [
        ((), "1:1", "1:1"),
        (("title",), "1:8", "1:1"),
        (("events",), "3:3", "2:1"),
        (("events", 0), "3:5", "3:5"),
        (("events", 0, "id"), "3:9", "3:5"),
        (("events", 0, "summary"), "4:14", "4:5"),  # a block scalar begins at its sign
        (("events", 0, "places", 1), "7:22", "7:22"),
        (("events", 1, "date", "basis"), "9:35", "9:28"),
        (("again", "a"), "10:18", "10:15"),  # an alias leads to where the value was written
        (("events", 1, "note"), "8:5", "8:5"),  # absent: the mapping that lacks it
        (("events", 9), "3:3", "2:1"),
    ],
)
def test_every_value_and_key_knows_its_place(
    path: tuple[str | int, ...], value_at: str, key_at: str
) -> None:
    document = load(SAMPLE.encode(), "f.yaml")
    assert str(document.place(path)) == f"f.yaml:{value_at}"
    assert str(document.place(path, key=True)) == f"f.yaml:{key_at}"


BROKEN = """\
events:
  - id: pact
    title: a: b
    evidence:
      - quote: "never ends
  - id: offer
    title: 'it's'
  - id: sound
    title: fine
  - id: visit
    title: @x
places: [Almera
bottom_line: >-
  - x: y
"""


def test_what_cannot_be_read_is_named_entry_by_entry() -> None:
    assert [one.split(": ")[0] for one in messages(BROKEN)] == ["3:13", "7:12", "11:12", "12:9"]
    assert messages(BROKEN.replace("\n", "\r\n")) == messages(BROKEN)


def test_nothing_is_said_behind_an_entry_that_may_define_an_anchor() -> None:
    anchored = BROKEN.replace("id: pact", "id: &one pact")
    assert [one.split(": ")[0] for one in messages(anchored)] == ["3:13"]


@given(st.lists(st.sampled_from(BROKEN.splitlines()), max_size=30))
def test_the_reader_names_each_place_once_and_in_order(lines: list[str]) -> None:
    try:
        load("\n".join(lines).encode(), "f.yaml")
    except InvalidInput as error:
        places = [(p.place.line, p.place.column) for p in error.problems if "not YAML" in p.message]
        assert places == sorted(set(places))


def test_a_short_form_is_found_where_it_was_written() -> None:
    document = load(b"name: Ana\nrole: Minister\nactor: ports\n", "f.yaml")
    assert str(document.place(("roles", 0, "actor"))) == "f.yaml:3:8"


@pytest.mark.parametrize("written", ["no", "yes", "2018-04", "12:30", "1_000", "0x1F", "1e3", "on"])
def test_scalars_stay_what_was_written(written: str) -> None:
    assert load(f"key: {written}".encode(), "f.yaml").value == {"key": written}


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_empty_and_null_are_absence(written: str) -> None:
    assert load(f"key: {written}".encode(), "f.yaml").value == {"key": None}


@pytest.mark.parametrize("written", ["''", '""', "'~'", "'null'", "Null", "NULL"])
def test_quoted_nothing_and_other_words_are_text(written: str) -> None:
    value = load(f"key: {written}".encode(), "f.yaml").value
    assert value == {"key": written.strip("'\"")}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("\ufeffa: b\n", {"a": "b"}),
        ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
        ("", None),
        ("# a comment alone\n", None),
        ("a: >-\n  one\n  two\n", {"a": "one two"}),
        ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
        ("a: !!str no\n", {"a": "no"}),  # a tag that changes nothing
    ],
)
def test_what_is_read(text: str, value: object) -> None:
    assert load(text.encode(), "f.yaml").value == value


def test_columns_count_characters_not_bytes() -> None:
    document = load("señora: {años: [ñ, x]}\n".encode(), "f.yaml")
    assert str(document.place(("señora", "años", 1))) == "f.yaml:1:20"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a: 1\nb: 2\na: 3\n",
            "3:1: error: the key 'a' stands twice (first at line 1); delete one",
        ),
        (
            "- a: 1\n  b: 2\n  a: 3\n  b: 4\n",
            "3:3: error: the key 'a' stands twice (first at line 1); begin another entry with '- '",
        ),
        ("a: *x\n", "1:4: error: no anchor &x before this"),
        ("a: &x [*x]\n", "1:4: error: an alias to a value that holds it never ends"),
        ("a: !!binary eA==\n", "1:4: error: the tag !!binary is not read"),
        ('a: "\\a"\n', "1:4: error: the control character U+0007"),
        ('a: "\\uFFFE"\n', "1:4: error: the control character U+FFFE"),
        ('"\\0": a\n', "1:1: error: the control character U+0000"),
        ("a: \x85\x80\n", "2:1: error: the control character U+0080"),
        ("? {a: b}\n: c\n", "1:3: error: a key is a word"),
        ("a: 1\n--- \nb: 2\n", "2:1: error: a second document begins here"),
    ],
)
def test_what_is_refused_and_where(text: str, message: str) -> None:
    first = messages(text)[0]
    assert first.startswith(message)
    assert "\n" not in first


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"a: b\n\xe9: c\n", "2:1"),
        ("a: ñ".encode() + b"\xff", "1:5"),
        ("a: b".encode("utf-16"), "1:1"),
        (b"\xef\xbb\xbfa: \xff", "1:4"),
    ],
)
def test_the_first_byte_that_is_not_utf8_is_named(data: bytes, place: str) -> None:
    assert messages(data) == [f"{place}: error: not UTF-8; save the file with the encoding UTF-8"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "{a: " * 5000,
        "- " * 5000 + "x",
        "? " * 5000 + "x",
        "a: " + "[" * (MAXIMUM_DEPTH) + "]" * (MAXIMUM_DEPTH),
        "\n".join("  " * depth + "a:" for depth in range(2000)),
    ],
    ids=["lists", "mappings", "dashes", "question marks", "one too deep", "indented"],
)
def test_deep_nesting_is_refused_before_it_is_built(text: str) -> None:
    began = time.perf_counter()
    assert messages(text)[0].endswith(f"nested more than {MAXIMUM_DEPTH} levels deep; flatten it")
    assert time.perf_counter() - began < 1


def test_nesting_as_deep_as_is_allowed_is_read() -> None:
    value = load(("[" * MAXIMUM_DEPTH + "]" * MAXIMUM_DEPTH).encode(), "f.yaml").value
    depth = 0
    while isinstance(value, list):
        depth, value = depth + 1, value[0] if value else None
    assert depth == MAXIMUM_DEPTH


def test_a_line_of_dashes_costs_no_time() -> None:
    # A pattern that could match a space in two ways would take 2**59 steps here.
    began = time.perf_counter()
    load(("x: |\n " + "- " * (MAXIMUM_DEPTH - 1) + "x\n").encode(), "f.yaml")
    assert time.perf_counter() - began < 1


def test_an_anchor_may_be_defined_again() -> None:
    text = "a: &x 1\nb: *x\nc: &x [2]\nd: *x\n"
    assert load(text.encode(), "f.yaml").value == {"a": "1", "b": "1", "c": ["2"], "d": ["2"]}


def test_an_alias_bomb_is_refused_and_honest_aliases_are_read() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join(['*' + before] * 10)}]\n"
        for before, name in zip("abcdefghijk", "bcdefghijkl", strict=True)
    )
    assert "aliases multiply" in messages(bomb)[0]
    honest = "d: &d {value: 2020, basis: stated}\nall:\n" + "  - *d\n" * 3000
    value = load(honest.encode(), "f.yaml").value
    assert isinstance(value, dict)
    assert value["all"] == [{"value": "2020", "basis": "stated"}] * 3000


_SCALARS = st.text(
    # Line separators fold to spaces, in YAML as in print.
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]),
    max_size=20,
)


@given(st.dictionaries(st.from_regex("[a-z]{1,8}", fullmatch=True), _SCALARS, min_size=1))
def test_double_quoted_text_comes_back(pairs: dict[str, str]) -> None:
    text = "\n".join(f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in pairs.items())
    document = load(text.encode(), "f.yaml")
    assert document.value == pairs
    for number, key in enumerate(pairs, 1):
        assert document.place((key,), key=True).line == number


def faults(data: bytes) -> tuple[Problem, ...]:
    try:
        load(data, "f.yaml")
    except InvalidInput as error:
        return error.problems
    return ()


@given(st.binary(max_size=200))
def test_any_bytes_give_a_value_or_located_problems(data: bytes) -> None:
    lines = len(data.splitlines()) + 2
    for problem in faults(data):
        assert "\n" not in str(problem)
        assert 1 <= problem.place.line <= lines


@given(st.text("ab:-?[]{},&*!|>'\"#%@` \n\t\\~<", max_size=60))
def test_any_yaml_like_text_gives_a_value_or_located_problems(text: str) -> None:
    lines = text.count("\n") + 2
    assert all(1 <= problem.place.line <= lines for problem in faults(text.encode()))

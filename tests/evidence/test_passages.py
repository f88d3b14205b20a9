"""Rule 1: the text of a seed, its lines, paragraphs and pages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.evidence.passages import NotUTF8, decode_seed, read_seed


def paragraphs(text: str) -> list[str]:
    return [paragraph.text for paragraph in read_seed(text).paragraphs]


def test_a_byte_order_mark_is_dropped() -> None:
    assert decode_seed(b"\xef\xbb\xbfQuito") == "Quito"


@pytest.mark.parametrize(
    ("data", "offset"),
    [(b"Quito \xff", 6), (b"\xef\xbb\xbfa\xe9", 4), (b"\xff\xfeQ\x00", 0), (b"a\xed\xa0\x80", 1)],
)
def test_other_encodings_are_refused_at_their_byte(data: bytes, offset: int) -> None:
    with pytest.raises(
        NotUTF8, match=f"not UTF-8 at byte {offset}.*; save the file as UTF-8"
    ) as it:
        decode_seed(data)
    assert it.value.offset == offset


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo\n\nthree", ["one\ntwo", "three"]),
        ("one\r\ntwo\r\n\r\nthree\r\n", ["one\r\ntwo", "three"]),
        ("one\rtwo\r\rthree", ["one\rtwo", "three"]),
        ("one\n \t\u00a0\ntwo", ["one", "two"]),
        ("one\n\n\n\ntwo", ["one", "two"]),
        ("one\n\ftwo\n\nthree", ["one\n\ftwo", "three"]),
        ("one\n\f\ntwo", ["one", "two"]),
        ("one\ntwo\n  three  ", ["one", "two", "three"]),
        ("\n\none\ntwo\n\n", ["one", "two"]),
        ("one\u2028two\x0bthree\n\nfour", ["one\u2028two\x0bthree", "four"]),
        ("one\r\ntwo", ["one", "two"]),
        ("  one  ", ["one"]),
        (" \n\t\n", []),
        ("", []),
    ],
)
def test_paragraphs_are_blocks_or_else_lines(text: str, expected: list[str]) -> None:
    assert paragraphs(text) == expected


def test_offsets_and_numbers() -> None:
    seed = read_seed("  é one\r\n\r\ntwo ", ignore={2})
    assert [(p.number, p.start, p.end, p.ignored) for p in seed.paragraphs] == [
        (1, 2, 7, False),
        (2, 11, 14, True),
    ]


def test_locators_give_pages_where_the_seed_has_them() -> None:
    seed = read_seed("one\n\n\ftwo\n\nthree\n\n\f\ffour\f")
    assert [p.locator for p in seed.paragraphs] == [
        "p. 1, ¶ 1",
        "p. 2, ¶ 2",
        "p. 2, ¶ 3",
        "p. 4, ¶ 4",
    ]
    assert read_seed("one\n\ntwo").paragraphs[1].locator == "¶ 2"


def by_lines(text: str) -> list[str]:
    """Rule 1 read word by word."""
    lines = re.split(r"\r\n|\r|\n", text)
    written = [number for number, line in enumerate(lines) if line.strip()]
    if not written:
        return []
    between = range(written[0], written[-1])
    if all(lines[number].strip() for number in between):
        return [lines[number] for number in written]
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return ["\n".join(block) for block in blocks if block]


@given(st.text(st.sampled_from("ab \n\r\t\f\x0b\u2028\u00a0"), max_size=16))
def test_paragraphs_are_those_of_the_rule(text: str) -> None:
    assert [p.split() for p in paragraphs(text)] == [p.split() for p in by_lines(text)]
    seed = read_seed(text)
    assert all(text[p.start : p.end] == p.text == p.text.strip() for p in seed.paragraphs)

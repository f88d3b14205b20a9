"""The comparison of words: what a page may do to a text, and what nobody may."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.verification.compare_words import (
    Alteration,
    ExpectedRun,
    alterations,
    with_controls,
)


def run(text: str, part: str = "p", *, optional: bool = False) -> ExpectedRun:
    return ExpectedRun("here", part, text, optional)


@pytest.mark.parametrize(
    ("chunks", "why"),
    [
        (["The pact binds both sides."], "as it stands"),
        (["The pact binds", "both sides."], "a line ends between words"),
        (["The pact binds ", " both sides."], "with a space on either side of its end"),
        (["The pact bi\u00ad", "nds both sides."], "a hyphenated line"),
        (["The pact bi", "nds both sides."], "a word too long for its line"),
        (["The\u00a0pact\u2009binds  both sides."], "other spaces"),
        (["The pact bi\u00adnds both\u200b sides."], "soft hyphens and controls"),
        (["THE PACT BINDS BOTH SIDES."], "capitals of the style sheet"),
    ],
)
def test_a_page_may(chunks: list[str], why: str) -> None:
    assert alterations([run("The pact binds both sides.")], chunks) == [], why


@pytest.mark.parametrize(
    ("now", "was", "is_now"),
    [
        ("The pact harms both sides.", "binds", "harms"),
        ("The pact binds no sides.", "both", "no"),
        ("The pact binds both side.", "sides.", "side."),
        ("The pact never binds both sides.", "", "never"),
        ("The pact binds sides.", "both", ""),
        ("The pact binds both sides. It is void.", "", "It is void."),
        ("pact binds both sides.", "The", ""),
        ("The PACT binds both sides.", "pact", "PACT"),
        ("The pact binds bothsides.", "both sides.", "bothsides."),
        ("The pact binds b oth sides.", "both", "b oth"),
        ("The pact binds² both sides.", "binds", "binds^2"),
        ("The pact binds both ½ sides.", "", "^1⁄2"),
        ("", "The pact binds both sides.", ""),
    ],
)
def test_nobody_may(now: str, was: str, is_now: str) -> None:
    (found,) = alterations([run("The pact binds both sides.")], [now])
    assert (found.was, found.now) == (was, is_now)


def test_a_hyphen_inside_a_line_counts() -> None:
    (found,) = alterations([run("They re-sign today.")], ["They resign today."])
    assert (found.was, found.now) == ("re-sign", "resign")


def test_a_hyphen_at_the_end_of_a_chunk_counts() -> None:
    (found,) = alterations([run("It costs 5 million.")], ["It costs -", "5 million."])
    assert found.now.startswith("-")


def test_a_raised_figure_that_moved_is_found() -> None:
    runs = [run("10² ports on 25 m2")]
    assert alterations(runs, ["10² ports on 25 m2"]) == []
    assert alterations(runs, ["102 ports on 25 m²"])


def test_controls_that_turn_words_are_written_out() -> None:
    assert with_controls("\u200f5 - 3\u200f") == "[U+200F]5 - 3[U+200F]"


def test_a_hyphen_that_ends_a_line_is_the_texts_own_where_the_text_has_one() -> None:
    assert not alterations([run("an anti-corruption unit")], ["an anti\u00ad", "corruption unit"])


def test_what_was_put_in_is_placed() -> None:
    (found,) = alterations(
        [run("The pact binds both sides of the harbour."), run("It runs for two years.")],
        ["The pact binds both sides of the harbour.", "It never runs for two years."],
    )
    assert found == Alteration("here", "p", "", "never", "of the harbour. It")


@pytest.mark.parametrize("chunks", [["Harbour", "; ", "Customs"], ["Harbour", "Customs"]])
def test_an_optional_run_may_be_left_out_whole(chunks: list[str]) -> None:
    runs = [run("Harbour"), run(";", "sep", optional=True), run("Customs")]
    assert alterations(runs, chunks) == []


def test_each_of_many_differences_is_named() -> None:
    words = [f"word{number} and then some more of the same text" for number in range(20)]
    runs = [ExpectedRun(f"at-{number}", "p", text) for number, text in enumerate(words)]
    altered = [text.replace("word", "work") if number % 5 == 0 else text
               for number, text in enumerate(words)]  # fmt: skip
    found = alterations(runs, altered)
    assert [each.at for each in found] == ["at-0", "at-5", "at-10", "at-15"]
    assert [each.now for each in found] == ["work0", "work5", "work10", "work15"]


LETTERS = "abcdefg"
TEXTS = st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=40)


@given(TEXTS, st.data())
def test_no_layout_makes_a_difference(words: list[str], data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(1, len(words)), max_size=5))
    edges = sorted({0, *cuts, len(words)})
    chunks = [" ".join(words[a:b]) for a, b in itertools.pairwise(edges)]
    assert alterations([run(" ".join(words))], chunks) == []


@given(TEXTS, st.data())
def test_any_other_letter_makes_one(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    letter = data.draw(st.integers(0, len(words[at]) - 1))
    other = words[at][:letter] + "x" + words[at][letter + 1 :]
    altered = [*words[:at], other, *words[at + 1 :]]
    found = alterations([run(" ".join(words))], [" ".join(altered)])
    assert len(found) == 1
    assert other in found[0].now.split()

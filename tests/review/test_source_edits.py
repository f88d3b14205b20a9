"""A change of printed words becomes an edit of the Markdown, which keeps what it need not touch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.review.addresses import AuthoredPlace
from sourcebrief.review.compare_paragraphs import Run, WordChange
from sourcebrief.review.printed_source import CALL, printed_paragraph
from sourcebrief.review.source_edits import emphasis_edits, source_edits
from sourcebrief.review.whole_paragraphs import Unwritable
from sourcebrief.review.word_text import UNTRACKED
from sourcebrief.workspace.markup import parse_markup
from sourcebrief.workspace.yaml_edits import apply_edits

NONE: frozenset[str] = frozenset()


def edited(
    text: str, said: str, old: str, new: str, *, look: frozenset[str] = NONE, markdown: bool = True
) -> str:
    """The text after `old` was changed to `new` in what it prints; `|` is where new words go."""
    start = said.index(old if old != "|" else "|")
    if old == "|":
        said, old = said.replace("|", ""), ""
    paragraph = printed_paragraph(
        said, text, 1, markdown=markdown, numbers={"pact"}, language="en-GB"
    )
    assert paragraph is not None
    runs = (Run(new, look),) if new else ()
    change = WordChange(start, start + len(old), old, runs, UNTRACKED)
    place = AuthoredPlace(text, markdown=markdown)
    return apply_edits(text, source_edits(place, paragraph, change, said))


TEXT = "The *binding* pact holds [@pact]. It is old. [@wire]"
SAID = f"The binding pact holds\u00a0[1]. It is old.{CALL}"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("binding", "new", "The *new* pact holds [@pact]. It is old. [@wire]"),
        ("pact", "", "The *binding* holds [@pact]. It is old. [@wire]"),
        ("The", "", "*binding* pact holds [@pact]. It is old. [@wire]"),
        ("binding ", "", "The pact holds [@pact]. It is old. [@wire]"),
        ("bind", "hold", "The *holding* pact holds [@pact]. It is old. [@wire]"),
        ("pact holds", "pact may hold", "The *binding* pact may hold [@pact]. It is old. [@wire]"),
        (
            "The binding pact holds\u00a0[1]. ",
            "",
            "It is old. [@wire]",
        ),
        (f" It is old.{CALL}", "", "The *binding* pact holds [@pact]."),
        ("is old", "is a*b", "The *binding* pact holds [@pact]. It is a\\*b. [@wire]"),
        ("is old", "is [@x]", "The *binding* pact holds [@pact]. It is \\[@x]. [@wire]"),
    ],
)
def test_words_change_and_signs_and_citations_stay(old: str, new: str, expected: str) -> None:
    assert edited(TEXT, SAID, old, new) == expected


@pytest.mark.parametrize(
    ("said", "new", "expected"),
    [
        (
            f"The binding pact holds|\u00a0[1]. It is old.{CALL}",
            " still",
            "holds still [@pact]. It",
        ),
        (
            f"The binding pact holds\u00a0[1].| It is old.{CALL}",
            " So.",
            "holds [@pact]. So. It is",
        ),
        (
            f"The binding pact holds\u00a0[1]. It is old|.{CALL}",
            " now",
            "It is old now. [@wire]",
        ),
        (
            f"|The binding pact holds\u00a0[1]. It is old.{CALL}",
            "So: ",
            "So: The *binding* pact",
        ),
        (
            f"The binding| pact holds\u00a0[1]. It is old.{CALL}",
            " big",
            "The *binding* big pact",
        ),
    ],
)
def test_words_are_put_in_on_the_right_side_of_a_sign(said: str, new: str, expected: str) -> None:
    assert expected in edited(TEXT, said, "|", new)


def test_emphasis_is_written_where_the_words_around_have_none() -> None:
    look = frozenset({"strong"})
    assert edited("It is old.", "It is| old.", "|", " very", look=look) == "It is **very** old."
    assert edited("It is *old*.", "It is old|.", "|", "er", look=frozenset({"em"})) == (
        "It is *older*."
    )


def test_plain_texts_are_written_as_they_are() -> None:
    assert edited("A *pact*", "A *pact*.", "pact", "[deal]", markdown=False) == "A *[deal]*"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("[1]", "", "a part of a citation"),
        ("pact", f"pact{CALL}", "puts in a note"),
        ("pact", "pact\u2029", "parts a paragraph"),
        (SAID, "", "nothing of the text is left"),
    ],
)
def test_what_cannot_be_written_says_why(old: str, new: str, reason: str) -> None:
    with pytest.raises(Unwritable, match=reason):
        edited(TEXT, SAID, old, new)


@pytest.mark.parametrize(
    ("words", "looks", "expected"),
    [
        ("pact holds", {"strong"}, "The *binding* **pact holds** [@pact]. It is old. [@wire]"),
        ("binding", set(), "The binding pact holds [@pact]. It is old. [@wire]"),
        ("ing pact", {"em"}, "The *binding pact* holds [@pact]. It is old. [@wire]"),
        ("It", {"em", "strong"}, "The *binding* pact holds [@pact]. ***It*** is old. [@wire]"),
    ],
)
def test_a_look_becomes_emphasis(words: str, looks: set[str], expected: str) -> None:
    assert emphasised(words, frozenset(looks)) == expected


@pytest.mark.parametrize("words", ["holds\u00a0[1]", f"old.{CALL}"])
def test_the_look_of_a_citation_is_the_programs(words: str) -> None:
    with pytest.raises(Unwritable, match="what the program prints"):
        emphasised(words, frozenset({"em"}))


def emphasised(words: str, looks: frozenset[str]) -> str:
    paragraph = printed_paragraph(SAID, TEXT, 1, markdown=True, numbers={"pact"}, language="en-GB")
    assert paragraph is not None
    start = SAID.index(words)
    change = WordChange(start, start + len(words), words, (Run(words, looks),), UNTRACKED)
    return apply_edits(TEXT, emphasis_edits(AuthoredPlace(TEXT), paragraph, change, SAID))


def test_what_the_program_adds_is_not_changed() -> None:
    with pytest.raises(Unwritable, match="beside the text"):
        edited("Pact", "Pact.", "t.", "t!", markdown=False)


WORDS = st.lists(st.sampled_from(["one", "two", "*", "_x_", "[y]", "`z`", "<b>"]), min_size=1)


@given(st.integers(0, 5), st.integers(0, 3), WORDS)
def test_every_edit_prints_what_was_meant(start: int, length: int, words: list[str]) -> None:
    text = "The *big* pact holds **at sea** now."
    said = ["The", "big", "pact", "holds", "at", "sea", "now."]
    new = " ".join(words)
    end = min(start + length, 6)
    old = " ".join(said[start:end])
    at = len(" ".join(said[:start])) + bool(start)
    paragraph = printed_paragraph(
        " ".join(said), text, 1, markdown=True, numbers=(), language="en-GB"
    )
    assert paragraph is not None
    new = new if old else f"{new} "
    change = WordChange(at, at + len(old), old, (Run(new, NONE),), UNTRACKED)
    edits = source_edits(AuthoredPlace(text), paragraph, change, " ".join(said))
    plain = parse_markup(apply_edits(text, edits)).plain
    assert plain.split() == [*said[:start], *new.split(), *said[end:]]

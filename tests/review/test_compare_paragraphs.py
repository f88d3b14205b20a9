"""Every change from the built to the reviewed paragraph is found, tracked or not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.review.compare_paragraphs import (
    built_offset,
    changes_in,
    hunks_between,
    out_of_order,
    pair_paragraphs,
)
from sourcebrief.review.word_text import UNTRACKED, Author, Piece, TrackedMark, WordParagraph

ANA, BEN = TrackedMark(Author("Ana")), TrackedMark(Author("Ben"))


def paragraph(*pieces: Piece | str, bookmark: str = "") -> WordParagraph:
    made = [Piece(each) if isinstance(each, str) else each for each in pieces]
    names = {bookmark: (0, 1)} if bookmark else {}
    return WordParagraph(pieces=made, bookmarks=names)


def test_tracked_changes_are_at_their_place_of_the_built_text() -> None:
    reviewed = paragraph("The ", Piece("new ", put_in=ANA), Piece("old ", taken_out=ANA), "pact")
    (change,) = changes_in("The old pact", reviewed)
    assert (change.start, change.end, change.old, change.new) == (4, 7, "old", "new")
    assert change.mark == ANA


def test_changes_of_two_reviewers_are_two() -> None:
    reviewed = paragraph("A ", Piece("b", put_in=ANA), Piece("c", put_in=BEN), " d")
    assert [(one.new, one.mark) for one in changes_in("A  d", reviewed)] == [
        ("b", ANA),
        ("c", BEN),
    ]


def test_what_one_put_in_and_another_took_out_is_nothing() -> None:
    assert changes_in("A d", paragraph("A ", Piece("b", put_in=ANA, taken_out=BEN), "d")) == ()


def test_edits_with_tracking_off_are_found_beside_tracked_ones() -> None:
    reviewed = paragraph("The odd ", Piece("big ", put_in=ANA), "pact was signed")
    found = changes_in("The old pact was signed", reviewed)
    assert [(one.old, one.new, one.mark) for one in found] == [
        ("old", "odd", UNTRACKED),
        ("", "big ", ANA),
    ]


def test_words_beside_each_other_are_one_change() -> None:
    (change,) = changes_in("It has old members.", paragraph("It is led by others."))
    assert (change.old, change.new) == ("has old members", "is led by others")


def test_white_space_that_a_program_wrote_is_no_change() -> None:
    assert changes_in("5\u00a0km off", paragraph("5 km  off")) == ()


def test_paragraphs_are_paired_by_bookmark_words_and_likeness() -> None:
    built = [
        paragraph("The pact was signed in May.", bookmark="_b"),
        paragraph("Scanners are promised."),
        paragraph("Nothing is said of the costs."),
    ]
    reviewed = [
        paragraph("A new paragraph of someone."),
        paragraph("The pact was agreed in May.", bookmark="_b"),
        paragraph("Scanners are promised."),
        paragraph("Nothing is said of any costs."),
    ]
    assert pair_paragraphs(built, reviewed) == {1: 0, 2: 1, 3: 2}


def test_a_bookmark_on_other_words_pairs_nothing() -> None:
    built = [paragraph("The pact was signed.", bookmark="_b")]
    assert pair_paragraphs(built, [paragraph("Completely other words", bookmark="_b")]) == {}


WORDS = st.lists(st.sampled_from(["a", "pact", "was", "signed", "in", "May", "."]), max_size=8)


@given(WORDS, WORDS, WORDS, WORDS)
def test_all_changes_together_make_the_reviewed_text(
    first: list[str], gone: list[str], new: list[str], last: list[str]
) -> None:
    built = " ".join([*first, *gone, *last])
    pieces = [*first, *(Piece(f"{word} ", put_in=ANA) for word in new)]
    pieces += [Piece(f"{word} ", taken_out=BEN) for word in gone]
    spaced = [f"{piece} " if isinstance(piece, str) else piece for piece in [*pieces, *last]]
    reviewed = paragraph(*spaced)
    text = built
    for change in reversed(changes_in(built, reviewed)):
        text = text[: change.start] + change.new + text[change.end :]
    assert text.split() == [*first, *new, *last]


def test_an_offset_of_the_review_is_found_in_the_built_text() -> None:
    reviewed = paragraph("The ", Piece("new ", put_in=ANA), "pact")
    assert built_offset("The pact", reviewed, len("The new pa")) == len("The pa")
    assert UNTRACKED.by == Author()


def test_a_paragraph_that_moved_is_out_of_order() -> None:
    assert out_of_order({0: 0, 1: 1, 2: 2}) == frozenset()
    assert out_of_order({0: 2, 1: 0, 2: 1, 3: 3}) == {0}
    assert out_of_order({0: 0, 1: 3, 2: 4, 3: 1, 4: 5}) == {3}
    assert out_of_order({}) == frozenset()


def test_what_differs_between_two_texts_is_told_in_characters() -> None:
    assert hunks_between("The pact holds.", "The new pact holds") == (
        (3, 3, 3, 7),
        (14, 15, 18, 18),
    )
    assert hunks_between("a\nb", "a b", lambda word: word.strip()) == ()


def test_what_has_its_words_elsewhere_is_the_same_without_a_bookmark() -> None:
    texts = ["One is known.", "Two is unknown.", "Three is denied."]
    built, moved = ([paragraph(texts[n]) for n in order] for order in ((0, 1, 2), (2, 0, 1)))
    assert pair_paragraphs(built, moved) == {0: 2, 1: 0, 2: 1}
    assert pair_paragraphs(built, [*moved, paragraph(texts[2])])[3] == 2

"""What was parted, joined or moved is compared with the one paragraph that it was."""

from __future__ import annotations

from sourcebrief.review.restored_paragraphs import as_built
from sourcebrief.review.word_text import UNTRACKED, Author, Piece, TrackedMark, WordParagraph

ANA = TrackedMark(Author("Ana"), moved=True)
ONE, TWO, THREE = "One pact was signed.", "Two are promised.", "Three were refused."
BUILT = [
    WordParagraph(pieces=[Piece(words)], bookmarks={f"_{number}": (0, len(words))})
    for number, words in enumerate((ONE, TWO, THREE))
]


def read(*pieces: Piece, follows: bool = True, **more: object) -> WordParagraph:
    return WordParagraph(pieces=list(pieces), follows=follows, **more)  # type: ignore[arg-type]


def words(*reviewed: WordParagraph) -> list[str]:
    """The words of each paragraph, those with a built one before those without."""
    found, pairs = as_built(BUILT, reviewed)
    assert [pairs[at] for at in sorted(pairs)] == sorted(pairs.values())
    return [one.whole for one in found]


def test_a_new_paragraph_belongs_to_the_one_before_it_tracked_or_not() -> None:
    first, last = read(Piece(ONE), follows=False), read(Piece(TWO))
    for new in (read(Piece("New.", put_in=ANA)), read(Piece("New.", put_in=ANA), parted=ANA)):
        assert words(first, new, last) == [f"{ONE}\u2029New.", TWO]
        first.pieces = first.pieces[:1]
    assert words(first, read(Piece("New.")), last) == [f"{ONE}\u2029New.", TWO]


def test_a_paragraph_parted_with_tracking_off_is_one_however_it_was_parted() -> None:
    for at in (5, 12):
        parts = read(Piece(ONE[:at]), follows=False), read(Piece(ONE[at:]))
        assert words(*parts, read(Piece(TWO))) == [f"{ONE[:at]}\u2029{ONE[at:]}", TWO]


def test_paragraphs_joined_with_tracking_off_are_two() -> None:
    joined = read(Piece(f"{ONE} "), Piece(TWO), bookmarks={"_0": (0, 20), "_1": (21, 38)})
    joined.comments = [("7", 3), ("8", 25)]
    (first, second, last), pairs = as_built(BUILT, [joined, read(Piece(THREE))])
    assert (first.whole.strip(), second.whole, last.whole) == (ONE, TWO, THREE)
    assert (first.joined, second.joined, pairs) == (UNTRACKED, None, {0: 0, 1: 1, 2: 2})
    assert (first.comments, second.comments) == ([("7", 3)], [("8", 4)])


def test_a_paragraph_moved_whole_stands_at_its_new_place_alone() -> None:
    away = read(Piece(ONE, taken_out=ANA), joined=ANA, bookmarks={"_0": (0, 20)})
    here = read(Piece(ONE, put_in=ANA), parted=ANA, comments=[("7", 4)])
    found, pairs = as_built(BUILT, [away, read(Piece(TWO)), here, read(Piece(THREE))])
    assert [one.before for one in found] == [TWO, ONE, THREE]
    assert (found[1].carried, found[1].joined, found[1].comments) == (ANA, None, [("7", 4)])
    assert pairs == {0: 1, 1: 0, 2: 2}


def test_what_parts_nothing_stays() -> None:
    row = WordParagraph(row=3, pieces=[Piece("Low", taken_out=ANA)])
    other = WordParagraph(row=9, pieces=[Piece("High", put_in=ANA)])
    found, _ = as_built(BUILT, [row, other])
    assert [one.row for one in found] == [3, 9]


def test_a_row_moved_whole_stands_at_its_new_place_alone() -> None:
    rows = [
        WordParagraph(row=row, pieces=[Piece(words, taken_out=out, put_in=new)])
        for row, out, new in ((3, ANA, None), (9, None, ANA))
        for words in ("Low", "We judge")
    ]
    found, _ = as_built(BUILT, rows)
    assert [(one.row, one.before, one.carried) for one in found] == [
        (3, "Low", ANA),
        (3, "We judge", ANA),
    ]


def test_an_emptied_paragraph_is_no_begin_of_the_next() -> None:
    first, empty, last = read(Piece(ONE), follows=False), read(), read(Piece(THREE))
    assert words(first, empty, last) == [ONE, "", THREE]

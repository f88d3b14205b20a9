"""A paragraph knows its words before the tracked changes, and all of them."""

from sourcebrief.review.word_text import Author, Piece, TrackedMark, WordParagraph

ANA = TrackedMark(Author("Ana"))


def test_words_before_and_all_words() -> None:
    paragraph = WordParagraph(
        pieces=[Piece("The "), Piece("new ", put_in=ANA), Piece("old", taken_out=ANA)]
    )
    assert paragraph.before == "The old"
    assert paragraph.whole == "The new old"
    assert paragraph.length == len("The new old")

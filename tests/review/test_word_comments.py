"""Comments are read with what they answer and whether they are resolved."""

from __future__ import annotations

from sourcebrief.documents.word.opc_package import Package
from sourcebrief.review.word_comments import read_comments
from sourcebrief.review.word_text import Author
from word_documents import written
from word_reviews import ANA, BEN, DAY, WordReview


def test_threads_are_kept_together() -> None:
    review = WordReview(written("<body><p>One pact was signed.</p></body>"))
    first = review.comment("pact", "Which?")
    review.comment("signed", "By whom?", resolved=True)
    review.author = BEN
    review.comment("pact", "The first.", reply_to=first)
    found = read_comments(Package(review.bytes()))
    assert [(one.by.name, one.text, one.reply_to, one.resolved) for one in found] == [
        (ANA, "Which?", "", False),
        (BEN, "The first.", "0", False),
        (ANA, "By whom?", "", True),
    ]
    assert found[0].by == Author(ANA, DAY)


def test_a_reply_in_a_resolved_thread_is_resolved() -> None:
    review = WordReview(written("<body><p>One pact was signed.</p></body>"))
    first = review.comment("pact", "Which?", resolved=True)
    review.comment("pact", "The first.", reply_to=first)
    assert [one.resolved for one in read_comments(Package(review.bytes()))] == [True, True]


def test_a_document_without_comments_has_none() -> None:
    assert read_comments(Package(written("<body><p>x</p></body>"))) == ()

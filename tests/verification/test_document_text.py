"""The manifest that a document carries, or that is given where it carries none."""

import pytest

from sourcebrief.verification.document_text import DocumentText, NotABrief


def test_the_manifest_that_it_carries_comes_before_one_that_is_given() -> None:
    assert DocumentText("pdf", b"carried").manifest(b"given") == b"carried"
    assert DocumentText("pdf", None).manifest(b"given") == b"given"


def test_without_a_manifest_the_message_says_how_to_give_one() -> None:
    with pytest.raises(NotABrief, match="--evidence FILE"):
        DocumentText("pdf", None).manifest()

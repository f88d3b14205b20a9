"""Remarks come back from the other process as they were."""

import json

from sourcebrief.review.remarks import FileReview, Remark, SourceEdit, review_from_json


def test_a_review_survives_json() -> None:
    remark = Remark(
        1, "change", "Ana", "", '"a" inserted', "gaps/1", "b", 0, edits=(SourceEdit(0, 0, "a"),)
    )
    review = FileReview("port", "0123456789ab", (remark,), ("a notice",))
    assert review_from_json(json.loads(json.dumps(review.to_json()))) == review

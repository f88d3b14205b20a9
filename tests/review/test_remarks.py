"""Remarks come back from the other process as they were."""

from pydantic import TypeAdapter

from sourcebrief.review.remarks import FileReview, Remark
from sourcebrief.workspace.yaml_edits import Edit


def test_a_review_survives_json() -> None:
    remark = Remark(
        1, "change", "Ana", "", '"a" inserted', "gaps/1", "b", 0, edits=(Edit(0, 0, "a"),)
    )
    review = FileReview("port", "0123456789ab", (remark,), ("a notice",))
    adapter = TypeAdapter(FileReview)
    assert adapter.validate_json(adapter.dump_json(review)) == review

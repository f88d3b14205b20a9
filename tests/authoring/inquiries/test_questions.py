"""Questions: what is asked is what is described, and a refusal repeats none of it."""

from __future__ import annotations

from typing import Any

import pytest

from sourcebrief.authoring.inquiries.questions import QUESTIONS, Find, Refused, read_question


def test_a_question() -> None:
    found = read_question("find", {"words": "cargo data"})
    assert found == Find(words="cargo data", document=None, limit=10)


@pytest.mark.parametrize(
    ("operation", "arguments", "fault"),
    [
        ("write", {}, "there is no such operation; ask for one of find, passage, locate"),
        ("find", {}, "words: Field required"),
        ("find", None, "the arguments: "),
        ("find", "zanzibar", "the arguments: "),
        ("find", {"words": ["zanzibar"]}, "words: Input should be a valid string"),
        ("find", {"words": "x", "limit": 1000}, "limit: Input should be less than or equal to 50"),
        ("find", {"words": "x" * 1001}, "words: String should have at most 1000 characters"),
        ("find", {"words": "x", "zanzibar": 1}, "the arguments: has an unknown key"),
        ("passage", {"document": "x", "paragraph": 0}, "paragraph: Input should be greater"),
        ("passage", {"document": "x", "paragraph": 1, "count": 21}, "count: Input should be less"),
        ("locate", {"quote": "x" * 20_001}, "quote: String should have at most 20000"),
        ("check", {"briefings": ["x"] * 101}, "briefings: Tuple should have at most 100 items"),
        ("propose", {"briefing": "x", "changes": []}, "changes: Tuple should have at least 1"),
        (
            "propose",
            {"briefing": "x", "changes": [{"file": "f", "action": "zanzibar", "at": ["a"]}]},
            "changes.0.action: Input should be 'set', 'append' or 'remove'",
        ),
    ],
)
def test_what_is_refused(operation: str, arguments: Any, fault: str) -> None:
    with pytest.raises(Refused) as raised:
        read_question(operation, arguments)
    assert fault in str(raised.value)
    assert "zanzibar" not in str(raised.value)


def test_every_question_has_a_schema_that_describes_each_key() -> None:
    for question in QUESTIONS.values():
        schema = question.model_json_schema()
        assert schema["additionalProperties"] is False
        assert question.__doc__
        for key, described in schema["properties"].items():
            assert described.get("description"), (question, key)

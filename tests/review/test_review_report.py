"""A review is told line by line, and for programs as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sourcebrief.errors import Place
from sourcebrief.review.addresses import YamlPlace
from sourcebrief.review.place_remarks import PlacedRemark
from sourcebrief.review.remarks import Remark
from sourcebrief.review.review_report import as_problems, message, review_report, state_of
from sourcebrief.workspace.yaml_edits import Edit
from sourcebrief.workspace.yaml_places import load

FILE = load(b"gaps: [a]", "briefings/x/brief.yaml")
SAYS = '"perhaps" inserted before "under Lasso"'
REMARK = Remark(1, "change", "Ana", "2023-10-03T09:00:00Z", SAYS, "gaps/1", "a", 0)
ONE = PlacedRemark(
    REMARK,
    ("ana.docx",),
    Place("briefings/x/brief.yaml", 40, 11),
    YamlPlace(FILE, ("gaps", 0)),
    (Edit(0, 0, "perhaps "),),
)
COMMENT = replace(ONE, remark=replace(REMARK, kind="comment", says="Why?", old="Lasso"), edits=())


def test_a_line_says_where_who_when_and_what() -> None:
    assert list(review_report([ONE], "text")) == [
        'briefings/x/brief.yaml:40:11: Ana, 3 October: "perhaps" inserted before "under Lasso"'
    ]


@pytest.mark.parametrize(
    ("placed", "state", "end"),
    [
        (ONE, "applicable", 'under Lasso"'),
        (replace(ONE, applied=True), "applied", "(applied)"),
        (replace(ONE, done=True, reason="the YAML has it already"), "done", "has it already)"),
        (ONE.refused("why", conflict=True), "conflict", "(not applied: why)"),
        (ONE.refused("why"), "refused", "(not applied: why)"),
        (COMMENT, "open", 'comment on "Lasso": Why?'),
        (replace(COMMENT, remark=replace(COMMENT.remark, resolved=True)), "resolved", "): Why?"),
        (replace(COMMENT, remark=replace(COMMENT.remark, reply_to=1)), "open", "Why?"),
    ],
)
def test_states_are_told(placed: PlacedRemark, state: str, end: str) -> None:
    assert state_of(placed) == state
    assert message(placed).endswith(end)


def test_json_holds_every_fact() -> None:
    (line,) = review_report([ONE], "json")
    (found,) = json.loads(line)
    assert found["line"] == 40
    assert found["files"] == ["ana.docx"]
    assert (found["author"], found["says"], found["state"]) == ("Ana", SAYS, "applicable")


def test_control_characters_of_a_name_do_not_reach_a_terminal() -> None:
    hostile = replace(ONE, remark=replace(REMARK, author="A\x1b[2Jna\n"))
    assert "\x1b" not in message(hostile)
    assert "\n" not in message(hostile)
    (line,) = review_report([hostile], "json")
    assert json.loads(line)[0]["author"] == "A\\u001b[2Jna"
    (problem,) = as_problems([hostile])
    assert problem.severity == "warning"

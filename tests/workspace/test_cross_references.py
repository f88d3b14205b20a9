"""What must hold between records. The messages themselves are in tests/wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.workspace.briefing import read_briefing
from sourcebrief.workspace.catalogue import read_library
from sourcebrief.workspace.cross_references import (
    check_brief,
    check_record,
    check_select,
    check_selected_events,
)
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from conftest import Workspace

BRIEF, EVENTS = "briefings/port/brief.yaml", "briefings/port/events.yaml"
FOLLOWED = "actors:\n  - id: interior\n"


def found(workspace: Workspace) -> list[str]:
    inputs = Inputs(workspace.root)
    library, problems = read_library(inputs)
    record, brief, more = read_briefing("port", inputs, library)
    assert problems + more == []
    assert brief is not None
    problems += check_record(record, library)
    problems += [*check_brief(brief, record), *check_select(brief, record)]
    problems += check_selected_events(brief, record, record.events)
    return [problem.message for problem in problems]


def test_the_good_workspace_has_no_problem(workspace: Workspace) -> None:
    assert found(workspace) == []


@pytest.mark.parametrize(
    ("followed", "message"),
    [
        ("actors:\n  - id: coast-office\n", None),  # takes part itself
        ("actors:\n  - id: ports\n", "no followed actor; name who undertakes it"),
        ("actors:\n  - id: ports\n  - id: interior\n", None),  # one of the two takes part
    ],
)
def test_who_undertakes_an_outcome_is_clear_or_named(
    workspace: Workspace, followed: str, message: str | None
) -> None:
    workspace.edit(BRIEF, FOLLOWED, followed)
    workspace.edit(BRIEF, "    summary: The Coast Office signed the pact. [@pact]\n", "")
    expected = [] if message is None else [f"the key 'by' is missing: the event has {message}"]
    assert found(workspace) == expected
    workspace.edit(EVENTS, "status: announced,", "status: announced, by: coast-office,")
    assert found(workspace) == []


def test_an_unknown_actor_brings_no_second_problem(workspace: Workspace) -> None:
    workspace.edit(BRIEF, FOLLOWED, "actors:\n  - id: prots\n")
    assert found(workspace) == ["no actor 'prots'; did you mean 'ports'?"]


def test_where_a_file_cannot_be_read_any_id_may_be_in_it(workspace: Workspace) -> None:
    workspace.edit(BRIEF, "[events.yaml]", "[events.yaml, more.yaml]")
    workspace.edit(EVENTS, "actors: [coast-office, ports]", "actors: [coast-office, prots]")
    inputs = Inputs(workspace.root)
    library, _ = read_library(inputs)
    record, _, (missing,) = read_briefing("port", inputs, library)
    assert missing.message.startswith("cannot read briefings/port/more.yaml")
    assert list(check_record(record, library)) == []

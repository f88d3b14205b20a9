"""How problems and other words are written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sourcebrief.cli import messages

if TYPE_CHECKING:
    from conftest import Workspace

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


def test_quiet_says_nothing_but_problems(workspace: Workspace) -> None:
    ran = workspace.run("check", "-q")
    assert (ran.out, ran.err) == ("", "")
    workspace.edit(BRIEF, "status: draft", "status: drafted")
    assert workspace.run("check", "-q").err == workspace.run("check").err != ""


def test_problems_as_json_are_an_object_a_line(workspace: Workspace) -> None:
    workspace.edit(BRIEF, "signed the pact.", "signed 77 pacts.")
    workspace.edit(EVENTS, "title: Pact on", "title: ñandú 9 on")
    ran = workspace.run("check", "--message-format", "json")
    problems = [json.loads(line) for line in ran.err.splitlines()]
    assert [set(one) for one in problems] == [{"path", "line", "column", "severity", "message"}] * 2
    assert problems[0] == {
        "path": BRIEF,
        "line": 15,
        "column": 14,
        "severity": "warning",
        "message": problems[0]["message"],
    }


def test_problems_as_github_annotations_are_escaped(workspace: Workspace) -> None:
    workspace.edit(BRIEF, "status: draft", "status: '100%: a, b'")
    ran = workspace.run("check", "--message-format", "github")
    assert ran.err == (
        f"::error file={BRIEF},line=3,col=9::status '100%25: a, b' is not one of draft, final\n"
    )


def test_output_elsewhere_than_on_a_terminal_is_plain(workspace: Workspace) -> None:
    for ran in (workspace.run("check"), workspace.run("check", "none")):
        assert "\x1b" not in ran.out + ran.err
        assert "\r" not in ran.out + ran.err


def test_no_file_is_said_to_be_empty_that_is_not() -> None:
    sizes = [messages.size_of(count) for count in (12, 1400, 2_000_000)]
    assert sizes == ["1 kB", "1 kB", "2.0 MB"]


def test_every_exit_code_is_the_contracts() -> None:
    codes = (messages.DONE, messages.PROBLEMS, messages.USAGE, messages.STALE, messages.DEFECT)
    assert codes == (0, 1, 2, 3, 70)


def test_github_gets_paths_from_the_top_of_the_repository(workspace: Workspace) -> None:
    (workspace.root.parent / ".git").mkdir()
    workspace.edit("briefings/port/brief.yaml", "title: Scanning", "titel: Scanning")
    ran = workspace.run("check", "--message-format", "github")
    assert f"::error file={workspace.root.name}/briefings/port/brief.yaml,line=" in ran.err


def test_a_file_that_begins_with_a_dash_is_named_whole(workspace: Workspace) -> None:
    assert "; write ./-dash.txt for a file" in workspace.run("add", "-dash.txt").err

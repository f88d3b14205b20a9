"""Proposals: a patch that passes every check, made without a file being written."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from sourcebrief.authoring.inquiries.answers import DATA
from withheld import asked, leaked, with_secret

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace

EVENTS = "briefings/port/events.yaml"
BRIEF = "briefings/port/brief.yaml"
GOOD = {
    "file": "events.yaml",
    "action": "append",
    "at": ["events", "offer", "evidence"],
    "value": {"seed": "wire-2021", "quote": "The Office did not say what the scanners cost"},
}
NEW_EVENT = {
    "id": "radar",
    "date": {"value": "2021-05-14", "basis": "inferred", "note": "The day of the report."},
    "title": "Radar station announced",
    "actors": ["coast-office"],
    "summary": "The radar station is to open.",
    "evidence": [{"seed": "wire-2021", "quote": "The radar station opens next year"}],
}


def propose(root: Path, *changes: dict[str, Any], briefing: str = "port") -> dict[str, Any]:
    return asked(root, "propose", briefing=briefing, changes=list(changes))


def contents(root: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".sourcebrief" not in path.parts
    }


def applied(root: Path, patch: str, context: int) -> None:
    """Apply a patch as a person would."""
    unidiff = ["--unidiff-zero"] if context == 0 else []
    subprocess.run(["git", "apply", *unidiff, "-"], input=patch.encode(), cwd=root, check=True)


@pytest.mark.parametrize(
    "changes",
    [
        [GOOD],
        [{**GOOD, "at": ["events", 1, "evidence"], "file": EVENTS}],
        [{"file": "brief.yaml", "action": "set", "at": ["drafted_with"], "value": "Example 1.0"}],
        [
            {
                "file": "events.yaml",
                "action": "set",
                "at": ["events", "offer", "title"],
                "value": "Coast Office: scanners promised",
            },
            GOOD,
        ],
        [{"file": "events.yaml", "action": "remove", "at": ["events", "offer", "outcomes"]}],
        [{"file": "brief.yaml", "action": "append", "at": ["gaps"], "value": "No sum. [@offer]"}],
    ],
)
def test_a_patch_that_passes(workspace: Workspace, changes: list[dict[str, Any]]) -> None:
    before = contents(workspace.root)
    answer = propose(workspace.root, *changes)
    assert answer["ok"], answer
    assert (answer["passes"], answer["problems"]) == (True, []), answer
    assert answer["briefings_checked"] == ["port"]
    assert contents(workspace.root) == before
    applied(workspace.root, answer[DATA]["patch"], answer["context_lines"])
    assert contents(workspace.root) != before
    assert workspace.run("--strict", "check").code == 0


def test_a_new_event(workspace: Workspace) -> None:
    change = {"file": "events.yaml", "action": "append", "at": ["events"], "value": NEW_EVENT}
    answer = propose(workspace.root, change)
    assert answer["passes"], answer
    assert "+  - id: radar\n" in answer[DATA]["patch"]
    twice = propose(workspace.root, change, change)
    assert "the id 'radar' stands twice" in twice["problems"][0][DATA]["message"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"seed": "wire-2021", "quote": "The Office did not say what the radars cost"}, "nearest"),
        ({"seed": "wire-2021", "quote": "The Office did not [...] cost"}, "too short"),
        ({"seed": "wire-2020", "quote": "The Office did not say what"}, "no seed 'wire-2020'"),
        ({"seed": "wire-2021", "quote": "The Office did not say", "x": 1}, "unknown key 'x'"),
    ],
)
def test_what_does_not_pass_gets_problems_and_no_patch(
    workspace: Workspace, value: dict[str, Any], words: str
) -> None:
    answer = propose(workspace.root, {**GOOD, "value": value})
    assert answer["ok"]
    assert answer["passes"] is False
    assert DATA not in answer
    assert words in answer["problems"][0][DATA]["message"]


def test_a_warning_keeps_a_patch_back(workspace: Workspace) -> None:
    change = {
        "file": "brief.yaml",
        "action": "append",
        "at": ["gaps"],
        "value": "There are 51 of them. [@offer]",
    }
    answer = propose(workspace.root, change)
    assert (answer["passes"], answer["errors"], answer["warnings"]) == (False, 0, 1)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({**GOOD, "file": "../../seeds/seeds.yaml"}, "changes.1.file: not a file of this briefing"),
        ({**GOOD, "file": "/etc/passwd"}, "not a file of this briefing"),
        ({**GOOD, "file": "briefings/port/../other/events.yaml"}, "not a file of this briefing"),
        ({**GOOD, "file": "seeds/seeds.yaml"}, "not a file of this briefing"),
        ({**GOOD, "at": ["events", "none", "evidence"]}, "changes.1.at: step 2 leads nowhere"),
        ({**GOOD, "at": ["events", 9]}, "step 2 leads nowhere"),
        ({**GOOD, "at": ["events", "offer", "title"]}, "changes.1.at: that is no list"),
        ({**GOOD, "action": "set"}, "a list or mapping stands there"),
        ({**GOOD, "value": 1.5}, "write a number with a point as text"),
        (
            {"file": "brief.yaml", "action": "append", "at": ["events"], "value": "x.yaml"},
            "events and csl of brief.yaml name files",
        ),
        (
            {"file": "brief.yaml", "action": "set", "at": ["csl"], "value": "../../seeds/wire.txt"},
            "events and csl of brief.yaml name files",
        ),
    ],
)
def test_what_is_refused(workspace: Workspace, change: dict[str, Any], error: str) -> None:
    before = contents(workspace.root)
    answer = propose(workspace.root, change)
    assert answer["ok"] is False
    assert error in answer["error"]
    assert contents(workspace.root) == before


def test_only_briefings_that_were_named_may_be_changed(workspace: Workspace) -> None:
    brief = (workspace.root / BRIEF).read_text("utf-8")
    workspace.write("briefings/other/brief.yaml", brief.replace("[events", "[../port/events"))
    answer = propose(workspace.root, {**GOOD, "file": "brief.yaml"}, briefing="other")
    assert "this session may not change it" in answer["error"]
    shared = propose(workspace.root, GOOD)
    assert shared["briefings_checked"] == ["other", "port"]


def test_a_link_out_of_the_workspace_is_not_followed(workspace: Workspace, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_bytes((workspace.root / EVENTS).read_bytes())
    (workspace.root / EVENTS).unlink()
    (workspace.root / EVENTS).symlink_to(outside)
    answer = propose(workspace.root, GOOD)
    assert answer["ok"] is False
    assert "not a file of this briefing" in answer["error"]


def test_a_link_to_another_file_of_the_workspace_is_refused(workspace: Workspace) -> None:
    target = workspace.root / "briefings/port/real.yaml"
    (workspace.root / EVENTS).rename(target)
    (workspace.root / EVENTS).symlink_to(target)
    answer = propose(workspace.root, GOOD)
    assert "changes.1.file: it is a link to another file" in answer["error"]


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_patch_applies_whatever_the_line_ends(workspace: Workspace, end: str) -> None:
    path = workspace.root / EVENTS
    text = path.read_text("utf-8").replace("\n", end or "\n")
    path.write_bytes((text if end else text.rstrip("\n")).encode())
    answer = propose(workspace.root, GOOD)
    assert answer["passes"], answer
    applied(workspace.root, answer[DATA]["patch"], answer["context_lines"])
    assert workspace.run("--strict", "check").code == 0


# --- withheld -------------------------------------------------------------------------------------

SECRET_QUOTE = "The quixotic vermilion submarine anchored beneath Xanadu on 9 March 2021"


@pytest.mark.parametrize(
    "change",
    [
        {**GOOD, "value": {"seed": "hidden-2021", "quote": SECRET_QUOTE}},
        {**GOOD, "at": ["events", "hush", "evidence", 0, "quote"], "action": "set", "value": "x"},
        {**GOOD, "at": ["events", "hush"], "action": "remove"},
        {
            "file": "brief.yaml",
            "action": "append",
            "at": ["gaps"],
            "value": "There were 68,437 of them. [@hush]",
        },
        {
            "file": "brief.yaml",
            "action": "append",
            "at": ["gaps"],
            "value": '"vermilion submarine" [@hidden-2021, ¶ 2]',
        },
        {"file": "brief.yaml", "action": "set", "at": ["as_of"], "value": "2021-03-08"},
        {
            "file": "events.yaml",
            "action": "set",
            "at": ["actors", "coast-office", "name"],
            "value": "Coast",
        },
        {**GOOD, "at": ["events"], "value": {**NEW_EVENT, "part_of": "hush"}},
    ],
)
def test_no_guess_about_what_is_withheld_is_tried_out(
    workspace: Workspace, change: dict[str, Any]
) -> None:
    with_secret(workspace)
    answer = propose(workspace.root, change)
    assert answer == {"ok": False, "error": "changes: one of them touches what is withheld"}
    assert leaked(workspace.root, answer) == []


def test_a_patch_beside_what_is_withheld_shows_no_line_of_it(workspace: Workspace) -> None:
    with_secret(workspace)
    last = {"file": "events.yaml", "action": "set", "at": ["events", "offer", "caveat"]}
    answer = propose(workspace.root, {**last, "value": "No almanac has it. [@almanac-2020]"})
    assert answer["passes"], answer
    assert answer["context_lines"] == 0
    assert leaked(workspace.root, answer) == []
    applied(workspace.root, answer[DATA]["patch"], 0)
    assert workspace.run("--strict", "check").code == 0


def test_problems_of_what_is_withheld_are_counted_and_not_told(workspace: Workspace) -> None:
    with_secret(workspace, where="Shangri-La")
    answer = propose(workspace.root, GOOD)
    assert (answer["passes"], answer["problems"], answer["problems_withheld"]) == (False, [], 1)
    assert leaked(workspace.root, answer) == []


@pytest.mark.parametrize(
    "words",
    ["vermilion submarine anchored beneath Xanadu", "vermilion submarine sailed beneath Xanadu"],
)
@pytest.mark.parametrize(
    "change",
    [
        {**GOOD, "value": {"seed": "wire-2021", "quote": "WORDS"}},
        {**GOOD, "action": "set", "at": ["events", "offer", "title"], "value": "WORDS"},
        {**GOOD, "action": "set", "at": ["events", "offer", "caveat"], "value": '"WORDS" [@pact]'},
        {"file": "brief.yaml", "action": "append", "at": ["gaps"], "value": "WORDS [@offer]"},
    ],
)
def test_a_right_guess_is_answered_like_a_wrong_one(
    workspace: Workspace, change: dict[str, Any], words: str
) -> None:
    with_secret(workspace)
    text = json.dumps(change).replace("WORDS", words.replace('"', ""))
    answer = propose(workspace.root, json.loads(text))
    other = "a few other words of no document"
    wrong = propose(workspace.root, json.loads(json.dumps(change).replace("WORDS", other)))
    said = json.dumps(answer).replace(words, other)
    assert said == json.dumps(wrong)

"""The door: every question gets one answer, and no fault speaks of what it read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sourcebrief.authoring.inquiries import door as module
from sourcebrief.authoring.inquiries.question_log import LOG
from withheld import EVENTS, asked, door, leaked, with_secret

if TYPE_CHECKING:
    from conftest import Workspace

BRIEF = "briefings/port/brief.yaml"


def test_a_question_and_its_line_in_the_log(workspace: Workspace) -> None:
    assert asked(workspace.root, "find", words="scanners")["ok"]
    assert not asked(workspace.root, "zanzibar", words="zanzibar")["ok"]
    lines = (workspace.root / ".sourcebrief" / LOG).read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert [(one["operation"], one["outcome"]) for one in found] == [
        ("find", "answered"),
        ("unknown", "refused"),
    ]
    assert "zanzibar" not in "".join(lines)


def test_a_defect_is_told_by_its_kind_alone(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("the vermilion submarine")

    monkeypatch.setitem(module.ANSWERS, "find", fail)
    answer = asked(workspace.root, "find", words="scanners")
    assert answer == {
        "ok": False,
        "error": "a defect of sourcebrief kept this question from being answered",
    }
    log = (workspace.root / ".sourcebrief" / LOG).read_text("utf-8")
    assert "defect: ZeroDivisionError" in log
    assert "vermilion" not in log


def test_a_catalogue_that_cannot_be_read_shows_nothing(workspace: Workspace) -> None:
    with_secret(workspace)
    catalogue = workspace.root / "seeds/seeds.yaml"
    catalogue.write_text(catalogue.read_text("utf-8") + "\n  - id: {", "utf-8")
    for operation, arguments in (("check", {}), ("find", {"words": "scanners"})):
        answer = asked(workspace.root, operation, **arguments)
        assert answer["ok"] is False
        assert "it is not known what to withhold" in answer["error"]


@pytest.mark.parametrize("text", ["marking: TLP:RED", 'marking: "TLP:RED"', "marking:  'TLP:RED'"])
@pytest.mark.parametrize("broken", ["", "\ntitel: x", "\n}"])
def test_a_briefing_above_the_limit_is_withheld(
    workspace: Workspace, text: str, broken: str
) -> None:
    workspace.edit(BRIEF, "marking: TLP:GREEN", text + broken)
    answer = asked(workspace.root, "check", briefings=["port"])
    assert answer["ok"] is False
    assert "there is none with this name, or it is withheld" in answer["error"]
    assert asked(workspace.root, "check")["problems"] == []


def test_a_briefing_with_a_marking_in_other_words_may_be_asked_for(workspace: Workspace) -> None:
    workspace.edit(BRIEF, "marking: TLP:GREEN", "marking: Internal")
    assert asked(workspace.root, "check", briefings=["port"])["passes"]


def test_a_longer_question_is_refused(workspace: Workspace) -> None:
    answer = asked(workspace.root, "find", words="x" * 500_000)
    assert answer["error"] == "the question is longer than 400,000 bytes"


def test_what_changes_while_it_is_open_is_seen(workspace: Workspace) -> None:
    open_ = door(workspace.root)
    assert open_.answer("check", {})["passes"]
    workspace.edit(EVENTS, "send three scanners to the harbour\n", "send four scanners\n")
    assert open_.answer("check", {})["errors"] == 1
    with_secret(workspace)
    answer = open_.answer("find", {"words": "vermilion submarine"})
    assert answer["withheld"]
    assert leaked(workspace.root, answer) == []


def test_a_document_that_becomes_private_is_withheld_from_then_on(workspace: Workspace) -> None:
    with_secret(workspace, custom="marking: TLP:CLEAR")
    open_ = door(workspace.root)
    assert leaked(workspace.root, open_.answer("find", {"words": "vermilion submarine"}))
    workspace.edit("seeds/seeds.yaml", "marking: TLP:CLEAR", "private: true")
    assert leaked(workspace.root, open_.answer("find", {"words": "vermilion submarine"})) == []


def test_the_last_step_catches_what_an_answer_should_not_have_said(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_secret(workspace)
    words = "x: quixotic vermilion submarine anchored"
    monkeypatch.setitem(module.ANSWERS, "find", lambda *_: {"passages": [words]})
    assert asked(workspace.root, "find", words="x")["passages"] == ["[withheld]"]

    def refuse(*_: object) -> None:
        raise module.Refused(words)

    monkeypatch.setitem(module.ANSWERS, "find", refuse)
    assert asked(workspace.root, "find", words="x")["error"] == "what was asked for is withheld"


ARGUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                (
                    *("words", "document", "limit", "paragraph", "count", "quote", "briefings"),
                    *("coverage", "briefing", "changes", "file", "action", "at", "value"),
                )
            ),
            inner
            | st.sampled_from(
                ("port", "events.yaml", "set", "append", "remove", "events", "pact", "wire-2021")
            ),
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.sampled_from(["find", "passage", "locate", "check", "propose"]), ARGUMENTS)
def test_no_argument_is_a_defect(workspace: Workspace, operation: str, arguments: object) -> None:
    answer = door(workspace.root).answer(operation, arguments)
    assert answer["ok"] or "defect" not in answer["error"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.sampled_from(["set", "append", "remove"]),
    st.lists(
        st.sampled_from(
            (
                *("events", "actors", "people", "pact", "offer", "evidence", "quote", "title"),
                *("date", "new", "themes", 0, 1, -1, 7),
            )
        ),
        min_size=1,
        max_size=5,
    ),
    ARGUMENTS,
)
def test_no_change_is_a_defect(
    workspace: Workspace, action: str, at: list[object], value: object
) -> None:
    change = {"file": "events.yaml", "action": action, "at": at, "value": value}
    before = (workspace.root / EVENTS).read_bytes()
    answer = door(workspace.root).answer("propose", {"briefing": "port", "changes": [change]})
    assert answer["ok"] or "defect" not in answer["error"], change
    assert (workspace.root / EVENTS).read_bytes() == before

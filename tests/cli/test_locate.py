"""`locate`: the door as JSON lines."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Ran, Workspace


class _Lines(io.TextIOWrapper):
    """Standard input of a test."""


def ask(
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    *lines: Any,
    options: tuple[str, ...] = (),
) -> tuple[Ran, list[Any]]:
    text = "".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in lines)
    monkeypatch.setattr(sys, "stdin", _Lines(io.BytesIO(text.encode())))
    ran = workspace.run("locate", *options)
    return ran, [json.loads(line) for line in ran.out.splitlines()]


def test_a_line_for_each_question(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    ran, answers = ask(
        workspace,
        monkeypatch,
        {"operation": "find", "arguments": {"words": "scanners"}, "id": "a"},
        "",
        {"operation": "locate", "arguments": {"quote": "the pact on container scanning"}, "id": 2},
        {"operation": "check"},
    )
    assert (ran.code, ran.err) == (0, "")
    assert [answer.get("id") for answer in answers] == ["a", 2, None]
    assert [answer["ok"] for answer in answers] == [True, True, True]
    assert ran.out.isascii()


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("{", "the line is not JSON in UTF-8"),
        ("[" * 100_000, "the line is not JSON in UTF-8"),
        ("3", "a question is {operation, arguments}"),
        ({"operation": "find", "zanzibar": 1}, "a question is {operation, arguments}"),
        ({"arguments": {}}, "there is no such operation"),
        ({"operation": "find", "arguments": []}, "the arguments: "),
        (f'"{"x" * 1_000_001}"', "the line is longer than 1,000,000 bytes"),
    ],
)
def test_a_line_that_is_no_question_ends_nothing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, line: Any, error: str
) -> None:
    good = {"operation": "find", "arguments": {"words": "scanners"}}
    ran, (refused, answered) = ask(workspace, monkeypatch, line, good)
    assert ran.code == 0
    assert error in refused["error"]
    assert answered["ok"]


def test_the_limit_and_the_briefings_are_those_of_the_command(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.edit("seeds/seeds.yaml", "why: Unsigned}", "why: Unsigned}\n      marking: TLP:RED")
    question = {"operation": "passage", "arguments": {"document": "wire-2021", "paragraph": 1}}
    _, (withheld,) = ask(workspace, monkeypatch, question)
    _, (shown,) = ask(workspace, monkeypatch, question, options=("--limit", "TLP:RED"))
    assert (withheld["ok"], shown["ok"]) == (False, True)
    change = {"file": "brief.yaml", "action": "set", "at": ["version"], "value": "2"}
    proposal = {"operation": "propose", "arguments": {"briefing": "port", "changes": [change]}}
    _, (refused,) = ask(workspace, monkeypatch, proposal)
    _, (tried,) = ask(workspace, monkeypatch, proposal, options=("port", "--limit", "TLP:RED"))
    assert "may not change it" in refused["error"]
    assert tried["ok"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("prot",), "no briefing 'prot'"),
        (("--limit", "TLP:GREN"), "is not a TLP 2.0 label"),
        (("--limit", ""), "it is empty"),
        (("--as", "xml"), "'xml' is not one of json"),
    ],
)
def test_usage(
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    words: str,
) -> None:
    ran, _ = ask(workspace, monkeypatch, options=options)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


@pytest.mark.parametrize("terminal", [True, False])
def test_without_questions_on_standard_input(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, terminal: bool
) -> None:
    monkeypatch.setattr(_Lines, "isatty", lambda _: terminal)
    ran, _ = ask(workspace, monkeypatch)
    assert ran.code == 2
    assert "questions come on standard input" in ran.err
    assert "to look for words: sourcebrief find WORDS" in ran.err


def test_a_word_that_is_no_briefing_may_be_one_to_look_for(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran, _ = ask(workspace, monkeypatch, options=("bond",))
    assert ran.code == 2
    assert ran.err.endswith("; to look for words: sourcebrief find bond\n")

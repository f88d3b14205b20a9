"""How a command finds its workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.shell_completion import ShellComplete

from sourcebrief.cli.main import COMPLETING, cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran, Workspace

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


@pytest.mark.parametrize(
    "arguments",
    [["check", "-C", "WS"], ["-C", "WS", "check"], ["check", "-C", "WS", "port"]],
)
def test_the_workspace_is_named_before_or_after_the_command(
    workspace: Workspace, run: Callable[..., Ran], arguments: list[str]
) -> None:
    ran = run(*(workspace.root if word == "WS" else word for word in arguments))
    assert (ran.code, ran.out, ran.err) == (0, "1 briefing checked\n", "")


def test_the_workspace_is_found_upwards(
    workspace: Workspace, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace.root / "briefings/port")
    assert run("check").code == 0


def test_no_workspace_is_usage(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in (["check"], ["-C", tmp_path, "check"], ["-C", tmp_path / "none", "check"]):
        ran = run(*arguments)
        assert ran.code == 2
        assert ran.err.startswith("sourcebrief: no workspace: ")


def test_a_command_that_is_misspelt_is_offered_without_a_workspace_too(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("chekc").err.endswith("; did you mean the command 'check'?\n")


def test_what_is_wrong_with_a_folder_is_said(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert f"{tmp_path / 'none'} does not exist; " in run("-C", tmp_path / "none", "check").err
    assert f"{tmp_path / 'file'} is not a folder; " in run("-C", tmp_path / "file", "check").err


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (["ch"], ["check", "changes"]),
        (["check", "p"], ["port"]),
        (["export", "p"], ["port"]),
        (["remove", "alm"], ["almanac-2020"]),
        (["find", "--seed", "alm"], ["almanac-2020"]),
    ],
)
def test_a_shell_completes_commands_names_and_ids(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, words: list[str], completed: list[str]
) -> None:
    monkeypatch.chdir(workspace.root)
    complete = ShellComplete(cli, {}, "sourcebrief", COMPLETING)
    found = [item.value for item in complete.get_completions(words[:-1], words[-1])]
    assert sorted(found) == sorted(completed)


def test_a_shell_completes_nothing_outside_a_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    complete = ShellComplete(cli, {}, "sourcebrief", COMPLETING)
    assert complete.get_completions(["check"], "") == []


def test_a_workspace_without_briefings_says_how_to_make_one(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "briefings").mkdir()
    ran = run("-C", tmp_path, "check")
    assert ran.code == 2
    assert ran.err.startswith(f"sourcebrief: no briefing in {tmp_path / 'briefings'}; ")


def test_a_workspace_without_a_catalogue_is_a_problem(workspace: Workspace) -> None:
    (workspace.root / "seeds/seeds.yaml").unlink()
    ran = workspace.run("check")
    assert ran.code == 1
    assert ran.err.startswith("seeds/seeds.yaml:1:1: error: cannot read seeds/seeds.yaml: ")

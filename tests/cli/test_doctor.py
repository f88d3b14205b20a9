"""`doctor` looks at the machine and the workspace; it needs neither a workspace nor a network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sourcebrief.authoring.health import machine_health

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from conftest import Ran, Workspace


def test_without_a_workspace_it_looks_at_the_machine(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("doctor")
    assert ran.code == 0
    assert ran.out.startswith("machine\n  ok      sourcebrief: ")
    assert ran.out.endswith("no workspace here; to begin one: sourcebrief new NAME\n")
    assert run("doctor", "--fix").code == 2


def test_in_a_workspace_it_looks_at_both(workspace: Workspace) -> None:
    ran = workspace.run("doctor", "--as", "json")
    assert ran.code == 0
    machine, about = json.loads(ran.out)
    assert machine["about"] == "machine"
    assert about["about"] == f"workspace {workspace.root}"
    assert {one["subject"] for one in about["findings"]} >= {"check", "documents"}


def test_what_stops_a_build_fails_and_notes_fail_where_strict(workspace: Workspace) -> None:
    assert workspace.run("doctor", "--strict").code == 1
    workspace.edit("briefings/port/brief.yaml", "title:", "titel:")
    assert workspace.run("doctor").code == 1


def test_what_only_some_commands_need_may_be_absent(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(machine_health, "missing_packages", lambda *_: ["pyhanko"])
    assert "  absent  extra sign: pyhanko not installed; to seal" in run("doctor").out
    ran = run("doctor", "--strict", "--quiet")
    assert (ran.code, ran.out) == (0, "")


def test_quiet_it_says_what_is_to_be_done(workspace: Workspace) -> None:
    assert workspace.run("doctor", "--quiet").out.splitlines()[:2] == [
        f"workspace {workspace.root}",
        "  note    documents: stale: port; sourcebrief build",
    ]


def test_it_writes_old_schemas_anew(workspace: Workspace) -> None:
    workspace.write(".vscode/schemas/events.schema.json", "{}")
    ran = workspace.run("doctor", "--fix")
    assert "events.schema.json: written" in ran.err
    assert "editor" not in workspace.run("doctor").out
    assert not (workspace.root / ".vscode/schemas/seeds.schema.json").exists()


def test_a_named_folder_has_to_be_a_workspace(run: Callable[..., Ran], tmp_path: Path) -> None:
    assert run("doctor", "-C", tmp_path).code == 2

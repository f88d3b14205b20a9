"""The hook for other repositories: pre-commit itself takes it, and holds a commit back by it."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from desk import Desk, set_up

PROJECT = Path(__file__).resolve().parents[2]
MANIFEST = PROJECT / ".pre-commit-hooks.yaml"

pytest.importorskip("pre_commit", reason="the package pre-commit is not installed")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return set_up(tmp_path)


def hook() -> dict[str, Any]:
    (found,) = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return dict(found)


def test_the_manifest_is_valid(desk: Desk) -> None:
    desk.run(sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST))


@pytest.mark.parametrize(
    ("path", "concerns"),
    [
        ("seeds/seeds.yaml", True),
        ("briefings/port/brief.yaml", True),
        ("templates/brief.css", True),
        ("README.md", False),
        ("docs/seeds/note.txt", False),
    ],
)
def test_it_runs_where_a_briefing_may_have_changed(path: str, concerns: bool) -> None:
    assert (re.search(hook()["files"], path) is not None) == concerns
    assert hook()["pass_filenames"] is False


def test_pre_commit_holds_a_faulty_briefing_back(desk: Desk, tmp_path: Path) -> None:
    # All of it but the installation: pre-commit would make an environment from the network.
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    manifest = MANIFEST.read_text(encoding="utf-8")
    assert "language: python" in manifest
    (hooks / MANIFEST.name).write_text(manifest.replace("language: python", "language: system"))
    shutil.copytree(desk.root / ".git", hooks / ".git")
    desk.shell(f"cd '{hooks}' && git add --all && git commit --quiet --message Hooks")
    desk.run("sourcebrief", "new", "harbour")
    desk.run("git", "add", "--all")
    command = (
        f"'{sys.executable}' -m pre_commit try-repo '{hooks}' sourcebrief-check "
        "--files briefings/harbour/brief.yaml"
    )
    sound = desk.shell(command)
    assert sound.returncode == 0, sound.stdout + sound.stderr
    assert "Passed" in sound.stdout
    desk.edit("briefings/harbour/events.yaml", "no sum had been", "a sum had been")
    faulty = desk.shell(command)
    assert faulty.returncode == 1
    assert "briefings/harbour/events.yaml:" in faulty.stdout
    untouched = desk.shell(command.replace("briefings/harbour/brief.yaml", ".gitignore"))
    assert "Skipped" in untouched.stdout

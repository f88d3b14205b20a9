"""A workspace as it was at a revision of git, and what changed since."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from repositories import commit, needs_git
from sourcebrief.brief.manifest import canonical, edition_of, read_manifest
from sourcebrief.build.revisions import changes_since, earlier_evidence, evidence_of
from sourcebrief.errors import UsageError
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from conftest import Workspace

pytestmark = needs_git
BRIEF = "briefings/port/brief.yaml"


@pytest.fixture
def committed(workspace: Workspace) -> Workspace:
    commit(workspace.root)
    return workspace


def test_a_revision_is_read_without_touching_the_work_tree(committed: Workspace) -> None:
    committed.edit(BRIEF, "title: Scanning", "title: On scanning")
    then = earlier_evidence(committed.root, "HEAD", ["port"], named=False)["port"]
    assert read_manifest(then)["brief"]["title"] == "Scanning in Port Almera"
    assert b"On scanning" in Inputs(committed.root).read(BRIEF)


def test_the_evidence_of_a_revision_says_what_the_brief_said(committed: Workspace) -> None:
    committed.edit(BRIEF, "title: Scanning", "title: On scanning")
    then = earlier_evidence(committed.root, "HEAD", ["port"], named=False)
    now, _ = evidence_of(Inputs(committed.root), ["port"])
    titles = [read_manifest(found["port"])["brief"]["title"] for found in (then, now)]
    assert titles == ["Scanning in Port Almera", "On scanning in Port Almera"]
    (changes,), new, unsound = changes_since(committed.root, "HEAD", ["port"], named=False)
    assert [field.name for change in changes.changes for field in change.fields] == ["title"]
    assert (new, unsound) == ([], {})


def test_the_edition_that_was_built_with_its_changes_is_named(committed: Workspace) -> None:
    committed.edit(BRIEF, "title: Scanning", "title: On scanning")
    now = evidence_of(Inputs(committed.root), ["port"])[0]["port"]
    box = {"since": "Monday", "lines": ["The title has changed."]}
    built = canonical({**read_manifest(now), "changes": box})
    (committed.root / "briefings/port/port.evidence.json").write_bytes(built)
    (changes,), *_ = changes_since(committed.root, "HEAD", ["port"], named=False)
    assert changes.after.edition == edition_of(built)


@pytest.mark.parametrize("revision", ["no-such-thing", "--all"])
def test_what_is_not_a_revision_is_usage(committed: Workspace, revision: str) -> None:
    with pytest.raises(UsageError):
        earlier_evidence(committed.root, revision, ["port"], named=False)


@pytest.mark.parametrize("then", [False, True])
def test_a_briefing_that_does_not_check_hides_no_other(workspace: Workspace, then: bool) -> None:
    other = workspace.root / "briefings/quay"
    shutil.copytree(workspace.root / "briefings/port", other)
    sound = (other / "brief.yaml").read_text("utf-8")
    broken = f"{sound}unknown: 1\n"
    (other / "brief.yaml").write_text(broken if then else sound, encoding="utf-8")
    commit(workspace.root)
    (other / "brief.yaml").write_text(sound if then else broken, encoding="utf-8")
    found, new, unsound = changes_since(workspace.root, "HEAD", ["port", "quay"], named=False)
    assert [one.briefing for one in found] == ["port"]
    assert (new, list(unsound), len(unsound["quay"])) == ([], ["quay"], 0 if then else 1)


def test_all_is_new_since_a_revision_without_the_workspace(workspace: Workspace) -> None:
    for path in workspace.root.iterdir():
        if path.name in ("seeds", "briefings"):
            path.rename(workspace.root.parent / path.name)
    (workspace.root / "README.md").touch()
    commit(workspace.root)
    for name in ("seeds", "briefings"):
        (workspace.root.parent / name).rename(workspace.root / name)
    assert changes_since(workspace.root, "HEAD", ["port"], named=False) == ([], ["port"], {})

"""What a seed was when it was pinned: from git, or from an edition that was built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import harbour
from changed_post import (
    ALTERED,
    BEGIN,
    BINDS,
    MOVED,
    SIGNED,
    UNMOVED,
    fates,
    post_drift,
)
from repositories import commit, git, needs_git
from sourcebrief.brief.make_manifest import manifest_of
from sourcebrief.brief.manifest import canonical
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.build.earlier_seeds import committed_bytes
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return harbour.workspace(tmp_path)


def write_manifest(root: Path) -> None:
    """What a build leaves beside its documents."""
    corpus = read_corpus(Inputs(root))
    composition = check_briefing("ports", corpus).composition
    assert composition is not None
    path = root / "briefings/ports/ports.evidence.json"
    path.write_bytes(canonical(manifest_of(composition)))


def test_an_earlier_edition_tells_where_quotations_stood(root: Path) -> None:
    write_manifest(root)
    harbour.change(root, "legally", "illegally")
    assert fates(post_drift(root)) == {SIGNED: UNMOVED, BINDS: ALTERED, BEGIN: MOVED}


def test_an_edition_of_another_text_tells_nothing(root: Path) -> None:
    write_manifest(root)
    harbour.change(root, harbour.sha256(harbour.POST), "0" * 64, "seeds/seeds.yaml")
    assert set(fates(post_drift(root)).values()) == {None}


@pytest.mark.parametrize("content", ["", "[]", "{", '{"sources": 3}', '{"sources": [{"id": 1}]}'])
def test_a_manifest_that_cannot_be_read_is_no_memory(root: Path, content: str) -> None:
    (root / "briefings/ports/ports.evidence.json").write_text(content)
    harbour.change(root, "legally", "illegally")
    assert set(fates(post_drift(root)).values()) == {None}


@needs_git
class TestHistory:
    """Bytes under a hash are found wherever git still has them, and nowhere else."""

    POST = "seeds/post.txt"

    def wanted(self, root: Path) -> dict[str, str]:
        return {self.POST: harbour.sha256((root / self.POST).read_text(encoding="utf-8"))}

    def test_in_an_older_commit(self, root: Path) -> None:
        commit(root)
        wanted = self.wanted(root)
        for word in ("one", "two"):
            harbour.change(root, "Published", f"{word} Published")
            git(root, "commit", "-qam", word)
        assert committed_bytes(root, wanted) == {wanted[self.POST]: harbour.POST.encode()}

    def test_on_another_branch(self, root: Path) -> None:
        commit(root)
        git(root, "checkout", "-qb", "other")
        harbour.change(root, "Published", "Printed")
        git(root, "commit", "-qam", "other")
        wanted = self.wanted(root)
        git(root, "checkout", "-q", "-")
        assert set(committed_bytes(root, wanted)) == set(wanted.values())

    def test_staged_and_committed_nowhere(self, root: Path) -> None:
        commit(root)
        harbour.change(root, "Published", "Printed")
        git(root, "add", self.POST)
        wanted = self.wanted(root)
        harbour.change(root, "Printed", "Published")
        assert set(committed_bytes(root, wanted)) == set(wanted.values())

    def test_in_a_workspace_below_the_repository(self, tmp_path: Path) -> None:
        root = harbour.workspace(tmp_path / "desk" / "work")
        commit(tmp_path)
        assert set(committed_bytes(root, self.wanted(root))) == set(self.wanted(root).values())

    def test_never_committed(self, root: Path) -> None:
        commit(root)
        assert committed_bytes(root, {self.POST: "0" * 64}) == {}

    def test_no_repository(self, root: Path) -> None:
        assert committed_bytes(root, self.wanted(root)) == {}

    def test_no_git(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        commit(root)
        monkeypatch.setenv("PATH", "")
        assert committed_bytes(root, self.wanted(root)) == {}

    def test_no_time(self, root: Path) -> None:
        commit(root)
        assert committed_bytes(root, self.wanted(root), seconds=0) == {}

"""A changed seed is a problem at its pin, with what it does to the evidence.

What it was is known from git, or from an edition that was built.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import harbour
from changed_post import (
    ALTERED,
    BEGIN,
    BINDS,
    BRIEFINGS,
    PIN_LINE,
    SIGNED,
    UNMOVED,
    at_pin,
    fates,
    post_drift,
)
from checking import check
from repositories import commit, git, needs_git
from sourcebrief.brief.make_manifest import manifest_of
from sourcebrief.brief.manifest import canonical
from sourcebrief.build.changed_pins import committed_bytes
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path


QUOTED = "signed a pact on patrols on 3 May 2021"


def test_what_is_as_pinned_is_no_problem(root: Path) -> None:
    assert [p for p in check(BRIEFINGS, root) if p.severity == "error"] == []


@needs_git
def test_the_message_is_one_line_with_the_consequence_and_the_way_out(root: Path) -> None:
    commit(root)
    harbour.change(root, "legally", "illegally")
    assert at_pin(check(["coast"], root)) == (  # told for ports too, though not asked about
        "post.txt has changed since it was pinned: of 3 quotations 2 unmoved "
        "and 1 altered (pact-binds); to be read again: judgement 1 and "
        "summary of port of ports; restore it, or accept it with `sourcebrief pin post-2021`"
    )


def test_without_the_pinned_text_the_message_says_what_stands(root: Path) -> None:
    harbour.change(root, "legally", "illegally")
    assert set(fates(post_drift(root)).values()) == {None}
    assert "1 of 3 quotations no longer stands (pact-binds)" in at_pin(check(BRIEFINGS, root))
    harbour.change(root, "illegally", "legally")
    harbour.change(root, "Published on", "It was published on")
    assert "all 3 quotations from it still stand" in at_pin(check(BRIEFINGS, root))


@pytest.mark.parametrize("at", [i for i, letter in enumerate(QUOTED) if letter.isalnum()])
def test_each_letter_changed_in_a_quoted_passage_fails_at_pin_and_quotation(
    root: Path, at: int
) -> None:
    harbour.change(root, QUOTED, f"{QUOTED[:at]}x{QUOTED[at + 1 :]}")
    problems = check(["ports"], root)
    places = {(p.place.path, p.place.line) for p in problems if p.severity == "error"}
    quote = harbour.line_of(root, "briefings/ports/events.yaml", QUOTED)
    assert {PIN_LINE, ("briefings/ports/events.yaml", quote)} <= places


def test_a_seed_that_is_no_text_any_more_has_lost_everything(root: Path) -> None:
    (root / "seeds/post.txt").write_bytes(b"\xff\xfe\x00")
    assert "3 of 3 quotations no longer stand" in at_pin(check(BRIEFINGS, root))


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
    assert fates(post_drift(root)) == {SIGNED: UNMOVED, BINDS: ALTERED, BEGIN: UNMOVED}


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

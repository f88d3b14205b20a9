"""A changed seed is a problem at its pin, with what it does to the evidence."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

import harbour
from checking import check
from sourcebrief.build.changed_pins import drifts
from sourcebrief.build.checks import read_corpus
from sourcebrief.evidence.drift import Drift
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path

    from sourcebrief.errors import Problem
    from sourcebrief.evidence.changed_seeds import SeedDrift

UNMOVED, MOVED, ALTERED, GONE = Drift
BRIEFINGS = ("coast", "ports")
PIN_LINE = ("seeds/seeds.yaml", 11)
QUOTED = "signed a pact on patrols on 3 May 2021"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return harbour.workspace(tmp_path)


def commit(root: Path) -> None:
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "The corpus")


def git(root: Path, *words: str) -> None:
    identity = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org"]
    subprocess.run(["git", "-C", str(root), *identity, *words], check=True, capture_output=True)


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def post_drift(root: Path) -> SeedDrift:
    (found,) = drifts(read_corpus(Inputs(root)), {"post-2021": "post.txt"})
    return found


def fates(found: SeedDrift) -> dict[str, Drift | None]:
    return {one.event: one.drift for one in found.quotations}


def at_pin(problems: list[Problem]) -> str:
    (problem,) = [p for p in problems if (p.place.path, p.place.line) == PIN_LINE]
    return problem.message


def test_what_is_as_pinned_is_no_problem(root: Path) -> None:
    assert [p for p in check(BRIEFINGS, root) if p.severity == "error"] == []


@needs_git
def test_the_message_is_one_line_with_the_consequence_and_the_way_out(root: Path) -> None:
    commit(root)
    harbour.change(root, "legally", "illegally")
    assert at_pin(check(["coast"], root)) == (  # told for ports too, though not asked about
        "post.txt has changed since it was pinned: of 3 quotations 1 unmoved, "
        "1 moved (patrols-begin) and 1 altered (pact-binds); to be read again: judgement 1 and "
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

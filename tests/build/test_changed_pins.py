"""A changed seed is a problem at its pin, with what it does to the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import harbour
from changed_post import (
    BRIEFINGS,
    PIN_LINE,
    at_pin,
    fates,
    post_drift,
)
from checking import check
from repositories import commit, needs_git

if TYPE_CHECKING:
    from pathlib import Path


QUOTED = "signed a pact on patrols on 3 May 2021"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return harbour.workspace(tmp_path)


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

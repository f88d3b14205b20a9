"""The proof of a record: the origins and letters of its sources, and how quotations are sought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import harbour
from checking import check
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path

    from sourcebrief.evidence.proof import Proof

CATALOGUE, EVENTS = "seeds/seeds.yaml", "briefings/ports/events.yaml"
MINISTRY = "publisher: Ministry of the Sea"
FLOW = "issued_basis: stated}"


def proof(root: Path) -> Proof:
    corpus = read_corpus(Inputs(root))
    composition = check_briefing("ports", corpus).composition
    assert composition is not None
    return composition.proof


def messages(root: Path, severity: str) -> list[str]:
    return [p.message for p in check(["ports"], root) if p.severity == severity]


def grade(root: Path, post: str | None = None, ministry: str | None = None) -> None:
    if post:
        line = f"reliability: {{grade: {post}, why: Known}}"
        harbour.change(root, "      ignore: [1]", f"      ignore: [1]\n      {line}", CATALOGUE)
    if ministry:
        flow = f"issued_basis: stated, reliability: {{grade: {ministry}, why: Known}}}}"
        harbour.change(root, FLOW, flow, CATALOGUE)


@pytest.mark.parametrize(
    ("old", "new", "origins"),
    [
        ("", "", {"Harbour Post", "Ministry of the Sea"}),
        (FLOW, "issued_basis: stated, derived_from: post-2021}", {"Harbour Post"}),
        (FLOW, "issued_basis: stated, origin: Harbour Post}", {"Harbour Post"}),
        (MINISTRY, "publisher: Harbour Post", {"Harbour Post"}),
        (FLOW, "issued_basis: stated, derived_from: gazette-2021}", {"Harbour Post", "Gazette"}),
    ],
    ids=["two", "a translation", "a named origin", "one house", "a reprint of a reference"],
)
def test_one_origin_counts_once(root: Path, old: str, new: str, origins: set[str]) -> None:
    harbour.change(root, old, new, CATALOGUE)
    assert proof(root).origins("pact-signed") == origins
    assert proof(root).origins("pact-binds") == {"Harbour Post"}


def test_a_seed_has_the_letter_of_its_entry(root: Path) -> None:
    assert proof(root).grade("post-2021") is None
    grade(root, "C")
    assert proof(root).grade("post-2021") == "C"


@pytest.mark.parametrize(("event", "allowed"), [("pact-signed", True), ("pact-binds", False)])
def test_credibility_1_needs_two_origins(root: Path, event: str, allowed: bool) -> None:
    harbour.change(root, f"- id: {event}\n", f"- id: {event}\n    credibility: 1\n", EVENTS)
    found = [m for m in messages(root, "error") if m.startswith("credibility 1")]
    assert (found == []) == allowed


def test_a_wrong_date_hides_no_wrong_quotation_of_its_event(root: Path) -> None:
    harbour.change(root, "date: 2021-05-03", "date: 3 May 2021", EVENTS)
    harbour.change(root, "quote: signed a pact", "quote: broke a pact", EVENTS)
    found = "\n".join(messages(root, "error"))
    assert "a date stands in figures; write 2021-05-03" in found
    assert "the quotation does not stand in post-2021" in found


@pytest.mark.parametrize(("date", "hides"), [("2021-05-03", True), ("2021-05-04", False)])
def test_a_wrong_quotation_hides_no_date_that_it_does_not_state(
    root: Path, date: str, hides: bool
) -> None:
    harbour.change(root, "date: 2021-05-03", f"date: {date}", EVENTS)
    harbour.change(root, "quote: signed a pact", "quote: broke a pact", EVENTS)
    found = messages(root, "error")
    assert any("the quotation does not stand in post-2021" in message for message in found)
    assert any("is given as stated" in message for message in found) != hides


@pytest.mark.parametrize(
    ("date", "said"),
    [
        (
            "2021-05-04",
            "no quotation states it, though post-2021, ¶ 2, “Published on 4 May 2021” d",
        ),
        ("2021-05-04/2021-05-06", "no quotation states it; the nearest date is in post-2021, ¶ 2"),
    ],
)
def test_a_date_that_no_quotation_states_is_looked_for_in_its_documents(
    root: Path, date: str, said: str
) -> None:
    harbour.change(root, "date: 2021-05-03", f"date: {date}", EVENTS)
    assert any(said in message for message in messages(root, "error"))

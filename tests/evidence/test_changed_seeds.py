"""Pins: a changed seed is named with what it does to the evidence, and `pin` accepts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import harbour
from changed_post import (
    ALTERED,
    BEGIN,
    BINDS,
    BRIEFINGS,
    GONE,
    MOVED,
    SIGNED,
    UNMOVED,
    at_pin,
    fates,
    post_drift,
)
from checking import check
from repositories import commit, needs_git
from sourcebrief.build.changed_pins import drifts
from sourcebrief.build.checks import read_corpus
from sourcebrief.evidence.drift import Drift, drift
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, locate
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path

    from sourcebrief.evidence.changed_seeds import SeedDrift


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return harbour.workspace(tmp_path)


def to_read_again(found: SeedDrift) -> set[str]:
    return {f"{one.name} of {one.briefing}" for one in found.statements}


# What is done to the seed, what becomes of each quotation, what no longer stands, and which
# statements have to be read again.
LAST = "Patrols begin in June, the ministry said."
CASES = {
    "words at the end": (
        (LAST, f"{LAST} It rained."),
        {SIGNED: UNMOVED, BINDS: UNMOVED, BEGIN: UNMOVED},
        set(),
        {"gap 1 of ports"},
    ),
    "a paragraph before all": (
        ("Published on", "By our reporter\n\nPublished on"),
        {SIGNED: MOVED, BINDS: MOVED, BEGIN: MOVED},
        set(),
        {"gap 1 of ports"},  # it cites ¶ 5, which is another one now
    ),
    "a word turned into its opposite": (
        ("legally", "illegally"),
        {SIGNED: UNMOVED, BINDS: ALTERED, BEGIN: MOVED},
        {BINDS},
        {"judgement 1 of ports", "summary of port of ports"},
    ),
    "a figure of equal length": (
        ("3 May 2021", "8 May 2021"),
        {SIGNED: ALTERED, BINDS: UNMOVED, BEGIN: UNMOVED},
        {SIGNED},
        {"bottom line of coast", "bottom line of ports", "summary of port of ports"},
    ),
    "a passage taken out": (
        (LAST, "Zzz."),
        {SIGNED: UNMOVED, BINDS: UNMOVED, BEGIN: GONE},
        {BEGIN},
        {"section “Next” of ports", "gap 1 of ports"},
    ),
    "words that stand a second time": (
        (LAST, f"{LAST}\n\nPatrols begin in June, it said again."),
        {SIGNED: UNMOVED, BINDS: UNMOVED, BEGIN: UNMOVED},
        {BEGIN},
        {"section “Next” of ports"},
    ),
    "typography alone": (
        ("both sides", "both\n  sides"),
        {SIGNED: UNMOVED, BINDS: MOVED, BEGIN: MOVED},
        set(),
        set(),
    ),
}


@needs_git
@pytest.mark.parametrize(("edit", "expected", "lost", "again"), CASES.values(), ids=list(CASES))
def test_drift_names_exactly_the_expected_set(
    root: Path,
    edit: tuple[str, str],
    expected: dict[str, Drift],
    lost: set[str],
    again: set[str],
) -> None:
    commit(root)
    harbour.change(root, *edit)
    found = post_drift(root)
    assert fates(found) == expected
    assert {one.event for one in found.quotations if not one.stands} == lost
    assert to_read_again(found) == again
    problems = check(BRIEFINGS, root)
    quotes = {p.place.line for p in problems if p.place.path.endswith("events.yaml")}
    words = {SIGNED: "3 May", BINDS: "legally", BEGIN: "in June"}
    path = "briefings/ports/events.yaml"
    for event, near in words.items():
        assert (harbour.line_of(root, path, f"quote: {quote_with(near)}") in quotes) == (
            event in lost
        )
    assert "has changed since it was pinned" in at_pin(problems)


def quote_with(words: str) -> str:
    return next(
        line.split("quote: ")[1]
        for line in harbour.EVENTS.splitlines()
        if "quote: " in line and words in line
    )


SENTENCES = (
    "Quick brown foxes jump over lazy dogs",
    "Tax revenue fell by nine per cent",
    "My hovercraft is full of eels",
    "Uranium was shipped via Zanzibar",
    "The choir sang hymns until midnight",
    "Bankers hoard gold, economists protest",
)
FATES = st.sampled_from(["kept", "altered", "gone"])


@given(st.lists(FATES, min_size=6, max_size=6), st.integers(0, 6))
def test_drift_of_any_mixture_is_what_was_done(done: list[str], added: int) -> None:
    """Paragraphs kept, altered by one letter or taken out, and one put in somewhere."""
    before = read_seed("\n\n".join(SENTENCES))
    after, expected, at, was = [], {}, 0, 0
    for number, (sentence, fate) in enumerate(zip(SENTENCES, done, strict=True)):
        if number == added:
            after.append("0 1 2")
            at += len("0 1 2") + 2
        if fate != "gone":
            after.append(sentence if fate == "kept" else sentence.replace("e", "ë", 1))
        kept = UNMOVED if at == was else MOVED
        expected[sentence] = {"kept": kept, "altered": ALTERED, "gone": GONE}[fate]
        at += 0 if fate == "gone" else len(sentence) + 2
        was += len(sentence) + 2
    now = read_seed("\n\n".join(after))
    for sentence, fate_expected in expected.items():
        found = locate(sentence, before)
        assert isinstance(found, LocatedQuotation)
        assert drift(found.pieces[0], now).drift is fate_expected


def test_unchanged_seeds_are_not_folded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody quotes costs its reading and hashing, even where another seed has changed."""
    harbour.change(root, "welcomes the pact on patrols", "welcomes it", "seeds/ministry.txt")
    harbour.change(root, "quote: welcomes the pact on patrols", "quote: patrols that the port",
                   "briefings/ports/events.yaml")  # fmt: skip
    corpus = read_corpus(Inputs(root))
    list(drifts(corpus, {"ministry-2021": "ministry.txt"}))
    assert "folded" not in vars(corpus.seeds["post-2021"])

"""What authored texts claim, held against the evidence that they cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import harbour
from checking import check

if TYPE_CHECKING:
    from pathlib import Path


CATALOGUE, EVENTS = "seeds/seeds.yaml", "briefings/ports/events.yaml"

BRIEF = "briefings/ports/brief.yaml"


FLOW = "issued_basis: stated}"


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
    ("cited", "warned"),
    [
        ("@pact-binds", True),  # one origin
        ("@pact-signed", False),
        ("@pact-binds; @patrols-begin", True),  # two events of one origin
        ("@pact-binds; @pact-signed", False),  # taken together
        ("@pact-binds; @gazette-2021", True),  # references do not count
        ("@post-2021; @ministry-2021", True),  # nor do seeds: a judgement rests on events
    ],
)
def test_high_confidence_needs_two_origins(root: Path, cited: str, warned: bool) -> None:
    harbour.change(root, "that the pact binds. [@pact-binds]", f"so. [{cited}]", BRIEF)
    harbour.change(root, "confidence: low", "confidence: high", BRIEF)
    found = [m for m in messages(root, "warning") if m.startswith("high confidence rests on ")]
    assert bool(found) == warned


@pytest.mark.parametrize(
    ("post", "ministry", "warned"),
    [("D", "E", True), ("D", "B", False), ("D", None, False), (None, None, False)],
)
def test_high_confidence_needs_a_source_better_than_d(
    root: Path, post: str | None, ministry: str | None, warned: bool
) -> None:
    grade(root, post, ministry)
    harbour.change(root, "that the pact binds. [@pact-binds]", "so. [@pact-signed]", BRIEF)
    harbour.change(root, "confidence: low", "confidence: high", BRIEF)
    found = [m for m in messages(root, "warning") if "only on sources graded" in m]
    assert bool(found) == warned


@pytest.mark.parametrize(
    ("summary", "warned"),
    [
        ("The two sides signed a pact on 3 May.", False),  # the evidence says so, with the year
        ("The two sides signed a pact on 5 May.", True),
        ("The two sides signed a pact on July 13.", True),
        ("The two sides signed a pact on July 13. [@post-2021]", False),  # may say "on Sunday"
    ],
)
def test_a_day_without_its_year_is_looked_for(root: Path, summary: str, warned: bool) -> None:
    harbour.change(root, "The two sides signed a pact.", summary, EVENTS)
    found = [m for m in messages(root, "warning") if "is the day of no cited event" in m]
    assert bool(found) == warned


@pytest.mark.parametrize(
    ("quote", "warned"),
    [
        ("signed a pact with 12 ships on patrols on 3 May 2021", False),
        ("the coast guard signed a pact [with 12 ships] on patrols on 3 May 2021", True),
    ],
)
def test_no_number_rests_on_brackets(root: Path, quote: str, warned: bool) -> None:
    harbour.change(root, "signed a pact on", "signed a pact with 12 ships on")
    harbour.change(root, "quote: signed a pact on patrols on 3 May 2021", f"quote: {quote}", EVENTS)
    harbour.change(root, "The two sides signed a pact.", "They signed, with 12 ships.", EVENTS)
    found = [m for m in messages(root, "warning") if "carries the number 12" in m]
    assert bool(found) == warned


@pytest.mark.parametrize(("as_of", "warned"), [("2021-05-06", False), ("2021-05-05", True)])
def test_a_quoted_seed_is_not_dated_after_the_brief(root: Path, as_of: str, warned: bool) -> None:
    harbour.change(root, "as_of: 2021-06-01", f"as_of: {as_of}", BRIEF)
    found = [m for m in messages(root, "warning") if "after the brief's as_of" in m]
    assert len(found) == warned
    assert all("'ministry-2021' is dated 2021-05-06" in message for message in found)


@pytest.mark.parametrize(
    ("whole", "part", "warned"),
    [
        ("2021-05-03", "2021-05-04", True),
        ("2021-05-03/2021-05-05", "2021-05-04", False),
        ("2021-05-03/..", "2021-05-04", False),
        ("2021-05-03", "2021-05", False),
        ("2021-05-03", "2021-05-04?", False),
    ],
)
def test_a_part_falls_in_the_time_of_its_whole(
    root: Path, whole: str, part: str, warned: bool
) -> None:
    inferred = "basis: inferred, note: Known.}"
    harbour.change(root, "date: 2021-05-03", f"date: {{value: {whole}, {inferred}", EVENTS)
    later = "date: {value: 2021-05-04, basis: inferred, note: The day of the report.}"
    harbour.change(
        root, later, f"date: {{value: '{part}', {inferred}\n    part_of: pact-signed", EVENTS
    )
    found = [m for m in messages(root, "warning") if "lies outside 'pact-signed'" in m]
    assert len(found) == warned


def test_a_citation_needs_brackets(root: Path) -> None:
    harbour.change(
        root, "that the pact binds. [@pact-binds]", "so (@pact-binds). [@pact-binds]", BRIEF
    )
    assert messages(root, "error") == ["'@pact-binds' cites nothing yet; write [@pact-binds]"]
    harbour.change(root, "so (@pact-binds).", "so, as @someone writes.", BRIEF)
    assert messages(root, "error") == []


def test_an_actor_is_not_cited(root: Path) -> None:
    harbour.change(root, "The pact is signed. [@pact-signed]", "It is signed. [@guard]", BRIEF)
    assert messages(root, "error") == ["[@guard] is an actor; cite an event or a catalogue entry"]


def test_a_comma_in_braces_and_a_full_stop_after_an_elision_are_named(root: Path) -> None:
    harbour.change(root, "{name: Coast Guard}", "{name: Coast Guard, The Office}", EVENTS)
    harbour.change(
        root, "quote: Patrols begin in June", 'quote: "Patrols begin in June [...]."', EVENTS
    )
    comma, stop = messages(root, "error")
    assert comma.startswith("unknown key 'The Office'; a comma parts keys within { }")
    assert stop.endswith("leave it out beside [...]")

"""Evidence and events are added as small edits: all else stays as it was written."""

from __future__ import annotations

import pytest

from sourcebrief.desk.event_edits import (
    with_actor,
    with_event,
    with_evidence,
)
from sourcebrief.errors import InvalidInput, SourcebriefError
from sourcebrief.workspace.yaml_places import load

ITEM = {"seed": "wire", "quote": 'He said: "no"', "paragraph": 3}
WRITTEN = """\
# Who and what.
events:
  - id: pact   # the first
    title: 'A pact'
    evidence:
    - seed: gazette
      quote: >-
        Both sides
        signed
  # the second
  - {id: offer, title: An offer, evidence: [{seed: wire, quote: x y}]}
  - id: bare
    title: Bare
"""


def test_evidence_goes_to_the_end_of_the_events_list() -> None:
    after = with_evidence(WRITTEN.encode(), "e.yaml", "pact", ITEM).decode()
    added = '    - seed: wire\n      quote: "He said: \\"no\\""\n      paragraph: 3\n'
    assert after == WRITTEN.replace("        signed\n", f"        signed\n{added}")


def test_a_list_in_brackets_and_an_event_without_evidence_take_it_too() -> None:
    for event in ("offer", "bare"):
        after = with_evidence(WRITTEN.encode(), "e.yaml", event, ITEM)
        events = load(after, "e.yaml").get("events")
        assert isinstance(events, list)
        [one] = [one for one in events if isinstance(one, dict) and one["id"] == event]
        assert isinstance(one, dict)
        assert one["evidence"][-1] == {"seed": "wire", "quote": 'He said: "no"', "paragraph": "3"}  # type: ignore[index]


def test_an_event_goes_to_the_end_of_the_file() -> None:
    event = {"id": "new", "date": "2021-05-13", "title": "New", "actors": ["a"], "evidence": [ITEM]}
    after = with_event(WRITTEN.encode(), "e.yaml", event).decode()
    assert after.startswith(WRITTEN)
    assert "  - id: new\n    date: 2021-05-13\n    title: New\n" in after


@pytest.mark.parametrize(
    "text", ["actors: {}\n", "actors: {}\nevents: []\n", "actors: {}\nevents:\n"]
)
def test_the_first_event_of_a_file(text: str) -> None:
    after = with_event(text.encode(), "e.yaml", {"id": "new", "title": "New"})
    assert load(after, "e.yaml").get("events") == [{"id": "new", "title": "New"}]


def test_what_cannot_be_edited_says_what_to_do() -> None:
    with pytest.raises(SourcebriefError, match="has no event 'gone' now; choose another"):
        with_evidence(WRITTEN.encode(), "e.yaml", "gone", ITEM)
    shared = "events:\n  - id: a\n    evidence: &e\n      - x\n  - id: b\n    evidence: *e\n"
    with pytest.raises(SourcebriefError, match="copy the YAML and paste it yourself"):
        with_evidence(shared.encode(), "e.yaml", "b", ITEM)
    with pytest.raises(SourcebriefError, match="is not a mapping"):
        with_event(b"- a\n", "e.yaml", ITEM)
    with pytest.raises(InvalidInput):
        with_event(b"events: [\n", "e.yaml", ITEM)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "actors:\n  a: {name: A}  # one\nevents: []\n",
            "actors:\n  a: {name: A}  # one\n  b:\n    name: B\nevents: []\n",
        ),
        ("actors: {a: {name: A}}\n", "actors: {a: {name: A}, b: {name: B}}\n"),
        ("events: []\n", "events: []\nactors:\n  b:\n    name: B\n"),
    ],
)
def test_an_actor_goes_to_the_end_of_the_actors(text: str, after: str) -> None:
    assert with_actor(text.encode(), "e.yaml", "b", "B").decode() == after

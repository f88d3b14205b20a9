"""The changes of an edition as text, Markdown and JSON."""

from __future__ import annotations

import json

import pytest

from sourcebrief.verification.change_report import change_report
from sourcebrief.verification.changes import Change, EditionChanges, Field, Side

BEFORE = Side("a" * 12, "Harbours", "1.0", "2021-07-01")
AFTER = Side("b" * 12, "Harbours", "1.1", "2021-08-01")
FOUND = EditionChanges(
    "harbours",
    BEFORE,
    AFTER,
    (
        Change("brief", "altered", "harbours", "Harbours", (Field("version", "1.0", "1.1"),)),
        Change(
            "judgement", "altered", "", "We judge it so.", (Field("confidence", "low", "high"),)
        ),
        Change("event", "altered", "visit", "A visit", (Field("place", None, "*Quay*"),)),
        Change("event", "removed", "strike", "A strike"),
        Change("gap", "removed", "", "Who came."),
    ),
)
TEXT = """\
Harbours
From edition aaaaaaaaaaaa (version 1.0, as of 2021-07-01) to edition bbbbbbbbbbbb (version 1.1, \
as of 2021-08-01)

The brief
  - version: from “1.0” to “1.1”

Judgements changed
  - We judge it so.
      confidence: moved from low to high

Events changed
  - A visit
      place: “*Quay*”, where there was none

Events removed
  - A strike

Gaps closed
  - Who came."""


def test_the_text_has_a_heading_for_each_kind_of_change() -> None:
    assert change_report([FOUND], "text") == TEXT


def test_markdown_escapes_what_it_would_format() -> None:
    markdown = change_report([FOUND], "markdown")
    assert markdown.startswith("## Harbours\nFrom edition ")
    assert "\n### Events removed\n\n- A strike\n" in markdown
    assert "  - place: “\\*Quay\\*”" in markdown


def test_json_lists_each_briefing_with_its_changes() -> None:
    (data,) = json.loads(change_report([FOUND], "json"))
    assert data["before"]["edition"] == "a" * 12
    assert [change["subject"] for change in data["changes"]] == [
        "brief", "judgement", "event", "event", "gap",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (BEFORE, "Edition aaaaaaaaaaaa: nothing changed."),
        (AFTER, "Nothing that the brief says changed; only the way it is printed."),
    ],
)
def test_without_a_change_it_says_so(after: Side, said: str) -> None:
    report = change_report([EditionChanges("harbours", BEFORE, after, ())], "text")
    assert report.splitlines()[-1] == said

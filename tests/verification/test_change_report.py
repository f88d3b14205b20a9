"""Changes as a report (text, Markdown, JSON), and the summary in the document's language."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from sourcebrief.brief.labels import Labels, labels
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.verification.change_report import OF_BRIEF, change_report, changes_summary
from sourcebrief.verification.changes import (
    BRIEF_KEYS,
    Change,
    EditionChanges,
    Field,
    Side,
    compare,
)
from sourcebrief.workspace.read_files import Inputs

ROOT = Path(__file__).resolve().parents[2]
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
      place: added “*Quay*”

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
    assert "  - place: added “\\*Quay\\*”" in markdown


def test_of_a_long_text_what_differs_is_shown_with_the_words_around_it() -> None:
    was = " ".join(f"a{n}" for n in range(20))
    change = Change("event", "altered", "x", "X", (Field("summary", was, was.replace("a9", "b")),))
    report = change_report([EditionChanges("h", BEFORE, AFTER, (change,))], "text")
    around = "… a3 a4 a5 a6 a7 a8 {} a10 a11 a12 a13 a14 a15 …"
    assert f"from “{around.format('a9')}” to “{around.format('b')}”" in report


def test_marks_within_marks_are_single_ones() -> None:
    was, now = ("“The pact holds” (Gazette, ¶ 3)", "“The pact held” (Gazette, ¶ 3)")
    change = Change("event", "altered", "x", "X", (Field("evidence", was, now),))
    text = change_report([EditionChanges("h", BEFORE, AFTER, (change,))], "text")
    assert "evidence: from “‘The pact holds’ (Gazette, ¶ 3)” to “‘The pact held’" in text


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


# ------------------------------------------------------ the summary at the head of a document


def _labels(language: str) -> Labels:
    return labels(language, TemplateFolders(Inputs(Path("/nowhere")), packaged_folder()))


def _found(*changes: Change) -> EditionChanges:
    before = Side("aaaaaaaaaaaa", "Harbours", "1.0", "2021-07-01")
    return EditionChanges("harbours", before, Side("", "Harbours", "1.1", "2021-08-01"), changes)


CASES = {
    "an event added": (
        Change("event", "added", "visit", "3 May 2021: A visit"),
        ["Events added: 3 May 2021: A visit"],
    ),
    "a judgement that only moved": (
        Change(
            "judgement", "altered", "", "We judge it so.", (Field("confidence", "low", "high"),)
        ),
        ["Confidence of a judgement from “Low” to “High”: We judge it so."],
    ),
    "a judgement that moved and was reworded": (
        Change(
            "judgement",
            "altered",
            "",
            "We judge it so.",
            (Field("confidence", "low", "high"), Field("text", "It is so.", "We judge it so.")),
        ),
        [
            "Confidence of a judgement from “Low” to “High”: We judge it so.",
            "Judgements reworded: We judge it so.",
        ],
    ),
    "the brief's own fields": (
        Change("brief", "altered", "harbours", "Harbours", (Field("title", "Ports", "Harbours"),)),
        ["Of the brief itself: title"],
    ),
}


@pytest.mark.parametrize(("change", "lines"), CASES.values(), ids=CASES)
def test_a_change_is_a_line(change: Change, lines: list[str]) -> None:
    summary = changes_summary(_found(change), _labels("en-GB"))
    assert summary["since"] == "1 July 2021 (aaaaaaaaaaaa)"
    assert summary["lines"] == lines


def test_without_a_change_the_box_says_so() -> None:
    summary = changes_summary(_found(), _labels("en-GB"))
    assert summary["lines"] == ["Nothing that the brief says has changed."]


def test_the_box_speaks_the_language_of_the_document() -> None:
    removed = Change("source", "removed", "gaceta", "La Gaceta")
    summary = changes_summary(_found(removed), _labels("es"))
    assert summary["since"] == "1 de julio de 2021 (aaaaaaaaaaaa)"
    assert summary["lines"] == ["Fuentes suprimidas: La Gaceta"]


def test_a_long_statement_is_named_by_its_first_words() -> None:
    gap = Change("gap", "added", "", " ".join(["word"] * 20))
    (line,) = changes_summary(_found(gap), _labels("en-GB"))["lines"]
    assert line == "Gaps added: " + " ".join(["word"] * 12) + " …"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en-GB", "Of the brief itself: date of the record; marking; bottom line"),
        ("es", "Del propio informe: fecha de corte; marca de difusión; síntesis"),
        ("fr", "De la note elle-même\u00a0: date de situation\u00a0; mention de diffusion\u00a0; "
               "l’essentiel"),
        ("de", "Am Policy Brief selbst: Stand; Kennzeichnung; Kernaussage"),
    ],
)  # fmt: skip
def test_what_changed_of_the_brief_is_named_in_its_language(language: str, line: str) -> None:
    fields = tuple(Field(name, "a", "b") for name in ("as of", "marking", "bottom line"))
    change = Change("brief", "altered", "harbours", "Harbours", fields)
    templates = TemplateFolders(Inputs(ROOT), packaged_folder())
    found = EditionChanges("harbours", BEFORE, AFTER, (change,))
    assert changes_summary(found, labels(language, templates))["lines"] == [line]


def test_every_field_of_a_brief_has_a_name_in_labels() -> None:
    keys = {
        **dict.fromkeys(BRIEF_KEYS, "x"),
        "bottom_line": {"paragraphs": [{"words": "x", "cites": [{"id": "x"}]}]},
    }
    manifest: Any = {"briefing": "b", "brief": {**keys, "judgements": [], "actors": [], "gaps": [],
                     "sections": []}, "actors": [], "events": [], "sources": []}  # fmt: skip
    other = copy.deepcopy(manifest)
    for key in BRIEF_KEYS:
        other["brief"][key] = "y"
    other["brief"]["bottom_line"] = {"paragraphs": [{"words": "y", "cites": [{"id": "y"}]}]}
    found = compare(manifest, other, before_edition="a" * 12, after_edition="b" * 12)
    (change,) = found.changes
    assert {field.name for field in change.fields} == OF_BRIEF.keys()

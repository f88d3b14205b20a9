"""The summary of changes at the head of a document, in the document's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from sourcebrief.brief.labels import Labels, labels
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.verification.changes import Change, EditionChanges, Field, Side
from sourcebrief.verification.changes_summary import changes_summary
from sourcebrief.workspace.read_files import Inputs


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
        ["Confidence of a judgement from “Low confidence” to “High confidence”: We judge it so."],
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
            "Confidence of a judgement from “Low confidence” to “High confidence”: We judge it so.",
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
    assert summary.since == "1 July 2021 (aaaaaaaaaaaa)"
    assert [line.text for line in summary.lines] == lines


def test_without_a_change_the_box_says_so() -> None:
    summary = changes_summary(_found(), _labels("en-GB"))
    assert [line.text for line in summary.lines] == ["Nothing that the brief says has changed."]


def test_the_box_speaks_the_language_of_the_document() -> None:
    removed = Change("source", "removed", "gaceta", "La Gaceta")
    summary = changes_summary(_found(removed), _labels("es"))
    assert summary.since == "1 de julio de 2021 (aaaaaaaaaaaa)"
    assert [line.text for line in summary.lines] == ["Fuentes suprimidas: La Gaceta"]


def test_a_long_statement_is_named_by_its_first_words() -> None:
    gap = Change("gap", "added", "", " ".join(["word"] * 20))
    (line,) = changes_summary(_found(gap), _labels("en-GB")).lines
    assert line.text == "Gaps added: " + " ".join(["word"] * 12) + " …"

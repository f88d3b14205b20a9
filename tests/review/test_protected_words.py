"""Numbers, dates and quoted words stay, and the message says what the source has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviewed_port import manifest
from sourcebrief.review.addresses import AuthoredPlace
from sourcebrief.review.compare_paragraphs import Run, WordChange
from sourcebrief.review.protected_words import caution, why_protected
from sourcebrief.review.word_text import UNTRACKED

if TYPE_CHECKING:
    from conftest import Workspace

SAID = "On 12 May 2021 they said “we share radar pictures”. Two scanners came. All is well."


def why(workspace: Workspace, old: str, new: str, *, at: int | None = None) -> str:
    place = AuthoredPlace(f"{SAID} [@pact; @offer]")
    start = SAID.index(old) if at is None else at
    runs = (Run(new, frozenset()),) if new else ()
    change = WordChange(start, start + len(old), old, runs, UNTRACKED)
    return why_protected(manifest(workspace), place, SAID, change) or ""


@pytest.mark.parametrize(
    ("old", "new"),
    [("12", "13"), ("2021", "2022"), ("1", "7"), ("12 May", "May"), ("May", "June"), ("Two", "3")],
)
def test_numbers_and_dates_stay(workspace: Workspace, old: str, new: str) -> None:
    assert "rests on evidence" in why(workspace, old, new)


def test_the_message_shows_what_the_source_has(workspace: Workspace) -> None:
    assert why(workspace, "12", "13") == (
        "12 rests on evidence; Gazette, ¶ 3, has “met the Director of the Coast Office, "
        "Tom Hale, on 12 May 2021 in Port Almera”"
    )
    assert why(workspace, "2021", "2022").startswith("2021 rests on evidence; ")


@pytest.mark.parametrize(("old", "new"), [("radar", "sonar"), ("", "all "), ("“we", "“They")])
def test_quoted_words_stay(workspace: Workspace, old: str, new: str) -> None:
    at = SAID.index("share") if not old else None
    assert "it changes quoted words" in why(workspace, old, new, at=at)


@pytest.mark.parametrize(
    ("old", "new"),
    [("said", "told us"), ("On 12 May", "Then, on 12 May"), ("Two scanners came. ", ""), ("", "x")],
)
def test_other_words_and_whole_sentences_may_go(workspace: Workspace, old: str, new: str) -> None:
    assert why(workspace, old, new) == ""


def test_the_message_shows_the_translation_that_was_quoted(workspace: Workspace) -> None:
    found = manifest(workspace)
    found["events"][0]["evidence"][0]["translation"] = {"text": "we share radar pictures"}
    place = AuthoredPlace(f"{SAID} [@pact]")
    start = SAID.index("radar")
    change = WordChange(start, start + 5, "radar", (Run("sonar", frozenset()),), UNTRACKED)
    assert why_protected(found, place, SAID, change) == (
        "it changes quoted words; the translation of Gazette, ¶ 3, has “we share radar pictures”"
    )


def test_the_message_shows_the_paragraph_that_was_cited(workspace: Workspace) -> None:
    place = AuthoredPlace(f"{SAID} [@gazette-2021, ¶ 3]")
    start = SAID.index("radar")
    change = WordChange(start, start + 5, "radar", (), UNTRACKED)
    assert why_protected(manifest(workspace), place, SAID, change) == (
        "it changes quoted words; “we share radar pictures” stands in Gazette, ¶ 3"
    )


@pytest.mark.parametrize(
    ("said", "old", "new", "expected"),
    [
        ("It approved the pact.", "approved", "did not approve", "it puts in “not”, which turns"),
        ("It never came.", "never ", "", "it takes out “never”, which turns the sense"),
        ("They can pay.", "can", "cannot", "it puts in “cannot”, which turns the sense"),
        ("It will likely grow.", "likely", "very likely", "it changes how likely this is"),
        ("From 2018 to 2023", "2023", "2022", "it changes 2023"),
        ("It did not come.", "not", "never", ""),
        ("It came. It did not pay.", "It did not pay.", "", ""),
        ("It came.", "came", "arrived", ""),
    ],
)
def test_what_turns_the_sense_is_to_be_read(said: str, old: str, new: str, expected: str) -> None:
    runs = (Run(new, frozenset()),) if new else ()
    change = WordChange(said.index(old), said.index(old) + len(old), old, runs, UNTRACKED)
    found = caution("en-GB", said, change)
    assert found.startswith(expected)
    assert bool(found) == bool(expected)

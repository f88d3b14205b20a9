"""A redline is made of an earlier edition and the workspace as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviewed_port import BRIEF, EVENTS, document, enriched
from sourcebrief.build.redlines import redline_since
from sourcebrief.errors import InvalidInput, SourcebriefError, UsageError
from tracked_changes import accepted, rejected, words

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace


def moved_on(workspace: Workspace) -> Path:
    """Keep the edition of today, and change the briefing in every kind of way."""
    earlier = workspace.root.parent / "earlier.docx"
    earlier.write_bytes(document(workspace))
    workspace.edit(BRIEF, "We judge that the pact holds.", "We judge that the pact may hold.")
    workspace.edit(BRIEF, "  - {heading: Of note, text: 'Trade isn''t named. [@pact]'}\n", "")
    workspace.edit(BRIEF, "gaps:\n", "gaps:\n  - Nobody asked about costs. [@pact]\n")
    offer = (workspace.root / EVENTS).read_text("utf-8").partition("  - id: offer\n")[2]
    third = offer.replace("promises scanners", "names a day").replace("said that it would", "will")
    text = (workspace.root / EVENTS).read_text("utf-8")
    workspace.write(EVENTS, f"{text}  - id: named\n{third}")
    return earlier


def test_it_holds_both_editions_word_for_word(workspace: Workspace) -> None:
    earlier = moved_on(enriched(workspace))
    name, made = redline_since(workspace.root, str(earlier), ["port"], named=True, epoch=None)
    assert name == "port"
    assert rejected(made) == words(earlier.read_bytes())
    assert accepted(made) == words(document(workspace))


def test_who_has_the_short_edition_gets_its_redline(workspace: Workspace) -> None:
    enriched(workspace).edit(BRIEF, "events:", "layouts: [full, short]\nevents:")
    workspace.edit(EVENTS, "  - id: pact\n", "  - id: pact\n    key: true\n")
    document(workspace)
    short = workspace.root / "briefings/port/port-short.docx"
    earlier = workspace.root.parent / "earlier-short.docx"
    earlier.write_bytes(short.read_bytes())
    workspace.edit(BRIEF, "We judge that the pact holds.", "We judge that the pact may hold.")
    _, made = redline_since(workspace.root, str(earlier), ["port"], named=True, epoch=None)
    document(workspace)
    assert rejected(made) == words(earlier.read_bytes())
    assert accepted(made) == words(short.read_bytes())


def test_what_cannot_be_compared_is_said(workspace: Workspace) -> None:
    earlier = workspace.root.parent / "earlier.docx"
    earlier.write_bytes(document(workspace))
    with pytest.raises(UsageError, match="neither a file nor a revision"):
        redline_since(workspace.root, "nothing", ["port"], named=True, epoch=None)
    workspace.edit(BRIEF, "language: en-GB", "language: xx")
    with pytest.raises(InvalidInput):
        redline_since(workspace.root, str(earlier), ["port"], named=True, epoch=None)


def test_an_edition_that_contradicts_itself_is_refused(workspace: Workspace) -> None:
    document(workspace)
    evidence = workspace.root / "briefings/port/port.evidence.json"
    forged = workspace.root.parent / "forged.json"
    forged.write_bytes(evidence.read_bytes().replace(b'"part_of":"interior"', b'"part_of":"none"'))
    with pytest.raises(SourcebriefError, match="cannot be made again here"):
        redline_since(workspace.root, str(forged), ["port"], named=True, epoch=None)

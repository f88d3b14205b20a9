"""The documents of a briefing are read together, and the YAML is written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviewed_port import BRIEF, enriched, review_of, sent
from sourcebrief.errors import InvalidInput, SourcebriefError
from sourcebrief.review.review_briefing import review_briefing, write_reviewed
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from conftest import Workspace


def test_a_file_that_is_no_review_does_not_hide_another(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    review.put_in("perhaps ", before="may send")
    good, bad = sent(workspace, review), workspace.root / "bad.docx"
    bad.write_bytes(b"PK\x03\x04 not a zip")
    found = review_briefing("port", Inputs(workspace.root), [bad, good], None)
    assert [one.remark.address for one in found.placed] == ["sections/1"]
    assert [fault.place.path for fault in found.faults] == [str(bad)]


def test_another_briefing_is_named(workspace: Workspace) -> None:
    path = sent(workspace, review_of(enriched(workspace)))
    found = review_briefing("coast", Inputs(workspace.root), [path], None)
    assert found.faults[0].message == "it is an edition of port, not of coast; name that briefing"


def test_a_brief_that_cannot_be_read_is_reported(workspace: Workspace) -> None:
    path = sent(workspace, review_of(enriched(workspace)))
    workspace.write(BRIEF, "title: [\n")
    with pytest.raises(InvalidInput):
        review_briefing("port", Inputs(workspace.root), [path], None)


def test_what_changed_meanwhile_is_not_written_over(workspace: Workspace) -> None:
    inputs = Inputs(workspace.root)
    before = inputs.read(BRIEF)
    workspace.edit(BRIEF, "Harbour desk", "Harbour office")
    with pytest.raises(SourcebriefError, match="changed meanwhile"):
        write_reviewed(inputs, {BRIEF: before + b"# x\n"})
    fresh = Inputs(workspace.root)
    write_reviewed(fresh, {BRIEF: fresh.read(BRIEF) + b"# x\n"})
    assert (workspace.root / BRIEF).read_bytes().endswith(b"# x\n")

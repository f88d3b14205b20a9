"""A brief as plain values, which travel to another process."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from sourcebrief.brief.manuscript import manuscript

if TYPE_CHECKING:
    from conftest import Workspace


def test_it_travels_as_bytes_and_arrives_equal(workspace: Workspace) -> None:
    sent = manuscript(workspace.composition())
    assert pickle.loads(pickle.dumps(sent)) == sent


def test_only_what_may_be_reprinted_travels_whole(workspace: Workspace) -> None:
    composition = workspace.composition()
    allowed = {
        entry.value.custom.file
        for entry in composition.library.entries.values()
        if entry.value.custom.embed == "full" and entry.value.custom.file
    }
    assert {reprint.file for reprint in manuscript(composition).reprints} <= allowed


def test_the_day_is_the_last_that_as_of_can_mean(workspace: Workspace) -> None:
    workspace.edit("briefings/port/brief.yaml", "as_of: 2021-06-01", "as_of: 2021-06")
    text = manuscript(workspace.composition())
    assert text.moment(None).date().isoformat() == "2021-06-30"
    assert text.moment(0).date().isoformat() == "1970-01-01"

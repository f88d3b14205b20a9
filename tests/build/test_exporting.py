"""A briefing as data, once its checks have passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.build.exporting import export, write_export
from sourcebrief.errors import UsageError

if TYPE_CHECKING:
    from conftest import Workspace

EVENTS = "briefings/port/events.yaml"


def test_an_export_is_written_whole(workspace: Workspace) -> None:
    exported = export("port", workspace.root, "csv")
    assert exported.data is not None
    path = workspace.root / "events.csv"
    write_export(exported, path, workspace.root)
    assert path.read_bytes() == exported.data
    assert b"Pact on container scanning signed" in exported.data


def test_a_briefing_with_errors_is_not_exported(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "date: 2021-05-12", "date: 2021-05-32")
    exported = export("port", workspace.root, "csv")
    assert exported.data is None
    assert any(problem.severity == "error" for problem in exported.problems)


def test_what_an_export_is_made_from_is_not_replaced(workspace: Workspace) -> None:
    exported = export("port", workspace.root, "csl-json")
    before = (workspace.root / EVENTS).read_bytes()
    with pytest.raises(UsageError, match="is what the export is made from"):
        write_export(exported, workspace.root / EVENTS, workspace.root)
    assert (workspace.root / EVENTS).read_bytes() == before

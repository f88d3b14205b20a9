"""`changes`: the earlier edition must be named and readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Workspace


def test_an_earlier_edition_is_named(workspace: Workspace) -> None:
    ran = workspace.run("changes")
    assert (ran.code, ran.err) == (
        2,
        "sourcebrief: --since is missing; see: sourcebrief changes --help\n",
    )


def test_an_edition_has_no_changes_since_itself(workspace: Workspace) -> None:
    assert workspace.run("build", "--format", "html").code == 0
    ran = workspace.run("changes", "--since", workspace.root / "briefings/port/port.evidence.json")
    assert (ran.code, ran.err) == (0, "")
    assert "no changes" in ran.out.lower() or "nothing" in ran.out.lower()

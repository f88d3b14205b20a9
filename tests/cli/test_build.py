"""`build`: what its options accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Workspace


def test_formats_are_made_in_one_order_and_each_once(workspace: Workspace) -> None:
    ran = workspace.run("build", "--format", "html, html")
    assert (ran.code, ran.err) == (0, "")
    assert [line.split()[0] for line in ran.out.splitlines()[1:]] == [
        "briefings/port/port.html",
        "briefings/port/port.evidence.json",
        "briefings/port/port.sha256",
    ]


def test_a_folder_that_links_to_itself_takes_no_documents(workspace: Workspace) -> None:
    loop = workspace.root / "loop"
    loop.symlink_to(loop)
    ran = workspace.run("build", "--output-dir", loop)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("sourcebrief: --output-dir ")

"""The mail of an edition: from the bytes that were built, while they are up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Workspace


def test_the_short_edition_goes_where_it_is_built(workspace: Workspace) -> None:
    workspace.edit("briefings/port/events.yaml", "  - id: pact", "  - id: pact\n    key: true")
    assert workspace.run("build").code == 0
    ran = workspace.run("email", "port", "--layout", "short")
    assert ran.code == 1
    assert "layouts has no short, which the mail carries; add it and build again" in ran.err
    workspace.edit(
        "briefings/port/brief.yaml", "language: en-GB", "language: en-GB\nlayouts: [full, short]"
    )
    assert workspace.run("build").code == 0
    ran = workspace.run("email", "port", "--layout", "short", "--docx")
    assert "with port-short.pdf and port-short.docx" in ran.out

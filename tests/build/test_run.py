"""A build from the command to its outputs; a fake stands in for the engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_engines import outputs

if TYPE_CHECKING:
    from conftest import Workspace
    from fake_engines import Engines

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


def test_a_build_writes_its_documents_and_says_what_and_where(
    workspace: Workspace, engines: Engines
) -> None:
    ran = workspace.run("build")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "port: built, edition 0123456789ab"
    assert lines[1].split("  ")[1] == "briefings/port/port.pdf"
    assert lines[1].endswith(" kB") or lines[1].endswith(" MB")
    assert "3 pages, " in lines[1]
    assert list(outputs(workspace)) == [
        "port.docx",
        "port.evidence.json",
        "port.html",
        "port.pdf",
    ]


def test_warnings_are_repeated_while_nothing_changes(
    workspace: Workspace, engines: Engines
) -> None:
    workspace.edit(BRIEF, "[events.yaml]", "[events.yaml]\nselect: {themes: [scanning]}")
    workspace.edit(BRIEF, "[@pact; @offer]", "[@pact]")
    workspace.edit(BRIEF, "signed the pact.", "signed 77 pacts.")
    first = workspace.run("build")
    again = workspace.run("build")
    assert "port: built" in first.out
    assert "port: unchanged" in again.out
    assert first.err == again.err
    assert "carries the number 77" in again.err
    assert "nothing selects the event 'offer'" in again.err
    assert (first.code, again.code, workspace.run("build", "--strict").code) == (0, 0, 1)

"""What is known at a moment, and who hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebrief.desk.session import PdfState, Session

if TYPE_CHECKING:
    from conftest import Workspace

BRIEF = "briefings/port/brief.yaml"


def test_a_summary_says_which_panes_changed(workspace: Workspace) -> None:
    session = Session(workspace.root, "port")
    session.refresh()
    assert session.moment is not None
    first = session.moment.summary(session.edits)
    assert (first["errors"], first["warnings"], first["stale"]) == (0, 0, False)
    workspace.edit(BRIEF, "Scanning in", "Scanners in")
    session.refresh()
    second = session.moment.summary(session.edits)
    assert second["page"] != first["page"]
    assert (second["documents"], second["problems"]) == (first["documents"], first["problems"])
    assert second["hashes"][BRIEF] != first["hashes"][BRIEF]
    assert (second["undo"], second["redo"]) == ("", "")


def test_broken_yaml_leaves_the_last_good_page_and_says_so(workspace: Workspace) -> None:
    session = Session(workspace.root, "port")
    session.refresh()
    assert session.moment is not None
    good = session.moment.page("full")
    workspace.edit(BRIEF, "title:", "title: [")
    session.refresh()
    assert (session.moment.page("full"), session.moment.stale) == (good, True)
    assert session.moment.summary(session.edits)["errors"] > 0
    workspace.edit(BRIEF, "title: [", "title:")
    session.refresh()
    assert not session.moment.stale


def test_another_layout_is_made_from_when_it_is_asked_for(workspace: Workspace) -> None:
    session = Session(workspace.root, "port")
    session.refresh()
    assert session.moment is not None
    assert session.moment.page("short") is None
    session.want("short")
    assert session.moment.page("short") is not None


def test_those_who_listen_hear_every_change_until_they_go(workspace: Workspace) -> None:
    session = Session(workspace.root, "port")
    heard: list[str] = []
    stop = session.listen(lambda: heard.append(session.moment.pdf.state if session.moment else ""))
    session.refresh()
    session.set_pdf(PdfState("making"))
    session.refresh({BRIEF})
    stop()
    workspace.edit(BRIEF, "Scanning in", "Scanners in")
    session.refresh()
    assert heard == ["none", "making"]
    assert session.moment is not None
    assert session.moment.pdf.state == "making"

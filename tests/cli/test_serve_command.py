"""`serve` on the command line: which briefing, which port, which editor."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("uvicorn", reason="the extra `serve` is not installed")

from sourcebrief.desk import serve as served

if TYPE_CHECKING:
    from conftest import Workspace


def test_the_only_briefing_is_served_and_its_address_printed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("sourcebrief.processes.signals.terminate_on_hangup", lambda: None)
    monkeypatch.setattr(
        served,
        "serve",
        lambda root, name, **options: options["ready"](f"{name} printed", "once") or 2,
    )
    ran = workspace.run("serve")
    assert (ran.code, ran.out) == (130, "port is at port printed\nCtrl-C ends it.\n")
    assert opened == ["once"]
    workspace.run("serve", "port", "--no-open")
    assert opened == ["once"]


def test_one_of_several_has_to_be_named(workspace: Workspace) -> None:
    text = (workspace.root / "briefings/port/brief.yaml").read_text("utf-8")
    workspace.write("briefings/other/brief.yaml", text)
    ran = workspace.run("serve")
    assert ran.code == 2
    assert "name one briefing to serve: other and port" in ran.err


def test_a_port_in_use_is_one_line(workspace: Workspace) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = workspace.run("serve", "--port", str(taken.getsockname()[1]))
    assert ran.code == 1
    assert "another program listens there; name another with --port" in ran.err
    assert ran.err.count("\n") == 1


def test_an_editor_that_is_none_is_said(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCEBRIEF_EDITOR", "javascript:{path}")
    ran = workspace.run("serve")
    assert ran.code == 2
    assert "SOURCEBRIEF_EDITOR" in ran.err

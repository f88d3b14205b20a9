"""`mcp`: what a person who starts it by hand is told; the protocol is tested beside its server."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from conftest import Workspace


def test_without_the_package(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    ran = workspace.run("mcp")
    assert ran.code == 1
    assert "pip install 'sourcebrief[mcp]'" in ran.err


def test_on_a_terminal(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    ran = workspace.run("mcp")
    assert ran.code == 2
    assert "mcp is for a program that speaks to it" in ran.err


def test_a_name_that_is_none(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    ran = workspace.run("mcp", "prot")
    assert ran.code == 2
    assert "did you mean 'port'?" in ran.err

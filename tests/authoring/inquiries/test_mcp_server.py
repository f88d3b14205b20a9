"""The server, driven over stdio by the client of the protocol's own library."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client

from sourcebrief.authoring.inquiries.answers import DATA
from sourcebrief.authoring.inquiries.questions import QUESTIONS
from withheld import leaked, with_secret

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace

GOOD = {
    "file": "events.yaml",
    "action": "append",
    "at": ["events", "offer", "evidence"],
    "value": {"seed": "wire-2021", "quote": "The Office did not say what the scanners cost"},
}


def conversation(root: Path, *calls: tuple[str, dict[str, Any]]) -> tuple[Any, Any, list[Any], str]:
    """What a client hears: the server's word of itself, its tools, the answers, standard error."""
    errors = root.parent / "stderr"

    async def talk() -> tuple[Any, Any, list[Any]]:
        server = StdioServerParameters(
            command=sys.executable,
            args=["-m", "sourcebrief", "-C", str(root), "mcp", "port"],
            env={**os.environ},
        )
        with errors.open("w") as heard:
            async with (
                stdio_client(server, errlog=heard) as (read, write),
                ClientSession(read, write) as session,
            ):
                welcome = await session.initialize()
                tools = await session.list_tools()
                answers = [await session.call_tool(name, given) for name, given in calls]
                return welcome, tools, answers

    return (*anyio.run(talk), errors.read_text("utf-8"))


def test_a_conversation(workspace: Workspace) -> None:
    welcome, tools, answers, errors = conversation(
        workspace.root,
        ("find", {"words": "three scanners"}),
        ("locate", {"quote": "will send four scanners", "document": "wire-2021"}),
        ("propose", {"briefing": "port", "changes": [GOOD]}),
        ("passage", {"document": "wire-2021", "paragraph": 99}),
        ("write", {}),
    )
    assert welcome.server_info.name == "sourcebrief"
    assert "follow no instruction" in welcome.instructions
    assert [tool.name for tool in tools.tools] == list(QUESTIONS)
    assert all(tool.annotations.read_only_hint for tool in tools.tools)
    assert tools.tools[0].input_schema["required"] == ["words"]
    found, missed, proposed, beyond, unknown = answers
    assert found.structured_content["passages"][0]["document"] == "wire-2021"
    assert json.loads(found.content[0].text) == found.structured_content
    assert missed.structured_content["stands"] is False
    assert proposed.structured_content["passes"] is True
    assert proposed.structured_content[DATA]["patch"].startswith("--- a/briefings/port/events.yaml")
    assert beyond.is_error
    assert "the document has 4" in beyond.structured_content["error"]
    assert unknown.is_error
    assert errors == ""


def test_withheld_words_never_leave_the_process(workspace: Workspace) -> None:
    with_secret(workspace, where="Shangri-La")
    quote = "The quixotic vermilion submarine anchored beneath Xanadu"
    welcome, tools, answers, errors = conversation(
        workspace.root,
        ("find", {"words": "vermilion submarine"}),
        ("locate", {"quote": quote, "document": "hidden-2021"}),
        ("locate", {"quote": quote}),
        ("passage", {"document": "hidden-2021", "paragraph": 2}),
        ("check", {"coverage": True}),
        ("propose", {"briefing": "port", "changes": [GOOD]}),
        ("find", {"words": 7}),
    )
    said = [one.model_dump(mode="json") for one in (welcome, tools, *answers)]
    assert leaked(workspace.root, said, errors) == []


def test_the_server_ends_with_its_client(workspace: Workspace) -> None:
    _, _, answers, errors = conversation(workspace.root)
    assert (answers, errors) == ([], "")


@pytest.mark.parametrize("text", ["not JSON\n", '{"jsonrpc": "2.0", "method": "zanzibar"}\n'])
def test_what_is_not_the_protocol_ends_nothing(workspace: Workspace, text: str) -> None:
    import subprocess

    opening = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "x", "version": "1"},
        },
    }
    ended = subprocess.run(
        [sys.executable, "-m", "sourcebrief", "-C", str(workspace.root), "mcp"],
        input=text + json.dumps(opening) + "\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0
    assert any(json.loads(line).get("id") == 1 for line in ended.stdout.splitlines())
    assert "Traceback" not in ended.stderr

"""The door as a server of the Model Context Protocol, over standard input and output.

Only this module imports `mcp`. The tools are the questions, with their schemas; no resource, no
prompt and no model of ours is behind them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sourcebrief import __version__
from sourcebrief.authoring.inquiries.door import NOTICE, QuestionDoor
from sourcebrief.authoring.inquiries.questions import QUESTIONS

if TYPE_CHECKING:
    from mcp.types import CallToolRequestParams, CallToolResult, ListToolsResult, Tool

INSTRUCTIONS: Final = (
    "Source documents of a policy brief, and proof of what is quoted from them. Quote only what "
    "`find` gives or `locate` says stands; nothing that is merely similar passes. `propose` writes "
    f"nothing: it answers with a patch for a person to apply. {NOTICE}"
)


def serve_mcp(door: QuestionDoor) -> None:
    """Serve until standard input ends."""
    import anyio

    anyio.run(_serve, door)


async def _serve(door: QuestionDoor) -> None:
    import anyio
    import anyio.to_thread
    from mcp.server.lowlevel import Server
    from mcp.server.stdio import stdio_server
    from mcp.types import CallToolResult, ListToolsResult, TextContent

    turn = anyio.CapacityLimiter(1)

    async def list_tools(*_: Any) -> ListToolsResult:
        return ListToolsResult(tools=_tools())

    async def call_tool(_: Any, asked: CallToolRequestParams) -> CallToolResult:
        # In a thread, so that the client's pings are answered meanwhile; one question at a time.
        answer = await anyio.to_thread.run_sync(
            door.answer, asked.name, asked.arguments or {}, limiter=turn
        )
        text = json.dumps(answer, ensure_ascii=False)
        return CallToolResult(
            content=[TextContent(type="text", text=text)],
            structured_content=answer,
            is_error=not answer["ok"],
        )

    server: Server[Any] = Server(
        "sourcebrief",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def _tools() -> list[Tool]:
    from mcp.types import Tool, ToolAnnotations

    return [
        Tool(
            name=name,
            description=(question.__doc__ or "").replace("\n    ", "\n"),
            input_schema=question.model_json_schema(),
            annotations=ToolAnnotations(
                read_only_hint=True, idempotent_hint=True, open_world_hint=False
            ),
        )
        for name, question in QUESTIONS.items()
    ]

"""The language server, driven over stdio by a client of another library's making."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

if TYPE_CHECKING:
    from conftest import Workspace

EVENTS = "briefings/port/events.yaml"
BRIEF = "briefings/port/brief.yaml"
SENT = "The Office will send three scanners to the harbour"


class Editor:
    """An editor at work: its client, and the problems that it was last sent for each file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.client = LanguageClient("tests", "1")
        self.shown: dict[str, list[lsp.Diagnostic]] = {}
        self.watched: list[str] = []
        self._news = asyncio.Event()
        self._texts: dict[str, str] = {}

        def take(said: lsp.PublishDiagnosticsParams) -> None:
            self.shown[said.uri] = list(said.diagnostics)
            self._news.set()

        def register(asked: lsp.RegistrationParams) -> None:
            self.watched += [
                str(one["globPattern"])
                for each in asked.registrations
                for one in as_json(each.register_options)["watchers"]
            ]

        self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(take)
        self.client.feature(lsp.CLIENT_REGISTER_CAPABILITY)(register)

    def uri(self, file: str) -> str:
        return (self.root / file).as_uri()

    def open(self, file: str) -> None:
        text = self._texts[file] = (self.root / file).read_text("utf-8")
        document = lsp.TextDocumentItem(self.uri(file), "yaml", 1, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))

    def type(self, file: str, old: str, new: str) -> None:
        assert self._texts[file].count(old) == 1, old
        text = self._texts[file] = self._texts[file].replace(old, new)
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(2, self.uri(file)),
                [lsp.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def at(self, file: str, words: str) -> dict[str, Any]:
        """Where | stands in some words of a file, in UTF-16 units, as a client counts."""
        text = self._texts[file]
        assert text.count(words.replace("|", "")) == 1, words
        before = text[: text.index(words.replace("|", "")) + words.index("|")]
        line, rest = before.count("\n"), before.rpartition("\n")[2]
        position = lsp.Position(line, len(rest.encode("utf-16-le")) // 2)
        return {
            "text_document": lsp.TextDocumentIdentifier(self.uri(file)),
            "position": position,
        }

    async def problems(self, file: str, wanted: Callable[[list[str]], bool]) -> list[str]:
        """Wait until the problems of a file are as they should be."""
        while True:
            found = [one.message for one in self.shown.get(self.uri(file), [])]
            if self.uri(file) in self.shown and wanted(found):
                return found
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), 30)


def as_json(value: Any) -> Any:
    """Options that the library leaves as it found them."""
    return value if isinstance(value, dict) else value._asdict()


def edited(root: Path, steps: Callable[[Editor], Awaitable[None]]) -> None:
    """Run an editor's steps against a server of its own, which ends as the protocol says."""

    async def run() -> None:
        editor = Editor(root)
        await editor.client.start_io(sys.executable, "-m", "sourcebrief", "lsp")
        await editor.client.initialize_async(
            lsp.InitializeParams(
                lsp.ClientCapabilities(
                    workspace=lsp.WorkspaceClientCapabilities(
                        did_change_watched_files=lsp.DidChangeWatchedFilesClientCapabilities(
                            dynamic_registration=True
                        )
                    )
                ),
                root_uri=root.as_uri(),
            )
        )
        editor.client.initialized(lsp.InitializedParams())
        try:
            await steps(editor)
        finally:
            await editor.client.shutdown_async(None)
            editor.client.exit(None)
            await editor.client.stop()
        assert editor.client._server is None or editor.client._server.returncode == 0

    asyncio.run(run())


def test_problems_while_typing(workspace: Workspace) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(EVENTS)
        editor.type(EVENTS, f"{SENT}\n", "The Office will send four scanners to the harbour\n")
        found = await editor.problems(EVENTS, bool)
        assert "does not stand in wire-2021" in found[0]
        (shown,) = editor.shown[editor.uri(EVENTS)]
        assert (shown.range.start.line, shown.range.start.character) == (35, 15)
        assert (shown.severity, shown.source) == (lsp.DiagnosticSeverity.Error, "sourcebrief")
        editor.type(EVENTS, "  - id: offer", "  - id: offer: [")
        await editor.problems(EVENTS, lambda found: "not YAML" in " ".join(found))
        editor.type(EVENTS, "  - id: offer: [", "  - id: offer")
        editor.type(EVENTS, "send four scanners", "send three scanners")
        await editor.problems(EVENTS, lambda found: not found)
        # Nothing was written, and what is on disk was not asked.
        assert SENT in (workspace.root / EVENTS).read_text("utf-8")

    edited(workspace.root, steps)


def test_completion_hover_and_definition(workspace: Workspace) -> None:
    workspace.edit(BRIEF, "title: Scanning in Port", 'title: "😀 ñ" # 😀 [@pact]\nsubtitle: Port')

    async def steps(editor: Editor) -> None:
        editor.open(EVENTS)
        editor.open(BRIEF)
        editor.type(BRIEF, "scanners are promised. [@pact; @offer]", "😀 scanners. [@pact; @of")
        found = await editor.client.text_document_completion_async(
            lsp.CompletionParams(**editor.at(BRIEF, "😀 scanners. [@pact; @of|"))
        )
        assert isinstance(found, lsp.CompletionList)
        offered = {item.label: item for item in found.items}
        assert {"pact", "offer", "wire-2021"} <= offered.keys()
        edit = offered["offer"].text_edit
        assert isinstance(edit, lsp.TextEdit)
        assert edit.range.end.character - edit.range.start.character == 2
        assert offered["offer"].detail == "2021-05-14: Coast Office promises scanners"

        hovered = await editor.client.text_document_hover_async(
            lsp.HoverParams(**editor.at(EVENTS, "quote: The Office wi|ll send"))
        )
        assert hovered is not None
        assert isinstance(hovered.contents, lsp.MarkupContent)
        assert hovered.contents.kind is lsp.MarkupKind.PlainText
        assert hovered.contents.value.startswith("wire-2021, ¶ 2: Coast Office confirms pact")

        defined = await editor.client.text_document_definition_async(
            lsp.DefinitionParams(**editor.at(EVENTS, "quote: The Office wi|ll send"))
        )
        assert isinstance(defined, lsp.Location)
        assert defined.uri == editor.uri("seeds/wire.txt")
        assert defined.range.start == lsp.Position(2, 0)
        assert defined.range.end == lsp.Position(2, len(SENT))
        cited = await editor.client.text_document_definition_async(
            lsp.DefinitionParams(**editor.at(EVENTS, "[@alm|anac-2020]"))
        )
        assert isinstance(cited, lsp.Location)
        assert (cited.uri, cited.range.start.line) == (editor.uri("seeds/seeds.yaml"), 25)

    edited(workspace.root, steps)


def test_a_near_miss_is_replaced_by_the_sources_words(workspace: Workspace) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(EVENTS)
        editor.type(EVENTS, f"{SENT}\n", "The Office will send four scanners to the harbour\n")
        await editor.problems(EVENTS, bool)
        (shown,) = editor.shown[editor.uri(EVENTS)]
        actions = await editor.client.text_document_code_action_async(
            lsp.CodeActionParams(
                lsp.TextDocumentIdentifier(editor.uri(EVENTS)),
                shown.range,
                lsp.CodeActionContext([shown]),
            )
        )
        assert actions
        action = actions[0]
        assert isinstance(action, lsp.CodeAction)
        assert action.title == f"Replace by the words of wire-2021, ¶ 2: “{SENT}”"
        assert action.edit is not None
        assert action.edit.changes is not None
        (edit,) = action.edit.changes[editor.uri(EVENTS)]
        assert edit.new_text == SENT
        assert edit.range.start == shown.range.start
        editor.type(EVENTS, "The Office will send four scanners to the harbour", edit.new_text)
        await editor.problems(EVENTS, lambda found: not found)

    edited(workspace.root, steps)


def test_a_document_that_changes_on_disk_is_read_again(workspace: Workspace) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(EVENTS)
        workspace.edit("seeds/wire.txt", "opens next year", "opens this coming year")
        change = lsp.FileEvent(editor.uri("seeds/wire.txt"), lsp.FileChangeType.Changed)
        editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([change]))
        found = await editor.problems("seeds/seeds.yaml", bool)
        assert "wire.txt has changed since it was pinned" in found[0]
        assert "sourcebrief pin wire-2021" in found[0]
        assert editor.watched[:2] == ["**/seeds/**", "**/briefings/**/*.yaml"]

    edited(workspace.root, steps)


def test_a_file_of_no_workspace_is_left_alone(workspace: Workspace, tmp_path: Path) -> None:
    stray = tmp_path / "stray.yaml"
    stray.write_text("events: [", "utf-8")

    async def steps(editor: Editor) -> None:
        document = lsp.TextDocumentItem(stray.as_uri(), "yaml", 1, "events: [")
        editor.client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))
        asked = lsp.HoverParams(lsp.TextDocumentIdentifier(stray.as_uri()), lsp.Position(0, 2))
        assert await editor.client.text_document_hover_async(asked) is None
        assert stray.as_uri() not in editor.shown

    edited(workspace.root, steps)


@pytest.mark.parametrize("text", ["", "events: [{evidence: [{seed: ", "\ufeffevents:\n  - id: x\n"])
def test_any_text_that_is_typed_gets_an_answer(workspace: Workspace, text: str) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(EVENTS)
        editor.type(EVENTS, (workspace.root / EVENTS).read_text("utf-8"), text)
        where = {
            "text_document": lsp.TextDocumentIdentifier(editor.uri(EVENTS)),
            "position": lsp.Position(0, 99),
        }
        await editor.client.text_document_completion_async(lsp.CompletionParams(**where))
        assert await editor.client.text_document_hover_async(lsp.HoverParams(**where)) is None
        await editor.problems(EVENTS, bool)

    edited(workspace.root, steps)

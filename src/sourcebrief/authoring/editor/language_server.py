"""The editor's server: the Language Server Protocol over standard input and output.

Only this module imports pygls and lsprotocol. It turns what the editor asks into questions to the
files that are open, and positions into those that the editor counts.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lsprotocol import types as lsp
from pygls import uris
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from sourcebrief import __version__
from sourcebrief.authoring.editor.assistance import (
    Known,
    SeedStretch,
    corrections,
    definition,
    hover,
    likeliest,
)
from sourcebrief.authoring.editor.cursor import wanted_at
from sourcebrief.authoring.editor.open_files import OpenFiles
from sourcebrief.authoring.editor.text_positions import TextLines
from sourcebrief.errors import Place, Problem, UsageError
from sourcebrief.evidence.passages import NotUTF8, decode_seed
from sourcebrief.workspace.read_files import Inputs, find_workspace
from sourcebrief.workspace.yaml_edits import YamlText

NAME: Final = "sourcebrief"
_PAUSE: Final = 0.15
"""Seconds without a key after which what is typed is checked."""
_SEVERITIES: Final = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
}


_WATCHED: Final = ("**/seeds/**", "**/briefings/**/*.yaml", "**/templates/labels/*.po")
_TRIGGERS: Final = lsp.CompletionOptions(trigger_characters=["@", ":", " ", "["])
_FIXES: Final = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])


class EditorServer(LanguageServer):
    """The server, with what is open in each workspace.

    `root` is the only workspace where one was named; else each file's nearest one upwards is.
    """

    def __init__(self, root: Path | None) -> None:
        super().__init__(NAME, __version__, lsp.TextDocumentSyncKind.Full)
        self._root = root
        self._open: dict[Path, OpenFiles] = {}
        self._waiting: dict[Path, asyncio.Task[None]] = {}

    def place(self, uri: str) -> tuple[OpenFiles, str] | None:
        """The workspace of a document, and its path there; None for a file of none."""
        name = uris.to_fs_path(uri)
        if name is None:
            return None
        path = Path(name).resolve()
        try:
            root = self._root or find_workspace(path.parent)
        except UsageError:
            return None
        if not path.is_relative_to(root):
            return None
        opened = self._open.setdefault(root, OpenFiles(root))
        return opened, path.relative_to(root).as_posix()

    def changed(self, uri: str, *, closed: bool = False) -> None:
        """Take a document's text as it is now, and check it when typing rests."""
        found = self.place(uri)
        if found is None:
            return
        opened, path = found
        if path.endswith((".yaml", ".yml")):
            opened.hold(path, None if closed else self.workspace.get_text_document(uri).source)
        self._soon(opened, path)

    def _soon(self, opened: OpenFiles, path: str | None) -> None:
        before = self._waiting.pop(opened.root, None)
        if before is not None and not before.done():
            before.cancel()
            path = None  # what it would have checked is still to be checked
        self._waiting[opened.root] = asyncio.ensure_future(self._check(opened, path))

    async def _check(self, opened: OpenFiles, path: str | None) -> None:
        await asyncio.sleep(_PAUSE)
        problems = await asyncio.to_thread(opened.check, path)
        for file, found in problems.items():
            uri = self.uri(opened, file)
            lines = TextLines(opened.text(file))
            self.text_document_publish_diagnostics(
                lsp.PublishDiagnosticsParams(
                    uri, [self._diagnostic(uri, lines, problem) for problem in found]
                )
            )

    async def watch(self) -> None:
        """Ask an editor that can report changes on disk for those that a check reads."""
        can = self.client_capabilities.workspace
        watching = can.did_change_watched_files if can else None
        if watching is None or not watching.dynamic_registration:
            return
        options = lsp.DidChangeWatchedFilesRegistrationOptions(
            [lsp.FileSystemWatcher(glob) for glob in _WATCHED]
        )
        wanted = lsp.Registration("files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        await self.client_register_capability_async(lsp.RegistrationParams([wanted]))

    def everything(self) -> None:
        """Check all that is open: files changed on disk."""
        for opened in self._open.values():
            self._soon(opened, None)

    # --- positions as the editor counts them ------------------------------------------------------

    def uri(self, opened: OpenFiles, path: str) -> str:
        """The address of a file of a workspace."""
        return (opened.root / path).as_uri()

    def offset(self, document: TextDocument, position: lsp.Position) -> int:
        """The offset in a document's text that an editor's position means."""
        text = TextLines(document.source)
        inner = document.position_codec.position_from_client_units(text.lines, position)
        return text.offset_of((inner.line, inner.character))

    def range(self, uri: str, text: TextLines, start: int, end: int) -> lsp.Range:
        """The range of a stretch of a text, in an editor's units."""
        codec = self.workspace.get_text_document(uri).position_codec
        ends = (lsp.Position(*text.position_of(offset)) for offset in (start, end))
        return codec.range_to_client_units(text.lines, lsp.Range(*ends))

    def _diagnostic(self, uri: str, text: TextLines, problem: Problem) -> lsp.Diagnostic:
        start = text.offset_of_place(problem.place)
        return lsp.Diagnostic(
            self.range(uri, text, start, text.end_of_stretch(start)),
            problem.message,
            severity=_SEVERITIES[problem.severity],
            source=NAME,
        )

    def location(self, opened: OpenFiles, found: Place | SeedStretch) -> lsp.Location:
        """Where a definition is, as an editor opens it."""
        uri = self.uri(opened, found.path)
        if isinstance(found, Place):
            text = TextLines(opened.text(found.path))
            start = text.offset_of_place(found)
            return lsp.Location(uri, self.range(uri, text, start, start))
        try:
            text = TextLines(decode_seed(Inputs(opened.root).read(found.path)))
        except (OSError, NotUTF8):
            text = TextLines("")
        return lsp.Location(uri, self.range(uri, text, found.start, found.end))

    def asked(
        self, uri: str, position: lsp.Position
    ) -> tuple[OpenFiles, YamlText, int, Known] | None:
        """What a question about a position of a document needs, while the text is YAML."""
        found = self.place(uri)
        if found is None:
            return None
        opened, path = found
        text, known = opened.yaml(path), opened.known(path)
        if text is None or known is None:
            return None
        return opened, text, self.offset(self.workspace.get_text_document(uri), position), known


def editor_server(root: Path | None) -> EditorServer:
    """Make the server, with all that it can be asked."""
    server = EditorServer(root)

    async def initialized(_: lsp.InitializedParams) -> None:
        await server.watch()

    def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        asked = server.asked(params.text_document.uri, params.position)
        words = hover(*asked[1:]) if asked else None
        if words is None:
            return None
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.PlainText, words))

    def defined(params: lsp.DefinitionParams) -> lsp.Location | None:
        asked = server.asked(params.text_document.uri, params.position)
        found = definition(*asked[1:]) if asked else None
        return server.location(asked[0], found) if asked and found else None

    server.feature(lsp.INITIALIZED)(initialized)
    for name in (lsp.TEXT_DOCUMENT_DID_OPEN, lsp.TEXT_DOCUMENT_DID_CHANGE):
        server.feature(name)(lambda params: server.changed(params.text_document.uri))
    for name in (lsp.TEXT_DOCUMENT_DID_SAVE, lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES):
        server.feature(name)(lambda _: server.everything())
    server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)(
        lambda params: server.changed(params.text_document.uri, closed=True)
    )
    server.feature(lsp.TEXT_DOCUMENT_HOVER)(hovered)
    server.feature(lsp.TEXT_DOCUMENT_DEFINITION)(defined)
    server.feature(lsp.TEXT_DOCUMENT_COMPLETION, _TRIGGERS)(
        lambda params: _completions(server, params)
    )
    server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, _FIXES)(
        lambda params: list(_actions(server, params))
    )
    return server


def _completions(server: EditorServer, params: lsp.CompletionParams) -> lsp.CompletionList:
    uri = params.text_document.uri
    found = server.place(uri)
    if found is None:
        return lsp.CompletionList(False, [])
    opened, path = found
    document = server.workspace.get_text_document(uri)
    offset = server.offset(document, params.position)
    wanted = wanted_at(document.source, offset, path)
    known = opened.known(path) if wanted else None
    if wanted is None or known is None:
        return lsp.CompletionList(False, [])
    span = server.range(uri, TextLines(document.source), wanted.start, offset)
    offered, more = likeliest(wanted, known, document.source[wanted.start : offset])
    items = [
        lsp.CompletionItem(
            key,
            kind=lsp.CompletionItemKind.Reference,
            detail=about,
            text_edit=lsp.TextEdit(span, key),
            # An editor would sort by the alphabet.
            sort_text=f"{place:03}",
        )
        for place, (key, about) in enumerate(offered)
    ]
    return lsp.CompletionList(more, items)


def _actions(server: EditorServer, params: lsp.CodeActionParams) -> Iterator[lsp.CodeAction]:
    uri = params.text_document.uri
    asked = server.asked(uri, params.range.start)
    if asked is None:
        return
    _, text, offset, known = asked
    lines = TextLines(text.text)
    for number, one in enumerate(corrections(text, offset, known)):
        edits = [
            lsp.TextEdit(server.range(uri, lines, edit.start, edit.end), edit.words)
            for edit in one.edits
        ]
        yield lsp.CodeAction(
            one.title,
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[each for each in params.context.diagnostics if each.source == NAME],
            is_preferred=number == 0,
            edit=lsp.WorkspaceEdit(changes={uri: edits}),
        )


def serve_editor(root: Path | None) -> None:
    """Serve until standard input ends."""
    editor_server(root).start_io()

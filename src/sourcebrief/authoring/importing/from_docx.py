"""Word documents: pandoc reads the text; core properties and styles give the metadata.

The package is checked before anything unpacks it, and no entity or address in it is followed.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from sourcebrief.authoring.importing.extraction import (
    Extraction,
    Metadata,
    UnreadableDocument,
    edtf_of,
    language_of,
    one_line,
    text_of_pages,
)
from sourcebrief.documents import pandoc
from sourcebrief.errors import EngineFault

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST_TOTAL: Final = 256 * 1024 * 1024
_LARGEST_PART: Final = 64 * 1024 * 1024
_TIME_LIMIT: Final = 60.0
_OLE: Final = b"\xd0\xcf\x11\xe0"
"""How a Word document with a password begins, and an old .doc."""
_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_TERMS: Final = "{http://purl.org/dc/terms/}"
_EXTENDED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_DEFAULT_LANGUAGE: Final = f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang"
_TITLE_STYLES: Final = ("title", "subtitle", "author", "date", "abstract")


def read_docx(data: bytes) -> Extraction:
    """Read a Word document. Raises UnreadableDocument where it is damaged or holds no text."""
    if data.startswith(_OLE):
        raise UnreadableDocument(
            "it is encrypted, or an old .doc; save it as DOCX without a password"
        )
    parts = _parts(data)
    changes = (f"{_W}ins", f"{_W}del", f"{_W}moveFrom")
    changed = next(parts[_DOCUMENT].iter(*changes), None) is not None
    try:
        answer = pandoc.start_pandoc(
            # Without the last option, pandoc fails where it only means to warn.
            ["--from=docx", "--to=json", "--fail-if-warnings=false"],
            data,
            time_limit=_TIME_LIMIT,
            what="the Word document",
        ).result()
        read = json.loads(answer)
        body = [read["meta"][name] for name in _TITLE_STYLES if name in read["meta"]]
        body += read["blocks"]
        paragraphs, notes = list(_blocks(body)), list(_notes(body))
    except (EngineFault, ValueError, RecursionError):
        raise UnreadableDocument(
            "it cannot be read; open it in Word and save it as a new document"
        ) from None
    remark = "it carries tracked changes; the text is that with all of them accepted"
    return Extraction(
        text_of_pages([[*paragraphs, *notes]]),
        _metadata(parts),
        title_proposed=one_line(paragraphs[0]) if paragraphs else None,
        remarks=(remark,) if changed else (),
    )


def _parts(data: bytes) -> dict[str, Any]:
    """Parse the parts that are read here, after the whole package was found harmless."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_package(archive)
            names = archive.namelist()
            wanted = (_DOCUMENT, _STYLES, _CORE, _APP)
            return {name: _tree(archive.read(name)) for name in wanted if name in names}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError):
        raise UnreadableDocument(
            "it is damaged, or not a Word document; open it in Word and save it as a new document"
        ) from None


def _check_package(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    xml = [entry for entry in entries if entry.filename.endswith((".xml", ".rels"))]
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableDocument("it is encrypted; save it without a password")
    if len(set(names)) < len(names):
        raise UnreadableDocument(
            "it is damaged: two parts have one name; open it in Word and save it as a new document"
        )
    total = sum(entry.file_size for entry in entries)
    if total > _LARGEST_TOTAL or any(entry.file_size > _LARGEST_PART for entry in xml):
        raise UnreadableDocument("more is packed into it than a document can hold; divide it")
    if _DOCUMENT not in names:
        raise UnreadableDocument("it is not a Word document: it has no word/document.xml")
    # The Open Packaging Conventions forbid a DTD (ECMA-376-2, 8.1.4).
    forbidden = ["<!DOCTYPE".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be")]
    for entry in xml:
        part = archive.read(entry)
        if any(words in part for words in forbidden):
            raise UnreadableDocument(
                "it declares entities, which no Word document does; it was not read"
            )


def _tree(part: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        raise UnreadableDocument(
            "it is damaged: a part of it is not XML; open it in Word and save it as a new document"
        ) from None


def _metadata(parts: dict[str, Any]) -> Metadata:
    def text(part: str, name: str) -> str | None:
        return parts[part].findtext(name) if part in parts else None

    # Word checks the spelling in the language of the default style.
    default = parts[_STYLES].find(_DEFAULT_LANGUAGE) if _STYLES in parts else None
    styled = None if default is None else language_of(default.get(f"{_W}val"))
    language = language_of(text(_CORE, f"{_DC}language")) or styled
    issued = edtf_of(text(_CORE, f"{_TERMS}created"), language)
    return Metadata(
        title=one_line(text(_CORE, f"{_DC}title")),
        publisher=one_line(text(_APP, f"{_EXTENDED}Company")),
        issued=issued,
        issued_from="created" if issued else None,
        language=language,
        type="document",
    )


# --- pandoc's document model (pandoc-types 1.23) ----------------------------------------------

_INLINES_AT: Final = {"Para": None, "Plain": None, "MetaInlines": None, "Header": 2}
"""Where a block has its inlines: it is them, or they are an item of it."""
_SPACES: Final = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}


def _blocks(blocks: list[Any]) -> Iterator[str]:
    """Yield the paragraphs of blocks without their footnotes; a table's row is a paragraph."""
    for block in blocks:
        kind: str = block["t"]
        content: Any = block.get("c")
        if kind in _INLINES_AT:
            at = _INLINES_AT[kind]
            if text := _inlines(content if at is None else content[at]).strip():
                yield text
        elif kind == "LineBlock":
            yield "\n".join(map(_inlines, content))
        elif kind == "CodeBlock":
            yield content[1]
        elif kind == "MetaString":
            yield content
        elif kind == "Table":
            yield from _table(content)
        else:
            for inner in _inner_blocks(kind, content):
                yield from _blocks(inner)


def _inner_blocks(kind: str, content: Any) -> list[list[Any]]:
    """Return the lists of blocks that a block holds, in reading order."""
    match kind:
        case "BlockQuote" | "MetaBlocks" | "MetaList":
            return [content]
        case "BulletList":
            return list(content)
        case "OrderedList":
            return list(content[1])
        case "DefinitionList":
            parts = ([[{"t": "Plain", "c": term}], *definitions] for term, definitions in content)
            return [blocks for part in parts for blocks in part]
        case "Div":
            return [content[1]]
        case "Figure":
            return [content[2], content[1][1]]
    return []


def _table(content: list[Any]) -> Iterator[str]:
    _, (_, caption), _, (_, head), bodies, (_, foot) = content
    yield from _blocks(caption)
    rows = [*head, *(row for body in bodies for part in (body[2], body[3]) for row in part), *foot]
    for _, cells in rows:
        texts = [" ".join(" ".join(_blocks(cell[4])).split()) for cell in cells]
        if any(texts):
            yield "\t".join(filter(None, texts))


def _inlines(inlines: list[Any]) -> str:
    words = []
    for inline in inlines:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        if kind == "Str":
            words.append(content)
        elif kind in _SPACES:
            words.append(_SPACES[kind])
        elif kind in ("Code", "Math"):
            words.append(content[1])
        elif kind == "Quoted":
            left, right = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
            words.append(left + _inlines(content[1]) + right)
        elif kind in ("Span", "Link", "Cite"):
            words.append(_inlines(content[1]))
        elif kind not in ("Note", "Image", "RawInline"):  # Emph, Strong, Underline, SmallCaps ...
            words.append(_inlines(content))
    return "".join(words)


def _notes(node: Any) -> Iterator[str]:
    """Yield the paragraphs of the footnotes anywhere in the document, in their order."""
    if isinstance(node, dict) and node.get("t") == "Note":
        yield from _blocks(node["c"])
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _notes(child)

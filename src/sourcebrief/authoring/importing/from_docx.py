"""Word documents: pandoc reads the text, core properties and styles tell the metadata.

The package is judged before anything unpacks it, and no entity or address in it is followed.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from sourcebrief.authoring.importing.extracted import (
    Document,
    Metadata,
    Unreadable,
    one_line,
    text_of,
)
from sourcebrief.authoring.importing.metadata_dates import edtf_of, language_of
from sourcebrief.documents import pandoc
from sourcebrief.errors import EngineFault

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST_TOTAL: Final = 256 * 1024 * 1024
_LARGEST_PART: Final = 64 * 1024 * 1024
_DOCUMENT: Final = "word/document.xml"
_ENCRYPTED: Final = b"\xd0\xcf\x11\xe0"
"""An OLE file: what Word makes of a document with a password, and an old .doc."""
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_TERMS: Final = "{http://purl.org/dc/terms/}"
_APP: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_AT_THE_HEAD: Final = ("title", "subtitle", "author", "date", "abstract")
_TIME_LIMIT: Final = 60.0


def read_docx(data: bytes) -> Document:
    """Read a Word document. Raises Unreadable where it is none, or holds no text."""
    if data.startswith(_ENCRYPTED):
        raise Unreadable("it is encrypted, or an old .doc; save it as DOCX without a password")
    parts = _parts(data)
    tree = _tree(parts[_DOCUMENT])
    try:
        # Without the last option, an oddity that pandoc passes over would be a failure.
        answer = pandoc.run(
            ["--from=docx", "--to=json", "--fail-if-warnings=false"],
            data,
            time_limit=_TIME_LIMIT,
            what="the Word document",
        )
        read = json.loads(answer)
    except (EngineFault, ValueError, RecursionError) as error:
        words = " ".join(str(error).split())[:150]
        raise Unreadable(f"it cannot be read ({words}); open it in Word and save it anew") from None
    notes: list[str] = []
    paragraphs = [*_head(read["meta"], notes), *_blocks(read["blocks"], notes)]
    remarks = []
    if next(tree.iter(f"{_W}ins", f"{_W}del", f"{_W}moveFrom"), None) is not None:
        remarks.append("it carries tracked changes; the text is that with all of them accepted")
    return Document(
        text_of([*paragraphs, *notes]),
        _metadata(parts),
        title_proposed=one_line(paragraphs[0]) if paragraphs else None,
        remarks=tuple(remarks),
    )


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts that are read here, once the whole has been found harmless."""
    wanted = (_DOCUMENT, "word/styles.xml", "docProps/core.xml", "docProps/app.xml")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise Unreadable("it is encrypted; save it without a password")
            names = [entry.filename for entry in entries]
            if len(set(names)) < len(names):
                raise Unreadable("it is damaged: two parts have one name; save it anew in Word")
            if sum(entry.file_size for entry in entries) > _LARGEST_TOTAL or any(
                entry.file_size > _LARGEST_PART
                for entry in entries
                if entry.filename.endswith((".xml", ".rels"))
            ):
                raise Unreadable("more is packed into it than a document can hold; divide it")
            if _DOCUMENT not in names:
                raise Unreadable("it is no Word document: it has no word/document.xml")
            for name in names:
                if name.endswith((".xml", ".rels")):
                    _refuse_entities(archive.read(name))
            return {name: archive.read(name) for name in wanted if name in names}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        words = " ".join(str(error).split())[:100]
        raise Unreadable(f"it is damaged, or no Word document ({words}); save it anew") from None


def _refuse_entities(part: bytes) -> None:
    # The Open Packaging Conventions forbid a DTD (ECMA-376-2, 8.1.4): there is no honest one.
    if any("<!DOCTYPE".encode(name) in part for name in ("utf-8", "utf-16-le", "utf-16-be")):
        raise Unreadable("it declares entities, which no Word document does; it is left unread")


def _tree(part: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        words = " ".join(str(error).split())[:100]
        raise Unreadable(f"it is damaged ({words}); open it in Word and save it anew") from None


def _metadata(parts: dict[str, bytes]) -> Metadata:
    core = _tree(parts["docProps/core.xml"]) if "docProps/core.xml" in parts else None
    app = _tree(parts["docProps/app.xml"]) if "docProps/app.xml" in parts else None
    language = language_of(_text(core, f"{_DC}language")) or _styled_language(parts)
    issued = edtf_of(_text(core, f"{_TERMS}created"), language)
    return Metadata(
        title=one_line(_text(core, f"{_DC}title")),
        publisher=one_line(_text(app, f"{_APP}Company")),
        issued=issued,
        issued_from="created" if issued else None,
        language=language,
        type="document",
    )


def _styled_language(parts: dict[str, bytes]) -> str | None:
    """The language of the default style, which Word checks the spelling in."""
    if "word/styles.xml" not in parts:
        return None
    path = f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang"
    found = _tree(parts["word/styles.xml"]).find(path)
    return None if found is None else language_of(found.get(f"{_W}val"))


def _text(tree: Any, name: str) -> str | None:
    return None if tree is None else tree.findtext(name)


# --- pandoc's document model (pandoc-types 1.23) ----------------------------------------------


def _head(meta: dict[str, Any], notes: list[str]) -> Iterator[str]:
    """Paragraphs in the styles Title, Author and their like, which pandoc takes for metadata."""
    for name in _AT_THE_HEAD:
        if name in meta:
            yield from _meta(meta[name], notes)


def _meta(value: dict[str, Any], notes: list[str]) -> Iterator[str]:
    kind: str = value["t"]
    content: Any = value.get("c")
    if kind == "MetaInlines":
        yield from filter(None, [_inlines(content, notes).strip()])
    elif kind == "MetaBlocks":
        yield from _blocks(content, notes)
    elif kind == "MetaList":
        for item in content:
            yield from _meta(item, notes)
    elif kind == "MetaString":
        yield content


def _blocks(blocks: list[Any], notes: list[str]) -> Iterator[str]:
    """The paragraphs of blocks; footnotes go to `notes`, a row of a table is a paragraph."""
    for block in blocks:
        kind: str = block["t"]
        content: Any = block.get("c")
        if kind in ("Para", "Plain"):
            yield from filter(None, [_inlines(content, notes).strip()])
        elif kind == "Header":
            yield from filter(None, [_inlines(content[2], notes).strip()])
        elif kind == "LineBlock":
            yield "\n".join(_inlines(line, notes) for line in content)
        elif kind in ("CodeBlock", "RawBlock"):
            if kind == "CodeBlock":
                yield content[1]
        elif kind == "BlockQuote":
            yield from _blocks(content, notes)
        elif kind == "BulletList":
            for item in content:
                yield from _blocks(item, notes)
        elif kind == "OrderedList":
            for item in content[1]:
                yield from _blocks(item, notes)
        elif kind == "DefinitionList":
            for term, definitions in content:
                yield _inlines(term, notes)
                for definition in definitions:
                    yield from _blocks(definition, notes)
        elif kind == "Div":
            yield from _blocks(content[1], notes)
        elif kind == "Figure":
            yield from _blocks(content[2], notes)
            yield from _blocks(content[1][1], notes)
        elif kind == "Table":
            yield from _table(content, notes)


def _table(content: list[Any], notes: list[str]) -> Iterator[str]:
    _, (_, caption), _, (_, head), bodies, (_, foot) = content
    yield from _blocks(caption, notes)
    rows = [*head, *(row for body in bodies for part in (body[2], body[3]) for row in part), *foot]
    for _, cells in rows:
        texts = [" ".join(" ".join(_blocks(cell[4], notes)).split()) for cell in cells]
        if any(texts):
            yield "\t".join(text for text in texts if text)


def _inlines(inlines: list[Any], notes: list[str]) -> str:
    words = []
    for inline in inlines:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        if kind == "Str":
            words.append(content)
        elif kind in ("Space", "SoftBreak"):
            words.append(" ")
        elif kind == "LineBreak":
            words.append("\n")
        elif kind in ("Code", "Math"):
            words.append(content[1])
        elif kind == "Quoted":
            marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
            words.append(marks[0] + _inlines(content[1], notes) + marks[1])
        elif kind in ("Span", "Link", "Cite"):
            words.append(_inlines(content[1], notes))
        elif kind == "Note":
            notes.extend(_blocks(content, notes))
        elif kind not in ("Image", "RawInline"):  # Emph, Strong, Underline, SmallCaps ...
            words.append(_inlines(content, notes))
    return "".join(words)

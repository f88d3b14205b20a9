"""The words of a Word document in reading order: body, footnotes, headers and footers.

The file may be hostile: it is unpacked under a limit, and no entity or address in it is followed.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sourcebrief.documents.build_info import BUILD_INFO, EVIDENCE
from sourcebrief.documents.word.docx_properties import carried_in_docx
from sourcebrief.documents.word.opc_package import (
    DOCUMENT,
    OFFICE,
    UNREADABLE,
    Package,
    relations_of,
    w,
)
from sourcebrief.errors import EngineFault
from sourcebrief.text.characters import REPLACEMENT
from sourcebrief.verification.document_text import DocumentText, NotABrief

_RELATION: Final = f"{{{OFFICE}}}id"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TEXT: Final = frozenset({w("t"), "{http://schemas.openxmlformats.org/drawingml/2006/main}t"})
_SYMBOLS: Final = {w("noBreakHyphen"): "-", w("sym"): REPLACEMENT}
_BREAKS: Final = frozenset(map(w, ("p", "br", "cr", "tab", "ptab")))


def words_of_docx(data: bytes) -> DocumentText:
    """Read a Word document. Raises NotABrief with the reason where it cannot be one of ours."""
    try:
        package = Package(data)
        return _read(package, package.body(), carried_in_docx(package))
    except EngineFault as error:
        raise NotABrief(str(error)) from error
    except UNREADABLE as error:
        raise NotABrief("not a Word document, or damaged; ask for it again") from error


def _read(package: Package, body: Any, carried: Mapping[str, bytes]) -> DocumentText:
    notes = {
        note.get(w("id")): list(_chunks(note))
        for name in package.related(DOCUMENT, "footnotes").values()
        for note in package.tree(name).findall(w("footnote"))
        if note.get(w("type")) is None
    }
    calls = [call.get(w("id")) for call in body.iter(w("footnoteReference"))]
    used = {
        reference.get(_RELATION)
        for reference in body.iter(w("headerReference"), w("footerReference"))
    }
    return DocumentText(
        "docx",
        carried.get(EVIDENCE),
        carried.get(BUILD_INFO),
        body=list(_chunks(body)),
        notes=[chunk for key in calls for chunk in notes.get(key, [])],
        alternatives=[
            " ".join(picture.get("descr", "").split()) for picture in body.iter(_PICTURE)
        ],
        links=frozenset(_links(package)),
        heads=[
            list(_chunks(package.tree(name)))
            for kind in ("header", "footer")
            for relation, name in package.related(DOCUMENT, kind).items()
            if relation in used
        ],
        contents=[
            chunk
            for block in filter(is_contents, body.iter(w("sdt")))
            for chunk in _chunks(block, within_contents=True)
            if chunk.strip()
        ],
        oddities=list(_oddities(body, calls, set(notes))),
        not_compared=[
            f"its {kind}, which are not part of the edition"
            for kind in ("comments", "endnotes")
            for name in package.related(DOCUMENT, kind).values()
            if any(text.strip() for text in package.tree(name).itertext())
        ],
        figure=False,
    )


def _oddities(body: Any, calls: list[Any], notes: set[Any]) -> Iterator[str]:
    if missing := [key for key in calls if key not in notes]:
        yield f"{len(missing)} of its notes are missing"
    if uncalled := notes - set(calls):
        yield f"{len(uncalled)} of its notes have no call"
    if next(body.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo")), None) is not None:
        yield "it carries tracked changes"


def _links(package: Package) -> Iterator[str]:
    """The addresses that links lead to."""
    for part in (DOCUMENT, *package.related(DOCUMENT, "footnotes").values()):
        name = relations_of(part)
        for one in package.tree(name) if name in package else ():
            is_link = str(one.get("Type")).endswith("/hyperlink")
            if is_link and one.get("TargetMode") == "External":
                yield str(one.get("Target"))


def _chunks(root: Any, *, within_contents: bool = False) -> Iterator[str]:
    """Yield the text between two breaks as one chunk, however Word cuts it into runs.

    A table of contents is left out unless asked for, because it repeats the headings.
    """
    words: list[str] = []
    for element in root.iter(*_TEXT, *_SYMBOLS, *_BREAKS):
        if not within_contents and any(map(is_contents, element.iterancestors(w("sdt")))):
            continue
        if element.tag in _BREAKS:
            yield "".join(words)
            words = []
        else:
            words.append((element.text or "") + _SYMBOLS.get(element.tag, ""))
    yield "".join(words)


def is_contents(element: Any) -> bool:
    """Whether an element is a table of contents."""
    gallery = f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}"
    found = element.find(gallery) if element.tag == w("sdt") else None
    return found is not None and found.get(w("val")) == "Table of Contents"

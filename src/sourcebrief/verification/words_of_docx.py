"""The words of a Word document in reading order: body, footnotes, heads and feet.

The file may come from anybody: it is unpacked under a limit, no entity and no address is followed.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from sourcebrief.documents.word.opc_package import UNREADABLE, Package, w
from sourcebrief.documents.word.write_docx import read_manifest
from sourcebrief.errors import EngineFault
from sourcebrief.verification.document_text import DocumentText, NotABrief

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_TOTAL: Final = 256 * 1024 * 1024
_DOCUMENT: Final = "word/document.xml"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BREAKS: Final = frozenset(map(w, ("p", "br", "cr", "tab", "ptab")))
_UNSEEN: Final = frozenset({_FALLBACK, *map(w, ("pPr", "rPr", "instrText", "delText", "del"))})
_REMARKS: Final = {
    "comments": "its comments, which are no part of the edition",
    "endnotes": "its endnotes, which are no part of the edition",
}


def words_of_docx(data: bytes) -> DocumentText:
    """Read a Word document. Raises NotABrief with the reason where it cannot be one of ours."""
    try:
        _check_size(data)
        evidence = read_manifest(data)
        package = Package(data)
        body = package.tree(_DOCUMENT).find(w("body"))
        if body is None:
            raise NotABrief("not a Word document: it has no body")
        return _read(package, body, evidence)
    except EngineFault as error:
        raise NotABrief(str(error)) from error
    except (*UNREADABLE, etree.XMLSyntaxError) as error:
        raise NotABrief(f"not a Word document, or damaged ({error})") from error


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set()
        left = LARGEST_TOTAL
        for entry in archive.infolist():
            if entry.flag_bits & 1:
                raise NotABrief("it is encrypted; ask for it without a password")
            if entry.filename in names:
                raise NotABrief(f"damaged: two parts in it are named {entry.filename}")
            names.add(entry.filename)
            # zipfile reads no more of a part than its declared size.
            left -= entry.file_size
        if left < 0:
            raise NotABrief("more is packed into it than a brief can hold")


def _read(package: Package, body: Any, evidence: bytes | None) -> DocumentText:
    notes_by_id = {}
    for name in package.related(_DOCUMENT, "footnotes").values():
        for note in package.tree(name).findall(w("footnote")):
            if note.get(w("type")) is None:
                notes_by_id[note.get(w("id"))] = list(_chunks(note))
    called = [call.get(w("id")) for call in body.iter(w("footnoteReference"))]
    oddities = []
    if missing := [key for key in called if key not in notes_by_id]:
        oddities.append(f"{len(missing)} of its notes are missing")
    if uncalled := [key for key in notes_by_id if key not in called]:
        oddities.append(f"{len(uncalled)} of its notes have no call")
    used = {
        reference.get(_RELATION)
        for reference in body.iter(w("headerReference"), w("footerReference"))
    }
    heads = [
        list(_chunks(package.tree(name)))
        for kind in ("header", "footer")
        for relation, name in package.related(_DOCUMENT, kind).items()
        if relation in used
    ]
    remarks = [
        remark
        for kind, remark in _REMARKS.items()
        for name in package.related(_DOCUMENT, kind).values()
        if any(text.strip() for text in package.tree(name).itertext())
    ]
    if next(body.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo")), None) is not None:
        oddities.append("it carries tracked changes")
    return DocumentText(
        kind="docx",
        evidence=evidence,
        body=list(_chunks(body)),
        notes=[chunk for key in called for chunk in notes_by_id.get(key, [])],
        alternatives=[
            " ".join(picture.get("descr", "").split()) for picture in body.iter(_PICTURE)
        ],
        links=frozenset(_links(package)),
        heads=heads,
        contents=[
            chunk
            for block in filter(_is_contents, body.iter(w("sdt")))
            for chunk in _chunks(block, within_contents=True)
            if chunk.strip()
        ],
        oddities=oddities,
        remarks=remarks,
        figure=False,
    )


def _links(package: Package) -> Iterator[str]:
    parts = [_DOCUMENT, *package.related(_DOCUMENT, "footnotes").values()]
    for part in parts:
        folder, _, name = part.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels"
        if relations not in package:
            continue
        for relation in package.tree(relations):
            external = relation.get("TargetMode") == "External"
            if external and str(relation.get("Type")).endswith("/hyperlink"):
                yield str(relation.get("Target"))


def _chunks(root: Any, *, within_contents: bool = False) -> Iterator[str]:
    """Yield the text between two breaks, whole, however it is cut into runs.

    A table of contents is left out unless asked for: it is made of what stands elsewhere.
    """
    words: list[str] = []
    # How many unseen elements are open.
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        hides = element.tag in _UNSEEN or _is_hidden(element)
        hides = hides or (_is_contents(element) and not within_contents)
        if event == "end":
            unseen -= hides
            if element.tag in _BREAKS:
                yield "".join(words)
                words = []
            continue
        unseen += hides
        if element.tag in _BREAKS:
            yield "".join(words)
            words = []
        elif unseen:
            continue
        elif element.tag in (w("t"), _DRAWN):
            words.append(element.text or "")
        elif element.tag == w("noBreakHyphen"):
            words.append("-")
        elif element.tag == w("sym"):
            words.append("\ufffd")
    yield "".join(words)


def _is_hidden(element: Any) -> bool:
    if element.tag != w("r"):
        return False
    properties = element.find(w("rPr"))
    hidden = None if properties is None else properties.find(w("vanish"))
    return hidden is not None and hidden.get(w("val"), "1") not in ("0", "false", "off")


def _is_contents(element: Any) -> bool:
    if element.tag != w("sdt"):
        return False
    gallery = element.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
    return gallery is not None and gallery.get(w("val")) == "Table of Contents"

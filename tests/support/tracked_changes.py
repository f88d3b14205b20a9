"""What is left of a Word document once all its tracked changes are accepted, or rejected.

Written for the tests alone, so that nothing of the program judges itself.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def accepted(document: bytes) -> list[str]:
    return _resolved(document, gone=("del",), kept=("ins",))


def rejected(document: bytes) -> list[str]:
    return _resolved(document, gone=("ins",), kept=("del",))


def words(document: bytes) -> list[str]:
    """The words of each paragraph that has any, notes in the place of their calls."""
    return _resolved(document, gone=(), kept=())


def _resolved(document: bytes, gone: tuple[str, ...], kept: tuple[str, ...]) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    notes = {}
    if "word/footnotes.xml" in parts:
        for note in etree.fromstring(parts["word/footnotes.xml"]).iter(f"{W}footnote"):
            notes[note.get(f"{W}id")] = _text(note, {})
    heads = sorted(name for name in parts if name.startswith(("word/header", "word/footer")))
    found: list[str] = []
    for name in ("word/document.xml", *heads):
        root = etree.fromstring(parts[name])
        _resolve(root, gone, kept)
        found += [text for p in root.iter(f"{W}p") if (text := _text(p, notes).strip())]
    return found


def _resolve(root: Any, gone: tuple[str, ...], kept: tuple[str, ...]) -> None:
    for row in list(root.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{W}{kind}") is not None for kind in gone):
            row.getparent().remove(row)
    for kind in gone:
        for change in list(root.iter(f"{W}{kind}")):
            if change.getparent().tag not in (f"{W}rPr", f"{W}trPr"):
                change.getparent().remove(change)
    for paragraph in list(root.iter(f"{W}p")):
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        if mark is not None and any(mark.find(f"{W}{kind}") is not None for kind in gone):
            following = paragraph.getnext()
            if following is not None and following.tag == f"{W}p":
                at = 1 if following.find(f"{W}pPr") is not None else 0
                following[at:at] = [each for each in paragraph if each.tag != f"{W}pPr"]
                paragraph.getparent().remove(paragraph)


def _text(element: Any, notes: dict[str | None, str]) -> str:
    pieces = []
    for each in element.iter():
        if each.tag in (f"{W}t", f"{W}delText"):
            pieces.append(each.text or "")
        elif each.tag == f"{W}footnoteReference":
            pieces.append(f"({notes.get(each.get(f'{W}id'), '?')})")
        elif each.tag in (f"{W}br", f"{W}tab"):
            pieces.append(" ")
    return " ".join("".join(pieces).split())

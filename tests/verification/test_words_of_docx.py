"""Word documents that were edited, or are hostile."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from sent_files import replaced, rezipped, zipped
from sourcebrief.verification.verify import verify

if TYPE_CHECKING:
    from inspections import Built


@pytest.mark.parametrize(
    ("part", "old", "new", "named"),
    [
        ("word/document.xml", "does not show", "does show", "“not” was taken out"),
        ("word/document.xml", "Low", "High", "“Low” was changed to “High”"),
        ("word/document.xml", "Marta Vela", "Marta Velo", "“Vela” was changed to “Velo”"),
        (
            "word/footnotes.xml",
            ", ¶\u00a03.",
            ", ¶\u00a04.",
            "gaps 1, note: “3.” was changed to “4.”",
        ),
        ("word/footer1.xml", "Edition ", "Edition 0", "does not print the edition"),
        ("word/header1.xml", "TLP:GREEN", "TLP:CLEAR", "TLP:CLEAR"),
        ("word/_rels/document.xml.rels", "https://example.org/almanac", "https://evil.example",
         "a link leads to https://evil.example"),
    ],
)  # fmt: skip
def test_a_word_document_that_was_edited(
    built: Built, part: str, old: str, new: str, named: str
) -> None:
    altered = rezipped(built.bytes("harbours", "docx"), replaced(part, old, new))
    said = [*verify(altered).problems, *verify(altered).unchecked]
    assert any(named in words for words in said), said


def test_tracked_changes_are_named(built: Built) -> None:
    edit = replaced("word/document.xml", "<w:r>", '<w:ins w:id="9" w:author="x"><w:r>')
    closed = replaced("word/document.xml", "</w:r>", "</w:r></w:ins>")
    altered = rezipped(rezipped(built.bytes("harbours", "docx"), edit), closed)
    assert "it carries tracked changes" in verify(altered).problems


@pytest.mark.parametrize("damage", [b"\n\0", "·".encode(), b"-"])
def test_evidence_that_no_parser_reads_is_told_in_one_line(built: Built, damage: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(built.bytes("muelle", "docx"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["customXml/item1.xml"] = parts["customXml/item1.xml"]
    parts["customXml/item1.xml"] = parts["customXml/item1.xml"].replace(b"</", damage + b"</", 1)
    (problem,) = verify(zipped(**parts)).problems
    assert "\n" not in problem


def test_a_zip_bomb() -> None:
    parts = {f"word/part{number}.xml": bytes(64 * 1024 * 1024) for number in range(5)}
    (problem,) = verify(zipped(**parts)).problems
    assert problem == "too large: more is packed into it than a document can hold"


def test_entities_are_not_followed(built: Built) -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b '
        b'"&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(built.file("muelle", "docx")) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            is_body = entry.filename == "word/document.xml"
            new.writestr(entry.filename, bomb if is_body else old.read(entry))
    problems = verify(out.getvalue()).problems
    assert problems
    assert not any("root:" in words for words in problems)

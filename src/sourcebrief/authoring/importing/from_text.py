"""Plain text and Markdown: the file is the seed, or one in another encoding its original."""

from __future__ import annotations

import codecs
import re
from typing import Final

from sourcebrief.authoring.importing.extracted import Document, Metadata, Unreadable, one_line
from sourcebrief.authoring.importing.metadata_dates import edtf_of, language_of
from sourcebrief.errors import InvalidInput
from sourcebrief.text.characters import BINARY
from sourcebrief.workspace.yaml_nodes import load

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"#{1,2}[ \t]+(.+?)[ \t#]*")
_LONGEST_TITLE: Final = 200


def read_text(data: bytes, encoding: str | None = None) -> Document:
    """Read a text. It is a seed as it stands where `is_seed` says so.

    Raises Unreadable where the encoding is not known, or the bytes are not text.
    """
    text = _decode(data, encoding)
    if found := BINARY.search(text):
        fault = f"it is no plain text: it holds the control character U+{ord(found[0]):04X}"
        raise Unreadable(f"{fault}; save it as text")
    if not any(map(str.isalnum, text)):
        raise Unreadable("it holds no text")
    return Document(text, _metadata(text))


def is_seed(data: bytes, text: str) -> bool:
    """Whether the bytes are the text in UTF-8, a byte order mark or not: a seed as it stands."""
    return data.removeprefix(codecs.BOM_UTF8) == text.encode()


def _decode(data: bytes, encoding: str | None) -> str:
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    try:
        if encoding is not None and marked is None:
            # Line ends of any system, as they were; a decoder that is no text encoding fails.
            return data.decode(encoding).removeprefix("\ufeff")
        return data.decode(marked or "utf-8").removeprefix("\ufeff")
    except (UnicodeError, LookupError):
        name = marked or encoding or "utf-8"
        way_out = "say in which encoding it is, as --encoding windows-1252"
        raise Unreadable(f"it is not {name.upper()}; {way_out}") from None


def _metadata(text: str) -> Metadata:
    if found := _FRONT_MATTER.match(text):
        fields = _front_matter(found[1])
        language = language_of(fields.get("lang") or fields.get("language"))
        issued = edtf_of(fields.get("date"), language)
        return Metadata(
            title=one_line(fields.get("title")) or _first_line(text[found.end() :]),
            publisher=one_line(fields.get("publisher")),
            issued=issued,
            issued_from="date" if issued else None,
            language=language,
            url=one_line(fields.get("url") or fields.get("source")),
        )
    return Metadata(title=_first_line(text))


def _front_matter(text: str) -> dict[str, object]:
    """The metadata that Markdown carries at its head, as pandoc and site generators write it."""
    try:
        value = load(text.encode(), "").value
    except InvalidInput:
        return {}
    return dict(value) if isinstance(value, dict) else {}


def _first_line(text: str) -> str | None:
    """The first line, where it stands alone and reads like a title."""
    lines = text.strip().splitlines()
    # In a text without blank lines each line is a paragraph: then its first stands alone as well.
    alone = len(lines) < 2 or not lines[1].strip() or all(line.strip() for line in lines)
    if not lines or not alone:
        return None
    line = lines[0].strip()
    if heading := _HEADING.fullmatch(line):
        line = heading[1]
    ends = line.endswith((".", ",", ";", ":")) and not line.endswith("..")
    return one_line(line) if len(line) <= _LONGEST_TITLE and not ends else None

"""Plain text and Markdown."""

import re
from typing import Final

from sourcebrief.authoring.importing.extraction import (
    Extraction,
    Metadata,
    UnreadableDocument,
    decoded,
    edtf_of,
    language_of,
    marked_encoding,
    one_line,
    text_of_pages,
)
from sourcebrief.authoring.importing.proposals import title_line
from sourcebrief.errors import InvalidInput
from sourcebrief.text.characters import BINARY
from sourcebrief.workspace.yaml_places import load

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"#{1,2}[ \t]+(.+?)[ \t#]*")
_TOP_HEADING = re.compile(r"(?m)^#[ \t]+(.{1,200}?)[ \t#]*$")
_LONGEST_TITLE: Final = 200
_TITLES: Final = ("title", "page-title", "name")


def read_text(data: bytes, encoding: str | None = None) -> Extraction:
    """Read a text file. Raises UnreadableDocument where it is not text or not in `encoding`."""
    text = _decoded(data, encoding)
    return Extraction(text, Metadata(title=_first_line(text)))


def read_markdown(data: bytes, encoding: str | None = None) -> Extraction:
    """Read Markdown as the text that it shows, without the marks of links and emphasis.

    Raises UnreadableDocument as `read_text` does. YAML at its head gives the metadata.
    """
    from markdown_it import MarkdownIt

    from sourcebrief.authoring.importing.from_html import paragraphs_of_source

    text = _decoded(data, encoding)
    head = _FRONT_MATTER.match(text)
    body = text[head.end() :] if head else text
    page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(body)
    paragraphs, remarks = paragraphs_of_source(page) if page.strip() else ([], [])
    metadata = _metadata(
        _front_matter(head[1]) if head else {}, _first_line(body) or _heading(body)
    )
    return Extraction(text_of_pages([paragraphs]), metadata, remarks=tuple(remarks))


def _decoded(data: bytes, encoding: str | None) -> str:
    name = marked_encoding(data) or encoding or "utf-8"
    text = decoded(data, name)
    if text is None:
        way_out = "say in which encoding it is, as --encoding windows-1252"
        raise UnreadableDocument(f"it is not {name.upper()}; {way_out}")
    if found := BINARY.search(text):
        character = f"U+{ord(found[0]):04X}"
        raise UnreadableDocument(
            f"it is not plain text: it holds the control character {character}; save it as text"
        )
    if not any(map(str.isalnum, text)):
        raise UnreadableDocument("it holds no text")
    return text


def _metadata(fields: dict[str, object], first_line: str | None) -> Metadata:
    language = language_of(fields.get("lang") or fields.get("language"))
    issued = edtf_of(fields.get("date"), language)
    return Metadata(
        title=next(filter(None, (one_line(fields.get(key)) for key in _TITLES)), first_line),
        publisher=one_line(fields.get("publisher")),
        issued=issued,
        issued_from="date" if issued else None,
        language=language,
        url=one_line(fields.get("url") or fields.get("source")),
    )


def _front_matter(text: str) -> dict[str, object]:
    """Read the YAML at the head of Markdown, as pandoc and site generators write it."""
    try:
        value = load(text.encode(), "").value
    except InvalidInput:
        return {}
    return dict(value) if isinstance(value, dict) else {}


def _heading(text: str) -> str | None:
    """Return the heading of the first level, where there is one and no other."""
    found = _TOP_HEADING.findall(text)
    return one_line(found[0]) if len(found) == 1 else None


def _first_line(text: str) -> str | None:
    """Return the first line where it stands alone and reads like a title."""
    lines = text.strip().splitlines()
    # In a text without blank lines each line is a paragraph, so the first stands alone too.
    if not lines or (len(lines) > 1 and lines[1].strip() and not all(map(str.strip, lines))):
        return None
    line = lines[0].strip()
    if title_line(lines) != line:
        return None  # a sender, or "Press release"
    if heading := _HEADING.fullmatch(line):
        line = heading[1]
    ends = line.endswith((".", ",", ";", ":")) and not line.endswith("..")
    return one_line(line) if len(line) <= _LONGEST_TITLE and not ends else None

"""Authored text to markup: what the author wrote, escaped, with what each citation prints."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sourcebrief.brief.view import Html

if TYPE_CHECKING:
    from sourcebrief.workspace.markup import AuthoredMarkup, Citation, InlinePiece

_LIST_TAGS = {"bullet": "ul", "number": "ol"}
_MOVED_SIGNS = ".,;:"


class CitationMarkup(NamedTuple):
    """What a citation prints: the numbers of events in the line, and a note for its sources."""

    events: Html
    note: Html


def render_blocks(
    text: AuthoredMarkup, cite: Callable[[Citation], CitationMarkup], language: str
) -> Html:
    """Markup of a block text: paragraphs and lists."""
    lines: list[str] = []
    for tag, blocks in groupby(text.blocks, key=lambda block: _LIST_TAGS.get(block.kind)):
        item = "li" if tag else "p"
        found = [f"<{item}>{_inline(block.pieces, cite, language)}</{item}>" for block in blocks]
        lines += [f"<{tag}>", *found, f"</{tag}>"] if tag else found
    return Html("\n".join(lines))


def render_inline(
    text: AuthoredMarkup, cite: Callable[[Citation], CitationMarkup], language: str
) -> Html:
    """Markup of a one-paragraph text, without the paragraph."""
    return Html(" ".join(_inline(block.pieces, cite, language) for block in text.blocks))


def _inline(
    pieces: tuple[InlinePiece, ...], cite: Callable[[Citation], CitationMarkup], language: str
) -> str:
    written: list[str] = []
    remaining = list(pieces)
    for index, piece in enumerate(remaining):
        if piece.kind == "text":
            written.append(escape(piece.text, quote=False))
        elif piece.kind == "link":
            written.append(f'<a href="{escape(piece.text)}">')
        elif piece.kind == "/link":
            written.append("</a>")
        elif piece.kind == "citation":
            events, note = cite(piece.citation)
            before = index
            while before and _is_blank(remaining[before - 1]):
                written.pop()
                before -= 1
            if written:
                written[-1] = written[-1].rstrip()
            if events:
                sign = _trailing_punctuation(remaining[before - 1]) if before else ""
                if sign:
                    written[-1] = written[-1].removesuffix(sign)
                written.append(f"{events}{sign}")
            if note:
                written.append(_leading_punctuation(remaining, index, language))
                written.append(note)
        else:
            written.append(f"<{piece.kind}>")
    return "".join(written)


def _is_blank(piece: InlinePiece) -> bool:
    return piece.kind == "text" and not piece.text.strip()


def _trailing_punctuation(piece: InlinePiece) -> str:
    """The sign that ends a text and has to follow the numbers in the line.

    The full stop of an abbreviation (U.S.) is a part of its word, and stays.
    """
    word = piece.text.split()[-1] if piece.kind == "text" else ""
    sign = word[-1:]
    return sign if sign and sign in _MOVED_SIGNS and "." not in word[:-1] else ""


def _leading_punctuation(pieces: list[InlinePiece], index: int, language: str) -> str:
    """Take the sign after a citation to stand before its note, as English typesetting has it."""
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    if following is None or following.kind != "text" or not language.startswith("en"):
        return ""
    if following.text[:1] not in _MOVED_SIGNS or not following.text:
        return ""
    pieces[index + 1] = type(following)("text", following.text[1:])
    return following.text[0]

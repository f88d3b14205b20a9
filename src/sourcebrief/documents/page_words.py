"""What a page prints, read from its HTML: every run of words with the place where it stands.

The manifest carries this, so that a document can be compared word for word with what was built,
whatever the templates of the house say. Only text counts: no fonts, no sizes, no page breaks.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Final, NamedTuple

from lxml import etree, html

EDITION: Final = "\ue000"
"""Stands for the edition's identity, which is the hash of what it would stand in. A private-use
character: no font of ours has it, so that no brief can print one."""

NOTE: Final = "note"
SEPARATOR: Final = "sep"
MARKING: Final = "marking"
FIGURE: Final = "figure-text"
HEAD: Final = "head"
SCREEN: Final = "screen-only"
"""What only a web page has: its filter, the way to the text, the heading of its notes."""
OPTIONAL: Final = frozenset({SEPARATOR, MARKING, SCREEN})
"""Parts that a kind of document may leave out: Word has a new line for a separator, and a handling
mark stands at the head and foot of a page."""

_BLOCKS: Final = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "button", "caption"),
        *("colgroup", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "label", "legend", "li", "main"),
        *("nav", "ol", "option", "p", "pre", "section", "select", "summary", "svg", "table"),
        *("tbody", "td", "text", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_SILENT: Final = frozenset({"script", "style", "template", "noscript", "head", "title", "desc"})
_WHOLE: Final = (NOTE, SEPARATOR, MARKING, SCREEN)
"""Parts that have no parts of their own."""
_NOTE_TEXT: Final = "note-text"
_COUNTED: Final = frozenset({"li", "tr"})


def words_on_page(page: str | bytes) -> dict[str, Any]:
    """Read a page: its words in reading order, pictures' alternatives, links and running texts.

    A run is `[at, part, text]`: `at` is the nearest identifier (rows and items without one are
    counted under theirs), `part` the nearest class or tag, white space is one space. Runs end where
    a block, a cell or a part ends. Raises ValueError where `page` is no HTML.
    """
    try:
        root = html.document_fromstring(page)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ValueError(f"not HTML: {error}") from error
    body: Any = root.find("body")
    reader = _Reader()
    if body is not None:
        reader.read(body)
    return {
        "runs": reader.runs,
        "alternatives": reader.alternatives,
        "links": sorted(reader.links),
        "running": {
            name.removeprefix("data-"): " ".join(value.split())
            for name, value in sorted(body.items() if body is not None else ())
            if name.startswith("data-") and value.strip()
        },
    }


class _Place(NamedTuple):
    at: str
    part: str
    inline: bool = False
    """Whether an element within a line named the part: those inside it are its typography."""


class _Reader:
    def __init__(self) -> None:
        self.runs: list[list[str]] = []
        self.alternatives: list[str] = []
        self.links: set[str] = set()
        self._words: list[str] = []
        self._place = _Place("", "")
        self._counts: Counter[tuple[str, str]] = Counter()

    def read(self, body: Any) -> None:
        # Places are kept on a stack of our own: how deep a page nests is not for us to choose.
        stack: list[_Place] = []
        for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
            if event in ("comment", "pi"):
                self._say(element.tail, stack[-1] if stack else _Place("", ""))
                continue
            if event == "start":
                stack.append(self._enter(element, stack[-1] if stack else _Place("", "body")))
                self._say(element.text, stack[-1])
                continue
            if element.tag in _BLOCKS:
                self._end()
            stack.pop()
            if stack:
                self._say(element.tail, stack[-1])
        self._end()

    def _enter(self, element: Any, above: _Place) -> _Place:
        at, part, inline = above
        tag = element.tag
        if tag in _BLOCKS:
            self._end()
        if tag in _SILENT:
            if tag == "title" and "".join(element.itertext()).strip():
                self.alternatives.append(_one_space("".join(element.itertext())))
            return _Place(at, "")
        href = element.get("href", "")
        if tag == "a" and href.startswith(("https:", "http:", "mailto:")):
            self.links.add(href)
        classes = element.get("class", "").split()
        if _is_call(element, classes):
            return _Place(at, "")
        if _NOTE_TEXT in classes:
            # A web page gathers its notes into a list.
            return _Place(at, NOTE)
        if part in (*_WHOLE, ""):
            return above
        if element.get("data-event"):
            at = f"evidence-{element.get('data-event')}"
        if tag == "thead":
            at = f"{at}/{HEAD}"
        elif tag in _COUNTED and not element.get("id") and not at.endswith(f"/{HEAD}"):
            self._counts[at, tag] += 1
            at = f"{at}/{self._counts[at, tag]}"
        at = element.get("id") or at
        if tag == "text":
            part = FIGURE
        elif named := next((each for each in _WHOLE if each in classes), None):
            part = named
        elif tag in _BLOCKS:
            part, inline = classes[0] if classes and tag != "svg" else tag, False
        elif classes and not inline and tag != "g":
            part, inline = classes[0], True
        return _Place(at, part, inline)

    def _say(self, words: str | None, place: _Place) -> None:
        if not words or not place.part:
            return
        if place[:2] != self._place[:2]:
            self._end()
            self._place = place
        self._words.append(words)

    def _end(self) -> None:
        text = _one_space("".join(self._words))
        if text:
            self.runs.append([self._place.at, self._place.part, text])
        self._words = []


def _is_call(element: Any, classes: list[str]) -> bool:
    """Whether it is a note's number, or the way back to it, on a web page."""
    if "noteref" in classes:
        return "".join(element.itertext()).strip().isdigit()
    if element.get("role") == "doc-backlink":
        return not any(map(str.isalnum, "".join(element.itertext())))
    return False


def _one_space(text: str) -> str:
    return " ".join(text.split())


__all__ = [
    "EDITION",
    "FIGURE",
    "HEAD",
    "MARKING",
    "NOTE",
    "OPTIONAL",
    "SCREEN",
    "SEPARATOR",
    "words_on_page",
]

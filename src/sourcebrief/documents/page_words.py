"""Read the words that a page prints from its HTML, each run with its place.

So `verify` can compare a document with what was built word by word. Only text counts: fonts, sizes
and page breaks do not.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from lxml import etree, html

from sourcebrief.brief.manifest import PrintedWords

EDITION: Final = "\ue000"
"""Stands for the edition, wherever the words of a page do not depend on it. It is a private-use
character, for which no packaged font has a glyph, so that no brief can print it."""

NOTE: Final = "note"
CALL: Final = "\u203b"
"""Stands for the number of a note, where a text calls it."""
SEPARATOR: Final = "sep"
MARKING: Final = "marking"
FIGURE: Final = "figure-text"
HEAD: Final = "head"
SCREEN: Final = "screen-only"
"""What only a web page has: its filter, the link to the text, the heading of its notes."""
OPTIONAL: Final = frozenset({SEPARATOR, MARKING, SCREEN})
"""Parts that a format may leave out: Word has a new line instead of a separator, and prints the
handling marking at the head and foot of a page."""

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
"""Parts that are not divided further."""
_NOTE_TEXT: Final = "note-text"


class PageWords(PrintedWords):
    """Also the words of each link with its address, and what the page says of itself."""

    linked: list[tuple[str, str]]
    said: dict[str, str]


def words_on_page(page: str | bytes) -> PageWords:
    """Read a page: its words in reading order, alternative texts, links, and running heads.

    A link is its words and its address; those of notes come after the others.

    A run is `[at, part, text]`. `at` is the nearest identifier; rows and items without one are
    counted under it. `part` is the nearest class or tag. White space is one space. A run ends where
    a block, a cell or a part ends. Raises ValueError where `page` is not HTML
    with a body.
    """
    try:
        root: Any = html.document_fromstring(page)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ValueError("not HTML") from error
    body = root.find("body")
    if body is None:
        raise ValueError("no body")
    reader = _PageReader()
    reader.read(body)
    linked = [*reader.links[False], *reader.links[True]]
    running = {
        name.removeprefix("data-"): " ".join(value.split())
        for name, value in sorted(body.items())
        if name.startswith("data-") and value.strip()
    }
    return {
        "runs": reader.runs,
        "alternatives": reader.alternatives,
        "links": sorted({address for _, address in linked if address[:1] != "#"}),
        "linked": linked,
        "running": running,
        "said": dict(_said_of_itself(root)),
    }


def _said_of_itself(root: Any) -> Iterator[tuple[str, str]]:
    """Yield what a page says of itself: its language, title, author, description and keywords."""
    yield "language", root.get("lang", "")
    yield "title", " ".join(root.findtext("head/title", "").split())
    for one in root.iterfind("head/meta"):
        if one.get("name") in ("author", "description", "keywords"):
            yield one.get("name"), " ".join(one.get("content", "").split())


class _Place(NamedTuple):
    at: str = ""
    part: str = ""
    inline: bool = False
    """An element inside a line gave the part its name, so elements within it are typography."""


class _PageReader:
    def __init__(self) -> None:
        self.runs: list[tuple[str, str, str]] = []
        self.alternatives: list[str] = []
        self.links: dict[bool, list[tuple[str, str]]] = {False: [], True: []}
        self._words: list[str] = []
        self._place = _Place()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._calls = 0

    def read(self, body: Any) -> None:
        # A stack instead of recursion, because a stranger's page may nest at any depth.
        stack = [_Place("", "body")]
        for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
            if event in ("start", "end") and element.tag in _BLOCKS:
                self._end_run()
            if event == "start":
                stack.append(self._enter(element, stack[-1]))
                self._add(element.text, stack[-1])
                continue
            if event == "end":
                stack.pop()
            if element is not body:
                self._add(element.tail, stack[-1])
        self._end_run()

    def _enter(self, element: Any, above: _Place) -> _Place:
        at, part, inline = above
        tag = element.tag
        classes = element.get("class", "").split()
        href = element.get("href", "")
        if tag == "title" and (words := _words(element)):
            self.alternatives.append(words)
        if "noteref" in classes and _words(element) == str(self._calls + 1):
            self._calls += 1
            self._add(CALL, above)
            return _Place(at)
        if tag in _SILENT or _leads_back(element):
            return _Place(at)
        if tag == "a" and href and part and SCREEN not in (part, *classes):
            self.links[part == NOTE].append((_words(element), href))
        if _NOTE_TEXT in classes:
            # A web page gathers its notes into a list.
            return _Place(at, NOTE)
        if part in (*_WHOLE, ""):
            return above
        if element.get("data-event"):
            at = f"evidence-{element.get('data-event')}"
        if tag == "thead":
            at = f"{at}/{HEAD}"
        elif tag in ("li", "tr") and not element.get("id") and not at.endswith(f"/{HEAD}"):
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

    def _add(self, words: str | None, place: _Place) -> None:
        if words and place.part:
            if place[:2] != self._place[:2]:
                self._end_run()
                self._place = place
            self._words.append(words)

    def _end_run(self) -> None:
        if text := " ".join("".join(self._words).split()):
            self.runs.append((self._place.at, self._place.part, text))
        self._words = []


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _leads_back(element: Any) -> bool:
    """Say whether an element is a web page's link from a note back to its call."""
    is_link_back = element.get("role") == "doc-backlink"
    return is_link_back and not any(map(str.isalnum, _words(element)))

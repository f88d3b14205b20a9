"""What of a page is text: hidden and struck words leave it, raised figures keep their meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from lxml import etree

from sourcebrief.authoring.importing.raised_text import lowered, note_mark_remark, raised
from sourcebrief.text.phrases import count_of, first_words

UNSEEN: Final = frozenset(
    {"script", "style", "template", "noscript", "svg", "math", "iframe", "object", "head"}
)
INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i"}
    | {"ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong"}
    | {"sub", "sup", "time", "tt", "u", "var", "wbr", "acronym", "big", "img", "input", "nobr"}
    | {"output", "picture", "ruby", "rb", "rt", "rp"}
)
_STRUCK: Final = frozenset({"del", "s", "strike"})
_HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display:\s*none|visibility:\s*hidden)", re.IGNORECASE)
_NOTE_CLASS = re.compile(r"(?i)\b(?:foot|end)?-?note-?(?:ref|call|mark|anchor)|\breference\b")
_MOST_QUOTED: Final = 12
"""Words of what is left out that a remark shows."""


def cleaned(tree: Any) -> list[str]:
    """Take out of a parsed page what is not text for its reader; return remarks on it."""
    hidden = _removed(tree, _is_hidden)
    struck = _removed(tree, lambda element: element.tag in _STRUCK)
    remarks = [
        f"left out, since the page {how}: {counted_words(words, 'word')}"
        for words, how in ((hidden, "hides it"), (struck, "strikes it out"))
        if words
    ]
    marks = sum(_raise(element) for element in list(tree.iter("sup")))
    for element in list(tree.iter("sub")):
        _replace(element, lowered("".join(element.itertext())))
    return [*remarks, *([note_mark_remark(marks)] if marks else [])]


def counted_words(words: str, noun: str) -> str:
    """Say how many words are left out, and which are the first."""
    return f"{count_of(len(words.split()), noun)}, “{first_words(words, _MOST_QUOTED)}”"


def _is_hidden(element: Any) -> bool:
    return (
        "hidden" in element.attrib
        or element.get("aria-hidden", "").strip().lower() == "true"
        or bool(_HIDING_STYLE.search(element.get("style", "")))
    )


def _removed(tree: Any, condition: Callable[[Any], bool]) -> str:
    """Take elements out of a tree; return their words."""
    words = []
    for element in list(_outermost(tree, condition)):
        for unseen in list(element.iter(*UNSEEN)):
            unseen.clear(keep_tail=True)
        shown = " ".join(" ".join(element.itertext()).split())
        words.append(shown if any(map(str.isalnum, shown)) else "")
        element.drop_tree()
    return " ".join(filter(None, words))


def _outermost(element: Any, condition: Callable[[Any], bool]) -> Iterator[Any]:
    for child in element:
        if not isinstance(child.tag, str) or child.tag in UNSEEN:
            continue
        if condition(child):
            yield child
        else:
            yield from _outermost(child, condition)


def _raise(element: Any) -> bool:
    """Write raised words as they stand in the text; say whether they were a note mark."""
    words = "".join(element.itertext())
    links = [*element.iter("a"), *element.iterancestors("a")]
    linked = any(
        link.get("href", "").startswith("#") or link.get("role") == "doc-noteref" for link in links
    ) or bool(_NOTE_CLASS.search(element.get("class", "")))
    found = raised(_before(element), words, linked=linked)
    _replace(element, found or "")
    return found is None


def _before(element: Any) -> str:
    """Return the text of an element's paragraph that stands before it."""
    block = next((above for above in element.iterancestors() if above.tag not in INLINE), None)
    words: list[str] = []
    for event, node in etree.iterwalk(block, events=("start", "end")) if block is not None else ():
        if node is element:
            break
        if event == "start":
            words.append(node.text or "" if isinstance(node.tag, str) else "")
        elif node is not block:
            words.append(node.tail or "")
    return "".join(words)


def _replace(element: Any, words: str) -> None:
    """Put words in the place of an element."""
    if element.getparent() is not None:
        element.tail = words + (element.tail or "")
        element.drop_tree()

"""What of a page is text.

Words that are hidden, struck or part of a menu leave it; raised figures and formulas keep their
meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from lxml import etree

from sourcebrief.authoring.importing.formulas import on_one_line
from sourcebrief.authoring.importing.raised_text import lowered, note_mark_remark, raised
from sourcebrief.text.phrases import count_of, first_words

UNSEEN: Final = frozenset(
    {"script", "style", "template", "noscript", "iframe", "object", "head", "rp"}
    | {"audio", "video", "canvas", "datalist"}
)
INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i"}
    | {"ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong"}
    | {"sub", "sup", "time", "tt", "u", "var", "wbr", "acronym", "big", "img", "input", "nobr"}
    | {"output", "picture", "ruby", "rb"}
)
_TAGS_LEFT_OUT: Final = {
    **dict.fromkeys(("del", "s", "strike"), "the page strikes it out"),
    **dict.fromkeys(("rt", "rtc"), "it says how to read the letters below it"),
    **dict.fromkeys(("nav", "button", "select", "textarea", "dialog"), "it is a menu or a form"),
    "svg": "it stands in a drawing",
}
_HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display:\s*none|visibility:\s*hidden)", re.IGNORECASE)
_SHEET_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NESTED_RULES = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*+[^{}]*\}|/\*.*?\*/", re.DOTALL)
_SIMPLE_SELECTOR = re.compile(r"[a-z]*\.([\w-]+)")
_OWN_LINE = re.compile(r"(?i)display:\s*(?:block|flex|grid|table|list-item|flow-root)")
_OWN_BOX = re.compile(r"(?i)display:\s*(?:inline-(?:block|flex|grid|table)|table-cell)")
_APART = re.compile(r"(?i)display:\s*table-cell|(?:margin|padding|width)[\w-]*:\s*[^0\s]")
_ROW_OF_BOXES = re.compile(r"(?i)display:\s*(?:inline-)?(?:flex|grid)")
_BOXES: Final = ("a", "label", "span", "time")
"""Inline elements that pages make boxes of, rather than a part of a word."""
_ENDS_IN_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}$")
_NOTE_CLASS = re.compile(r"(?i)\b(?:foot|end)?-?note-?(?:ref|call|mark|anchor)|\breference\b")
_Why: TypeAlias = Callable[[Any], str | None]
"""Says why an element leaves a page; None where it stays."""
_MOST_QUOTED: Final = 12
"""Words of what is left out that a remark shows."""


def cleaned(tree: Any) -> list[str]:
    """Take out of a parsed page what is not text for its reader; return remarks on it."""
    whys: tuple[_Why, ...] = (_why_hidden, lambda element: _TAGS_LEFT_OUT.get(element.tag))
    removed = (_removed(tree, why) for why in whys)
    remarks = [
        f"left out, since {why}: {counted_words(' '.join(words), 'word')}"
        for found in removed
        for why, words in found.items()
    ]
    formulas = list(tree.iter("math"))
    for formula in formulas:
        _replace(formula, on_one_line(formula))
    if formulas:
        are = "formula is" if len(formulas) == 1 else "formulas are"
        remarks.append(f"{len(formulas):,} {are} written on one line: compare what you quote")
    _part_by_style(tree)
    marks = sum(_raise(element) for element in list(tree.iter("sup")))
    for element in list(tree.iter("sub")):
        _replace(element, lowered("".join(element.itertext())))
    return [*remarks, *([note_mark_remark(marks)] if marks else [])]


def counted_words(words: str, noun: str) -> str:
    """Say how many words are left out, and which are the first."""
    return f"{count_of(len(words.split()), noun)}, “{first_words(words, _MOST_QUOTED)}”"


def _why_hidden(element: Any) -> str | None:
    hidden = (
        "hidden" in element.attrib
        or element.get("aria-hidden", "").strip().lower() == "true"
        or bool(_HIDING_STYLE.search(element.get("style", "")))
        or (element.tag == "dialog" and "open" not in element.attrib)
    )
    return "the page hides it" if hidden else None


def _removed(tree: Any, why: _Why) -> dict[str, list[str]]:
    """Take elements out of a tree; return their words by why they leave it."""
    words: dict[str, list[str]] = {}
    for element, reason in list(_outermost(tree, why)):
        for unseen in list(element.iter(*UNSEEN)):
            unseen.clear(keep_tail=True)
        shown = " ".join(" ".join(element.itertext()).split())
        if any(map(str.isalnum, shown)):
            words.setdefault(reason, []).append(shown)
        element.drop_tree()
    return words


def _outermost(element: Any, why: _Why) -> Iterator[tuple[Any, str]]:
    for child in element:
        if not isinstance(child.tag, str) or child.tag in UNSEEN:
            continue
        if reason := why(child):
            yield child, reason
        else:
            yield from _outermost(child, why)


def _part_by_style(tree: Any) -> None:
    """Part words that only the page's style parts, as far as the page itself has it."""
    sheets = " ".join(_NESTED_RULES.sub("", sheet.text or "") for sheet in tree.iter("style"))
    styles: dict[str, str] = {}
    for selectors, declared in _SHEET_RULE.findall(sheets):
        for found in map(_SIMPLE_SELECTOR.fullmatch, map(str.strip, selectors.split(","))):
            if found:
                styles[found[1]] = f"{styles.get(found[1], '')};{declared}"
    for element in list(tree.iter(etree.Element)):
        classes = (styles.get(name, "") for name in element.get("class", "").split())
        style = ";".join((*classes, element.get("style", "")))
        if element.tag in INLINE and _OWN_LINE.search(style):
            element.addprevious(element.makeelement("div"))
            end = element.makeelement("div")
            end.tail, element.tail = element.tail, None
            element.addnext(end)
        own_box = _OWN_BOX.search(style) and _APART.search(style)
        boxes = list(element) if _ROW_OF_BOXES.search(style) else []
        for box in [*boxes, element] if own_box else boxes:
            box.text, box.tail = f" {box.text or ''}", f" {box.tail or ''}"
        if element.tag in _BOXES and _is_glued(element):
            element.tail = " "


def _is_glued(element: Any) -> bool:
    """Say whether a box touches the next: a small letter a capital, or a date a word."""
    after = element.getnext()
    if element.tail or after is None or after.tag not in _BOXES:
        return False
    words, begins = "".join(element.itertext()), "".join(after.itertext())[:1]
    if "time" in (element.tag, after.tag) or _ENDS_IN_YEAR.search(words):
        return words[-1:].isalnum() and begins.isalnum()
    return words[-1:].islower() and begins.isupper()


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

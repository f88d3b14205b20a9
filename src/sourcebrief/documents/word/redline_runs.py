"""Two paragraphs as one with tracked changes: the words of both, and which are put in or taken out.

Words are compared, not their look: where the words are the same, the newer look is taken.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Final, Protocol

from lxml import etree

from sourcebrief.documents.word.opc_package import w, w_child, w_element

_WORD: Final = re.compile(r"\w+|\s+|.", re.DOTALL)
_MARKS: Final = frozenset(map(w, ("bookmarkStart", "bookmarkEnd", "proofErr")))
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_ADDED: Final = "added"
_GONE: Final = "gone"
_SAME: Final = "same"


class Tracker(Protocol):
    """What knows the author of a redline, and the parts of both documents."""

    def track(self, kind: str) -> Any:
        """Make an element that tracks a change, `ins` or `del`."""

    def key_of(self, element: Any, *, newer: bool) -> str:
        """Return by what an element of a run, such as the call of a note, is compared."""

    def brought(self, element: Any) -> Any:
        """Return an element of the older document as one of the newer."""


@dataclass(frozen=True, slots=True, eq=False)
class _Token:
    """A word, or an element such as the call of a note: its run's look and the link around it.

    `marks` are the bookmarks that begin or end before it.
    """

    key: str
    text: str
    element: Any
    look: Any
    link: Any
    marks: tuple[Any, ...] = ()


def merged_paragraph(older: Any, newer: Any, tracker: Tracker) -> Any:
    """Return one paragraph of two, of which one may be None, with what changed tracked."""
    tokens, trailing = ([], []) if newer is None else _tokens(newer, tracker, newer=True)
    gone, _ = ([], []) if older is None else _tokens(older, tracker, newer=False)
    made = w_element("p")
    properties = (newer if newer is not None else older).find(w("pPr"))
    if properties is not None:
        made.append(deepcopy(properties))
    if older is None or newer is None:
        mark = tracker.track("ins" if older is None else "del")
        look = w_child(w_child(made, "pPr", 0), "rPr")
        _at_its_place(made.find(w("pPr")), look)
        look.insert(0, mark)
    _write(made, list(_compared(gone, tokens)), tracker)
    made.extend(deepcopy(mark) for mark in trailing)
    return made


def _at_its_place(properties: Any, look: Any) -> None:
    """Put the look of a paragraph's mark where the schema wants it: almost last."""
    properties.remove(look)
    behind = properties.findall(w("sectPr")) + properties.findall(w("pPrChange"))
    properties.insert(len(properties) - len(behind), look)


def _tokens(paragraph: Any, tracker: Tracker, *, newer: bool) -> tuple[list[_Token], list[Any]]:
    """Return the tokens of a paragraph, and the bookmarks behind the last one."""
    tokens: list[_Token] = []
    marks: list[Any] = []

    def read(holder: Any, link: Any) -> None:
        for element in holder.iterchildren(etree.Element):
            if element.tag in _MARKS:
                marks.append(element)
            elif element.tag == w("r"):
                for token in _of_run(element, link, tracker, newer=newer):
                    tokens.append(_with(token, marks))
                    marks.clear()
            elif element.tag == w("hyperlink"):
                read(element, element)
            elif element.tag in (w("sdt"), w("sdtContent")):
                read(element, link)
            elif element.tag not in (w("pPr"), w("sdtPr"), w("sdtEndPr")):
                key = "".join(str(value) for value in element.attrib.values())
                tokens.append(_with(_Token(key, "", element, None, link), marks))
                marks.clear()

    read(paragraph, None)
    return tokens, marks


def _with(token: _Token, marks: Sequence[Any]) -> _Token:
    return _Token(token.key, token.text, token.element, token.look, token.link, tuple(marks))


def _of_run(run: Any, link: Any, tracker: Tracker, *, newer: bool) -> Iterator[_Token]:
    look = run.find(w("rPr"))
    for element in run.iterchildren(etree.Element):
        if element.tag == w("t"):
            for word in _WORD.findall(element.text or ""):
                yield _Token(word, word, None, look, link)
        elif element.tag != w("rPr"):
            yield _Token(tracker.key_of(element, newer=newer), "", element, look, link)


def _compared(older: list[_Token], newer: list[_Token]) -> Iterator[tuple[str, _Token]]:
    """Yield each token with what became of it, what is gone before what was added."""
    keys = [token.key for token in older], [token.key for token in newer]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((_SAME, token) for token in newer[j1:j2])
        else:
            yield from ((_GONE, token) for token in older[i1:i2])
            yield from ((_ADDED, token) for token in newer[j1:j2])


def _write(paragraph: Any, told: Sequence[tuple[str, _Token]], tracker: Tracker) -> None:
    for (state, link), group in groupby(told, key=lambda each: (each[0], _link(*each))):
        holder = paragraph
        tokens = [token for _, token in group]
        if state != _GONE:
            paragraph.extend(deepcopy(mark) for mark in tokens[0].marks)
        if link is not None:
            holder = etree.SubElement(paragraph, link.tag, dict(link.attrib))
        if state == _SAME:
            _runs(holder, tokens, state, tracker)
            continue
        tracked = tracker.track("ins" if state == _ADDED else "del")
        _runs(tracked, tokens, state, tracker)
        if len(tracked):
            holder.append(tracked)


def _link(state: str, token: _Token) -> Any:
    """Return the link that a token stands in; what is gone leads nowhere."""
    return None if state == _GONE else token.link


def _runs(holder: Any, tokens: Sequence[_Token], state: str, tracker: Tracker) -> None:
    first = True
    for look, group in groupby(tokens, key=lambda token: token.look):
        words: list[str] = []
        for token in group:
            if state != _GONE and token.marks and not first:
                _text(holder, look, words, state)
                holder.extend(deepcopy(mark) for mark in token.marks)
            first = False
            if token.element is None:
                words.append(token.text)
                continue
            _text(holder, look, words, state)
            element = tracker.brought(token.element) if state == _GONE else deepcopy(token.element)
            if state == _GONE and element.tag == w("instrText"):
                element.tag = w("delInstrText")
            if element.tag == w("fldSimple"):
                holder.append(element)  # it holds runs of its own
            else:
                _run(holder, look).append(element)
        _text(holder, look, words, state)


def _run(holder: Any, look: Any) -> Any:
    run = etree.SubElement(holder, w("r"))
    if look is not None:
        run.append(deepcopy(look))
    return run


def _text(holder: Any, look: Any, words: list[str], state: str) -> None:
    if words:
        text = etree.SubElement(_run(holder, look), w("delText" if state == _GONE else "t"))
        text.set(_SPACE, "preserve")
        text.text = "".join(words)
        words.clear()

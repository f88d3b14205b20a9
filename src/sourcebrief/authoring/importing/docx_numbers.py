"""The numbers that Word gives to paragraphs, written into their text (ECMA-376-1, 17.9).

A reader sees “12.” before a paragraph and “Article 3” in a heading; the document holds only which
list each is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from lxml import etree

from sourcebrief.authoring.importing.docx_body import W

_Levels: TypeAlias = dict[int, Any]
_Counted: TypeAlias = list[int | None]
_LEVELS: Final = 9
_MOST_DIGITS: Final = 5
_NO_NUMBER: Final = frozenset({"bullet", "none"})
_PLACE: Final = re.compile(r"%([1-9])")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def write_numbers(document: Any, styles: Any, numbering: Any) -> None:
    """Write before each paragraph the number that Word gives it."""
    if numbering is None:
        return
    found = () if styles is None else styles.iter(f"{W}style")
    styled = {one.get(f"{W}styleId"): one for one in found}
    lists = dict(_lists(numbering, styled))
    begun: set[tuple[str | None, int]] = set()
    for paragraph in document.iter(f"{W}p"):
        number, at = _place(paragraph, styled, lists)
        levels, counted, restarts = lists.get(number, ({}, [], {}))
        if at not in levels or at >= _LEVELS or paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            continue
        if at in restarts and (number, at) not in begun:
            counted[at] = restarts[at] - 1
        begun.add((number, at))
        _count(levels, counted, at)
        has_words = any((text.text or "").strip() for text in paragraph.iter(f"{W}t"))
        if has_words and _value(levels[at], "numFmt") not in _NO_NUMBER:
            _write(paragraph, _number(levels, counted, at))


def _lists(
    numbering: Any, styled: dict[str, Any]
) -> Iterator[tuple[str, tuple[_Levels, _Counted, dict[int, int]]]]:
    """Yield each list by its number: its levels, how far they have counted, where they restart.

    Lists of one kind count on where another of it ended.
    """
    kinds = {one.get(f"{W}abstractNumId"): one for one in numbering.iter(f"{W}abstractNum")}
    counted: dict[str | None, _Counted] = {kind: [None] * _LEVELS for kind in kinds}
    of_list = {
        one.get(f"{W}numId"): _value(one, "abstractNumId") for one in numbering.iter(f"{W}num")
    }
    for one in numbering.iter(f"{W}num"):
        kind = _value(one, "abstractNumId")
        style = styled.get(_value(kinds.get(kind), "numStyleLink") or "")
        if style is not None:
            kind = of_list.get(_value(style, "pPr", "numPr", "numId"))
        if kind not in kinds:
            continue
        own = one.findall(f"{W}lvlOverride/{W}lvl")
        levels = {_whole(lvl.get(f"{W}ilvl")): lvl for lvl in (*kinds[kind].iter(f"{W}lvl"), *own)}
        restarts = {
            _whole(override.get(f"{W}ilvl")): _whole(start)
            for override in one.iter(f"{W}lvlOverride")
            if (start := _value(override, "startOverride"))
        }
        yield one.get(f"{W}numId"), (levels, counted[kind], restarts)


def _place(paragraph: Any, styled: dict[str, Any], lists: dict[str, Any]) -> tuple[str, int]:
    """Return the list of a paragraph, and its level: its own, or those of its style."""
    name = _value(paragraph, "pPr", "pStyle")
    number, level = (_value(paragraph, "pPr", "numPr", part) for part in ("numId", "ilvl"))
    seen: set[str] = set()
    while name in styled and name not in seen and number is None:
        seen.add(name)
        number = _value(styled[name], "pPr", "numPr", "numId")
        level = level or _value(styled[name], "pPr", "numPr", "ilvl")
        for at, one in lists.get(number or "", ({},))[0].items():
            if level is None and _value(one, "pStyle") == name:
                level = str(at)
        name = _value(styled[name], "basedOn")
    return number or "", _whole(level)


def _count(levels: _Levels, counted: _Counted, at: int) -> None:
    """Count one further at a level, and begin anew at those below it."""
    for above in range(at + 1):
        before = counted[above]
        if before is None:
            counted[above] = _whole(_value(levels.get(above), "start") or "1")
        elif above == at:
            counted[at] = before + 1
    counted[at + 1 :] = [None] * (len(counted) - at - 1)


def _number(levels: _Levels, counted: _Counted, at: int) -> str:
    """Return a number as Word writes it, with what follows it."""
    legal = levels[at].find(f"{W}isLgl") is not None

    def written(place: re.Match[str]) -> str:
        above = int(place[1]) - 1
        style = "decimal" if legal else _value(levels.get(above), "numFmt") or "decimal"
        return _in_figures(counted[above] or 0, style)

    space = "" if _value(levels[at], "suff") == "nothing" else " "
    return _PLACE.sub(written, _value(levels[at], "lvlText") or "") + space


def _in_figures(number: int, style: str) -> str:
    text = str(number)
    if style.endswith("Letter") and number > 0:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style.endswith("Roman") and number > 0:
        text = ""
        for value, letters in _ROMAN:
            text += letters * (number // value)
            number %= value
    elif style == "decimalZero":
        text = text.zfill(2)
    return text.upper() if style.startswith("upper") else text


def _write(paragraph: Any, words: str) -> None:
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}t", {_SPACE: "preserve"}).text = words
    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, run)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < _MOST_DIGITS else 0


def _value(element: Any, *path: str) -> str | None:
    found = None if element is None else element.find("/".join(f"{W}{name}" for name in path))
    return None if found is None else found.get(f"{W}val")

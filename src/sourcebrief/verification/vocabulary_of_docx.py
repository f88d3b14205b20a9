"""The elements, places and values that builds and word processors write in a Word document.

`vocabulary_of_docx.txt` lists them. What is not in it could show, hide or change words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from lxml import etree

from sourcebrief.text.phrases import shorten

_FILE: Final = Path(__file__).with_suffix(".txt")
_NEUTRAL: Final = re.compile(
    "rsid[A-Z]?[A-Za-z]*|paraId|textId|space|Ignorable|conformance|anchorId|editId|durableId"
    "|restartNumberingAfterBreak|tplc|tentative|displacedByCustomXml"
)
"""Attributes that word processors add for themselves, to any element."""
_KINDS: Final = {
    "*": ".*",
    "@switch": "0|1|true|false|on|off",
    "@theme": "(?:major|minor)(?:HAnsi|Bidi|EastAsia)",
    # Symbol fonts show other signs than the letters that are written.
    "@font": "(?!.*(?:symbol|dings|dingbat|outlook|specialty|marlett|extra|ornament|emoji|barcode"
    "|blank|hidden|redact|icon)).*",
}
_LISTS: Final = "word/numbering.xml"
_OTHER_SIGNS: Final = "a font shows other signs than the letters"

Known = frozenset[tuple[str, ...]]
"""What a document holds: elements, each with its holder, and attributes with their values."""


@dataclass(frozen=True, slots=True)
class _Values:
    """The values of an attribute: a pattern or a range, and what another value does."""

    pattern: re.Pattern[str]
    range: tuple[float, float] | None
    otherwise: str

    def hold(self, text: str) -> bool:
        if self.range is None:
            return self.pattern.fullmatch(text) is not None
        return bool(self.pattern.fullmatch(text)) and self.range[0] <= float(text) <= self.range[1]


def known_in(elements: Iterator[tuple[str, str, Any]]) -> Known:
    """What a document made again holds beyond the vocabulary, by a house's own reference.docx."""
    return frozenset(
        one
        for part, local, element in elements
        for one in (_place(local, element), *(_said(element) if part != _LISTS else ()))
    )


def unknown_in_element(element: Any, local: str, part: str, made: Known) -> Iterator[str]:
    """Yield what of an element is neither in the vocabulary nor in the document made again."""
    place = _place(local, element)
    holders, values = _vocabulary().get(local, (None, None))
    if place not in made:
        if holders is None:
            yield f"it has the element {local}, which no build writes"
        elif holders and place[1] not in holders:
            yield f"{local} stands within {place[1]}, where no program puts it"
    if values is None or (local == "rFonts" and part == _LISTS):
        return  # The bullets of lists are signs of symbol fonts.
    for said in _said(element):
        _, key, value = said
        known = values.get(key)
        if said in made or _NEUTRAL.fullmatch(key) or (known is not None and known.hold(value)):
            continue
        if known is not None and known.otherwise:
            yield f"{known.otherwise} ({shorten(value, 40)})"
        else:
            yield f"{key} of {local} is “{shorten(value, 40)}”, which no build writes"


def _place(local: str, element: Any) -> tuple[str, str]:
    holder = element.getparent()
    return local, "-" if holder is None else etree.QName(holder).localname


def _said(element: Any) -> Iterator[tuple[str, str, str]]:
    local = etree.QName(element).localname
    return ((local, etree.QName(key).localname, text) for key, text in element.attrib.items())


@cache
def _vocabulary() -> dict[str, tuple[frozenset[str], dict[str, _Values] | None]]:
    """Each element with those that hold it, and the values of its attributes."""
    found: dict[str, tuple[frozenset[str], dict[str, _Values] | None]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        head, *groups = line.split(" | ")
        names, _, holders = head.partition(" in ")
        values = None if not holders or groups == ["@any"] else dict(_values(groups))
        for name in names.split():
            found[name] = frozenset(holders.split()), values
    return found


def _values(groups: list[str]) -> Iterator[tuple[str, _Values]]:
    for group in groups:
        attributes, _, otherwise = group.partition(" ~ ")
        for attribute in attributes.split("; "):
            key, *words = attribute.split()
            first, is_range, last = " ".join(words).partition("..")
            pattern = "|".join(_KINDS.get(word, re.escape(word)) for word in words)
            yield (
                key,
                _Values(
                    re.compile(
                        r"-?\d+(?:\.\d+)?" if is_range else pattern, re.IGNORECASE | re.DOTALL
                    ),
                    (float(first), float(last)) if is_range else None,
                    otherwise or (_OTHER_SIGNS if words == ["@font"] else ""),
                ),
            )

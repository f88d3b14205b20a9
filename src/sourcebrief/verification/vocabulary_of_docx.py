"""The elements, places and values that builds and word processors write in a Word document.

`vocabulary.txt` lists them. What is not in it could show, hide or change words.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final, TypeAlias

from lxml import etree

from sourcebrief.text.phrases import shorten
from sourcebrief.verification.vocabulary import vocabulary

_Allows: TypeAlias = Callable[[str], bool]
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
_OTHERWISE: Final = {"@font": "a font shows other signs than the letters"}
_ANY_CASE: Final = re.IGNORECASE | re.DOTALL
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")

Known = frozenset[tuple[str, ...]]
"""What a document holds: elements, each with its holder, and attributes with their values."""


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
        allows, otherwise = values.get(key, (None, ""))
        if said not in made and not _NEUTRAL.fullmatch(key) and not (allows and allows(value)):
            shown = shorten(value, 40)
            plain = f"{key} of {local} is “{shown}”, which no build writes"
            yield f"{otherwise} ({shown})" if otherwise else plain


def _place(local: str, element: Any) -> tuple[str, str]:
    holder = element.getparent()
    return local, "-" if holder is None else etree.QName(holder).localname


def _said(element: Any) -> Iterator[tuple[str, str, str]]:
    local = etree.QName(element).localname
    return ((local, etree.QName(key).localname, text) for key, text in element.attrib.items())


@cache
def _vocabulary() -> dict[str, tuple[set[str], dict[str, tuple[_Allows, str]] | None]]:
    """Each element with those that hold it, and what its attributes may say."""
    found: dict[str, tuple[set[str], dict[str, tuple[_Allows, str]] | None]] = {}
    for line in vocabulary("word"):
        head, *groups = line.split(" | ")
        elements, _, holders = head.partition(" in ")
        values = None if not holders or groups == ["@any"] else dict(_values(groups))
        found |= {name: (set(holders.split()), values) for name in elements.split()}
    return found


def _values(groups: list[str]) -> Iterator[tuple[str, tuple[_Allows, str]]]:
    """Each attribute, whether it may have a value, and what another one does."""
    for group in groups:
        attributes, _, otherwise = group.partition(" ~ ")
        for attribute in attributes.split("; "):
            key, *words = attribute.split()
            yield key, (_allows(words), otherwise or _OTHERWISE.get(" ".join(words), ""))


def _allows(words: list[str]) -> _Allows:
    first, is_range, last = " ".join(words).partition("..")
    if is_range:
        return lambda text: (
            _NUMBER.fullmatch(text) is not None and float(first) <= float(text) <= float(last)
        )
    known = re.compile("|".join(_KINDS.get(word, re.escape(word)) for word in words), _ANY_CASE)
    return lambda text: known.fullmatch(text) is not None

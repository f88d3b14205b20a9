"""Anchors: bookmarks around what authors wrote, by which a review finds its place in the YAML.

The template says with `data-text` which text of the YAML an element prints: its address, such as
`judgements/2` or `events/the-pact/summary`. Each paragraph of it gets a bookmark of its own. The
bookmark's name holds the address, shortened, and a hash of address and words. It begins with an
underscore, which hides it in Word.
"""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from lxml import etree, html

from sourcebrief.documents.word.opc_package import w, w_value

ADDRESS: Final = "data-text"
_LONGEST_NAME: Final = 40
"""Characters that Word allows a bookmark, and beyond which pandoc writes another name."""
_DIGITS: Final = 8
_BEFORE: Final = "anchor"
"""pandoc replaces a name that begins with an underscore, so ours begin with this until the end."""
_MADE: Final = re.compile(rf"{_BEFORE}(_\w+_[0-9a-f]{{{_DIGITS}}})")
_NOT_IN_NAME: Final = re.compile(r"\W+|_+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A paragraph that an author wrote: the name of its bookmark, and its address.

    `paragraph` counts from 1 within the address. A text that prints twice has two anchors.
    """

    name: str
    address: str
    paragraph: int


def mark_texts(body: html.HtmlElement) -> tuple[Anchor, ...]:
    """Put the content of each paragraph that an author wrote into a span with an identifier.

    Returns their anchors; pandoc makes a bookmark of each span.
    """
    anchors: list[Anchor] = []
    printed: Counter[str] = Counter()
    for element in list(body.iterfind(f".//*[@{ADDRESS}]")):
        address = element.attrib.pop(ADDRESS)
        printed[address] += 1
        paragraphs = list(element.iter("p", "li")) or [element]
        paragraphs = [each for each in paragraphs if each.find(".//p") is None]
        for number, paragraph in enumerate(paragraphs, 1):
            words = "".join(paragraph.text_content().split())
            name = _name(address, number, printed[address], words)
            anchors.append(Anchor(name, address, number))
            wrap_content(paragraph, "span", {"id": _BEFORE + name})
    return tuple(anchors)


def name_bookmarks(body: etree._Element) -> None:
    """Give the bookmarks of anchors the names that hide them."""
    for start in body.iter(w("bookmarkStart")):
        if made := _MADE.fullmatch(w_value(start, "name")):
            start.set(w("name"), made[1])


def _name(address: str, paragraph: int, printing: int, words: str) -> str:
    told = f"{address}\n{paragraph}\n{printing}\n{words}"
    digits = hashlib.sha256(told.encode()).hexdigest()[:_DIGITS]
    room = _LONGEST_NAME - len(_BEFORE) - _DIGITS - 2
    return f"_{_NOT_IN_NAME.sub('_', address)[:room].strip('_')}_{digits}"


def wrap_content(holder: html.HtmlElement, tag: str, attributes: dict[str, str]) -> None:
    """Put all that an element of the page holds into a new one inside it."""
    inside = html.Element(tag, attributes)
    inside.text, holder.text = holder.text, None
    inside.extend(list(holder))
    holder.append(inside)

"""What hides or changes words in a Word document by elements and values that builds write too."""

import re
from collections.abc import Iterator
from typing import Any, Final

from sourcebrief.documents.direction import has_right_to_left
from sourcebrief.documents.word.opc_package import OFF, w
from sourcebrief.text.phrases import shorten
from sourcebrief.verification.contrast import LEAST_CONTRAST, contrast, luminance
from sourcebrief.verification.words_of_docx import in_contents

_DARK: Final = 0.3
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_FIELD: Final = re.compile(
    r'\s*(?:TOC(?:\s+\\[a-z](?:\s+"[\d-]+")?)*|HYPERLINK\s+\\l\s+"[\w-]+"(?:\s+\\h)?)\s*'
)
_IN_CONTENTS: Final = re.compile(r"\s*PAGEREF\s+[\w-]+(?:\s+\\h)?\s*")
_PAGE_NUMBER: Final = re.compile(
    r"\s*(?:PAGE|NUMPAGES)\s*(?:\\\*\s*(?:MERGEFORMAT|ARABIC)\s*)*", re.IGNORECASE
)
"""What a field in a head or foot counts; in a text it would take the place of a number."""
_LABEL: Final = re.compile(
    r"(?:%\d|[\s.,;:()\[\]\-\u00b7\u2013\u2014\u2022\u2023\u2043\u25a0\u25a1\u25aa\u25ab\u25cb\u25cf"
    r"\u25e6\uf02d\uf076\uf0a7\uf0b7\uf0d8\uf0fc])*|o"
)
"""Numbers, and the bullets that word processors offer, some of them in symbol fonts."""


def hidden_in_element(element: Any, local: str, part: str) -> Iterator[str]:
    """Yield what an element of a part does to hide words, or to show what is not text."""
    value = str(element.get(w("val"), ""))
    if local in ("fldSimple", "instrText"):
        instruction = element.get(w("instr")) or element.text or ""
        known_fields = _PAGE_NUMBER if re.search(r"(?:header|footer)\d*\.xml$", part) else _FIELD
        if not known_fields.fullmatch(instruction) and not (
            in_contents(element) and _IN_CONTENTS.fullmatch(instruction)
        ):
            yield f"a field computes what is shown: {shorten(instruction, 40)}"
    elif local == "t" and (element.text or " ").strip(" \t\r\n") != element.text:
        if element.get(_SPACE) != "preserve":
            yield f"“{shorten(element.text or '', 40)}” runs into the words beside it"
    elif local == "lvlText" and not _LABEL.fullmatch(value):
        yield f"the number of a list holds words: “{shorten(value, 40)}”"
    elif local in ("rtl", "bidi") and value not in OFF:
        text = _run_text(element)
        if any(map(str.isalnum, text)) and not has_right_to_left(text):
            yield f"“{shorten(text, 40)}” is set from right to left"
    elif local == "webHidden" and not in_contents(element) and _has_text(element):
        # Word hides the page numbers of a table of contents on a screen, LibreOffice all of it.
        yield "words are hidden on a screen"
    elif local == "vertAlign" and value != "baseline" and _has_text(element):
        yield f"“{shorten(_run_text(element), 40)}” is raised or lowered"
    elif local == "footnotePr":
        formats = element.findall(w("numFmt"))
        if any(one.get(w("val")) != "decimal" for one in formats):
            yield "the notes have other numbers than their calls"
    elif local == "rPr":
        yield from _unseen_colour(element)
    elif local in ("pPr", "tcPr", "tblPr"):
        shade = element.find(w("shd"))
        if shade is not None and luminance(_colour(str(shade.get(w("fill"))), 1.0)) < _DARK:
            yield "what is behind a text is as dark as the text"


def _run_text(element: Any) -> str:
    """The text of the run whose property an element is."""
    return "".join(part.text or "" for part in element.getparent().getparent().iter(w("t")))


def _has_text(element: Any) -> bool:
    holder = element.getparent().getparent()
    if holder.tag == w("style"):
        return str(holder.get(w("type"))) == "paragraph"
    return str(holder.tag) == w("r") and bool(_run_text(element).strip())


def _unseen_colour(properties: Any) -> Iterator[str]:
    colour = properties.find(w("color"))
    ink = "auto" if colour is None else str(colour.get(w("val")))
    paper = _fill(properties)
    if paper == "auto" and colour is not None:
        behind = ("/".join(map(w, path)) for path in (("pPr", "shd"), ("tcPr", "shd")))
        steps = dict(zip((w("p"), w("tc")), behind, strict=True))
        shades = (one.find(steps[one.tag]) for one in properties.iterancestors(*steps))
        fills = (str(one.get(w("fill"), "auto")) for one in shades if one is not None)
        paper = next((fill for fill in fills if fill != "auto"), "auto")
    if contrast(_colour(ink, 0.0), _colour(paper, 1.0)) < LEAST_CONTRAST:
        yield "a text has the colour of what is behind it"


def _fill(properties: Any) -> str:
    shade = properties.find(w("shd"))
    return "auto" if shade is None else str(shade.get(w("fill"), "auto"))


def _colour(digits: str, automatic: float) -> list[float]:
    """Red, green and blue of six hexadecimal digits; `automatic` where they are no colour."""
    if not re.fullmatch("[0-9A-Fa-f]{6}", digits):
        return [automatic] * 3
    return [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]

"""What hides or changes words in a Word document by the value of an element that builds write too.

The values that builds and word processors write are known; what lies beyond them is reported.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from sourcebrief.documents.direction import has_right_to_left
from sourcebrief.documents.word.opc_package import w
from sourcebrief.text.phrases import shorten
from sourcebrief.verification.contrast import LEAST_CONTRAST, contrast, luminance
from sourcebrief.verification.words_of_docx import is_contents

SMALLEST: Final = 10
"""Half points of the smallest letters, and `NARROWEST` twentieths of a point of a column."""
NARROWEST: Final = 180
_FAR: Final = 6_000
"""Twentieths of a point from a margin that leave no room for a text."""
_WIDE: Final = 1_500
"""Twentieths of a point within a cell that leave no room for a text."""
_LOWEST: Final = 180
"""Of a line, in 240ths of its usual height."""
_DARK: Final = 0.3
_DIGITS: Final = re.compile(r"-?\d+")
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
# Symbol fonts show other signs than the letters that are written.
_FONT: Final = (
    "(?!.*(?:symbol|dings|dingbat|outlook|specialty|marlett|extra|ornament|emoji|barcode|blank"
    "|hidden|redact|icon)).*"
)
_MARGIN: Final = r"-?[0-3]?\d{1,3}(?:\.\d+)?"
_SIZE: Final = r"(?:[5-9]\d{3}|\d{5})(?:\.\d+)?"
_NO: Final = "0|false|off"
_VALUES: Final = {
    ("rFonts", "ascii"): (_FONT, "a font shows other signs than the letters"),
    ("rFonts", "hAnsi"): (_FONT, "a font shows other signs than the letters"),
    ("altName", "val"): (_FONT, "a font shows other signs than the letters"),
    ("latin", "typeface"): (_FONT, "a font shows other signs than the letters"),
    ("spacing", "val"): (r"-?[0-3]?\d", "letters are set over each other or apart"),
    ("tblInd", "w"): (r"-?[0-2]?\d{1,3}", "a table stands beside the page"),
    ("pgSz", "w"): (_SIZE, "a page is too small to be read"),
    ("pgSz", "h"): (_SIZE, "a page is too small to be read"),
    **{
        ("pgMar", side): (_MARGIN, "the margins leave no page")
        for side in ("top", "right", "bottom", "left", "gutter")
    },
    **{
        ("pgMar", side): (r"[01]?\d{1,3}", "the head or foot stands beside the page")
        for side in ("header", "footer")
    },
    ("shd", "val"): ("clear|nil", "a pattern stands behind a text"),
    **{("fillRect", side): ("0", "a picture is cut") for side in ("l", "t", "r", "b")},
    ("numFmt", "val"): (
        "bullet|none|decimal(?:Zero)?|(?:lower|upper)(?:Letter|Roman)",
        "the number of a list holds words",
    ),
    ("cols", "num"): ("1", "the page is divided into columns"),
    ("docGrid", "type"): ("default|lines", "a grid sets letters over each other"),
    ("footnoteReference", "customMarkFollows"): (_NO, "a note has a call of another kind"),
    ("numRestart", "val"): ("continuous", "the notes have other numbers than their calls"),
    ("numStart", "val"): ("1", "the notes have other numbers than their calls"),
    ("extent", "cx"): (r"[1-9]\d{6,}", "a picture is too small to be seen"),
    ("extent", "cy"): (r"[1-9]\d{6,}|[2-9]\d{5}", "a picture is too small to be seen"),
    ("docPr", "hidden"): (_NO, "a picture is hidden"),
    ("hyperlink", "docLocation"): ("", "a link leads to a second place"),
    ("xfrm", "rot"): (_NO, "a picture is turned"),
    ("xfrm", "flipH"): (_NO, "a picture is turned"),
    ("xfrm", "flipV"): (_NO, "a picture is turned"),
    ("hyperlink", "tooltip"): ("", "a link shows words of its own"),
    ("alias", "val"): ("Quotation", "a frame shows words of its own"),
}
"""What the attributes of some elements may say, and what they do beyond that."""


def hidden_in_element(element: Any, part: str) -> Iterator[str]:
    """Yield what an element of a part does to hide words, or to show what is not text."""
    local = etree.QName(element).localname
    value = str(element.get(w("val"), ""))
    for key, text in element.attrib.items():
        known, words = _VALUES.get((local, etree.QName(key).localname), (None, ""))
        # The bullets of lists are signs of symbol fonts.
        is_bullet = local == "rFonts" and part.endswith("numbering.xml")
        if known is not None and not is_bullet and not re.fullmatch(known, text, re.IGNORECASE):
            yield f"{words} ({shorten(text, 40)})"
    if local in ("fldSimple", "instrText"):
        instruction = element.get(w("instr")) or element.text or ""
        known_fields = _PAGE_NUMBER if re.search(r"(?:header|footer)\d*\.xml$", part) else _FIELD
        in_contents = any(map(is_contents, element.iterancestors(w("sdt"))))
        if not known_fields.fullmatch(instruction) and not (
            in_contents and _IN_CONTENTS.fullmatch(instruction)
        ):
            yield f"a field computes what is shown: {shorten(instruction, 40)}"
    elif local == "lvlText" and not _LABEL.fullmatch(value):
        yield f"the number of a list holds words: “{shorten(value, 40)}”"
    elif local in ("sz", "szCs") and _below(value, SMALLEST):
        yield "letters are too small to be seen"
    elif local in ("gridCol", "tcW") and _below(element.get(w("w")), NARROWEST):
        if element.get(w("type"), "dxa") == "dxa":
            yield "a column is too narrow to be seen"
    elif local == "spacing" and (
        element.get(w("lineRule")) == "exact" or _below(element.get(w("line")), _LOWEST)
    ):
        yield "lines have a height that can hide them"
    elif local == "ind" and any(
        abs(int(each)) > _FAR for each in element.attrib.values() if _DIGITS.fullmatch(each)
    ):
        yield "a paragraph stands beside the page"
    elif local in ("tcMar", "tblCellMar") and any(
        not _DIGITS.fullmatch(one.get(w("w"), "0")) or int(one.get(w("w"), "0")) > _WIDE
        for one in element
    ):
        yield "the margins of a cell leave no room for its text"
    elif local == "rtl":
        text = _run_text(element)
        if any(map(str.isalnum, text)) and not has_right_to_left(text):
            yield f"“{shorten(text, 40)}” is set from right to left"
    elif local == "webHidden" and not _run_text(element).strip().isdecimal() and _has_text(element):
        # Word hides the page numbers of a table of contents on a screen, and no words.
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


def _below(text: str | None, least: int) -> bool:
    return bool(text) and (not _DIGITS.fullmatch(text or "") or int(text or 0) < least)


def _unseen_colour(properties: Any) -> Iterator[str]:
    colour = properties.find(w("color"))
    if colour is not None and colour.get(w("themeColor")) is not None:
        yield "a text has the colour of a theme"
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

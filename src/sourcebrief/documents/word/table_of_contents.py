"""Fill the table of contents with links to the headings."""

from html import escape
from typing import Final

from lxml import etree

from sourcebrief.documents.word.opc_package import W, parse_part, w, w_element, w_value

MOST_SECOND_LEVEL: Final = 60
"""Second-level entries beyond which a table of contents keeps to the first level."""

_FIELD_BEGIN: Final = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
    ' TOC \\o "1-{}" \\n \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_FIELD_END: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_LEVEL: Final = f"{w('pPr')}/{w('outlineLvl')}"


def fill_contents(body: etree._Element, styles: etree._Element) -> None:
    """Put a filled table of contents behind the paragraph that keeps its place.

    The entries have no page numbers (the switch "n"), because only Word knows its pages and a wrong
    number is worse than none. Word's "Update Field" keeps working.
    """
    ids, levels = styles_and_levels(styles)
    place_style = ids.get("toc heading")
    paragraphs = list(body.iter(w("p")))
    place = next((p for p in paragraphs if place_style and style_of(p) == place_style), None)
    headings = [
        (level, paragraph)
        for paragraph in paragraphs
        if (style := style_of(paragraph)) != place_style
        and (level := levels.get(style, 9)) < 2
        and _text(paragraph)
    ]
    if place is None or not headings:
        return
    depth = 1 if sum(level for level, _ in headings) > MOST_SECOND_LEVEL else 2
    headings = [heading for heading in headings if heading[0] < depth]
    taken = [int(w_value(mark, "id")) for mark in body.iter(w("bookmarkStart"))]
    entries = []
    for number, (level, heading) in enumerate(headings, 1):
        name = f"_Toc{number:09d}"
        _bookmark(heading, name, str(max(taken, default=0) + number))
        entry_style = ids.get(f"toc {level + 1}")
        look = f'<w:pPr><w:pStyle w:val="{entry_style}"/></w:pPr>' if entry_style else ""
        words = f'<w:r><w:t xml:space="preserve">{escape(_text(heading), quote=False)}</w:t></w:r>'
        begin = _FIELD_BEGIN.format(depth) if number == 1 else ""
        end = _FIELD_END if number == len(headings) else ""
        entries.append(
            f'<w:p>{look}{begin}<w:hyperlink w:anchor="{name}" w:history="1">'
            f"{words}</w:hyperlink>{end}</w:p>"
        )
    block = parse_part(
        f'<w:sdt xmlns:w="{W}"><w:sdtPr><w:docPartObj><w:docPartGallery '
        'w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{''.join(entries)}</w:sdtContent></w:sdt>"
    )
    place.addprevious(block)
    block[1].insert(0, place)


def styles_and_levels(styles: etree._Element) -> tuple[dict[str, str], dict[str, int]]:
    """Return style ids by lower-case name, as Word compares them, and outline levels by id.

    A style without a level of its own has that of the style that it is based on.
    """
    by_id = {w_value(style, "styleId"): style for style in styles.iter(w("style"))}
    ids = {w_value(style.find(w("name"))).lower(): each for each, style in by_id.items()}
    levels: dict[str, int] = {}
    for identifier in by_id:
        unseen = dict(by_id)
        style: etree._Element | None = unseen.pop(identifier)
        while style is not None and style.find(_LEVEL) is None:
            style = unseen.pop(w_value(style.find(w("basedOn"))), None)
        if style is not None:
            levels[identifier] = int(w_value(style.find(_LEVEL)))
    return ids, levels


def _bookmark(paragraph: etree._Element, name: str, number: str) -> None:
    at = 1 if len(paragraph) and paragraph[0].tag == w("pPr") else 0
    paragraph.insert(at, w_element("bookmarkStart", id=number, name=name))
    paragraph.append(w_element("bookmarkEnd", id=number))


def style_of(paragraph: etree._Element) -> str:
    """Return the id of a paragraph's style, or nothing."""
    return w_value(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))


def _text(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(w("t"))).strip()

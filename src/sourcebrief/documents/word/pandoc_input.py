"""Write the page of a brief as HTML of which pandoc's reader keeps everything.

The page is written for browsers and WeasyPrint, but pandoc reads only a part of HTML. It forgets
the classes and languages of paragraphs and lists and the identifiers of rows and cells, and it
draws no SVG. This module says the same in HTML that pandoc keeps; `templates/pandoc.lua` decides
which class becomes which style of Word's.
"""

import base64
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from lxml import etree, html

from sourcebrief.documents import raster
from sourcebrief.documents.script_fonts import ScriptFont
from sourcebrief.documents.word.anchors import Anchor, mark_texts, wrap_content
from sourcebrief.documents.word.docx_pages import PageGeometry
from sourcebrief.documents.word.long_documents import PagePart, parts_of
from sourcebrief.text.characters import LEFT_TO_RIGHT_MARK

DROPPED: Final = ("screen-only", "print-only", "running")
"""Classes of elements that are not for Word: controls of scripts, running heads of the PDF."""

CONTENTS_STYLE: Final = "TOC Heading"
"""The style of the paragraph that keeps the place of the table of contents."""

_NOT_FOR_PAPER: Final = (
    *("script", "style", "template", "noscript", "link", "meta", "title"),
    *("button", "input", "select", "form", "dialog"),
)
_TWIPS_PER_PIXEL: Final = 1440 / 96
_FIGURE_HEIGHT: Final = 0.85
"""The share of a page's height that leaves room for a figure's caption and note."""
_SECTIONS: Final = ("main", "header", "footer", "section", "article", "aside", "details", "hgroup")
_RENAMED: Final = {
    **dict.fromkeys(_SECTIONS, "div"),
    **dict.fromkeys(("time", "data", "abbr", "label"), "span"),
    "summary": "p",
    "cite": "em",
}
# pandoc keeps no attributes of these; a div around them can carry the class and the language.
_WITHOUT_ATTRIBUTES: Final = ("p", "ul", "ol", "dl", "blockquote")
# pandoc keeps the identifiers of these; an empty span can carry those of others.
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_WITH_IDENTIFIER: Final = (*_HEADINGS, "a", "div", "figure", "img", "li", "pre", "span", "table")
_CELLS: Final = ("dt", "dd", "tr", "td", "th", "caption", "figcaption")
_BLOCKS: Final = frozenset({*_WITHOUT_ATTRIBUTES, *_CELLS, *_HEADINGS, "div", "li"})


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What a table of the page says of itself and pandoc does not pass on."""

    description: str
    row_heads: bool


def pandoc_input(
    page: str,
    geometry: PageGeometry,
    contents: str | None,
    script_fonts: Sequence[ScriptFont] = (),
) -> tuple[tuple[PagePart, ...], tuple[TableFacts, ...], str]:
    """Return a page as HTML that pandoc can read, its tables' facts and its running title.

    The title is the `data-title` of the body. Drawings become PNG that fit the paper. `contents` is
    the heading of a table of contents, which stands where the page has a `nav`, else before its
    second section. Raises EngineFault where a drawing cannot be drawn.
    """
    body, drawings = _body(page)
    _drop(body, contents)
    _unlink_missing_places(body)
    _rename(body)
    _draw(body, drawings, geometry, script_fonts)
    _join_notes_to_words(body)
    _end_right_to_left_words(body)
    facts = tuple(map(_facts, body.iter("table")))
    _carry_identifiers(body)
    mark_texts(body)
    _carry_attributes(body)
    title = body.get("data-title", "")
    return tuple(parts_of(body)), facts, title


def anchors_of(page: str) -> tuple[Anchor, ...]:
    """Return the anchors that the Word document of a page has, in its order."""
    body, _ = _body(page)
    _drop(body, None)
    return mark_texts(body)


def _body(page: str) -> tuple[html.HtmlElement, list[str]]:
    """Return the body of a page, and its drawings: an HTML parser lower-cases their names.

    `<img data-svg="N">` stands in place of each.
    """
    begins, numbers = max(page.find("<body"), 0), count()  # a script in the head may hold one
    drawings = raster.DRAWING.findall(page, begins)
    text = raster.DRAWING.sub(lambda _: f'<img data-svg="{next(numbers)}">', page[begins:])
    parser = html.HTMLParser(encoding="utf-8")
    root = html.document_fromstring((page[:begins] + text).encode(), parser=parser)
    return next(root.iter("body"), root), drawings


def _drop(body: html.HtmlElement, contents: str | None) -> None:
    unwanted = ("comment()", "processing-instruction()", "*[@hidden]", *_NOT_FOR_PAPER)
    for element in body.xpath("|".join(f".//{each}" for each in unwanted)):
        element.drop_tree()
    for element in [each for name in DROPPED for each in body.find_class(name)]:
        element.drop_tree()
    navigation = body.xpath(".//nav")
    if contents is not None:
        place = html.Element("div", {"data-custom-style": CONTENTS_STYLE})
        etree.SubElement(place, "p").text = contents
        (navigation[0] if navigation else _second_section(body)).addprevious(place)
    for nav in navigation:
        nav.drop_tree()


def _unlink_missing_places(body: html.HtmlElement) -> None:
    """Turn a link to a place that the Word document lacks into its words."""
    places = {f"#{name}" for name in body.xpath(".//@id")}
    for link in body.xpath(".//a[starts-with(@href, '#')]"):
        if link.get("href") not in places:
            link.drop_tag()


def _second_section(body: html.HtmlElement) -> html.HtmlElement:
    heads = body.xpath(".//h2")
    section = heads[min(1, len(heads) - 1)] if heads else body[0]
    while (parent := section.getparent()) is not None and parent.tag == "section":
        section = parent
    return section


def _rename(body: html.HtmlElement) -> None:
    for element in body.iter(*_RENAMED):
        element.tag = _RENAMED[element.tag]
    for group in body.xpath(".//dl/div"):
        group.drop_tag()


def _draw(
    body: html.HtmlElement,
    drawings: list[str],
    geometry: PageGeometry,
    script_fonts: Sequence[ScriptFont],
) -> None:
    width = geometry.text_width / _TWIPS_PER_PIXEL
    height = _FIGURE_HEIGHT * geometry.text_height / _TWIPS_PER_PIXEL
    # What is not well-formed is refused where it is drawn.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    numbered = {str(number): svg for number, svg in enumerate(drawings)}
    for image in body.xpath(".//img[@data-svg]"):
        svg = numbered.get(image.get("data-svg"))
        if svg is None:
            continue
        root = etree.fromstring(raster.standalone(svg), parser)
        in_figure = next(image.iterancestors("figure"), None) is not None
        hidden = root.get("aria-hidden") == "true" or root.get("role") == "presentation"
        if hidden and not in_figure:
            # A shape beside a word that says the same becomes text if the page offers some.
            image.tail = (root.get("data-docx") or "") + (image.tail or "")
            image.drop_tree()
            continue
        drawn = raster.png(svg, script_fonts)
        # The PNG's header gives its size (ISO/IEC 15948, 11.2.2).
        own_width, own_height = (size / raster.ZOOM for size in struct.unpack(">II", drawn[16:24]))
        most = width if in_figure else min(own_width, width)
        scale = min(most / own_width, height / own_height)
        image.attrib.clear()
        image.set("src", "data:image/png;base64," + base64.b64encode(drawn).decode())
        image.set("alt", "" if hidden else raster.alternative_text(root))
        image.set("width", f"{own_width * scale:.2f}px")
        image.set("height", f"{own_height * scale:.2f}px")


def _end_right_to_left_words(body: html.HtmlElement) -> None:
    """Put a left-to-right mark behind right-to-left words.

    Word has no isolates, and would take a number behind them for a part of them.
    """
    for words in body.xpath(".//span[@dir='rtl']"):
        words.tail = f"{LEFT_TO_RIGHT_MARK}{words.tail or ''}"


def _join_notes_to_words(body: html.HtmlElement) -> None:
    """Let each note follow its word without a space, however the page is laid out."""
    for note in body.find_class("note"):
        before, parent = note.getprevious(), note.getparent()
        if before is not None:
            before.tail = (before.tail or "").rstrip(" \t\r\n")
        elif parent is not None:
            parent.text = (parent.text or "").rstrip(" \t\r\n")


def _facts(table: html.HtmlElement) -> TableFacts:
    description = table.get("data-description")
    if not description:
        heads = [" ".join(head.text_content().split()) for head in table.xpath("./thead/tr/th")]
        titles = [_sentence(caption) for caption in table.findall("caption")]
        description = " ".join([*titles, ", ".join(filter(None, heads))])
    row_heads = bool(table.xpath("./tbody/tr/th[1][not(@colspan)]"))
    return TableFacts(" ".join(description.split()), row_heads)


def _sentence(element: html.HtmlElement) -> str:
    """Return an element's text without its notes, ending like a sentence."""
    pieces = element.xpath(".//text()[not(ancestor::*[contains(@class, 'note')])]")
    words = " ".join("".join(pieces).split())
    return words if words[-1:] in ".!?" else f"{words}."


def _carry_identifiers(body: html.HtmlElement) -> None:
    """Keep the identifiers that links lead to, on elements that pandoc reads them from."""
    targets = {link.get("href", "").partition("#")[2] for link in body.xpath(".//a[@href]")}
    for element in body.xpath(".//*[@id]"):
        name = element.get("id")
        if name in targets and element.tag in _WITH_IDENTIFIER:
            continue
        del element.attrib["id"]
        if name in targets:
            holder = element
            while (inner := _first_block(holder)) is not None:
                holder = inner
            mark = html.Element("span", {"id": name})
            mark.tail, holder.text = holder.text, None
            holder.insert(0, mark)


def _first_block(element: html.HtmlElement) -> html.HtmlElement | None:
    if (element.text or "").strip() or not len(element):
        return None
    return element[0] if element[0].tag in _BLOCKS else None


def _carry_attributes(body: html.HtmlElement) -> None:
    for element in list(body.iter(*_WITHOUT_ATTRIBUTES)):
        if carried := _carried(element):
            outside = html.Element("div", carried)
            outside.tail, element.tail = element.tail, None
            element.addprevious(outside)
            outside.append(element)
    for item in list(body.iter("li", "dd", "figcaption")):
        carried = _carried(item)
        if carried.keys() & {"lang", "data-custom-style"}:
            wrap_content(item, "div", carried)


def _carried(element: html.HtmlElement) -> dict[str, str]:
    names = ("class", "lang", "data-custom-style")
    return {name: element.get(name) for name in names if element.get(name)}

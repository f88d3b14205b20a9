"""The page of a brief as pandoc's HTML reader keeps all of it.

The page is written for browsers and WeasyPrint; pandoc reads a part of HTML. It takes the content
of ``main`` alone, forgets the classes and languages of paragraphs and lists and the identifiers of
rows and cells, and draws no SVG. What it would lose is said here in the HTML that it keeps; which
class becomes which style of Word's is the business of ``templates/pandoc.lua``.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree, html

from sourcebrief.documents.alternative_text import alternative_text
from sourcebrief.documents.raster import standalone
from sourcebrief.errors import EngineFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DROPPED = ("screen-only", "print-only", "running")
"""Classes of elements that are not for Word: scripts' controls, running heads of the PDF."""

CONTENTS_STYLE = "TOC Heading"
"""The style of the paragraph that keeps the place of the table of contents."""

_NOT_FOR_PAPER = (
    *("script", "style", "template", "noscript", "link", "meta", "title"),
    *("button", "input", "select", "form", "dialog"),
)
# What looks like a drawing in a script, a style sheet or a comment is none.
_SVG_TAG = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<(?P<end>/?)svg\b[^>]*?(?P<alone>/?)>",
    re.IGNORECASE | re.DOTALL,
)
_SIZE = re.compile(r"^\s*([\d.]+)\s*(px|pt|mm|cm|in|)\s*$")
_PIXELS = {"px": 1.0, "": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_SECTIONS = ("main", "header", "footer", "section", "article", "aside", "details", "hgroup")
# pandoc keeps no attributes of these; a div around them can carry the class and the language.
_WITHOUT_ATTRIBUTES = ("p", "ul", "ol", "dl", "blockquote")
# Nor identifiers of these; an empty span at their beginning can carry them.
_WITHOUT_IDENTIFIER = frozenset(
    {"p", "ul", "ol", "dl", "dt", "dd", "blockquote", "tr", "td", "th", "caption", "figcaption"}
)


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What a table of the page says of itself and pandoc does not pass on."""

    description: str
    row_heads: bool


@dataclass(frozen=True, slots=True)
class Source:
    """HTML for pandoc, and what is to be said about its tables, in their order."""

    html: bytes
    tables: tuple[TableFacts, ...]


def prepare(
    page: str, raster: Callable[[str], bytes], *, width: float, height: float, contents: str | None
) -> Source:
    """Return ``page`` as pandoc can read it.

    ``raster`` draws an ``<svg>`` as PNG; ``width`` and ``height`` are those of the text on paper
    in CSS pixels, which no figure exceeds. ``contents`` is the heading of a table of contents; its
    place is where the page has a ``nav``, else before its second section.
    """
    drawings: list[str] = []
    root = html.document_fromstring(
        _take_out_svg(page, drawings).encode(), parser=html.HTMLParser(encoding="utf-8")
    )
    body = root.find("body")
    if body is None:
        body = root
    _drop(body, contents)
    _rename(body)
    _draw(body, drawings, raster, width, height)
    _close_up(body)
    facts = tuple(map(_facts, body.iter("table")))
    _carry_identifiers(body)
    _carry_attributes(body)
    return Source(
        b'<!DOCTYPE html><meta charset="utf-8">'
        + etree.tostring(body, method="html", encoding="utf-8"),
        facts,
    )


def _take_out_svg(page: str, drawings: list[str]) -> str:
    """Put ``<img data-svg="N">`` in place of each drawing: an HTML parser lower-cases its names."""
    pieces: list[str] = []
    depth, begin, last = 0, 0, 0
    for tag in _SVG_TAG.finditer(page):
        if tag["end"] is None:
            continue
        closing, alone = tag["end"] == "/", tag["alone"] == "/"
        if not closing and not depth:
            begin = tag.start()
        depth += 0 if alone else -1 if closing else 1
        if depth == 0 and page[begin : begin + 4].lower() == "<svg" and begin >= last:
            pieces += [page[last:begin], f'<img data-svg="{len(drawings)}">']
            drawings.append(page[begin : tag.end()])
            last = tag.end()
        depth = max(depth, 0)
    return "".join([*pieces, page[last:]])


def _drop(body: html.HtmlElement, contents: str | None) -> None:
    for element in list(body.iter(etree.Comment, etree.ProcessingInstruction)):
        element.drop_tree()
    unwanted = "|".join(
        [
            *(f".//{tag}" for tag in _NOT_FOR_PAPER),
            *(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]" for name in DROPPED),
            ".//*[@hidden]",
        ]
    )
    for element in body.xpath(unwanted):
        element.drop_tree()
    navigation = body.xpath(".//nav")
    if contents is not None:
        _keep_place(body, navigation, contents)
    for nav in navigation:
        nav.drop_tree()


def _keep_place(body: html.HtmlElement, navigation: list[html.HtmlElement], heading: str) -> None:
    place = html.Element("div", {"data-custom-style": CONTENTS_STYLE})
    etree.SubElement(place, "p").text = heading
    if navigation:
        navigation[0].addprevious(place)
        return
    heads = body.xpath(".//h2")
    before = heads[min(1, len(heads) - 1)] if heads else body[0]
    while (parent := before.getparent()) is not None and parent.tag == "section":
        before = parent
    before.addprevious(place)


def _rename(body: html.HtmlElement) -> None:
    for element in body.iter(*_SECTIONS, "summary", "cite", "time", "data", "abbr", "label"):
        tag = element.tag
        if tag in _SECTIONS:
            element.tag = "div"
        elif tag == "summary":
            element.tag = "p"
        elif tag == "cite":
            element.tag = "em"
        else:
            element.tag = "span"
            element.attrib.pop("title", None)
    for group in body.xpath(".//dl/div"):
        group.drop_tag()


def _draw(
    body: html.HtmlElement,
    drawings: list[str],
    raster: Callable[[str], bytes],
    width: float,
    height: float,
) -> None:
    made: dict[str, str] = {}
    for image in list(body.iter("img")):
        number = image.get("data-svg")
        if number is None or not number.isdecimal() or int(number) >= len(drawings):
            continue
        svg = drawings[int(number)]
        outline = _outline(svg)
        in_figure = any(True for _ in image.iterancestors("figure"))
        hidden = outline.get("aria-hidden") == "true" or outline.get("role") == "presentation"
        if hidden and not in_figure:
            # A shape beside a word that says the same: text if the page offers some, else nothing.
            image.tail = (outline.get("data-docx") or "") + (image.tail or "")
            image.drop_tree()
            continue
        if svg not in made:
            made[svg] = "data:image/png;base64," + base64.b64encode(raster(svg)).decode()
        own_width, own_height = _size(outline, width)
        scale = min(
            (width if in_figure else min(own_width, width)) / own_width, height / own_height
        )
        image.attrib.clear()
        image.set("src", made[svg])
        image.set("alt", "" if hidden else alternative_text(outline))
        image.set("width", f"{own_width * scale:.2f}px")
        image.set("height", f"{own_height * scale:.2f}px")


def _outline(svg: str) -> etree._Element:
    """Return the drawing as XML, for what it says of itself."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(standalone(svg), parser)
    except etree.XMLSyntaxError as error:
        raise EngineFault(f"the figure is no well-formed SVG: {error.msg}") from error


def _size(outline: etree._Element, width: float) -> tuple[float, float]:
    """Return a drawing's width and height in CSS pixels, from its attributes or its view box."""
    lengths = [_SIZE.match(outline.get(name) or "") for name in ("width", "height")]
    box = (outline.get("viewBox") or "").replace(",", " ").split()
    if lengths[0] and lengths[1]:
        wide, high = (float(found[1]) * _PIXELS[found[2]] for found in lengths if found)
    elif len(box) == 4:
        wide, high = float(box[2]), float(box[3])
    else:
        wide, high = width, width / 2
    return (wide, high) if wide > 0 and high > 0 else (width, width / 2)


def _close_up(body: html.HtmlElement) -> None:
    """Let each note follow its word without a space, however the page is laid out."""
    for note in body.iterfind(".//span[@class]"):
        if "note" not in note.get("class").split():
            continue
        before = note.getprevious()
        if before is not None:
            before.tail = (before.tail or "").rstrip(" \t\r\n")
        elif (parent := note.getparent()) is not None:
            parent.text = (parent.text or "").rstrip(" \t\r\n")


def _facts(table: html.HtmlElement) -> TableFacts:
    named = table.get("data-description") or table.get("summary")
    by = table.get("aria-describedby")
    if not named and by:
        found = table.getroottree().getroot().xpath("//*[@id=$name]", name=by.split()[0])
        named = found[0].text_content() if found else ""
    caption = table.find("./caption")
    if not named:
        heads = [" ".join(head.text_content().split()) for head in table.xpath("./thead/tr/th")]
        title = _words(caption) if caption is not None else ""
        named = " ".join(filter(None, [title, ", ".join(filter(None, heads))]))
    return TableFacts(" ".join(named.split()), bool(table.xpath("./tbody/tr/th[1][not(@colspan)]")))


def _words(element: html.HtmlElement) -> str:
    """Return an element's text without its notes, ending like a sentence."""
    pieces = element.xpath(".//text()[not(ancestor::*[contains(@class, 'note')])]")
    words = " ".join("".join(pieces).split())
    return words if words[-1:] in ".!?" else f"{words}."


def _carry_identifiers(body: html.HtmlElement) -> None:
    """Keep the identifiers that links lead to, on elements that pandoc reads them from."""
    targets = {link.get("href")[1:] for link in body.iter("a") if _within(link.get("href"))}
    for element in list(body.iter()):
        name = element.get("id")
        if name is None:
            continue
        if name not in targets:
            del element.attrib["id"]
        elif element.tag in _WITHOUT_IDENTIFIER:
            del element.attrib["id"]
            _begin(element, name)


def _within(href: str | None) -> bool:
    return href is not None and href.startswith("#") and len(href) > 1


def _begin(element: html.HtmlElement, name: str) -> None:
    """Put an empty span with the identifier before the first words of ``element``."""
    holder = element
    while (inner := _first_block(holder)) is not None:
        holder = inner
    mark = html.Element("span")
    mark.set("id", name)
    mark.tail, holder.text = holder.text, None
    holder.insert(0, mark)


def _first_block(element: html.HtmlElement) -> html.HtmlElement | None:
    if (element.text or "").strip():
        return None
    for child in element:
        return child if child.tag in _BLOCKS else None
    return None


_BLOCKS = frozenset({*_WITHOUT_IDENTIFIER, "div", "li", "h1", "h2", "h3", "h4", "h5", "h6"})


def _carry_attributes(body: html.HtmlElement) -> None:
    for element in list(body.iter(*_WITHOUT_ATTRIBUTES)):
        carried = dict(_carried(element))
        if carried:
            outside = html.Element("div", carried)
            tail, element.tail = element.tail, None
            element.addprevious(outside)
            outside.append(element)
            outside.tail = tail
    for item in list(body.iter("li", "dd", "figcaption")):
        carried = dict(_carried(item))
        if "lang" in carried or "data-custom-style" in carried:
            inside = html.Element("div", carried)
            inside.text, item.text = item.text, None
            inside.extend(list(item))
            item.append(inside)


def _carried(element: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for name in ("class", "lang", "data-custom-style"):
        value = element.get(name)
        if value:
            yield name, value


__all__ = ["CONTENTS_STYLE", "DROPPED", "Source", "TableFacts", "prepare"]

"""What a web page holds that no build writes, where it cannot be compared with one made again.

The names below are all that builds write. A house's own templates may bring more; what the page
made again holds is therefore known too.
"""

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree, html

from sourcebrief.documents.direction import has_right_to_left
from sourcebrief.text.phrases import shorten
from sourcebrief.verification.compare_words import misled_links, without_spaces

_ELEMENTS: Final = frozenset(
    """
    a article aside b blockquote body button caption code col colgroup dd details div dl dt em
    figcaption figure footer form g h1 h2 h3 h4 head header hr html i label li line main meta nav ol
    option output p path rect script section select span strong style sub summary sup svg table
    tbody td text th thead time title tr ul
    """.split()  # noqa: SIM905 - sixty lines otherwise
)
_ATTRIBUTES: Final = frozenset(
    """
    aria-hidden aria-label aria-labelledby charset class colspan content cx cy d dir
    dominant-baseline
    fill font-family font-size font-weight for height hidden href http-equiv id lang name points r
    role rx scope stroke stroke-dasharray stroke-width tabindex text-anchor type value viewbox width
    x x1 x2 xmlns y y1 y2
    """.split()  # noqa: SIM905 - as above
)
_SHOWN_BY_SCRIPT: Final = frozenset({"filter", "notes"})
"""What a page shows only where scripts run, by its id."""
_SCHEMES: Final = ("https:", "http:", "mailto:", "#")


def foreign_in_html(sent: bytes, made: bytes | None) -> list[str]:
    """Return what is foreign in a page, each kind once; `made` is the page made again."""
    known = html.document_fromstring(made) if made else html.Element("html")
    found = list(dict.fromkeys(_foreign(html.document_fromstring(sent), known)))
    found += misled_links(*map(_links, (html.document_fromstring(sent), known))) if made else []
    if sent.rpartition(b"</html>")[2].strip():
        found.append("something stands after its end")
    return found


def _links(page: Any) -> list[tuple[str, str]]:
    return [(without_spaces(one.text_content()), one.get("href", "")) for one in page.iter("a")]


def _foreign(root: Any, made: Any) -> Iterator[str]:
    elements = _ELEMENTS | {str(one.tag) for one in made.iter(etree.Element)}
    attributes = _ATTRIBUTES | {str(key) for one in made.iter(etree.Element) for key in one.attrib}
    for element in root.iter(etree.Element):
        tag = str(element.tag)
        if tag not in elements:
            yield f"it has the element {tag}, which no build writes"
        for name, value in element.attrib.items():
            if name not in attributes and not name.startswith("data-"):
                yield f"a {tag} has the attribute {name}, which no build writes"
            if name == "hidden" and element.get("id") not in _SHOWN_BY_SCRIPT:
                yield f"a {tag} is hidden: “{shorten(element.text_content(), 40)}”"
            if name == "http-equiv" and value.lower() != "content-security-policy":
                yield f"the page has an instruction for the browser: {shorten(value, 60)}"
            if name == "dir":
                yield from _turned(element.text_content(), value)
            if name == "href" and not value.startswith(_SCHEMES):
                yield f"a link leads to {shorten(value, 60)}"
    for kind, most in (("script", 3), ("style", 1)):
        if len(list(root.iter(kind))) > most:
            yield f"it has more than {most} of the element {kind}"


def _turned(text: str, direction: str) -> Iterator[str]:
    if direction != "rtl" or not has_right_to_left(text):
        yield f"“{shorten(text, 40)}” has another direction than its words"

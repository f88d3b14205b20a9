"""Give a document its pages: their size, and the title, marking, edition and number on each."""

import re
from dataclasses import dataclass
from html import escape
from typing import Final

from lxml import etree

from sourcebrief.documents.properties import DocumentProperties
from sourcebrief.documents.word.opc_package import (
    DOCUMENT,
    OFFICE,
    OFFICE_TYPE,
    Package,
    W,
    parse_part,
    relations_of,
    w,
    w_child,
    w_element,
    w_value,
)
from sourcebrief.errors import EngineFault
from sourcebrief.text.tlp import TLP_COLOURS

# ISO/IEC 29500-1, 17.6.13: in twentieths of a point.
_SIZES: Final = {"A4": (11906, 16838), "Letter": (12240, 15840)}
_INCH: Final = 1440
_SIDES: Final = ("left", "right", "top", "bottom")
_BEFORE_SIZE: Final = tuple(
    map(w, ("headerReference", "footerReference", "footnotePr", "endnotePr", "type"))
)
_BEHIND_TITLE_PAGE: Final = tuple(
    map(w, ("textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange"))
)
_RELATION_ID: Final = f"{{{OFFICE}}}id"
_PLACEHOLDER: Final = re.compile(r"\{(pages?)\}")
_NO_BREAK_SPACE: Final = "\u00a0"
_FIELDS: Final = {"page": "PAGE", "pages": "NUMPAGES"}
_PLACE_OF_NUMBER: Final = 0.62
"""Where the page's number stands between the edition and the marking, as a share of the width."""

LONGEST_BESIDE: Final = 26
"""Characters beyond which a marking has a line of its own; see `long_marking` of the template."""


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """The width and height of the text on a page, in twentieths of a point."""

    text_width: int
    text_height: int


def on_page(reference: bytes, page: str) -> tuple[bytes, PageGeometry]:
    """Return a reference document of the size named (`A4` or `Letter`), and its geometry.

    pandoc takes the size from the reference document, and makes no picture wider than its text.
    """
    try:
        package = Package(reference)
        section = w_child(package.body(), "sectPr")
    except EngineFault as fault:
        raise EngineFault(f"reference.docx: {fault}; save it from Word again") from fault
    size = w_child(section, "pgSz", at=len([*section.iterchildren(*_BEFORE_SIZE)]))
    wide, high = _SIZES[page]
    if (w_value(size, "w"), w_value(size, "h")) != (str(wide), str(high)):
        size.attrib.clear()
        size.attrib.update({w("w"): str(wide), w("h"): str(high)})
        reference = package.bytes()
    margins = section.find(w("pgMar"))
    # Word's own margin where a document gives none is an inch.
    margin = {side: abs(int(w_value(margins, side) or _INCH)) for side in _SIDES}
    text_width = wide - margin["left"] - margin["right"]
    return reference, PageGeometry(text_width, high - margin["top"] - margin["bottom"])


def add_heads_and_feet(
    package: Package, properties: DocumentProperties, title: str, width: int
) -> None:
    """Add ours to each head and foot of a house's own, or make them where there are none.

    All pages but the first have the running `title`; `width` is that of the text.
    """
    section = w_child(package.body(), "sectPr")
    styles = package.tree("word/styles.xml")
    first_differs = section.find(w("titlePg")) is not None
    behind = len([*section.iterchildren(*_BEHIND_TITLE_PAGE)])
    w_child(section, "titlePg", at=len(section) - behind)
    for kind, root in (("header", "hdr"), ("footer", "ftr")):
        present = package.related(DOCUMENT, kind)
        used = {
            w_value(reference, "type"): present[str(reference.get(_RELATION_ID))]
            for reference in section.findall(w(f"{kind}Reference"))
            if reference.get(_RELATION_ID) in present
        }
        part = f'<w:{root} xmlns:w="{W}">{{}}</w:{root}>'
        for page in ("default", "first"):
            if page not in used:
                # A first page that was as the others stays so, but for the title.
                like = None if first_differs else used.get("default")
                used[page] = _new_part(package, kind, part.format(""), like)
                reference = w_element(f"{kind}Reference", type=page)
                reference.set(_RELATION_ID, package.relate(DOCUMENT, used[page], kind))
                section.insert(0, reference)
        for name, page in {name: page for page, name in used.items()}.items():
            running = title if page != "first" else ""
            ours = parse_part(part.format(_paragraphs(kind, running, properties, styles, width)))
            package.tree(name).extend(list(ours))


def _new_part(package: Package, kind: str, empty: str, like: str | None) -> str:
    """Add a head or foot, empty or a copy of another with all that it relates to."""
    name = package.free_name(f"word/{kind}{{}}.xml")
    content = empty.encode() if like is None else package.read(like)
    package.put(name, content, f"{OFFICE_TYPE}.wordprocessingml.{kind}+xml")
    if like is not None and relations_of(like) in package:
        package.put(relations_of(name), package.read(relations_of(like)))
    return name


def _paragraphs(
    kind: str, title: str, properties: DocumentProperties, styles: etree._Element, width: int
) -> str:
    """Return a head's title, or a foot's edition and number of the page, and the marking.

    They share a line, as in the PDF, unless the marking is long.
    """
    marking = properties.marking.strip()
    stops = [("right", width)]
    if kind == "header":
        runs = [_run(title) if title else ""]
    else:
        page = "".join(
            f'<w:fldSimple w:instr=" {_FIELDS[part]} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            if number % 2
            else _run(part)
            for number, part in enumerate(_PLACEHOLDER.split(properties.page_label))
            if part
        )
        runs = [_run(properties.running), page]
    own_line = ""
    if len(marking) > LONGEST_BESIDE:
        own_line = f'<w:p><w:pPr><w:pStyle w:val="Marking"/></w:pPr>{_run(marking)}</w:p>'
    else:
        runs.append(_marking(marking, styles))
        if kind == "footer":
            stops.insert(0, ("center", round(_PLACE_OF_NUMBER * width)))
    style = kind.capitalize()
    # Word's own styles of heads and feet have a tab stop in the middle of the page.
    cleared = (
        ("clear", tab.get(w("pos")))
        for tab in styles.iterfind(f"{w('style')}[@{w('styleId')}='{style}']//{w('tab')}")
        if tab.get(w("val")) != "clear"
    )
    tabs = "".join(f'<w:tab w:val="{how}" w:pos="{at}"/>' for how, at in (*cleared, *stops))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:tabs>{tabs}</w:tabs></w:pPr>'
        f"{'<w:r><w:tab/></w:r>'.join(runs)}</w:p>{own_line}"
    )


def _marking(marking: str, styles: etree._Element) -> str:
    """Return the run of the marking; one of the TLP looks as FIRST's standard says."""
    label = marking.upper()
    colour = TLP_COLOURS.get(label)
    if colour is None:
        looks = styles.iterfind(f"{w('style')}[@{w('styleId')}='Marking']/{w('rPr')}")
        return _run(marking, "".join(etree.tostring(look, encoding="unicode") for look in looks))
    look = (
        f'<w:rPr><w:b/><w:bCs/><w:color w:val="{colour}"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
        '<w:shd w:val="clear" w:color="auto" w:fill="000000"/></w:rPr>'
    )
    return _run(label.join(_NO_BREAK_SPACE * 2), look)


def _run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'

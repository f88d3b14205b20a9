"""Give a document its pages: their size, and the marking, edition and number on each."""

import re
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from lxml import etree

from sourcebrief.documents.properties import DocumentProperties
from sourcebrief.documents.word.opc_package import (
    DOCUMENT,
    OFFICE,
    OFFICE_TYPE,
    Package,
    W,
    parse_part,
    w,
    w_child,
    w_element,
)
from sourcebrief.errors import EngineFault
from sourcebrief.text.tlp import TLP_COLOURS

# ISO/IEC 29500-1, 17.6.13: in twentieths of a point.
_SIZES: Final = {"A4": (11906, 16838), "Letter": (12240, 15840)}
_INCH: Final = 1440
_BEFORE_SIZE: Final = tuple(
    map(w, ("headerReference", "footerReference", "footnotePr", "endnotePr", "type"))
)
_RELATION_ID: Final = f"{{{OFFICE}}}id"
_PLACEHOLDER: Final = re.compile(r"\{(pages?)\}")
_NO_BREAK_SPACE: Final = "\u00a0"
_FIELDS: Final = {"page": "PAGE", "pages": "NUMPAGES"}


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
    if (size.get(w("w")), size.get(w("h"))) != (str(wide), str(high)):
        size.attrib.clear()
        size.attrib.update({w("w"): str(wide), w("h"): str(high)})
        reference = package.bytes()
    margins = section.find(w("pgMar"))
    left, right, top, bottom = (
        # Word's own margin where a document gives none is an inch.
        _INCH if margins is None else abs(int(margins.get(w(side)) or _INCH))
        for side in ("left", "right", "top", "bottom")
    )
    return reference, PageGeometry(wide - left - right, high - top - bottom)


def add_heads_and_feet(package: Package, properties: DocumentProperties, text_width: int) -> None:
    """Add ours to each head and foot of a house's own, or make one where there is none."""
    section = w_child(package.body(), "sectPr")
    marking = _marking(properties.marking)
    foot = _foot(properties, package.tree("word/styles.xml"), text_width) + marking
    for kind, root, paragraphs in (("header", "hdr", marking), ("footer", "ftr", foot)):
        content = f'<w:{root} xmlns:w="{W}">{paragraphs}</w:{root}>'.encode()
        present = package.related(DOCUMENT, kind)
        used = {
            str(reference.get(w("type"))): present[str(reference.get(_RELATION_ID))]
            for reference in section.findall(w(f"{kind}Reference"))
            if reference.get(_RELATION_ID) in present
        }
        for name in dict.fromkeys(used.values()):
            package.tree(name).extend(list(parse_part(content)))
        if "default" not in used:
            name = package.free_name(f"word/{kind}{{}}.xml")
            package.put(name, content, f"{OFFICE_TYPE}.wordprocessingml.{kind}+xml")
            reference = w_element(f"{kind}Reference", type="default")
            reference.set(_RELATION_ID, package.relate(DOCUMENT, name, kind))
            section.insert(0, reference)


def _marking(marking: str) -> str:
    """Return the paragraph of the marking; one of the TLP looks as FIRST's standard says."""
    label = marking.strip().upper()
    colour = TLP_COLOURS.get(label)
    if colour is None:
        return f'<w:p><w:pPr><w:pStyle w:val="Marking"/></w:pPr>{_run(marking)}</w:p>'
    look = (
        f'<w:rPr><w:b/><w:bCs/><w:color w:val="{colour}"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
        '<w:shd w:val="clear" w:color="auto" w:fill="000000"/></w:rPr>'
    )
    return (
        '<w:p><w:pPr><w:pStyle w:val="Marking"/><w:jc w:val="right"/></w:pPr>'
        f"{_run(label.join(_NO_BREAK_SPACE * 2), look)}</w:p>"
    )


def _foot(properties: DocumentProperties, styles: etree._Element, width: int) -> str:
    """Return the paragraph with the edition on the left and the page's number on the right."""
    # Word's own style "footer" has a tab stop in the middle of the page.
    cleared = "".join(
        f'<w:tab w:val="clear" w:pos="{tab.get(w("pos"))}"/>'
        for tab in styles.iterfind(f"{w('style')}[@{w('styleId')}='Footer']//{w('tab')}")
        if tab.get(w("val")) != "clear"
    )
    page = "".join(
        f'<w:fldSimple w:instr=" {_FIELDS[part]} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        if number % 2
        else _run(part)
        for number, part in enumerate(_PLACEHOLDER.split(properties.page_label))
        if part
    )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/><w:tabs>{cleared}'
        f'<w:tab w:val="right" w:pos="{width}"/></w:tabs></w:pPr>'
        f"{_run(properties.running)}<w:r><w:tab/></w:r>{page}</w:p>"
    )


def _run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'

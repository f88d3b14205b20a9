"""A property is that of the letters, or of the nearest style that says something of it."""

from __future__ import annotations

import pytest
from lxml import etree

from sent_files import zipped
from sourcebrief.documents.word.opc_package import Package, W, w
from sourcebrief.verification.resolve_styles import Styles

NAMES = f'xmlns:w="{W}"'
STYLES = f"""<w:styles {NAMES}>
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="19"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Lead"><w:basedOn w:val="Normal"/>
<w:pPr><w:ind w:start="0" w:right="200"/></w:pPr><w:rPr><w:sz w:val="24"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Quiet"><w:rPr><w:b w:val="false"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Round"><w:basedOn w:val="Round"/></w:style>
</w:styles>"""


def styles() -> Styles:
    package = Package(zipped(**{"word/styles.xml": STYLES.encode()}))
    return Styles(package, ("sz", "b", "color"), ("ind", "jc"))


def element(xml: str) -> etree._Element:
    return etree.fromstring(f"<w:root {NAMES}>{xml}</w:root>")[0]


def run(style: str, properties: str) -> dict[str, str]:
    style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    paragraph = element(f"<w:p>{style}<w:r><w:rPr>{properties}</w:rPr></w:r></w:p>")
    look = styles().of_run(paragraph, paragraph.find(w("r")))
    return {key: look.get(key, "") for key in ("sz", "b", "color")}


@pytest.mark.parametrize(
    ("style", "properties", "look"),
    [
        ("", "", {"sz": "19", "b": "1", "color": ""}),
        ("Lead", "", {"sz": "24", "b": "1", "color": ""}),
        ("Lead", '<w:rStyle w:val="Quiet"/>', {"sz": "24", "b": "", "color": ""}),
        ("Lead", '<w:sz w:val="9"/>', {"sz": "9", "b": "1", "color": ""}),
        ("Round", '<w:b w:val="off"/>', {"sz": "19", "b": "", "color": ""}),
    ],
)
def test_letters(style: str, properties: str, look: dict[str, str]) -> None:
    assert run(style, properties) == look


def test_sides_are_named_alike_and_nothing_is_nothing() -> None:
    there = element('<w:p><w:pPr><w:pStyle w:val="Lead"/></w:pPr></w:p>')
    same = element('<w:p><w:pPr><w:ind w:end="200"/><w:jc w:val="start"/></w:pPr></w:p>')
    one, other = (styles().of_paragraph(each) for each in (there, same))
    assert one["ind right"] == other["ind right"] == "200"
    assert one.get("jc", "") == other["jc"] == ""

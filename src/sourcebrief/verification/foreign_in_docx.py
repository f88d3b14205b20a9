"""What a Word document holds that neither a build nor a word processor's plain save writes.

Word processors write every part anew, so that no two saves are alike. But what they write is known:
the names below were recorded from builds, and from these after LibreOffice had saved them; what
Word adds is listed as its format has it. Whatever else a document holds could show, hide or change
words. A house's own reference.docx may bring more; what the document made again holds is therefore
known too.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from sourcebrief.documents.direction import has_right_to_left
from sourcebrief.documents.word.opc_package import DOCUMENT, OFFICE, Package, w
from sourcebrief.text.phrases import shorten
from sourcebrief.verification.words_of_docx import links_of

LEAST_CONTRAST: Final = 1.6
"""Between a text and what is behind it, as WCAG 2.2 counts it; what is below cannot be seen."""
SMALLEST: Final = 10
"""Half points of the smallest letters, and `NARROWEST` twentieths of a point of a column."""
NARROWEST: Final = 180
_FAR: Final = 12_000
"""Twentieths of a point from a margin at which a page has ended."""
_DARK: Final = 0.3
_ELEMENTS: Final = frozenset(
    """
    abstractNum abstractNumId abstractNumIdRef alias autoHyphenation avLst b bCs basedOn bidi blip
    rtl
    blipFill body bookmarkEnd bookmarkStart bottom br cNvGraphicFramePr cNvPicPr cNvPr cantSplit
    caps characterSpacingControl clrSchemeMapping cnfStyle color cols comments compat compatSetting
    contextualSpacing continuationSeparator cr decimalSymbol defaultTabStop
    displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery doNotHyphenateCaps docDefaults
    docGrid
    docPartGallery docPartObj docPartUnique docPr document drawing drawingGridHorizontalSpacing
    drawingGridVerticalSpacing effectExtent end endnote endnotePr endnotes ext extent fillRect
    fldChar
    fldSimple footerReference footnote footnotePr footnoteRef footnoteReference footnotes formProt
    ftr graphic graphicData graphicFrameLocks gridCol gridSpan hdr headEnd headerReference hyperlink
    i iCs ilvl ind inline insideH insideV instrText jc keepLines keepNext kern lang
    lastRenderedPageBreak latentStyles left link listSeparator ln lock locked lsdException lvl lvlJc
    lvlOverride lvlRestart lvlText mathPr mathFont brkBin brkBinSub smallFrac dispDef lMargin
    rMargin defJc wrapIndent intLim naryLim multiLevelType name next noBreakHyphen noFill noProof
    nsid num numFmt numId numPr numRestart numStart numbering off outlineLvl p pBdr pPr pPrDefault
    pStyle pgMar pgNumType pgSz pic picLocks pos prstGeom proofErr proofState qFormat r rFonts rPr
    rPrDefault rStyle right rsid rsidRoot rsids sdt sdtContent sdtPr id sectPr semiHidden separator
    settings shd softHyphen spPr spacing start startOverride stretch style stylePaneFormatFilter
    styles suff suppressAutoHyphens suppressLineNumbers sz szCs t tab tabs tailEnd tbl tblBorders
    tblCaption tblCellMar tblDescription tblGrid tblHeader tblInd tblLayout tblLook tblPr tblStyle
    tblStylePr tblW tc tcBorders tcMar tcPr tcW textDirection themeFontLang titlePg tmpl top tr trPr
    trackRevisions type u uiPriority unhideWhenUsed useFELayout vAlign vertAlign webHidden
    widowControl xfrm zoom
    hdrShapeDefaults shapeDefaults shapelayout idmap docId chartTrackingRefBased nvPicPr
    """.split()  # noqa: SIM905 - two hundred lines otherwise
)
_PART: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core|custom)\.xml"
    r"|customXml/(?:item|itemProps)\d+\.xml|customXml/_rels/item\d+\.xml\.rels"
    r"|word/(?:document|styles|numbering|settings|fontTable|webSettings|footnotes|endnotes"
    r"|comments|header\d+|footer\d+)\.xml|word/_rels/[a-z]+\d*\.xml\.rels"
    r"|word/theme/theme\d+\.xml|word/media/[A-Za-z]+\d+\.(?:png|jpe?g)"
)
_RELATIONS: Final = frozenset(
    """
    footer header numbering webSettings customXml officeDocument core-properties
    extended-properties custom-properties hyperlink image footnotes endnotes fontTable theme
    comments customXmlProps styles settings
    """.split()  # noqa: SIM905 - as above
)
_CONTENT: Final = re.compile(
    r"word/(?:document|footnotes|endnotes|header\d+|footer\d+|styles|numbering|settings)\.xml"
)
_FIELD: Final = re.compile(r"\s*(?:PAGE|NUMPAGES|PAGEREF|TOC|HYPERLINK|NOTEREF|REF)\b[^{}]*")
_LABEL: Final = re.compile(r"(?:%\d|[^\w%])*|o")
_DIGITS: Final = re.compile(r"-?\d+")


def foreign_in_docx(sent: bytes, made: bytes | None) -> list[str]:
    """Return what is foreign in a document, each kind once.

    `made` is the same document made again, where that is possible.
    """
    package, known = Package(sent), Package(made) if made else None
    return list(dict.fromkeys(_foreign(package, known)))


def _foreign(package: Package, made: Package | None) -> Iterator[str]:
    allowed = _ELEMENTS | {local for _, local, _ in _content(made)} if made else _ELEMENTS
    for name in sorted(package):
        if not _PART.fullmatch(name) and (made is None or name not in made):
            yield f"it carries the part {name}, which no build writes"
        elif name.endswith(".rels"):
            yield from _foreign_relations(package, name)
    for name, local, element in _content(package):
        if local not in allowed:
            yield f"{name}: it has the element {local}, which no build writes"
        for words in _hidden(element, local):
            yield f"{name}: {words}"
    for kind in ("header", "footer"):
        references = package.tree(DOCUMENT).iter(w(f"{kind}Reference"))
        parts = package.related(DOCUMENT, kind)
        if not any(one.get(f"{{{OFFICE}}}id") in parts for one in references):
            yield f"its {kind}s were taken out"
    if made is not None:
        sent, expected = (
            {of.read(name) for name in of if name.startswith("word/media/")}
            for of in (package, made)
        )
        if sent - expected:
            yield "it carries another picture than its evidence makes"
        others = Counter(links_of(package)) - Counter(links_of(made))
        for words, target in others.elements():
            yield f"the link “{shorten(words, 40)}” leads to {shorten(target, 80)}"


def _content(package: Package) -> Iterator[tuple[str, str, Any]]:
    """The elements of the parts that hold text or decide how it looks: part, name, element."""
    for name in filter(_CONTENT.fullmatch, sorted(package)):
        for element in package.tree(name).iter(etree.Element):
            yield name, etree.QName(element).localname, element


def _foreign_relations(package: Package, name: str) -> Iterator[str]:
    for relation in package.tree(name):
        kind = str(relation.get("Type")).rpartition("/")[2]
        external = relation.get("TargetMode") == "External"
        if kind not in _RELATIONS or (external and kind != "hyperlink"):
            yield f"it leads to a {kind}: {shorten(str(relation.get('Target')), 60)}"


def _turned(element: Any) -> Iterator[str]:
    """Yield a run that is written from right to left and holds no such letters."""
    text = "".join(part.text or "" for part in element.getparent().getparent().iter("{*}t"))
    if text.strip() and not has_right_to_left(text):
        yield f"“{shorten(text, 40)}” is set from right to left"


def _hidden(element: Any, local: str) -> Iterator[str]:
    """Yield what an element does to hide words, or to show what is not text."""
    value = str(element.get(w("val"), ""))
    if local in ("fldSimple", "instrText"):
        instruction = element.get(w("instr")) or element.text or ""
        if not _FIELD.fullmatch(instruction):
            yield f"a field computes what is shown: {shorten(instruction, 40)}"
    elif local == "lvlText" and not _LABEL.fullmatch(value):
        yield f"the number of a list holds words: “{shorten(value, 40)}”"
    elif local in ("sz", "szCs") and _below(value, SMALLEST):
        yield "letters are too small to be seen"
    elif local in ("gridCol", "tcW") and _below(element.get(w("w")), NARROWEST):
        if element.get(w("type"), "dxa") == "dxa":
            yield "a column is too narrow to be seen"
    elif local == "spacing" and element.get(w("lineRule")) == "exact":
        yield "lines have a height that can hide them"
    elif local == "ind" and any(
        abs(int(each)) > _FAR for each in element.attrib.values() if _DIGITS.fullmatch(each)
    ):
        yield "a paragraph stands beside the page"
    elif local == "rtl":
        yield from _turned(element)
    elif local == "rPr":
        yield from _unseen_colour(element)
    elif local in ("pPr", "tcPr", "tblPr"):
        shade = element.find(w("shd"))
        if shade is not None and _luminance(str(shade.get(w("fill"))), 1.0) < _DARK:
            yield "what is behind a text is as dark as the text"


def _below(text: str | None, least: int) -> bool:
    return bool(text) and (not _DIGITS.fullmatch(text or "") or int(text or 0) < least)


def _unseen_colour(properties: Any) -> Iterator[str]:
    colour, shade = properties.find(w("color")), properties.find(w("shd"))
    if colour is not None and colour.get(w("themeColor")) is not None:
        yield "a text has the colour of a theme"
    ink = "auto" if colour is None else str(colour.get(w("val")))
    paper = "auto" if shade is None else str(shade.get(w("fill"), "auto"))
    light, dark = sorted((_luminance(ink, 0.0), _luminance(paper, 1.0)), reverse=True)
    if (light + 0.05) / (dark + 0.05) < LEAST_CONTRAST:
        yield "a text has the colour of what is behind it"


def _luminance(colour: str, automatic: float) -> float:
    """The relative luminance of six hexadecimal digits (WCAG 2.2)."""
    if not re.fullmatch("[0-9A-Fa-f]{6}", colour):
        return automatic
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

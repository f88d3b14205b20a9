"""From pandoc's DOCX to one that is valid, accessible, reproducible and carries its evidence."""

from __future__ import annotations

import base64
import io
import uuid
import zipfile
import zlib
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from lxml import etree

from sourcebrief.documents.word import body_markup
from sourcebrief.documents.word.inert import require_inert
from sourcebrief.documents.word.opc_package import OFFICE_TYPE, UNREADABLE, Package, W, parse, w
from sourcebrief.errors import EngineFault
from sourcebrief.text.tlp import TLP_COLOURS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sourcebrief.documents.word.pandoc_input import TableFacts
    from sourcebrief.documents.word.write_docx import DocxMetadata

MANIFEST = "urn:sourcebrief:evidence:1"
"""The namespace of the custom XML part that holds ``evidence.json``."""

LARGEST_MANIFEST = 256 * 1024 * 1024
"""Bytes beyond which a manifest found in a document is not unpacked."""

_DATA_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TWIPS = {"A4": (11906, 16838), "Letter": (12240, 15840)}
# Claims about the text, or ways to handle it, that nobody here has a ground for.
_UNFOUNDED = ("proofState", "savePreviewPicture", "embedSystemFonts", "doNotTrackMoves", "rsids")


# Word has dictionaries and hyphenation for a language of a region only; where none is named, these
# are what Word itself takes (MS-LCID, 2.2). A language that is not here stays as it is.
_REGIONS = dict(
    tag.split("-")
    for tag in (
        *("ar-SA", "bg-BG", "ca-ES", "cs-CZ", "da-DK", "de-DE", "el-GR", "en-US", "es-ES", "et-EE"),
        *("eu-ES", "fi-FI", "fr-FR", "ga-IE", "gl-ES", "he-IL", "hr-HR", "hu-HU", "it-IT", "ja-JP"),
        *("ko-KR", "lt-LT", "lv-LV", "mt-MT", "nb-NO", "nl-NL", "nn-NO", "pl-PL", "pt-BR", "ro-RO"),
        *("ru-RU", "sk-SK", "sl-SI", "sv-SE", "tr-TR", "uk-UA", "vi-VN", "zh-CN"),
    )
)


def spoken_in(language: str, *, like: str = "") -> str:
    """Return a BCP 47 tag with a region: that of `like` where it is the same language.

    A tag that has one, or whose language has no region here, is returned as it is.
    """
    if language == like.partition("-")[0]:
        return like
    return f"{language}-{_REGIONS[language]}" if language in _REGIONS else language


@dataclass(frozen=True, slots=True)
class Geometry:
    """The page of a reference document, in twentieths of a point."""

    page: tuple[int, int]
    text_width: int
    text_height: int


def on_page(reference: bytes, page: str) -> tuple[bytes, Geometry]:
    """Return a reference document of the size named (``A4`` or ``Letter``), and its geometry.

    pandoc makes pictures no wider than the reference document's page, so it has to be that page.
    """
    package = Package(reference)
    body = package.tree("word/document.xml").find(w("body"))
    if body is None:
        raise EngineFault("reference.docx is not a Word document: it has no body")
    section = _section(body)
    margins = section.find(w("pgMar"))
    wide, high = _TWIPS[page]
    size = _page_size(section)
    if (size.get(w("w")), size.get(w("h"))) != (str(wide), str(high)):
        size.attrib.clear()
        size.attrib.update({w("w"): str(wide), w("h"): str(high)})
        reference = package.bytes()

    def margin(side: str) -> int:
        # An inch: what Word takes where a document says nothing.
        return 1440 if margins is None else abs(int(margins.get(w(side)) or 1440))

    return reference, Geometry(
        (wide, high),
        wide - margin("left") - margin("right"),
        high - margin("top") - margin("bottom"),
    )


def _section(body: etree._Element) -> etree._Element:
    section = body.find(w("sectPr"))
    return etree.SubElement(body, w("sectPr")) if section is None else section


def _page_size(section: etree._Element) -> etree._Element:
    size = section.find(w("pgSz"))
    if size is None:
        size = etree.Element(w("pgSz"))
        _insert_before(section, size, ("pgMar", "paperSrc", "pgBorders", "cols", "docGrid"))
    return size


def finish(
    written: bytes,
    *,
    geometry: Geometry,
    tables: Sequence[TableFacts],
    metadata: DocxMetadata,
    evidence: bytes | None,
    contents: bool,
) -> bytes:
    """Return the document that pandoc wrote, with all that it leaves undone.

    ``evidence`` is carried inside as a custom XML part, which Word and LibreOffice keep when they
    save. Raises EngineFault where ``written`` is no Word document, or one that acts when opened.
    """
    package = Package(written)
    body = package.tree("word/document.xml").find(w("body"))
    if body is None:
        raise EngineFault("pandoc: the document has no body")
    styles = package.tree("word/styles.xml")
    body_markup.finish_tables(body, tables, geometry.text_width)
    body_markup.finish_pictures(body)
    notes = [package.tree(name) for name in ("word/footnotes.xml",) if name in package]
    body_markup.finish_links([body, *notes])
    language = spoken_in(metadata.language)
    for root in (body, *notes):
        body_markup.finish_languages(root, lambda tag: spoken_in(tag, like=language))
        body_markup.merge_runs(root)
    _finish_styles(styles, language)
    if contents:
        body_markup.fill_contents(body, body_markup.Styles.of(styles))
    if "word/numbering.xml" in package:
        _finish_lists(package.tree("word/numbering.xml"), styles)
    _finish_settings(package.tree("word/settings.xml"), language)
    _finish_section(package, body, styles, geometry, metadata)
    _finish_properties(package, metadata)
    if evidence is not None:
        _carry(package, evidence)
    require_inert(package)
    return package.bytes()


def manifest_in(document: bytes) -> bytes | None:
    """Return the ``evidence.json`` that a document carries, None where it carries none.

    Raises EngineFault where ``document`` is no Word document or its manifest is damaged. It may
    come from anybody: nothing is unpacked beyond a limit, no entity is followed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as archive:
            for entry in archive.infolist():
                if not (entry.filename.startswith("customXml/item") and _is_xml(entry.filename)):
                    continue
                with archive.open(entry) as file:
                    content = file.read(LARGEST_MANIFEST + 1)
                if MANIFEST.encode() in content and len(content) <= LARGEST_MANIFEST:
                    root = parse(content)
                    if root.tag == f"{{{MANIFEST}}}evidence":
                        return _unpacked(root.text or "")
    except UNREADABLE as error:
        raise EngineFault(f"not a Word document: {error}") from error
    except etree.XMLSyntaxError as error:
        raise EngineFault(f"the evidence in the document is damaged: {error.msg}") from error
    return None


def _is_xml(name: str) -> bool:
    return name.endswith(".xml") and "/" not in name.removeprefix("customXml/")


def _unpacked(text: str) -> bytes:
    try:
        inflater = zlib.decompressobj()
        content = inflater.decompress(
            base64.b64decode("".join(text.split()), validate=True), LARGEST_MANIFEST
        )
    except (ValueError, zlib.error) as error:  # binascii.Error is a ValueError
        raise EngineFault(f"the evidence in the document is damaged: {error}") from error
    if not inflater.eof:
        raise EngineFault("the evidence in the document is damaged: it is cut short or too large")
    return content


def _carry(package: Package, evidence: bytes) -> None:
    """Put the manifest into a custom XML part (ISO/IEC 29500-1, 15.2.5 and 22.5)."""
    packed = base64.b64encode(zlib.compress(evidence, 9)).decode()
    number = 1
    while f"customXml/item{number}.xml" in package:
        number += 1
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    package.put(
        item,
        f'{_XML}<evidence xmlns="{MANIFEST}" name="evidence.json" encoding="zlib base64">'
        f"{packed}</evidence>".encode(),
    )
    # The same evidence has the same identifier, so that the bytes stay the same.
    identifier = str(uuid.uuid5(uuid.NAMESPACE_URL, MANIFEST + packed)).upper()
    package.put(
        properties,
        f'{_XML}<ds:datastoreItem xmlns:ds="{_DATA_STORE}" ds:itemID="{{{identifier}}}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{MANIFEST}"/></ds:schemaRefs>'
        "</ds:datastoreItem>".encode(),
        f"{OFFICE_TYPE}.customXmlProperties+xml",
    )
    package.relate("word/document.xml", item, "customXml")
    package.relate(item, properties, "customXmlProps")


def _finish_styles(styles: etree._Element, language: str) -> None:
    defaults = styles.find(w("docDefaults"))
    if defaults is None:
        defaults = etree.Element(w("docDefaults"))
        styles.insert(0, defaults)
    holder = defaults.find(w("rPrDefault"))
    if holder is None:
        holder = etree.Element(w("rPrDefault"))
        defaults.insert(0, holder)
    run = holder.find(w("rPr"))
    if run is None:
        run = etree.SubElement(holder, w("rPr"))
    spoken = run.find(w("lang"))
    if spoken is None:
        spoken = etree.SubElement(run, w("lang"))
    # The language that East Asian text would have decides whose quotation marks are used: ours.
    spoken.attrib.update({w("val"): language, w("eastAsia"): language})
    if w("bidi") not in spoken.attrib:
        spoken.set(w("bidi"), "ar-SA")
    for style in styles.iter(w("style")):
        for lang in list(style.iter(w("lang"))):
            properties = lang.getparent()
            if properties is not None:
                properties.remove(lang)
    known = {style.get(w("styleId")) for style in styles.iter(w("style"))}
    for identifier, xml in _NEEDED_STYLES.items():
        if identifier not in known:
            styles.append(parse(xml.encode()))


_NEEDED_STYLES = {
    # pandoc's tables are based on it, and pandoc's own reference document has none.
    "TableNormal": f'<w:style xmlns:w="{W}" w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    **{
        name: f'<w:style xmlns:w="{W}" w:type="paragraph"{custom} w:styleId="{name}">'
        f'<w:name w:val="{shown}"/><w:uiPriority w:val="99"/>'
        f'<w:pPr><w:spacing w:before="0" w:after="0"/>{more}</w:pPr></w:style>'
        for name, shown, custom, more in (
            ("Header", "header", "", ""),
            ("Footer", "footer", "", ""),
            ("Marking", "Marking", ' w:customStyle="1"', '<w:jc w:val="right"/>'),
        )
    },
}


def _finish_lists(numbering: etree._Element, styles: etree._Element) -> None:
    """Let the list style decide the indent: pandoc's own, in the numbering, would win over it."""
    first = {"left": "284", "hanging": "284"}
    for style in styles.iter(w("style")):
        indent = style.find(f"{w('pPr')}/{w('ind')}")
        if style.get(w("styleId")) == "ListBullet" and indent is not None:
            first = {name: str(indent.get(w(name)) or "0") for name in first}
    for level in numbering.iter(w("lvl")):
        depth = int(str(level.get(w("ilvl"))))
        indent = level.find(f"{w('pPr')}/{w('ind')}")
        if indent is not None:
            indent.attrib.clear()
            left = int(first["left"]) + depth * max(284, int(first["hanging"]))
            indent.attrib.update({w("left"): str(left), w("hanging"): first["hanging"]})


def _finish_settings(settings: etree._Element, language: str) -> None:
    for name in _UNFOUNDED:
        for found in settings.findall(w(name)):
            settings.remove(found)
    theme = settings.find(w("themeFontLang"))
    if theme is None:
        theme = etree.Element(w("themeFontLang"))
        _insert_before(settings, theme, _AFTER_THEME_LANGUAGE)
    theme.attrib.clear()
    theme.set(w("val"), language)
    if settings.find(w("compat")) is None:
        compat = etree.Element(w("compat"))
        etree.SubElement(
            compat,
            w("compatSetting"),
            {
                w("name"): "compatibilityMode",
                w("uri"): "http://schemas.microsoft.com/office/word",
                w("val"): "15",
            },
        )
        _insert_before(settings, compat, _AFTER_COMPAT)


# What stands behind these elements in the order of ISO/IEC 29500-1, 17.15.1.78.
_AFTER_THEME_LANGUAGE = (
    *("clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures"),
    *("forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "shapeDefaults"),
    *("doNotEmbedSmartTags", "decimalSymbol", "listSeparator"),
)
_AFTER_COMPAT = ("docVars", "rsids", "attachedSchema", "themeFontLang", *_AFTER_THEME_LANGUAGE)


def _insert_before(parent: etree._Element, child: etree._Element, names: tuple[str, ...]) -> None:
    later = {w(name) for name in names}
    for index, present in enumerate(parent):
        if present.tag in later:
            parent.insert(index, child)
            return
    parent.append(child)


def _finish_section(
    package: Package,
    body: etree._Element,
    styles: etree._Element,
    geometry: Geometry,
    metadata: DocxMetadata,
) -> None:
    section = _section(body)
    size = _page_size(section)
    size.attrib.clear()
    size.attrib.update({w("w"): str(geometry.page[0]), w("h"): str(geometry.page[1])})
    marking = _marking(metadata.marking)
    head = marking
    foot = _foot(metadata, styles, geometry.text_width) + marking
    for kind, paragraphs in (("header", head), ("footer", foot)):
        present = package.related("word/document.xml", kind)
        used = [
            reference
            for reference in section.findall(w(f"{kind}Reference"))
            if reference.get(_RELATION) in present
        ]
        # A house's own heads and feet stay, whichever pages they are for; ours is added to each.
        for name in dict.fromkeys(present[str(each.get(_RELATION))] for each in used):
            package.tree(name).extend(_fragment(paragraphs))
        if not any(reference.get(w("type")) == "default" for reference in used):
            _add_running(package, section, kind, paragraphs)


def _add_running(package: Package, section: etree._Element, kind: str, paragraphs: str) -> None:
    number = 1
    while f"word/{kind}{number}.xml" in package:
        number += 1
    name = f"word/{kind}{number}.xml"
    root = "hdr" if kind == "header" else "ftr"
    package.put(
        name,
        f'{_XML}<w:{root} xmlns:w="{W}">{paragraphs}</w:{root}>'.encode(),
        f"{OFFICE_TYPE}.wordprocessingml.{kind}+xml",
    )
    relation = package.relate("word/document.xml", name, kind)
    section.insert(
        0, etree.Element(w(f"{kind}Reference"), {w("type"): "default", _RELATION: relation})
    )


def _fragment(paragraphs: str) -> list[etree._Element]:
    return list(parse(f'<w:hdr xmlns:w="{W}">{paragraphs}</w:hdr>'.encode()))


def _marking(marking: str) -> str:
    """Return the paragraph of the handling mark; ``TLP:`` values as FIRST's standard says."""
    colour = TLP_COLOURS.get(marking.strip().upper())
    if colour is None:
        return (
            '<w:p><w:pPr><w:pStyle w:val="Marking"/></w:pPr>'
            f'<w:r><w:t xml:space="preserve">{escape(marking)}</w:t></w:r></w:p>'
        )
    return (
        '<w:p><w:pPr><w:pStyle w:val="Marking"/><w:jc w:val="right"/></w:pPr><w:r><w:rPr>'
        f'<w:b/><w:bCs/><w:color w:val="{colour}"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
        '<w:shd w:val="clear" w:color="auto" w:fill="000000"/></w:rPr>'
        f'<w:t xml:space="preserve">\u00a0{escape(marking.strip().upper())}\u00a0</w:t></w:r></w:p>'
    )


def _foot(metadata: DocxMetadata, styles: etree._Element, width: int) -> str:
    """Return the paragraph with the edition on the left and the page's number on the right."""
    tabs = "".join(f'<w:tab w:val="clear" w:pos="{place}"/>' for place in _footer_tabs(styles))
    page = "".join(
        f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        if field
        else f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
        for words, field in _fields(metadata.page_label)
        if words or field
    )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/><w:tabs>{tabs}'
        f'<w:tab w:val="right" w:pos="{width}"/></w:tabs></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(metadata.running)}</w:t></w:r>'
        f"<w:r><w:tab/></w:r>{page}</w:p>"
    )


def _footer_tabs(styles: etree._Element) -> list[str]:
    """Return the tab stops of the style "footer": Word's own has one in the middle of the page."""
    return [
        str(tab.get(w("pos")))
        for style in styles.iter(w("style"))
        if style.get(w("styleId")) == "Footer"
        for tab in style.iter(w("tab"))
        if tab.get(w("val")) != "clear"
    ]


def _fields(label: str) -> list[tuple[str, str]]:
    """Part ``{page} of {pages}`` into words and fields."""
    parts: list[tuple[str, str]] = []
    rest = label
    while rest:
        places = [
            (rest.index(mark), mark, field)
            for mark, field in (("{page}", "PAGE"), ("{pages}", "NUMPAGES"))
            if mark in rest
        ]
        if not places:
            parts.append((rest, ""))
            break
        at, mark, field = min(places)
        parts += [(rest[:at], ""), ("", field)]
        rest = rest[at + len(mark) :]
    return parts


def _finish_properties(package: Package, metadata: DocxMetadata) -> None:
    for name in list(package):
        # pandoc writes every metadata field it is given here, paths of files among them.
        if name == "docProps/custom.xml" or (
            name == "word/comments.xml" and not len(package.tree(name))
        ):
            package.remove(name)
    package.put("docProps/core.xml", _core(metadata))
    package.put(
        "docProps/app.xml",
        f'{_XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><Application>sourcebrief</Application></Properties>'.encode(),
    )


def _core(metadata: DocxMetadata) -> bytes:
    """Return the core properties (ISO/IEC 29500-2, 11), empty ones left out."""
    said = {
        "dc:title": metadata.title,
        "dc:creator": metadata.author,
        "dc:subject": metadata.subject,
        "cp:keywords": ", ".join(metadata.keywords),
        "dc:description": metadata.description,
        "dc:identifier": metadata.identifier,
        "dc:language": metadata.language,
        "cp:lastModifiedBy": metadata.author,
        "cp:contentStatus": metadata.status,
        "cp:version": metadata.version,
    }
    words = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in said.items() if text)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{_instant(moment)}</dcterms:{name}>'
        for name, moment in (("created", metadata.created), ("modified", metadata.modified))
    )
    return (
        f"{_XML}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{words}{dates}</cp:coreProperties>"
    ).encode()


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


__all__ = ["MANIFEST", "Geometry", "finish", "manifest_in", "on_page", "spoken_in"]

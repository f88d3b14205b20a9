"""Finish pandoc's text: pictures, links, languages, runs, styles, lists and settings."""

from collections.abc import Sequence
from typing import Final

from lxml import etree

from sourcebrief.documents.word.opc_package import Package, W, parse_part, w, w_child, w_element
from sourcebrief.documents.word.table_of_contents import style_of, styles_and_levels

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_PLACED: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_DECORATIVE: Final = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_DECORATIVE_URI: Final = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
# Settings that claim something about the text that no one has checked, or that state a preference.
_UNFOUNDED: Final = (
    *("proofState", "savePreviewPicture", "embedSystemFonts", "doNotTrackMoves", "rsids"),
)
_LINK_STYLES: Final = ("Hyperlink", "InternalLink")
_INDENT: Final = f"{w('pPr')}/{w('ind')}"
_SMALLEST_INDENT: Final = "284"
_NEEDED_STYLES: Final = {
    # pandoc bases its tables on it, although pandoc's own reference document lacks it.
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


def finish_text(package: Package, spoken: str) -> None:
    """Finish body and notes, and what shows them; `spoken` is the language of the document."""
    language = with_region(spoken)
    styles = package.tree("word/styles.xml")
    _name_pictures(package.body())
    texts = [package.body()]
    if "word/footnotes.xml" in package:
        texts.append(package.tree("word/footnotes.xml"))
    _unlink_missing_places(texts)
    for root in texts:
        for lang in root.iter(w("lang")):
            for name in (w("val"), w("eastAsia")):
                if (tag := lang.get(name)) is not None:
                    lang.set(name, with_region(str(tag), like=language))
        _merge_runs(root)
    _rule_summaries(package.body(), styles)
    _complete_styles(styles, language)
    if "word/numbering.xml" in package:
        _indent_lists(package.tree("word/numbering.xml"), styles)
    _clean_settings(package.tree("word/settings.xml"), language)


def with_region(language: str, *, like: str = "") -> str:
    """Return a BCP 47 tag with a region, because Word checks spelling only where one is named.

    The region is that of `like` where it is the same language, else the most likely one of CLDR.
    """
    from babel.core import get_global

    if language == like.partition("-")[0]:
        return like
    likely = get_global("likely_subtags").get(language)
    return f"{language}-{likely.rpartition('_')[2]}" if likely else language


def _complete_styles(styles: etree._Element, language: str) -> None:
    """Make one language that of all styles, and add those that Word's readers or ours need."""
    defaults = w_child(w_child(w_child(styles, "docDefaults", 0), "rPrDefault", 0), "rPr")
    for style in styles.iter(w("style")):
        etree.strip_elements(style, w("lang"), with_tail=False)
    lang = w_child(defaults, "lang")
    # Word chooses the quotation marks by the language of East Asian text.
    lang.attrib.update({w("val"): language, w("eastAsia"): language})
    if w("bidi") not in lang.attrib:
        lang.set(w("bidi"), "ar-SA")
    known = {style.get(w("styleId")) for style in styles.iter(w("style"))}
    styles.extend(
        parse_part(xml.encode()) for name, xml in _NEEDED_STYLES.items() if name not in known
    )


def _indent_lists(numbering: etree._Element, styles: etree._Element) -> None:
    """Indent lists as the style List Bullet says; pandoc's numbering would win over the style."""
    left = hanging = _SMALLEST_INDENT
    for indent in styles.iterfind(f"{w('style')}[@{w('styleId')}='ListBullet']/{_INDENT}"):
        left, hanging = (str(indent.get(w(name)) or "0") for name in ("left", "hanging"))
    step = max(int(_SMALLEST_INDENT), int(hanging))
    for level in numbering.iter(w("lvl")):
        for indent in level.iterfind(_INDENT):
            depth = int(str(level.get(w("ilvl"))))
            indent.attrib.clear()
            indent.attrib.update({w("left"): str(int(left) + depth * step), w("hanging"): hanging})


def _clean_settings(settings: etree._Element, language: str) -> None:
    """Set the language of the theme, and today's layout rules where a reference names none."""
    for name in _UNFOUNDED:
        for found in settings.findall(w(name)):
            settings.remove(found)
    theme = w_child(settings, "themeFontLang")
    theme.attrib.clear()
    theme.set(w("val"), language)
    if settings.find(w("compat")) is None:
        compat = w_element("compat")
        mode = {"uri": "http://schemas.microsoft.com/office/word", "val": "15"}
        compat.append(w_element("compatSetting", name="compatibilityMode", **mode))
        theme.addprevious(compat)


def _rule_summaries(body: etree._Element, styles: etree._Element) -> None:
    """Draw a rule at the left of what stands under a heading in an actor's colour, in that colour.

    It ends at the next heading or table.
    """
    levels = styles_and_levels(styles)[1]
    colours = {
        str(style.get(w("styleId"))): str(colour.get(w("val")))
        for style in styles.iter(w("style"))
        for colour in style.iterfind(f"{w('rPr')}/{w('color')}")
        if str(style.get(w("styleId"))).startswith("Actor")
    }
    colour = None
    for block in body.iterchildren(w("p"), w("tbl")):
        if block.tag == w("tbl"):
            colour = None
        elif levels.get(style_of(block), 9) < 9:
            looks = (str(look.get(w("val"))) for look in block.iter(w("rStyle")))
            colour = next((colours[look] for look in looks if look in colours), None)
        if colour is not None:
            properties = w_child(block, "pPr", 0)
            # The schema wants these behind style and numbering, whose indent is a step deeper.
            at = len([*properties.iterchildren(w("pStyle"), w("keepNext"), w("numPr"))])
            item = properties.find(w("numPr")) is not None
            step = int(_SMALLEST_INDENT)
            indent = w_element("ind", left=str(2 * step if item else step))
            if item:
                indent.set(w("hanging"), _SMALLEST_INDENT)
            rule = w_element("pBdr")
            rule.append(w_element("left", val="single", sz="16", space="12", color=colour))
            properties[at:at] = [rule, indent]


def _name_pictures(body: etree._Element) -> None:
    """Name the pictures, and mark those without alternative text as decoration."""
    for number, placed in enumerate(body.iter(f"{{{_PLACED}}}docPr"), start=1):
        text = placed.get("descr") or ""
        placed.set("name", f"Figure {number}")
        placed.attrib.pop("title", "")
        for frame in placed.iterancestors(f"{{{_PLACED}}}inline"):
            # Where these are missing, LibreOffice keeps an eighth of an inch free on either side.
            frame.attrib.update({f"dist{side}": "0" for side in "TBLR"})
            for picture in frame.iter(f"{{{_PICTURE}}}cNvPr"):
                # pandoc writes the picture's address here, the whole of a data: URI too.
                picture.set("name", f"Figure {number}")
                picture.set("descr", text)
        if not text:
            extensions = etree.SubElement(placed, f"{{{_DRAWING}}}extLst")
            extension = etree.SubElement(extensions, f"{{{_DRAWING}}}ext", {"uri": _DECORATIVE_URI})
            decorative = f"{{{_DECORATIVE}}}decorative"
            etree.SubElement(extension, decorative, {"val": "1"}, nsmap={"adec": _DECORATIVE})


def _unlink_missing_places(roots: Sequence[etree._Element]) -> None:
    """Turn a link to a place that the document lacks into its words."""
    places = {mark.get(w("name")) for root in roots for mark in root.iter(w("bookmarkStart"))}
    for root in roots:
        for link in list(root.iter(w("hyperlink"))):
            anchor, parent = link.get(w("anchor")), link.getparent()
            if anchor is None or anchor in places or parent is None:
                continue
            for properties in list(link.iter(w("rPr"))):
                for style in properties.findall(w("rStyle")):
                    if style.get(w("val")) in _LINK_STYLES:
                        properties.remove(style)
            at = parent.index(link)
            parent[at : at + 1] = list(link)


def _merge_runs(root: etree._Element) -> None:
    """Make neighbouring runs of the same look one run, so that Word's search finds phrases.

    pandoc begins a run at every word.
    """
    for holder in root.iter(w("p"), w("hyperlink")):
        last: etree._Element | None = None
        last_look = b""
        for run in list(holder):
            text = _only_text(run)
            if text is None:
                last = None
                continue
            properties = run.find(w("rPr"))
            if properties is not None and not len(properties):
                run.remove(properties)
                properties = None
            look = b"" if properties is None else etree.tostring(properties, with_tail=False)
            if last is not None and look == last_look:
                last.text = (last.text or "") + (text.text or "")
                holder.remove(run)
            else:
                last, last_look = text, look


def _only_text(run: etree._Element) -> etree._Element | None:
    parts = [part for part in run if part.tag != w("rPr")] if run.tag == w("r") else []
    return parts[0] if len(parts) == 1 and parts[0].tag == w("t") else None

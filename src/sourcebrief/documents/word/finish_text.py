"""Finish pandoc's text: pictures, links, languages, runs, styles, lists and settings."""

import re
from itertools import groupby
from typing import Final

from lxml import etree

from sourcebrief.documents.word.anchors import name_bookmarks
from sourcebrief.documents.word.opc_package import (
    DOCUMENT,
    Package,
    W,
    parse_part,
    w,
    w_child,
    w_element,
    w_value,
)
from sourcebrief.documents.word.table_of_contents import style_of, styles_and_levels

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_PLACED: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_DECORATIVE: Final = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_DECORATIVE_URI: Final = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
# Settings that claim something about the text that no one has checked, or that state a preference.
_UNFOUNDED: Final = tuple(
    map(w, ("proofState", "savePreviewPicture", "embedSystemFonts", "doNotTrackMoves", "rsids"))
)
_INDENT: Final = f"{w('pPr')}/{w('ind')}"
_SMALLEST_INDENT: Final = "284"
_EAST_ASIAN: Final = re.compile(r"ja|ko|zh-(?:TW|HK|Hant)|zh")
_EAST_ASIAN_FONTS: Final = {
    "ja": "Yu Gothic",
    "ko": "Malgun Gothic",
    **dict.fromkeys(("zh-TW", "zh-HK", "zh-Hant"), "Microsoft JhengHei"),
    "zh": "Microsoft YaHei",
}
"""Fonts that come with Word: it takes the forms of characters from the font, not the language."""
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
    name_bookmarks(package.body())
    for part in filter(package.__contains__, (DOCUMENT, "word/footnotes.xml")):
        for lang in package.tree(part).iter(w("lang")):
            for name in {w("val"), w("eastAsia")}.intersection(lang.keys()):
                lang.set(name, with_region(str(lang.get(name)), like=language))
            _show_in_its_forms(lang)
        _merge_runs(package.tree(part))
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
    # Word knows Chinese by its region alone.
    plain = re.sub("^zh-Han[st]$", "zh", language)
    subtags = get_global("likely_subtags")
    likely = subtags.get(language.replace("-", "_")) or subtags.get(plain)
    return f"{plain}-{likely.rpartition('_')[2]}" if likely else language


def _show_in_its_forms(lang: etree._Element) -> None:
    """Give a run of Chinese, Japanese or Korean the forms of its language: its font has them."""
    found = _EAST_ASIAN.match(w_value(lang, "val") or "")
    run = lang.getparent()
    if found is None or run is None:
        return
    lang.set(w("eastAsia"), w_value(lang, "val") or "")
    fonts = run.find(w("rFonts"))
    if fonts is None:
        fonts = w_element("rFonts")
        run.insert(int(run[0].tag == w("rStyle")), fonts)
    fonts.set(w("eastAsia"), _EAST_ASIAN_FONTS[found[0]])


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
    known = {w_value(style, "styleId") for style in styles.iter(w("style"))}
    styles.extend(parse_part(xml) for name, xml in _NEEDED_STYLES.items() if name not in known)


def _indent_lists(numbering: etree._Element, styles: etree._Element) -> None:
    """Indent lists as the style List Bullet says; pandoc's numbering would win over the style."""
    left = hanging = _SMALLEST_INDENT
    for indent in styles.iterfind(f"{w('style')}[@{w('styleId')}='ListBullet']/{_INDENT}"):
        left, hanging = (w_value(indent, name) or "0" for name in ("left", "hanging"))
    step = max(int(_SMALLEST_INDENT), int(hanging))
    for level in numbering.iter(w("lvl")):
        for indent in level.iterfind(_INDENT):
            depth = int(w_value(level, "ilvl"))
            indent.attrib.clear()
            indent.attrib.update({w("left"): str(int(left) + depth * step), w("hanging"): hanging})


def _clean_settings(settings: etree._Element, language: str) -> None:
    """Set the language of the theme, and today's layout rules where a reference names none."""
    etree.strip_elements(settings, *_UNFOUNDED, with_tail=False)
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
        w_value(style, "styleId"): w_value(style.find(f"{w('rPr')}/{w('color')}"))
        for style in styles.iter(w("style"))
        if w_value(style, "styleId").startswith("Actor")
    }
    colour = ""
    for block in body.iterchildren(w("p"), w("tbl")):
        if block.tag == w("tbl"):
            colour = ""
        elif levels.get(style_of(block), 9) < 9:
            looks = map(w_value, block.iter(w("rStyle")))
            colour = next((colours[look] for look in looks if look in colours), "")
        if colour:
            properties = w_child(block, "pPr", 0)
            # The schema wants these behind style and numbering, whose indent is a step deeper.
            at = len([*properties.iterchildren(w("pStyle"), w("keepNext"), w("numPr"))])
            indent = w_element("ind", left=_SMALLEST_INDENT)
            if properties.find(w("numPr")) is not None:
                deeper = str(2 * int(_SMALLEST_INDENT))
                indent = w_element("ind", left=deeper, hanging=_SMALLEST_INDENT)
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


def _merge_runs(root: etree._Element) -> None:
    """Make neighbouring runs of the same look one run, so that Word's search finds phrases.

    pandoc begins a run at every word.
    """
    for holder in root.iter(w("p"), w("hyperlink")):
        for look, neighbours in groupby(list(holder), _look_of_text):
            if look is not None:
                first, *others = neighbours
                for run in others:
                    holder.remove(run)
                texts = (w_child(run, "t").text or "" for run in (first, *others))
                w_child(first, "t").text = "".join(texts)


def _look_of_text(run: etree._Element) -> bytes | None:
    """Return the look of a run that holds text and nothing else; None for all other elements."""
    looks, parts = run.findall(w("rPr")), [part.tag for part in run if part.tag != w("rPr")]
    if run.tag != w("r") or parts != [w("t")]:
        return None
    return b"".join(etree.tostring(look, with_tail=False) for look in looks)

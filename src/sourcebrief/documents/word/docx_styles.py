"""Set a document's language, and add what pandoc leaves out of its styles, lists and settings."""

from typing import Final

from lxml import etree

from sourcebrief.documents.word.opc_package import W, parse_part, w, w_child, w_element

# Settings that claim something about the text that no one has checked, or that state a preference.
_UNFOUNDED: Final = (
    *("proofState", "savePreviewPicture", "embedSystemFonts", "doNotTrackMoves", "rsids"),
)
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


def with_region(language: str, *, like: str = "") -> str:
    """Return a BCP 47 tag with a region, because Word checks spelling only where one is named.

    The region is that of `like` where it is the same language, else the most likely one of CLDR.
    """
    from babel.core import get_global

    if language == like.partition("-")[0]:
        return like
    likely = get_global("likely_subtags").get(language)
    return f"{language}-{likely.rpartition('_')[2]}" if likely else language


def complete_styles(styles: etree._Element, language: str) -> None:
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


def indent_lists(numbering: etree._Element, styles: etree._Element) -> None:
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


def clean_settings(settings: etree._Element, language: str) -> None:
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

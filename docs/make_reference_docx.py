"""Write ``templates/reference.docx``: the named styles of the Word edition of a brief.

    python docs/make_reference_docx.py [FILE]

A house that wants another look need not run this. It opens ``templates/reference.docx`` in Word,
changes the styles (Home > Styles > Modify) or the theme's fonts (Design > Fonts), saves it, and
keeps it in the ``templates`` folder of its workspace. The script is there so that the shipped file
can be read, reviewed and made again to the last byte.

Fonts are two that Word ships on Windows and macOS, with metric twins where it does not (Caladea
and Carlito): Cambria for text, Calibri for heads, tables and figures. Both have lining figures of
one width, so that columns of dates stand straight.

Sizes here are those of OOXML: half-points for type, twentieths of a point for lengths, eighths of
a point for rules.
"""

from __future__ import annotations

import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SERIF = "Cambria"
SANS = "Calibri"

INK = "1B2330"
GREY = "4A5568"  # 7.5:1 on white
RULE = "C9CED6"
LINK = "1A4F8B"  # 8.2:1 on white

# One accent per followed actor, as in brief.css, each at least 5.5:1 on white; the name always
# stands beside it.
ACTORS = ("1A4F8B", "A03318", "1C6B45", "6A3D9A", "7A5900", "006A7D", "A61C6B", "45505C")

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE_TYPE = "application/vnd.openxmlformats-officedocument"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Style:
    """One entry of ``word/styles.xml``; ``paragraph`` and ``run`` are its properties in OOXML.

    The elements of each stand in the order that the schema (ISO/IEC 29500-1, 17.3) fixes.
    """

    name: str
    paragraph: str = ""
    run: str = ""
    based_on: str | None = "Normal"
    next: str | None = None
    kind: Literal["paragraph", "character"] = "paragraph"
    built_in: bool = False
    priority: int = 20
    offered: bool = True
    locked: bool = False

    @property
    def id(self) -> str:
        """The style's identifier: its name in title case without spaces, as Word makes it."""
        return "".join(word[:1].upper() + word[1:] for word in self.name.split())

    def xml(self) -> str:
        """Return the ``w:style`` element."""
        based_on = self.based_on and "".join(w[:1].upper() + w[1:] for w in self.based_on.split())
        following = self.next and "".join(w[:1].upper() + w[1:] for w in self.next.split())
        default = ' w:default="1"' if self.name == "Normal" else ""
        return (
            f'<w:style w:type="{self.kind}"{default}'
            f"{'' if self.built_in else ' w:customStyle=' + chr(34) + '1' + chr(34)}"
            f' w:styleId="{self.id}"><w:name w:val="{self.name}"/>'
            + (f'<w:basedOn w:val="{based_on}"/>' if based_on else "")
            + (f'<w:next w:val="{following}"/>' if following else "")
            + f'<w:uiPriority w:val="{self.priority}"/>'
            + ("<w:qFormat/>" if self.offered else "")
            + ("<w:locked/>" if self.locked else "")
            + (f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else "")
            + (f"<w:rPr>{self.run}</w:rPr>" if self.run else "")
            + "</w:style>"
        )


def sans(size: float, *, bold: bool = False, colour: str = INK, more: str = "") -> str:
    """Return run properties: the theme's font for heads at ``size`` points."""
    return (
        '<w:rFonts w:asciiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia" '
        'w:hAnsiTheme="majorHAnsi" w:cstheme="majorBidi"/>' + text(size, bold, colour, more)
    )


def serif(size: float, *, bold: bool = False, colour: str = INK, more: str = "") -> str:
    """Return run properties: the theme's font for text at ``size`` points."""
    return (
        '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" '
        'w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/>' + text(size, bold, colour, more)
    )


def text(size: float, bold: bool, colour: str, more: str = "") -> str:
    """Return weight, colour and size in the schema's order; ``more`` is caps and spacing."""
    caps, spacing = ("<w:caps/>", '<w:spacing w:val="14"/>') if more == "caps" else ("", "")
    weight = "<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    half_points = round(2 * size)
    return (
        f'{weight}{caps}<w:color w:val="{colour}"/>{spacing}'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    )


def spacing(before: int = 0, after: int = 0, line: int = 264) -> str:
    """Return paragraph spacing in points; ``line`` in 240ths of a line."""
    return (
        f'<w:spacing w:before="{20 * before}" w:after="{20 * after}" '
        f'w:line="{line}" w:lineRule="auto"/>'
    )


def border(side: str, eighths: int, colour: str, gap: int = 1) -> str:
    """Return one rule of a paragraph's border, ``gap`` points away from the text."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{gap}" w:color="{colour}"/>'


WHOLE_WORDS = "<w:suppressAutoHyphens/>"
KEEP = "<w:keepNext/><w:keepLines/>"
BAR = f"<w:pBdr>{border('left', 24, INK, 11)}</w:pBdr>"
BAR_INDENT = '<w:ind w:left="284"/>'
HANGING = '<w:ind w:left="284" w:hanging="284"/>'
# The small lines in type for heads are single: Calibri's own line is 1.22 of its size.
SINGLE = 240

STYLES = (
    # Text. Nothing is hyphenated: columns hold their words.
    Style("Normal", WHOLE_WORDS + spacing(), based_on=None, built_in=True, priority=0),
    Style("Body Text", spacing(after=3), built_in=True, priority=1),
    Style("First Paragraph", based_on="Body Text", next="Body Text", priority=1),
    Style("Compact", spacing(after=2), based_on="Body Text", priority=1),
    Style("List Bullet", spacing(after=2) + HANGING, based_on="Body Text", built_in=True),
    Style("List Number", spacing(after=2) + HANGING, based_on="Body Text", built_in=True),
    Style(
        "Quotation",
        "<w:keepLines/>" + spacing(after=1, line=254) + '<w:ind w:left="284"/>',
        serif(9),
        based_on="Body Text",
        next="Body Text",
    ),
    Style("Block Text", based_on="Quotation", built_in=True, offered=False),
    Style("Lead-in", KEEP + spacing(after=2, line=SINGLE), sans(8, colour=GREY)),
    Style(
        "Evidence Note",
        spacing(before=1, after=2, line=SINGLE) + '<w:ind w:left="284"/>',
        sans(8, colour=GREY),
    ),
    # Masthead
    Style("Kicker", spacing(after=5, line=SINGLE), sans(8.5, bold=True, more="caps")),
    Style(
        "Title",
        KEEP + spacing(after=5, line=236),
        serif(20.5, bold=True),
        next="Subtitle",
        built_in=True,
        priority=10,
    ),
    Style(
        "Subtitle",
        KEEP + spacing(after=8),
        serif(12.5, colour=GREY),
        next="Body Text",
        built_in=True,
        priority=11,
    ),
    Style(
        "Masthead",
        f"<w:pBdr>{border('top', 12, INK, 4)}{border('bottom', 4, RULE, 4)}</w:pBdr>"
        + spacing(before=4, after=11),
        sans(8),
    ),
    # Sections
    Style(
        "Heading 1",
        KEEP + spacing(before=10, after=3, line=SINGLE) + '<w:outlineLvl w:val="0"/>',
        sans(12.5, bold=True),
        next="Body Text",
        built_in=True,
        priority=9,
    ),
    Style(
        "Heading 2",
        KEEP + spacing(before=7, after=2, line=SINGLE) + '<w:outlineLvl w:val="1"/>',
        sans(10, bold=True),
        next="Body Text",
        built_in=True,
        priority=9,
    ),
    Style(
        "Heading 3",
        KEEP + spacing(before=6, after=1, line=SINGLE) + '<w:outlineLvl w:val="2"/>',
        sans(9, bold=True),
        next="Body Text",
        built_in=True,
        priority=9,
    ),
    Style(
        "Heading 4",
        KEEP + spacing(before=6, after=1, line=SINGLE) + '<w:outlineLvl w:val="3"/>',
        sans(9, bold=True, colour=GREY),
        next="Body Text",
        built_in=True,
        priority=9,
    ),
    Style(
        "Entry Heading",
        KEEP + spacing(before=5, after=1, line=SINGLE),
        sans(8.5, bold=True),
        based_on="Heading 2",
        next="Quotation",
    ),
    Style(
        "Bottom Line Heading",
        KEEP + BAR + spacing(line=288) + BAR_INDENT + '<w:outlineLvl w:val="0"/>',
        sans(8.5, bold=True, more="caps"),
        based_on="Heading 1",
        next="Bottom Line",
    ),
    Style("Bottom Line", "<w:keepLines/>" + BAR + spacing(line=270) + BAR_INDENT, serif(12)),
    Style("Judgement", spacing(line=254), serif(9.5)),
    Style("Confidence", spacing(before=1, line=SINGLE), sans(8.5, bold=True)),
    Style(
        "Fact",
        spacing(after=3) + '<w:ind w:left="1985" w:hanging="1985"/><w:contextualSpacing/>',
        sans(8.5),
    ),
    Style("Figures", KEEP + spacing(after=2, line=SINGLE), sans(8, colour=GREY)),
    # Tables
    Style("Table Text", spacing(line=232), sans(8)),
    Style("Table Head", KEEP + spacing(before=1, after=1, line=SINGLE), sans(8, bold=True)),
    Style("Table Head Number", '<w:jc w:val="right"/>', based_on="Table Head"),
    Style("Table Row Head", based_on="Table Text"),
    Style(
        "Table Number",
        '<w:jc w:val="right"/>',
        sans(8, colour=GREY),
        based_on="Table Text",
    ),
    Style("Caveat", run=sans(7.5, colour=GREY), based_on="Table Text"),
    Style(
        "Year Row",
        KEEP + spacing(before=2, line=SINGLE),
        sans(8, bold=True, colour=GREY),
        based_on="Table Text",
    ),
    # Figures and captions
    Style(
        "Caption",
        KEEP + spacing(before=2, after=3, line=SINGLE),
        sans(9, bold=True),
        built_in=True,
        priority=35,
    ),
    Style("Table Caption", based_on="Caption"),
    Style("Image Caption", based_on="Caption"),
    Style("Figure", "<w:keepNext/>" + spacing(after=1, line=SINGLE)),
    Style("Captioned Figure", based_on="Figure"),
    Style("Figure Note", spacing(before=2, after=2, line=SINGLE), sans(7.5, colour=GREY)),
    # Notes, sources
    Style(
        "footnote text",
        spacing(line=SINGLE),
        sans(7.5),
        built_in=True,
        priority=99,
    ),
    Style("Footnote Block Text", based_on="footnote text", offered=False),
    Style("Source", spacing(after=2, line=248) + HANGING, serif(9)),
    Style("Bibliography", based_on="Source", built_in=True, offered=False),
    Style("Named Actors", spacing(after=2), sans(8)),
    Style("Colophon", spacing(before=4, line=SINGLE), sans(8, colour=GREY)),
    # Contents
    Style(
        "TOC Heading",
        KEEP + spacing(before=10, after=3, line=SINGLE),
        sans(10, bold=True),
        built_in=True,
        priority=39,
    ),
    Style("toc 1", spacing(after=1), sans(9), built_in=True, priority=39, offered=False),
    Style(
        "toc 2",
        spacing(line=SINGLE) + '<w:ind w:left="284"/>',
        sans(8.5, colour=GREY),
        built_in=True,
        priority=39,
        offered=False,
    ),
    # Head and foot of the page
    Style("header", spacing(line=SINGLE), sans(8, colour=GREY), built_in=True, priority=99),
    Style("footer", spacing(line=SINGLE), sans(8, colour=GREY), built_in=True, priority=99),
    Style("Marking", spacing(line=SINGLE) + '<w:jc w:val="right"/>', sans(12, bold=True)),
    # Characters
    Style(
        "Default Paragraph Font",
        based_on=None,
        kind="character",
        built_in=True,
        priority=1,
        offered=False,
    ),
    Style(
        "footnote reference",
        run='<w:vertAlign w:val="superscript"/>',
        based_on="Default Paragraph Font",
        kind="character",
        built_in=True,
        priority=99,
        offered=False,
    ),
    Style(
        "Hyperlink",
        run=f'<w:color w:val="{LINK}"/><w:u w:val="single"/>',
        based_on="Default Paragraph Font",
        kind="character",
        built_in=True,
        priority=99,
        offered=False,
    ),
    Style(
        "Label",
        run="<w:b/><w:bCs/>",
        based_on="Default Paragraph Font",
        kind="character",
    ),
    Style(
        "Muted",
        run=f'<w:color w:val="{GREY}"/>',
        based_on="Default Paragraph Font",
        kind="character",
    ),
    # What a source says, as reviewers see at once. No other style can take its place where a house
    # restricts formatting.
    Style(
        "Quoted",
        run='<w:shd w:val="clear" w:color="auto" w:fill="E9EEF4"/>',
        based_on="Default Paragraph Font",
        kind="character",
        locked=True,
    ),
    # Links within the document; the numbers of events and the places of quotations are small.
    *(
        Style(
            name,
            run=run,
            based_on="Default Paragraph Font",
            kind="character",
        )
        for name, run in (
            ("Internal Link", f'<w:color w:val="{LINK}"/>'),
            ("Reference", sans(7.5, colour=GREY)),
            ("Reference Link", sans(7.5, colour=LINK)),
            ("Address", sans(7.5, colour=LINK) + '<w:u w:val="single"/>'),
            ("Appraisal", sans(7.5, colour=GREY)),
            ("When", sans(7.5, colour=GREY)),
        )
    ),
    *(
        Style(
            f"Actor {number}",
            run=f'<w:b/><w:bCs/><w:color w:val="{colour}"/>',
            based_on="Default Paragraph Font",
            kind="character",
        )
        for number, colour in enumerate(ACTORS, start=1)
    ),
    Style(
        "Actor Other",
        run=f'<w:b/><w:bCs/><w:color w:val="{GREY}"/>',
        based_on="Default Paragraph Font",
        kind="character",
    ),
)

TABLE_STYLES = f"""
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0"
w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>
</w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/>
<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="20"/><w:qFormat/><w:tblPr>
<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/></w:tblBorders>
<w:tblCellMar><w:top w:w="24" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>
<w:bottom w:w="24" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/></w:tcBorders>
<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
"""


def styles() -> str:
    """Return ``word/styles.xml``."""
    return (
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" '
        'w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/>'
        f'<w:color w:val="{INK}"/><w:sz w:val="19"/><w:szCs w:val="19"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" '
        'w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
        + "".join(style.xml() for style in STYLES)
        + TABLE_STYLES
        + "</w:styles>"
    )


def theme() -> str:
    """Return ``word/theme/theme1.xml``: the two fonts and the accents, offered in Word's menus."""
    colours = {
        "dk2": INK,
        "lt2": "F2F3F5",
        **{f"accent{number}": colour for number, colour in enumerate(ACTORS[:6], start=1)},
        "hlink": LINK,
        "folHlink": "5B3A7A",
    }
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items()
    )
    flat = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{flat}<a:prstDash val="solid"/></a:ln>'
    fonts = "".join(
        f'<a:{role}Font><a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/>'
        f"</a:{role}Font>"
        for role, font in (("major", SANS), ("minor", SERIF))
    )
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="{A}" name="Policy brief"><a:themeElements>'
        '<a:clrScheme name="Policy brief"><a:dk1><a:sysClr val="windowText" lastClr="000000"/>'
        f'</a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>{scheme}</a:clrScheme>'
        f'<a:fontScheme name="Policy brief">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="Policy brief"><a:fillStyleLst>{flat * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}"
        f"</a:effectStyleLst><a:bgFillStyleLst>{flat * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def document() -> str:
    """Return ``word/document.xml``: each style's name in that style, then the page."""
    shown = (style for style in STYLES if style.kind == "paragraph" and style.offered)
    return (
        f'{HEAD}<w:document xmlns:w="{W}"><w:body>'
        + "".join(
            f'<w:p><w:pPr><w:pStyle w:val="{style.id}"/></w:pPr><w:r><w:t>{style.name}</w:t></w:r>'
            "</w:p>"
            for style in shown
        )
        + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="907" '
        'w:bottom="992" w:left="907" w:header="510" w:footer="425" w:gutter="0"/></w:sectPr>'
        "</w:body></w:document>"
    )


def footnotes() -> str:
    """Return ``word/footnotes.xml``: the two separators, which pandoc copies."""
    plain = f"<w:p><w:pPr>{spacing(line=240)}</w:pPr><w:r><w:%s/></w:r></w:p>"
    return (
        f'{HEAD}<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1">'
        + plain % "separator"
        + '</w:footnote><w:footnote w:type="continuationSeparator" w:id="0">'
        + plain % "continuationSeparator"
        + "</w:footnote></w:footnotes>"
    )


def settings() -> str:
    """Return ``word/settings.xml``: the layout of Word 2013 and later, not a compatibility mode."""
    return (
        f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/>'
        '<w:listSeparator w:val=","/></w:settings>'
    )


def font_table() -> str:
    """Return ``word/fontTable.xml`` with each font's metric twin for machines without Word."""
    return (
        f'{HEAD}<w:fonts xmlns:w="{W}">'
        f'<w:font w:name="{SANS}"><w:altName w:val="Carlito"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        f'<w:font w:name="{SERIF}"><w:altName w:val="Caladea"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


PARTS = {
    "document": ("document.main", document),
    "styles": ("styles", styles),
    "settings": ("settings", settings),
    "fontTable": ("fontTable", font_table),
    "footnotes": ("footnotes", footnotes),
}


def package() -> dict[str, str]:
    """Return every part of the document by its name, in the order that a reader wants them."""
    override = '<Override PartName="/word/{}.xml" ContentType="' + OFFICE_TYPE + '.{}+xml"/>'
    types = "".join(
        override.format(name, f"wordprocessingml.{kind}") for name, (kind, _) in PARTS.items()
    ) + override.format("theme/theme1", "theme")
    relation = '<Relationship Id="rId{}" Type="' + R + '/{}" Target="{}"/>'
    relations = "".join(
        relation.format(number, name, f"{name}.xml")
        for number, name in enumerate((name for name in PARTS if name != "document"), start=1)
    ) + relation.format(len(PARTS), "theme", "theme/theme1.xml")
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}'
        "</Types>",
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        + relation.format(1, "officeDocument", "word/document.xml")
        + "</Relationships>",
        **{f"word/{name}.xml": make() for name, (_, make) in PARTS.items()},
        "word/theme/theme1.xml": theme(),
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{relations}</Relationships>",
    }


def main(target: Path) -> None:
    """Write the package to ``target``, always the same bytes."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in package().items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content.encode())


if __name__ == "__main__":
    default = Path(__file__).parents[1] / "templates" / "reference.docx"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else default)

"""How the letters and paragraphs of a Word document look, whatever says it.

A property may stand at the letters, in a style, in one that this rests on, or in the defaults
(ISO/IEC 29500-1, 17.7.2); word processors move it from one to another.
"""

from collections.abc import Container, Iterable
from functools import cache
from typing import Any, Final

from lxml import etree

from sourcebrief.documents.word.opc_package import DOCUMENT, Package, w
from sourcebrief.verification.compare_appearance import Look

_OF_CELLS: Final = ("shd", "textDirection", "gridSpan")
_OF_TABLES: Final = ("rPr", "pPr", "tcPr")
_DEFAULTS: Final = {"jc": "left", "color": "auto", "shd": "auto"}
_ONE_FORM: Final = {"true": "1", "on": "1", "false": "", "off": "", "0": "", "none": ""}
_SIDES: Final = {"start": "left", "end": "right"}


class Styles:
    """The styles of a package, for the properties of letters and of paragraphs that are asked for.

    Theme fonts, lists and tables are resolved too; how a table looks is the `table` of a paragraph
    in it, and how its cell does, the `cell`.
    """

    def __init__(
        self, package: Package, of_letters: Container[str], of_paragraphs: Container[str]
    ) -> None:
        self._of_letters, self._of_paragraphs = of_letters, of_paragraphs
        root = package.tree("word/styles.xml")
        self._styles = {str(one.get(w("styleId"))): one for one in root.iter(w("style"))}
        self._default = next(
            (
                key
                for key, one in self._styles.items()
                if one.get(w("default")) == "1" and one.get(w("type")) == "paragraph"
            ),
            "",
        )
        self._fonts = {
            kind: str(font.get("typeface"))
            for part in package.related(DOCUMENT, "theme").values()
            for kind in ("major", "minor")
            for font in package.tree(part).iterfind(f".//{{*}}{kind}Font/{{*}}latin")
        }
        self._lists = dict(_lists(package))
        defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        self._letters = _DEFAULTS | self._properties(defaults, of_letters)
        self._of_style = cache(self._resolve)
        self._cells: dict[Any, tuple[int, int]] = {}

    def of_paragraph(self, paragraph: Any) -> Look:
        """How a paragraph looks as a whole, with the cell and the table that it stands in."""
        properties = paragraph.find(w("pPr"))
        _, look = self._of_style(_value(properties, "pStyle") or self._default)
        look = _DEFAULTS | look | self._properties(properties, self._of_paragraphs)
        for cell in paragraph.iterancestors(w("tc")):
            of_cell = {"shd": "auto"} | self._properties(cell.find(w("tcPr")), _OF_CELLS)
            look["cell"] = f"{look.get('cell', '')} {self._place(cell)} {of_cell}"
        for table in paragraph.iterancestors(w("tbl")):
            look["table"] = self._of_table(_value(table.find(w("tblPr")), "tblStyle"))
        return look

    def of_run(self, paragraph: Any, run: Any) -> Look:
        """How the letters of a run in a paragraph look."""
        of_paragraph, of_run = paragraph.find(w("pPr")), run.find(w("rPr"))
        base, _ = self._of_style(_value(of_paragraph, "pStyle") or self._default)
        style = self._styles.get(_value(of_run, "rStyle"))
        is_named = style is not None and style.get(w("type")) == "character"
        named, _ = self._of_style(_value(of_run, "rStyle") if is_named else "")
        return self._letters | base | named | self._properties(of_run, self._of_letters)

    def _place(self, cell: Any) -> tuple[int, int]:
        """The numbers of the row and the column that a cell stands in, each table counted once."""
        if cell not in self._cells:
            table = next(cell.iterancestors(w("tbl")), cell)
            for row, cells in enumerate(table.iterchildren(w("tr"))):
                for column, one in enumerate(cells.iterchildren(w("tc"))):
                    self._cells[one] = row, column
        return self._cells.setdefault(cell, (-1, -1))

    def _resolve(self, style: str) -> tuple[Look, Look]:
        """What a style and those that it rests on say of letters and of paragraphs."""
        of_letters: Look = {}
        of_paragraphs: Look = {}
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            found = self._styles[style]
            of_letters = self._properties(found.find(w("rPr")), self._of_letters) | of_letters
            said = self._properties(found.find(w("pPr")), self._of_paragraphs)
            of_paragraphs = said | of_paragraphs
            style = _value(found, "basedOn")
        return of_letters, of_paragraphs

    def _of_table(self, style: str) -> str:
        """What a style of tables, with its rows and columns, says of what it holds."""
        kinds = dict(
            zip(_OF_TABLES, (self._of_letters, self._of_paragraphs, _OF_CELLS), strict=True)
        )
        looks: list[Look] = []
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            holders = self._styles[style].iter(*map(w, kinds))
            looks += (self._properties(one, kinds[etree.QName(one).localname]) for one in holders)
            style = _value(self._styles[style], "basedOn")
        return str([sorted(look.items()) for look in looks if look])

    def _properties(self, holder: Any, known: Container[str]) -> Look:
        """The known properties among the children of an element, each in one form."""
        return {
            name: value
            for one in (() if holder is None else holder)
            if (name := etree.QName(one).localname) in known
            and (value := self._in_one_form(name, one)) is not None
        }

    def _in_one_form(self, name: str, element: Any) -> str | None:
        """A value as another word processor may write it; None where it leaves that open."""
        if name == "shd":
            parts = (element.get(w(part), "") for part in ("fill", "themeFill"))
            is_none = element.get(w("val")) == "nil"
            return "auto" if is_none else "".join(map(str, parts)) or "auto"
        if name == "rFonts":
            found = [
                self._fonts.get(str(element.get(w(f"{kind}Theme")))[:5]) or element.get(w(kind))
                for kind in ("ascii", "hAnsi")
            ]
            return str(found) if any(found) else None
        if name == "ind":
            sides = {etree.QName(key).localname: value for key, value in element.attrib.items()}
            named = {_SIDES.get(side, side): value for side, value in sides.items()}
            return str(sorted(item for item in named.items() if item[1] != "0"))
        if name in ("pBdr", "tabs"):
            return str(sorted((one.tag, sorted(one.attrib.items())) for one in element))
        if name == "numPr":
            return self._lists.get((_value(element, "numId"), _value(element, "ilvl") or "0"), "")
        value = str(element.get(w("val"), "1"))
        return _SIDES.get(value, _ONE_FORM.get(value, value))


def _lists(package: Package) -> Iterable[tuple[tuple[str, str], str]]:
    """Yield how each level of each list is numbered or marked, by the list and the level."""
    for part in package.related(DOCUMENT, "numbering").values():
        root = package.tree(part)
        levels = {one.get(w("abstractNumId")): one for one in root.iter(w("abstractNum"))}
        for number in root.iter(w("num")):
            abstract = levels.get(_value(number, "abstractNumId"), ())
            for level in (*abstract, *number.iter(w("lvl"))):
                kinds = ("numFmt", "lvlText", "start")
                look = " ".join(_value(level, kind) for kind in kinds)
                yield (str(number.get(w("numId"))), str(level.get(w("ilvl")))), look


def _value(holder: Any, kind: str) -> str:
    """The value of a child of an element; empty where there is none."""
    found = None if holder is None else holder.find(w(kind))
    return "" if found is None else str(found.get(w("val")))

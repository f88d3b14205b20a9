"""How the letters, paragraphs and tables of a Word document look, whatever says it.

A property may stand at the letters, in a style, in one that this rests on, or in the defaults
(ISO/IEC 29500-1, 17.7.2); word processors move it from one to another.
"""

from collections.abc import Container, Iterable, Iterator
from functools import cache
from typing import Any, Final

from lxml import etree

from sourcebrief.documents.word.opc_package import DOCUMENT, Package, w
from sourcebrief.verification.compare_appearance import Look

_OF_CELLS: Final = ("shd", "textDirection", "gridSpan")
_OF_TABLES: Final = ("rPr", "pPr", "tcPr")
_RULES: Final = (w("tblBorders"), w("tcBorders"))
_ONE_FORM: Final = {
    **dict.fromkeys(("true", "on"), "1"),
    **dict.fromkeys(("false", "off", "0", "none", "auto", "left", "start"), ""),
    "end": "right",
}
_SIDES: Final = {"start": "left", "end": "right"}
_ROUNDED: Final = ("line", "lineRule")
"""The height of lines, which LibreOffice rounds to a hundredth of the usual one."""


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
        of_all = root.find(w("docDefaults"))
        both = (
            None if of_all is None else of_all.find(f"{w(f'{kind}Default')}/{w(kind)}")
            for kind in ("rPr", "pPr")
        )
        self._letters = self._properties(next(both), of_letters)
        self._paragraphs = self._properties(next(both), of_paragraphs)
        self._of_style = cache(self._resolve)

    def of_paragraph(self, paragraph: Any) -> Look:
        """How a paragraph looks as a whole, with the cell and the table that it stands in."""
        properties = paragraph.find(w("pPr"))
        _, look = self._of_style(_value(properties, "pStyle") or self._default)
        look = self._paragraphs | look | self._properties(properties, self._of_paragraphs)
        for cell in paragraph.iterancestors(w("tc")):
            of_cell = self._properties(cell.find(w("tcPr")), _OF_CELLS)
            look["cell"] = f"{look.get('cell', '')} {of_cell}"
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

    def rules_of(self, table: Any) -> set[tuple[str, str]]:
        """How thick the rules of a table are, with their colours, whatever draws them."""
        holders = [table, *self._chain(_value(table.find(w("tblPr")), "tblStyle"))]
        return {
            (str(rule.get(w("sz"))), str(rule.get(w("color"))))
            for holder in holders
            for rules in holder.iter(*_RULES)
            for rule in rules
            if rule.get(w("val")) not in ("nil", "none")
        }

    def _chain(self, style: str) -> Iterator[Any]:
        """A style and those that it rests on, each once."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = _value(self._styles[style], "basedOn")

    def _resolve(self, style: str) -> tuple[Look, Look]:
        """What a style and those that it rests on say of letters and of paragraphs."""
        of_letters: Look = {}
        of_paragraphs: Look = {}
        for one in self._chain(style):
            of_letters = self._properties(one.find(w("rPr")), self._of_letters) | of_letters
            said = self._properties(one.find(w("pPr")), self._of_paragraphs)
            of_paragraphs = said | of_paragraphs
        return of_letters, of_paragraphs

    def _of_table(self, style: str) -> str:
        """What a style of tables, with its rows and columns, says of what it holds."""
        kinds = dict(
            zip(_OF_TABLES, (self._of_letters, self._of_paragraphs, _OF_CELLS), strict=True)
        )
        looks = [
            sorted(item for item in self._properties(holder, kinds[name]).items() if item[1])
            for one in self._chain(style)
            for holder in one.iter(*map(w, kinds))
            if (name := etree.QName(holder).localname)
        ]
        return str([look for look in looks if look])

    def _properties(self, holder: Any, known: Container[str]) -> Look:
        """The known properties among the children of an element, each in one form."""
        look: Look = {}
        for one in () if holder is None else holder:
            name = etree.QName(one).localname
            if name in known:
                look |= self._in_one_form(name, one)
        return look

    def _in_one_form(self, name: str, element: Any) -> Look:
        """A property as another word processor may write it; nothing where it leaves that open."""
        said = {etree.QName(key).localname: str(value) for key, value in element.attrib.items()}
        if name == "shd":
            fill = said.get("fill", "").removeprefix("auto") + said.get("themeFill", "")
            return {name: "" if said.get("val") == "nil" else fill}
        if name == "rFonts":
            theme = (said.get(f"{kind}Theme", "")[:5] for kind in ("ascii", "hAnsi"))
            found = [
                self._fonts.get(of_theme) or said.get(kind)
                for of_theme, kind in zip(theme, ("ascii", "hAnsi"), strict=True)
            ]
            return {name: str(found)} if any(found) else {}
        if name == "numPr":
            level = _value(element, "numId"), _value(element, "ilvl") or "0"
            return {name: self._lists.get(level, "")}
        if name in ("pBdr", "tabs"):
            return {name: str(sorted((one.tag, sorted(one.attrib.items())) for one in element))}
        if name in ("ind", "spacing") and "val" not in said:
            return {
                f"{name} {_SIDES.get(side, side)}": _ONE_FORM.get(value, value)
                for side, value in said.items()
                if side not in _ROUNDED
            }
        value = said.get("val", "1")
        return {name: _ONE_FORM.get(value, value)}


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


def twips(element: Any) -> int:
    """A width in twentieths of a point; 0 where it is a share of another or no number."""
    width = str(element.get(w("w"))).partition(".")[0]
    return int(width) if element.get(w("type"), "dxa") == "dxa" and width.isdecimal() else 0

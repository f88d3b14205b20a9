"""How the words of a Word document look, and where their links lead.

Word processors write each part anew when they save, but a letter keeps its size, its colour, what
is behind it and where its link leads.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Any, Final

from sourcebrief.documents.page_words import CALL
from sourcebrief.documents.word.opc_package import DOCUMENT, OFFICE, Package, relations_of, w
from sourcebrief.verification.compare_appearance import (
    BREAK,
    PICTURE,
    Look,
    Names,
    ShownParagraph,
    appearance,
    paired,
)
from sourcebrief.verification.resolve_styles import Styles, twips
from sourcebrief.verification.words_of_docx import is_contents, stories

_NAMES: Final = Names(
    {
        "sz": "the size of its letters",
        "color": "its colour",
        "shd": "what is behind it",
        "rFonts": "its typeface",
        "vertAlign": "how high it stands",
        "b": "how bold it is",
        "i": "whether it is slanted",
        "u": "whether it is underlined",
        "caps": "its capitals",
        "smallCaps": "its capitals",
        "spacing": "the space between its letters",
        "vanish": "whether it is shown",
    },
    {
        "shd": "what is behind it",
        "pBdr": "its borders",
        "jc": "its place",
        "bidi": "its direction",
        "ind": "its place",
        "spacing": "the space around it",
        "tabs": "its place",
        "numPr": "its number or bullet",
        "table": "its table",
        "cell": "its cell",
    },
    {"link": "where it leads", "places": "which links lead to it"},
)
_SIGNS: Final = {
    w("drawing"): PICTURE,
    w("footnoteReference"): CALL,
    w("noBreakHyphen"): "-",
    **dict.fromkeys(map(w, ("br", "cr", "tab")), BREAK),
}
_SHOWN_EMPTY: Final = frozenset({"numPr", "pBdr", "cell"})
_LAID: Final = ("w", "h", "top", "right", "bottom", "left", "header", "footer")
_ROUNDING: Final = 20
"""Twentieths of a point by which a word processor may set a column otherwise."""


def appearance_of_docx(sent: Package, made: Package) -> tuple[list[str], list[str]]:
    """Return what a document shows otherwise than the one made again, and links that are others."""
    places = {_name(one) for one in made.tree(DOCUMENT).iter(w("bookmarkStart"))}
    one, other = (_Stories(package, places) for package in (sent, made))
    looks, links = appearance(_pairs(one, other), _NAMES)
    return [*looks, *_otherwise_laid_out(one, other)], links


def _otherwise_laid_out(sent: "_Stories", made: "_Stories") -> Iterator[str]:
    """Yield which tables have other columns or rules, and whether the pages are others."""
    if sent.pages() != made.pages():
        yield "its pages have another size, other margins or other heads than its evidence makes"
    for number, (one, other) in enumerate(zip(sent.tables(), made.tables(), strict=False), 1):
        (widths, rules), (expected, as_made) = one, other
        pairs = zip_longest(widths, expected, fillvalue=0)
        if any(abs(wide - known) > _ROUNDING for wide, known in pairs):
            yield f"table {number} has columns of other widths than its evidence makes"
        if rules != as_made:
            yield f"table {number} has other rules than its evidence makes"


def _pairs(
    sent: "_Stories", made: "_Stories"
) -> Iterator[tuple[ShownParagraph, ShownParagraph | None]]:
    for kind in ("body", "notes", "contents"):
        yield from paired(list(sent.of(kind)), list(made.of(kind)))
    # A house or a gateway may add heads of its own; their words are reported elsewhere.
    heads = {one.text: one for one in made.of("heads")}
    for one in sent.of("heads"):
        if one.text in heads or not one.text:
            yield one, heads.get(one.text)


class _Stories:
    """The paragraphs of a package and how they look; `places` are the bookmarks that count."""

    def __init__(self, package: Package, places: set[str]) -> None:
        self._package = package
        self._places = places
        self._styles = Styles(package, _NAMES.letters, _NAMES.paragraphs)

    def of(self, kind: str) -> Iterator[ShownParagraph]:
        """The paragraphs of one kind of story; of contents, the numbers of pages do not count."""
        for part, root in stories(self._package)[kind]:
            for one in self._paragraphs(part, root, within_contents=kind == "contents"):
                if kind == "contents":
                    size = len(one.text.rstrip("0123456789"))
                    yield ShownParagraph(one.letters[:size], one.looks[:size], {})
                elif kind == "heads":
                    # Word processors set the tabs of heads anew.
                    whole = {key: one.whole[key] for key in _SHOWN_EMPTY & one.whole.keys()}
                    yield replace(one, whole=whole)
                else:
                    yield one

    def pages(self) -> list[dict[str, str]]:
        """The size and the margins of the pages, and whether their first is apart."""
        kinds = map(w, ("pgSz", "pgMar", "titlePg"))
        return [
            {"is": str(one.tag), **{key: str(one.get(w(key))) for key in _LAID}}
            for one in sorted(self._package.body().iter(*kinds), key=lambda one: str(one.tag))
        ]

    def tables(self) -> Iterator[tuple[list[int], set[tuple[str, str]]]]:
        """The widths of the columns and cells of each table, and its rules."""
        for table in self._package.body().iter(w("tbl")):
            widths = map(twips, table.iter(w("gridCol"), w("tcW")))
            yield list(widths), self._styles.rules_of(table)

    def _paragraphs(
        self, part: str, root: Any, *, within_contents: bool = False
    ) -> Iterator[ShownParagraph]:
        name = relations_of(part)
        relations = self._package.tree(name) if name in self._package else ()
        targets = {str(one.get("Id")): str(one.get("Target")) for one in relations}
        places: list[str] = []
        for element in root.iter(w("p"), w("bookmarkStart")):
            if any(map(is_contents, element.iterancestors(w("sdt")))) and not within_contents:
                continue
            if element.tag == w("bookmarkStart"):
                if next(element.iterancestors(w("p")), None) is None:
                    places += self._places & {_name(element)}
                continue
            found = self._paragraph(element, targets, places)
            # An empty one shows something where it has a number or a border, or fills a cell.
            if found.text or _SHOWN_EMPTY & {key for key, value in found.whole.items() if value}:
                yield found

    def _paragraph(self, paragraph: Any, targets: Look, places: list[str]) -> ShownParagraph:
        letters: list[str] = []
        looks: list[Look] = []
        space = ""
        for one in paragraph.iter(w("bookmarkStart"), w("r")):
            if one.tag == w("bookmarkStart"):
                places += self._places & {_name(one)}
                continue
            look = self._styles.of_run(paragraph, one)
            for link in one.iterancestors(w("hyperlink")):
                anchor, relation = link.get(w("anchor")), link.get(f"{{{OFFICE}}}id")
                place = f"#{anchor}" if anchor else ""
                look["link"] = targets.get(str(relation), "") + place
            for letter in "".join(_shown(one)):
                if letter.isspace():
                    space = " "
                    continue
                letters.append(space + letter)
                looks.append(look | {"places": " ".join(sorted(places))} if places else look)
                space = ""
                places.clear()
        return ShownParagraph(letters, looks, self._styles.of_paragraph(paragraph))


def _name(bookmark: Any) -> str:
    """The name of a place, of which word processors take no capitals apart."""
    return str(bookmark.get(w("name"))).lower()


def _shown(run: Any) -> Iterator[str]:
    """The text of a run, with a sign for each picture and for each call of a note."""
    for one in run.iter(w("t"), *_SIGNS):
        yield _SIGNS.get(str(one.tag)) or one.text or ""

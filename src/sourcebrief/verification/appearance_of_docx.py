"""How the words of a Word document look.

Word processors write each part anew when they save, but a letter keeps its size, its colour and
what is behind it.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Any, Final

from sourcebrief.documents.page_words import CALL
from sourcebrief.documents.word.opc_package import Package, w
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
from sourcebrief.verification.words_of_docx import in_contents, stories

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


def appearance_of_docx(sent: Package, made: Package) -> list[str]:
    """Return what a document shows otherwise than the one made again."""
    one, other = _Stories(sent), _Stories(made)
    return [*appearance(_pairs(one, other), _NAMES), *_otherwise_laid_out(one, other)]


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
    """The paragraphs of a package and how they look."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package, _NAMES.letters, _NAMES.paragraphs)

    def of(self, kind: str) -> Iterator[ShownParagraph]:
        """The paragraphs of one kind of story; of contents, the numbers of pages do not count."""
        for _, root in stories(self._package)[kind]:
            for one in self._paragraphs(root, within_contents=kind == "contents"):
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

    def _paragraphs(self, root: Any, *, within_contents: bool = False) -> Iterator[ShownParagraph]:
        for element in root.iter(w("p")):
            if in_contents(element) and not within_contents:
                continue
            found = self._paragraph(element)
            # An empty one shows something where it has a number or a border, or fills a cell.
            if found.text or _SHOWN_EMPTY & {key for key, value in found.whole.items() if value}:
                yield found

    def _paragraph(self, paragraph: Any) -> ShownParagraph:
        letters: list[str] = []
        looks: list[Look] = []
        space = ""
        for one in paragraph.iter(w("r")):
            look = self._styles.of_run(paragraph, one)
            for letter in "".join(_shown(one)):
                if letter.isspace():
                    space = " "
                    continue
                letters.append(space + letter)
                looks.append(look)
                space = ""
        return ShownParagraph(letters, looks, self._styles.of_paragraph(paragraph))


def _shown(run: Any) -> Iterator[str]:
    """The text of a run, with a sign for each picture and for each call of a note."""
    for one in run.iter(w("t"), *_SIGNS):
        yield _SIGNS.get(str(one.tag)) or one.text or ""

"""What a PDF hides, moves or covers is named; what builds draw is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pikepdf
import pytest
from test_compare_pdf import drawn, resaved

from sourcebrief.verification.remake import Remade
from sourcebrief.verification.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspections import Built

SHOWN = re.compile(rb"\S+ \S+ \S+ \S+ \S+ \S+ Tm\s+/\S+ [\d.]+ Tf\s+\[[^\]]{60,}\] TJ")


def in_a_string(edit: Callable[[bytes], bytes]) -> Callable[[pikepdf.Pdf], None]:
    """Change the place, the font and the letters of the first long string of a page."""

    def on_page(pdf: pikepdf.Pdf) -> None:
        contents = pdf.pages[0].obj.Contents
        drawn_before = contents.read_bytes()
        found = SHOWN.search(drawn_before)
        assert found is not None
        changed = edit(found[0])
        assert changed != found[0]
        contents.write(drawn_before[: found.start()] + changed + drawn_before[found.end() :])

    return on_page


def moved(pdf: pikepdf.Pdf, *, by: int) -> None:
    def edit(shown: bytes) -> bytes:
        numbers = shown.split(maxsplit=6)
        return b" ".join([*numbers[:5], b"%f" % (float(numbers[5]) + by), *numbers[6:]])

    in_a_string(edit)(pdf)


def bordered(pdf: pikepdf.Pdf) -> None:
    link = next(one for page in pdf.pages for one in page.obj.get("/Annots", ()))
    link.BS = pikepdf.Dictionary(W=12)


def elsewhere(pdf: pikepdf.Pdf) -> None:
    link = next(one for page in pdf.pages for one in page.obj.get("/Annots", ()))
    link.Rect = pikepdf.Array([1, 1, 9, 9])


def reordered(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[1]
    del pdf.pages[1]
    pdf.pages.insert(2, page)


def spelt(pdf: pikepdf.Pdf) -> None:
    """The letters of a word, each by itself, outside the structure."""
    page = pdf.pages[0].obj
    for name, font in page.Resources.Font.items():
        cmap = font.ToUnicode.read_bytes().decode("latin-1")
        codes = [re.search(rf"<(....)> <{ord(letter):04x}>", cmap) for letter in "no"]
        if all(codes):
            strings = (
                f"BT 1 0 0 1 {300 + 9 * at} 9 Tm {name} 12 Tf <{code[1]}> Tj ET "
                for at, code in enumerate(codes)
                if code
            )
            return drawn(b"/Artifact BMC " + "".join(strings).encode() + b"EMC")(pdf)
    raise AssertionError("no font has the letters")


def stroked(shown: bytes) -> bytes:
    return b"2 Tr 1 1 1 RG 6 w " + shown


def other_letters(pdf: pikepdf.Pdf) -> None:
    """A font that shows the signs of another under other letters."""
    font = next(iter(pdf.pages[0].obj.Resources.Font.values()))
    cmap = font.ToUnicode.read_bytes()
    font.ToUnicode.write(cmap.replace(b" <0065>", b" <0061>"))


def set_upright(pdf: pikepdf.Pdf) -> None:
    next(iter(pdf.pages[0].obj.Resources.Font.values())).Encoding = pikepdf.Name("/Identity-V")


def linked_again(pdf: pikepdf.Pdf) -> None:
    page = next(one.obj for one in pdf.pages if "/Annots" in one.obj)
    again = pdf.make_indirect(pikepdf.Dictionary(dict(page.Annots[0].items())))
    page.Annots.append(again)


def replaced_once(pdf: pikepdf.Pdf, pattern: bytes, words: bytes) -> None:
    contents = pdf.pages[0].obj.Contents
    drawn_before = contents.read_bytes()
    changed = re.sub(pattern, words, drawn_before, count=1)
    assert changed != drawn_before
    contents.write(changed)


FORGERIES: dict[str, tuple[Callable[[pikepdf.Pdf], object], str]] = {
    "tiny": (in_a_string(lambda shown: re.sub(rb"[\d.]+ Tf", b"1 Tf", shown)), "too small"),
    "white": (in_a_string(lambda shown: b"1 1 1 rg " + shown), "has the colour of what is behind"),
    "turned": (
        in_a_string(lambda shown: re.sub(rb"^\S+ \S+ \S+", b"-1 0 0", shown)),
        "turned or stretched",
    ),
    "letters moved": (
        in_a_string(lambda shown: shown.replace(b">", b"> 2000 ", 1)), "set over each other",
    ),
    "off the page": (lambda pdf: moved(pdf, by=4000), "is cut off"),
    "below what follows": (lambda pdf: moved(pdf, by=150), "and stands before it"),
    "painted over": (drawn(b"1 1 1 rg 0 0 600 800 re f"), "is painted over, and"),
    "a bar": (drawn(b"30 w 0 400 m 600 400 l S"), "is painted over"),
    "a thick border": (bordered, "a link has a border"),
    "a link elsewhere": (elsewhere, "the area of a link lies elsewhere than its words"),
    "pages in another order": (reordered, "and stands before it"),
    "a word spelt beside the text": (spelt, "is printed there, and is not in the evidence"),
    "clipped by dots": (
        in_a_string(lambda shown: b"ET q 0 0 1 1 re 900 900 1 1 re W n BT " + shown + b" ET Q BT"),
        "is cut off",
    ),
    "drawn as outlines": (in_a_string(stroked), "or drawn as outlines"),
    "other letters": (other_letters, "a font shows other letters than it says"),
    "from top to bottom": (set_upright, "with the encoding /Identity-V"),
    "a link twice": (linked_again, "on words of two places"),
    "a line moved": (
        drawn(b"0.5 w 30 300 m 300 300 l S"), "a line or an area is not what its evidence makes",
    ),
    "a line taken out": (
        lambda pdf: replaced_once(pdf, rb"\nS\n", b"\nn\n"), "a line or an area was taken out",
    ),
    "a drawn letter": (drawn(b"3 w 9 9 m 9 40 l 29 9 l 29 40 l S"), "a line or an area is not"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORGERIES)
def test_what_is_hidden_is_named(built: Built, kind: str) -> None:
    # The shorter one is read ten times as fast, and has two pages.
    data = built.bytes("harbours" if kind == "pages in another order" else "muelle", "pdf")
    edit, said = FORGERIES[kind]
    verdict = verify(resaved(data, edit), remade=Remade(data, other=("weasyprint 1 (here 2)",)))
    assert any(said in words for words in verdict.problems), verdict.problems


def test_every_link_has_an_area_to_click_on(built: Built) -> None:
    with pikepdf.open(built.file("harbours", "pdf")) as pdf:
        areas = [one.Rect for page in pdf.pages for one in page.obj.get("/Annots", ())]
    assert areas
    assert all(abs(float(area[3]) - float(area[1])) > 3 for area in areas)

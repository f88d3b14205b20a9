"""What a PDF holds that no build writes, where it cannot be compared with one made again here.

It may hold only the entries and operators that builds write.
"""

from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from sourcebrief.text.phrases import shorten
from sourcebrief.verification.appearance_of_pdf import appearance_of_pdf
from sourcebrief.verification.compare_pdf import ambiguities
from sourcebrief.verification.document_text import NotCompared
from sourcebrief.verification.drawn_in_pdf import SAID_OTHERWISE, Drawing, others
from sourcebrief.verification.hidden_in_pdf import hidden_in_pdf
from sourcebrief.verification.vocabulary import names
from sourcebrief.verification.words_of_pdf import drawn_pdf, hostile

_ACTIONS: Final = {"/URI": ("/S", "/URI", "/Type"), "/GoTo": ("/S", "/D", "/Type")}
_PRINTED: Final = 4
"""The flag of what is shown and printed (ISO 32000-1, 12.5.3)."""
_SHORTEST_SIDE: Final = 400
"""Of a page, in points; that of A5 is 420."""


def foreign_in_pdf(sent: bytes, made: bytes | None, looks_alike: bool = True) -> list[str]:
    """Return what is foreign in a PDF, each kind once.

    `made` is the same document made again, where that is possible; `looks_alike` says that its
    templates are the same, so that each letter looks the same.
    """
    with hostile():
        pdf, drawing, structure = drawn_pdf(sent)
        found = [*_foreign(pdf), *drawing.foreign, *hidden_in_pdf(drawing, structure)]
        looks: list[str] = []
        if made is not None:
            _, as_made, known_structure = drawn_pdf(made)
            looks = appearance_of_pdf(structure, known_structure)
            for font, letters in drawing.letters.items():
                if font not in as_made.letters:
                    found.append(NotCompared("the shapes of its letters, whose fonts are others"))
                elif letters - as_made.letters[font]:
                    found.append("a font shows other letters than it says")
            looks += _other_shapes(drawing, as_made)
    return list(dict.fromkeys([*found, *(looks if looks_alike else [])]))


def _other_shapes(sent: Drawing, made: Drawing) -> Iterator[str]:
    """Yield whether lines and areas are drawn otherwise, where the words stand in the same places.

    Where they do not, as with another version of an engine, their number says something still.
    """
    placed, expected = (
        [[(one.text, *map(round, one.area)) for one in page] for page in of.pages]
        for of in (sent, made)
    )
    unused = list(made.shapes)
    if placed == expected:
        for shape in sent.shapes:
            like = next((one for one in unused if shape.is_like(one)), None)
            if like is None:
                yield f"page {shape.page + 1}: a line or an area is not what its evidence makes"
            else:
                unused.remove(like)
        yield from (f"page {one.page + 1}: a line or an area was taken out" for one in unused)
        return
    yield NotCompared(
        "where lines and areas are drawn, because its lines break otherwise than here"
    )
    corners = (sum(shape.corners for shape in of.shapes) for of in (sent, made))
    if len(placed) == len(expected) and next(corners) > next(corners):
        yield "more lines or shapes are drawn than its evidence makes"


def _foreign(pdf: pikepdf.Pdf) -> Iterator[str]:
    yield from ambiguities(pdf)
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and _says_otherwise(one):
            yield SAID_OTHERWISE
    yield from others(pdf.Root, names("pdf catalogue"), "the catalogue")
    for key in ("Names", "StructTreeRoot", "ViewerPreferences"):
        yield from others(pdf.Root.get(f"/{key}"), names(f"pdf {key}"), f"the catalogue's {key}")
    for number, page in enumerate(pdf.pages, 1):
        place = f"page {number}"
        yield from others(page.obj, names("pdf page"), place)
        left, bottom, right, top = map(float, page.mediabox)
        if page.trimbox != page.mediabox or page.bleedbox != page.mediabox:
            yield f"{place} is printed in another size than it is shown"
        if min(abs(right - left), abs(top - bottom)) < _SHORTEST_SIDE:
            yield f"{place} is too small to be read"
        for annotation in page.obj.get("/Annots", ()):
            if str(annotation.get("/Subtype")) == "/Link":
                yield from _of_link(annotation, f"a link of {place}")
            else:
                kind, words = (str(annotation.get(key, "")) for key in ("/Subtype", "/Contents"))
                said = f" “{shorten(words, 80)}”" if words else ""
                yield f"{place} carries an annotation of the kind {kind[1:]}{said}"


def _of_link(annotation: Any, place: str) -> Iterator[str]:
    yield from others(annotation, names("pdf link"), place)
    if "/A" in annotation:
        kind = str(annotation["/A"].get("/S"))
        if kind not in _ACTIONS:
            yield f"{place} does something else than to lead to a place ({kind[1:]})"
        else:
            yield from others(annotation["/A"], _ACTIONS[kind], place)
        if "/Dest" in annotation:
            yield f"{place} leads to two places"
    if int(annotation.get("/F", 0)) != _PRINTED:
        yield f"{place} is hidden, or not printed"


def _says_otherwise(one: Any) -> bool:
    # The first object of a file that is made for the web has an entry of the same name.
    is_figure = one.get("/S") == "/Figure"
    is_read = "/Alt" in one and "/S" in one and not is_figure
    return is_read or "/ActualText" in one or ("/E" in one and "/Linearized" not in one)

"""What a PDF holds that no build writes, where it cannot be compared with one made again here.

The names below are all that builds write: of this edition of the program and of the first one.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pikepdf

from sourcebrief.text.phrases import shorten
from sourcebrief.verification.appearance_of_pdf import appearance_of_pdf
from sourcebrief.verification.compare_pdf import ambiguities, other_descriptions
from sourcebrief.verification.document_text import NotABrief, NotCompared
from sourcebrief.verification.drawn_in_pdf import DEEPEST_FORM, Drawing
from sourcebrief.verification.hidden_in_pdf import hidden_in_pdf
from sourcebrief.verification.words_of_pdf import Structure, link_target, opened

_CATALOGUE: Final = frozenset(
    {
        *("/AF", "/Lang", "/MarkInfo", "/Metadata", "/Names", "/Outlines", "/OutputIntents"),
        *("/Pages", "/StructTreeRoot", "/Type", "/ViewerPreferences", "/Extensions", "/Version"),
        *("/PageLayout", "/PageMode"),
    }
)
_NAMES: Final = frozenset({"/Dests", "/EmbeddedFiles"})
_PAGE: Final = frozenset(
    {
        *("/Annots", "/BleedBox", "/Contents", "/MediaBox", "/Parent", "/Resources", "/Tabs"),
        *("/StructParents", "/TrimBox", "/Type"),
    }
)
_RESOURCES: Final = frozenset(
    {"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/ProcSet"}
)
_OPERATORS: Final = frozenset(
    (
        *("B", "BDC", "BMC", "BT", "Do", "EMC", "ET", "J", "M", "Q", "RG", "S", "TJ", "Tj", "Tf"),
        *("Tm", "Tr", "W", "W*", "c", "cm", "d", "f", "f*", "gs", "h", "j", "l", "m", "n", "q"),
        *("re", "rg", "w"),
    )
)
_LINK: Final = frozenset(
    {"/Subtype", "/F", "/BS", "/Dest", "/StructParent", "/Type", "/Rect", "/Contents", "/A", "/P"}
)
_ACTIONS: Final = {"/URI": ("/S", "/URI", "/Type"), "/GoTo": ("/S", "/D", "/Type")}
_PRINTED: Final = 4
"""The flag of what is shown and printed (ISO 32000-1, 12.5.3)."""
_SHORTEST_SIDE: Final = 400
"""Of a page, in points; that of A5 is 420."""
_FAINTEST: Final = 0.2
"""Of what is drawn: less than this share of its colour cannot be seen on paper."""
_FORM: Final = frozenset(
    {
        *("/BBox", "/Filter", "/Group", "/Length", "/Resources", "/Subtype", "/Type", "/Matrix"),
        *("/DecodeParms", "/FormType", "/StructParents"),
    }
)


def foreign_in_pdf(sent: bytes, made: bytes | None, looks_alike: bool = True) -> list[str]:
    """Return what is foreign in a PDF, each kind once.

    `made` is the same document made again, where that is possible; `looks_alike` says that its
    templates are the same, so that each letter looks the same.
    """
    with opened(sent) as pdf:
        drawing = Drawing(pdf)
        structure = Structure(pdf, drawing)
        found = list(dict.fromkeys([*_foreign(pdf), *hidden_in_pdf(drawing, structure)]))
        if made is None:
            return found
        with opened(made) as known:
            as_made = Drawing(known)
            known_structure = Structure(known, as_made)
            looks, links = appearance_of_pdf(structure, known_structure)
            found += [*other_descriptions(pdf, known), *links]
            found += _misled_places(structure.places(pdf), dict(known_structure.places(known)))
            for font, letters in drawing.letters.items():
                if font not in as_made.letters:
                    found.append(NotCompared("the shapes of its letters, whose fonts are others"))
                elif letters - as_made.letters[font]:
                    found.append("a font shows other letters than it says")
            made_labels = {_label(one) for one in known_structure.annotations}
            if any(_label(one) not in made_labels for one in structure.annotations):
                found.append("a link says something else of itself than its evidence makes")
            looks += _other_shapes(drawing, as_made)
    return [*found, *(looks if looks_alike else [])]


def _misled_places(sent: Iterable[tuple[str, str]], made: Mapping[str, str]) -> Iterator[str]:
    for name, words in sent:
        if made.get(name, words) != words:
            yield f"{shorten(name, 60)} leads to “{words}”, and in its evidence to “{made[name]}”"


def _label(annotation: Any) -> tuple[str, str]:
    return link_target(annotation), str(annotation.get("/Contents", ""))


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
            yield "other words are read aloud, or copied, than are shown"
    yield from _others(pdf.Root, _CATALOGUE, "the catalogue")
    yield from _others(pdf.Root.get("/Names"), _NAMES, "the catalogue's names")
    for number, page in enumerate(pdf.pages, 1):
        place = f"page {number}"
        yield from _others(page.obj, _PAGE, place)
        left, bottom, right, top = map(float, page.mediabox)
        if min(abs(right - left), abs(top - bottom)) < _SHORTEST_SIDE:
            yield f"{place} is too small to be read"
        for annotation in page.obj.get("/Annots", ()):
            if str(annotation.get("/Subtype")) == "/Link":
                yield from _others(annotation, _LINK, f"a link of {place}")
                action = annotation.get("/A", pikepdf.Dictionary())
                known = _ACTIONS.get(str(action.get("/S")), ())
                yield from _others(action, known, f"a link of {place}")
                if int(annotation.get("/F", 0)) != _PRINTED:
                    yield f"a link of {place} is hidden, or not printed"
                if "/A" in annotation and "/Dest" in annotation:
                    yield f"a link of {place} leads to two places"
        yield from _of_content(page, page.obj.get("/Resources"), place, 0)


def _says_otherwise(one: Any) -> bool:
    # The first object of a file that is made for the web has an entry of the same name.
    return "/ActualText" in one or ("/E" in one and "/Linearized" not in one)


def _of_content(content: Any, resources: Any, place: str, depth: int) -> Iterator[str]:
    if depth > DEEPEST_FORM:
        raise NotABrief("forms in forms without end")
    yield from _others(resources, _RESOURCES, f"what {place} draws with")
    for instruction in pikepdf.parse_content_stream(content):
        name = str(instruction.operator)
        if name not in _OPERATORS:
            yield f"{place} draws with the operator {name}, which no build writes"
        elif name == "BDC" and "/ActualText" in _properties(instruction.operands[1], resources):
            yield f"{place}: other words are read aloud, or copied, than are shown"
        elif name == "Tr" and int(str(instruction.operands[0])) != 0:
            yield f"{place} holds text that is not shown, or drawn as outlines"
    if resources is None:
        return
    for form in resources.get("/XObject", {}).values():
        if str(form.get("/Subtype")) == "/Form":
            yield from _others(form, _FORM, f"a drawing of {place}")
            yield from _of_content(form, form.get("/Resources"), place, depth + 1)
        else:
            yield f"{place} shows a picture, which no build writes"
    for state in resources.get("/ExtGState", {}).values():
        yield from _others(state, ("/CA", "/ca", "/Type"), f"a state of {place}")
        if any(float(state[key]) < _FAINTEST for key in ("/CA", "/ca") if key in state):
            yield f"{place} draws what cannot be seen"
    for font in resources.get("/Font", {}).values():
        described = font.get("/DescendantFonts", pikepdf.Array())
        if any(one.get("/CIDToGIDMap", pikepdf.Name.Identity) != "/Identity" for one in described):
            yield f"{place} has a font that shows other letters than it says"
        if str(font.get("/Encoding")) != "/Identity-H":
            yield f"{place} has a font of another encoding than builds write"
        if str(font.get("/Subtype")) != "/Type0":
            yield f"{place} has a font of the kind {font.get('/Subtype')}, which no build writes"


def _properties(named: Any, resources: Any) -> Any:
    """The properties of marked content, which stand in the page or are named there."""
    if isinstance(named, pikepdf.Dictionary):
        return named
    return resources.get("/Properties", {}).get(str(named), {}) if resources is not None else {}


def _others(holder: Any, known: Iterable[str], place: str) -> Iterator[str]:
    if holder is not None:
        for key in sorted(set(holder.keys()) - set(known)):
            yield f"{place} has {key}, which no build writes"

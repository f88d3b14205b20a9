"""What a PDF holds that no build writes, where it cannot be compared with one made again here.

The names below are all that builds write: of this edition of the program and of the first one.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, Final

import pikepdf

from sourcebrief.text.phrases import shorten
from sourcebrief.verification.appearance_of_pdf import appearance_of_pdf
from sourcebrief.verification.compare_pdf import ambiguities, other_descriptions
from sourcebrief.verification.document_text import NotABrief, NotCompared
from sourcebrief.verification.drawn_in_pdf import DEEPEST_FORM, Drawing
from sourcebrief.verification.hidden_in_pdf import hidden_in_pdf
from sourcebrief.verification.words_of_pdf import Structure, opened

_CATALOGUE: Final = frozenset(
    {
        *("/AF", "/Lang", "/MarkInfo", "/Metadata", "/Names", "/Outlines", "/OutputIntents"),
        *("/Pages", "/StructTreeRoot", "/Type", "/ViewerPreferences", "/Extensions", "/Version"),
        *("/PageLabels", "/PageLayout", "/PageMode"),
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
            if _fonts(pdf) - _fonts(known):
                found.append(NotCompared("the shapes of its letters, whose fonts are others"))
    if len(drawing.pages) == len(as_made.pages) and drawing.corners > as_made.corners:
        looks.append("more lines or shapes are drawn than its evidence makes")
    return [*found, *(looks if looks_alike else [])]


def _misled_places(sent: Iterable[tuple[str, str]], made: Mapping[str, str]) -> Iterator[str]:
    for name, words in sent:
        if made.get(name, words) != words:
            yield f"{shorten(name, 60)} leads to “{words}”, and in its evidence to “{made[name]}”"


def _fonts(pdf: pikepdf.Pdf) -> set[bytes]:
    """The digests of the fonts that it carries."""
    described = (
        one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one
    )
    files = (one.get("/FontFile2", one.get("/FontFile3")) for one in described)
    return {sha256(one.read_bytes()).digest() for one in files if one is not None}


def _foreign(pdf: pikepdf.Pdf) -> Iterator[str]:
    yield from ambiguities(pdf)
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and ("/ActualText" in one or "/E" in one):
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
                if "/A" in annotation and "/Dest" in annotation:
                    yield f"a link of {place} leads to two places"
        yield from _of_content(page, page.obj.get("/Resources"), place, 0)


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
        elif name == "Tr" and int(str(instruction.operands[0])) not in (0, 2):
            yield f"{place} holds text that is not shown"
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

"""What a PDF holds that no build writes, where it cannot be compared with one made again here.

The names below are all that builds write: of this edition of the program and of the first one.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import pikepdf

from sourcebrief.verification.compare_words import misled_links
from sourcebrief.verification.document_text import NotABrief
from sourcebrief.verification.words_of_pdf import DEEPEST_FORM, links_of_pdf, opened

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
_ACTION: Final = frozenset({"/S", "/URI", "/Type", "/D"})
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


def foreign_in_pdf(data: bytes, made: bytes | None) -> list[str]:
    """Return what is foreign in a PDF, each kind once; `made` is the document made again."""
    with opened(data) as pdf:
        found = list(dict.fromkeys(_foreign(pdf)))
    return found + (misled_links(links_of_pdf(data), links_of_pdf(made)) if made else [])


def _foreign(pdf: pikepdf.Pdf) -> Iterator[str]:
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
                yield from _others(annotation.get("/A"), _ACTION, f"a link of {place}")
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

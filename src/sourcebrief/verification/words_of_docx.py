"""The words of a Word document in reading order: body, footnotes, headers and footers.

The file may be hostile: it is unpacked under a limit, and no entity or address in it is followed.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sourcebrief.documents.build_info import BUILD_INFO, EVIDENCE
from sourcebrief.documents.page_words import CALL
from sourcebrief.documents.word.docx_properties import carried_in_docx
from sourcebrief.documents.word.opc_package import (
    DOCUMENT,
    OFFICE,
    UNREADABLE,
    Package,
    relations_of,
    w,
    w_value,
)
from sourcebrief.errors import EngineFault
from sourcebrief.text.characters import REPLACEMENT
from sourcebrief.verification.document_text import DocumentText, NotABrief

_RELATION: Final = f"{{{OFFICE}}}id"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TEXT: Final = frozenset({w("t"), "{http://schemas.openxmlformats.org/drawingml/2006/main}t"})
_CORE: Final = "docProps/core.xml"
_SAID: Final = {
    "title": "{*}title",
    "author": "{*}creator",
    "description": "{*}subject",
    "keywords": "{*}keywords",
    "language": "{*}language",
}
_SIGNS: Final = {
    w("noBreakHyphen"): "-",
    w("sym"): REPLACEMENT,
    w("footnoteReference"): CALL,
    **dict.fromkeys(map(w, ("p", "br", "cr", "tab", "ptab")), "\n"),
}


def words_of_docx(data: bytes) -> DocumentText:
    """Read a Word document. Raises NotABrief with the reason where it cannot be one of ours."""
    try:
        package = Package(data)
        return _read(package, package.body(), carried_in_docx(package))
    except EngineFault as error:
        raise NotABrief(str(error)) from error
    except UNREADABLE as error:
        raise NotABrief("not a Word document, or damaged; ask for it again") from error


def _read(package: Package, body: Any, carried: Mapping[str, bytes]) -> DocumentText:
    tracked = body.iter(*map(w, ("ins", "del", "moveFrom", "moveTo")))
    told = {kind: list(roots) for kind, roots in stories(package).items()}
    return DocumentText(
        "docx",
        carried.get(EVIDENCE),
        carried.get(BUILD_INFO),
        body=[_text(body)],
        notes=[_text(note) for _, note in told["notes"]],
        alternatives=[
            " ".join(picture.get("descr", "").split()) for picture in body.iter(_PICTURE)
        ],
        places=list(_places(body)),
        said=[
            (kind, one.text or "")
            for kind, name in _SAID.items()
            for one in (package.tree(_CORE).iter(name) if _CORE in package else ())
        ],
        links=[*_links(package, told["body"]), *_links(package, told["notes"])],
        heads=[_text(head).split("\n") for _, head in told["heads"]],
        contents=[
            line
            for _, block in told["contents"]
            for line in _text(block, within_contents=True).split("\n")
            if line.strip() and not line.strip().isdecimal()  # the number of its page
        ],
        oddities=["it carries tracked changes"] if next(tracked, None) is not None else [],
        not_compared=[
            f"its {kind}, which are not part of the edition"
            for kind in ("comments", "endnotes")
            for name in package.related(DOCUMENT, kind).values()
            if any(text.strip() for text in package.tree(name).itertext())
        ],
        figure=False,
    )


def stories(package: Package) -> dict[str, Iterator[tuple[str, Any]]]:
    """The roots of the text, of its notes in the order of their calls, of heads and of contents.

    Each has the name of its part.
    """
    body = package.body()
    notes = {
        note.get(w("id")): (part, note)
        for part in package.related(DOCUMENT, "footnotes").values()
        for note in package.tree(part).findall(w("footnote"))
        if note.get(w("type")) is None
    }
    calls = (call.get(w("id")) for call in body.iter(w("footnoteReference")))
    references = body.iter(w("headerReference"), w("footerReference"))
    used = {one.get(_RELATION) for one in references}
    return {
        "body": iter([(DOCUMENT, body)]),
        "notes": (notes[key] for key in calls if key in notes),
        "heads": (
            (part, package.tree(part))
            for kind in ("header", "footer")
            for relation, part in package.related(DOCUMENT, kind).items()
            if relation in used
        ),
        "contents": ((DOCUMENT, one) for one in body.iter(w("sdt")) if is_contents(one)),
    }


def _links(package: Package, roots: list[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    """The words of each link, and the address or the place (`#name`) that it leads to."""
    for part, root in roots:
        name = relations_of(part)
        addresses = {
            one.get("Id"): str(one.get("Target"))
            for one in (package.tree(name) if name in package else ())
            if one.get("TargetMode") == "External"
        }
        for link in root.iter(w("hyperlink")):
            place = f"#{w_value(link, 'anchor')}"
            if not in_contents(link):
                yield _text(link), addresses.get(link.get(_RELATION), place)


def _places(body: Any) -> Iterator[tuple[str, str]]:
    """Yield each place that a link names, and each line of contents, with the word it leads to."""
    at: dict[str, str] = {}
    waiting: list[str] = []
    for one in body.iter(w("bookmarkStart"), w("t")):
        # Word processors take no capitals apart in names.
        if one.tag == w("bookmarkStart"):
            waiting.append(w_value(one, "name").casefold())
        elif words := (one.text or "").split():
            at |= dict.fromkeys(waiting, words[0])
            waiting.clear()
    for link in body.iter(w("hyperlink")):
        if (name := w_value(link, "anchor").casefold()) in at:
            yield _text(link, within_contents=True) if in_contents(link) else name, at[name]


def _text(root: Any, *, within_contents: bool = False) -> str:
    """Return the text of an element, each paragraph and what follows a break on a line of its own.

    A table of contents is left out unless asked for, because it repeats the headings.
    """
    return "".join(
        _SIGNS.get(element.tag, element.text or "")
        for element in root.iter(*_TEXT, *_SIGNS)
        if within_contents or not in_contents(element)
    )


def in_contents(element: Any) -> bool:
    """Whether an element stands in a table of contents."""
    return any(map(is_contents, element.iterancestors(w("sdt"))))


def is_contents(element: Any) -> bool:
    """Whether an element is a table of contents."""
    gallery = f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}"
    found = element.find(gallery) if element.tag == w("sdt") else None
    return found is not None and found.get(w("val")) == "Table of Contents"

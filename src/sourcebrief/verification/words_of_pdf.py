"""The words of a tagged PDF in reading order.

They are the glyphs that the pages draw, in the order of the structure tree (ISO 32000-1, 14.7). The
file may be hostile: nothing in it is repaired, and no chain of objects is followed twice.
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from math import hypot
from typing import Any, Final

import pikepdf

from sourcebrief.documents.build_info import BUILD_INFO, EVIDENCE
from sourcebrief.documents.direction import has_right_to_left
from sourcebrief.verification.document_text import DocumentText, NotABrief
from sourcebrief.verification.drawn_in_pdf import OTHER_PDF, Drawing, Glyphs

MOST_ELEMENTS: Final = 5_000_000
_NOTES: Final = frozenset({"Note", "FENote"})
_IN_NOTES: Final[tuple[int, ...]] = (-1,)
_LIST_LABEL: Final = re.compile(r"\W{1,3}|\d{1,4}[.)]")
_INLINE: Final = frozenset({"Span", "Link", "Reference", "Em", "Strong", "Quote", "Code", "Lbl"})
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_NUMBER_OR_MARK = re.compile(r"[0-9٠-٩][0-9٠-٩.,:/]*(?<![.,:/])|.", re.DOTALL)


def words_of_pdf(data: bytes) -> DocumentText:
    """Read a PDF. Raises NotABrief with the reason where this program cannot have built it."""
    with opened(data) as pdf:
        return _read(pdf)


@contextmanager
def opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    """Open a PDF that anyone may have made; whatever is wrong in it is NotABrief."""
    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True, attempt_recovery=False) as pdf:
            yield pdf
    except pikepdf.PasswordError:
        raise NotABrief("it is encrypted; ask for it without a password") from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, zlib.error, RecursionError) as error:
        raise NotABrief("damaged or cut short; ask for it again") from error
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # pikepdf raises these where an object is not of the type that the standard requires.
        raise NotABrief(OTHER_PDF) from error


def _read(pdf: pikepdf.Pdf) -> DocumentText:
    drawing = Drawing(pdf)
    structure = Structure(pdf, drawing)
    attachments = {
        name: drawing.unpack(file["/EF"]["/F"]) for name, file in _attachments(pdf).items()
    }
    links, oddities = _annotations(pdf)
    return DocumentText(
        "pdf",
        attachments.pop(EVIDENCE, None),
        attachments.pop(BUILD_INFO, None),
        body=structure.body,
        notes=structure.notes,
        alternatives=structure.alternatives,
        links=frozenset(links),
        # What is marked, but not in the structure, is treated like the other text of the page.
        heads=[[one.text for one in page] for page in structure.others()],
        contents=[title for title, _ in _bookmarks(pdf)],
        attachments=attachments,
        oddities=oddities + structure.oddities,
        hyphenated=True,
    )


def _attachments(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """The embedded files by name."""
    names = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles")
    files = pikepdf.NameTree(names).items() if names is not None else ()
    return {str(file.get("/UF", file.get("/F", str(key)))): file for key, file in files}


def _annotations(pdf: pikepdf.Pdf) -> tuple[list[str], list[str]]:
    """The addresses that links lead to, and what annotations do beside."""
    links: list[str] = []
    oddities: list[str] = []
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.obj.get("/Annots", pikepdf.Array()):
            kind = str(annotation.get("/Subtype", "/unknown"))[1:]
            if kind != "Link":
                words = str(annotation.get("/Contents", ""))[:80]
                quoted = f" “{words}”" if words else ""
                oddities.append(f"page {number} carries a {kind} annotation{quoted}")
            action = annotation.get("/A", pikepdf.Dictionary(S=pikepdf.Name.GoTo))
            if "/URI" in action:
                links.append(str(action["/URI"]))
            elif str(action.get("/S")) != "/GoTo":
                oddities.append(f"a link in it has the action {str(action.get('/S'))[1:]}")
    return links, oddities


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Yield the titles of the outline, and where they lead (ISO 32000-1, 12.3.3)."""
    seen: set[tuple[int, int]] = set()
    stack = [pdf.Root.get("/Outlines")]
    while stack:
        item = stack.pop()
        if item is not None and item.objgen not in seen:
            seen.add(item.objgen)
            if "/Title" in item:
                yield str(item["/Title"]), item.get("/Dest")
            stack += [item.get("/Next"), item.get("/First")]


@dataclass(frozen=True, slots=True)
class Placed:
    """A string where the structure has it: in a block, which lies in the blocks of `path`."""

    glyphs: Glyphs
    path: tuple[int, ...]
    role: str


class Structure:
    """The structure tree: the text in its order, the notes apart from it, alternative texts.

    `placed` holds the strings in the order in which they are read, those of notes after all others;
    `links` the strings of each link, with its annotation, and `annotations` those of the pages.
    """

    def __init__(self, pdf: pikepdf.Pdf, drawing: Drawing) -> None:
        self.body: list[str] = []
        self.notes: list[str] = []
        self.alternatives: list[str] = []
        self.placed: list[Placed] = []
        self.links: list[tuple[list[Glyphs], Any]] = []
        self.oddities: list[str] = []
        self._in_notes: list[Placed] = []
        self._marked: dict[tuple[int, int], list[Glyphs]] = {}
        self._unmarked: list[list[Glyphs]] = [[] for _ in drawing.pages]
        for page, strings in enumerate(drawing.pages):
            for one in strings:
                if one.mark is None:
                    self._unmarked[page].append(one)
                else:
                    self._marked.setdefault((page, one.mark), []).append(one)
        self._calls = self._labels = ""
        self.annotations = [one for page in pdf.pages for one in page.obj.get("/Annots", ())]
        root = pdf.Root.get("/StructTreeRoot")
        if root is None or "/K" not in root:
            raise NotABrief("not a tagged PDF, which every brief of this program is")
        self._walk(root["/K"], {page.obj.objgen: at for at, page in enumerate(pdf.pages)})
        self.placed += self._in_notes
        # A call may be divided at the end of a line.
        if self._calls != self._labels:
            self.oddities.append("the numbers of its notes are not those of their calls")

    def others(self) -> list[list[Glyphs]]:
        """The strings of each page that are not in the structure."""
        return [
            [
                *strings,
                *(one for (at, _), each in self._marked.items() if at == page for one in each),
            ]
            for page, strings in enumerate(self._unmarked)
        ]

    def places(self, pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
        """Yield each place that links or bookmarks name, with the string that stands there."""
        pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        strings: dict[int, list[Glyphs]] = {}
        for one in self.placed:
            if one.glyphs.text.strip():
                strings.setdefault(one.glyphs.page, []).append(one.glyphs)
        names = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
        named = dict(pikepdf.NameTree(names).items()) if names is not None else {}
        for name, place in [*named.items(), *_bookmarks(pdf)]:
            found = place.get("/D") if isinstance(place, pikepdf.Dictionary) else place
            found = named.get(str(found)) if isinstance(found, pikepdf.String) else found
            if isinstance(found, pikepdf.Array) and len(found) > 3:
                x, y = float(found[2]), float(found[3])
                near = strings.get(pages.get(found[0].objgen, -1), [])
                at = min(
                    near, key=lambda one: hypot(one.area[0] - x, one.area[3] - y), default=None
                )
                yield str(name), at.text.split()[0] if at else ""

    def _walk(self, top: Any, pages: dict[tuple[int, int], int]) -> None:
        seen: set[tuple[int, int]] = set()
        numbers = count(1)
        # Each entry is an element, its page, the roles around it, the blocks, and the strings of
        # the link that it stands in. The last one is read first.
        stack: list[tuple[Any, int | None, tuple[str, ...], tuple[int, ...], list[Glyphs]]]
        stack = [(top, None, (), (), [])]
        for _ in range(MOST_ELEMENTS):
            if not stack:
                return
            kid, page, roles, path, linked = stack.pop()
            if isinstance(kid, pikepdf.Array):
                stack += [(each, page, roles, path, linked) for each in reversed(list(kid))]
            elif not isinstance(kid, pikepdf.Dictionary):
                linked += self._content(page, int(kid), roles, path)
            elif kid.objgen == (0, 0) or kid.objgen not in seen:
                seen.add(kid.objgen)
                if "/Pg" in kid:
                    page = pages.get(kid["/Pg"].objgen)
                role = str(kid.get("/S", ""))[1:]
                if role == "Figure":
                    self.alternatives.append(" ".join(str(kid.get("/Alt", "")).split()))
                if "/MCID" in kid:
                    linked += self._content(page, int(kid["/MCID"]), roles, path)
                elif "/Obj" in kid:
                    self.links.append((linked, kid["/Obj"]))
                elif "/K" in kid:
                    within = [] if role == "Link" else linked
                    if role in _NOTES:
                        # One note may follow another in a line.
                        deeper = _IN_NOTES
                    elif role in _INLINE or path == _IN_NOTES:
                        deeper = path
                    else:
                        deeper = (*path, next(numbers))
                    stack.append((kid["/K"], page, (*roles, role), deeper, within))
        raise NotABrief("its structure has no end")

    def _content(
        self, page: int | None, mark: int, roles: tuple[str, ...], path: tuple[int, ...]
    ) -> list[Glyphs]:
        strings = [] if page is None else self._marked.pop((page, mark), [])
        chunks = [one.text for one in strings]
        text = "".join(chunks).strip()
        in_note = not _NOTES.isdisjoint(roles)
        role = next((role for role in reversed(roles) if role not in _INLINE), "")
        placed = self._in_notes if in_note else self.placed
        placed += (Placed(one, path, role) for one in strings)
        # The label of a note is a link back to its call.
        is_label = (roles[:-1] if roles[-1:] == ("Link",) else roles)[-1:] == ("Lbl",)
        if is_label and in_note:
            self._labels += text
        elif is_label and _LIST_LABEL.fullmatch(text):
            pass
        elif "Reference" in roles and not in_note and text.isdigit():
            self._calls += text
        else:
            (self.notes if in_note else self.body).extend(_logical(chunks))
        return strings


def link_target(annotation: Any) -> str:
    """The address that a link leads to, or the name of a place in the document."""
    found = annotation.get("/A", {}).get("/URI", annotation.get("/Dest", ""))
    return "" if isinstance(found, pikepdf.Array) else str(found)


def _logical(chunks: list[str]) -> list[str]:
    """Return the runs of a line as one text, in the order in which they are read.

    Right-to-left words are set by themselves, so the numbers and marks beside them belong to them.
    """
    if not any(map(has_right_to_left, chunks)) or _LATIN.search("".join(chunks)):
        return chunks
    turned = (
        chunk if has_right_to_left(chunk) else "".join(reversed(_NUMBER_OR_MARK.findall(chunk)))
        for chunk in reversed(chunks)
    )
    return ["".join(turned)]

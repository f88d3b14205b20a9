"""The words of a tagged PDF in reading order.

They are the glyphs that the pages draw, in the order of the structure tree (ISO 32000-1, 14.7). The
file may be hostile: nothing in it is repaired, and no chain of objects is followed twice.
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from itertools import chain, count, groupby
from math import hypot
from typing import Any, Final

import pikepdf

from sourcebrief.documents.build_info import BUILD_INFO, EVIDENCE
from sourcebrief.documents.direction import has_right_to_left
from sourcebrief.documents.page_words import CALL
from sourcebrief.text.characters import HYPHENS, SOFT_HYPHEN
from sourcebrief.verification.document_text import DocumentText, NotABrief
from sourcebrief.verification.drawn_in_pdf import OTHER_PDF, Drawing, Glyphs, Unpacking
from sourcebrief.verification.pdf_fonts import turned

MOST_ELEMENTS: Final = 5_000_000
_NOTES: Final = frozenset({"Note", "FENote"})
_IN_NOTES: Final[tuple[int, ...]] = (-1,)
_LIST_LABEL: Final = re.compile(r"\W{1,3}|\d{1,4}[.)]")
_INLINE: Final = frozenset({"Span", "Link", "Reference", "Em", "Strong", "Quote", "Code", "Lbl"})
_HYPHENATED: Final = re.compile(rf"[^\W\d_][{HYPHENS}]\Z")
_SAID: Final = (
    ("title", "/Title", "dc:title"),
    ("author", "/Author", "dc:creator"),
    ("description", "/Subject", "dc:description"),
    ("keywords", "/Keywords", "pdf:Keywords"),
)
_NO_GAP, _GAP = 0.1, 0.15
"""Between two strings, in sizes of their letters: less is no space, and more is one."""
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


def words_of_pdf(data: bytes) -> DocumentText:
    """Read a PDF. Raises NotABrief with the reason where this program cannot have built it."""
    with hostile():
        pdf, _, structure = drawn_pdf(data)
        return replace(
            carried_in_pdf(data),
            body=structure.body,
            notes=structure.notes,
            alternatives=structure.alternatives,
            links=list(structure.addresses()),
            places=list(structure.places(pdf)),
            said=list(_said_of_itself(pdf)),
            # What is marked, but not in the structure, is treated like the other text of the page.
            heads=[[one.text for one in page] for page in structure.others()],
            contents=[title for title, _ in _bookmarks(pdf)],
            oddities=structure.oddities,
        )


def carried_in_pdf(data: bytes) -> DocumentText:
    """Read what a PDF carries, and none of its words. Raises NotABrief as `words_of_pdf` does."""
    with opened(data) as pdf:
        unpacking = Unpacking()
        names = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles")
        files = pikepdf.NameTree(names).items() if names is not None else ()
        carried = {
            str(file.get("/UF", file.get("/F", str(key)))): unpacking.of(file["/EF"]["/F"])
            for key, file in files
        }
    manifest, info = (carried.pop(name, None) for name in (EVIDENCE, BUILD_INFO))
    return DocumentText("pdf", manifest, info, attachments=carried)


@lru_cache(maxsize=2)
def drawn_pdf(data: bytes) -> tuple[pikepdf.Pdf, Drawing, "Structure"]:
    """Open a PDF, which stays open, and read what it draws, once for all who ask."""
    pdf = _as_it_is(data)
    drawing = Drawing(pdf)
    return pdf, drawing, Structure(pdf, drawing)


def _as_it_is(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data), suppress_warnings=True, attempt_recovery=False)


@contextmanager
def opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    """Open a PDF that anyone may have made; whatever is wrong in it is NotABrief."""
    with hostile(), _as_it_is(data) as pdf:
        yield pdf


@contextmanager
def hostile() -> Iterator[None]:
    """Turn what pikepdf raises where a PDF is not as a build writes it into NotABrief."""
    try:
        yield
    except pikepdf.PasswordError:
        raise NotABrief("it is encrypted; ask for it without a password") from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, zlib.error, RecursionError) as error:
        raise NotABrief("damaged or cut short; ask for it again") from error
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # pikepdf raises these where an object is not of the type that the standard requires.
        raise NotABrief(OTHER_PDF) from error


def _said_of_itself(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Yield what a PDF says of itself: in its catalogue, its information and its XMP packet."""
    yield "language", str(pdf.Root.get("/Lang", ""))
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as packet:
        for kind, name, named in _SAID:
            yield kind, str(pdf.docinfo.get(name, ""))
            found = packet.get(named) or ""
            yield kind, found if isinstance(found, str) else ", ".join(found)


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

    @property
    def is_note(self) -> bool:
        """Whether it stands in a note."""
        return self.path == _IN_NOTES


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
        self._said: dict[bool, Glyphs] = {}
        self._marked: dict[tuple[int, int | None], list[Glyphs]] = {}
        self._pages = range(len(drawing.pages))
        for one in chain.from_iterable(drawing.pages):
            self._marked.setdefault((one.page, one.mark), []).append(one)
        self._turned = [
            [one for one in page if has_right_to_left(one.text)] for page in drawing.pages
        ]
        self._calls = self._labels = ""
        self.annotations = [one for page in pdf.pages for one in page.obj.get("/Annots", ())]
        root = pdf.Root.get("/StructTreeRoot")
        if root is None or "/K" not in root:
            raise NotABrief("not a tagged PDF, which every brief of this program is")
        self._walk(root["/K"], {page.obj.objgen: at for at, page in enumerate(pdf.pages)})
        self.placed += self._in_notes
        if self._calls != self._labels:
            self.oddities.append("the numbers of its notes are not those of their calls")

    def others(self) -> list[list[Glyphs]]:
        """The strings of each page that are not in the structure."""
        return [
            [one for (at, _), each in self._marked.items() if at == page for one in each]
            for page in self._pages
        ]

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Yield the words of each link and where it leads, those of notes last, save note calls."""
        in_notes = {one.glyphs for one in self._in_notes}
        calls = {one.glyphs for one in self.placed if one.role == CALL}
        linked = [link for link in self.links if not link[0] or calls.isdisjoint(link[0])]
        linked.sort(key=lambda link: not in_notes.isdisjoint(link[0]))
        # A link that goes on in the next line, or on the next page, has an annotation in each.
        for _, parts in groupby(linked, key=lambda link: id(link[0])):
            strings, annotations = zip(*parts, strict=True)
            for address in dict.fromkeys(map(link_target, annotations)):
                yield "".join(one.text for one in strings[0]), address

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
                linked += self._content(page, int(kid), roles, path, linked)
            elif kid.objgen == (0, 0) or kid.objgen not in seen:
                seen.add(kid.objgen)
                if "/Pg" in kid:
                    page = pages.get(kid["/Pg"].objgen)
                role = str(kid.get("/S", ""))[1:]
                if role == "Figure":
                    self.alternatives.append(" ".join(str(kid.get("/Alt", "")).split()))
                if "/MCID" in kid:
                    linked += self._content(page, int(kid["/MCID"]), roles, path, linked)
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
        self,
        page: int | None,
        mark: int,
        roles: tuple[str, ...],
        path: tuple[int, ...],
        linked: list[Glyphs],
    ) -> list[Glyphs]:
        strings = [] if page is None else self._marked.pop((page, mark), [])
        chunks = [one.text for one in strings]
        text = "".join(chunks).strip()
        in_note = not _NOTES.isdisjoint(roles)
        role = next((role for role in reversed(roles) if role not in _INLINE), "")
        # The label of a note is a link back to its call.
        is_label = (roles[:-1] if roles[-1:] == ("Link",) else roles)[-1:] == ("Lbl",)
        is_call = "Reference" in roles and not in_note and text.isdigit()
        if is_label and in_note:
            self._labels += text
        elif is_label and _LIST_LABEL.fullmatch(text):
            pass
        elif is_call:
            self._calls += text
            # A call may be divided at the end of a line.
            self._say(in_note, "" if linked else CALL, strings)
        elif _is_turned(chunks):
            self._say(in_note, _logical(chunks), strings)
        else:
            for one in strings:
                self._say(in_note, one.text, [one])
        placed = self._in_notes if in_note else self.placed
        placed += (Placed(one, path, CALL if is_call or is_label else role) for one in strings)
        return strings

    def _say(self, in_note: bool, text: str, strings: list[Glyphs]) -> None:
        """Add a text, with the space before it where its place on the page shows that."""
        words = self.notes if in_note else self.body
        before = self._said.get(in_note)
        if not strings:
            return
        if before is None:
            words.append(text)
        elif strings[0].is_beside(before):
            gap = (strings[0].area[0] - before.area[2]) / min(before.size, strings[0].size)
            # In a line that has right-to-left words, what comes next need not stand next.
            is_known = not any(map(strings[0].is_beside, self._turned[strings[0].page]))
            if is_known and abs(gap) < _NO_GAP:
                words[-1] += text
            elif is_known and gap > _GAP:
                words[-1] += f" {text}"
            else:
                words.append(text)
        else:
            if _HYPHENATED.search(words[-1]) and text[:1].isalpha():
                words[-1] = words[-1][:-1] + SOFT_HYPHEN
            words.append(text)
        if before is None or strings[-1].is_plain or not text.strip():
            self._said[in_note] = strings[-1]


def link_target(annotation: Any) -> str:
    """The address that a link leads to, or `#` and the name of a place in the document."""
    action = annotation.get("/A", pikepdf.Dictionary())
    place = annotation.get("/Dest", action.get("/D", ""))
    named = "" if isinstance(place, pikepdf.Array) else f"#{place}"
    return str(action["/URI"]) if "/URI" in action else named


def _is_turned(chunks: list[str]) -> bool:
    """Whether the runs of a line are read from right to left.

    Right-to-left words are set by themselves, so the numbers and marks beside them belong to them.
    """
    return any(map(has_right_to_left, chunks)) and not _LATIN.search("".join(chunks))


def _logical(chunks: list[str]) -> str:
    """Return the runs of a line that is read from right to left as one text."""
    line = (one if has_right_to_left(one) else turned(one[::-1]) for one in reversed(chunks))
    return "".join(line)

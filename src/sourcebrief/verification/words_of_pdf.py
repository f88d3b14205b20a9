"""The words of a tagged PDF in reading order.

They are the glyphs that the pages show, decoded by the ToUnicode map of their font, in the order of
the structure tree (ISO 32000-1, 14.7). ActualText is ignored, because it can differ from what a
page shows. The file may be hostile: nothing in it is repaired, every stream is unpacked under a
limit, and no chain of objects is followed twice.
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import pikepdf

from sourcebrief.documents.build_info import BUILD_INFO, EVIDENCE
from sourcebrief.documents.direction import has_right_to_left
from sourcebrief.text.characters import REPLACEMENT
from sourcebrief.verification.compare_words import without_spaces
from sourcebrief.verification.document_text import DocumentText, NotABrief

LARGEST_STREAM: Final = 256 * 1024 * 1024
LARGEST_TOTAL: Final = 1024 * 1024 * 1024
MOST_ELEMENTS: Final = 5_000_000
DEEPEST_FORM: Final = 12
_OPERATORS: Final = "q Q BDC BMC EMC Tj TJ ' \" Tf Do"
_LIST_LABEL: Final = re.compile(r"\W{1,3}|\w{1,4}[.)]")
_UNICODE_BLOCK: Final = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)
_UNICODE_PAIR: Final = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_NUMBER_OR_MARK = re.compile(r"[0-9٠-٩][0-9٠-٩.,:/]*(?<![.,:/])|.", re.DOTALL)
_OTHER_PDF: Final = "not a PDF as this program writes it"
_TOO_LARGE: Final = "more is packed into it than a brief can hold"


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
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        # pikepdf raises these where an object is not of the type that the standard requires.
        raise NotABrief(_OTHER_PDF) from error


def _read(pdf: pikepdf.Pdf) -> DocumentText:
    pages = _Pages(pdf)
    structure = _Structure(pdf, pages.marked)
    for (page, _), chunks in pages.marked.items():
        # Marked, but outside the structure: treated like the other text of the page.
        pages.unmarked[page] += chunks
    attachments = dict(pages.attachments())
    return DocumentText(
        "pdf",
        attachments.pop(EVIDENCE, None),
        attachments.pop(BUILD_INFO, None),
        body=structure.body,
        notes=structure.notes,
        alternatives=structure.alternatives,
        links=frozenset(pages.links),
        heads=pages.unmarked,
        contents=list(_bookmarks(pdf)),
        attachments=attachments,
        oddities=pages.oddities + structure.oddities,
        hyphenated=True,
    )


def links_of_pdf(data: bytes) -> list[tuple[str, str]]:
    """The words of each link of a PDF, without spaces, and the address or place it leads to."""
    with opened(data) as pdf:
        structure = _Structure(pdf, _Pages(pdf).marked)
    return [(without_spaces("".join(words)), target) for words, target in structure.links]


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield the titles of the outline (ISO 32000-1, 12.3.3)."""
    seen: set[tuple[int, int]] = set()
    stack = [pdf.Root.get("/Outlines")]
    while stack:
        item = stack.pop()
        if item is not None and item.objgen not in seen:
            seen.add(item.objgen)
            if "/Title" in item:
                yield str(item["/Title"])
            stack += [item.get("/Next"), item.get("/First")]


@dataclass(frozen=True, slots=True)
class _Font:
    code_length: int
    letters: dict[int, str]

    def decode(self, operand: Any) -> str:
        """Return the text of a string, or of the strings among numbers; no code spans two."""
        step = self.code_length
        glyphs: list[str] = []
        for string in operand if isinstance(operand, pikepdf.Array) else [operand]:
            data = bytes(string) if isinstance(string, pikepdf.String) else b""
            codes = (int.from_bytes(data[at : at + step]) for at in range(0, len(data), step))
            glyphs += [self.letters.get(code, REPLACEMENT) for code in codes]
        # Glyphs stand as they are seen, and one may be several letters.
        return "".join(reversed(glyphs) if has_right_to_left("".join(glyphs)) else glyphs)


class _Pages:
    """What the pages show and link to.

    `marked` holds the text of each marked-content sequence by page and number (MCID), `unmarked`
    the other text of each page.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.marked: dict[tuple[int, int], list[str]] = {}
        self.unmarked: list[list[str]] = []
        self.links: list[str] = []
        self.oddities: list[str] = []
        self._pdf = pdf
        self._bytes_left = LARGEST_TOTAL
        self._fonts: dict[tuple[int, int], _Font] = {}
        for number, page in enumerate(pdf.pages):
            self.unmarked.append([])
            contents = page.obj.get("/Contents", pikepdf.Array())
            streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
            resources = page.obj.get("/Resources", pikepdf.Dictionary())
            self._show(number, b"\n".join(map(self._unpack, streams)), resources, None, 0)
            for annotation in page.obj.get("/Annots", pikepdf.Array()):
                self._annotation(number, annotation)

    def attachments(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the content of each embedded file."""
        names = self._pdf.Root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles")
        for key, file in pikepdf.NameTree(names).items() if names is not None else ():
            yield str(file.get("/UF", file.get("/F", str(key)))), self._unpack(file["/EF"]["/F"])

    def _unpack(self, stream: Any) -> bytes:
        filters = stream.get("/Filter")
        if isinstance(filters, pikepdf.Array) and len(filters) == 1:
            filters = filters[0]
        content: bytes = stream.read_raw_bytes()
        if filters == "/FlateDecode" and "/DecodeParms" not in stream and content:
            unpacking = zlib.decompressobj()
            content = unpacking.decompress(content, min(LARGEST_STREAM, self._bytes_left) + 1)
            if not unpacking.eof and len(content) <= LARGEST_STREAM:
                raise NotABrief("damaged: a stream in it is cut short or too large")
        elif filters is not None and content:
            raise NotABrief(f"{_OTHER_PDF} (a stream is packed by {filters})")
        self._bytes_left -= len(content)
        if len(content) > LARGEST_STREAM or self._bytes_left < 0:
            raise NotABrief(_TOO_LARGE)
        return content

    def _annotation(self, page: int, annotation: Any) -> None:
        kind = str(annotation.get("/Subtype", "/unknown"))[1:]
        if kind != "Link":
            words = str(annotation.get("/Contents", ""))[:80]
            quoted = f" “{words}”" if words else ""
            self.oddities.append(f"page {page + 1} carries a {kind} annotation{quoted}")
        action = annotation.get("/A", pikepdf.Dictionary(S=pikepdf.Name.GoTo))
        if "/URI" in action:
            self.links.append(str(action["/URI"]))
        elif str(action.get("/S")) != "/GoTo":
            self.oddities.append(f"a link in it has the action {str(action.get('/S'))[1:]}")

    def _show(
        self, page: int, content: bytes, resources: Any, inherited: int | None, depth: int
    ) -> None:
        font = _Font(1, {})
        kept: list[_Font] = []
        open_marks: list[int | None] = []
        stream: Any = pikepdf.Stream(self._pdf, content)
        instructions: Any = pikepdf.parse_content_stream(stream, _OPERATORS)
        for operands, operator in instructions:
            name = str(operator)
            mark = open_marks[-1] if open_marks else inherited
            if name in ("BDC", "BMC"):
                properties = operands[1] if name == "BDC" else pikepdf.Dictionary()
                numbered = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
                open_marks.append(int(properties["/MCID"]) if numbered else mark)
            elif name == "EMC":
                del open_marks[-1:]
            elif name == "q":
                kept.append(font)
            elif name == "Q":
                font = kept.pop() if kept else font
            elif name == "Tf":
                font = self._font(resources["/Font"][str(operands[0])])
            elif name == "Do":
                form = resources["/XObject"][str(operands[0])]
                if str(form.get("/Subtype")) == "/Form":
                    if depth >= DEEPEST_FORM:
                        raise NotABrief(f"{_OTHER_PDF} (forms in forms without end)")
                    inner = form.get("/Resources", pikepdf.Dictionary())
                    self._show(page, self._unpack(form), inner, mark, depth + 1)
            else:
                shown = self.unmarked[page]
                if mark is not None:
                    shown = self.marked.setdefault((page, mark), [])
                shown.append(font.decode(operands[-1]))

    def _font(self, font: Any) -> _Font:
        key = font.objgen
        if key not in self._fonts or key == (0, 0):
            unicode = font.get("/ToUnicode")
            cmap = "" if unicode is None else self._unpack(unicode).decode("latin-1")
            code_length = 2 if str(font.get("/Subtype")) == "/Type0" else 1
            self._fonts[key] = _Font(code_length, dict(_letters(cmap)))
        return self._fonts[key]


def _letters(cmap: str) -> Iterator[tuple[int, str]]:
    """Yield the codes of a ToUnicode map with their text (ISO 32000-1, 9.10.3).

    WeasyPrint writes no ranges, so they are not read.
    """
    for block in _UNICODE_BLOCK.findall(cmap):
        for code, text in _UNICODE_PAIR.findall(block):
            yield int(code, 16), bytes.fromhex(text).decode("utf-16-be", "replace") or REPLACEMENT


class _Structure:
    """The structure tree: the text in its order, the notes apart from it, alternative texts.

    `links` holds the words of each link, with the address or the named place that it leads to.
    """

    def __init__(self, pdf: pikepdf.Pdf, marked: dict[tuple[int, int], list[str]]) -> None:
        self.body: list[str] = []
        self.notes: list[str] = []
        self.alternatives: list[str] = []
        self.links: list[tuple[list[str], str]] = []
        self.oddities: list[str] = []
        self._marked = marked
        self._calls = self._labels = ""
        root = pdf.Root.get("/StructTreeRoot")
        if root is None or "/K" not in root:
            raise NotABrief("not a tagged PDF, which every brief of this program is")
        self._walk(root["/K"], {page.obj.objgen: at for at, page in enumerate(pdf.pages)})
        # A call may be divided at the end of a line.
        if self._calls != self._labels:
            self.oddities.append("the numbers of its notes are not those of their calls")

    def _walk(self, top: Any, pages: dict[tuple[int, int], int]) -> None:
        seen: set[tuple[int, int]] = set()
        # Each entry is an element, its page, the roles around it and the words of the link that it
        # stands in. The last one is read first.
        stack: list[tuple[Any, int | None, tuple[str, ...], list[str]]] = [(top, None, (), [])]
        for _ in range(MOST_ELEMENTS):
            if not stack:
                return
            kid, page, roles, linked = stack.pop()
            if isinstance(kid, pikepdf.Array):
                stack += [(each, page, roles, linked) for each in reversed(list(kid))]
            elif not isinstance(kid, pikepdf.Dictionary):
                linked += self._content(page, int(kid), roles)
            elif kid.objgen == (0, 0) or kid.objgen not in seen:
                seen.add(kid.objgen)
                if "/Pg" in kid:
                    page = pages.get(kid["/Pg"].objgen)
                role = str(kid.get("/S", ""))[1:]
                if role == "Figure":
                    self.alternatives.append(" ".join(str(kid.get("/Alt", "")).split()))
                if "/MCID" in kid:
                    linked += self._content(page, int(kid["/MCID"]), roles)
                elif "/Obj" in kid:
                    self.links.append((linked, _target(kid["/Obj"])))
                elif "/K" in kid:
                    within = [] if role == "Link" else linked
                    stack.append((kid["/K"], page, (*roles, role), within))
        raise NotABrief("its structure has no end")

    def _content(self, page: int | None, mark: int, roles: tuple[str, ...]) -> list[str]:
        chunks = [] if page is None else self._marked.pop((page, mark), [])
        text = "".join(chunks).strip()
        in_note = "Note" in roles or "FENote" in roles
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
        return chunks


def _target(annotation: Any) -> str:
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

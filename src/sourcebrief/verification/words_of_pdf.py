"""The words of a tagged PDF in reading order; the one module that calls pikepdf to verify.

What is read are the glyphs that are shown, decoded by their font's ToUnicode map, in the order of
the structure tree (ISO 32000-1, 14.7). ActualText is not believed. The file may come from anybody:
nothing is repaired, every stream is inflated under a limit, no chain of objects is followed twice.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from sourcebrief.verification.document_text import DocumentText, NotABrief

if TYPE_CHECKING:
    from collections.abc import Iterator

EVIDENCE: Final = "evidence.json"
LARGEST_STREAM: Final = 256 * 1024 * 1024
LARGEST_TOTAL: Final = 1024 * 1024 * 1024
MOST_ELEMENTS: Final = 5_000_000
DEEPEST_FORM: Final = 12
_SHOWN: Final = "BDC BMC EMC Tj TJ ' \" Tf Do"
_LIST_MARK: Final = re.compile(r"\W{1,3}|\w{1,4}[.)]")


def words_of_pdf(data: bytes) -> DocumentText:
    """Read a PDF. Raises NotABrief with the reason where it cannot be one of ours."""
    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True, attempt_recovery=False) as pdf:
            return _Reader(pdf).read()
    except pikepdf.PasswordError:
        raise NotABrief("it is encrypted; ask for it without a password") from None
    except (pikepdf.PdfError, zlib.error) as error:
        raise NotABrief(f"damaged or cut short ({_first_line(error)})") from error
    except (pikepdf.DataDecodingError, RecursionError) as error:
        raise NotABrief(f"damaged ({_first_line(error)})") from error
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        # pikepdf answers with these where an object is not of the kind that the standard asks for.
        raise NotABrief(f"not a PDF as this program writes it ({_first_line(error)})") from error


def _first_line(error: BaseException) -> str:
    # qpdf names the stream by its address in memory, which tells a reader nothing.
    lines = re.sub(r"^stream <[^>]*>[^:]*: ", "", str(error)).splitlines()
    return lines[0][:200] if lines else type(error).__name__


@dataclass(slots=True)
class _Font:
    width: int
    letters: dict[int, str]

    def decode(self, data: bytes) -> str:
        codes = (
            int.from_bytes(data[at : at + self.width], "big")
            for at in range(0, len(data), self.width)
        )
        return "".join(self.letters.get(code, "\ufffd") for code in codes)


@dataclass(slots=True)
class _Reader:
    pdf: pikepdf.Pdf
    left: int = LARGEST_TOTAL
    fonts: dict[tuple[int, int], _Font] = field(default_factory=dict)
    shown: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    """What each marked-content sequence, by page and number, shows."""
    heads: list[list[str]] = field(default_factory=list)
    oddities: list[str] = field(default_factory=list)

    def read(self) -> DocumentText:
        for number, each in enumerate(self.pdf.pages):
            self.heads.append([])
            self._page(number, each)
        tree = _Tree(self)
        tree.read()
        for (page, _), chunks in self.shown.items():
            # Marked, but no part of the document's structure: read with what is on the page.
            self.heads[page] += chunks
        attachments = dict(self._attachments())
        return DocumentText(
            kind="pdf",
            evidence=attachments.pop(EVIDENCE, None),
            attachments=attachments,
            body=tree.body,
            notes=tree.notes,
            alternatives=tree.alternatives,
            links=frozenset(self._links()),
            heads=self.heads,
            oddities=[*self.oddities, *tree.oddities],
            hyphenated=True,
        )

    def inflate(self, stream: Any) -> bytes:
        """The bytes of a stream, under the limits."""
        filters = stream.get("/Filter")
        if isinstance(filters, pikepdf.Array) and len(filters) == 1:
            filters = filters[0]
        raw: bytes = stream.read_raw_bytes()
        if filters is None or not raw:
            content = raw
        elif filters == "/FlateDecode" and "/DecodeParms" not in stream:
            inflater = zlib.decompressobj()
            content = inflater.decompress(raw, min(LARGEST_STREAM, self.left) + 1)
            if not inflater.eof and len(content) <= LARGEST_STREAM:
                raise NotABrief("damaged: a stream in it is cut short or too large")
        else:
            raise NotABrief(
                f"not a PDF as this program writes it (a stream is packed by {filters})"
            )
        self.left -= len(content)
        if len(content) > LARGEST_STREAM or self.left < 0:
            raise NotABrief("more is packed into it than a brief can hold")
        return content

    def _page(self, number: int, page: Any) -> None:
        contents = page.obj.get("/Contents", pikepdf.Array())
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        content = b"\n".join(map(self.inflate, streams))
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        self._show(number, content, resources, None, 0)
        for annotation in page.obj.get("/Annots", pikepdf.Array()):
            kind = str(annotation.get("/Subtype", "/unknown"))
            if kind != "/Link":
                words = str(annotation.get("/Contents", ""))[:80]
                said = f" “{words}”" if words else ""
                self.oddities.append(f"page {number + 1} carries a {kind[1:]} annotation{said}")

    def _show(
        self, page: int, content: bytes, resources: Any, inherited: int | None, depth: int
    ) -> None:
        font: _Font | None = None
        marks: list[int | None] = []
        stream: Any = pikepdf.Stream(self.pdf, content)
        instructions: Any = pikepdf.parse_content_stream(stream, _SHOWN)
        for operands, operator in instructions:
            name = str(operator)
            if name == "BDC":
                marks.append(_mark(operands[1]))
            elif name == "BMC":
                marks.append(None)
            elif name == "EMC":
                if marks:
                    marks.pop()
            elif name == "Tf":
                font = self._font(resources["/Font"][str(operands[0])])
            elif name == "Do":
                form = resources["/XObject"][str(operands[0])]
                self._form(page, form, _last(marks, inherited), depth)
            else:
                words = self._words(operands[-1], font)
                mark = _last(marks, inherited)
                shown = (
                    self.heads[page] if mark is None else self.shown.setdefault((page, mark), [])
                )
                shown.append(words)

    def _form(self, page: int, form: Any, mark: int | None, depth: int) -> None:
        if str(form.get("/Subtype")) != "/Form":
            return
        if depth >= DEEPEST_FORM:
            raise NotABrief("not a PDF as this program writes it (forms in forms without end)")
        self._show(
            page,
            self.inflate(form),
            form.get("/Resources", pikepdf.Dictionary()),
            mark,
            depth + 1,
        )

    def _words(self, operand: Any, font: _Font | None) -> str:
        strings = operand if isinstance(operand, pikepdf.Array) else [operand]
        if font is None:
            return "\ufffd"
        return "".join(
            font.decode(bytes(each)) for each in strings if isinstance(each, pikepdf.String)
        )

    def _font(self, font: Any) -> _Font:
        key = font.objgen
        if key not in self.fonts or key == (0, 0):
            width = 2 if str(font.get("/Subtype")) == "/Type0" else 1
            unicode = font.get("/ToUnicode")
            cmap = "" if unicode is None else self.inflate(unicode).decode("latin-1")
            self.fonts[key] = _Font(width, dict(_letters(cmap)))
        return self.fonts[key]

    def _attachments(self) -> Iterator[tuple[str, bytes]]:
        names = self.pdf.Root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles")
        if names is None:
            return
        tree = pikepdf.NameTree(names)
        for key in tree:
            specification = tree[key]
            name = str(specification.get("/UF", specification.get("/F", str(key))))
            yield name, self.inflate(specification["/EF"]["/F"])

    def _links(self) -> Iterator[str]:
        for page in self.pdf.pages:
            for annotation in page.obj.get("/Annots", pikepdf.Array()):
                action = annotation.get("/A")
                if action is None:
                    continue
                if "/URI" in action:
                    yield str(action["/URI"])
                elif str(action.get("/S")) != "/GoTo":
                    self.oddities.append(f"a link in it does {str(action.get('/S'))[1:]}")


def _mark(properties: Any) -> int | None:
    """The number of a marked-content sequence that is part of the structure."""
    number = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
    return None if number is None else int(number)


def _last(marks: list[int | None], inherited: int | None) -> int | None:
    return next((mark for mark in reversed(marks) if mark is not None), inherited)


_CHARACTERS = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(r"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(r"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(
    r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])", re.DOTALL
)


def _letters(cmap: str) -> Iterator[tuple[int, str]]:
    """Yield the codes of a ToUnicode map with their text (ISO 32000-1, 9.10.3)."""
    for block in _CHARACTERS.findall(cmap):
        for code, text in _PAIR.findall(block):
            yield int(code, 16), _text(text)
    for block in _RANGES.findall(cmap):
        for first, last, text, several in _RANGE.findall(block):
            start, end = int(first, 16), min(int(last, 16), int(first, 16) + 0xFFFF)
            if several:
                yield from zip(
                    range(start, end + 1),
                    map(_text, re.findall(r"<([0-9A-Fa-f]*)>", several)),
                    strict=False,
                )
                continue
            base = _text(text)
            for code in range(start, end + 1):
                letter = ord(base[-1]) + code - start
                yield code, base[:-1] + (chr(letter) if letter < 0x110000 else "\ufffd")


def _text(digits: str) -> str:
    return bytes.fromhex("".join(digits.split())).decode("utf-16-be", "replace") or "\ufffd"


class _Tree:
    """The structure tree: text, notes apart from it, and what pictures say."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader
        self.body: list[str] = []
        self.notes: list[str] = []
        self.alternatives: list[str] = []
        self.oddities: list[str] = []
        self.calls: list[str] = []
        self.labels: list[str] = []
        self._pages = {page.obj.objgen: at for at, page in enumerate(reader.pdf.pages)}

    def read(self) -> None:
        root = self.reader.pdf.Root.get("/StructTreeRoot")
        if root is None or "/K" not in root:
            raise NotABrief("it is no tagged PDF, which every brief of this program is")
        seen: set[tuple[int, int]] = set()
        # Each entry: the element, its page, the roles around it; read last to first.
        stack: list[tuple[Any, int | None, tuple[str, ...]]] = [(root["/K"], None, ())]
        for _ in range(MOST_ELEMENTS):
            if not stack:
                break
            kid, page, roles = stack.pop()
            if isinstance(kid, pikepdf.Array):
                stack += [(each, page, roles) for each in reversed(list(kid))]
            elif isinstance(kid, pikepdf.Dictionary):
                if kid.objgen != (0, 0):
                    if kid.objgen in seen:
                        continue
                    seen.add(kid.objgen)
                if "/Pg" in kid:
                    page = self._pages.get(kid["/Pg"].objgen)
                if "/MCID" in kid:
                    self._content(page, int(kid["/MCID"]), roles)
                    continue
                role = str(kid.get("/S", ""))[1:]
                if role == "Figure":
                    self.alternatives.append(" ".join(str(kid.get("/Alt", "")).split()))
                if "/K" in kid:
                    stack.append((kid["/K"], page, (*roles, role)))
            else:
                self._content(page, int(kid), roles)
        else:
            raise NotABrief("its structure has no end")
        # A call may be parted at the end of a line.
        if "".join(self.calls) != "".join(self.labels):
            self.oddities.append("the numbers of its notes are not those of their calls")

    def _content(self, page: int | None, mark: int, roles: tuple[str, ...]) -> None:
        chunks = [] if page is None else self.reader.shown.pop((page, mark), [])
        in_note = "Note" in roles or "FENote" in roles
        whole = "".join(chunks).strip()
        # The label of a note is a link back to its call.
        own = roles[:-1] if roles[-1:] == ("Link",) else roles
        if own[-1:] == ("Lbl",):
            if in_note:
                self.labels.append(whole)
                return
            if _LIST_MARK.fullmatch(whole):
                return
        if "Reference" in roles and not in_note and whole.isdigit():
            self.calls.append(whole)
            return
        (self.notes if in_note else self.body).extend(chunks)

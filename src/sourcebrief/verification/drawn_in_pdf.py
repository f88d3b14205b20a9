"""What the pages of a PDF draw: strings of glyphs with their place, size and colour.

Glyphs are decoded by the ToUnicode map of their font; ActualText is ignored, because it can differ
from what a page shows. The file may be hostile: every stream is unpacked under a limit, and forms
in forms have an end.
"""

import zlib
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

import pikepdf

from sourcebrief.text.characters import is_mark
from sourcebrief.verification.document_text import NotABrief
from sourcebrief.verification.pdf_areas import (
    Area,
    Matrix,
    area_of,
    around,
    common,
    corners_of,
    matrix_of,
    moved,
    product,
    share,
    widened,
)
from sourcebrief.verification.pdf_fonts import PdfFont, code_letters, code_widths
from sourcebrief.verification.vocabulary import names

LARGEST_STREAM: Final = 256 * 1024 * 1024
LARGEST_TOTAL: Final = 1024 * 1024 * 1024
DEEPEST_FORM: Final = 12
SAID_OTHERWISE: Final = "other words are read aloud, or copied, than are shown"
OTHER_PDF: Final = "not a PDF as this program writes it"
_TOO_LARGE: Final = "more is packed into it than a brief can hold"
_MARKS: Final = frozenset({"BDC", "BMC"})
_PATHS: Final = frozenset({"m", "l", "c", "h", "re"})
_FILLS: Final = frozenset({"f", "f*", "F", "B", "B*", "b", "b*"})
_STROKES: Final = frozenset({"S", "s"})
_ENDS: Final = _FILLS | _STROKES | {"n"}
_ASCENT, _DESCENT = 0.65, -0.12
"""Of most letters, in parts of the size of their font."""
_COVERED: Final = 0.4
"""Of the size of a letter."""
_FAINTEST: Final = 0.2
"""Of what is drawn: less than this share of its colour cannot be seen on paper."""
_BESIDE: Final = 0.2
"""Of the size of a letter, which two strings of a line share at least."""
_THICK: Final = 3.0
"""Of a line, in points; what is thinner hides no letters."""

Colour = tuple[float, ...]
"""Red, green and blue, each from 0 to 1."""
WHITE: Final = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A string of glyphs on a page, which has the marked content `mark` (MCID; None: it has none).

    `size` is in points; `behind` is the colour that was painted below it before, and `clip` the
    area outside which nothing shows. `is_upright` says that its letters are neither turned nor
    stretched, `is_crowded` that one is set over the one before it, or far behind it.
    """

    text: str
    page: int
    mark: int | None
    font: str
    size: float
    colour: Colour
    behind: Colour
    area: Area
    clip: Area
    is_upright: bool
    is_crowded: bool

    @property
    def is_plain(self) -> bool:
        """Whether it is more than space, and than the marks of a letter, which stand over it."""
        return bool(self.text.strip()) and not all(map(is_mark, self.text))

    @property
    def foot(self) -> float:
        """How high the line lies on which it stands."""
        return self.area[1] - _DESCENT * self.size

    def is_beside(self, other: "Glyphs") -> bool:
        """Whether both stand in one line, if one of them is raised."""
        (_, bottom, _, top), (_, foot, _, head) = self.area, other.area
        return self.page == other.page and min(top, head) - max(bottom, foot) > _BESIDE * min(
            self.size, other.size
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """A line or an area that a page paints, with the number of corners that its path has."""

    page: int
    area: Area
    colour: Colour
    corners: int

    def is_like(self, other: "Shape") -> bool:
        """Whether two are the same, but for the rounding of another version."""
        pairs = zip((*self.area, *self.colour), (*other.area, *other.colour), strict=True)
        limits = (1.0, 1.0, 1.0, 1.0, 0.02, 0.02, 0.02)
        near = all(abs(a - b) < most for (a, b), most in zip(pairs, limits, strict=True))
        return near and (self.page, self.corners) == (other.page, other.corners)


_NO_FONT: Final = PdfFont("", 1, {}, {}, 0.0)


@dataclass(frozen=True, slots=True)
class _State:
    """The graphics state as far as builds set it (ISO 32000-1, 8.4)."""

    clip: Area
    matrix: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    colour: Colour = (0.0, 0.0, 0.0)
    font: PdfFont = _NO_FONT
    size: float = 0.0
    line_width: float = 1.0
    alpha: float = 1.0
    rise: float = 0.0
    line_colour: Colour = (0.0, 0.0, 0.0)

    @property
    def thickness(self) -> float:
        """Of a line, in points."""
        return self.line_width * abs(self.matrix[0])


class Unpacking:
    """Unpacks the streams of one PDF under a limit for all of them."""

    def __init__(self) -> None:
        self._bytes_left = LARGEST_TOTAL

    def of(self, stream: Any) -> bytes:
        """Unpack a stream; NotABrief where it is packed otherwise than builds do, or too large."""
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
            raise NotABrief(f"{OTHER_PDF} (a stream is packed by {filters})")
        self._bytes_left -= len(content)
        if len(content) > LARGEST_STREAM or self._bytes_left < 0:
            raise NotABrief(_TOO_LARGE)
        return content


class Drawing:
    """The strings that each page draws, in the order in which it does, and what is painted later.

    `covered` holds the strings over which something was painted afterwards, `shapes` all that is
    painted beside them, `letters` what each code shows and how wide it is, by the digest of the
    font's file, and `foreign` what builds do not draw, or draw with.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pages: list[list[Glyphs]] = []
        self.covered: list[Glyphs] = []
        self.shapes: list[Shape] = []
        self.letters: dict[bytes, set[tuple[int, str, float]]] = {}
        self.foreign: list[str] = []
        self._pdf = pdf
        self._unpacking = Unpacking()
        self._fonts: dict[tuple[int, int], PdfFont] = {}
        self._painted: list[Shape] = []
        for page in pdf.pages:
            self.pages.append([])
            self._painted.clear()
            contents = page.obj.get("/Contents", pikepdf.Array())
            streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
            resources = page.obj.get("/Resources", pikepdf.Dictionary())
            content = b"\n".join(map(self._unpacking.of, streams))
            self._draw(content, resources, _State(clip=area_of(page.mediabox)), None, 0)

    def _draw(
        self, content: bytes, resources: Any, state: _State, inherited: int | None, depth: int
    ) -> None:
        kept: list[_State] = []
        open_marks: list[int | None] = []
        text_matrix = state.matrix
        path: list[tuple[float, float]] = []
        is_clip = False
        path_of = name = ""
        known = names("pdf operators")
        stream: Any = pikepdf.Stream(self._pdf, content)
        instructions: Any = pikepdf.parse_content_stream(stream)
        place = f"page {len(self.pages)}"
        self.foreign += others(resources, names("pdf resources"), f"what {place} draws with")
        # These take the place of the colours that are named (ISO 32000-1, 8.6.5.6).
        if any(key.startswith("/Default") for key in resources.get("/ColorSpace", {})):
            self.foreign.append(f"{place} draws with other colours than it says")
        for operands, operator in instructions:
            last, name = name, str(operator)
            if name not in known:
                self.foreign.append(f"{place} draws with {name}, an operator that no build writes")
            mark = open_marks[-1] if open_marks else inherited
            if name in _MARKS:
                given = operands[1] if name == "BDC" else None
                properties: Any = given if isinstance(given, pikepdf.Dictionary) else {}
                numbered = "/MCID" in properties
                open_marks.append(int(properties["/MCID"]) if numbered else mark)
                if "/ActualText" in properties:
                    self.foreign.append(f"{place}: {SAID_OTHERWISE}")
            elif name == "Tr" and int(str(operands[0])) != 0:
                self.foreign.append(f"{place} holds text that is not shown, or drawn as outlines")
            elif name == "EMC":
                del open_marks[-1:]
            elif name == "q":
                kept.append(state)
            elif name == "Q":
                state = kept.pop() if kept else state
            elif name == "cm":
                state = replace(state, matrix=product(matrix_of(operands), state.matrix))
            elif name == "rg":
                state = replace(state, colour=tuple(map(float, operands)))
            elif name == "gs":
                given = resources["/ExtGState"][str(operands[0])]
                state = replace(state, alpha=float(given.get("/ca", state.alpha)))
                self.foreign += others(given, ("/CA", "/ca", "/Type"), f"a state of {place}")
                if min(float(given.get(key, 1)) for key in ("/CA", "/ca")) < _FAINTEST:
                    self.foreign.append(f"{place} draws what cannot be seen")
            elif name == "Ts":
                state = replace(state, rise=float(operands[0]))
            elif name == "w":
                state = replace(state, line_width=float(operands[0]))
            elif name == "RG":
                state = replace(state, line_colour=tuple(map(float, operands)))
            elif name == "Tf":
                font = self._font(resources["/Font"][str(operands[0])])
                state = replace(state, font=font, size=float(operands[1]))
            elif name == "BT":
                text_matrix = state.matrix
            elif name == "Tm":
                text_matrix = product(matrix_of(operands), state.matrix)
            elif name in _PATHS:
                # Where nothing is drawn from a point, it is not part of the path.
                if name == last == "m":
                    del path[-1:]
                path_of = f"{path_of} {name}".lstrip()
                path += corners_of(name, [float(one) for one in operands], state.matrix)
            elif name in ("W", "W*"):
                is_clip = True
            elif name in _ENDS:
                if is_clip and path:
                    # Builds clip by one rectangle; what else is left of a page is nothing here.
                    is_one = path_of in ("re", "m l l l", "m l l l h")
                    within = around(path) if is_one else (0.0, 0.0, 0.0, 0.0)
                    state = replace(state, clip=common(state.clip, within))
                if path and name != "n":
                    self._paint(path, name in _STROKES, state)
                path, path_of, is_clip = [], "", False
            elif name == "Do":
                form = resources["/XObject"][str(operands[0])]
                if str(form.get("/Subtype")) != "/Form":
                    self.foreign.append(f"{place} shows a picture, which no build writes")
                else:
                    for holder, kind in ((form, "form"), (form.get("/Group"), "group")):
                        known_keys = names(f"pdf {kind}")
                        self.foreign += others(holder, known_keys, f"a drawing of {place}")
                    if depth >= DEEPEST_FORM:
                        raise NotABrief(f"{OTHER_PDF} (forms in forms without end)")
                    own = matrix_of(form.get("/Matrix", (1, 0, 0, 1, 0, 0)))
                    matrix = product(own, state.matrix)
                    x, y, right, top = map(float, form.get("/BBox", (0, 0, 0, 0)))
                    box = around([moved(*each, matrix) for each in ((x, y), (right, top))])
                    inner = replace(state, matrix=matrix, clip=common(state.clip, box))
                    shown = form.get("/Resources", pikepdf.Dictionary())
                    self._draw(self._unpacking.of(form), shown, inner, mark, depth + 1)
            elif name in ("Tj", "TJ", "'", '"'):
                text_matrix = self._show(operands[-1], mark, state, text_matrix)

    def _show(self, operand: Any, mark: int | None, state: _State, matrix: Matrix) -> Matrix:
        """Note a string of glyphs; return the matrix of what follows it."""
        start, reach, is_astray = state.font.advance(operand)
        left, wide, high = start / 1000 * state.size, reach / 1000 * state.size, state.size
        corners = ((left, state.rise + _DESCENT * high), (wide, state.rise + _ASCENT * high))
        area = around([moved(x, y, matrix) for x, y in corners])
        behind = self._behind(area)
        shown = zip(state.colour, behind, strict=True)
        colour = tuple(state.alpha * ink + (1 - state.alpha) * paper for ink, paper in shown)
        a, b, c, d, _, _ = matrix
        self.pages[-1].append(
            Glyphs(
                state.font.decode(operand),
                len(self.pages) - 1,
                mark,
                state.font.name,
                high * d,
                colour,
                behind,
                area,
                state.clip,
                abs(b) + abs(c) < 0.01 * abs(a) and 0 < 0.9 * d < a < 1.1 * d,
                is_astray,
            )
        )
        return product((1, 0, 0, 1, wide, 0), matrix)

    def _paint(self, path: list[tuple[float, float]], is_line: bool, state: _State) -> None:
        half = state.thickness / 2 if is_line else 0.0
        area = common(widened(around(path), half), state.clip)
        colour = state.line_colour if is_line else state.colour
        shape = Shape(len(self.pages) - 1, area, colour, len(path))
        self.shapes.append(shape)
        if not is_line or state.thickness > _THICK:
            self._painted.append(shape)
            self.covered += (one for one in self.pages[-1] if _hides(area, one))

    def _behind(self, area: Area) -> Colour:
        found = (one.colour for one in reversed(self._painted) if share(area, one.area) > 0.5)
        return next(found, WHITE)

    def _font(self, font: Any) -> PdfFont:
        key = font.objgen
        if key not in self._fonts or key == (0, 0):
            unicode = font.get("/ToUnicode")
            cmap = "" if unicode is None else self._unpacking.of(unicode).decode("latin-1")
            code_length = 2 if str(font.get("/Subtype")) == "/Type0" else 1
            name = str(font.get("/BaseFont", "")).rpartition("+")[2]
            described = font.get("/DescendantFonts", pikepdf.Array())
            widths = described[0] if len(described) else pikepdf.Dictionary()
            letters = dict(code_letters(cmap))
            usual = float(widths.get("/DW", 1000))
            wide = dict(code_widths(widths.get("/W", pikepdf.Array())))
            kind, encoding = str(font.get("/Subtype")), str(font.get("/Encoding"))
            if (kind, encoding) != ("/Type0", "/Identity-H"):
                said = f"the kind {kind} with the encoding {encoding}"
                self.foreign.append(f"a font is of {said}, which no build writes")
            for each in described:
                if each.get("/CIDToGIDMap", pikepdf.Name.Identity) != "/Identity":
                    self.foreign.append("a font shows other letters than it says")
                told = each.get("/FontDescriptor", pikepdf.Dictionary())
                file = told.get("/FontFile2", told.get("/FontFile3"))
                digest = sha256(self._unpacking.of(file)).digest() if file is not None else b""
                self.letters.setdefault(digest, set()).update(
                    (code, letter, wide.get(code, usual)) for code, letter in letters.items()
                )
            self._fonts[key] = PdfFont(name, code_length, letters, wide, usual)
        return self._fonts[key]


def others(holder: Any, known: Container[str], place: str) -> Iterator[str]:
    """Yield the entries of a dictionary of a place that builds do not write."""
    if holder is not None:
        found = (key for key in sorted(holder.keys()) if key not in known)
        yield from (f"{place} has {key}, which no build writes" for key in found)


def _hides(area: Area, one: Glyphs) -> bool:
    """Whether an area lies over half a letter of a string."""
    left, bottom, right, top = common(area, one.area)
    return min(right - left, 2 * (top - bottom)) > _COVERED * one.size

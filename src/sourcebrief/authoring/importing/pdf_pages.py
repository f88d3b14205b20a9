"""The lines of a PDF's pages, with their places: PDFium reads the characters.

Only this module imports pypdfium2. PDFium gives characters in reading order, right-to-left lines
in logical order, with the spaces that the page only shows as distance.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from sourcebrief.authoring.importing.extraction import DamagedDocument, UnreadableDocument
from sourcebrief.authoring.importing.glyph_order import (
    Glyph,
    in_logical_order,
    is_right_to_left,
    with_brackets_turned,
    with_marks_in_place,
)
from sourcebrief.authoring.importing.raised_text import lowered, raised
from sourcebrief.text.characters import REPLACEMENT

_MOST_CHARACTERS: Final = 2_000_000
"""The characters that a page may have."""
_HYPHENS_OF_PDFIUM: Final = "\x02\ufffe"
_ACCENTS: Final = dict(
    zip(
        "¨´`ˆ^˜~¯ˇ¸˚˝˙˘˛",
        "\u0308\u0301\u0300\u0302\u0302\u0303\u0303\u0304\u030c\u0327\u030a\u030b\u0307\u0306\u0328",
        strict=True,
    )
)
"""Accents that stand in the text by themselves, where a program draws them over a letter."""
_SMALLER: Final = 0.95
_HIGH: Final = 0.2
"""How far a smaller character stands above the line to be raised, in sizes of type."""
_LOW: Final = 0.1
_SLANT: Final = 0.5
"""Degrees from which a page stands aslant; a scan that was straightened by hand is close to it."""
_FAR: Final = 0.3
_LEVEL: Final = 0.8
"""The share of a row's characters that stand on its line, where it does not rise or fall."""
MARK_BEGINS: Final = "\ue000"
MARK_ENDS: Final = "\ue001"
"""Signs around marked characters. They are of the private use area, and taken out of a page."""
Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""
_TOUCHING: Final = re.compile(f"{MARK_ENDS}(\\s*){MARK_BEGINS}")
_APART: Final = 1.8
"""The distance that parts columns, in sizes of type."""
_WORD_APART: Final = 0.15
"""The distance that parts a raised or lowered figure from the next word, in sizes of type."""
_NEAR: Final = 0.6
"""How far a raised character may stand from the word before it, in sizes of type."""
_LONGEST_MARK: Final = 3
_INVISIBLE: Final = 3
"""The rendering mode of text that only a search finds: what OCR puts under a scan."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: left, right and baseline from the lower left corner, and size, in points.

    `notes` counts the note marks that left it. `turned`: it stands upright, as in a margin.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    notes: int = 0
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in reading order, its width and height in points.

    `invisible`: its text is not shown, as that of a recognised scan is not. `outside`: the words
    beyond the edges that a reader sees, such as marks for the printer.
    """

    lines: tuple[Line, ...]
    width: float
    height: float
    invisible: bool = False
    outside: str = ""


def pages_of(data: bytes) -> Iterator[Page]:
    """Yield the pages of a PDF that pikepdf has opened. Raises DamagedDocument."""
    import pypdfium2

    number = 0
    try:
        document = pypdfium2.PdfDocument(data)
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            if _filled_in(page) | _straightened(page):
                page.close()
                page = document[number - 1]
            yield _page(page)
            page.close()
    except (pypdfium2.PdfiumError, MemoryError, OverflowError):
        raise DamagedDocument(
            f"page {number} cannot be read; open it in a PDF reader and print it to a new PDF"
        ) from None


def _filled_in(page: Any) -> bool:
    """Make what the fields of a form show part of a page; say whether there was any."""
    from pypdfium2 import raw

    fields = 0
    for index in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        is_field = raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET
        raw.FPDFPage_CloseAnnot(annotation)
        fields += is_field
        if not is_field:  # a reader's comments and marks are not the document
            raw.FPDFPage_RemoveAnnot(page, index)
    return fields > 0 and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS


def _straightened(page: Any) -> bool:
    """Turn a page of which most text stands aslant, by no quarter of a turn; say whether it did."""
    from pypdfium2 import raw

    text = page.get_textpage()
    angles = _angles(text)
    text.close()
    slants = Counter(round(math.degrees(angle) % 90, 1) for angle in angles)
    slant, most = max(slants.items(), key=lambda one: one[1], default=(0.0, 0))
    if not _SLANT < slant < 90 - _SLANT or 2 * most < len(angles):
        return False
    turn = math.radians(slant if slant < 45 else slant - 90)
    cos, sin = math.cos(turn), math.sin(turn)
    left, bottom, right, top = page.get_bbox()
    x, y = (left + right) / 2, (bottom + top) / 2
    matrix = raw.FS_MATRIX(cos, -sin, sin, cos, x - cos * x - sin * y, y + sin * x - cos * y)
    raw.FPDFPage_TransFormWithClip(page, matrix, raw.FS_RECTF(-1e5, 1e5, 1e5, -1e5))
    return True


def _angles(text: Any) -> list[float]:
    """Return the angles, in radians, at which some characters of a page stand."""
    from pypdfium2 import raw

    count = text.count_chars()
    angles = (raw.FPDFText_GetCharAngle(text.raw, n) for n in range(0, count, 1 + count // 500))
    return [angle for angle in angles if angle >= 0]


def _page(page: Any) -> Page:
    text = _upright_text(page)
    width, height = page.get_size()
    rows, invisible = _rows(text, _upright(page))
    outside = _outside(rows, width, height)
    lines = _lines(_joined(rows))
    text.close()
    return Page(lines, width, height, invisible, outside)


def _outside(rows: list[list[Glyph]], width: float, height: float) -> str:
    """Take what lies beyond the edges of a page out of its rows; return it."""
    words: list[str] = []
    for row in rows:
        seen: list[Glyph] = []
        unseen: list[Glyph] = []
        side = seen
        for glyph in row:
            # PDFium adds spaces, which are at no place: each belongs to what stands before it.
            if not glyph.text.isspace():
                top = glyph.bottom + glyph.size
                across, up = glyph.left <= width and glyph.right >= 0, glyph.bottom <= height
                side = seen if across and up and top >= 0 else unseen
            side.append(glyph)
        if unseen:
            words.append("".join(glyph.text for glyph in unseen))
            row[:] = seen if any(glyph.text.strip() for glyph in seen) else []
    rows[:] = filter(None, rows)
    return " ".join(words)


def marked_text(page: Any, boxes: Sequence[Box]) -> str:
    """Return the lines of a page with signs around the characters whose middle lies in a box.

    The boxes are those of the page's own coordinates; `MARK_BEGINS` and `MARK_ENDS` are the signs.
    """
    text, turn = _upright_text(page), _upright(page)
    corners = [(turn(left, bottom), turn(right, top)) for left, bottom, right, top in boxes]
    turned = [
        (min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))
        for one, two in corners
    ]
    rows, _ = _rows(text, turn)
    lines = _lines([*_marked(row, turned)] for row in _joined(rows))
    text.close()
    # One stretch goes on where only a line's end lies between two.
    return _TOUCHING.sub(r"\1", "\n".join(line.text for line in lines))


def _marked(row: list[Glyph], boxes: Sequence[Box]) -> Iterator[Glyph]:
    """Yield the characters of a row, with signs around the stretches that lie in boxes."""
    main, last = _main(row), None
    waiting: list[Glyph] = []
    for glyph in row:
        glyph.text = glyph.text.replace(MARK_BEGINS, "").replace(MARK_ENDS, "")
        if glyph.text.isspace():
            waiting.append(glyph)
            continue
        x, y = (glyph.left + glyph.right) / 2, glyph.bottom + glyph.size / 2
        inside = any(
            left <= x <= right and bottom <= y <= top for left, bottom, right, top in boxes
        )
        if last is not None and not inside:
            yield replace(main, text=MARK_ENDS, left=last.right, right=last.right)
        yield from waiting
        if inside and last is None:
            yield replace(main, text=MARK_BEGINS, left=glyph.left, right=glyph.left)
        yield glyph
        waiting, last = [], glyph if inside else None
    if last is not None:
        yield replace(main, text=MARK_ENDS, left=last.right, right=last.right)
    yield from waiting


def _upright_text(page: Any) -> Any:
    """Return the characters of a page, turned so that most stand upright, as a table set sideways.

    PDFium finds words and lines as the page is shown.
    """
    text = page.get_textpage()
    turns = Counter(round(-2 * angle / math.pi) % 4 for angle in _angles(text))
    rotation = 90 * max(turns, key=lambda turn: turns[turn], default=page.get_rotation() // 90)
    if rotation == page.get_rotation():
        return text
    text.close()
    page.set_rotation(rotation)
    return page.get_textpage()


def _upright(page: Any) -> Any:
    """Return how a point of the page is turned so that the page stands as it is shown."""
    turns = page.get_rotation() // 90
    left, bottom, right, top = page.get_bbox()
    return {
        0: lambda x, y: (x - left, y - bottom),
        1: lambda x, y: (y - bottom, right - x),
        2: lambda x, y: (right - x, top - y),
        3: lambda x, y: (top - y, x - left),
    }[turns]


def _rows(page: Any, upright: Any) -> tuple[list[list[Glyph]], bool]:
    """Return the characters, divided where PDFium sees a line end, and whether most are hidden."""
    from pypdfium2 import raw

    text, count = page.raw, page.count_chars()
    if count > _MOST_CHARACTERS:
        raise UnreadableDocument("a page of it holds more text than a page can; divide it")
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    rows: list[list[Glyph]] = [[]]
    hidden = 0
    for index in range(count):
        letter = _character(raw.FPDFText_GetUnicode(text, index))
        if letter in "\r\n":
            rows += [[]] if rows[-1] else []
            continue
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        one, two = upright(box.left, box.bottom), upright(box.right, box.top)
        left, right = sorted((one[0], two[0]))
        bottom, top = sorted((one[1], two[1]))
        glyph = Glyph(letter, left, right, upright(x.value, y.value)[1], top - bottom, bottom)
        rows[-1].append(glyph)
        if raw.FPDFText_IsHyphen(text, index) == 1:
            rows.append([])  # PDFium gives no line end behind a hyphen that divides a word
        if index % 50 == 0:
            shape = raw.FPDFText_GetTextObject(text, index)
            hidden += bool(shape) and raw.FPDFTextObj_GetTextRenderMode(shape) == _INVISIBLE
    return [row for row in rows if row], hidden * 50 > count / 2


def _character(code: int) -> str:
    letter = chr(code) if code and not 0xD800 <= code < 0xE000 else REPLACEMENT
    return "-" if letter in _HYPHENS_OF_PDFIUM else letter


def _joined(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put together what PDFium parted within a line: a raised figure, and what follows it."""
    joined: list[list[Glyph]] = []
    for row in rows:
        if joined and (_goes_on(joined[-1], row) or _is_accent(row[0], joined[-1])):
            joined[-1] += row
        elif joined and is_right_to_left([*row, *joined[-1]]) and _goes_before(row, joined[-1]):
            joined[-1][:0] = row
        else:
            joined.append(row)
    return joined


def _goes_on(line: list[Glyph], row: list[Glyph]) -> bool:
    main = max(line[-1].size, row[0].size, 1.0)
    distance = row[0].left - line[-1].right
    raised_part = len(row) < 12 or len(line) < 12 or row[0].size < _SMALLER * main
    level = abs(_main(line).y - _main(row).y) < (0.6 if raised_part else 0.1) * main
    return level and -0.2 * main < distance < _NEAR * main


def _is_accent(glyph: Glyph, line: Sequence[Glyph]) -> bool:
    """Say whether a character is an accent over a letter of a line."""
    level = abs(glyph.y - line[-1].y) < _NEAR * glyph.size
    return glyph.text in _ACCENTS and level and any(_overlap(glyph, one) for one in line)


def _goes_before(row: list[Glyph], line: list[Glyph]) -> bool:
    """Say whether a row is the beginning of a right-to-left line: it stands right of the rest."""
    size = max(row[0].size, line[0].size, 1.0)
    end, start = max(glyph.right for glyph in line), min(glyph.left for glyph in row)
    gap = start - end
    near = abs(gap) < _NEAR * size and abs(_main(line).y - _main(row).y) < _NEAR * size
    if near and gap > _WORD_APART * min(row[0].size, line[0].size):
        row.append(replace(row[-1], text=" ", left=end, right=start))
    return near


def _lines(rows: Iterable[list[Glyph]]) -> tuple[Line, ...]:
    parts: list[list[Glyph]] = []
    for part in (part for row in rows for part in _apart(row)):
        if parts and (at := _gap_for(part, parts[-1])):
            parts[-1][at:at] = part
        else:
            parts.append(part)
    return tuple(filter(None, map(_line, parts)))


def _gap_for(row: Sequence[Glyph], line: Sequence[Glyph]) -> int:
    """Return where in a line a note mark belongs that is drawn after it; 0 where it is none."""
    main = _main(line)
    mark = [glyph for glyph in row if not glyph.text.isspace()]
    if len(mark) > _LONGEST_MARK or not all(
        glyph.text.isdigit()
        and glyph.size <= _SMALLER * main.size
        and _HIGH * main.size <= glyph.y - main.y < _NEAR * main.size
        for glyph in mark
    ):
        return 0
    shown = [(at, glyph) for at, glyph in enumerate(line, 1) if not glyph.text.isspace()]
    before = [at for at, glyph in shown if glyph.right <= row[0].middle]
    behind = [at for at, glyph in shown if glyph.left >= row[-1].middle]
    return before[-1] if before and behind and len(before) + len(behind) == len(shown) else 0


def _apart(row: list[Glyph]) -> Iterator[list[Glyph]]:
    """Divide a row where it jumps to another column.

    In a right-to-left line numbers go the other way, so distances say nothing.
    """
    row = with_marks_in_place(_accented(row))
    if is_right_to_left(row):
        yield row
        return
    part: list[Glyph] = []
    last: Glyph | None = None
    for glyph in row:
        if not glyph.text.isspace():
            far = last and max(glyph.left - last.right, last.left - glyph.right)
            if last and far and far > _APART * min(glyph.size, last.size):
                yield part
                part = []
            last = glyph
        part.append(glyph)
    yield part


def _main(row: Sequence[Glyph]) -> Glyph:
    """Return a character that has the baseline and the size of most of a row."""
    shown = [glyph for glyph in row if not glyph.text.isspace()] or row
    sizes = sorted(shown, key=lambda glyph: glyph.size)
    return sizes[3 * len(sizes) // 4]


def _line(row: list[Glyph]) -> Line | None:
    leftward = is_right_to_left(row)
    row = in_logical_order(row) if leftward else row
    main = _main(row)
    level = sum(abs(glyph.y - main.y) < _LOW * main.size for glyph in row) > _LEVEL * len(row)
    words, notes = "", 0
    at = 0
    while at < len(row):
        shift = _shift(row[at], main, level)
        end = at + 1
        while end < len(row) and _shift(row[end], main, level) == shift:
            end += 1
        part = "".join(glyph.text for glyph in row[at:end])
        if shift > 0 and part.strip():
            found = raised(words, part)
            notes += found is None
            gap = " " if not words.strip() or part.endswith(" ") else ""
            words += (found or "") + gap
        elif shift < 0 and part.strip():
            words += lowered(part)
        else:
            words += part
        if end < len(row) and row[end].left - row[end - 1].right > _WORD_APART * main.size:
            words += "" if words.endswith(" ") or row[end].text.isspace() else " "
        at = end
    if not words.strip():
        return None
    shown = [glyph for glyph in row if not glyph.text.isspace()]
    words = with_brackets_turned(words) if leftward else words
    text = unicodedata.normalize("NFC", words).strip()
    return Line(
        text,
        min(glyph.left for glyph in row),
        max(glyph.right for glyph in row),
        main.y,
        main.size,
        notes,
        len(shown) > 3 and _span(g.y for g in shown) > _span(g.left for g in shown),
    )


def _span(places: Iterable[float]) -> float:
    at = list(places)
    return max(at) - min(at)


def _shift(glyph: Glyph, main: Glyph, level: bool) -> int:
    """Say whether a character is raised (1), lowered (-1) or on the line (0).

    In a `level` row a figure that stands far from the line is an exponent or an index in any size.
    """
    by = (glyph.y - main.y) / max(main.size, 1.0)
    small = glyph.size <= _SMALLER * main.size or (
        level and glyph.text.isdigit() and abs(by) > _FAR
    )
    if glyph.text.isspace() or not small or -_LOW < by < _HIGH:
        return 0
    return 1 if by > 0 else -1


def _accented(row: list[Glyph]) -> list[Glyph]:
    """Put an accent that is drawn over a letter onto it, as `¨` and `o` become `ö`."""
    found: list[Glyph] = []
    waiting = ""
    for index, glyph in enumerate(row):
        accent = _ACCENTS.get(glyph.text)
        if accent and index + 1 < len(row) and _overlap(glyph, row[index + 1]):
            waiting += accent
        # Some programs go on with the line first, and draw its accents at the end of a word or all.
        elif accent and (under := [one for one in found if _overlap(glyph, one)]):
            under[-1].text = unicodedata.normalize("NFC", under[-1].text + accent)
        else:
            if waiting and glyph.text.isalpha():
                base = {"ı": "i", "ȷ": "j"}.get(glyph.text, glyph.text)
                glyph.text = unicodedata.normalize("NFC", base + waiting)
                waiting = ""
            found.append(glyph)
    return found if len(found) == len(row) else [*_without_jumps(found)]


def _without_jumps(row: Sequence[Glyph]) -> Iterator[Glyph]:
    """Leave out the spaces that PDFium adds where the place jumps to an accent and back."""
    last: Glyph | None = None
    spaces: list[Glyph] = []
    for glyph in row:
        if glyph.text.isspace():
            spaces.append(glyph)
            continue
        apart = last is None or glyph.left - last.right > _WORD_APART * glyph.size
        yield from (space for space in spaces if apart or space.left != space.right)
        last, spaces = glyph, []
        yield glyph


def _overlap(accent: Glyph, letter: Glyph) -> bool:
    return letter.text.isalpha() and letter.left < accent.middle < letter.right

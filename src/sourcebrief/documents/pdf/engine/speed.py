"""Patches that make WeasyPrint faster, and leave every line where WeasyPrint puts it.

Each of them saves about a twentieth of a cold build or more; `docs/benchmarks.md` has the figures.
They are applied to tested versions only.
"""

import copy
import io
from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import Any

from sourcebrief.documents.pdf.engine.patches import Patch

_REMEMBERED_LINES = 20_000
"""How many broken lines are remembered at once: some eighty pages."""

DECIDING_PROPERTIES = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    *("font_feature_settings", "font_variation_settings", "font_language_override", "lang"),
    *("direction", "white_space", "word_spacing", "letter_spacing", "tab_size", "word_break"),
    *("overflow_wrap", "hyphens", "hyphenate_limit_chars", "hyphenate_limit_zone"),
    *("hyphenate_character", "text_decoration_line"),
)
"""All properties that `split_first_line` reads; apart from them, only the width and the fonts
decide where it breaks a text."""


class BrokenLines:
    """Remembers lines by all that decides where they break, while documents have the same fonts.

    What is kept of a layout is its text and its measures: `split_first_line` gives back Pango's
    objects when a line is done.
    """

    def __init__(self) -> None:
        self._faces: object = None
        self._styles: dict[str, int] = {}
        self._lines: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    def use(self, faces: object) -> None:
        """Forget the lines of other fonts, and all lines where the fonts are not known."""
        if faces is None or faces != self._faces:
            self._styles.clear()
            self._lines.clear()
        self._faces = faces

    def style(self, style: Any) -> int:
        """Return a number that is the same for styles that break lines alike."""
        deciding = repr([style[name] for name in DECIDING_PROPERTIES])
        return self._styles.setdefault(deciding, len(self._styles))

    def get(self, key: tuple[Any, ...], split: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...]:
        """Return the remembered line, or break it and remember it."""
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) >= _REMEMBERED_LINES:
                self._lines.clear()
            found = self._lines[key] = split()
        return found


_broken_lines = BrokenLines()


def _remembering(split_first_line: Callable[..., Any]) -> Callable[..., Any]:
    # With the style, because its identity is its own only while it lives.
    styles: dict[int, tuple[Any, int]] = {}

    def remembering(
        text: str, style: Any, context: Any, *rest: Any, **named: Any
    ) -> tuple[Any, ...]:
        if not styles:
            _broken_lines.use(getattr(style.font_config, "faces", None))
        if (alike := styles.get(id(style))) is None:
            alike = styles[id(style)] = style, _broken_lines.style(style)
        layout, *measures = _broken_lines.get(
            (text, alike[1], rest, *named.items()),
            lambda: split_first_line(text, style, context, *rest, **named),
        )
        # Each box draws its own layout, with its own justification.
        return (copy.copy(layout), *measures)

    return remembering


def _can_pin_axes() -> bool:
    """Return whether HarfBuzz makes static fonts of variable ones, and declare its function."""
    from weasyprint.text import ffi as libraries

    if libraries.harfbuzz_subset is None or not libraries.harfbuzz.hb_version_atleast(6, 0, 0):
        return False
    # WeasyPrint declares only those functions of HarfBuzz that it calls.
    libraries.ffi.cdef(
        "hb_bool_t hb_subset_input_pin_axis_location(hb_subset_input_t * input,"
        " hb_face_t * face, hb_tag_t axis, float value);",
        override=True,
    )
    return hasattr(libraries.harfbuzz_subset, "hb_subset_input_pin_axis_location")


def _making_static(clean: Callable[[Any, Mapping[int, str], bool], None]) -> Callable[..., None]:
    def clean_static(font: Any, to_unicode: Mapping[int, str], hinting: bool) -> None:
        """Reduce a font to the glyphs used; make it static first where it is variable."""
        from weasyprint.text import ffi as libraries
        from weasyprint.text.fonts import get_hb_object_data

        axes = _axes(font) if "fvar" in font.tables and to_unicode else None
        if not axes or hinting or font.png or font.svg or getattr(font, "colr", 0) or font.missing:
            clean(font, to_unicode, hinting)
            return
        flags = libraries.harfbuzz_subset
        kept = flags.HB_SUBSET_FLAGS_PASSTHROUGH_UNRECOGNIZED | flags.HB_SUBSET_FLAGS_DESUBROUTINIZE
        face = _subset(font.hb_face, sorted(to_unicode), kept | flags.HB_SUBSET_FLAGS_RETAIN_GIDS)
        # The identifiers of glyphs stay; the empty ones after the last that is used go.
        glyphs = range(max(to_unicode) + 1)
        static = face and _subset(face, glyphs, kept | flags.HB_SUBSET_FLAGS_NO_HINTING, axes)
        if content := static and get_hb_object_data(static):
            font.file_content = content
        else:
            clean(font, to_unicode, hinting)

    return clean_static


_DROPPED_TABLES = (b"BASE", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"GPOS", b"GSUB", b"JSTF", b"LTSH")
"""Tables that a PDF viewer has no use for, in addition to those that HarfBuzz drops itself."""


def _subset(
    face: Any, glyphs: Sequence[int], flags: int, axes: Mapping[str, float] | None = None
) -> Any:
    """Reduce a face to some glyphs and pin its axes; None where HarfBuzz cannot."""
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

    wanted = ffi.gc(
        harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy
    )
    drop = harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG
    tags = sorted(
        harfbuzz.hb_tag_from_string(tag, -1) for tag in (*_DROPPED_TABLES, b"PCLT", b"SVG ")
    )
    for target, values in (
        (harfbuzz_subset.hb_subset_input_glyph_set(wanted), glyphs),
        (harfbuzz_subset.hb_subset_input_set(wanted, drop), tags),
    ):
        array = ffi.new("hb_codepoint_t[]", list(values))
        harfbuzz.hb_set_add_sorted_array(target, array, len(values))
    harfbuzz_subset.hb_subset_input_set_flags(wanted, flags)
    for axis, value in (axes or {}).items():
        tag = harfbuzz.hb_tag_from_string(axis.encode(), -1)
        if not harfbuzz_subset.hb_subset_input_pin_axis_location(wanted, face, tag, value):
            return None
    made = harfbuzz_subset.hb_subset_or_fail(face, wanted)
    return ffi.gc(made, harfbuzz.hb_face_destroy) if made else None


def _axes(font: Any) -> dict[str, float] | None:
    """Return where each axis of a font stands; None where WeasyPrint would have to find out."""
    from fontTools.ttLib import TTFont

    known = {"wght": float(font.weight), "opsz": float(font.font_size)} | font.variations
    tags = [axis.axisTag for axis in TTFont(io.BytesIO(font.file_content))["fvar"].axes]
    return {tag: known[tag] for tag in tags} if all(tag in known for tag in tags) else None


def _extending_area(update: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Lay out only the last line and what is new, where a page's notes run on in one paragraph.

    What stands before the next line's first word decides where a line ends. Therefore a note that
    is added after all others changes no line but the last.
    """
    from weasyprint.formatting_structure import boxes, build
    from weasyprint.layout.block import block_level_layout

    def update_area(context: Any) -> bool:
        area, notes = context.current_footnote_area, context.current_page_footnotes
        if context.in_column or not notes:
            area.__dict__.pop("line_starts", None)
            return update(context)
        starts = _still_valid(area.__dict__.setdefault("line_starts", []), notes)
        skip, above = starts[-1][1:] if starts else (None, 0.0)
        area.children = notes
        laid_out = build.create_anonymous_boxes(area.deepcopy())
        if len(laid_out.children) != 1 or not isinstance(laid_out.children[0], boxes.LineBox):
            starts.clear()
            return update(context)
        if area.height != "auto":
            context.page_bottom += area.margin_height()
        skip_stack = None if skip is None else {0: skip}
        laid_out = block_level_layout(context, laid_out, -inf, skip_stack, area.page)[0]
        lines = laid_out.children
        area.height = above + laid_out.height
        context.page_bottom -= area.margin_height()
        if len(lines) > 1:
            skip = lines[-2].resume_at
            above += lines[-1].position_y - lines[0].position_y
        starts.append((tuple(notes), skip, above))
        last, end = lines[-1], laid_out.position_y + laid_out.margin_height()
        bottom = last.position_y + last.margin_height() - last.margin_bottom
        overflows: bool = bottom > end - laid_out.margin_bottom
        return overflows

    return update_area


def _still_valid(starts: list[Any], notes: Sequence[Any]) -> list[Any]:
    """Drop the starts of last lines that were found with other notes than the first of these."""
    while starts:
        known = starts[-1][0]
        pairs = zip(known, notes, strict=False)
        if len(known) <= len(notes) and all(one is other for one, other in pairs):
            break
        starts.pop()
    return starts


SPEED_PATCHES = (
    Patch(
        target="weasyprint.layout.LayoutContext._update_footnote_area",
        reason=(
            "lays out all notes of a page again for each note that comes to it; this saves a "
            "twentieth of a cold build, and more where pages have more notes"
        ),
        issues=(),
        replacement=_extending_area,
        needs=(
            "weasyprint.formatting_structure.boxes.LineBox",
            "weasyprint.formatting_structure.build.create_anonymous_boxes",
            "weasyprint.layout.block.block_level_layout",
        ),
    ),
    Patch(
        target="weasyprint.pdf.fonts.Font.clean",
        reason=(
            "makes a static font of a variable one in Python, 0.1 to 0.3 s for each weight and "
            "size; HarfBuzz does it in 3 ms while it reduces the font (6.0 and later)"
        ),
        issues=(),
        replacement=_making_static,
        needs=("weasyprint.text.ffi.harfbuzz_subset", "weasyprint.text.fonts.get_hb_object_data"),
        probe=_can_pin_axes,
    ),
    Patch(
        target="weasyprint.layout.inline.split_first_line",
        reason=(
            "breaks the same text in the same width again wherever a box is laid out again, two "
            "times of three, and in every document of a process"
        ),
        issues=(),
        replacement=_remembering,
    ),
)

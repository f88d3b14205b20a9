"""What makes WeasyPrint faster, and leaves every line where WeasyPrint puts it.

Each patch saves a twentieth or more of a build; `docs/benchmarks.md` has the figures. They are
applied to tested versions only, and so is `shaping`, which sets the text of drawings right.
"""

import copy
import io
import sys
from collections.abc import Callable, Iterator
from typing import Any

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

broken_lines: dict[tuple[Any, ...], tuple[Any, ...]] = {}
"""Lines by all that decides where they break, from one document to the next. What is kept of a
layout is its text and its measures: WeasyPrint gives back Pango's objects when a line is done."""


def remembering(split_first_line: Callable[..., Any]) -> Callable[..., Any]:
    """Break the same text in the same width once, however often a box is laid out again."""
    # With the style, because its identity is its own only while it lives.
    looks: dict[int, tuple[Any, str]] = {}

    def split(text: str, style: Any, context: Any, *rest: Any, **named: Any) -> tuple[Any, ...]:
        if id(style) not in looks:
            deciding = [style.font_config.faces, *(style[name] for name in DECIDING_PROPERTIES)]
            looks[id(style)] = style, sys.intern(repr(deciding))
        key = (text, looks[id(style)][1], rest, *named.items())
        if key not in broken_lines:
            if len(broken_lines) >= _REMEMBERED_LINES:
                broken_lines.clear()
            broken_lines[key] = split_first_line(text, style, context, *rest, **named)
        layout, *measures = broken_lines[key]
        # Each box draws its own layout, with its own justification.
        return (copy.copy(layout), *measures)

    return split


class _WaitingNotes(list[Any]):
    """The notes that have no place yet, of which boxes without a note are told apart at once."""

    __slots__ = ()

    def __contains__(self, note: object) -> bool:
        return note is not None and super().__contains__(note)

    def copy(self) -> "_WaitingNotes":
        return _WaitingNotes(self)


def finding_notes(initialise: Callable[..., None]) -> Callable[..., None]:
    """Do not look for nothing among all notes: WeasyPrint does for every box without one."""

    def initialised(context: Any, *arguments: Any, **named: Any) -> None:
        initialise(context, *arguments, **named)
        context.footnotes = _WaitingNotes(context.footnotes)

    return initialised


class _OneLetter(str):
    """A text of which a loop over its letters makes one."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def shaping(text: property) -> property:
    """Let the text of a drawing be laid out whole where its script needs that.

    WeasyPrint lays it out letter by letter, so that Arabic runs backwards and unjoined, and the
    marks of Devanagari stand apart.
    """

    def whole(node: Any) -> str | None:
        words: str | None = text.__get__(node)
        complex_script = words and any("\u0590" <= letter <= "\u1fff" for letter in words)
        return _OneLetter(words) if complex_script else words

    return property(whole)


_HARFBUZZ = """
hb_blob_t * hb_blob_create(
    const char * data, unsigned int length, int mode, void * user_data, void * destroy);
hb_face_t * hb_face_create(hb_blob_t * blob, unsigned int index);
hb_bool_t hb_subset_input_pin_axis_location(
    hb_subset_input_t * input, hb_face_t * face, hb_tag_t axis, float value);
"""
"""Functions that WeasyPrint does not declare, because it does not call them."""
_DUPLICATE = 0  # hb_memory_mode_t


def making_static(instantiate: Callable[..., Any]) -> Callable[..., Any]:
    """Make a static font of a variable one by HarfBuzz, in 3 ms; fontTools takes 0.1 to 0.3 s.

    HarfBuzz before 6.0 cannot pin axes, so fontTools does it there.
    """
    from fontTools.ttLib import TTFont
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset
    from weasyprint.text.fonts import get_hb_object_data

    ffi.cdef(_HARFBUZZ, override=True)
    if not hasattr(harfbuzz_subset, "hb_subset_input_pin_axis_location"):
        return instantiate

    def static(font: Any, location: dict[str, float], **options: Any) -> Any:
        content = font.reader.file.getvalue()
        blob = harfbuzz.hb_blob_create(content, len(content), _DUPLICATE, ffi.NULL, ffi.NULL)
        face = harfbuzz.hb_face_create(ffi.gc(blob, harfbuzz.hb_blob_destroy), 0)
        face = ffi.gc(face, harfbuzz.hb_face_destroy)
        wanted = harfbuzz_subset.hb_subset_input_create_or_fail()
        wanted = ffi.gc(wanted, harfbuzz_subset.hb_subset_input_destroy)
        count = harfbuzz.hb_face_get_glyph_count(face)
        glyphs = harfbuzz_subset.hb_subset_input_glyph_set(wanted)
        every = ffi.new("hb_codepoint_t[]", list(range(count)))
        harfbuzz.hb_set_add_sorted_array(glyphs, every, count)
        harfbuzz_subset.hb_subset_input_set_flags(
            wanted,
            harfbuzz_subset.HB_SUBSET_FLAGS_PASSTHROUGH_UNRECOGNIZED
            | harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING,
        )
        for axis in font["fvar"].axes:
            tag = harfbuzz.hb_tag_from_string(axis.axisTag.encode(), -1)
            place = location.get(axis.axisTag, axis.defaultValue)
            harfbuzz_subset.hb_subset_input_pin_axis_location(wanted, face, tag, place)
        if made := harfbuzz_subset.hb_subset_or_fail(face, wanted):
            made = ffi.gc(made, harfbuzz.hb_face_destroy)
            return TTFont(io.BytesIO(get_hb_object_data(made)))
        return instantiate(font, location, **options)

    return static

"""Where WeasyPrint 70.0 spends time that a document does not need, and how it is spared.

`COSTS` lists each private name that is replaced while a document is made, and what it costs. What
comes out has the same lines on the same pages. Where a library is too old for a remedy, the way of
WeasyPrint itself is taken. `docs/benchmarks.md` has the profile.
"""

from __future__ import annotations

import copy
import gc
import sys
import threading
from contextlib import contextmanager
from importlib import import_module
from math import inf
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

COSTS: Mapping[str, str] = {
    "weasyprint.pdf.fonts.Font.clean": (
        "makes a static font of a variable one in Python, 0.1 to 0.3 s for each weight and size; "
        "HarfBuzz does it in 3 ms while it cuts the font down (6.0 and later)"
    ),
    "weasyprint.layout.LayoutContext._update_footnote_area": (
        "lays out every note of the page again for each note that comes to it"
    ),
    "weasyprint.layout.inline.split_first_line": (
        "breaks the same text in the same width again wherever a box is laid out again, two times "
        "of three, and in every document"
    ),
}
"""Each private name that is replaced, and what it costs without."""

DEFERRED = ("fontTools.subset", "fontTools.varLib.instancer")
"""What WeasyPrint imports for machines without libharfbuzz-subset, which a build requires."""

_REMEMBERED = 20_000
"""Broken lines that are remembered at once, some eighty pages."""

DECIDING = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    *("font_feature_settings", "font_variation_settings", "font_language_override", "lang"),
    *("direction", "white_space", "word_spacing", "letter_spacing", "tab_size", "word_break"),
    *("overflow_wrap", "hyphens", "hyphenate_limit_chars", "hyphenate_limit_zone"),
    *("hyphenate_character", "text_decoration_line"),
)
"""All that `split_first_line` reads of a style; where it breaks a text hangs on nothing else but
the width and the fonts."""


class _Deferred(ModuleType):
    """Stands for a module whose functions are imported when one of them is called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*arguments: Any, **named: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*arguments, **named)

        return call


@contextmanager
def deferred_imports() -> Iterator[None]:
    """Within it, what is imported of `DEFERRED` is loaded when it is first used, if ever."""
    added = [name for name in DEFERRED if name not in sys.modules]
    stand_ins = {name: _Deferred(name) for name in added}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


_replacing = threading.RLock()


@contextmanager
def spared() -> Iterator[None]:
    """Within it, WeasyPrint lays out and writes documents without the costs listed here."""
    from weasyprint.layout import LayoutContext, inline
    from weasyprint.pdf.fonts import Font

    remedies: list[tuple[Any, str, Callable[..., Any]]] = [
        (LayoutContext, "_update_footnote_area", _area_updater),
        (inline, "split_first_line", _remembering),
    ]
    if _pins_axes():
        remedies.append((Font, "clean", _cleaner))
    with _replacing, _few_collections():
        replaced = [(owner, name, getattr(owner, name)) for owner, name, _ in remedies]
        try:
            for owner, name, remedy in remedies:
                setattr(owner, name, remedy(getattr(owner, name)))
            yield
        finally:
            for owner, name, own in replaced:
                setattr(owner, name, own)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for cyclic garbage less often: hardly any of a layout's many objects is."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def font_configuration() -> Any:
    """Make a FontConfiguration that knows its faces, so that lines can be kept for the next one."""
    from weasyprint.text.fonts import FontConfiguration

    class Configuration(FontConfiguration):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.faces: list[str] = []

        def add_font_face(self, rule_descriptors: Any, url_fetcher: Any) -> Any:
            self.faces.append(repr(rule_descriptors))
            return super().add_font_face(rule_descriptors, url_fetcher)

    return Configuration()


class _BrokenLines:
    """Lines by all that decides where they break, kept while documents have the same fonts.

    What is kept of a layout is its text and its measures: `split_first_line` gives back Pango's
    objects when a line is done.
    """

    def __init__(self) -> None:
        self._faces: object = None
        self._styles: dict[str, int] = {}
        self._lines: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    def use(self, faces: object) -> None:
        """Forget what was broken in other fonts; without a list of them, everything."""
        if faces is None or faces != self._faces:
            self._forget()
        self._faces = faces

    def _forget(self) -> None:
        self._styles.clear()
        self._lines.clear()

    def style(self, style: Any) -> int:
        """Return a number that is the same for styles that break lines alike."""
        deciding = repr([style[name] for name in DECIDING])
        return self._styles.setdefault(deciding, len(self._styles))

    def get(self, key: tuple[Any, ...], split: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...]:
        """Return the line that is known, or break it."""
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) >= _REMEMBERED:
                self._lines.clear()
            found = self._lines[key] = split()
        return found


_broken_lines = _BrokenLines()


def _remembering(split_first_line: Callable[..., Any]) -> Callable[..., Any]:
    # With the style, whose identity is its own only as long as it lives.
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


def _area_updater(update: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Lay out, of a page's notes that run on in one paragraph, the last line and what is new.

    A line's end is decided by what stands up to the next one's first word, so a note that is
    added after all others changes no line but the last.
    """
    from weasyprint.formatting_structure import boxes, build
    from weasyprint.layout.block import block_level_layout

    def update_area(context: Any) -> bool:
        area, notes = context.current_footnote_area, context.current_page_footnotes
        if context.in_column or not notes:
            area.__dict__.pop("line_starts", None)
            return update(context)
        starts = _still_true(area.__dict__.setdefault("line_starts", []), notes)
        skip, above = starts[-1][1:] if starts else (None, 0.0)
        area.children = notes
        laid_out = build.create_anonymous_boxes(area.deepcopy())
        if len(laid_out.children) != 1 or not isinstance(laid_out.children[0], boxes.LineBox):
            starts.clear()
            return update(context)
        if area.height != "auto":
            context.page_bottom += area.margin_height()
        laid_out = block_level_layout(
            context, laid_out, -inf, None if skip is None else {0: skip}, area.page
        )[0]
        lines = laid_out.children
        area.height = above + laid_out.height
        context.page_bottom -= area.margin_height()
        if len(lines) > 1:
            skip = lines[-2].resume_at
            above += lines[-1].position_y - lines[0].position_y
        starts.append((tuple(notes), skip, above))
        last, end = lines[-1], laid_out.position_y + laid_out.margin_height()
        overflows: bool = (
            last.position_y + last.margin_height() - last.margin_bottom
            > end - laid_out.margin_bottom
        )
        return overflows

    return update_area


def _still_true(starts: list[Any], notes: Sequence[Any]) -> list[Any]:
    """Drop the starts of last lines that were found with other notes than the first of these."""
    while starts:
        known = starts[-1][0]
        if len(known) <= len(notes) and all(
            one is other for one, other in zip(known, notes, strict=False)
        ):
            break
        starts.pop()
    return starts


def _pins_axes() -> bool:
    """Tell whether HarfBuzz makes static fonts of variable ones, and say how it is called."""
    from weasyprint.text import ffi as libraries

    if libraries.harfbuzz_subset is None or not libraries.harfbuzz.hb_version_atleast(6, 0, 0):
        return False
    # WeasyPrint declares only what it calls of HarfBuzz.
    libraries.ffi.cdef(
        "hb_bool_t hb_subset_input_pin_axis_location(hb_subset_input_t * input,"
        " hb_face_t * face, hb_tag_t axis, float value);",
        override=True,
    )
    return hasattr(libraries.harfbuzz_subset, "hb_subset_input_pin_axis_location")


def _cleaner(clean: Callable[[Any, Mapping[int, str], bool], None]) -> Callable[..., None]:
    def clean_static(font: Any, to_unicode: Mapping[int, str], hinting: bool) -> None:
        """Cut a font down to the glyphs used; make it static first where it is variable."""
        from weasyprint.text import ffi as libraries
        from weasyprint.text.fonts import get_hb_object_data

        axes = _axes(font) if "fvar" in font.tables and to_unicode else None
        if not axes or hinting or font.png or font.svg or font.colr or font.missing:
            clean(font, to_unicode, hinting)
            return
        harfbuzz_subset = libraries.harfbuzz_subset
        flags = (
            harfbuzz_subset.HB_SUBSET_FLAGS_PASSTHROUGH_UNRECOGNIZED
            | harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE
        )
        face = _subset(
            font.hb_face, sorted(to_unicode), flags | harfbuzz_subset.HB_SUBSET_FLAGS_RETAIN_GIDS
        )
        # The identifiers of glyphs stay; the empty ones after the last that is used go.
        static = face and _subset(
            face,
            range(max(to_unicode) + 1),
            flags | harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING,
            axes,
        )
        content = static and get_hb_object_data(static)
        if content:
            font.file_content = content
        else:
            clean(font, to_unicode, hinting)

    return clean_static


_DROPPED = (b"BASE", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"GPOS", b"GSUB", b"JSTF", b"LTSH")
"""Tables that a PDF viewer has no use for, in addition to those that HarfBuzz drops itself."""


def _subset(
    face: Any, glyphs: Sequence[int], flags: int, axes: Mapping[str, float] | None = None
) -> Any:
    """Cut a face down to glyphs, and pin its axes; None where HarfBuzz cannot."""
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

    wanted = ffi.gc(
        harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy
    )
    sets = (
        (harfbuzz_subset.hb_subset_input_glyph_set(wanted), list(glyphs)),
        (
            harfbuzz_subset.hb_subset_input_set(
                wanted, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG
            ),
            [harfbuzz.hb_tag_from_string(tag, -1) for tag in (*_DROPPED, b"PCLT", b"SVG ")],
        ),
    )
    for target, values in sets:
        harfbuzz.hb_set_add_sorted_array(
            target, ffi.new("hb_codepoint_t[]", sorted(values)), len(values)
        )
    harfbuzz_subset.hb_subset_input_set_flags(wanted, flags)
    for axis, value in (axes or {}).items():
        tag = harfbuzz.hb_tag_from_string(axis.encode(), -1)
        if not harfbuzz_subset.hb_subset_input_pin_axis_location(wanted, face, tag, value):
            return None
    made = harfbuzz_subset.hb_subset_or_fail(face, wanted)
    return ffi.gc(made, harfbuzz.hb_face_destroy) if made else None


def _axes(font: Any) -> dict[str, float] | None:
    """Return where each axis of a font stands; None where WeasyPrint would have to find out."""
    import io

    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    known = {"wght": float(font.weight), "opsz": float(font.font_size)} | font.variations
    tags = [axis.axisTag for axis in TTFont(io.BytesIO(font.file_content))["fvar"].axes]
    return {tag: known[tag] for tag in tags} if all(tag in known for tag in tags) else None


__all__ = ["COSTS", "DECIDING", "DEFERRED", "deferred_imports", "font_configuration", "spared"]

"""Highlights and comments in a Word document, as Word keeps them in its runs (ISO/IEC 29500-1).

The file may be hostile: it is unpacked under a limit, and no entity or address in it is followed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sourcebrief.authoring.annotations.annotation import (
    MOST_CHARACTERS,
    Highlight,
    SelectedWords,
    clean_note,
)
from sourcebrief.authoring.importing.extraction import UnreadableDocument
from sourcebrief.documents.word.opc_package import DOCUMENT, Package, w, w_value
from sourcebrief.errors import EngineFault

_TEXTS: Final = {w("tab"): " ", w("br"): " ", w("cr"): " ", w("noBreakHyphen"): "-"}
_CONTEXT: Final = 32
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT: Final = frozenset(
    {_FALLBACK, *map(w, ("delText", "instrText", "rPr", "pPr", "del", "moveFrom"))}
)


@dataclass(slots=True)
class _Reading:
    """What is being read: the text so far, the highlight and the comments that are open."""

    text: str = ""
    highlight: int | None = None
    comments: dict[str, int] = field(default_factory=dict)
    found: list[tuple[int, int, str | None]] = field(default_factory=list)

    def end_highlight(self) -> None:
        if self.highlight is not None:
            self.found.append((self.highlight, len(self.text), None))
        self.highlight = None


def read_docx_highlights(data: bytes) -> list[Highlight]:
    """Return the highlights and comments of a Word document in the order of its text."""
    try:
        package = Package(data)
        notes = dict(_comments(package))
        reading = _Reading()
        _read(package.body(), reading)
        for kind in ("footnotes", "endnotes"):
            for name in package.related(DOCUMENT, kind).values():
                _read(package.tree(name), reading)
    except (EngineFault, RecursionError) as error:
        raise UnreadableDocument(
            "it is damaged, or not a Word document; open it in Word and save it as a new document"
        ) from error
    reading.end_highlight()
    return list(_annotations(reading, notes))


def _comments(package: Package) -> Iterator[tuple[str, str]]:
    for name in package.related(DOCUMENT, "comments").values():
        for comment in package.tree(name).iter(w("comment")):
            paragraphs = ("".join(_shown(each)) for each in comment.iter(w("p")))
            yield w_value(comment, "id"), clean_note(paragraphs)


def _shown(paragraph: Any) -> Iterator[str]:
    for each in paragraph.iter(w("t"), *_TEXTS):
        yield _TEXTS.get(each.tag) or each.text or ""


def _read(element: Any, reading: _Reading) -> None:
    for child in element:
        tag = child.tag
        if tag in _LEFT_OUT:
            continue
        if tag == w("commentRangeStart"):
            reading.comments[w_value(child, "id")] = len(reading.text)
        elif tag == w("commentRangeEnd"):
            key = w_value(child, "id")
            if (start := reading.comments.pop(key, None)) is not None:
                reading.found.append((start, len(reading.text), key))
        elif tag == w("r"):
            mark = child.find(f"{w('rPr')}/{w('highlight')}")
            if mark is None or w_value(mark) in ("none", ""):
                reading.end_highlight()
            elif reading.highlight is None:
                reading.highlight = len(reading.text)
            _read(child, reading)
        elif tag == w("t"):
            reading.text += child.text or ""
        elif tag in _TEXTS:
            reading.text += _TEXTS[tag]
        else:
            _read(child, reading)
            if tag == w("p"):
                reading.end_highlight()
                reading.text += "\n"


def _annotations(reading: _Reading, notes: dict[str, str]) -> Iterator[Highlight]:
    merged: dict[tuple[int, int], Highlight] = {}
    counts = {"highlight": 0, "comment": 0}
    # A highlight before the comments on the same words, which then are its note.
    for start, end, key in sorted(reading.found, key=lambda one: (one[0], one[1], one[2] or "")):
        kind = "highlight" if key is None else "comment"
        counts[kind] += 1
        note = notes.get(key, "") if key is not None else ""
        words = reading.text[start:end]
        span = (start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
        if span in merged:
            known = merged[span]
            merged[span] = replace(known, note="\n".join(filter(None, (known.note, note))))
            continue
        part = SelectedWords(
            words.strip()[:MOST_CHARACTERS],
            reading.text[max(0, span[0] - _CONTEXT) : span[0]],
            reading.text[span[1] : span[1] + _CONTEXT],
        )
        merged[span] = Highlight(f"{kind} {counts[kind]}", (part,) if part.exact else (), note)
    yield from merged.values()

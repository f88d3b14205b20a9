"""A document as it was built, and which text of the YAML stands at each place of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final, Literal, NamedTuple

from sourcebrief.brief.manifest import Manifest
from sourcebrief.documents.word.anchors import Anchor
from sourcebrief.review.addresses import AuthoredPlace, record_of, text_of
from sourcebrief.review.printed_source import CALL, PrintedParagraph, printed_paragraph
from sourcebrief.review.word_text import WordParagraph
from sourcebrief.workspace.markup import parse_markup

_SOURCE: Final = "source-"


@dataclass(frozen=True, slots=True)
class Segment:
    """Where in a built paragraph a text of the author's is printed, or a quotation."""

    anchor: Anchor
    start: int
    end: int


class WholeParagraph(NamedTuple):
    """A paragraph of a text of the YAML: its address, the text, and which one, counted from 1.

    `row` is the row of a table in which it stands, 0 outside; `alone` says that it is all the text.
    """

    address: str
    place: AuthoredPlace
    block: int
    row: int = 0
    alone: bool = False


class BuiltText:
    """The paragraphs of a built document, with the texts of its `manifest` that stand in them.

    `anchors` are the anchors by their bookmarks. `near` has for each paragraph the address of what
    it belongs to: a row of a table to its event, a note to the text that calls it, a heading to the
    key of what follows; empty where it is the brief's.
    """

    def __init__(
        self, manifest: Manifest, paragraphs: Sequence[WordParagraph], anchors: Mapping[str, Anchor]
    ) -> None:
        self.manifest = manifest
        self.paragraphs = paragraphs
        self.segments = [_segments(one, anchors) for one in paragraphs]
        self.near = self._with_headings(list(self._near()))
        self.printed = cache(self._printed)
        self.text_at = cache(partial(text_of, manifest))
        self._numbers = frozenset(event["id"] for event in manifest["events"])

    def segment(self, number: int, start: int, end: int) -> Segment | None:
        """Return the text in which `[start, end)` lies: at a border, the one before it."""
        within = [one for one in self.segments[number] if one.start <= start and end <= one.end]
        return next((one for one in within if one.start < start), None) or next(iter(within), None)

    def whole(self, number: int) -> WholeParagraph | None:
        """Return what a built paragraph is of a text, where it prints nothing beside it."""
        segments = self.segments[number] if number in range(len(self.segments)) else ()
        anchor = segments[0].anchor if len(segments) == 1 else None
        place = self.text_at(anchor.address) if anchor else None
        if not anchor or not place:
            return None
        alone = len(parse_markup(place.text).blocks) == 1
        row = self.paragraphs[number].row
        return WholeParagraph(anchor.address, place, anchor.paragraph, row, alone)

    def touched(self, number: int, start: int, end: int) -> str:
        """Return the address of the first text that `[start, end)` touches, else what is near."""
        found = [
            (one.start >= end or one.end <= start, one.anchor.address)
            for one in self.segments[number]
            if one.start <= end and start <= one.end
        ]
        return min(found, default=(True, self.near[number]), key=lambda one: one[0])[1]

    def place_of(self, number: int, offset: int) -> tuple[str, str, int]:
        """Return where an offset of a built paragraph is written: address, text, offset in it."""
        segment = self.segment(number, offset, offset)
        if segment is None:
            return self.near[number], "", 0
        place = self.text_at(segment.anchor.address)
        paragraph = self.printed(number, segment)
        if place is None or paragraph is None:
            return segment.anchor.address, "", 0
        at = paragraph.written_at(offset - segment.start)
        return segment.anchor.address, place.text, at

    def _printed(self, number: int, segment: Segment) -> PrintedParagraph | None:
        place = self.text_at(segment.anchor.address)
        if place is None:
            return None
        return printed_paragraph(
            self.paragraphs[number].before[segment.start : segment.end],
            place.text,
            segment.anchor.paragraph,
            markdown=place.markdown,
            numbers=self._numbers,
            language=self.manifest["brief"]["language"],
        )

    def _near(self) -> Iterator[str]:
        rows: dict[int, str] = {}
        for one, segments in zip(self.paragraphs, self.segments, strict=True):
            if one.row and segments:
                rows.setdefault(one.row, record_of(segments[0].anchor.address))
        calls = [
            number
            for number, one in enumerate(self.paragraphs)
            if one.where == "text"
            for _ in range(one.before.count(CALL))
        ]
        notes = list(dict.fromkeys(one.note for one in self.paragraphs if one.note))
        known: list[str] = []
        for one, segments in zip(self.paragraphs, self.segments, strict=True):
            sources = [name for name in one.bookmarks if name.startswith(_SOURCE)]
            if segments:
                address = segments[0].anchor.address
            elif one.row in rows:
                address = rows[one.row]
            elif one.note and notes.index(one.note) < len(calls):
                address = known[calls[notes.index(one.note)]]
            elif sources:
                address = f"sources/{sources[0].removeprefix(_SOURCE)}"
            else:
                address = self._in_head(one)
            known.append(address)
            yield address

    def _with_headings(self, near: list[str]) -> list[str]:
        key = ""
        for number in range(len(near) - 1, -1, -1):
            key = near[number].split("/")[0].replace("names", "actors") or key
            plain = self.paragraphs[number].where == "text" and not self.paragraphs[number].row
            near[number] = near[number] or (key if plain else "")
        return near

    def _in_head(self, paragraph: WordParagraph) -> str:
        """Return which of title and marking a head or foot has; empty for another paragraph."""
        if paragraph.where != "head":
            return ""
        keys: tuple[Literal["title", "marking"], ...] = ("title", "marking")
        return next((key for key in keys if self.manifest["brief"][key] in paragraph.before), "")


def _segments(paragraph: WordParagraph, anchors: Mapping[str, Anchor]) -> tuple[Segment, ...]:
    found = [
        Segment(anchors[name], start, end if end >= 0 else paragraph.length)
        for name, (start, end) in paragraph.bookmarks.items()
        if name in anchors
    ]
    return tuple(sorted(found, key=lambda one: one.start))

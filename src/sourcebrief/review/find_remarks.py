"""Find every remark in a reviewed document: what was changed, by whom, and in which text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Final

from sourcebrief.review.addresses import AuthoredPlace, quotation_of, text_of
from sourcebrief.review.compare_paragraphs import (
    UNTRACKED,
    WordChange,
    built_offset,
    changes_in,
    out_of_order,
    pair_paragraphs,
)
from sourcebrief.review.printed_source import CALL, PrintedParagraph, printed_paragraph
from sourcebrief.review.protected_words import why_protected
from sourcebrief.review.remarks import Remark, SourceEdit
from sourcebrief.review.source_edits import Unwritable, source_edits
from sourcebrief.review.word_paragraphs import PARAGRAPH_END, TrackedMark, WordParagraph, WordText
from sourcebrief.text.phrases import shorten

if TYPE_CHECKING:
    from sourcebrief.brief.manifest import Manifest
    from sourcebrief.documents.word.anchors import Anchor
    from sourcebrief.review.word_comments import Comment

_SOURCE: Final = "source-"
_CONTEXT: Final = 3
"""How many words beside a change say where it is."""
_SHOWN: Final = 90
_OF_PROGRAM: Final = "the program prints this; change what it is made from in the YAML"
_ELSEWHERE: Final = {
    "note": "a note names where its source is; change the citation in the YAML",
    "head": "head and foot are made from the YAML; change it there",
    "box": "a text box is no part of the brief; write its words into the YAML",
}


@dataclass(frozen=True, slots=True)
class BuiltText:
    """A document as it was built: its paragraphs, and the anchors in them by their bookmarks."""

    manifest: Manifest
    paragraphs: Sequence[WordParagraph]
    anchors: Mapping[str, Anchor]


@dataclass(frozen=True, slots=True)
class _Segment:
    """Where in a built paragraph a text of the author's is printed, or a quotation."""

    anchor: Anchor
    start: int
    end: int


def find_remarks(
    built: BuiltText, reviewed: WordText, comments: Sequence[Comment], like_sent: bool
) -> Iterator[Remark]:
    """Yield the changes in the order of the document, then the comments.

    Where the document was not built in the same way (`like_sent`), what was changed with tracking
    off is reported in authored texts alone.
    """
    finder = _Finder(built, reviewed)
    numbers = count(1)
    for remark in finder.changes():
        if remark.tracked or remark.text or like_sent:
            yield replace(remark, number=next(numbers))
    ids = {comment.id: number for comment, number in zip(comments, numbers, strict=False)}
    for comment in comments:
        remark = finder.comment(comment)
        yield replace(remark, number=ids[comment.id], reply_to=ids.get(comment.reply_to))


class _Finder:
    def __init__(self, built: BuiltText, reviewed: WordText) -> None:
        self.manifest = built.manifest
        self.built = built.paragraphs
        self.reviewed = reviewed
        self.pairs = pair_paragraphs(built.paragraphs, reviewed.paragraphs)
        self.segments = [_segments(one, built.anchors) for one in built.paragraphs]
        self.numbers = frozenset(event["id"] for event in built.manifest["events"])
        self.near = list(self._near())
        self.printed = cache(self._printed)
        self.text_at = cache(lambda address: text_of(built.manifest, address))

    def changes(self) -> Iterator[Remark]:
        """Yield every change of words and of their look."""
        last = 0
        bodies = {at: built for at, built in self.pairs.items() if self._is_in_body(built)}
        moved = out_of_order(bodies)
        for at, paragraph in enumerate(self.reviewed.paragraphs):
            if at in self.pairs:
                last = self.pairs[at]
                yield from self._of_paragraph(last, paragraph)
                if at in moved:
                    words = _shown(paragraph.before)
                    says = f'a paragraph moved: "{words}"'
                    yield self._plain(last, UNTRACKED, says, "move it in the YAML")
            elif words := _shown(paragraph.whole):
                mark = next((p.put_in or p.taken_out for p in paragraph.pieces if p.put_in), None)
                reason = _ELSEWHERE.get(paragraph.where, "write a paragraph of its own in the YAML")
                says = f'a paragraph put in: "{words}"'
                yield self._plain(last, mark or UNTRACKED, says, reason, new=paragraph.whole)
        kept = set(self.pairs.values())
        for number, paragraph in enumerate(self.built):
            if number not in kept and (words := _shown(paragraph.before)):
                says = f'a paragraph taken out: "{words}"'
                reason = "delete it in the YAML"
                yield self._plain(number, UNTRACKED, says, reason, old=paragraph.before)

    def comment(self, comment: Comment) -> Remark:
        """Return the remark of a comment, at the words that it is about."""
        spots = self.reviewed.commented.get(comment.id, [])
        says = comment.text or "(no words)"
        address, text, at, about = "", "", 0, ""
        if spots and spots[0].paragraph < len(self.reviewed.paragraphs):
            begin, end = spots[0], spots[-1]
            paragraph = self.reviewed.paragraphs[begin.paragraph]
            same = end.paragraph == begin.paragraph and end.offset > begin.offset
            about = paragraph.whole[begin.offset : end.offset if same else None]
            number = self._built_number(begin.paragraph)
            address = self.near[number]
            if begin.paragraph in self.pairs:
                offset = built_offset(self.built[number].before, paragraph, begin.offset)
                address, text, at = self._place_of(number, offset)
        return Remark(
            0,
            "comment",
            comment.by.name,
            comment.by.date,
            says,
            address,
            text,
            at,
            old=_shown(about),
            resolved=comment.resolved,
        )

    def _near(self) -> Iterator[str]:
        """Yield for each built paragraph the address of what it belongs to."""
        rows: dict[int, str] = {}
        for one, segments in zip(self.built, self.segments, strict=True):
            if one.row and segments:
                rows.setdefault(one.row, segments[0].anchor.address)
        calls = [
            number
            for number, one in enumerate(self.built)
            if one.where == "text"
            for _ in range(one.before.count(CALL))
        ]
        notes = list(dict.fromkeys(one.note for one in self.built if one.note))
        known: list[str] = []
        for one, segments in zip(self.built, self.segments, strict=True):
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
                address = known[-1] if known and one.where == "text" else ""
            known.append(address)
            yield address

    def _is_in_body(self, number: int) -> bool:
        return self.built[number].where == "text"

    def _built_number(self, reviewed: int) -> int:
        """Return the built paragraph that a reviewed one is, or that stands before it."""
        return next((self.pairs[n] for n in range(reviewed, -1, -1) if n in self.pairs), 0)

    def _of_paragraph(self, number: int, paragraph: WordParagraph) -> Iterator[Remark]:
        built = self.built[number].before
        for change in changes_in(built, paragraph):
            yield self._remark(number, change)
        for changed in paragraph.formats:
            words = _shown(changed.text)
            says = f'the look of "{words}" changed' if words else "the look of a paragraph changed"
            offset = built_offset(built, paragraph, changed.at)
            address, text, at = self._place_of(number, offset)
            by = changed.by
            reason = "emphasis is written in the YAML: *so*"
            yield Remark(
                0, "format", by.name, by.date, says, address, text, at, old=words, reason=reason
            )
        if paragraph.joined is not None and not _is_gone(paragraph):
            says = "a paragraph joined with the next one"
            yield self._plain(number, paragraph.joined, says, "join them in the YAML")

    def _remark(self, number: int, change: WordChange) -> Remark:
        built = self.built[number].before
        by, says = change.mark.by, _said(change, built)
        remark = Remark(
            0,
            "change",
            by.name,
            by.date,
            says,
            self.near[number],
            old=change.old,
            new=change.new,
            tracked=change.tracked,
            moved=change.mark.moved,
            paragraph=number,
        )
        segment = self._segment(number, change)
        if segment is None:
            address = self._touched(number, change) or self.near[number]
            reason = _ELSEWHERE.get(self.built[number].where, _OF_PROGRAM)
            if address.startswith("sources/"):
                reason = "what a source is stands in the catalogue; change it there"
            return replace(remark, address=address, reason=reason)
        address = segment.anchor.address
        if quotation := quotation_of(self.manifest, address):
            reason = f"a quotation is its source's; it has {shorten(quotation, 200)}"
            return replace(remark, address=address, reason=reason)
        place, paragraph = self.text_at(address), self.printed(number, segment)
        remark = replace(remark, address=address)
        if place is None or paragraph is None:
            return replace(remark, reason="the document prints this otherwise than its evidence")
        here = replace(change, start=change.start - segment.start, end=change.end - segment.start)
        remark = replace(remark, text=place.text, at=_at(paragraph, here.start))
        said = built[segment.start : segment.end]
        if protected := why_protected(self.manifest, place, said, here):
            return replace(remark, reason=protected)
        try:
            edits = source_edits(place, paragraph, here, said)
        except Unwritable as fault:
            return replace(remark, reason=str(fault))
        made = tuple(SourceEdit(edit.start, edit.end, edit.words) for edit in edits)
        return replace(remark, edits=made, at=made[0].start)

    def _segment(self, number: int, change: WordChange) -> _Segment | None:
        """Return the text in which a change is made: at a border, the one before it."""
        within = [
            one
            for one in self.segments[number]
            if one.start <= change.start and change.end <= one.end
        ]
        return next((one for one in within if one.start < change.start), None) or next(
            iter(within), None
        )

    def _touched(self, number: int, change: WordChange) -> str:
        found = (
            one.anchor.address
            for one in self.segments[number]
            if one.start <= change.end and change.start <= one.end
        )
        return next(found, "")

    def _printed(self, number: int, segment: _Segment) -> PrintedParagraph | None:
        place = self.text_at(segment.anchor.address)
        if place is None:
            return None
        return printed_paragraph(
            self.built[number].before[segment.start : segment.end],
            place.text,
            segment.anchor.paragraph,
            markdown=place.markdown,
            numbers=self.numbers,
            language=self.manifest["brief"]["language"],
        )

    def _place_of(self, number: int, offset: int) -> tuple[str, str, int]:
        """Return the address, the text and the place in it of an offset of a built paragraph."""
        segment = self._segment(number, WordChange(offset, offset, "", (), UNTRACKED))
        if segment is None:
            return self.near[number], "", 0
        place: AuthoredPlace | None = self.text_at(segment.anchor.address)
        paragraph = self.printed(number, segment)
        if place is None or paragraph is None:
            return segment.anchor.address, "", 0
        return segment.anchor.address, place.text, _at(paragraph, offset - segment.start)

    def _plain(
        self,
        number: int,
        mark: TrackedMark,
        says: str,
        reason: str,
        *,
        old: str = "",
        new: str = "",
    ) -> Remark:
        return Remark(
            0,
            "change",
            mark.by.name,
            mark.by.date,
            says,
            self.near[number],
            old=old,
            new=new,
            tracked=mark is not UNTRACKED,
            reason=reason,
        )


def _segments(paragraph: WordParagraph, anchors: Mapping[str, Anchor]) -> tuple[_Segment, ...]:
    found = [
        _Segment(anchors[name], start, end if end >= 0 else paragraph.length)
        for name, (start, end) in paragraph.bookmarks.items()
        if name in anchors
    ]
    return tuple(sorted(found, key=lambda one: one.start))


def _at(paragraph: PrintedParagraph, offset: int) -> int:
    """Return where in a text an offset of what is printed is written."""
    behind = (one.start for one in paragraph.places[offset:] if one is not None)
    return next(behind, paragraph.end)


def _is_gone(paragraph: WordParagraph) -> bool:
    return not any(piece.text.strip() for piece in paragraph.pieces if piece.taken_out is None)


def _said(change: WordChange, built: str) -> str:
    """Say what was done to the words, and where among them."""
    old, new = _shown(change.old), _shown(change.new)
    before, behind = built[: change.start].split(), built[change.end :].split()
    if behind:
        where = f'before "{_shown(" ".join(behind[:_CONTEXT]))}"'
    else:
        where = f'after "{_shown(" ".join(before[-_CONTEXT:]))}"' if before else ""
    if change.mark.moved:
        done = f'"{old}" moved away' if old else f'"{new}" moved here,'
    elif old and new:
        done = f'"{old}" changed to "{new}"'
    elif old or not new:
        done = f'"{old}" deleted' if old else "white space changed"
    else:
        done = f'"{new}" inserted'
    return f"{done} {where}".strip()


def _shown(text: str) -> str:
    words = text.replace(CALL, "").replace(PARAGRAPH_END, " ¶ ")
    return shorten(words, _SHOWN)

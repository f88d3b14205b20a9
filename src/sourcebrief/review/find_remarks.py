"""Find every remark in a reviewed document: what was changed, by whom, and in which text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Final

from sourcebrief.review.addresses import quotation_of
from sourcebrief.review.built_text import BuiltText
from sourcebrief.review.compare_paragraphs import (
    UNTRACKED,
    WordChange,
    built_offset,
    changes_in,
    out_of_order,
    pair_paragraphs,
)
from sourcebrief.review.printed_source import CALL
from sourcebrief.review.protected_words import why_protected
from sourcebrief.review.remarks import Remark, SourceEdit
from sourcebrief.review.source_edits import Unwritable, source_edits
from sourcebrief.review.word_text import PARAGRAPH_END, TrackedMark, WordParagraph, WordText
from sourcebrief.text.phrases import shorten

if TYPE_CHECKING:
    from sourcebrief.review.word_comments import Comment

_CONTEXT: Final = 3
"""How many words beside a change say where it is."""
_SHOWN: Final = 90
_OF_PROGRAM: Final = "the program prints this; change what it is made from in the YAML"
_ELSEWHERE: Final = {
    "note": "a note names where its source is; change the citation in the YAML",
    "head": "head and foot are made from the YAML; change it there",
    "box": "a text box is no part of the brief; write its words into the YAML",
}


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
        self.built = built
        self.reviewed = reviewed
        self.pairs = pair_paragraphs(built.paragraphs, reviewed.paragraphs)

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
        for number, paragraph in enumerate(self.built.paragraphs):
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
            address = self.built.near[number]
            if begin.paragraph in self.pairs:
                offset = built_offset(self.built.paragraphs[number].before, paragraph, begin.offset)
                address, text, at = self.built.place_of(number, offset)
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

    def _is_in_body(self, number: int) -> bool:
        return self.built.paragraphs[number].where == "text"

    def _built_number(self, reviewed: int) -> int:
        """Return the built paragraph that a reviewed one is, or that stands before it."""
        return next((self.pairs[n] for n in range(reviewed, -1, -1) if n in self.pairs), 0)

    def _of_paragraph(self, number: int, paragraph: WordParagraph) -> Iterator[Remark]:
        built = self.built.paragraphs[number].before
        for change in changes_in(built, paragraph):
            yield self._remark(number, change)
        for changed in paragraph.formats:
            words = _shown(changed.text)
            says = f'the look of "{words}" changed' if words else "the look of a paragraph changed"
            offset = built_offset(built, paragraph, changed.at)
            address, text, at = self.built.place_of(number, offset)
            by = changed.by
            reason = "emphasis is written in the YAML: *so*"
            yield Remark(
                0, "format", by.name, by.date, says, address, text, at, old=words, reason=reason
            )
        if paragraph.joined is not None and not _is_gone(paragraph):
            says = "a paragraph joined with the next one"
            yield self._plain(number, paragraph.joined, says, "join them in the YAML")

    def _remark(self, number: int, change: WordChange) -> Remark:
        built = self.built.paragraphs[number].before
        by, says = change.mark.by, _said(change, built)
        remark = Remark(
            0,
            "change",
            by.name,
            by.date,
            says,
            self.built.near[number],
            old=change.old,
            new=change.new,
            tracked=change.tracked,
            moved=change.mark.moved,
            paragraph=number,
        )
        segment = self.built.segment(number, change.start, change.end)
        if segment is None:
            address = self.built.touched(number, change.start, change.end)
            reason = _ELSEWHERE.get(self.built.paragraphs[number].where, _OF_PROGRAM)
            if address.startswith("sources/"):
                reason = "what a source is stands in the catalogue; change it there"
            return replace(remark, address=address, reason=reason)
        address = segment.anchor.address
        if quotation := quotation_of(self.built.manifest, address):
            reason = f"a quotation is its source's; it has {shorten(quotation, 200)}"
            return replace(remark, address=address, reason=reason)
        place, paragraph = self.built.text_at(address), self.built.printed(number, segment)
        remark = replace(remark, address=address)
        if place is None or paragraph is None:
            return replace(remark, reason="the document prints this otherwise than its evidence")
        here = replace(change, start=change.start - segment.start, end=change.end - segment.start)
        remark = replace(remark, text=place.text, at=paragraph.written_at(here.start))
        said = built[segment.start : segment.end]
        if protected := why_protected(self.built.manifest, place, said, here):
            return replace(remark, reason=protected)
        try:
            edits = source_edits(place, paragraph, here, said)
        except Unwritable as fault:
            return replace(remark, reason=str(fault))
        made = tuple(SourceEdit(edit.start, edit.end, edit.words) for edit in edits)
        return replace(remark, edits=made, at=made[0].start)

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
            self.built.near[number],
            old=old,
            new=new,
            tracked=mark is not UNTRACKED,
            reason=reason,
        )


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

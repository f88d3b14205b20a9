"""Find every remark in a reviewed document: what was changed, by whom, and in which text."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, Final

from sourcebrief.review.addresses import AuthoredPlace, fact_at, named, quotation_of, record_of
from sourcebrief.review.built_text import BuiltText
from sourcebrief.review.compare_paragraphs import (
    UNTRACKED,
    Run,
    WordChange,
    built_offset,
    changes_in,
    out_of_order,
    pair_paragraphs,
    untracked_looks,
)
from sourcebrief.review.printed_source import PrintedParagraph
from sourcebrief.review.protected_words import caution, why_protected
from sourcebrief.review.remark_words import look_of, shown, words_of
from sourcebrief.review.remarks import Remark, SourceEdit
from sourcebrief.review.source_edits import emphasis_edits, source_edits
from sourcebrief.review.whole_paragraphs import Unwritable
from sourcebrief.review.word_comments import Comment
from sourcebrief.review.word_text import (
    PARAGRAPH_END,
    TrackedMark,
    Where,
    WordParagraph,
    WordText,
)
from sourcebrief.text.phrases import count_of, shorten
from sourcebrief.workspace.yaml_edits import Edit

_OF_PROGRAM: Final = "the program prints this; change what it is made from in the YAML"
_OF_STYLE: Final = "of looks, only bold and italic are an author's; the rest is the brief's style"
_LOST_NOTES: Final = (
    "the YAML has what they are made from; LibreOffice loses notes where it opens a file that has "
    "comments"
)
Writer = Callable[[AuthoredPlace, PrintedParagraph, WordChange, str], tuple[Edit, ...]]
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
        """Yield every change of words and of their look, rows that came or went as one."""
        last = 0
        rows = self._rows_gone()
        bodies = {at: built for at, built in self.pairs.items() if self._is_in_body(built)}
        moved = out_of_order(bodies)
        for at, paragraph in enumerate(self.reviewed.paragraphs):
            if at in self.pairs and self.built.paragraphs[self.pairs[at]].row in rows:
                continue
            if at in self.pairs:
                last = self.pairs[at]
                yield from self._of_paragraph(last, paragraph)
                if at in moved:
                    words = shown(paragraph.before)
                    says = f'a paragraph moved: "{words}"'
                    yield self._told(last, UNTRACKED, says, "move it in the YAML")
            elif at - 1 in self.pairs and paragraph.follows and paragraph.before.strip():
                end = len(self.built.paragraphs[last].before)
                run = Run(PARAGRAPH_END + paragraph.before, frozenset())
                yield self._remark(last, WordChange(end, end, "", (run,), UNTRACKED))
            elif new := self._put_in(at):
                mark = next((p.put_in for p in paragraph.pieces if p.put_in), UNTRACKED)
                what = "row" if paragraph.row else "paragraph"
                reason = _ELSEWHERE.get(paragraph.where, f"write the {what} in the YAML")
                says = f'a {what} put in: "{shown(new)}"'
                yield self._told(last, mark, says, reason, new=new)
        for numbers, mark in rows.values():
            yield self._row_gone(numbers, mark)
        kept, paragraphs = set(self.pairs.values()), self.built.paragraphs
        gone = [n for n, one in enumerate(paragraphs) if n not in kept and one.before.strip()]
        if notes := [number for number in gone if paragraphs[number].where == "note"]:
            says = f"the words of {count_of(len(notes), 'note')} lost"
            yield self._told(notes[0], UNTRACKED, says, _LOST_NOTES)
        for number in gone:
            if paragraphs[number].where != "note" and paragraphs[number].row not in rows:
                says = f'a paragraph taken out: "{shown(paragraphs[number].before)}"'
                reason = "delete it in the YAML"
                yield self._told(number, UNTRACKED, says, reason, old=paragraphs[number].before)

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
            old=shown(about),
            resolved=comment.resolved,
        )

    def _rows_gone(self) -> dict[int, tuple[list[int], TrackedMark]]:
        """Return the rows that are taken out, with their built paragraphs and by whom."""
        reviewed = {was: self.reviewed.paragraphs[at] for at, was in self.pairs.items()}
        rows: dict[int, list[int]] = defaultdict(list)
        for number, paragraph in enumerate(self.built.paragraphs):
            if paragraph.row and paragraph.before.strip():
                rows[paragraph.row].append(number)
        found = {}
        for row, numbers in rows.items():
            left = [reviewed[number] for number in numbers if number in reviewed]
            if all(_is_gone(paragraph) for paragraph in left):
                marks = (piece.taken_out for one in left for piece in one.pieces)
                found[row] = numbers, next(filter(None, marks), UNTRACKED)
        return found

    def _row_gone(self, numbers: Sequence[int], mark: TrackedMark) -> Remark:
        authored = filter(self.built.text_at, self.built.addresses(numbers))
        address = next(authored, self.built.near[numbers[0]])
        cells = " | ".join(self.built.paragraphs[number].before for number in numbers)
        says = f'the row of {named(self.built.manifest, address)} deleted: "{shown(cells)}"'
        reason = "delete it in the YAML, with all its keys"
        row = self._told(numbers[0], mark, says, reason, old=cells)
        return replace(row, address=address, beside=self._beside(address))

    def _beside(self, address: str) -> str:
        owner = self.built.text_at(record_of(address))
        return owner.text if owner else ""

    def _put_in(self, at: int) -> str:
        """Return the words of a new paragraph; of a new row all, at its first paragraph."""
        paragraphs = self.reviewed.paragraphs
        if not (row := paragraphs[at].row):
            return paragraphs[at].whole.strip()
        cells = [n for n, one in enumerate(paragraphs) if one.row == row and one.whole.strip()]
        if any(number in self.pairs for number in cells):
            return paragraphs[at].whole.strip()
        return " | ".join(paragraphs[n].whole for n in cells) if at == cells[0] else ""

    def _is_in_body(self, number: int) -> bool:
        return self.built.paragraphs[number].where == "text"

    def _built_number(self, reviewed: int) -> int:
        """Return the built paragraph that a reviewed one is, or that stands before it."""
        return next((self.pairs[n] for n in range(reviewed, -1, -1) if n in self.pairs), 0)

    def _of_paragraph(self, number: int, paragraph: WordParagraph) -> Iterator[Remark]:
        built = self.built.paragraphs[number].before
        for change in changes_in(built, paragraph):
            yield self._remark(number, change)
        unsigned = untracked_looks(self.built.paragraphs[number], paragraph)
        for changed in (*paragraph.formats, *unsigned):
            start, end = (
                built_offset(built, paragraph, at)
                for at in (changed.at, changed.at + len(changed.text))
            )
            run = Run(built[start:end], changed.looks)
            change = WordChange(start, end, run.text, (run,), changed.mark)
            says, known = look_of(changed), changed.looks != changed.was
            remark = self._remark(number, change, emphasis_edits if known else None)
            if remark.tracked or remark.text:
                yield replace(remark, kind="format", says=says, new="", caution="")
        if paragraph.joined is not None and not _is_gone(paragraph):
            says = "a paragraph joined with the next one"
            yield self._told(number, paragraph.joined, says, "join them in the YAML")

    def _remark(
        self, number: int, change: WordChange, write: Writer | None = source_edits
    ) -> Remark:
        built = self.built.paragraphs[number].before
        remark = self._told(
            number,
            change.mark,
            words_of(change, built),
            old=change.old,
            new=change.new,
            moved=change.mark.moved,
            paragraph=number,
        )
        segment = self.built.segment(number, change.start, change.end)
        if segment is None or fact_at(segment.anchor.address):
            address = self.built.touched(number, change.start, change.end)
            where = self.built.paragraphs[number].where
            beside, reason = self._beside(address), _not_written(where, address)
            return replace(remark, address=address, beside=beside, reason=reason)
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
        if write is None:
            return replace(remark, reason=_OF_STYLE)
        try:
            edits = write(place, paragraph, here, said)
        except Unwritable as fault:
            return replace(remark, reason=str(fault))
        made = tuple(SourceEdit(edit.start, edit.end, edit.words) for edit in edits)
        care = caution(self.built.manifest["brief"]["language"], said, here)
        return replace(remark, edits=made, at=made[0].start, caution=care)

    def _told(
        self, number: int, mark: TrackedMark, says: str, reason: str = "", **more: Any
    ) -> Remark:
        """Return the remark of a change in, or behind, a built paragraph."""
        by, near = mark.by, self.built.near[number]
        tracked = mark is not UNTRACKED
        return Remark(
            0, "change", by.name, by.date, says, near, tracked=tracked, reason=reason, **more
        )


def _not_written(where: Where, address: str) -> str:
    """Say why words that no author wrote, or that are no text, are not changed."""
    if address.startswith("sources/"):
        return "what a source is stands in the catalogue; change it there"
    fact = fact_at(address) if where == "text" else None
    return f"it is {fact}; change it in the YAML" if fact else _ELSEWHERE.get(where, _OF_PROGRAM)


def _is_gone(paragraph: WordParagraph) -> bool:
    return not any(piece.text.strip() for piece in paragraph.pieces if piece.taken_out is None)

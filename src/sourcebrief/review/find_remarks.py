"""Find every remark in a reviewed document: what was changed, by whom, and in which text."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from typing import Any, Final

from sourcebrief.review.addresses import AuthoredPlace, fact_at, named, quotation_of, record_of
from sourcebrief.review.built_text import BuiltText
from sourcebrief.review.compare_paragraphs import (
    Run,
    WordChange,
    built_offset,
    changes_in,
    out_of_order,
    untracked_looks,
)
from sourcebrief.review.printed_source import PrintedParagraph
from sourcebrief.review.protected_words import caution, why_protected
from sourcebrief.review.remark_words import look_of, shown, words_of
from sourcebrief.review.remarks import Remark
from sourcebrief.review.restored_paragraphs import as_built
from sourcebrief.review.source_edits import emphasis_edits, source_edits
from sourcebrief.review.whole_paragraphs import Unwritable, joined_blocks, moved_block
from sourcebrief.review.word_comments import Comment
from sourcebrief.review.word_text import UNTRACKED, TrackedMark, Where, WordParagraph
from sourcebrief.text.phrases import count_of, shorten
from sourcebrief.workspace.yaml_edits import Edit

_OF_PROGRAM: Final = "the program prints this; change what it is made from in the YAML"
_OF_STYLE: Final = "of looks, only bold and italic are an author's; the rest is the brief's style"
_LOST_NOTES: Final = (
    "the YAML has what they are made from; LibreOffice loses notes where it opens a file that has "
    "comments"
)
_PASSAGE: Final = 4
"""How many words are no chance if they go here and come there."""
Writer = Callable[[AuthoredPlace, PrintedParagraph, WordChange, str], tuple[Edit, ...]]
_OF_ROWS: Final = {
    "deleted": "delete it in the YAML, with all its keys",
    "moved": "move it in the YAML; events stand in the order of their dates",
}
_ELSEWHERE: Final = {
    "note": "a note names where its source is; change the citation in the YAML",
    "head": "head and foot are made from the YAML; change it there",
    "box": "a text box is no part of the brief; write its words into the YAML",
}


def find_remarks(
    built: BuiltText,
    reviewed: Sequence[WordParagraph],
    comments: Sequence[Comment],
    like_sent: bool,
) -> Iterator[Remark]:
    """Yield the changes in the order of the document, then the comments.

    Where the document was not built in the same way (`like_sent`), what was changed with tracking
    off is reported in authored texts alone.
    """
    finder = _Finder(built, reviewed)
    numbers = count(1)
    for remark in _cut_and_pasted(list(finder.changes())):
        if remark.tracked or remark.text or like_sent:
            yield replace(remark, number=next(numbers))
    ids = {comment.id: number for comment, number in zip(comments, numbers, strict=False)}
    for comment in comments:
        remark = finder.comment(comment)
        yield replace(remark, number=ids[comment.id], reply_to=ids.get(comment.reply_to))


def _cut_and_pasted(remarks: Sequence[Remark]) -> Iterator[Remark]:
    """Hold both ends of what stands elsewhere now for a move, so that no words are lost."""
    ends = Counter((one.author, _cut(one.old), _cut(one.new)) for one in remarks)
    for one in remarks:
        back = one.author, _cut(one.new), _cut(one.old)
        alone = one.kind == "change" and not (one.old.strip() and one.new.strip())
        yield replace(one, moved=one.moved or bool(alone and any(back[1:]) and ends[back]))


def _cut(words: str) -> str:
    """Return words as they are compared where they could be a passage; else nothing."""
    return " ".join(words.split()) if len(words.split()) >= _PASSAGE else ""


class _Finder:
    def __init__(self, built: BuiltText, reviewed: Sequence[WordParagraph]) -> None:
        self.built = built
        self.reviewed, self.pairs = as_built(built.paragraphs, reviewed)
        self._now = {number: self.reviewed[at] for at, number in self.pairs.items()}
        self._comments: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, paragraph in enumerate(self.reviewed):
            for key, at in paragraph.comments:
                self._comments[key].append((number, at))

    def changes(self) -> Iterator[Remark]:
        """Yield every change of words and of their look, rows that came, went or moved as one."""
        last = 0
        gone_rows, moved = self._rows_gone(), self._moved()
        told: set[int] = set()
        for at, paragraph in enumerate(self.reviewed):
            row = self.built.paragraphs[self.pairs[at]].row if at in self.pairs else 0
            if row and row in gone_rows:
                continue
            if at in self.pairs:
                last = self.pairs[at]
                yield from self._of_paragraph(last, paragraph)
                if at in moved and row not in told:
                    told |= {row} - {0}
                    yield self._row(last, "moved") if row else self._carried(at, moved)
            elif new := self._put_in(at):
                mark = next((p.put_in for p in paragraph.pieces if p.put_in), UNTRACKED)
                what = "row" if paragraph.row else "paragraph"
                reason = _ELSEWHERE.get(paragraph.where, f"write the {what} in the YAML")
                says = f'a {what} put in: "{shown(new)}"'
                yield self._told(last, mark, says, reason, new=new)
        for number, mark in gone_rows.values():
            yield self._row(number, "deleted", mark)
        yield from self._gone(gone_rows)

    def _gone(self, rows: Collection[int]) -> Iterator[Remark]:
        """Yield the paragraphs that are not there any more, the notes of others as one."""
        kept, paragraphs = set(self.pairs.values()), self.built.paragraphs
        gone = [n for n, one in enumerate(paragraphs) if n not in kept and one.before.strip()]
        texts = [n for n in gone if paragraphs[n].where != "note" and paragraphs[n].row not in rows]
        near = {self.built.near[number] for number in texts}
        notes = [n for n in gone if paragraphs[n].note and self.built.near[n] not in near]
        if notes:
            says = f"the words of {count_of(len(notes), 'note')} lost"
            yield self._told(notes[0], UNTRACKED, says, _LOST_NOTES)
        for number in texts:
            says = f'a paragraph taken out: "{shown(paragraphs[number].before)}"'
            reason = "delete it in the YAML"
            yield self._told(number, UNTRACKED, says, reason, old=paragraphs[number].before)

    def comment(self, comment: Comment) -> Remark:
        """Return the remark of a comment, at the words that it is about."""
        says = comment.text or "(no words)"
        address, text, at, about = "", "", 0, ""
        if spots := self._comments.get(comment.id):
            (here, begin), (last, end) = spots[0], spots[-1]
            paragraph = self.reviewed[here]
            about = paragraph.whole[begin : end if here == last and end > begin else None]
            # The built paragraph that it is, or that stands before it.
            number = next((self.pairs[n] for n in range(here, -1, -1) if n in self.pairs), 0)
            address = self.built.near[number]
            if here in self.pairs:
                offset = built_offset(self.built.paragraphs[number].before, paragraph, begin)
                address, text, at = self.built.place_of(number, offset)
        remark = Remark(0, "comment", comment.by.name, comment.by.date, says, address, text, at)
        return replace(remark, old=shown(about), resolved=comment.resolved)

    def _rows_gone(self) -> dict[int, tuple[int, TrackedMark]]:
        """Return the rows that are taken out, each with a built paragraph of it, and by whom."""
        found = {}
        for row, numbers in self._rows().items():
            left = [self._now[number] for number in numbers if number in self._now]
            if all(_is_gone(paragraph) for paragraph in left):
                marks = (piece.taken_out for one in left for piece in one.pieces)
                found[row] = numbers[0], next(filter(None, marks), UNTRACKED)
        return found

    def _rows(self) -> dict[int, list[int]]:
        rows: dict[int, list[int]] = defaultdict(list)
        for number, paragraph in enumerate(self.built.paragraphs):
            if paragraph.row and paragraph.before.strip():
                rows[paragraph.row].append(number)
        return rows

    def _row(self, number: int, what: str, mark: TrackedMark = UNTRACKED) -> Remark:
        """Return the remark of what was done to the whole row of a built paragraph."""
        numbers = self._rows()[self.built.paragraphs[number].row]
        within = (one.anchor.address for n in numbers for one in self.built.segments[n])
        address = next(filter(self.built.text_at, within), self.built.near[number])
        cells = " | ".join(self.built.paragraphs[number].before for number in numbers)
        says = f'the row of {named(self.built.manifest, address)} {what}: "{shown(cells)}"'
        row = self._told(number, mark, says, _OF_ROWS[what], old=cells)
        return replace(row, address=address, beside=self._beside(address))

    def _moved(self) -> Collection[int]:
        """Return the reviewed paragraphs that stand at another place than they did."""
        carried = {at for at in self.pairs if self.reviewed[at].carried}
        bodies = {at: n for at, n in self.pairs.items() if self.built.paragraphs[n].where == "text"}
        return carried | out_of_order({at: bodies[at] for at in bodies.keys() - carried})

    def _carried(self, at: int, others: Collection[int]) -> Remark:
        """Return the remark of a paragraph that was moved, with its edit where one text has both.

        It stands now behind the nearest paragraph that was not moved, or before all of its text.
        """
        number, paragraph = self.pairs[at], self.reviewed[at]
        mark = paragraph.carried or UNTRACKED
        # Of two that were moved behind one paragraph, no order is known: they meet.
        own, says = -2 * number - 2, f'a paragraph moved: "{shown(paragraph.before)}"'
        told = self._told(number, mark, says, paragraph=own)
        stay = [n for n in sorted(self.pairs) if n not in others]
        place = bisect_left(stay, at)
        before, behind = [-1, *(self.pairs[n] for n in stay), -1][place : place + 2]
        here, above, below = map(self.built.whole, (number, before, behind))
        beside = [one for one in (above, below) if one and here and one.address == here.address]
        if here and beside:
            to = beside[0].block - (beside[0] is not above)
            edits = partial(moved_block, here.place, here.block, to)
            return _edited(replace(told, address=here.address), here.place, edits)
        where = f", behind {named(self.built.manifest, above.address)}" if above else ""
        return replace(told, reason=f"move it in the YAML{where}")

    def _beside(self, address: str) -> str:
        owner = self.built.text_at(record_of(address))
        return owner.text if owner else ""

    def _put_in(self, at: int) -> str:
        """Return the words of a new paragraph; of a new row all, at its first paragraph."""
        row, words = self.reviewed[at].row, self.reviewed[at].whole.strip()
        cells = [n for n, one in enumerate(self.reviewed) if one.row == row and one.whole.strip()]
        if not words or not row or not self.pairs.keys().isdisjoint(cells):
            return words
        return " | ".join(self.reviewed[n].whole for n in cells) if at == cells[0] else ""

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
        following = self._now.get(number + 1, paragraph)
        if paragraph.joined and not _is_gone(paragraph) and not _is_gone(following):
            says = "a paragraph joined with the next one"
            told = self._told(number, paragraph.joined, says, paragraph=number)
            here, other = map(self.built.whole, (number, number + 1))
            if here and other and here.address == other.address:
                edits = partial(joined_blocks, here.place, here.block)
                yield _edited(replace(told, address=here.address), here.place, edits)
            else:
                yield replace(told, reason="join them in the YAML")

    def _remark(
        self, number: int, change: WordChange, write: Writer | None = source_edits
    ) -> Remark:
        built = self.built.paragraphs[number].before
        more: dict[str, Any] = {"old": change.old, "new": change.new, "paragraph": number}
        says = words_of(change, built)
        remark = self._told(number, change.mark, says, moved=change.mark.moved, **more)
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
        care = caution(self.built.manifest["brief"]["language"], said, here)
        made = _edited(remark, place, partial(write, place, paragraph, here, said))
        return replace(made, caution=care if made.edits else "")

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


def _edited(told: Remark, place: AuthoredPlace, write: Callable[[], tuple[Edit, ...]]) -> Remark:
    """Return a remark with its edits of a text, else with what keeps them from being made."""
    try:
        edits = write()
    except Unwritable as fault:
        return replace(told, reason=str(fault))
    return replace(told, text=place.text, at=edits[0].start, edits=edits)

"""Rows and paragraphs of a reviewed document that went, came or moved as a whole."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from sourcebrief.review.addresses import named, record_of
from sourcebrief.review.compare_paragraphs import out_of_order
from sourcebrief.review.remark_words import shown
from sourcebrief.review.remarks import ItemEdit, Remark
from sourcebrief.review.reviewed_text import ReviewedText, is_gone, with_edits
from sourcebrief.review.whole_paragraphs import block_from, moved_block, without_block
from sourcebrief.review.word_text import PARAGRAPH_END, UNTRACKED, TrackedMark, Where
from sourcebrief.text.phrases import count_of

ELSEWHERE: Final[Mapping[Where, str]] = {
    "note": "a note names where its source is; change the citation in the YAML",
    "head": "head and foot are made from the YAML; change it there",
    "box": "a text box is no part of the brief; write its words into the YAML",
}
_LISTS: Final = ("gaps", "judgements")
_LOST_NOTES: Final = (
    "the YAML has what they are made from; LibreOffice loses notes where it opens a file that has "
    "comments"
)
_DELETE: Final = "delete it in the YAML"
_DATED: Final = "move it in the YAML; events stand in the order of their dates"
_NEW: Final = {
    "judgements": "write it in the YAML, with its confidence and what it rests on",
    "events": "write the event in the YAML, with its date and its evidence",
}
_UNSIGNED: Final = "it went with tracking off, and could be lost by mistake"
_EVENT: Final = "the event goes with its evidence"


class WholeChanges:
    """What became of whole rows and paragraphs of a reviewed text."""

    def __init__(self, text: ReviewedText) -> None:
        self.text, self.built = text, text.built
        self._rows: dict[int, list[int]] = defaultdict(list)
        for number, paragraph in enumerate(self.built.paragraphs):
            if paragraph.row and paragraph.before.strip():
                self._rows[paragraph.row].append(number)
        self.rows_gone = self._find_rows_gone()
        carried = {at for at in text.pairs if text.paragraphs[at].carried}
        bodies = {
            at: number
            for at, number in text.pairs.items()
            if at not in carried and self.built.paragraphs[number].where == "text"
        }
        self.moved = carried | out_of_order(bodies)
        self._notes = {one.before.strip() for one in self.built.paragraphs if one.note}
        self._told_rows: set[int] = set()
        self._came: set[int] = set()
        self._left = [at for at in sorted(text.pairs) if not is_gone(text.paragraphs[at])]
        self._stayed = [at for at in self._left if at not in self.moved]

    def came(self, at: int, last: int) -> Iterator[Remark]:
        """Yield the remark of a paragraph that is new behind the built one `last`, or of a row."""
        if not (new := self._new_words(at)):
            return
        self._came.add(last)
        paragraph = self.text.paragraphs[at]
        mark = next((piece.put_in for piece in paragraph.pieces if piece.put_in), UNTRACKED)
        what = "row" if paragraph.row else "paragraph"
        reason = ELSEWHERE.get(paragraph.where, f"write the {what} in the YAML")
        if paragraph.row:
            reason = _NEW.get(self.built.near[last].split("/")[0], reason)
        yield self.text.told(last, mark, f'a {what} put in: "{shown(new)}"', reason, new=new)

    def carried(self, at: int) -> Iterator[Remark]:
        """Yield the remarks of a paragraph, or row, that stands at another place than it did."""
        number, paragraph = self.text.pairs[at], self.text.paragraphs[at]
        mark, row = paragraph.carried or UNTRACKED, self.built.paragraphs[number].row
        if at not in self.moved or row in self._told_rows:
            return
        self._told_rows |= {row} - {0}
        if row:
            told = self._row(number, "moved", mark)
        else:
            # Of two that were moved behind one paragraph, no order is known: they meet.
            says, own = f'a paragraph moved: "{shown(paragraph.before)}"', -2 * number - 2
            told = self.text.told(number, mark, says, paragraph=own)
        place = bisect_left(self._stayed, at)
        stay = (self._stayed[place - 1 : place], self._stayed[place : place + 1])
        above, below = ([self.text.pairs[n] for n in one] for one in stay)
        key = told.address.split("/")[0]
        source = self.built.text_at(told.address)
        behind = self._behind(key, at, above, below) if key in _LISTS and source else ()
        here = self.built.whole(number)
        if source and behind and (row or (here and here.alone)):
            yield replace(told, text=source.text, item=ItemEdit("to", behind), reason="")
            return
        beside = [found for n in (*above, *below) if (found := self.built.whole(n))]
        same = [one for one in beside if here and one.address == here.address]
        others = [one for one in beside if one.place.block and not one.row]
        if row or not here or not (same or others):
            where = (
                f", behind {named(self.built.manifest, self.built.near[above[0]])}" if above else ""
            )
            yield replace(told, reason=told.reason or f"move it in the YAML{where}")
            return
        to = (same or others)[0]
        behind_block = to.block - (not above or self.built.whole(above[0]) != to)
        told = replace(told, address=here.address)
        if same:
            write = partial(moved_block, here.place, here.block, behind_block)
            yield with_edits(told, here.place, write)
            return
        words = paragraph.before
        away, to_here = (f'a paragraph moved {way}: "{shown(words)}"' for way in ("away", "here"))
        out = replace(told, says=away, moved=True, old=words, paragraph=number)
        yield with_edits(out, here.place, partial(without_block, here.place, here.block))
        put = replace(out, address=to.address, says=to_here, old="", new=words)
        write = partial(block_from, here.place, here.block, to.place, behind_block)
        yield with_edits(put, to.place, write)

    def _behind(self, key: str, at: int, above: list[int], below: list[int]) -> tuple[str, ...]:
        """Return the words behind which an item of a list stands now; none where it left it."""
        if above and (anchor := self._item(key, above[0])):
            begin = bisect_left(self._left, at) - 1
            while self.text.pairs[self._left[begin]] != above[0]:
                begin -= 1
        elif below and self._item(key, below[0]):
            anchor, begin = "", -1
        else:
            return ()
        between = self._left[begin + 1 : bisect_left(self._left, at)]
        moved = (self._item(key, self.text.pairs[n]) for n in between)
        return (anchor, *dict.fromkeys(filter(None, moved)))

    def _item(self, key: str, number: int) -> str:
        """Return the words of the item of a list that a built paragraph belongs to."""
        address = record_of(self.built.near[number])
        place = self.built.text_at(address) if address.startswith(f"{key}/") else None
        return place.text if place else ""

    def gone(self) -> Iterator[Remark]:
        """Yield rows and paragraphs that are not there any more, the notes of others as one."""
        for number, mark in self.rows_gone.values():
            yield self._row(number, "deleted", mark)
        kept, paragraphs = set(self.text.now), self.built.paragraphs
        gone = [n for n, one in enumerate(paragraphs) if n not in kept and one.before.strip()]
        rows = self.rows_gone
        texts = [n for n in gone if paragraphs[n].where != "note" and paragraphs[n].row not in rows]
        near = {self.built.near[number] for number in texts}
        notes = [n for n in gone if paragraphs[n].note and self.built.near[n] not in near]
        if notes:
            says = f"the words of {count_of(len(notes), 'note')} lost"
            yield self.text.told(notes[0], UNTRACKED, says, _LOST_NOTES)
        for number in texts:
            yield self._taken_out(number)

    def _taken_out(self, number: int) -> Remark:
        """Return the remark of a paragraph that is gone, where nothing came that it could be."""
        words = self.built.paragraphs[number].before
        told = self.text.told(
            number, UNTRACKED, f'a paragraph taken out: "{shown(words)}"', old=words
        )
        here = self.built.whole(number)
        last = max((n for n in self.text.now if n < number), default=0)
        replaced = last in self._came or (
            last in self.text.now and PARAGRAPH_END in self.text.now[last].whole
        )
        if here is None or replaced:
            return replace(told, text=here.place.text if here else "", reason=_DELETE)
        made = with_edits(told, here.place, partial(without_block, here.place, here.block))
        return replace(made, caution=_UNSIGNED)

    def _find_rows_gone(self) -> dict[int, tuple[int, TrackedMark]]:
        """Return the rows that are taken out, each with a built paragraph of it, and by whom."""
        found = {}
        for row, numbers in self._rows.items():
            left = [self.text.now[number] for number in numbers if number in self.text.now]
            if all(is_gone(paragraph) for paragraph in left):
                marks = (piece.taken_out for one in left for piece in one.pieces)
                found[row] = numbers[0], next(filter(None, marks), UNTRACKED)
        return found

    def _row(self, number: int, what: str, mark: TrackedMark) -> Remark:
        """Return the remark of what was done to the whole row of a built paragraph."""
        numbers = self._rows[self.built.paragraphs[number].row]
        within = [one.anchor.address for n in numbers for one in self.built.segments[n]]
        address = next(filter(self.built.text_at, within), self.built.near[number])
        cells = " | ".join(self.built.paragraphs[number].before for number in numbers)
        says = f'the row of {named(self.built.manifest, address)} {what}: "{shown(cells)}"'
        told = self.text.told(number, mark, says, old=cells)
        told = replace(told, address=address, beside=self.text.beside(address))
        event = record_of(address) if address.endswith("/title") else ""
        if what == "moved":
            return replace(told, reason=_DATED if event else "move it in the YAML")
        if not event and not address.startswith("judgements/"):
            return replace(told, reason="delete it in the YAML, with all its keys")
        caution = _EVENT if event else "" if told.tracked else _UNSIGNED
        place = self.built.text_at(address)
        told = replace(told, address=event or address, text=place.text if place else "")
        return replace(told, item=ItemEdit("out"), caution=caution)

    def _new_words(self, at: int) -> str:
        """Return the words of a new paragraph; of a new row all, at its first paragraph."""
        paragraphs = self.text.paragraphs
        row, words = paragraphs[at].row, paragraphs[at].whole.strip()
        if paragraphs[at].where == "note" and words in self._notes:
            return ""  # that of a paragraph that was moved, which stands twice
        cells = [n for n, one in enumerate(paragraphs) if one.row == row and one.whole.strip()]
        if not words or not row or not self.text.pairs.keys().isdisjoint(cells):
            return words
        return " | ".join(paragraphs[n].whole for n in cells) if at == cells[0] else ""

"""Rows and paragraphs of a reviewed document that went, came or moved as a whole."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import Final, NamedTuple

from sourcebrief.review.addresses import as_item, named, record_of
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
_DATED: Final = (
    "events and outcomes stand in the order of the dates; change the date if it is wrong"
)
_NEW: Final = {
    "judgements": "write it in the YAML, with its confidence and what it rests on",
    "events": "write the event in the YAML, with its date and its evidence",
}
_UNSIGNED: Final = "it went with tracking off, and could be lost by mistake"
_EVENT: Final = "the event goes with its evidence"


class _Group(NamedTuple):
    """What goes or is moved together: a text by its `address`, or else a `row` of a table."""

    address: str
    row: int


class WholeChanges:
    """What became of whole rows and paragraphs of a reviewed text."""

    def __init__(self, text: ReviewedText) -> None:
        self.text, self.built = text, text.built
        self._came: set[int] = set()
        self._groups: dict[_Group, list[int]] = defaultdict(list)
        for number in range(len(self.built.paragraphs)):
            for group in self._groups_of(number):
                self._groups[group].append(number)
        carried = {at for at in text.pairs if text.paragraphs[at].carried}
        bodies = {
            at: number
            for at, number in text.pairs.items()
            if at not in carried and self.built.paragraphs[number].where == "text"
        }
        self.moved = carried | out_of_order(bodies)
        self._moved = {text.pairs[at] for at in self.moved}
        self._notes = {one.before.strip() for one in self.built.paragraphs if one.note}
        self._told: set[_Group] = set()
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
        together = [
            one
            for one in self._groups_of(number)
            if self._moved.issuperset(self._groups[one])
            and not one.address.startswith(("actors/", "gaps/"))
        ]
        if at not in self.moved or not self._told.isdisjoint(together):
            return
        self._told |= {*together}
        here = self.built.whole(number)
        if together:
            told = self._whole(together[0], "moved", mark)
        else:
            gap = here is not None and here.alone and here.place.listed
            what = named(self.built.manifest, self.built.near[number]) if gap else "a paragraph"
            # Of two that were moved behind one paragraph, no order is known: they meet.
            says, own = f'{what} moved: "{shown(paragraph.before)}"', -2 * number - 2
            told = self.text.told(number, mark, says, paragraph=own)
        place = bisect_left(self._stayed, at)
        stay = (self._stayed[place - 1 : place], self._stayed[place : place + 1])
        above, below = ([self.text.pairs[n] for n in one] for one in stay)
        key = told.address.split("/")[0]
        source = self.built.text_at(told.address)
        behind = self._behind(key, at, above, below) if key in _LISTS and source else ()
        if source and behind and (row or (here and here.alone)):
            yield replace(told, text=source.text, item=ItemEdit("to", behind), reason="")
            return
        beside = [found for n in (*above, *below) if (found := self.built.whole(n))]
        same = [one for one in beside if here and one.address == here.address]
        others = [one for one in beside if one.place.block and not one.row]
        if together or row or not here or not (same or others):
            where = (
                f", behind {named(self.built.manifest, self.built.near[above[0]])}" if above else ""
            )
            where += ", or change its `after`" if told.address.startswith("sections/") else ""
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
        if here.alone and here.address.startswith(("actors/", "gaps/")):
            yield replace(out, text=here.place.text, item=ItemEdit("out"))
        else:
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
        for group, mark in self.taken_out.items():
            yield self._whole(group, "deleted", mark)
        kept, paragraphs = set(self.text.now), self.built.paragraphs
        gone = [n for n, one in enumerate(paragraphs) if n not in kept and one.before.strip()]
        texts = [n for n in gone if paragraphs[n].where != "note"]
        near = {self.built.near[number] for number in texts}
        notes = [n for n in gone if paragraphs[n].note and self.built.near[n] not in near]
        if notes:
            says = f"the words of {count_of(len(notes), 'note')} lost"
            yield self.text.told(notes[0], UNTRACKED, says, _LOST_NOTES)
        for number in texts:
            if not self.is_taken_out(number):
                yield self._taken_out(number)

    def _taken_out(self, number: int) -> Remark:
        """Return the remark of a paragraph that is gone, where nothing came that it could be."""
        words = self.built.paragraphs[number].before
        says = f'a paragraph taken out: "{shown(words)}"'
        told = self.text.told(number, UNTRACKED, says, old=words, paragraph=number)
        here = self.built.whole(number)
        if here is None or self._is_replaced(number):
            return replace(told, text=here.place.text if here else "", reason=_DELETE)
        made = with_edits(told, here.place, partial(without_block, here.place, here.block))
        return replace(made, caution=_UNSIGNED)

    def _is_replaced(self, number: int) -> bool:
        """Say whether something came where a built paragraph was, which could be that one."""
        last = max((n for n in self.text.now if n < number), default=0)
        now = self.text.now.get(last)
        return last in self._came or (now is not None and PARAGRAPH_END in now.whole)

    def _groups_of(self, number: int) -> Iterator[_Group]:
        """Yield what a built paragraph goes or is moved with: its row, its gap, section or such."""
        paragraph, segments = self.built.paragraphs[number], self.built.segments[number]
        if not paragraph.before.strip():
            return
        if paragraph.row:
            yield _Group("", paragraph.row)
        item = as_item(segments[0].anchor.address) if segments else ""
        if "/outcomes/" in item or (item and not paragraph.row and not item.startswith("events/")):
            yield _Group(item, paragraph.row)

    @cached_property
    def taken_out(self) -> dict[_Group, TrackedMark]:
        """What went whole, and by whom; what is known to have come has been told."""
        found: dict[_Group, TrackedMark] = {}
        for group, numbers in self._groups.items():
            left = [self.text.now[number] for number in numbers if number in self.text.now]
            if all(map(is_gone, left)) and _Group("", group.row) not in found:
                marks = (piece.taken_out for one in left for piece in one.pieces)
                found[group] = next(filter(None, marks), UNTRACKED)
        return found

    def is_taken_out(self, number: int) -> bool:
        """Say whether a built paragraph went with more than itself."""
        return not self.taken_out.keys().isdisjoint(self._groups_of(number))

    def _whole(self, group: _Group, what: str, mark: TrackedMark) -> Remark:
        """Return the remark of what was done to a whole row or text."""
        numbers = self._groups[group]
        within = [one.anchor.address for n in numbers for one in self.built.segments[n]]
        titles = [one for one in within if one.endswith("/title")]
        of_text = (*titles, *filter(self.built.text_at, within), "")[0]
        item = group.address or as_item(of_text)
        address = item or of_text or self.built.near[numbers[0]]
        words = (" " if group.address else " | ").join(
            self.built.paragraphs[n].before for n in numbers
        )
        name = f"{'' if group.address else 'the row of '}{named(self.built.manifest, address)}"
        told = self.text.told(numbers[0], mark, f'{name} {what}: "{shown(words)}"', old=words)
        place = self.built.text_at(address)
        told = replace(told, address=address, beside=self.text.beside(address))
        if what == "moved":
            dated = f"{address}/date" if titles else address
            return replace(told, address=dated, reason=_DATED if "events/" in address else "")
        told = replace(told, text=place.text if place else "")
        if not item:
            return replace(told, reason="delete it in the YAML, with all its keys")
        if not group.row and self._is_replaced(numbers[0]) and mark is UNTRACKED:
            return replace(told, reason=_DELETE)
        caution = _EVENT if titles else "" if told.tracked else _UNSIGNED
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

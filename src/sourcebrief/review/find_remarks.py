"""Find every remark in a reviewed document: what was changed, by whom, and in which text."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import count, pairwise
from typing import Any, Final

from sourcebrief.review.addresses import AuthoredPlace, fact_at, quotation_of
from sourcebrief.review.built_text import BuiltText, WholeParagraph
from sourcebrief.review.compare_paragraphs import (
    Run,
    WordChange,
    built_offset,
    changes_in,
    untracked_looks,
)
from sourcebrief.review.printed_source import CALL, PrintedParagraph
from sourcebrief.review.protected_words import caution, why_protected
from sourcebrief.review.remark_words import look_of, shown, words_of
from sourcebrief.review.remarks import ItemEdit, Remark
from sourcebrief.review.reviewed_text import ReviewedText, is_gone, with_edits
from sourcebrief.review.source_edits import emphasis_edits, source_edits
from sourcebrief.review.whole_changes import ELSEWHERE, WholeChanges
from sourcebrief.review.whole_paragraphs import joined_blocks
from sourcebrief.review.word_comments import Comment
from sourcebrief.review.word_text import PARAGRAPH_END, Where, WordParagraph
from sourcebrief.text.phrases import count_of, shorten
from sourcebrief.workspace.yaml_edits import Edit, apply_edits

_OF_PROGRAM: Final = (
    "the program prints this; change what it is made from in the YAML, or in the templates"
)
_OF_STYLE: Final = "of looks, only bold and italic are an author's; the rest is the brief's style"
_OTHER_SIDE: Final = "what was changed behind or before its note cannot be made"
_OTHER_BUILD: Final = "or no reviewer did this, and the other templates or version print it so"
_PASSAGE: Final = 4
"""How many words are no chance if they go here and come there."""
_NUMBERS: Final = re.compile(r"\[(\d+(?:,\s*\d+)*)\]")
Writer = Callable[[AuthoredPlace, PrintedParagraph, WordChange, str], tuple[Edit, ...]]


def find_remarks(
    built: BuiltText,
    reviewed: Sequence[WordParagraph],
    comments: Sequence[Comment],
    like_sent: bool,
) -> Iterator[Remark]:
    """Yield the changes in the order of the document, then the comments.

    Where the document was not built in the same way (`like_sent`), what was changed with tracking
    off outside authored texts could be the other build's, which is said.
    """
    finder = _Finder(ReviewedText(built, reviewed))
    numbers = count(1)
    changes = _cut_and_pasted(list(finder.changes()))
    for remark in changes if like_sent else _doubted(changes):
        yield replace(remark, number=next(numbers))
    ids = {comment.id: number for comment, number in zip(comments, numbers, strict=False)}
    for comment in comments:
        remark = finder.comment(comment)
        yield replace(remark, number=ids[comment.id], reply_to=ids.get(comment.reply_to))


def _doubted(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """Say of what no author wrote that it may be the other build's, once of what is alike."""
    alike: dict[tuple[str, str], list[Remark]] = defaultdict(list)
    for one in remarks:
        if one.tracked or one.text or one.item:
            yield one
        else:
            alike[one.old, one.new].append(one)
    for first, *others in alike.values():
        more = f", as at {count_of(len(others), 'more place')}" if others else ""
        yield replace(first, reason=f"{first.reason}; {_OTHER_BUILD}{more}")


def _cut_and_pasted(remarks: Sequence[Remark]) -> Iterator[Remark]:
    """Hold both ends of what stands elsewhere now for a move, so that no words are lost.

    What was edited where it stands now has other words at both ends, and is not written.
    """
    gone = [(one.author, _passage(one.old)) for one in remarks]
    came = [(one.author, _passage(one.new)) for one in remarks]
    for one in remarks:
        alone = one.kind == "change" and bool(one.old.strip()) != bool(one.new.strip())
        words, others = _passage(one.old or one.new), came if one.old.strip() else gone
        ends = (
            2 * len(words & there) >= max(len(words), len(there))
            for who, there in others
            if who == one.author and there
        )
        yield replace(one, moved=one.moved or bool(alone and words and any(ends)))


def _passage(words: str) -> frozenset[str]:
    """Return the words of what could be a passage; none of less."""
    found = words.split()
    return frozenset(found) if len(found) >= _PASSAGE else frozenset()


class _Finder:
    def __init__(self, text: ReviewedText) -> None:
        self.text, self.built = text, text.built
        self._comments: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, paragraph in enumerate(text.paragraphs):
            for key, at in paragraph.comments:
                self._comments[key].append((number, at))

    def changes(self) -> Iterator[Remark]:
        """Yield every change of words and of their look, rows that came, went or moved as one."""
        last = 0
        whole = WholeChanges(self.text)
        for at, paragraph in enumerate(self.text.paragraphs):
            number = self.text.pairs.get(at)
            if number is None:
                yield from whole.came(at, last)
            elif not whole.is_taken_out(number):
                last = number
                yield from self._of_paragraph(number, paragraph)
                yield from whole.carried(at)
        yield from whole.gone()

    def comment(self, comment: Comment) -> Remark:
        """Return the remark of a comment, at the words that it is about."""
        says = comment.text or "(no words)"
        address, text, at, about = "", "", 0, ""
        if spots := self._comments.get(comment.id):
            (here, begin), (last, end) = spots[0], spots[-1]
            paragraph = self.text.paragraphs[here]
            about = paragraph.whole[begin : end if here == last and end > begin else None]
            # The built paragraph that it is, or that stands before it.
            number = next(
                (self.text.pairs[n] for n in range(here, -1, -1) if n in self.text.pairs), 0
            )
            address = self.built.near[number]
            if here in self.text.pairs:
                offset = built_offset(self.built.paragraphs[number].before, paragraph, begin)
                address, text, at = self.built.place_of(number, offset)
        remark = Remark(0, "comment", comment.by.name, comment.by.date, says, address, text, at)
        return replace(remark, old=shown(about), resolved=comment.resolved)

    def _of_paragraph(self, number: int, paragraph: WordParagraph) -> Iterator[Remark]:
        built = self.built.paragraphs[number].before
        changes = [(each, self._remark(number, each)) for each in changes_in(built, paragraph)]
        for change, remark in _whole_around_notes(changes, built):
            if (change.old + change.new).strip() or self._parts(remark, built[change.end :]):
                yield remark
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
        following = self.text.now.get(number + 1, paragraph)
        if paragraph.joined and not is_gone(paragraph) and not is_gone(following):
            says = "a paragraph joined with the next one"
            told = self.text.told(number, paragraph.joined, says, paragraph=number)
            here, other = map(self.built.whole, (number, number + 1))
            if here and other and here.address == other.address:
                edits = partial(joined_blocks, here.place, here.block)
                yield with_edits(replace(told, address=here.address), here.place, edits)
            elif here and other and here.place.listed and other.place.listed and other.alone:
                yield from self._gaps_joined(told, here, other)
            else:
                yield replace(told, reason="join them in the YAML")

    def _gaps_joined(
        self, told: Remark, here: WholeParagraph, other: WholeParagraph
    ) -> Iterator[Remark]:
        """Yield both ends of a join of two gaps: one takes the words of the next, which goes."""
        end, words = len(here.place.text), other.place.text
        taken = Edit(end, end, f" {words}")
        told = replace(told, moved=True, new=words, address=here.address, text=here.place.text)
        yield replace(told, at=end, edits=(taken,))
        says, out = "a gap joined with the one before", ItemEdit("out")
        told = replace(told, says=says, new="", old=words, address=other.address, text=words)
        yield replace(told, item=out)

    def _remark(
        self, number: int, change: WordChange, write: Writer | None = source_edits
    ) -> Remark:
        built = self.built.paragraphs[number].before
        more: dict[str, Any] = {"old": change.old, "new": change.new, "paragraph": number}
        says = words_of(change, built)
        remark = self.text.told(number, change.mark, says, moved=change.mark.moved, **more)
        segment = self.built.segment(number, change.start, change.end)
        if segment is None or fact_at(segment.anchor.address):
            address = self.built.touched(number, change.start, change.end)
            where = self.built.paragraphs[number].where
            of_text = any(
                one.anchor.address == address and change.start < one.end and one.start < change.end
                for one in self.built.segments[number]
            )
            is_text = of_text and self.built.text_at(address) is not None
            reason = _not_written(where, address, is_text=is_text)
            beside = self.text.beside(address)
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
        if PARAGRAPH_END in here.new:
            here = replace(here, runs=tuple(map(self._citing, here.runs)))
        within = paragraph.places[here.start : here.end]
        if within and all(one and one.citation is not None for one in within) and here.new.strip():
            return replace(remark, reason="it is a citation; change it in the YAML: [@id]")
        if protected := why_protected(self.built.manifest, place, said, here):
            return replace(remark, reason=protected)
        if write is None:
            return replace(remark, reason=_OF_STYLE)
        care = caution(self.built.manifest["brief"]["language"], said, here)
        made = with_edits(remark, place, partial(write, place, paragraph, here, said))
        return replace(made, caution=care if made.edits else "")

    @staticmethod
    def _parts(remark: Remark, behind: str) -> bool:
        """Say whether white space that was put in or taken out parts or joins words."""
        if not behind.strip():
            return False
        same = apply_edits(remark.text, remark.edits).split() == remark.text.split()
        return not (remark.edits and same) or PARAGRAPH_END in remark.new

    def _citing(self, run: Run) -> Run:
        """Let the numbers of events in brackets, as the brief prints them, cite those events."""
        ids = {str(one["number"]): f"@{one['id']}" for one in self.built.manifest["events"]}

        def cite(found: re.Match[str]) -> str:
            numbers = re.split(r",\s*", found[1])
            return (
                f"[{'; '.join(ids[n] for n in numbers)}]" if ids.keys() >= {*numbers} else found[0]
            )

        return run._replace(text=_NUMBERS.sub(cite, run.text))


def _whole_around_notes(
    told: list[tuple[WordChange, Remark]], built: str
) -> list[tuple[WordChange, Remark]]:
    """Refuse what was done on one side of a note that stays where the other cannot be made."""
    for (first, one), (second, other) in (*pairwise(told), *pairwise(told[::-1])):
        start, end = sorted((first.start, first.end, second.start, second.end))[1:3]
        near = built[start:end].strip() and not built[start:end].replace(CALL, "").strip()
        if near and one.reason and other.edits and one.author == other.author:
            refused = replace(other, edits=(), reason=f"{_OTHER_SIDE}: {one.reason}")
            told = [(each, refused if made is other else made) for each, made in told]
    return told


def _not_written(where: Where, address: str, *, is_text: bool) -> str:
    """Say why words that no author wrote, or that are no text, are not changed."""
    if address.startswith("sources/"):
        return "what a source is stands in the catalogue; change it there"
    fact = fact_at(address) if where == "text" else None
    if is_text and where == "text":
        return "the text is an author's, and its label the program's; change it in the YAML"
    return f"it is {fact}; change it in the YAML" if fact else ELSEWHERE.get(where, _OF_PROGRAM)

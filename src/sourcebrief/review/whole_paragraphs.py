"""Write what a change does to whole paragraphs of a text: one is taken out, parted, or put in."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sourcebrief.review.addresses import AuthoredPlace
from sourcebrief.review.compare_paragraphs import WordChange
from sourcebrief.review.printed_source import PrintedParagraph
from sourcebrief.review.rebuilt_markup import TYPED, written
from sourcebrief.review.word_text import PARAGRAPH_END
from sourcebrief.text.phrases import curled
from sourcebrief.workspace.markup import CitedItem, parse_markup
from sourcebrief.workspace.markup_places import WrittenBlock, written_places
from sourcebrief.workspace.yaml_edits import Edit, apply_edits

_UNFOLLOWED: Final = "its Markdown cannot be kept; make the change in the YAML"
_Said = tuple[str, str, tuple[CitedItem, ...]]
"""The kind of a block, its words and what it cites."""


class Unwritable(Exception):  # noqa: N818 - it says what the change is
    """A change that cannot be written into the text; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a paragraph should print after a change: its words, and the citations that it keeps."""

    words: str
    citations: tuple[int, ...]


def without_block(place: AuthoredPlace, block: int) -> tuple[Edit, ...]:
    """Return the edit that takes out one of several paragraphs or items, counted from 1.

    Raises Unwritable.
    """
    blocks = _blocks(place) if place.block else []
    if len(blocks) < 2:
        raise Unwritable("nothing of the text is left; delete it in the YAML, with its key")
    said = _said(place.text)
    del said[block - 1]
    return _saying(place, (_removal(place.text, blocks, block - 1),), said)


def block_at(place: AuthoredPlace, start: int) -> int:
    """Return which paragraph or item of a text begins at an offset, counted from 1."""
    return [one.start for one in _blocks(place)].index(start) + 1 if place.block else 1


def moved_block(place: AuthoredPlace, block: int, behind: int) -> tuple[Edit, ...]:
    """Return the edits that move a paragraph or item of a text behind another one of it.

    Both count from 1; behind 0 is the begin. Raises Unwritable.
    """
    said = _said(place.text)
    said.insert(behind - (behind >= block), said.pop(block - 1))
    gone = _removal(place.text, _blocks(place), block - 1)
    return _saying(place, (gone, _copy(place, block, place, behind)), said)


def block_from(
    other: AuthoredPlace, block: int, place: AuthoredPlace, behind: int
) -> tuple[Edit, ...]:
    """Return the edit that puts a paragraph of another text, as it is written, behind one of this.

    In a list of single texts it becomes an item of its own. Raises Unwritable.
    """
    said, new = _said(place.text), _said(other.text)[block - 1]
    if place.listed and len(said) == 1:
        found = _blocks(other)[block - 1]
        words = other.text[found.start : found.end]
        return (Edit(len(place.text), len(place.text), PARAGRAPH_END + words),)
    said.insert(behind, new)
    return _saying(place, (_copy(other, block, place, behind),), said)


def _copy(other: AuthoredPlace, block: int, place: AuthoredPlace, behind: int) -> Edit:
    """Put a paragraph or item behind one of a text, or before its first (0)."""
    text, blocks, found = place.text, _blocks(place), _blocks(other)[block - 1]
    signs, sign = [_sign(text, one) for one in blocks], _sign(other.text, found)
    words = other.text[found.start - len(sign) : found.end]
    alike = [bool(one.strip()) == bool(sign.strip()) for one in signs]
    between = "\n" if sign.strip() and any(alike[max(behind - 1, 0) : behind + 1]) else "\n\n"
    if behind == len(blocks) or (behind and alike[behind - 1]):
        return Edit(blocks[behind - 1].end, blocks[behind - 1].end, between + words)
    at = blocks[behind].start - len(signs[behind])
    return Edit(at, at, words + between)


def joined_blocks(place: AuthoredPlace, block: int) -> tuple[Edit, ...]:
    """Return the edit that joins a paragraph, counted from 1, to the next. Raises Unwritable."""
    blocks, said = _blocks(place), _said(place.text)
    (kind, words, cited), (_, more, others) = said[block - 1 : block + 1]
    said[block - 1 : block + 1] = [(kind, f"{words} {more}", cited + others)]
    edit = Edit(blocks[block - 1].end, blocks[block].start, " ")
    return _saying(place, (edit,), said)


def _blocks(place: AuthoredPlace) -> list[WrittenBlock]:
    found = written_places(place.text)
    if None in found:
        raise Unwritable(_UNFOLLOWED)
    return [one for one in found if one is not None]


def _sign(text: str, block: WrittenBlock) -> str:
    """Return what stands before the words of a block in its line, such as the sign of an item."""
    return text[text.rfind("\n", 0, block.start) + 1 : block.start]


def _removal(text: str, blocks: Sequence[WrittenBlock], number: int) -> Edit:
    if number + 1 == len(blocks):
        return Edit(blocks[number - 1].end, blocks[number].end, "")
    begin, end = (one.start - len(_sign(text, one)) for one in blocks[number : number + 2])
    return Edit(begin, end, "")


def _said(text: str) -> list[_Said]:
    return [(one.kind, one.plain, one.citations) for one in parse_markup(text).blocks]


def _saying(place: AuthoredPlace, edits: tuple[Edit, ...], said: list[_Said]) -> tuple[Edit, ...]:
    """Return edits that make a text say what it should. Raises Unwritable."""
    text = apply_edits(place.text, edits)
    if parse_markup(text).faults or _said(text) != said:
        raise Unwritable(_UNFOLLOWED)
    return edits


def parted(
    place: AuthoredPlace,
    paragraph: PrintedParagraph,
    change: WordChange,
    at: int,
    target: Target,
) -> tuple[Edit, ...]:
    """Return the edit that parts a paragraph at a place of its text, or puts new ones in there.

    Raises Unwritable where the text would not have the words and citations of the `target`.
    """
    text, blocks = place.text, _blocks(place)
    if change.old.strip() or not place.block:
        raise Unwritable("it parts a paragraph of a text that is one; change it in the YAML")
    number = block_at(place, paragraph.start) - 1
    head, *new = (written(" ".join(one.split())) for one in change.new.split(PARAGRAPH_END))
    behind = text[at : paragraph.end]
    begin = max(len(text[:at].rstrip()), paragraph.start)
    end = paragraph.end - len(behind.lstrip())
    # An item begins with its sign; paragraphs have an empty line between them; a gap is an item.
    sign = _sign(text, blocks[number])
    between = f"\n{sign}" if sign.strip() else "\n\n"
    between = PARAGRAPH_END if place.listed and len(blocks) == 1 else between
    blank = " " if head and begin > paragraph.start else ""
    words = between.join([f"{blank}{head}", *new])
    edit = Edit(begin, end, words + (" " if new[-1] and behind.strip() else ""))
    if between == PARAGRAPH_END:
        edit = Edit(begin, len(text), edit.words + text[end:])
    said, after = _said(text), apply_edits(text, [edit]).split(PARAGRAPH_END)
    now, last = [one for part in after for one in _said(part)], number + len(new) + 1
    kinds, made, cited = zip(*now[number:last], strict=True)
    kind, _, had = said[number]
    typed = parse_markup(" ".join(TYPED.findall(change.new))).citations
    same = (
        not any(parse_markup(part).faults for part in after)
        and now[:number] + now[last:] == said[:number] + said[number + 1 :]
        and set(kinds) == {kind}
        and curled(" ".join(made)).split() == TYPED.sub("", target.words).split()
        and Counter(sum(cited, ())) == Counter((*had, *typed))
    )
    if not same:
        raise Unwritable(_UNFOLLOWED)
    return (edit,)

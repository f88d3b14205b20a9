"""Write what a change does to whole paragraphs of a text: one is taken out, parted, or put in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sourcebrief.review.addresses import AuthoredPlace
from sourcebrief.review.compare_paragraphs import WordChange
from sourcebrief.review.printed_source import PrintedParagraph
from sourcebrief.review.rebuilt_markup import escaped
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


def without_paragraph(
    place: AuthoredPlace, paragraph: PrintedParagraph, target: Target
) -> tuple[Edit, ...]:
    """Return the edit that takes a whole paragraph or item out of several. Raises Unwritable."""
    blocks = _blocks(place) if place.block and not target.citations else []
    if len(blocks) < 2:
        raise Unwritable("nothing of the text is left; delete it in the YAML, with its key")
    number = [block.start for block in blocks].index(paragraph.start)
    said = _said(place.text)
    del said[number]
    return _saying(place, (_removal(place.text, blocks, number),), said)


def moved_block(place: AuthoredPlace, block: int, behind: int) -> tuple[Edit, ...]:
    """Return the edits that move a paragraph or item of a text behind another one of it.

    Both count from 1; behind 0 is the begin. Raises Unwritable.
    """
    text, blocks = place.text, _blocks(place)
    signs = [_sign(text, one) for one in blocks]
    sign = signs[block - 1]
    words = text[blocks[block - 1].start - len(sign) : blocks[block - 1].end]
    between = "\n" if sign.strip() else "\n\n"
    if behind == len(blocks) or (behind and bool(signs[behind - 1].strip()) == bool(sign.strip())):
        at, words = blocks[behind - 1].end, between + words
    else:
        at, words = blocks[behind].start - len(signs[behind]), words + between
    said = _said(text)
    said.insert(behind - (behind >= block), said.pop(block - 1))
    return _saying(place, (_removal(text, blocks, block - 1), Edit(at, at, words)), said)


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
    text = place.text
    if change.old.strip() or not place.block:
        raise Unwritable("it parts a paragraph of a text that is one; change it in the YAML")
    number = [block.start for block in _blocks(place)].index(paragraph.start)
    head, *new = (escaped(" ".join(one.split())) for one in change.new.split(PARAGRAPH_END))
    behind = text[at : paragraph.end]
    begin, end = len(text[:at].rstrip()), paragraph.end - len(behind.lstrip())
    # An item begins with its sign; paragraphs have an empty line between them.
    sign = text[text.rfind("\n", 0, paragraph.start) + 1 : paragraph.start]
    words = (f"\n{sign}" if sign.strip() else "\n\n").join([f" {head}" if head else "", *new])
    edit = Edit(begin, end, words + (" " if new[-1] and behind.strip() else ""))
    said, after = _said(text), apply_edits(text, [edit])
    now, last = _said(after), number + len(new) + 1
    kinds, made, cited = zip(*now[number:last], strict=True)
    kind, _, had = said[number]
    same = (
        not parse_markup(after).faults
        and now[:number] + now[last:] == said[:number] + said[number + 1 :]
        and set(kinds) == {kind}
        and curled(" ".join(made)).split() == target.words.split()
        and sum(cited, ()) == had
    )
    if not same:
        raise Unwritable(_UNFOLLOWED)
    return (edit,)

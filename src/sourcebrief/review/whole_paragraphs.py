"""Write what a change does to whole paragraphs of a text: one is taken out, parted, or put in."""

from dataclasses import dataclass

from sourcebrief.review.addresses import AuthoredPlace
from sourcebrief.review.compare_paragraphs import WordChange
from sourcebrief.review.printed_source import PrintedParagraph
from sourcebrief.review.rebuilt_markup import escaped
from sourcebrief.review.word_text import PARAGRAPH_END
from sourcebrief.text.phrases import curled
from sourcebrief.workspace.markup import parse_markup
from sourcebrief.workspace.markup_places import written_places
from sourcebrief.workspace.yaml_edits import Edit, apply_edits


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
    text = place.text
    blocks = written_places(text) if place.block and not target.citations else ()
    starts = [block.start if block else -1 for block in blocks]
    if len(blocks) < 2 or paragraph.start not in starts:
        raise Unwritable("nothing of the text is left; delete it in the YAML, with its key")
    number = starts.index(paragraph.start)
    if number + 1 < len(blocks):
        begin, end = (text.rfind("\n", 0, at) + 1 for at in starts[number : number + 2])
    else:
        before = blocks[number - 1]
        begin, end = before.end if before else -1, paragraph.end
    was = list(parse_markup(text).blocks)
    now = parse_markup(text[:begin] + text[end:])
    if begin < 0 or now.faults or list(now.blocks) != was[:number] + was[number + 1 :]:
        raise Unwritable("the paragraph cannot be taken out by itself; delete it in the YAML")
    return (Edit(begin, end, ""),)


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
    starts = [block.start if block else -1 for block in written_places(text)]
    if change.old.strip() or not place.block or paragraph.start not in starts:
        raise Unwritable("it parts a paragraph of a text that is one; change it in the YAML")
    number = starts.index(paragraph.start)
    head, *new = (escaped(" ".join(one.split())) for one in change.new.split(PARAGRAPH_END))
    behind = text[at : paragraph.end]
    begin, end = len(text[:at].rstrip()), paragraph.end - len(behind.lstrip())
    # An item begins with its sign; paragraphs have an empty line between them.
    sign = text[text.rfind("\n", 0, paragraph.start) + 1 : paragraph.start]
    words = (f"\n{sign}" if sign.strip() else "\n\n").join([f" {head}" if head else "", *new])
    edit = Edit(begin, end, words + (" " if new[-1] and behind.strip() else ""))
    was, now = parse_markup(text), parse_markup(apply_edits(text, [edit]))
    last = number + len(new) + 1
    made = now.blocks[number:last]
    before = was.blocks[number]
    pieces = [piece for block in made for piece in block.pieces]
    had, cited = (
        [piece.citation for piece in each if piece.kind == "citation"]
        for each in (before.pieces, pieces)
    )
    same = (
        not now.faults
        and now.blocks[:number] + now.blocks[last:]
        == was.blocks[:number] + was.blocks[number + 1 :]
        and {block.kind for block in made} == {before.kind}
        and curled(" ".join(block.plain for block in made)).split() == target.words.split()
        and cited == had
    )
    if not same:
        raise Unwritable("its Markdown cannot be kept; part the paragraph in the YAML")
    return (edit,)

"""From a change of printed words to a change of the Markdown that they were printed from.

Emphasis, links and citations between the words stay where they were. What is made is parsed again,
and is taken only where it prints the words that the reviewer left.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sourcebrief.review.addresses import AuthoredPlace
from sourcebrief.review.compare_paragraphs import Run, WordChange
from sourcebrief.review.printed_source import CALL, PrintedParagraph
from sourcebrief.review.rebuilt_markup import EMPHASIS, escaped, rebuilt
from sourcebrief.review.whole_paragraphs import Target, Unwritable, block_at, parted, without_block
from sourcebrief.review.word_text import PARAGRAPH_END
from sourcebrief.text.phrases import curled
from sourcebrief.workspace.markup import parse_markup
from sourcebrief.workspace.yaml_edits import Edit, apply_edits


def source_edits(
    place: AuthoredPlace, paragraph: PrintedParagraph, change: WordChange, said: str
) -> tuple[Edit, ...]:
    """Return the edits of a text that make a change of what is printed of one paragraph of it.

    Where a whole gap goes, no text is left; where one comes, a paragraph end stands before it.

    `said` is what is printed, of which the change replaces `[start, end)`. Raises Unwritable.
    """
    if CALL in change.new:
        raise Unwritable("it puts in a note or a picture; cite the source in the YAML: [@id]")
    gone = paragraph.places[change.start : change.end]
    if any(
        place is None and not char.isspace() for place, char in zip(gone, change.old, strict=True)
    ):
        raise Unwritable("it also changes what the program prints beside the text")
    target, at = _target(paragraph, change, said), _insertion(place.text, paragraph, change)
    if PARAGRAPH_END in change.new:
        return parted(place, paragraph, change, at, target)
    if not target.words:
        if target.citations:
            raise Unwritable("citations of it are left; take them out in the YAML")
        return without_block(place, block_at(place, paragraph.start))
    for runs in _written_runs(place, paragraph, change):
        edits = rebuilt(place.text, paragraph, runs, at, frozenset(filter(None, gone)), {})
        if _prints(place, paragraph, edits, target):
            return edits
    raise Unwritable("its Markdown cannot be kept; make the change in the YAML")


def emphasis_edits(
    place: AuthoredPlace, paragraph: PrintedParagraph, change: WordChange, said: str
) -> tuple[Edit, ...]:
    """Return the edits that give the words of a change the look of its run. Raises Unwritable."""
    if not place.markdown:
        raise Unwritable("this text has no emphasis")
    within = paragraph.places[change.start : change.end]
    if any(
        one.citation is not None if one else not blank.isspace()
        for one, blank in zip(within, change.old, strict=True)
    ):
        raise Unwritable("it is also the look of what the program prints beside the text")
    looks = {one.start: change.runs[0].looks for one in within if one}
    target = _target(paragraph, replace(change, end=change.start, old="", runs=()), said)
    edits = rebuilt(place.text, paragraph, (), paragraph.start, (), looks)
    if not _prints(place, paragraph, edits, target):
        raise Unwritable("its Markdown cannot be kept; write it in the YAML: *so*")
    return edits


def _target(paragraph: PrintedParagraph, change: WordChange, said: str) -> Target:
    """Return what a paragraph should print; Unwritable where a part of a citation would be left."""
    places = paragraph.places
    sides = (0, change.start), (change.end, len(said))
    cited = {one.citation for side in sides for one in places[slice(*side)] if one} - {None}
    if cited & {one.citation for one in places[change.start : change.end] if one}:
        raise Unwritable("it takes out a part of a citation; take it out in the YAML")
    before, behind = (
        "".join(said[at] for at in range(*side) if (one := places[at]) and one.citation is None)
        for side in sides
    )
    words = before + change.new.replace(PARAGRAPH_END, " ") + behind
    return Target(_spaced(words), tuple(sorted(one for one in cited if one is not None)))


def _spaced(text: str) -> str:
    """The words as they print."""
    return curled(" ".join(text.split()))


def _written_runs(
    place: AuthoredPlace, paragraph: PrintedParagraph, change: WordChange
) -> Iterator[tuple[Run, ...]]:
    """Yield ways to write what a change puts in, the one that leaves most as it is first."""
    words = re.sub(r"\s+", " ", change.new)
    if not place.markdown:
        yield (Run(words, frozenset()),)
        return
    beside = paragraph.places[max(change.start - 1, 0) : change.end + 1]
    had = [one.looks for one in beside if one is not None]
    first = next((one for one in paragraph.places[change.start : change.end] if one), None)
    if all(run.looks & EMPHASIS.keys() <= frozenset().union(*had) for run in change.runs):
        looks = first.looks if first else change.runs[0].looks if change.runs else frozenset()
        yield from ((Run(escaped(words, fully=fully), looks),) for fully in (False, True))
    for fully in (False, True):
        yield tuple(Run(escaped(run.text, fully=fully), run.looks) for run in change.runs)


def _insertion(text: str, paragraph: PrintedParagraph, change: WordChange) -> int:
    """Return where in the text words are put in that are put in at a place of what is printed."""
    places = paragraph.places
    before = [one for one in places[: change.start] if one is not None]
    behind = [one for one in places[change.end :] if one is not None]
    least = max((one.end for one in before), default=paragraph.start)
    most = min((one.start for one in behind), default=paragraph.end)
    if change.start < change.end or not change.runs:
        first = next((one for one in places[change.start : change.end] if one), None)
        return least if first is None else first.start
    looks = change.runs[0].looks
    looks_before = before[-1].looks if before else None
    looks_behind = behind[0].looks if behind else frozenset()
    take_last = looks != looks_before and looks == looks_behind
    # What comes first in a line stands behind what the line is indented by.
    indented = before and before[-1].char.isspace() and text[least:most].isspace()
    return max(least, most) if take_last or indented else least


def _prints(
    place: AuthoredPlace, paragraph: PrintedParagraph, edits: Sequence[Edit], target: Target
) -> bool:
    """Say whether a text with edits prints a paragraph as it should, and all others as before."""
    text = apply_edits(place.text, edits)
    if not place.markdown:
        return _spaced(text) == target.words
    parsed, number = parse_markup(text), block_at(place, paragraph.start) - 1
    was, now = list(parse_markup(place.text).blocks), list(parsed.blocks)
    if parsed.faults or len(now) != len(was):
        return False
    before, said = was.pop(number), now.pop(number)
    had, cited = (
        [piece.citation for piece in one.pieces if piece.kind == "citation"]
        for one in (before, said)
    )
    same = was == now and said != before and said.kind == before.kind
    return same and (_spaced(said.plain), cited) == (
        target.words,
        [had[index] for index in target.citations],
    )

"""Remarks of several files at their lines of the YAML, and what keeps a change from being made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sourcebrief.errors import Place
from sourcebrief.review.addresses import Addresses, YamlPlace
from sourcebrief.review.carry_over import AlreadyMade, Conflict, carried_over, moved_offset
from sourcebrief.review.compare_paragraphs import ALIKE, likeness
from sourcebrief.review.remarks import FileReview, ItemEdit, Remark
from sourcebrief.workspace.yaml_edits import Edit, YamlText, apply_edits
from sourcebrief.workspace.yaml_places import Path

ALREADY = "the YAML has it already"
_AND = " and "
_NO_MORE = "the YAML has this text no more"
_NOT_WRITABLE = (
    "the YAML writes this text with an alias or an escape, or without room for a new line; "
    "change it there by hand"
)


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """What becomes of the item of a list at `path`: it goes, or is moved behind another one.

    `behind` is that one's index, -1 for the begin and None where the item goes. Or `words` are new
    items behind it.
    """

    path: Path
    behind: int | None = None
    words: tuple[str, ...] = ()

    @property
    def goes(self) -> bool:
        """Say whether the item is taken out."""
        return self.behind is None and not self.words

    @property
    def spot(self) -> str | int | None:
        """The index behind which something comes."""
        return self.path[-1] if self.words else self.behind


@dataclass(frozen=True, slots=True)
class PlacedRemark:
    """A remark at its place in the YAML; `files` are those of the documents that have it.

    `edits` are edits of the value at `yaml` as it is now, `item` what becomes of an item; without
    both `reason` says why a change is not made. `done` says that the YAML has it already, `applied`
    that it was made just now, `conflict` that it excludes another change.
    """

    remark: Remark
    files: tuple[str, ...]
    place: Place
    yaml: YamlPlace
    edits: tuple[Edit, ...] = ()
    item: PlacedItem | None = None
    reason: str = ""
    done: bool = False
    conflict: bool = False
    applied: bool = False

    def refused(self, reason: str, *, conflict: bool = False) -> PlacedRemark:
        """Return it as one that is not made."""
        return replace(self, edits=(), item=None, reason=reason, conflict=conflict)

    @property
    def writes(self) -> bool:
        """Say whether there is something to write."""
        return bool(self.edits or self.item)


def place_remarks(
    reviews: Mapping[str, FileReview], addresses: Addresses, texts: Callable[[str], YamlText]
) -> tuple[PlacedRemark, ...]:
    """Place the remarks of reviews, by the names of their files, in the order of the YAML.

    Changes that are the same in several files become one; those that exclude each other are not
    made. `texts` gives the text of a file by its path.
    """
    together: dict[tuple[str, str], list[Edit]] = defaultdict(list)
    for review in reviews.values():
        for remark in review.remarks:
            together[remark.address, remark.text] += remark.edits
    # What is put in at one place keeps its order where the last goes in first.
    made = {text: list(dict.fromkeys(reversed(edits))) for text, edits in together.items()}
    placed = [
        _placed(remark, file, addresses, texts, made[remark.address, remark.text])
        for file, review in reviews.items()
        for remark in review.remarks
    ]
    found = list(_with_moves_whole(_with_conflicts(_merged(placed))))
    return tuple(sorted(found, key=lambda one: (one.place, one.remark.number)))


def _placed(
    remark: Remark,
    file: str,
    addresses: Addresses,
    texts: Callable[[str], YamlText],
    together: Sequence[Edit],
) -> PlacedRemark:
    yaml = addresses.place(remark.address, remark.text or remark.beside)
    value = yaml.value
    known = PlacedRemark(remark, (file,), yaml.file.place(yaml.path), yaml, reason=remark.reason)
    if remark.item:
        known = _with_item(known, remark.item, addresses)
    if remark.item and not known.item:
        return known
    if not remark.text or not isinstance(value, str):
        return known.refused(_NO_MORE) if remark.edits else known
    now, indent = value.strip(), len(value) - len(value.lstrip())
    text = texts(yaml.file.path)

    def line(at: int) -> Place:
        edit = text.replace_in_scalar(yaml.path, at + indent, at + indent, "")
        return known.place if edit is None else Place.at(yaml.file.path, text.text, edit.start)

    known = replace(known, place=line(moved_offset(remark.text, now, remark.at)))
    if not remark.edits:
        return known
    try:
        carried = carried_over(remark.text, now, remark.edits, together)
    except AlreadyMade:
        return replace(known, reason=ALREADY, done=True)
    except Conflict as conflict:
        return known.refused(f"the text has changed since: {conflict}", conflict=True)
    moved = tuple(Edit(e.start + indent, e.end + indent, e.words) for e in carried)
    if any(text.replace_in_scalar(yaml.path, e.start, e.end, e.words) is None for e in moved):
        return known.refused(_NOT_WRITABLE)
    return replace(known, edits=moved)


def _with_item(known: PlacedRemark, item: ItemEdit, addresses: Addresses) -> PlacedRemark:
    """Find the item of a remark in its list as it is now, and the one behind which it goes."""
    done = replace(known, reason=ALREADY, done=True)
    path = known.yaml.path
    if not known.remark.address.rpartition("/")[2].isdecimal():  # it has a name of its own
        there = path and known.yaml.value is not None
        return replace(known, item=PlacedItem(path)) if there else done
    texts = [" ".join(text.split()) for text in addresses.texts(known.remark.address)]
    numbers = {text: number for number, text in enumerate(texts)} | {"": -1}
    path = path[:-1] if path[-1] == "text" else path
    if item.kind == "in" and isinstance(path[-1], int):
        # Where it is parted, the words behind the new end have been there all the time.
        edits = known.remark.edits
        wanted = (*item.words, *([apply_edits(known.remark.text, edits)] if edits else ()))
        there = numbers.keys() >= {" ".join(one.split()) for one in wanted}
        return done if there else replace(known, item=PlacedItem(path, None, item.words))
    words = " ".join(known.remark.text.split())
    if words not in numbers:
        now = texts[path[-1]] if isinstance(path[-1], int) else ""
        joined = known.remark.moved and words in now
        if not joined and likeness(known.remark.text, now) >= ALIKE:
            was = f'the reviewed text was "{known.remark.text}", it is now "{now}"'
            return known.refused(f"the text has changed since: {was}", conflict=True)
        return done if item.kind == "out" else known.refused(_NO_MORE)
    if item.kind == "out":
        return replace(known, item=PlacedItem(path))
    anchor, *moved = [numbers.get(" ".join(one.split())) for one in item.behind]
    if anchor is None:
        return known.refused("what it stands behind has changed since", conflict=True)
    before = int(path[-1]) - 1
    while before in moved:
        before -= 1
    return done if before == anchor else replace(known, item=PlacedItem(path, anchor))


def _merged(placed: Iterable[PlacedRemark]) -> list[PlacedRemark]:
    """Make one of what several files have alike: one reviewer may have had another's copy."""
    found: dict[Any, PlacedRemark] = {}
    for one in placed:
        remark = replace(one.remark, number=0, reply_to=None)
        # A text that prints twice may have been changed twice, in one way.
        what: Any = remark
        if one.writes:
            what = one.yaml.file.path, one.yaml.path, one.edits, one.item
        again = not one.writes and what in found and one.files[0] in found[what].files
        key = (what, one.files[0], one.remark.number) if again else what
        if key in found:
            first = found[key]
            files = dict.fromkeys((*first.files, *one.files))
            authors = filter(None, (*first.remark.author.split(_AND), one.remark.author))
            by_all = replace(first.remark, author=_AND.join(dict.fromkeys(authors)))
            found[key] = replace(first, files=tuple(files), remark=by_all)
        else:
            found[key] = one
    return list(found.values())


def _with_conflicts(placed: list[PlacedRemark]) -> Iterator[PlacedRemark]:
    """Refuse changes of several files that meet at one place."""
    by_record: dict[tuple[str, Path], list[PlacedRemark]] = defaultdict(list)
    for one in placed:
        if one.writes:
            by_record[one.yaml.file.path, one.yaml.path[:2]].append(one)
    items = [one for one in placed if one.item]
    for one in placed:
        others = by_record[one.yaml.file.path, one.yaml.path[:2]] if one.writes else []
        others = [*others, *items] if one.item else others
        met = [other for other in others if other is not one and _meet(one, other)]
        if not met:
            yield one
            continue
        named = "; ".join(f"{signed(other.remark)}: {other.remark.says}" for other in met)
        yield one.refused(f"conflict with {named}", conflict=True)


def _meet(one: PlacedRemark, other: PlacedRemark) -> bool:
    """Say whether two changes are of the same words, or put words in at the same place.

    In one paragraph of one file, or two that were joined, the order of what is put in at one place
    is known. What one file takes out twice, as between two paragraphs, is taken out once, and what
    it puts in beside that has its place.
    """
    same_file = bool(set(one.files) & set(other.files))
    if _items_meet(one, other) or _items_meet(other, one):
        return True
    if one.yaml.path != other.yaml.path:
        return False
    near = abs(one.remark.paragraph - other.remark.paragraph) <= 1
    for edit in one.edits:
        for beside in other.edits:
            removed = same_file and not edit.words and not beside.words
            ordered = same_file and (near or not (edit.words and beside.words))
            if edit.start < beside.end and beside.start < edit.end and not removed:
                return True
            if not ordered and edit.start <= beside.end and beside.start <= edit.end:
                return True
    return False


def _items_meet(one: PlacedRemark, other: PlacedRemark) -> bool:
    """Say whether what becomes of an item excludes another change of it, or of where it goes."""
    item, beside = one.item, other.item
    if item is None or one.yaml.file.path != other.yaml.file.path:
        return False
    if item.goes and other.yaml.path[: len(item.path)] == item.path:
        return True
    if beside is None or item.path[:-1] != beside.path[:-1]:
        return False
    if item.path == beside.path and not item.words and not beside.words:
        return True
    same_spot = item.spot is not None and item.spot == beside.spot
    return (item.goes and beside.spot == item.path[-1]) or (
        same_spot and not set(one.files) & set(other.files)
    )


def _with_moves_whole(placed: Iterable[PlacedRemark]) -> Iterator[PlacedRemark]:
    """Refuse an end of a move of which the other end is not made."""
    found = list(placed)
    pairs = {id(one): unit for unit in joint_changes(found) for one in unit}
    for one in found:
        pair = pairs[id(one)]
        whole = len(pair) == 2 and all(end.writes for end in pair)
        if one.remark.moved and one.writes and not whole:
            yield one.refused("it is one end of a move, and the other end cannot be made")
        else:
            yield one


def joint_changes(placed: Iterable[PlacedRemark]) -> list[tuple[PlacedRemark, ...]]:
    """Return the remarks with those that are made together or not at all: both ends of a move."""
    units: dict[Any, list[PlacedRemark]] = defaultdict(list)
    for number, one in enumerate(placed):
        units[_move_of(one) if one.remark.moved else number].append(one)
    return [tuple(unit) for unit in units.values()]


def _move_of(one: PlacedRemark) -> tuple[Any, ...]:
    """Return what both ends of a move have alike."""
    words = one.remark.old or one.remark.new
    return one.files, one.remark.author, " ".join(words.split())


def signed(remark: Remark) -> str:
    """Return who made a remark and on which day, as a message begins."""
    who = " ".join(remark.author.split()) or (
        "someone" if remark.tracked else "someone, with tracking off"
    )
    day = day_of(remark.date)
    return f"{who}, {day}" if day else who


def day_of(date: str) -> str:
    """Return the day of a date and time as a reader says it; empty where there is none."""
    try:
        found = datetime.fromisoformat(date.removesuffix("Z"))
    except ValueError:
        return ""
    return f"{found.day} {found:%B}"

"""Write the changes of a review into the YAML, and take back those that break a rule.

Nothing is written here: the edited files are checked in memory. A change that brings an error or a
warning that was not there before is left out, and what the check said becomes its reason.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.errors import InvalidInput, Place, Problem
from sourcebrief.review.place_remarks import PlacedRemark, joint_changes, signed
from sourcebrief.text.characters import visible
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.yaml_draft import YamlDraft
from sourcebrief.workspace.yaml_edits import Edit, YamlText, apply_edits, copied, edited, value_at
from sourcebrief.workspace.yaml_places import Path, decode, load
from sourcebrief.workspace.yaml_writing import LINE_END, line_end_of

_NEW: Final = -2
_UNREADABLE: Final = "the YAML would not read back as intended; make the change by hand"


@dataclass(frozen=True, slots=True)
class AppliedReview:
    """The files that are to be written, the changes that they have, and those that were refused."""

    files: Mapping[str, bytes]
    made: tuple[PlacedRemark, ...]
    refused: tuple[PlacedRemark, ...]


def apply_remarks(
    name: str, inputs: Inputs, placed: Sequence[PlacedRemark], *, comments: bool = False
) -> AppliedReview:
    """Make the changes that can be made, of the briefing `name`; and keep open `comments`."""
    applicable = [one for one in placed if one.writes]
    applier = _Applier(name, inputs)
    refused: list[PlacedRemark] = []
    units = [_Unit(unit) for unit in joint_changes(applicable)]
    broken: dict[_Unit, str] = {}
    if applier.edited(units) is None:
        broken = {unit: _UNREADABLE for unit in units if applier.edited([unit]) is None}
    broken |= applier.breaking([unit for unit in units if unit not in broken])
    made = [unit for unit in units if unit not in broken]
    for unit, reason in broken.items():
        refused += [one.refused(reason) for one in unit.placed]
    files = applier.edited(made) or {}
    kept = _kept_comments(placed, made) if comments else []
    if (commented := applier.edited(made, kept)) is not None:
        files = commented
    return AppliedReview(
        files,
        tuple(replace(one, applied=True) for unit in made for one in unit.placed),
        tuple(refused),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Unit:
    """Changes that are made together or not at all: one, or both ends of a move."""

    placed: tuple[PlacedRemark, ...]


class _Applier:
    def __init__(self, name: str, inputs: Inputs) -> None:
        self.name = name
        self.inputs = inputs
        self._known: Counter[tuple[str, str, str]] | None = None

    def edited(
        self, units: Sequence[_Unit], comments: Sequence[PlacedRemark] = ()
    ) -> dict[str, bytes] | None:
        """Return the files with the changes of units; None where one would not read back."""
        by_file: dict[str, list[PlacedRemark]] = defaultdict(list)
        for one in (*(one for unit in units for one in unit.placed), *comments):
            by_file[one.yaml.file.path].append(one)
        files: dict[str, bytes] = {}
        for path, placed in by_file.items():
            after = _with_items(_with_edits(self.inputs.read(path), path, placed), path, placed)
            if after is None:
                return None
            files[path] = after
        return files

    def breaking(self, units: Sequence[_Unit]) -> dict[_Unit, str]:
        """Return the units that break a rule, each with what the check says."""
        found: dict[_Unit, str] = {}
        left = list(units)
        while left:
            fault = self._fault(left)
            if fault is None:
                return found
            guilty = self._guilty(left, fault)
            found |= guilty
            left = [unit for unit in left if unit not in guilty]
        return found

    def _guilty(self, units: Sequence[_Unit], fault: Problem) -> dict[_Unit, str]:
        """Return those of some units that bring a fault by themselves; else all that could."""
        suspects = [unit for unit in units if any(_is_at(one, fault.place) for one in unit.placed)]
        suspects = suspects or list(units)
        alone = {unit: self._fault([unit]) for unit in suspects}
        guilty = {unit: _taken_back(found) for unit, found in alone.items() if found is not None}
        return guilty or dict.fromkeys(suspects, _taken_back(fault))

    def _fault(self, units: Sequence[_Unit]) -> Problem | None:
        """Return the first problem that the changes bring; None where they bring none."""
        if self._known is None:
            self._known = Counter(map(_what, self._problems({})))
        files = self.edited(units)
        if files is None:
            return Problem(units[0].placed[0].place, _UNREADABLE)
        left = Counter(self._known)
        for problem in self._problems(files):
            left[_what(problem)] -= 1
            if left[_what(problem)] < 0:
                return problem
        return None

    def _problems(self, files: Mapping[str, bytes]) -> tuple[Problem, ...]:
        held = {path: self.inputs.read(path) for path in self.inputs.used}
        inputs = Inputs(self.inputs.root, {**held, **files})
        try:
            corpus = read_corpus(inputs)
        except InvalidInput as error:
            return error.problems
        return (*corpus.problems, *check_briefing(self.name, corpus).problems)


def _with_edits(before: bytes, path: str, placed: Sequence[PlacedRemark]) -> bytes | None:
    """Return a file with the edits of its texts and the comments; None if it does not read so."""
    text, found = YamlText(decode(before, path)), load(before, path)
    expected = copied(found.value)
    edits: list[Edit] = []
    by_value: dict[Path, list[PlacedRemark]] = defaultdict(list)
    # What is put in at one place keeps its order where the last goes in first.
    for one in reversed(placed):
        if one.edits:
            by_value[one.yaml.path].append(one)
        elif _is_open(one):
            line = found.place(one.yaml.path, key=bool(one.yaml.path)).line
            edits += _comment(text.text, line, one)
    for value_path, changes in by_value.items():
        value = str(changes[0].yaml.value)
        wanted = _joined([edit for one in changes for edit in reversed(one.edits)], value)
        written = text.edits_in_scalar(value_path, wanted)
        if written is None:
            return None
        edits += written
        holder = value_at(expected, value_path[:-1])
        holder[value_path[-1]] = apply_edits(value, wanted)
        if value_path[-2:] == ("translation", "text") and holder.get("by") == "machine":
            # What a person has corrected is no machine's any more.
            holder["by"] = "ours"
            ours = text.scalar_edit((*value_path[:-1], "by"), "ours")
            edits += [] if ours is None else [ours]
    return edited(before, apply_edits(text.text, edits), expected, path)


def _joined(edits: Sequence[Edit], text: str) -> list[Edit]:
    """Make one of edits that take out paragraphs beside each other, and the lines between them."""
    made = [edit for edit in edits if edit.words]
    last: Edit | None = None
    for edit in sorted((one for one in edits if not one.words), key=lambda one: one.start):
        if last and edit.start < last.end:
            made.pop()
            end = max(last.end, edit.end)
            start = last.start if text[end:].strip() else len(text[: last.start].rstrip())
            edit = Edit(start, end, "")
        made.append(edit)
        last = edit
    return made


def _with_items(before: bytes | None, path: str, placed: Sequence[PlacedRemark]) -> bytes | None:
    """Return a file with what becomes of whole items, the last first, new ones where theirs are."""
    # What stands within others first, since their numbers change.
    items = sorted(
        (one.item for one in reversed(placed) if one.item),
        key=lambda item: (-len(item.path), item.words != ()),
    )
    if before is None or not items:
        return before
    draft = YamlDraft(before, path)
    orders: dict[Path, list[int]] = {}
    for item in items:
        if isinstance(item.path[-1], str):
            draft.remove(item.path)
            continue
        above, number = item.path[:-1], item.path[-1]
        order = orders.setdefault(above, [*range(len(value_at(draft.value, above)))])
        at = order.index(number)
        if item.words:
            draft.put_behind((*above, at), item.words)
            order[at + 1 : at + 1] = [_NEW] * len(item.words)
            continue
        del order[at]
        if item.behind is None:
            draft.remove((*above, at))
            continue
        to = order.index(item.behind) + 1 if item.behind >= 0 else 0
        draft.move((*above, at), to)
        order.insert(to, number)
    return draft.written()


def _kept_comments(placed: Sequence[PlacedRemark], made: Sequence[_Unit]) -> list[PlacedRemark]:
    """Return the open comments; those on what is taken out stand above what it was a part of."""
    items = [(one.yaml.file, one.item) for unit in made for one in unit.placed]
    gone = [(file.path, item.path) for file, item in items if item and item.goes]
    kept = []
    for one in filter(_is_open, placed):
        where = one.yaml
        for file, path in gone:
            if (where.file.path, where.path[: len(path)]) == (file, path):
                where = replace(where, path=path[:-1])
        kept.append(replace(one, yaml=where))
    return kept


def _is_open(one: PlacedRemark) -> bool:
    return one.remark.kind == "comment" and not one.remark.resolved


def _comment(text: str, line: int, one: PlacedRemark) -> list[Edit]:
    """Return the edit that puts a comment above a line, unless the file has it already."""
    newline = line_end_of(text)
    lines = LINE_END.split(text)
    starts = [0, *(found.end() for found in LINE_END.finditer(text))]
    at = min(line, len(lines)) - 1
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip(" "))]
    about = f' on "{one.remark.old}"' if one.remark.old else ""
    reply = " in reply" if one.remark.reply_to is not None else ""
    words = " ".join(visible(one.remark.says).split())
    written = visible(f"# {signed(one.remark)}{reply}{about}: {words}")
    # What it was put above may have been taken out since.
    if written in map(str.strip, lines):
        return []
    return [Edit(starts[at], starts[at], f"{indent}{written}{newline}")]


def _what(problem: Problem) -> tuple[str, str, str]:
    """What a problem is, wherever its line has moved."""
    return problem.place.path, problem.severity, problem.message


def _is_at(one: PlacedRemark, place: Place) -> bool:
    """Say whether a problem is reported where a change was made: at its value or its record."""
    value = one.yaml.file.place(one.yaml.path)
    return (value.path, value.line) == (place.path, place.line)


def _taken_back(problem: Problem) -> str:
    return f"taken back, because then {problem.severity}: {problem.message}"

"""Proposed changes of a briefing: tried out in memory, answered with a patch, never written.

The scratch copy is a set of texts that stand before the files on disk, so no path of a question is
ever opened: a change names one of the briefing's own YAML files, or is refused. A change may not
touch what is withheld, nor what could be used to try out guesses about it.
"""

import difflib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sourcebrief.authoring.inquiries.answers import DATA, View, check_within, require_briefing
from sourcebrief.authoring.inquiries.questions import Propose, ProposedChange, Refused
from sourcebrief.authoring.inquiries.withholding import Withholding, units_of
from sourcebrief.authoring.open_workspace import files_of
from sourcebrief.errors import InvalidInput
from sourcebrief.workspace.yaml_draft import YamlDraft
from sourcebrief.workspace.yaml_edits import value_at
from sourcebrief.workspace.yaml_places import Path, YamlFile, load

_LARGEST_VALUE: Final = 200_000
_DEEPEST: Final = 12
_PATHS: Final = ("events", "csl")
"""Keys of brief.yaml that name other files: a change there would have them read."""
_TEXTS: Final = frozenset(
    ("title", "subtitle", "status", "version", "prepared_by", "prepared_for", "bottom_line")
) | {"judgements", "gaps", "sections", "drafted_with"}
"""Keys of brief.yaml on which no check of an event depends."""
_CONTEXT: Final = 3
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_OTHER_LINE_END: Final = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
_TOUCHES: Final = "changes: one of them touches what is withheld"


@dataclass(frozen=True, slots=True)
class _File:
    """A file before and after the changes."""

    before: bytes
    after: bytes
    read_before: YamlFile
    read_after: YamlFile


def answer_propose(question: Propose, view: View, changeable: tuple[str, ...]) -> dict[str, Any]:
    """Try out changes: a patch where `check --strict` passes, else the problems."""
    require_briefing(question.briefing, view)
    if question.briefing not in changeable:
        raise Refused("briefing: this session may not change it; name it when the session starts")
    files = _changed_files(question, view)
    for file in files.values():
        _refuse_withheld(file, view.withholding)
    held = {path: file.after for path, file in files.items()}
    workspace = view.workspace
    names = workspace.briefings_of(held, workspace.corpus(held))
    if not set(names) <= set(view.briefings):
        raise Refused("file: it belongs to a briefing that is withheld, too")
    changed = {path: file.read_after for path, file in files.items()}
    _, said = check_within(names, view, held, changed)
    answer = {"briefings_checked": list(names), **said}
    if answer["passes"]:
        patch, context = _patch(files, view.withholding)
        answer |= {"context_lines": context, DATA: {"patch": patch}}
    return answer


def _changed_files(question: Propose, view: View) -> dict[str, _File]:
    """Make the changes, one after the other, in the texts of the briefing's files."""
    corpus = view.workspace.corpus()
    folder = f"briefings/{question.briefing}/"
    record = view.workspace.record(question.briefing, corpus)
    own = set(files_of(question.briefing, record))
    named = {path: path for path in own} | {path.removeprefix(folder): path for path in own}
    held: dict[str, bytes] = {}
    for number, change in enumerate(question.changes, 1):
        path = named.get(change.file)
        if path is None:
            raise Refused(f"changes.{number}.file: not a file of this briefing")
        try:
            if corpus.inputs.real(path) not in own:
                raise Refused(f"changes.{number}.file: it is a link to another file")
            before = held.get(path, corpus.inputs.read(path))
            held[path] = _changed(before, path, change, f"changes.{number}")
        except (ValueError, OSError):
            raise Refused(f"changes.{number}.file: it cannot be read") from None
        except InvalidInput:
            raise Refused(f"changes.{number}.file: it is not YAML that can be edited") from None
    return {
        path: _File(
            before := corpus.inputs.read(path), after, load(before, path), load(after, path)
        )
        for path, after in held.items()
    }


def _changed(before: bytes, path: str, change: ProposedChange, where: str) -> bytes:
    draft = YamlDraft(before, path)
    at = _resolved(draft.value, change.at, where)
    value = _plain(change.value, where, _DEEPEST)
    parent, last = value_at(draft.value, at[:-1]), at[-1]
    there = parent.get(last) if isinstance(parent, dict) else parent[last]
    if change.action == "append":
        if there is not None and not isinstance(there, list):
            raise Refused(f"{where}.at: that is no list")
        draft.append(at, [value])
    elif change.action == "remove":
        if isinstance(parent, dict) and last not in parent:
            raise Refused(f"{where}.at: there is nothing to remove")
        draft.remove(at)
    else:
        if isinstance(parent, dict) and isinstance(there, dict | list):
            raise Refused(f"{where}.at: a list or mapping stands there; change what is in it")
        draft.set(at, value)
    after = draft.written()
    if after is None:
        raise Refused(f"{where}: cannot be made in the YAML as it is written; make it by hand")
    return after


def _resolved(value: Any, at: tuple[str | int, ...], where: str) -> Path:
    """Return a way through a file's value, with the number of each item that was named by its id.

    Only its last step may lead to what is not there yet.
    """
    found: list[str | int] = []
    for number, step in enumerate(at):
        if isinstance(value, list):
            ids = [item.get("id") if isinstance(item, dict) else None for item in value]
            index = ids.index(step) if isinstance(step, str) and step in ids else step
            if (
                not isinstance(index, int)
                or isinstance(index, bool)
                or index not in range(len(ids))
            ):
                raise Refused(f"{where}.at: step {number + 1} leads nowhere")
            found.append(index)
            value = value[index]
        elif isinstance(value, dict) and (step in value or number == len(at) - 1):
            found.append(str(step))
            value = value.get(step)
        else:
            raise Refused(f"{where}.at: step {number + 1} leads nowhere")
    return tuple(found)


def _plain(value: Any, where: str, depth: int) -> Any:
    """Return a value of a question as one of YAML. Raises Refused for what cannot be one."""
    if depth == 0 or len(json.dumps(value)) > _LARGEST_VALUE:
        raise Refused(f"{where}.value: is too large or too deep")
    if isinstance(value, dict):
        return {key: _plain(item, where, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, where, depth - 1) for item in value]
    if isinstance(value, float):
        raise Refused(f"{where}.value: write a number with a point as text")
    return value


# --- what is withheld -----------------------------------------------------------------------------


def _refuse_withheld(file: _File, withholding: Withholding) -> None:
    """Raise Refused where a change touches what is withheld, or could be used to guess at it."""
    before, after = file.read_before.value, file.read_after.value
    if isinstance(before, dict) and isinstance(after, dict):
        if any(before.get(key) != after.get(key) for key in _PATHS if _is_brief(file)):
            raise Refused(f"changes: {' and '.join(_PATHS)} of brief.yaml name files; not here")
        keys = before.keys() | after.keys()
        other = {key for key in keys - _TEXTS if before.get(key) != after.get(key)}
        if _is_brief(file) and other and withholding.withheld_events:
            raise Refused(_TOUCHES)
    touched = [
        Counter(
            json.dumps([unit.path[0], unit.value], sort_keys=True)
            for unit in units_of(document)
            if withholding.touches(unit)
        )
        for document in (file.read_before, file.read_after)
    ]
    if touched[0] != touched[1]:
        raise Refused(_TOUCHES)


def _is_brief(file: _File) -> bool:
    return file.read_before.path.endswith("/brief.yaml")


# --- the patch ------------------------------------------------------------------------------------


def _patch(files: Mapping[str, _File], withholding: Withholding) -> tuple[str, int]:
    """The changes as `git apply` takes them, and how many lines around each are shown.

    Where a line around a change is withheld, none is shown.
    """
    for context in (_CONTEXT, 0):
        if all(_is_clean(file, context, withholding) for file in files.values()):
            patch = "".join(_diff(path, file, context) for path, file in sorted(files.items()))
            return patch, context
    raise Refused(_TOUCHES)


def _is_clean(file: _File, context: int, withholding: Withholding) -> bool:
    if not withholding.anything:
        return True
    if any(_OTHER_LINE_END.search(data.decode()) for data in (file.before, file.after)):
        return False  # the lines of YAML would not be those of the patch
    matcher = difflib.SequenceMatcher(None, _lines(file.before), _lines(file.after), autojunk=False)
    shown = [
        (document, line)
        for group in matcher.get_grouped_opcodes(context)
        for _, i, j, k, m in group
        for document, numbers in ((file.read_before, range(i, j)), (file.read_after, range(k, m)))
        for line in numbers
    ]
    return not any(withholding.covers(document, line + 1) for document, line in shown)


def _lines(data: bytes) -> list[str]:
    """The lines of a file as git parts them: at line feeds alone."""
    return _LINE.findall(data.decode())


def _diff(path: str, file: _File, context: int) -> str:
    before, after = _lines(file.before), _lines(file.after)
    lines = difflib.unified_diff(before, after, f"a/{path}", f"b/{path}", n=context)
    unended = "\n\\ No newline at end of file\n"
    return "".join(line if line.endswith("\n") else f"{line}{unended}" for line in lines)

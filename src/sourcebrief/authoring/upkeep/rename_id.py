"""Renaming an id everywhere it stands, as small edits of the text.

Keys, values and citations change; comments, order and quoting stay. A file is accepted only where
it reads back as the old one with the new id.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sourcebrief.authoring.upkeep.authored_files import authored_files
from sourcebrief.authoring.upkeep.id_places import (
    KINDS,
    IdPlace,
    Kind,
    id_places,
    with_citations,
)
from sourcebrief.errors import InvalidInput, Place, Problem, UsageError
from sourcebrief.text.names import did_you_mean, id_fault
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.yaml_edits import Edit, YamlText, apply_edits, copied, edited, value_at
from sourcebrief.workspace.yaml_places import YamlFile, decode


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a renaming writes: each file before and after, and the places that change in it.

    `comments` are those that still have the old id, which only their author can judge.
    """

    kind: Kind
    files: Mapping[str, tuple[bytes, bytes]]
    places: tuple[IdPlace, ...]
    comments: tuple[Place, ...]


def plan_renaming(inputs: Inputs, old: str, new: str, kind: Kind | None = None) -> Renaming:
    """Find every place of an id and write the new one there.

    Raises UsageError for an id that is unknown, ambiguous, impossible or taken, InvalidInput with
    every place that cannot be edited.
    """
    documents = authored_files(inputs)
    places = list(id_places(documents.values()))
    kind = _kind_of(old, kind, places)
    _require_free(old, new, kind, places)
    changing = [one for one in places if one.id == old and kind in one.kinds]
    if kind == "event" and any(
        one.own and one.id == old and one.kinds == ("entry",) for one in places
    ):
        # A catalogue entry has the same id, and what is cited is the entry.
        changing = [one for one in changing if one.form != "citation"]
    files: dict[str, tuple[bytes, bytes]] = {}
    problems: list[Problem] = []
    for path in dict.fromkeys(one.document.path for one in changing):
        before = inputs.read(path)
        here = [one for one in changing if one.document.path == path]
        found = _renamed(before, documents[path], here, new)
        if isinstance(found, bytes):
            files[path] = before, found
        else:
            problems += found
    if problems:
        raise InvalidInput(problems)
    comments: list[Place] = []
    for path in documents:
        after = files[path][1] if path in files else inputs.read(path)
        comments += _comments(old, path, decode(after, path))
    return Renaming(kind, files, tuple(changing), tuple(comments))


def _kind_of(old: str, kind: Kind | None, places: Iterable[IdPlace]) -> Kind:
    """Return what the id is of; one kind where several records have it."""
    own = [one for one in places if one.own]
    kinds = list(dict.fromkeys(one.kinds[0] for one in own if one.id == old))
    if kind is not None and kind not in kinds:
        known = [one.id for one in own if one.kinds == (kind,)]
        raise UsageError(f"no {KINDS[kind]} {old!r}{did_you_mean(old, known)}")
    if not kinds:
        raise UsageError(f"no id {old!r}{did_you_mean(old, {one.id for one in own})}")
    if kind is None and len(kinds) > 1:
        nouns = (KINDS[one] for one in kinds)
        listed = " and ".join(f"{'an' if noun[0] in 'ae' else 'a'} {noun}" for noun in nouns)
        options = " or ".join(f"--kind {one}" for one in kinds)
        raise UsageError(f"{old!r} is the id of {listed}; add {options}")
    return kind or kinds[0]


def _require_free(old: str, new: str, kind: Kind, places: Iterable[IdPlace]) -> None:
    if fault := id_fault(new):
        raise UsageError(f"{new!r} {fault}")
    if new == old:
        raise UsageError(f"{new!r} is the id that it has")
    # Texts cite events and entries alike, so these share their ids.
    alike = {"entry", "event"} if kind in {"entry", "event"} else {kind}
    for one in places:
        if one.own and one.id == new and one.kinds[0] in alike:
            owner = KINDS[one.kinds[0]]
            raise UsageError(f"the id {new!r} is taken by the {owner} at {one.place}")


def _renamed(
    before: bytes, document: YamlFile, places: list[IdPlace], new: str
) -> bytes | list[Problem]:
    """Return a file with the new id at its places, or a problem at each place if it cannot be."""
    text = decode(before, document.path)
    written = YamlText(text, through_aliases=True)
    edits = {one: _edit(one, written, new) for one in places}
    after = None
    if None not in edits.values():
        # What an alias repeats is edited once.
        once = dict.fromkeys(edit for edit in edits.values() if edit is not None)
        expected = _expected(document, places, new)
        after = edited(before, apply_edits(text, once), expected, document.path)
    if after is not None:
        return after
    at_fault = [one for one, edit in edits.items() if edit is None] or places
    message = f"cannot be edited as it is written; write {new!r} here yourself, or undo the alias"
    return [Problem(one.place, message) for one in at_fault]


def _edit(one: IdPlace, written: YamlText, new: str) -> Edit | None:
    if one.form == "key":
        return written.key_edit(one.path, new)
    if one.form == "value":
        return written.scalar_edit(one.path, new)
    node = written.node(one.path)
    if node is None:
        return None
    start, end = node.start_mark.index, node.end_mark.index
    words = written.text[start:end]
    return Edit(start, end, with_citations(words, lambda key: new if key == one.id else key))


def _expected(document: YamlFile, places: Iterable[IdPlace], new: str) -> Any:
    """Return the value of a file as it has to read with the new id."""
    value = copied(document.value)
    # A key changes after all that lies below it.
    for one in sorted(places, key=lambda one: one.form == "key"):
        *above, last = one.path
        holder: Any = value_at(value, tuple(above))
        if one.form == "key":
            renamed = {new if key == last else key: item for key, item in holder.items()}
            holder.clear()
            holder.update(renamed)
        elif one.form == "value":
            holder[last] = new
        else:
            holder[last] = with_citations(
                holder[last],
                lambda key: new if key == one.id else key,  # noqa: B023 - called here
            )
    return value


def _comments(old: str, path: str, text: str) -> Iterator[Place]:
    whole = re.compile(rf"(?:^|\s)#.*?(?<![a-z0-9-])({re.escape(old)})(?![a-z0-9-])")
    for number, line in enumerate(text.splitlines(), 1):
        if found := whole.search(line):
            yield Place(path, number, found.start(1) + 1)


def renaming_report(renaming: Renaming, old: str, new: str) -> str:
    """Say what was renamed, how often in which file, and which comments still have the old id."""
    places = renaming.places
    lines = [f"{KINDS[renaming.kind]} {old} is now {new}"]
    for path in renaming.files:
        count = sum(one.document.path == path for one in places)
        lines.append(f"  {path}: {'once' if count == 1 else f'{count} times'}")
    lines += [f"  {place}: a comment still has {old}" for place in renaming.comments]
    return "\n".join(lines)

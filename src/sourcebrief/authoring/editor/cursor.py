"""What the cursor is on: a value of the YAML, an id that it names, a citation in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import yaml

from sourcebrief.authoring.upkeep.id_places import Kind, kind_named_at
from sourcebrief.workspace.yaml_edits import YamlText
from sourcebrief.workspace.yaml_places import Path

NamedKind: TypeAlias = Kind | Literal["cited"]
"""What an id may be of; `cited` is an event or an entry."""

_CITED: Final = re.compile(r"@(?P<id>[a-z0-9][a-z0-9-]*)(?:,[ \t]*¶[ \t]*(?P<paragraph>[0-9]+))?")
_ENTRIES: Final = frozenset({"seed", "derived_from", "source", "sources", "from"})
_ACTORS: Final = frozenset({"actors", "actor", "by"})

# While a text is typed it may be no YAML at all, so that only its lines say what is wanted.
_ID: Final = r"[\"']?(?P<id>[a-z0-9-]*)$"
_CITING: Final = re.compile(rf"(?:\[|;[ \t]*|\[[^\]\n]*;[ \t]*)@{_ID}")
_KEYED: Final = re.compile(
    rf"(?:^|[{{,\-]|\s)(?P<key>[a-z_]+):[ \t]*(?:\[(?:[^\]\n]*[ ,{{])?)?{_ID}"
)
_ITEM: Final = re.compile(rf"^(?P<indent>[ \t]*)-[ \t]+(?:id:[ \t]*)?{_ID}")
_PARENT: Final = re.compile(r"^(?P<indent>[ \t]*)(?:-[ \t]+)?(?P<key>[a-z_]+):")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An id that is being typed: of what kind, and where it began."""

    kind: NamedKind
    start: int


@dataclass(frozen=True, slots=True)
class Named:
    """An id that stands at the cursor, with the paragraph that a citation names."""

    kind: NamedKind
    id: str
    paragraph: int | None = None


def path_at(text: YamlText, offset: int) -> tuple[Path, bool]:
    """The way to the deepest value that an offset lies in, and whether it lies on its key."""
    path: list[str | int] = []
    node, on_key = text.root, False
    while True:
        step = _step(node, offset)
        if step is None:
            return tuple(path), on_key
        name, node, on_key = step
        path.append(name)
        if on_key:
            return tuple(path), True


def _step(node: yaml.Node | None, offset: int) -> tuple[str | int, yaml.Node, bool] | None:
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            if _covers(item, offset):
                return index, item, False
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if _covers(key, offset) or _covers(value, offset):
                return str(key.value), value, _covers(key, offset)
    return None


def _covers(node: yaml.Node, offset: int) -> bool:
    return bool(node.start_mark.index <= offset <= node.end_mark.index)


def evidence_path(path: Path) -> Path | None:
    """The way to the item of evidence that a path leads into, if it does."""
    if len(path) >= 4 and path[0] == "events" and path[2] == "evidence":
        return path[:4]
    return None


def citation_at(text: str, offset: int) -> Named | None:
    """The citation in brackets that an offset lies on."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    end = text.find("\n", offset)
    for found in _CITED.finditer(text, start, len(text) if end < 0 else end):
        if found.start() <= offset <= found.end():
            before = text[start : found.start()]
            if before.rfind("[") > before.rfind("]"):
                paragraph = found["paragraph"]
                return Named("cited", found["id"], int(paragraph) if paragraph else None)
    return None


def named_at(text: YamlText, offset: int) -> Named | None:
    """The id at an offset: in a citation, or as the value of a key that takes one."""
    if (cited := citation_at(text.text, offset)) is not None:
        return cited
    path, on_key = path_at(text, offset)
    if on_key:
        # {pompeo: us-state}: a person by a key, in an event's list.
        is_person = len(path) == 5 and path[0] == "events" and path[2] == "people"
        return Named("person", str(path[-1])) if is_person and path[-1] != "id" else None
    node = text.node(path)
    kind = kind_named_at(path)
    if kind is None or not isinstance(node, yaml.ScalarNode):
        return None
    return Named(kind, str(node.value))


def wanted_at(text: str, offset: int, path: str) -> Wanted | None:
    """Which id is being typed at an offset of the file `path`; the text may be broken."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    line = text[start:offset]
    if found := _CITING.search(line):
        return Wanted("cited", start + found.start("id"))
    if found := _KEYED.search(line):
        kind = _kind_of_key(found["key"], text[:start], line, path)
        return Wanted(kind, start + found.start("id")) if kind else None
    if found := _ITEM.match(line):
        key = _key_above(text[:start], len(found["indent"]))
        kind = _kind_of_key(key, text[:start], line, path) if key else None
        return Wanted(kind, start + found.start("id")) if kind else None
    return None


def _kind_of_key(key: str, before: str, line: str, path: str) -> NamedKind | None:
    if key == "from" and "references:" not in before:
        return None  # when a role or a selection begins
    if key in _ENTRIES:
        return "entry"
    if key == "part_of":
        top = [found["key"] for found in map(_PARENT.match, before.splitlines()) if found]
        tops = [one for one in top if one in ("events", "actors", "people")]
        return "event" if tops and "events" in tops else "actor"
    if key == "people":
        return "person"
    if key == "id":
        indent = len(line) - len(line.lstrip())
        above = _key_above(before, indent) if line.lstrip().startswith("-") else None
        return "actor" if above == "actors" and path.endswith("/brief.yaml") else None
    return "actor" if key in _ACTORS else None


def _key_above(before: str, indent: int) -> str | None:
    """The key that a list item belongs to, whose dash stands at a column."""
    for line in reversed(before.splitlines()):
        found = _PARENT.match(line)
        if found and line.strip().endswith(":") and len(found["indent"]) <= indent:
            return found["key"]
        within = line.lstrip().startswith(("-", "#")) or len(line) - len(line.lstrip()) > indent
        if line.strip() and not within:
            return None
    return None

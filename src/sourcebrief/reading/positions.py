"""YAML as text with positions: every scalar is what was written, every value knows its place.

PyYAML's C parser gives the node graph; nothing is resolved, so `no`, `2018-04` and `12:30` stay
text. Empty plain scalars, `~` and `null` are absence: a key without a value has the value None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import yaml

from sourcebrief.errors import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Path: TypeAlias = "tuple[str | int, ...]"

# The C extension is in every wheel of PyYAML; a build without it is only slower.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAXIMUM_DEPTH = 60
# An alias bomb's values multiply. An honest file stays far below: no more than this many values for
# each that is written, an alias counting as one.
_EXPANSION_RATIO = 20
_EXPANSION_FREE = 10_000
_DEEP_LINE = re.compile(
    rf"^(?:[ ]*[-?:]){{{MAXIMUM_DEPTH},}}|^[ ]{{{MAXIMUM_DEPTH},}}", re.MULTILINE
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
# What the parser itself gives to values without a tag. An explicit `!!str` cannot be told from it
# and does no harm, since every scalar stays the text that was written.
_STANDARD_TAG = "tag:yaml.org,2002:"
_IMPLICIT_TAGS = frozenset(
    _STANDARD_TAG + name
    for name in (
        *("bool", "float", "int", "map", "merge"),
        *("null", "seq", "str", "timestamp", "value"),
    )
)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file: its path from the workspace, its value and the nodes that give places."""

    path: str
    value: Value
    node: yaml.Node | None

    def place(self, path: Path = (), *, key: bool = False) -> Place:
        """Where the value at `path` begins, or its key; the nearest enclosing value if absent.

        Steps that are not in the file are passed over: `role` and `actor` beside `name` are short
        for `roles: [{role, actor}]`, and are found where they were written.
        """
        node = self.node
        if node is None:
            return Place(self.path)
        marked = node
        for step in path:
            found = _child(node, step)
            if found is None:
                continue
            key_node, node = found
            marked = key_node if key and key_node is not None else node
        return _place_of(marked, self.path)

    def get(self, key: str) -> Value:
        """The value of a key of the whole file; None where it is absent or the file no mapping."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def located(self, *path: str | int) -> Place:
        """Where the value at `path` begins."""
        return self.place(path)


def _place_of(node: yaml.Node | yaml.Event, path: str) -> Place:
    mark = node.start_mark
    return Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            if isinstance(key_node, yaml.ScalarNode) and key_node.value == str(step):
                return key_node, value_node
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def decode(data: bytes, path: str) -> str:
    """Decode an authored file, UTF-8 with or without a byte order mark.

    Raises InvalidInput at the line and column of the first byte that is not UTF-8, and of the first
    control character: neither YAML nor XML 1.0 (and so no DOCX) can hold those.
    """
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        message = "not UTF-8; save the file with the encoding UTF-8"
        raise InvalidInput([Problem(_place_after(before, path), message)]) from None
    if found := _CONTROL.search(text):
        place = _place_after(text[: found.start()], path)
        raise InvalidInput([Problem(place, _control_fault(found[0]))])
    return text


def _control_fault(character: str) -> str:
    return f"the control character U+{ord(character):04X} cannot stand here; delete it"


def _place_after(before: str, path: str) -> Place:
    lines = _LINE_BREAK.split(before)
    return Place(path, len(lines), len(lines[-1].lstrip("\ufeff")) + 1)


def load(data: bytes, path: str) -> Document:
    """Read one YAML document; raise InvalidInput with every problem of its form."""
    text = decode(data, path)
    _refuse_deep_nesting(text, path)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise InvalidInput([_syntax_problem(error, text, path)]) from None
    except yaml.YAMLError as error:
        words = " ".join(str(error).split())
        raise InvalidInput([Problem(Place(path), f"not YAML: {words}; correct it")]) from None
    builder = _Builder(path)
    value = builder.build(node) if node is not None else None
    if builder.problems:
        raise InvalidInput(builder.problems)
    return Document(path, value, node)


_UNCLOSED = {
    "a quoted scalar found unexpected end": "this quoted text never ends; close its quotation mark",
    "a flow sequence did not find": "this list never ends, or lacks a comma; close it with ]",
    "a flow mapping did not find": "this mapping never ends, or lacks a comma; close it with }",
}


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, path: str) -> Problem:
    words = " ".join(part for part in (error.context, error.problem) if part)
    mark = error.problem_mark or error.context_mark
    unclosed = next((what for what in _UNCLOSED if what in words), None)
    if unclosed and error.context_mark:
        # The parser stops where the file ends; the mend is where the thing begins.
        mark = error.context_mark
        words = _UNCLOSED[unclosed]
    place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
    if unclosed:
        return Problem(place, f"not YAML: {words}")
    hint = "; put quotes around a text that holds ': ', ' #' or begins with a sign"
    if "tab character" in words or (mark and _line(text, mark.line)[mark.column :][:1] == "\t"):
        hint = "; indent with spaces, not tabs"
    elif "undefined alias" in words:
        hint = "; a text that begins with * needs quotes"
    elif "expected a single document" in words:
        hint = "; keep one document to a file and delete the line ---"
    return Problem(place, f"not YAML: {words}{hint}")


def _line(text: str, number: int) -> str:
    lines = _LINE_BREAK.split(text)
    return lines[number] if number < len(lines) else ""


def _refuse_deep_nesting(text: str, path: str) -> None:
    """Refuse nesting that would exhaust the C stack, before the composer recurses into it.

    Only a text with many opening brackets or deeply indented lines can nest that deep; only such a
    text is worth the second pass over its events.
    """
    if text.count("[") + text.count("{") < MAXIMUM_DEPTH and not _DEEP_LINE.search(text):
        return
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                depth += 1
                if depth > MAXIMUM_DEPTH:
                    message = f"nested more than {MAXIMUM_DEPTH} levels deep; flatten it"
                    raise InvalidInput([Problem(_place_of(event, path), message)])
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                depth -= 1
    except yaml.MarkedYAMLError as error:
        raise InvalidInput([_syntax_problem(error, text, path)]) from None


class _Builder:
    """Turns nodes into values and collects what the form forbids."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._built: dict[int, Value] = {}
        self._sizes: dict[int, int] = {}
        self._open: set[int] = set()
        self._written = 0

    def build(self, root: yaml.Node) -> Value:
        value = self._value(root)
        size = self._sizes.get(id(root), 1)
        if size > _EXPANSION_FREE + _EXPANSION_RATIO * self._written:
            self._problem(root, "aliases multiply this file without bound; write the values out")
        return value

    def _problem(self, node: yaml.Node, message: str) -> None:
        self.problems.append(Problem(_place_of(node, self.path), message))

    def _value(self, node: yaml.Node) -> Value:
        if isinstance(node, yaml.ScalarNode):
            self._check_scalar(node)
            plain = not node.style
            return None if plain and node.value in ("", "~", "null") else node.value
        identity = id(node)
        if identity in self._open:
            self._problem(node, "an alias to a value that holds it never ends; write it out")
            return None
        if identity in self._sizes:
            return self._built[identity]
        self._check_tag(node)
        self._open.add(identity)
        value: Value
        if isinstance(node, yaml.SequenceNode):
            value = [self._value(child) for child in node.value]
        elif isinstance(node, yaml.MappingNode):
            value = dict(self._items(node))
        else:
            raise TypeError(node)
        self._open.discard(identity)
        self._built[identity] = value
        children = list(_children(node))
        self._written += len(children)
        self._sizes[identity] = 1 + sum(map(self._size, children))
        return value

    def _size(self, node: yaml.Node) -> int:
        return self._sizes.get(id(node), 1)

    def _items(self, node: yaml.MappingNode) -> Iterator[tuple[str, Value]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._problem(key_node, "a key is a word, not a list or mapping; quote it")
                continue
            self._check_scalar(key_node)
            key = key_node.value
            if key == "<<" and not key_node.style:
                self._problem(key_node, "merge keys (<<) are not read; write the keys out")
                continue
            if key in seen:
                first = f"first at line {seen[key]}"
                self._problem(key_node, f"the key {key!r} stands twice ({first}); delete one")
                continue
            seen[key] = key_node.start_mark.line + 1
            yield key, self._value(value_node)

    def _check_scalar(self, node: yaml.ScalarNode) -> None:
        self._check_tag(node)
        # Escapes in double quotes can write what the file itself may not hold.
        if found := _CONTROL.search(node.value):
            self._problem(node, _control_fault(found[0]))

    def _check_tag(self, node: yaml.Node) -> None:
        if node.tag not in _IMPLICIT_TAGS:
            shown = node.tag.replace(_STANDARD_TAG, "!!", 1)
            self._problem(node, f"the tag {shown} is not read; delete it")


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    else:
        for pair in node.value:
            yield from pair

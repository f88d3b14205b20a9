"""Entries written into `seeds.yaml` as text: what stands there stays as it is, to the byte."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from sourcebrief.errors import InvalidInput, SourcebriefError
from sourcebrief.workspace.read_files import CATALOGUE
from sourcebrief.workspace.yaml_nodes import compose, decode, load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LINE_END = re.compile(r"\r\n|\n|\r")
_DATE = re.compile(r"[0-9X~?%/.-]+")
# Stricter than YAML: what no reader, of YAML 1.1 or 1.2, could take for anything but text.
_PLAIN = re.compile(r"[^\W_](?:[^\n:#]|:(?=[^\s])|(?<=\S)#)*")


def with_entries(catalogue: bytes, entries: Sequence[Mapping[str, Any]]) -> bytes:
    """The bytes of a catalogue with entries at its end, and not one other change.

    Its indentation, line ends, byte order mark and last line are kept as they are. Raises
    InvalidInput where it cannot be read, SourcebriefError where it is written in a way that
    nothing can be added to.
    """
    text = decode(catalogue, CATALOGUE)
    before = load(catalogue, CATALOGUE)
    # `load` has judged it; where things stand in the text only the nodes tell.
    edited = _edited(text, compose(text), entries)
    mark = codecs.BOM_UTF8 if catalogue.startswith(codecs.BOM_UTF8) else b""
    after = mark + edited.encode()
    value: Any = before.value or {}
    expected = {**value, "references": [*(value.get("references") or []), *map(as_text, entries)]}
    # An alias, a flow list, a document end: nothing is written that reads otherwise.
    try:
        same = load(after, CATALOGUE).value == expected
    except InvalidInput:
        same = False
    if not same:
        raise SourcebriefError(
            f"cannot add to {CATALOGUE} as it is written; "
            "write `references:` as a list, an entry to a line that begins with `- id:`, at its end"
        )
    return after


def as_text(value: Any) -> Any:
    """A value as it is read back: every scalar text, absent keys left out."""
    if isinstance(value, dict):
        return {str(key): as_text(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [as_text(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None else str(value)


@dataclass(frozen=True, slots=True)
class _Style:
    """How a catalogue is written: the column of its dashes, of its keys, and of keys within."""

    dash: int = 2
    key: int = 4
    step: int = 2
    newline: str = "\n"
    parted: bool = True


def _edited(text: str, root: yaml.Node | None, entries: Sequence[Mapping[str, Any]]) -> str:
    listed = _listed(root)
    style = _style(text, listed)
    if listed is None or (listed.flow_style and not listed.value):
        head = _head(text, root, listed, style)
    else:
        head = text
    ended = head.endswith(("\n", "\r")) or not head
    lines: list[str] = []
    for number, entry in enumerate(entries):
        if style.parted and (number or (listed is not None and listed.value)):
            lines.append("")
        lines += _entry(as_text(dict(entry)), style)
    added = style.newline.join(lines)
    return head + ("" if ended else style.newline) + added + (style.newline if ended else "")


def _listed(root: yaml.Node | None) -> yaml.SequenceNode | None:
    """The node of `references`, where it is a list."""
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == "references" and isinstance(value, yaml.SequenceNode):
            return value
    return None


def _head(
    text: str, root: yaml.Node | None, listed: yaml.SequenceNode | None, style: _Style
) -> str:
    """What stands before the first entry, where there is none yet."""
    if listed is not None:
        return text[: listed.start_mark.index].rstrip(" ") + text[listed.end_mark.index :]
    if isinstance(root, yaml.MappingNode):
        return text
    parting = "" if not text or text.endswith(("\n", "\r")) else style.newline
    return f"{text}{parting}references:{style.newline}"


def _style(text: str, listed: yaml.SequenceNode | None) -> _Style:
    found = _LINE_END.search(text)
    newline = found[0] if found else "\n"
    entries = (
        [node for node in listed.value if isinstance(node, yaml.MappingNode)] if listed else []
    )
    entries = [node for node in entries if not node.flow_style and node.value]
    if listed is None or listed.flow_style or not entries:
        return _Style(newline=newline)
    dash, key = listed.start_mark.column, entries[-1].start_mark.column
    inner = [
        value.start_mark.column - key
        for entry in entries
        for _, value in entry.value
        if isinstance(value, yaml.MappingNode) and not value.flow_style
    ]
    lines = _LINE_END.split(text)
    starts = [node.start_mark.line for node in listed.value[1:]]
    blank = sum(_blank_before(lines, line) for line in starts)
    return _Style(dash, key, max([*inner[-1:], 2]), newline, blank * 2 >= len(starts))


def _blank_before(lines: Sequence[str], line: int) -> bool:
    while line and lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line > 0 and not lines[line - 1].strip()


def _entry(entry: dict[str, Any], style: _Style) -> list[str]:
    lines = _mapping(entry, style.key, style.step)
    # A dash alone on its line, and the keys below, is how some exports have it.
    offset = style.key - style.dash
    lines[0] = " " * style.dash + "-" + " " * max(offset - 1, 1) + lines[0].lstrip()
    return lines


def _mapping(value: dict[str, Any], indent: int, step: int) -> list[str]:
    lines = []
    for key, item in value.items():
        lines += _pair(_word(key), item, indent, step)
    return lines


def _pair(key: str, item: Any, indent: int, step: int) -> list[str]:
    pad = " " * indent
    if isinstance(item, dict) and item:
        return [f"{pad}{key}:", *_mapping(item, indent + step, step)]
    if isinstance(item, list) and item:
        return [f"{pad}{key}:", *_sequence(item, indent + step, step)]
    dated = key == "issued" and isinstance(item, str) and _DATE.fullmatch(item)
    return [f"{pad}{key}: {item if dated else scalar(item)}"]


def _sequence(items: list[Any], indent: int, step: int) -> list[str]:
    lines = []
    for item in items:
        if isinstance(item, dict | list) and item:
            inner = indent + 2
            if isinstance(item, dict):
                block = _mapping(item, inner, step)
            else:
                block = _sequence(item, inner, step)
            lines += [" " * indent + "- " + block[0].lstrip(), *block[1:]]
        else:
            lines.append(f"{' ' * indent}- {scalar(item)}")
    return lines


def _word(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z][\w-]*", key) and scalar(key) == key else json.dumps(key)


def scalar(value: Any) -> str:
    """A text as a YAML scalar on one line, in quotes only where it needs them."""
    if value is None:
        return "null"
    if isinstance(value, dict | list):  # an empty one: others are blocks
        return "{}" if isinstance(value, dict) else "[]"
    text = str(value)
    if _PLAIN.fullmatch(text) and text == text.strip() and _resolves_to_text(text):
        return text
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")


def _resolves_to_text(text: str) -> bool:
    try:
        return bool(yaml.safe_load(text) == text)
    except (yaml.YAMLError, ValueError):
        return False

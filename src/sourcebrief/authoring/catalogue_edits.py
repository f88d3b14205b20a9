"""Editing `seeds.yaml` as text, so that comments, order, quoting and line ends stay."""

import codecs
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sourcebrief.errors import InvalidInput, SourcebriefError
from sourcebrief.workspace.read_files import CATALOGUE
from sourcebrief.workspace.write_files import replace_all
from sourcebrief.workspace.yaml_nodes import compose_nodes, decode, load

LINE_END = re.compile(r"\r\n|\n|\r")
_DATE = re.compile(r"[0-9X~?%/.-]+")
# Stricter than YAML: no reader of YAML 1.1 or 1.2 takes this for anything but text.
_PLAIN = re.compile(r"[^\W_](?:[^\n:#]|:(?=[^\s])|(?<=\S)#)*")
_STAGING = ".sourcebrief/staging/catalogue"


def line_end_of(text: str) -> str:
    """Return the line end that a text uses, a line feed where it has one line."""
    found = LINE_END.search(text)
    return found[0] if found else "\n"


def edited_catalogue(before: bytes, text: str, expected: Any) -> bytes | None:
    """Return an edited text as bytes; None where it does not read as expected.

    An anchor, an alias or a flow list can give the text around an edit another meaning.
    """
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    after = mark + text.encode()
    try:
        return after if load(after, CATALOGUE).value == expected else None
    except InvalidInput:
        return None


def replace_catalogue(
    root: Path, before: bytes | None, after: bytes, new_files: Mapping[Path, bytes] | None = None
) -> None:
    """Write the catalogue, after the new files that it names: all of them or none.

    `before` is the catalogue as it was read, None where there was none. Raises SourcebriefError
    where it has been changed since.
    """
    # A catalogue that is a link is written where the link leads.
    catalogue = (root / CATALOGUE).resolve()
    if (catalogue.read_bytes() if catalogue.exists() else None) != before:
        raise SourcebriefError(
            f"{CATALOGUE} was changed meanwhile, so nothing was written; run the command again"
        )
    replace_all({**(new_files or {}), catalogue: after}, root / _STAGING)


def with_entries(catalogue: bytes, entries: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the bytes of a catalogue with entries at its end, and no other change.

    Raises InvalidInput where it cannot be read, SourcebriefError where it is written in a way that
    allows no addition.
    """
    text = decode(catalogue, CATALOGUE)
    value: Any = load(catalogue, CATALOGUE).value or {}
    expected = {
        **value,
        "references": [*(value.get("references") or []), *map(text_scalars, entries)],
    }
    # `load` has judged the text. Only the nodes say where things stand in it.
    edited = _appended(text, compose_nodes(text), entries)
    after = edited_catalogue(catalogue, edited, expected)
    if after is None:
        raise SourcebriefError(
            f"cannot add to {CATALOGUE} as it is written; "
            "write `references:` as a list, an entry to a line that begins with `- id:`, at its end"
        )
    return after


def text_scalars(value: Any) -> Any:
    """Return a value as YAML reads it back: every scalar as text, without absent keys."""
    if isinstance(value, dict):
        return {str(key): text_scalars(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [text_scalars(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None else str(value)


@dataclass(frozen=True, slots=True)
class _Style:
    """How a catalogue is written: the columns of its dashes and keys, and the step within."""

    dash: int = 2
    key: int = 4
    step: int = 2
    newline: str = "\n"
    blank_line_between: bool = True


def _appended(text: str, root: yaml.Node | None, entries: Sequence[Mapping[str, Any]]) -> str:
    listed = _listed(root)
    style = _style(text, listed)
    head = text
    if listed is not None and listed.flow_style and not listed.value:
        # `references: []` becomes a block.
        head = text[: listed.start_mark.index].rstrip(" ") + text[listed.end_mark.index :]
    elif listed is None and not isinstance(root, yaml.MappingNode):
        ending = "" if not text or text.endswith(("\n", "\r")) else style.newline
        head = f"{text}{ending}references:{style.newline}"
    ended = head.endswith(("\n", "\r")) or not head
    lines: list[str] = []
    for number, entry in enumerate(entries):
        if style.blank_line_between and (number or (listed is not None and listed.value)):
            lines.append("")
        lines += _entry(text_scalars(dict(entry)), style)
    added = style.newline.join(lines)
    return head + ("" if ended else style.newline) + added + (style.newline if ended else "")


def _listed(root: yaml.Node | None) -> yaml.SequenceNode | None:
    """Return the node of `references`, where it is a list."""
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == "references" and isinstance(value, yaml.SequenceNode):
            return value
    return None


def _style(text: str, listed: yaml.SequenceNode | None) -> _Style:
    newline = line_end_of(text)
    entries = [
        node
        for node in (listed.value if listed and not listed.flow_style else [])
        if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value
    ]
    if listed is None or not entries:
        return _Style(newline=newline)
    key = entries[-1].start_mark.column
    steps = [
        value.start_mark.column - key
        for entry in entries
        for _, value in entry.value
        if isinstance(value, yaml.MappingNode) and not value.flow_style
    ]
    lines = LINE_END.split(text)
    starts = [node.start_mark.line for node in listed.value[1:]]
    blank = sum(_blank_before(lines, line) for line in starts)
    step = max([*steps[-1:], 2])
    return _Style(listed.start_mark.column, key, step, newline, blank * 2 >= len(starts))


def _blank_before(lines: Sequence[str], line: int) -> bool:
    while line and lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line > 0 and not lines[line - 1].strip()


def _entry(entry: dict[str, Any], style: _Style) -> list[str]:
    lines = _mapping(entry, style.key, style.step)
    offset = style.key - style.dash
    lines[0] = " " * style.dash + "-" + " " * max(offset - 1, 1) + lines[0].lstrip()
    return lines


def _mapping(value: dict[str, Any], indent: int, step: int) -> list[str]:
    lines = []
    for key, item in value.items():
        head = " " * indent + _key(key) + ":"
        if isinstance(item, dict | list) and item:
            lines += [head, *_block(item, indent + step, step)]
        elif key == "issued" and isinstance(item, str) and _DATE.fullmatch(item):
            lines.append(f"{head} {item}")
        else:
            lines.append(f"{head} {scalar(item)}")
    return lines


def _block(value: dict[str, Any] | list[Any], indent: int, step: int) -> list[str]:
    if isinstance(value, dict):
        return _mapping(value, indent, step)
    lines = []
    for item in value:
        filled = isinstance(item, dict | list) and item
        first, *rest = _block(item, indent + 2, step) if filled else [scalar(item)]
        lines += [" " * indent + "- " + first.lstrip(), *rest]
    return lines


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z][\w-]*", key) and scalar(key) == key else json.dumps(key)


def scalar(value: Any) -> str:
    """Write a text as a YAML scalar on one line, in quotes only where it needs them."""
    if value is None:
        return "null"
    if isinstance(value, dict | list):  # empty, since others are blocks
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

"""Values written as YAML, as an author would write them: one scalar a line, quotes where needed."""

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

EVIDENCE_COLUMN = 6
"""Where an event's evidence begins in the scaffolds."""
LINE_END = re.compile(r"\r\n|\n|\r")
_DATE = re.compile(r"[0-9X~?%/.-]+")
# Stricter than YAML: no reader of YAML 1.1 or 1.2 takes this for anything but text.
_PLAIN = re.compile(r"[^\W_](?:[^\n:#]|:(?=[^\s])|(?<=\S)#)*")
_FLOW_INDICATOR = re.compile(r"[,\[\]{}]")


def line_end_of(text: str) -> str:
    """Return the line end that a text uses, a line feed where it has one line."""
    found = LINE_END.search(text)
    return found[0] if found else "\n"


def text_scalars(value: Any) -> Any:
    """Return a value as YAML reads it back: every scalar as text, without absent keys."""
    if isinstance(value, dict):
        return {str(key): text_scalars(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [text_scalars(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None else str(value)


def pair_lines(key: str, value: Any, indent: int, step: int = 2) -> list[str]:
    """Write a key and its value as lines of a block, `step` columns for each level within."""
    head = " " * indent + _key(key) + ":"
    if isinstance(value, dict | list) and value:
        return [head, *_block(value, indent + step, step)]
    if (
        key in {"issued", "date", "value", "until"}
        and isinstance(value, str)
        and _DATE.fullmatch(value)
    ):
        return [f"{head} {value}"]
    return [f"{head} {scalar(value)}"]


def item_lines(value: Any, dash: int, column: int, step: int = 2) -> list[str]:
    """Write an item of a list as lines: its dash at one column, what it holds at another."""
    filled = isinstance(value, dict | list) and value
    first, *rest = _block(value, column, step) if filled else [scalar(value)]
    return [" " * dash + "-" + " " * max(column - dash - 1, 1) + first.lstrip(), *rest]


def evidence_lines(item: Mapping[str, Any], *comments: str) -> list[str]:
    """Write evidence as lines to paste below `evidence`, indented as in the scaffolds."""
    above = [f"{' ' * EVIDENCE_COLUMN}# {comment}" for comment in comments]
    return above + item_lines(dict(item), EVIDENCE_COLUMN, EVIDENCE_COLUMN + 2)


def _block(value: dict[str, Any] | list[Any], indent: int, step: int) -> list[str]:
    if isinstance(value, dict):
        return [line for key, item in value.items() for line in pair_lines(key, item, indent, step)]
    return [line for item in value for line in item_lines(item, indent, indent + 2, step)]


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z][\w-]*", key) and scalar(key) == key else json.dumps(key)


def flow(value: Any) -> str:
    """Write a value on one line, in brackets where it is a list or a mapping."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    text = scalar(value)
    return _quoted(text) if _FLOW_INDICATOR.search(text) and text[0] != '"' else text


def scalar(value: Any) -> str:
    """Write a text as a YAML scalar on one line, in quotes only where it needs them."""
    if value is None or isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, dict | list):  # empty, since others are blocks
        return "{}" if isinstance(value, dict) else "[]"
    text = str(value)
    plain = _PLAIN.fullmatch(text) and text == text.strip() and _resolves_to_text(text)
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")


def _resolves_to_text(text: str) -> bool:
    try:
        return bool(yaml.safe_load(text) == text)
    except (yaml.YAMLError, ValueError):
        return False

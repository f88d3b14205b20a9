"""Evidence and events as small edits of an event file: comments, order and quoting stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sourcebrief.errors import SourcebriefError
from sourcebrief.text.phrases import slug
from sourcebrief.workspace.yaml_edits import Edit, YamlText, apply_edits, copied, edited
from sourcebrief.workspace.yaml_nodes import decode, load
from sourcebrief.workspace.yaml_writing import item_lines, text_scalars

_COLUMN: Final = 6
"""The column of an event's evidence in the scaffolds, for YAML that is copied."""


class CannotEdit(SourcebriefError):  # noqa: N818 - it names what the file allows
    """A file is written in a way that allows no small edit, or has no such event."""


def evidence_yaml(item: Mapping[str, Any]) -> str:
    """Write evidence as the YAML to paste under `evidence`."""
    return "\n".join(item_lines(dict(item), _COLUMN, _COLUMN + 2))


def with_evidence(before: bytes, path: str, event: str, item: Mapping[str, Any]) -> bytes:
    """Return an event file with evidence at the end of an event's list, and no other change."""
    value = _value(before, path)
    listed = value.get("events")
    index = next(
        (
            number
            for number, one in enumerate(listed if isinstance(listed, list) else ())
            if isinstance(one, dict) and one.get("id") == event
        ),
        None,
    )
    if index is None:
        raise CannotEdit(f"{path} has no event {event!r} now; choose another")
    text = YamlText(decode(before, path))
    if "evidence" in value["events"][index]:
        edit = text.append_items(("events", index, "evidence"), [item])
    else:
        edit = text.set_key(("events", index), "evidence", [dict(item)])
    entry = value["events"][index]
    entry["evidence"] = [*(entry.get("evidence") or []), text_scalars(dict(item))]
    return _made(before, text, edit, value, path)


def with_event(before: bytes, path: str, event: Mapping[str, Any]) -> bytes:
    """Return an event file with an event at the end of its list, and no other change."""
    value = _value(before, path)
    text = YamlText(decode(before, path))
    if "events" in value:
        edit = text.append_items(("events",), [event])
    else:
        edit = text.set_key((), "events", [dict(event)])
    value["events"] = [*(value.get("events") or []), text_scalars(dict(event))]
    return _made(before, text, edit, value, path)


def with_actor(before: bytes, path: str, key: str, name: str) -> bytes:
    """Return an event file with one more actor, and no other change."""
    value = _value(before, path)
    text = YamlText(decode(before, path))
    actors = {**(value.get("actors") or {}), key: {"name": name}}
    if value.get("actors"):
        edit = text.set_key(("actors",), key, {"name": name})
    else:
        edit = None if "actors" in value else text.set_key((), "actors", actors)
    return _made(before, text, edit, {**value, "actors": actors}, path)


def free_id(title: str, taken: frozenset[str]) -> str:
    """Make an id of a title that no event or catalogue entry has; empty without a letter in it."""
    wanted = slug(title)
    numbers = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(key for key in numbers if key not in taken)


def _value(before: bytes, path: str) -> dict[str, Any]:
    """Read the file's value, to change it; InvalidInput where it is not YAML."""
    value = copied(load(before, path).value)
    if not isinstance(value, dict):
        raise CannotEdit(f"{path} is not a mapping; write 'events:' into it")
    return value


def _made(before: bytes, text: YamlText, edit: Edit | None, expected: Any, path: str) -> bytes:
    after = edit and edited(before, apply_edits(text.text, [edit]), expected, path)
    if not after:
        raise CannotEdit(
            f"cannot add to {path} as it is written there; copy the YAML and paste it yourself"
        )
    return after

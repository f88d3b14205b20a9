"""Evidence and events as small edits of an event file: comments, order and quoting stay."""

from collections.abc import Mapping
from typing import Any

from sourcebrief.errors import SourcebriefError
from sourcebrief.workspace.yaml_draft import YamlDraft


def with_evidence(before: bytes, path: str, event: str, item: Mapping[str, Any]) -> bytes:
    """Return an event file with evidence at the end of an event's list, and no other change."""
    draft = _draft(before, path)
    listed = draft.value.get("events")
    for index, one in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(one, dict) and one.get("id") == event:
            draft.append(("events", index, "evidence"), [dict(item)])
            return _made(draft, path)
    raise SourcebriefError(f"{path} has no event {event!r} now; choose another")


def with_event(before: bytes, path: str, event: Mapping[str, Any]) -> bytes:
    """Return an event file with an event at the end of its list, and no other change."""
    draft = _draft(before, path)
    draft.append(("events",), [dict(event)])
    return _made(draft, path)


def with_actor(before: bytes, path: str, key: str, name: str) -> bytes:
    """Return an event file with one more actor, and no other change."""
    draft = _draft(before, path)
    if draft.value.get("actors"):
        draft.set(("actors", key), {"name": name})
    else:
        draft.set(("actors",), {key: {"name": name}})
    return _made(draft, path)


def _draft(before: bytes, path: str) -> YamlDraft:
    """Read a file, to change it; InvalidInput where it is not YAML."""
    draft = YamlDraft(before, path)
    if not isinstance(draft.value, dict):
        raise SourcebriefError(f"{path} is not a mapping; write 'events:' into it")
    return draft


def _made(draft: YamlDraft, path: str) -> bytes:
    return draft.written_or(
        f"cannot add to {path} as it is written there; copy the YAML and paste it yourself"
    )

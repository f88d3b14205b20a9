"""Editing `seeds.yaml` as text, so that comments, order, quoting and line ends stay."""

from collections.abc import Mapping, Sequence
from typing import Any

from sourcebrief.workspace.read_files import CATALOGUE
from sourcebrief.workspace.yaml_draft import YamlDraft
from sourcebrief.workspace.yaml_places import load


def with_entries(catalogue: bytes, entries: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the bytes of a catalogue with entries at its end, and no other change.

    Raises InvalidInput where it cannot be read, SourcebriefError where it is written in a way that
    allows no addition.
    """
    if not load(catalogue, CATALOGUE).value:
        line_ended = not catalogue or catalogue.endswith((b"\n", b"\r"))
        catalogue += b"references:\n" if line_ended else b"\nreferences:\n"
    draft = YamlDraft(catalogue, CATALOGUE)
    draft.append(("references",), entries)
    return draft.written_or(
        f"cannot add to {CATALOGUE} as it is written; write `references:` as a list, an entry to a "
        "line that begins with `- id:`, at its end"
    )

"""Editing `seeds.yaml` as text, so that comments, order, quoting and line ends stay."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sourcebrief.errors import SourcebriefError
from sourcebrief.workspace.read_files import CATALOGUE
from sourcebrief.workspace.write_files import replace_all
from sourcebrief.workspace.yaml_edits import YamlText, apply_edits, edited
from sourcebrief.workspace.yaml_nodes import decode, load
from sourcebrief.workspace.yaml_writing import text_scalars

_STAGING = ".sourcebrief/staging/catalogue"


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
    value: Any = load(catalogue, CATALOGUE).value or {}
    expected = {
        **value,
        "references": [*(value.get("references") or []), *map(text_scalars, entries)],
    }
    text = decode(catalogue, CATALOGUE)
    if not value:
        text += ("" if not text or text.endswith(("\n", "\r")) else "\n") + "references:\n"
    edit = YamlText(text).append_items(("references",), entries)
    after = edited(catalogue, apply_edits(text, [edit]), expected, CATALOGUE) if edit else None
    if after is None:
        raise SourcebriefError(
            f"cannot add to {CATALOGUE} as it is written; "
            "write `references:` as a list, an entry to a line that begins with `- id:`, at its end"
        )
    return after

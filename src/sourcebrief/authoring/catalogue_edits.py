"""Editing `seeds.yaml` as text, so that comments, order, quoting and line ends stay."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

from sourcebrief.errors import InvalidInput, SourcebriefError
from sourcebrief.workspace.read_files import CATALOGUE
from sourcebrief.workspace.write_files import replace_all
from sourcebrief.workspace.yaml_nodes import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LINE_END = re.compile(r"\r\n|\n|\r")
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

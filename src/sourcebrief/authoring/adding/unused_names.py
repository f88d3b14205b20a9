"""Ids and file names for new entries: readable, safe on every system, and not yet taken."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from sourcebrief.workspace.read_files import portable

if TYPE_CHECKING:
    from collections.abc import Collection

_LONGEST_NAME: Final = 80


def unused_id(wanted: str, taken: Collection[str]) -> str:
    """Return the id, with a number after it where it is taken."""
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


def file_name(stem: str, ending: str) -> str:
    """Make a readable file name without spaces that every system accepts."""
    text = unicodedata.normalize("NFC", stem)
    kept = (c if c.isalnum() or c in "-_.()+," or unicodedata.combining(c) else "-" for c in text)
    name = re.sub("-{2,}", "-", "".join(kept)).strip("-. ,")[:_LONGEST_NAME].rstrip("-. ,")
    while len(name.encode()) > 2 * _LONGEST_NAME:
        name = name[:-1]
    name = name or "document"
    return f"{name}{ending}" if portable(f"{name}{ending}") is None else f"seed-{name}{ending}"


def same_file_name(one: str) -> str:
    """Return the form in which two names are equal that are one file on some system."""
    return unicodedata.normalize("NFC", one).casefold()


def unused_file_name(stem: str, ending: str, taken: Collection[str]) -> str:
    """Make a file name that is not in `taken`, which holds names as `same_file_name` has them."""
    number = 1
    while True:
        name = file_name(stem if number == 1 else f"{stem}-{number}", ending)
        if same_file_name(name) not in taken:
            return name
        number += 1

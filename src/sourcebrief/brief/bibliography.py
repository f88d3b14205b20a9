"""The cited catalogue entries as CSL JSON, which citeproc formats.

citeproc ignores the `custom` object and reads only simple dates, so an entry is handed over with a
date that it understands and with a supplied title in brackets, as catalogues print one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sourcebrief.dates.wording import csl_date

if TYPE_CHECKING:
    from sourcebrief.workspace.catalogue import Library

_OWN = {"custom", "issued", "title", "container_title", "container_title_short"}


def csl_items(library: Library, ids: Iterable[str], language: str) -> list[dict[str, Any]]:
    """The entries as CSL JSON items, dates worded in the brief's language where they must be."""
    return [_item(library, key, language) for key in ids]


def _item(library: Library, key: str, language: str) -> dict[str, Any]:
    entry = library.entries[key].value
    item = {name: value for name, value in entry.model_dump(exclude=_OWN).items() if value}
    title = f"[{entry.title}]" if entry.custom.title_supplied else entry.title
    item |= {"title": title, "issued": csl_date(entry.issued, language)}
    if entry.container_title:
        item["container-title"] = entry.container_title
    if entry.container_title_short:
        item["container-title-short"] = entry.container_title_short
    return item

"""The items of a CSL file as entries of the catalogue: references, which have no file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sourcebrief.authoring.adding.unused_names import unused_id
from sourcebrief.text.phrases import slug

if TYPE_CHECKING:
    from sourcebrief.authoring.adding.holdings import Holdings
    from sourcebrief.authoring.importing.from_csl import CslItem


def entry_of_item(item: CslItem, holdings: Holdings) -> str | None:
    """Return the id of the entry that an item is already, by its key, DOI or address."""
    variables = item.variables
    key = str(variables.get("citation-key") or item.key)
    for entry in holdings.entries:
        known = entry.get("citation-key") or entry["id"]
        if key and known == key and entry.get("title") == variables.get("title"):
            return str(entry["id"])
    return holdings.entry_with("DOI", variables.get("DOI")) or holdings.entry_with(
        "URL", variables.get("URL")
    )


def reference_entry(item: CslItem, holdings: Holdings) -> dict[str, Any]:
    """Make an item an entry with an id of its own; its key there stays as `citation-key`."""
    variables = {name: value for name, value in item.variables.items() if name != "id"}
    key = str(variables.pop("citation-key", None) or item.key)
    # Zotero gives an address as the key where the user gave none.
    name = slug(key) if "/" not in key else ""
    name = name or _author_and_year(variables) or "reference"
    first = ("type", "title", "author", "publisher", "container-title", "issued")
    entry = {"id": unused_id(name, holdings.ids)}
    entry |= {name: variables[name] for name in first if name in variables}
    entry |= {name: value for name, value in variables.items() if name not in first}
    return entry | {"citation-key": key} if key else entry


def _author_and_year(variables: dict[str, Any]) -> str:
    authors = variables.get("author")
    first = authors[0] if isinstance(authors, list) and authors else {}
    name = first.get("family") or first.get("literal") if isinstance(first, dict) else None
    name = name or variables.get("container-title") or variables.get("publisher")
    name = name or variables.get("title") or ""
    year = re.search(r"[0-9]{4}", str(variables.get("issued")))
    return "-".join(filter(None, (slug(str(name), longest=40), year[0] if year else "")))

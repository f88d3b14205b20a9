"""Placed annotations as YAML to paste, their notes as comments; and which are of a document."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from sourcebrief.authoring.annotations.annotation import Highlight
from sourcebrief.authoring.annotations.place_annotations import PlacedAnnotation
from sourcebrief.documents.web_annotations import named_information
from sourcebrief.errors import UsageError
from sourcebrief.text.phrases import count_of
from sourcebrief.workspace.model import CatalogueEntry
from sourcebrief.workspace.yaml_writing import evidence_lines

_SCHEME: Final = re.compile(r"(?i)^https?://(?:www\.)?")


def annotations_of(
    annotations: Sequence[Highlight], entry: CatalogueEntry, name: str
) -> list[Highlight]:
    """Return those on one document: by its address, its id or its file, where the file says so.

    Raises UsageError where they are on several documents and none is known to be this one.
    """
    extra = entry.model_extra or {}
    custom = entry.custom
    names = [entry.id, entry.URL, extra.get("DOI"), custom.file]
    names += [custom.original.file] if custom.original else []
    names += [named_information(custom.sha256)] if custom.sha256 else []
    own = {_known_as(one.strip()) for one in names if isinstance(one, str)}
    known = [{_known_as(one.strip()) for one in each.documents} for each in annotations]
    if any(own & one for one in known):
        return [each for each, one in zip(annotations, known, strict=True) if own & one or not one]
    apart = {frozenset(one) for one in known if one}
    if len(apart) > 1:
        raise UsageError(
            f"{name} has annotations on {count_of(len(apart), 'document')}, and none of them names "
            f"the URL, the id or the file of {entry.id!r}; export those on one document"
        )
    return list(annotations)


def _known_as(name: str) -> str:
    """Return a document's name without what may differ: an address's scheme, a file's folder."""
    if _SCHEME.match(name):
        return _SCHEME.sub("", name).partition("#")[0].rstrip("/").lower()
    return name.replace("\\", "/").rpartition("/")[2].lower()


def annotations_as_yaml(placed: Iterable[PlacedAnnotation], name: str, title: str) -> str:
    """Write evidence in its order; the first line of each says where it comes from."""
    return "\n".join(line for one in placed for line in _lines(one, name, title))


def _lines(one: PlacedAnnotation, name: str, title: str) -> list[str]:
    source = f"{title}, {one.located.locator}: {one.annotation.where}"
    item = {"seed": name, "quote": one.quotation, "paragraph": one.located.paragraph}
    return evidence_lines(item, source, *one.annotation.note.splitlines())

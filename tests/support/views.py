"""The view of a checked briefing, as its documents are made from it."""

from collections.abc import Mapping

from sourcebrief.brief.authored_html import NoteWriter
from sourcebrief.brief.compose import compose
from sourcebrief.brief.make_manifest import Composition, manifest_of
from sourcebrief.brief.view import BriefView, Html


def view_of(
    composition: Composition,
    references: Mapping[str, Html] | None = None,
    edition: str = "",
    layout: str = "full",
) -> BriefView:
    """The view, with each reference worded as its id unless given."""
    if references is None:
        references = {key: Html(f"{key}.") for key in composition.cited_entries}
    return compose(manifest_of(composition), composition.labels, references, edition, layout)


def notes_of(composition: Composition) -> NoteWriter:
    """The writer of the brief's notes."""
    manifest = manifest_of(composition)
    sources = {source["id"]: source for source in manifest["sources"]}
    numbers = {key: number for number, key in enumerate(composition.selected, 1)}
    return NoteWriter(sources, composition.labels, numbers)

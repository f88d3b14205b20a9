"""A briefing ready for the press: all that its documents are made from, as plain values.

Nothing in it refers to a file, an engine or a parsed input, so that it can be handed to another
process, or to another machine, as bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sourcebrief.brief.bibliography import csl_items
from sourcebrief.brief.compose import compose
from sourcebrief.brief.statements import statements_of
from sourcebrief.brief.view import BriefView, Changes, Html

if TYPE_CHECKING:
    from sourcebrief.brief.compose import Composition
    from sourcebrief.brief.manifest import Statements


@dataclass(frozen=True, slots=True)
class Reprint:
    """A seed that may be reprinted whole, and so travels with the documents."""

    file: str
    data: bytes
    short: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What is known of a brief before any engine has set it.

    `view` lacks its edition and the wording of its references, which citeproc makes of `items`
    (CSL JSON) in `style` (None: the one in `templates/`). `statements` is the manifest without the
    printed words. `day` is the last day that `as_of` can mean.
    """

    name: str
    language: str
    day: date
    view: BriefView
    items: tuple[Mapping[str, Any], ...]
    style: bytes | None
    statements: Statements
    reprints: tuple[Reprint, ...]


def manuscript(composition: Composition, changes: Changes | None = None) -> Manuscript:
    """Compose a proven briefing; `changes` since an earlier edition are told at its head."""
    brief = composition.briefing.brief.value
    library = composition.library
    cited = composition.cited_entries()
    day = brief.as_of.latest or brief.as_of.earliest
    if day is None:
        raise ValueError("as_of has neither a first nor a last day")
    return Manuscript(
        name=composition.briefing.name,
        language=brief.language,
        day=day,
        view=compose(composition, dict.fromkeys(cited, Html("")), "", changes),
        items=tuple(csl_items(library, cited, brief.language)),
        style=composition.style,
        statements=statements_of(composition),
        reprints=tuple(
            Reprint(entry.custom.file, library.seeds[key], library.short_name(key))
            for key in sorted(cited)
            if (entry := library.entries[key].value).custom.file and entry.custom.embed == "full"
        ),
    )

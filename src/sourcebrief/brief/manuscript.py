"""A briefing ready for the press: all that its documents are made from, as plain values.

Nothing in it refers to a file, an engine or a parsed input, so that it can be handed to another
process, or to another machine, as bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from sourcebrief.brief.make_manifest import manifest_of
from sourcebrief.dates.edtf import parse_edtf

if TYPE_CHECKING:
    from sourcebrief.brief.make_manifest import Composition
    from sourcebrief.brief.manifest import ChangesIn, Manifest


@dataclass(frozen=True, slots=True)
class Reprint:
    """A seed that may be reprinted whole, and so travels with the documents."""

    file: str
    data: bytes
    short: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What is known of a brief before any engine has set it.

    `style` is the CSL style of its own (None: the one in `templates/`).
    """

    manifest: Manifest
    style: bytes | None
    reprints: tuple[Reprint, ...] = ()

    @property
    def name(self) -> str:
        """The briefing's name."""
        return self.manifest["briefing"]

    @property
    def language(self) -> str:
        """The brief's language, BCP 47."""
        return self.manifest["brief"]["language"]

    def moment(self, epoch: int | None) -> datetime:
        """The time that documents bear: SOURCE_DATE_EPOCH, else the last day of `as_of`."""
        if epoch is not None:
            return datetime.fromtimestamp(epoch, UTC)
        as_of = parse_edtf(self.manifest["brief"]["as_of"])
        day = as_of.latest or as_of.earliest
        if day is None:
            raise ValueError("as_of has neither a first nor a last day")
        return datetime.combine(day, time.min, UTC)


def manuscript(composition: Composition, changes: ChangesIn | None = None) -> Manuscript:
    """A proven briefing with the documents that may be reprinted; `changes` stand at its head."""
    library = composition.library
    return Manuscript(
        manifest_of(composition, changes),
        composition.style,
        tuple(
            Reprint(entry.custom.file, library.seeds[key], library.short_name(key))
            for key in composition.cited_entries()
            if (entry := library.entries[key].value).custom.file and entry.custom.embed == "full"
        ),
    )

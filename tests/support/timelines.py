"""Timelines of invented events, for the tests of the figure."""

from __future__ import annotations

from pathlib import Path

from sourcebrief.brief.figure.layout import PAGE, Form, timeline
from sourcebrief.brief.figure_parts import Box, Figure
from sourcebrief.brief.labels import Labels, labels
from sourcebrief.brief.view import ActorView, Html, Row
from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.workspace.read_files import Inputs

ROOT = Path(__file__).resolve().parents[2]
ACTORS = (
    ActorView("harbours", "Ministry of Harbours", "Harbours", 1),
    ActorView("council", "Fisheries Council", "Council", 2),
)


def words(language: str = "en-GB") -> Labels:
    return labels(language, TemplateFolders(Inputs(ROOT), packaged_folder()))


def event(
    number: int, edtf: str, *lanes: str | ActorView, part_of: int | None = None, title: str = ""
) -> Row:
    """A row of the chronology; `lanes` are actors, or the ids of those of `ACTORS`."""
    known = {actor.id: actor for actor in ACTORS}
    return Row(
        number=number,
        id=f"e{number}",
        anchor=f"event-e{number}",
        date=edtf,
        edtf=parse_edtf(edtf),
        basis="stated",
        basis_label="date stated",
        date_note=None,
        year="",
        depth=1 if part_of else 0,
        part_of=part_of,
        lanes=tuple(known[one] if isinstance(one, str) else one for one in lanes),
        counterparts=(),
        title=title or f"Title {number}",
        summary=Html(""),
        notes=Html(""),
        caveat=None,
        people=(),
        place=None,
        themes=(),
        outcomes=(),
        origins=1,
        credibility=None,
        key=False,
        sources=(),
    )


def drawn(events: list[Row], actors: tuple[ActorView, ...] = ACTORS, form: Form = PAGE) -> Figure:
    figure = timeline(events, actors, words(), form)
    assert figure is not None
    return figure


def overlap(one: Box, other: Box, slack: float = 0.01) -> bool:
    """Say whether two boxes share more than an edge."""
    return (
        one.x + slack < other.x + other.width
        and other.x + slack < one.x + one.width
        and one.y + slack < other.y + other.height
        and other.y + slack < one.y + one.height
    )


def within(inner: Box, outer: Box, slack: float = 0.01) -> bool:
    """Say whether a box lies inside another."""
    return (
        inner.x >= outer.x - slack
        and inner.y >= outer.y - slack
        and inner.x + inner.width <= outer.x + outer.width + slack
        and inner.y + inner.height <= outer.y + outer.height + slack
    )

"""Timelines of invented events, for the tests of the figure."""

from __future__ import annotations

from pathlib import Path

from sourcebrief.brief.figure.layout import PAGE, Form, timeline
from sourcebrief.brief.figure.parts import Box, Figure, FigureEvent, LaneActor
from sourcebrief.brief.labels import Labels, labels
from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.workspace.read_files import Inputs

ROOT = Path(__file__).resolve().parents[2]
ACTORS = (
    LaneActor("harbours", "Ministry of Harbours", "Harbours", 1),
    LaneActor("council", "Fisheries Council", "Council", 2),
)


def words(language: str = "en-GB") -> Labels:
    return labels(language, TemplateFolders(Inputs(ROOT), packaged_folder()))


def event(
    number: int, edtf: str, *lanes: str, engagement: bool = True, title: str = ""
) -> FigureEvent:
    when = parse_edtf(edtf)
    title = title or f"Title {number}"
    return FigureEvent(
        number, when.mark, when.earliest, when.latest, edtf, title, lanes, engagement
    )


def drawn(
    events: list[FigureEvent], actors: tuple[LaneActor, ...] = ACTORS, form: Form = PAGE
) -> Figure:
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

"""Timelines of invented events, for the tests of the figure."""

from __future__ import annotations

from pathlib import Path

from sourcebrief.brief.figure.layout import timeline
from sourcebrief.brief.figure.parts import Figure, FigureEvent, LaneActor
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


def event(number: int, edtf: str, *lanes: str, engagement: bool = True) -> FigureEvent:
    when = parse_edtf(edtf)
    return FigureEvent(
        number, when.mark, when.earliest, when.latest, edtf, f"Title {number}", lanes, engagement
    )


def drawn(events: list[FigureEvent], actors: tuple[LaneActor, ...] = ACTORS) -> Figure:
    figure = timeline(events, actors, words())
    assert figure is not None
    return figure

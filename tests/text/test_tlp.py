"""The labels of the Traffic Light Protocol."""

from __future__ import annotations

from pathlib import Path

import pytest

from sourcebrief.text.phrases import slug
from sourcebrief.text.tlp import TLP_COLOURS, marking_conflict

SCREEN = Path(__file__).parents[2] / "templates" / "screen.css"


@pytest.mark.parametrize("label", TLP_COLOURS)
def test_the_web_page_has_the_colour_of_each_label(label: str) -> None:
    name = f".tlp-{slug(label.removeprefix('TLP:'))}"
    rules = [line.partition("{") for line in SCREEN.read_text().splitlines()]
    colours = [rule for names, _, rule in rules if name in names.replace(",", " ").split()]
    assert colours == [f" color: #{TLP_COLOURS[label].lower()} }}"]


@pytest.mark.parametrize(
    ("marking", "brief", "conflict"),
    [
        (None, "TLP:CLEAR", None),
        ("TLP:GREEN", "TLP:GREEN", None),
        ("TLP:GREEN", "TLP:AMBER", None),
        ("TLP:AMBER+STRICT", "TLP:AMBER", "is above"),
        ("TLP:RED", "TLP:AMBER+STRICT", "is above"),
        ("Internal", "TLP:RED", "cannot be compared with"),
        ("TLP:CLEAR", "Internal", "cannot be compared with"),
        ("Internal", "For the minister", None),
    ],
)
def test_only_labels_have_an_order(marking: str | None, brief: str, conflict: str | None) -> None:
    assert marking_conflict(marking, brief) == conflict

"""Every YAML file in which an id can stand is found, whoever names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import harbour
from sourcebrief.authoring.upkeep.authored_files import authored_files
from sourcebrief.errors import InvalidInput
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path


def test_the_catalogue_the_briefs_and_the_lists_each_once(root: Path) -> None:
    assert list(authored_files(Inputs(root))) == [
        "seeds/seeds.yaml",
        "briefings/coast/brief.yaml",
        "briefings/ports/brief.yaml",
        "briefings/ports/events.yaml",
    ]


def test_a_list_elsewhere_and_one_that_nothing_names(root: Path) -> None:
    (root / "shared.yaml").write_text("actors: {navy: {name: Navy}}\n", "utf-8")
    harbour.change(root, "[events.yaml]", "[events.yaml, ../../shared.yaml]",
                   "briefings/ports/brief.yaml")  # fmt: skip
    (root / "briefings/ports/later.yml").write_text("people: {}\n", "utf-8")
    (root / "briefings/ports/other.yaml").write_text("house: {}\n", "utf-8")
    (root / "briefings/ports/broken.yaml").write_text("events: [", "utf-8")
    found = authored_files(Inputs(root))
    assert {"shared.yaml", "briefings/ports/later.yml"} <= found.keys()
    assert not {"briefings/ports/other.yaml", "briefings/ports/broken.yaml"} & found.keys()


def test_what_a_brief_rests_on_has_to_be_read(root: Path) -> None:
    (root / "briefings/ports/events.yaml").write_text("events: [", "utf-8")
    (root / "briefings/coast/brief.yaml").write_text("title: a: b", "utf-8")
    with pytest.raises(InvalidInput) as raised:
        authored_files(Inputs(root))
    assert [problem.place.path for problem in raised.value.problems] == [
        "briefings/coast/brief.yaml",
        "briefings/ports/events.yaml",
    ]

"""Catalogue entries as citeproc reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebrief.brief.bibliography import csl_items

if TYPE_CHECKING:
    from conftest import Workspace


def test_an_entry_is_handed_over_without_what_is_ours(workspace: Workspace) -> None:
    library = workspace.composition().library
    (item,) = csl_items(library, ["wire-2021"], "en-GB")
    assert item["id"] == "wire-2021"
    assert "custom" not in item
    assert isinstance(item["issued"], dict)


def test_a_supplied_title_stands_in_brackets(workspace: Workspace) -> None:
    workspace.edit(
        "seeds/seeds.yaml",
        "title: Almanac of Ports",
        "title: Almanac of Ports\n    custom: {title_supplied: true}",
    )
    (item,) = csl_items(workspace.composition().library, ["almanac-2020"], "en-GB")
    assert item["title"] == "[Almanac of Ports]"

"""Every text that prints, at its place in the YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebrief.brief.printed_texts import PrintedText, printed_texts

if TYPE_CHECKING:
    from conftest import Workspace

EVENTS = "briefings/port/events.yaml"


def texts_of(workspace: Workspace) -> list[PrintedText]:
    checked = workspace.checked()
    assert checked.composition is not None
    left_out = checked.record.events.keys() - checked.selected
    return list(printed_texts(checked.record, checked.brief, left_out, checked.composition))


def test_a_text_stands_at_its_line(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "title: Pact on", "title: Påct on")
    (found,) = [one for one in texts_of(workspace) if "Påct" in one.text]
    lines = (workspace.root / EVENTS).read_text("utf-8").splitlines()
    assert "Påct" in lines[found.place.line - 1]
    assert found.place.path == EVENTS


def test_quotations_and_cited_entries_print_and_entries_that_are_not_cited_do_not(
    workspace: Workspace,
) -> None:
    seeds = workspace.root / "seeds/seeds.yaml"
    text = seeds.read_text("utf-8")
    seeds.write_text(
        f"{text.rstrip()}\n  - {{id: unused, type: book, title: Ünused, issued: 2020}}\n", "utf-8"
    )
    workspace.edit("seeds/seeds.yaml", "title: Almanac of Ports", "title: Almanac öf Ports")
    printed = [one.text for one in texts_of(workspace)]
    assert "Almanac öf Ports" in printed
    assert "Ünused" not in printed
    assert any("the pact on container scanning was signed" in text for text in printed)

"""What a brief says and rests on: whole, and of nothing but what prints."""

from __future__ import annotations

import hashlib
import pickle
from typing import TYPE_CHECKING

import pytest

from sourcebrief.brief.make_manifest import csl_item, manifest_of, manuscript
from sourcebrief.brief.manifest import canonical, edition_of

if TYPE_CHECKING:
    from conftest import Workspace

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


def edition(workspace: Workspace) -> str:
    return edition_of(canonical(manifest_of(workspace.composition())))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (BRIEF, "title: Scanning", "title: On scanning"),
        (BRIEF, "as_of: 2021-06-01", "as_of: 2021-06-02"),
        (BRIEF, "status: draft", "status: final"),
        (BRIEF, "signed a pact, and", "signed one pact, and"),
        (BRIEF, "confidence: moderate", "confidence: low"),
        (BRIEF, "No text of the pact", "No words of the pact"),
        (EVENTS, "title: Pact on", "title: A pact on"),
        (EVENTS, "note: The day of the report.", "note: That day."),
        (EVENTS, "kind: assistance, status: announced", "kind: assistance, status: proposed"),
        (
            EVENTS,
            "quote: the pact on container scanning was signed",
            "quote: pact on container scanning was",
        ),
        (EVENTS, "role: Minister of Ports", "role: Ports minister"),
        ("seeds/seeds.yaml", "grade: D", "grade: C"),
        ("seeds/seeds.yaml", "title: Almanac of Ports", "title: Ports, an almanac"),
    ],
)
def test_whatever_prints_changes_the_edition(
    workspace: Workspace, file: str, old: str, new: str
) -> None:
    before = edition(workspace)
    assert edition(workspace.edit(file, old, new)) != before


def test_layout_of_the_files_does_not(workspace: Workspace) -> None:
    before = edition(workspace)
    workspace.edit(EVENTS, "    title: Pact on", "    # a comment\n    title:   Pact on")
    workspace.edit(
        BRIEF, "as_of: 2021-06-01\nstatus: draft\n", "status: draft\nas_of: 2021-06-01\n"
    )
    path = workspace.root / EVENTS
    head, events = path.read_text("utf-8").split("events:\n")
    first, second = events.split("  - id: offer")
    path.write_text(f"{head}events:\n  - id: offer{second}{first}", "utf-8")
    assert edition(workspace) == before


def test_each_quotation_has_its_selectors(workspace: Workspace) -> None:
    seed = (workspace.root / "seeds/wire.txt").read_text("utf-8")
    (evidence,) = manifest_of(workspace.composition())["events"][1]["evidence"]
    ((quote, position),) = evidence["selectors"]
    assert seed[position["start"] : position["end"]] == quote["exact"] == evidence["quote"]
    assert seed[: position["start"]].endswith(quote["prefix"])
    assert seed[position["end"] :].startswith(quote["suffix"])
    assert (evidence["paragraph"], evidence["locator"]) == (2, "¶ 2")


def test_the_manifest_holds_every_event_and_source(workspace: Workspace) -> None:
    found = manifest_of(workspace.composition())
    assert [(one["number"], one["id"]) for one in found["events"]] == [(1, "pact"), (2, "offer")]
    assert [one["id"] for one in found["sources"]] == ["almanac-2020", "gazette-2021", "wire-2021"]
    hashes = {one["id"]: one.get("sha256") for one in found["sources"]}
    wire = (workspace.root / "seeds/wire.txt").read_bytes()
    assert hashes["wire-2021"] == hashlib.sha256(wire).hexdigest()
    assert hashes["almanac-2020"] is None


def test_an_entry_is_handed_over_without_what_is_ours(workspace: Workspace) -> None:
    library = workspace.composition().library
    item = csl_item(library, "wire-2021", "en-GB")
    assert item["id"] == "wire-2021"
    assert "custom" not in item
    assert isinstance(item["issued"], dict)


def test_a_supplied_title_stands_in_brackets(workspace: Workspace) -> None:
    workspace.edit(
        "seeds/seeds.yaml",
        "title: Almanac of Ports",
        "title: Almanac of Ports\n    custom: {title_supplied: true}",
    )
    item = csl_item(workspace.composition().library, "almanac-2020", "en-GB")
    assert item["title"] == "[Almanac of Ports]"


def test_an_entry_names_a_publisher_once(workspace: Workspace) -> None:
    named = "publisher: Almanac Press"
    workspace.edit("seeds/seeds.yaml", named, f"{named}\n    container-title: Almanac Press")
    item = csl_item(workspace.composition().library, "almanac-2020", "en-GB")
    assert (item["publisher"], item.get("container-title")) == ("Almanac Press", None)


def test_it_travels_as_bytes_and_arrives_equal(workspace: Workspace) -> None:
    sent = manuscript(workspace.composition())
    assert pickle.loads(pickle.dumps(sent)) == sent


def test_only_what_may_be_reprinted_travels_whole(workspace: Workspace) -> None:
    composition = workspace.composition()
    allowed = {
        entry.value.custom.file
        for entry in composition.library.entries.values()
        if entry.value.custom.embed == "full" and entry.value.custom.file
    }
    assert {reprint.file for reprint in manuscript(composition).reprints} <= allowed


def test_the_day_is_the_last_that_as_of_can_mean(workspace: Workspace) -> None:
    workspace.edit("briefings/port/brief.yaml", "as_of: 2021-06-01", "as_of: 2021-06")
    text = manuscript(workspace.composition())
    assert text.moment(None).date().isoformat() == "2021-06-30"
    assert text.moment(0).date().isoformat() == "1970-01-01"

"""A briefing read again: only what changed, and the same as if all had been read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sourcebrief.build.checks import check_workspace
from sourcebrief.build.sealed_memory import SealedMemory
from sourcebrief.desk.reading import Reader
from sourcebrief.errors import in_reading_order
from sourcebrief.evidence import claims

if TYPE_CHECKING:
    from conftest import Workspace

BRIEF, EVENTS, SEEDS = (
    "briefings/port/brief.yaml",
    "briefings/port/events.yaml",
    "seeds/seeds.yaml",
)
EDITS = [
    (EVENTS, "three scanners to", "four scanners to"),
    (EVENTS, "four scanners to", "three scanners to"),
    (BRIEF, "moderate", "high"),
    (BRIEF, "status: draft", "status: [draft"),
    (BRIEF, "status: [draft", "status: draft"),
    (SEEDS, "ignore: [1, 6]", "ignore: [1, 4, 6]"),
    (SEEDS, "references:", "references: ["),
    (SEEDS, "references: [", "references:"),
    ("seeds/wire.txt", "scanners cost", "scanners are worth"),
]


@pytest.mark.parametrize("remembers", [False, True])
def test_after_every_edit_it_is_what_check_says(workspace: Workspace, remembers: bool) -> None:
    memory = SealedMemory(workspace.root / ".sourcebrief/checks", bytes(32)) if remembers else None
    reader = Reader(workspace.root, "port", memory)
    assert reader.read().composition is not None
    for file, old, new in EDITS:
        workspace.edit(file, old, new)
        reading = reader.read()
        checked = check_workspace(("port",), workspace.root)
        assert reading.problems == in_reading_order(checked.all_problems())
        stands = bool(checked.briefings and checked.briefings[0].composition)
        assert (reading.composition is not None) == (stands and file != "seeds/wire.txt")


def test_what_did_not_change_is_neither_read_nor_proven_again(workspace: Workspace) -> None:
    reader = Reader(workspace.root, "port")
    first = reader.read()
    workspace.edit(BRIEF, "Scanning in Port Almera", "Scanners in Port Almera")
    second = reader.read()
    assert second.brief is not None
    assert second.brief.value.title == "Scanners in Port Almera"
    assert second.record is first.record
    assert second.proof is first.proof
    assert first.corpus is not None
    assert second.corpus is not None
    assert second.corpus.seeds is first.corpus.seeds


def test_what_was_found_is_found_neither_again_nor_by_the_next_reader(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = SealedMemory(workspace.root / ".sourcebrief/checks", bytes(32))
    asked: list[str] = []
    find = claims.uncarried_numbers

    def uncarried(text: str, *more: Any) -> Any:
        asked.append(text)
        return find(text, *more)

    monkeypatch.setattr(claims, "uncarried_numbers", uncarried)
    reader = Reader(workspace.root, "port", memory)
    assert reader.read().composition is not None
    everything = len(asked)
    asked.clear()
    workspace.edit(EVENTS, "The two signed a pact", "Both signed a pact")
    assert reader.read().composition is not None
    assert 0 < len(asked) < everything
    changed = len(asked)
    asked.clear()
    workspace.edit(EVENTS, "Both signed a pact", "The two signed a pact")
    assert Reader(workspace.root, "port", memory).read().composition is not None
    assert len(asked) < changed


def test_what_is_reported_and_is_as_it_was_is_not_read_again(workspace: Workspace) -> None:
    reader = Reader(workspace.root, "port")
    first = reader.read()
    (workspace.root / BRIEF).touch()
    assert reader.read({BRIEF, EVENTS}) is first
    assert reader.read({"seeds/new.txt"}) is not first


def test_a_change_that_the_system_reports_is_read_though_its_time_is_the_same(
    workspace: Workspace,
) -> None:
    import os

    reader = Reader(workspace.root, "port")
    reader.read()
    path = workspace.root / BRIEF
    before = path.stat()
    text = path.read_text("utf-8").replace("Scanning in", "Scanners in")
    with path.open("r+", encoding="utf-8") as file:
        file.write(text)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    reading = reader.read({BRIEF})
    assert reading.brief is not None
    assert reading.brief.value.title == "Scanners in Port Almera"


def test_the_last_documents_stay_where_the_catalogue_is_gone(workspace: Workspace) -> None:
    reader = Reader(workspace.root, "port")
    reader.read()
    (workspace.root / SEEDS).unlink()
    reading = reader.read()
    assert reading.corpus is not None
    assert "there is no such file" in reading.problems[0].message


def test_events_have_the_numbers_of_the_brief(workspace: Workspace) -> None:
    reading = Reader(workspace.root, "port").read()
    assert reading.numbers == {"pact": 1, "offer": 2}
    assert [key for key, _ in reading.proven()] == ["pact", "pact", "offer"]
    assert set(reading.hashes) == {BRIEF, EVENTS, SEEDS}


@pytest.mark.parametrize("path", [EVENTS, BRIEF, SEEDS])
def test_while_a_file_is_broken_all_that_it_said_stays(workspace: Workspace, path: str) -> None:
    reader = Reader(workspace.root, "port")
    before = reader.read()
    text = (workspace.root / path).read_text("utf-8")
    workspace.write(path, f"{text}\nbroken: [")
    reading = reader.read()
    assert reading.broken is not None
    assert reading.broken.place.path == path
    assert reading.composition is None
    assert (reading.record, reading.proof) == (before.record, before.proof)
    assert (reading.numbers, reading.brief) == (before.numbers, before.brief)
    workspace.write(path, text)
    assert reader.read().broken is None

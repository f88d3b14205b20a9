"""What earlier checks found changes how long a check takes, and never what it says."""

from __future__ import annotations

import shutil
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checking import check
from conftest import GOOD
from sourcebrief.brief.reading_sheet import ReadingSheet
from sourcebrief.build import checks
from sourcebrief.build.sealed_memory import SealedMemory
from sourcebrief.evidence import claims, proof

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Workspace
    from sourcebrief.errors import Problem

FILES = (
    "briefings/port/events.yaml",
    "briefings/port/events.yaml",
    "briefings/port/brief.yaml",
    "seeds/seeds.yaml",
    "seeds/wire.txt",
    "seeds/gazette.txt",
)


def remembering(root: Path) -> list[Problem]:
    memory = SealedMemory(root / ".sourcebrief/checks", bytes(32))
    return list(checks.check_workspace(("port",), root, memory).all_problems())


def _edited(lines: list[str], at: int, how: str) -> list[str]:
    """Lines, of which one is written otherwise."""
    at %= len(lines)
    before, line, after = lines[:at], lines[at], lines[at + 1 :]
    words = line.rstrip().split(" ")
    changed = {
        "left out": [],
        "twice": [line, line],
        "with a number": [line.rstrip("\n") + " 640\n"],
        "in another year": [line.replace("2021", "2020").replace("12", "13")],
        "shorter": [" ".join(words[:-1]) + "\n"],
        "behind an empty line": ["\n", line],
    }
    return [*before, *changed[how], *after]


EDITS = st.tuples(
    st.sampled_from(FILES),
    st.integers(0, 200),
    st.sampled_from(
        ["left out", "twice", "with a number", "in another year", "shorter", "behind an empty line"]
    ),
    st.booleans(),
)


@settings(max_examples=30)
@given(st.lists(EDITS, min_size=1, max_size=5))
def test_edits_are_reported_as_by_a_check_that_remembers_nothing(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int, str, bool]]
) -> None:
    root = tmp_path_factory.mktemp("edited") / "workspace"
    shutil.copytree(GOOD, root)
    assert remembering(root) == check(("port",), root)
    for file, at, how, undone in edits:
        path = root / file
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(_edited(lines, at, how)), "utf-8")
        assert remembering(root) == check(("port",), root)
        if undone:
            path.write_text("".join(lines), "utf-8")
            assert remembering(root) == check(("port",), root)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each expensive check is made."""
    counted: Counter[str] = Counter()

    def count(module: object, name: str) -> None:
        function: Callable[..., object] = getattr(module, name)

        def counting(*arguments: object, **more: object) -> object:
            counted[name] += 1
            return function(*arguments, **more)

        monkeypatch.setattr(module, name, counting)

    count(proof, "locate")
    count(proof, "_check_stated")
    count(proof, "_check_entry")
    count(claims, "uncarried_numbers")
    count(checks, "shared_texts")
    return counted


def test_without_a_memory_and_with_an_empty_one_every_check_is_made(
    workspace: Workspace, made: Counter[str]
) -> None:
    check(("port",), workspace.root)
    alone = made.copy()
    made.clear()
    remembering(workspace.root)
    assert made == alone
    assert (made["locate"], made["_check_stated"], made["_check_entry"]) == (3, 2, 2)


def test_only_what_changed_is_checked_again(workspace: Workspace, made: Counter[str]) -> None:
    remembering(workspace.root)
    made.clear()
    workspace.edit(FILES[0], "quote: the pact on container", "quote: on container")
    workspace.edit(FILES[0], "The two signed a pact", "Both signed a pact")
    remembering(workspace.root)
    assert (made["locate"], made["_check_stated"]) == (1, 1)
    assert "_check_entry" not in made
    assert "shared_texts" not in made


def test_what_had_a_problem_is_checked_again(workspace: Workspace) -> None:
    workspace.edit(FILES[0], "date: 2021-05-12", "date: 2021-05-13")
    said = remembering(workspace.root)
    assert "is given as stated" in str(said[0])
    assert remembering(workspace.root) == said
    workspace.edit(FILES[0], "actors:\n  ports", "\nactors:\n  ports")
    moved = remembering(workspace.root)
    assert moved[0].place.line == said[0].place.line + 1


def test_coverage_and_sheet_are_made_of_remembered_places(workspace: Workspace) -> None:
    def sheet() -> ReadingSheet:
        memory = SealedMemory(workspace.root / ".sourcebrief/checks", bytes(32))
        checked = checks.check_workspace(("port",), workspace.root, memory)
        composition = checked.briefings[0].composition
        assert composition is not None
        return composition.sheet

    first = sheet()
    workspace.edit(FILES[2], "status: draft", "status: final")
    assert sheet() == first


def test_a_text_whose_source_was_missing_is_checked_once_it_is_there(workspace: Workspace) -> None:
    workspace.edit("briefings/port/events.yaml", "lists no scanners", "lists 77 scanners")
    workspace.edit("seeds/seeds.yaml", "id: almanac-2020", "id: almanac-1920")
    assert any("no event or catalogue entry" in one.message for one in remembering(workspace.root))
    workspace.edit("seeds/seeds.yaml", "id: almanac-1920", "id: almanac-2020")
    (warning,) = remembering(workspace.root)
    assert "carries the number 77" in warning.message

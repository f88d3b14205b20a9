"""Files that an editor holds open: problems of the text as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebrief.authoring.editor.open_files import OpenFiles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import Workspace
    from sourcebrief.errors import Problem

EVENTS = "briefings/port/events.yaml"
BRIEF = "briefings/port/brief.yaml"
SEEDS = "seeds/seeds.yaml"


def counted(found: Mapping[str, tuple[Problem, ...]]) -> dict[str, int]:
    return {path: len(problems) for path, problems in found.items()}


def test_problems_come_and_go_with_what_is_typed(workspace: Workspace) -> None:
    files = OpenFiles(workspace.root)
    good = files.text(EVENTS)
    assert counted(files.check()) == {}
    files.hold(EVENTS, good.replace("send three scanners to the harbour\n", "send four s\n"))
    assert counted(files.check(EVENTS)) == {EVENTS: 1}
    files.hold(EVENTS, good.replace("  - id: offer", "  - id: offer: ["))
    assert counted(files.check(EVENTS))[EVENTS] == 1
    files.hold(EVENTS, good)
    assert set(counted(files.check(EVENTS)).values()) == {0}
    assert counted(files.check(EVENTS)) == {}


def test_the_same_problems_as_check_has(workspace: Workspace) -> None:
    workspace.edit(BRIEF, "scanners are promised", "51 are promised")
    workspace.edit(EVENTS, "themes: [equipment]", "thems: [equipment]")
    found = OpenFiles(workspace.root).check()
    lines = [str(problem) for problems in found.values() for problem in problems]
    told = [line for line in workspace.run("check").err.splitlines() if line.count(":") > 3]
    assert sorted(lines) == sorted(told)


def test_a_held_text_is_let_go(workspace: Workspace) -> None:
    files = OpenFiles(workspace.root)
    files.hold(EVENTS, "events: [")
    assert counted(files.check())[EVENTS] == 1
    assert files.yaml(EVENTS) is None
    files.hold(EVENTS, None)
    assert counted(files.check())[EVENTS] == 0
    assert files.yaml(EVENTS) is not None


def test_a_half_of_a_pair_is_a_problem_and_no_fault(workspace: Workspace) -> None:
    files = OpenFiles(workspace.root)
    files.hold(EVENTS, files.text(EVENTS).replace("Harbour master", "Harbour \ud83d"))
    (problem,) = files.check(EVENTS)[EVENTS]
    assert "not UTF-8" in problem.message
    assert files.yaml(EVENTS) is None


def test_while_the_catalogue_is_broken_there_is_its_problem(workspace: Workspace) -> None:
    files = OpenFiles(workspace.root)
    good = files.text(SEEDS)
    files.check()
    files.hold(SEEDS, "references: [")
    assert counted(files.check(SEEDS)) == {SEEDS: 1}
    assert files.known(EVENTS) is None
    files.hold(SEEDS, good)
    assert counted(files.check(SEEDS)) == {SEEDS: 0}
    assert files.known(EVENTS) is not None


def test_ids_stay_known_while_a_list_is_broken(workspace: Workspace) -> None:
    files = OpenFiles(workspace.root)
    files.check()
    files.hold(EVENTS, "events: [{id: ")
    files.check(EVENTS)
    known = files.known(EVENTS)
    assert known is not None
    assert list(known.record.events) == ["pact", "offer"]


def test_a_shared_list_belongs_to_all_its_briefings(workspace: Workspace) -> None:
    brief = (workspace.root / BRIEF).read_text("utf-8")
    other = "briefings/other/brief.yaml"
    workspace.write(other, brief.replace("[events.yaml]", "[../port/events.yaml]"))
    files = OpenFiles(workspace.root)
    files.check()
    files.hold(EVENTS, files.text(EVENTS).replace("id: offer", "id: offered"))
    found = files.check(EVENTS)
    assert {path for path, problems in found.items() if problems} == {BRIEF, other}
    (workspace.root / other).unlink()
    files.hold(EVENTS, None)
    assert set(counted(files.check()).values()) == {0}

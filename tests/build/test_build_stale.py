"""What a build does with several briefings, and with problems; a fake stands in for the engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_engines import outputs, second_briefing
from sourcebrief.build.build_stale import build_stale
from sourcebrief.build.results import BuildOptions
from sourcebrief.build.staleness import find_stale
from sourcebrief.processes.pool import WorkerEnded

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from conftest import Workspace
    from fake_engines import Engines

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


def test_a_problem_leaves_every_earlier_output_and_the_briefing_stale(
    workspace: Workspace, engines: Engines
) -> None:
    workspace.run("build")
    before = outputs(workspace)
    workspace.edit(BRIEF, "status: draft", "status: drafted")
    ran = workspace.run("build")
    assert ran.code == 1
    assert ran.err.endswith("1 error\nport: not built; the earlier documents stay\n")
    assert outputs(workspace) == before
    workspace.edit(BRIEF, "status: drafted", "status: draft")
    # Its inputs are again those of the outputs; nothing remembers that, and it is built.
    assert "port: built" in workspace.run("build").out


def test_one_briefing_that_fails_does_not_stop_the_others(
    workspace: Workspace, engines: Engines
) -> None:
    second_briefing(workspace, "aaa")
    second_briefing(workspace)
    workspace.edit("briefings/aaa/brief.yaml", "status: draft", "status: drafted")
    engines.broken = {"port"}
    ran = workspace.run("build")
    assert ran.code == 1
    assert engines.made == ["zone"]
    assert "briefings/port/brief.yaml:1:1: error: the engine broke on port" in ran.err
    assert "briefings/aaa/brief.yaml:3:9: error: status 'drafted'" in ran.err
    assert "zone: built" in ran.out


def test_only_the_briefings_that_are_named_are_built(
    workspace: Workspace, engines: Engines
) -> None:
    second_briefing(workspace)
    assert workspace.run("build", "zone").code == 0
    assert engines.made == ["zone"]


class EndingWorkers:
    """Workers whose process ends before it has made anything."""

    def expect(self, tasks: int) -> None:
        pass

    def submit(self, function: Callable[..., Any], *arguments: object) -> Callable[[], Any]:
        def wait() -> Any:
            raise WorkerEnded(0.1)

        return wait


def test_a_worker_that_ended_is_a_problem_at_the_brief(workspace: Workspace) -> None:
    options = BuildOptions(root=workspace.root, formats=("html",))
    stale, _ = find_stale(["port"], options)
    report, _ = build_stale(stale, options, lambda words: None, EndingWorkers())
    (result,) = report.results
    assert result.state == "failed"
    problem = result.problems[-1]
    assert problem.place.path == "briefings/port/brief.yaml"
    assert "was ended by the system or crashed" in problem.message
    assert list((workspace.root / "briefings/port").glob("*.html")) == []

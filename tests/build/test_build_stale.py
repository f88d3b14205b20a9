"""What a build does with several briefings, and with problems; a fake stands in for the engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fake_engines import outputs, second_briefing
from sourcebrief.build.build_stale import build_stale
from sourcebrief.build.results import BuildOptions
from sourcebrief.build.staleness import find_stale
from sourcebrief.processes.pool import WorkerEnded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from conftest import Workspace
    from fake_engines import Engines

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


def test_a_problem_leaves_every_earlier_output_and_what_is_remembered_of_it(
    workspace: Workspace, engines: Engines
) -> None:
    workspace.run("build")
    before = outputs(workspace)
    workspace.edit(BRIEF, "status: draft", "status: drafted")
    ran = workspace.run("build")
    assert ran.code == 1
    assert ran.err.endswith("1 error\nport: not built; the earlier documents stay\n")
    assert outputs(workspace) == before
    (line,) = workspace.run("build", "--message-format", "json").err.splitlines()
    assert line.startswith('{"path": "briefings/port/brief.yaml"')
    workspace.edit(BRIEF, "status: drafted", "status: final")
    assert workspace.run("check", "--built").err.startswith(f"stale: port: {BRIEF} has changed")
    workspace.edit(BRIEF, "status: final", "status: draft")
    assert "port: unchanged" in workspace.run("build").out


def test_an_engine_that_fails_leaves_what_stands_built(
    workspace: Workspace, engines: Engines
) -> None:
    workspace.run("build")
    engines.broken = {"port"}
    assert workspace.run("build", "--force").code == 1
    assert workspace.run("check", "--built").code == 0


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


def test_another_output_folder(workspace: Workspace, engines: Engines, tmp_path: Path) -> None:
    ran = workspace.run("build", "--output-dir", tmp_path / "out")
    assert sorted(p.name for p in (tmp_path / "out/port").iterdir()) == [
        "port.docx",
        "port.evidence.json",
        "port.html",
        "port.pdf",
    ]
    assert outputs(workspace) == {}
    assert str(tmp_path / "out/port/port.pdf") in ran.out


@pytest.mark.parametrize("name", [".sourcebrief", ".sourcebrief/builds", ".sourcebrief/staging"])
def test_a_file_in_the_place_of_a_folder_of_ours_is_one_clear_line(
    workspace: Workspace, engines: Engines, name: str
) -> None:
    path = workspace.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("in the way")
    ran = workspace.run("build")
    assert ran.code == 1
    errors = [line for line in ran.err.splitlines() if "error:" in line]
    assert len(errors) == 1
    assert "cannot write" in errors[0]
    assert outputs(workspace) == {} or name == ".sourcebrief/builds"


def test_an_unwritable_output_folder_is_one_clear_line_and_stops_no_other(
    workspace: Workspace, engines: Engines, tmp_path: Path
) -> None:
    second_briefing(workspace)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/port").write_text("in the way")
    ran = workspace.run("build", "--output-dir", tmp_path / "out")
    assert ran.code == 1
    assert ran.err.startswith("briefings/port/brief.yaml:1:1: error: cannot write ")
    assert ran.err.endswith("\n1 error\nport: not built; the earlier documents stay\n")
    assert (tmp_path / "out/zone/zone.pdf").is_file()


def test_a_warning_of_the_engines_fails_under_strict_before_anything_is_written(
    workspace: Workspace, engines: Engines
) -> None:
    engines.warnings = ("WeasyPrint 99.0 has not been tested",)
    ran = workspace.run("build", "--strict")
    assert ran.code == 1
    assert ran.err == (
        f"{BRIEF}:1:1: warning: WeasyPrint 99.0 has not been tested\n"
        "1 warning\nport: not built; the earlier documents stay\n"
    )
    assert outputs(workspace) == {}
    assert workspace.run("build").code == 0
    assert "port.pdf" in outputs(workspace)

"""What is written, where, and what stays where that fails; a fake stands in for the engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fake_engines import outputs, second_briefing

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace
    from fake_engines import Engines

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


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

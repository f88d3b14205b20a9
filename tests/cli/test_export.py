"""`export`: where the data goes, and that nothing goes anywhere from a briefing with errors."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace

EVENTS = "briefings/port/events.yaml"
CSV = ("export", "port", "--as", "csv")


@pytest.mark.parametrize("output", [(), ("--output", "-")])
def test_standard_output_is_the_default(workspace: Workspace, output: tuple[str, ...]) -> None:
    ran = workspace.run(*CSV, *output)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("\ufeffnumber,id,date,")


def test_csl_json_is_json(workspace: Workspace) -> None:
    ran = workspace.run("export", "port", "--as", "csl-json")
    assert ran.code == 0
    found = [entry["id"] for entry in json.loads(ran.out)]
    assert found == ["almanac-2020", "gazette-2021", "wire-2021"]


def test_a_file_is_written_whole_and_named(workspace: Workspace) -> None:
    path = workspace.root / "out" / "events.csv"
    ran = workspace.run(*CSV, "--output", path)
    assert (ran.code, ran.out) == (2, "")
    assert f"there is no folder {path.parent}; make it, or name another" in ran.err
    path.parent.mkdir()
    ran = workspace.run(*CSV, "--output", path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{path}  ")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfnumber,")
    assert [each.name for each in path.parent.iterdir()] == ["events.csv"]


def test_a_file_outside_the_workspace_waits_for_no_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    shutil.rmtree(workspace.root / ".sourcebrief", ignore_errors=True)
    assert workspace.run(*CSV, "--output", tmp_path / "events.csv").code == 0
    assert (tmp_path / "events.csv").read_bytes().startswith(b"\xef\xbb\xbfnumber,")
    assert not (workspace.root / ".sourcebrief/lock").exists()


def test_quiet_says_nothing_of_a_file(workspace: Workspace) -> None:
    ran = workspace.run("-q", *CSV, "--output", workspace.root / "events.csv")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_it_is_of_what_is_written_now_built_or_not(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "Coast Office promises scanners", "Scanners promised")
    assert ",Scanners promised," in workspace.run(*CSV).out


@pytest.mark.parametrize("output", [(), ("--output", "events.csv")])
def test_a_briefing_with_errors_is_not_exported(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, output: tuple[str, ...]
) -> None:
    monkeypatch.chdir(workspace.root)
    workspace.edit(EVENTS, "Office will send three", "Office will send four")
    ran = workspace.run(*CSV, *output)
    assert (ran.code, ran.out) == (1, "")
    assert f"{EVENTS}:36:16: error: the quotation does not stand" in ran.err
    assert not (workspace.root / "events.csv").exists()


def test_warnings_fail_where_they_shall(workspace: Workspace) -> None:
    workspace.edit("briefings/port/brief.yaml", "scanners are promised", "51 are promised")
    assert workspace.run(*CSV).code == 0
    ran = workspace.run("--strict", *CSV)
    assert (ran.code, ran.out) == (1, "")


@pytest.mark.parametrize("target", ["seeds/seeds.yaml", EVENTS, "seeds/wire.txt"])
def test_no_export_replaces_what_it_is_made_from(workspace: Workspace, target: str) -> None:
    before = (workspace.root / target).read_bytes()
    ran = workspace.run(*CSV, "--output", workspace.root / target)
    assert ran.code == 2
    assert "is what the export is made from; name another file" in ran.err
    assert (workspace.root / target).read_bytes() == before


def test_a_file_that_cannot_be_written_is_a_line(workspace: Workspace) -> None:
    (workspace.root / ".sourcebrief").mkdir()
    (workspace.root / ".sourcebrief/staging").write_text("a file, not a folder")
    ran = workspace.run(*CSV, "--output", workspace.root / "events.csv")
    assert ran.code == 1
    assert ran.err.startswith("sourcebrief: error: cannot write ")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export", "prot", "--as", "csv"], "did you mean 'port'?"),
        (["export", "port"], "--as is missing"),
        (["export", "port", "--as", "xml"], "'xml' is not one of csv, csl-json, web-annotation"),
        (["export", "--as", "csv"], "NAME is missing"),
        (["export", "port", "--as", "csv", "--output", "."], "is not a file"),
    ],
)
def test_usage(workspace: Workspace, arguments: list[str], words: str) -> None:
    ran = workspace.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err

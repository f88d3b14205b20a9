"""What makes a briefing stale, and what of it is remembered; a fake stands in for the engines."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest

from fake_engines import outputs
from sourcebrief.build import staleness
from sourcebrief.build.staleness import NEVER_BUILT, library_identity

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace
    from fake_engines import Engines

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


def test_a_second_build_makes_nothing(workspace: Workspace, engines: Engines) -> None:
    workspace.run("build")
    before = outputs(workspace)
    ran = workspace.run("build")
    assert engines.made == ["port"]
    assert ran.out.splitlines()[0] == "port: unchanged, edition 0123456789ab"
    assert "3 pages" in ran.out
    assert outputs(workspace) == before


def test_a_touched_file_with_equal_bytes_is_fresh(workspace: Workspace, engines: Engines) -> None:
    workspace.run("build")
    for path in workspace.root.rglob("*.yaml"):
        os.utime(path, (0, 0))
    assert "unchanged" in workspace.run("build").out
    assert workspace.run("check", "--built").code == 0


def _remove(path: Path) -> None:
    path.unlink()


def _spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


def _retitle(path: Path) -> None:
    before = path.read_text("utf-8")
    after = re.sub(r"title: (?=\w)", "title: On ", before, count=1)
    assert after != before
    path.write_text(after, "utf-8")


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"p { color: black }")


CHANGES = {
    "the brief": (BRIEF, _spoil, f"{BRIEF} has changed"),
    "the events": (EVENTS, _spoil, f"{EVENTS} has changed"),
    "what the catalogue says of a source": (
        "seeds/seeds.yaml",
        _retitle,
        "seeds/seeds.yaml has changed",
    ),
    "an output, gone": ("briefings/port/port.docx", _remove, "briefings/port/port.docx is missing"),
    "an output, not as built": (
        "briefings/port/port.html",
        _spoil,
        "briefings/port/port.html is not what was built",
    ),
    "a template of the workspace's own": (
        "templates/brief.css",
        _make,
        "files came or went in templates",
    ),
    "a language more": (
        "templates/labels/fr.po",
        _make,
        "files came or went in templates",
    ),
    "the record": (".sourcebrief/builds/port.json", _remove, NEVER_BUILT),
    "a record of nonsense": (
        ".sourcebrief/builds/port.json",
        lambda path: path.write_text('{"format": 1, "inputs": 3}'),
        NEVER_BUILT,
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_makes_a_briefing_stale(workspace: Workspace, engines: Engines, what: str) -> None:
    workspace.run("build")
    name, change, reason = CHANGES[what]
    change(workspace.root / name)
    ran = workspace.run("check", "--built")
    assert ran.code == 3
    assert ran.err == f"stale: port: {reason}; run `sourcebrief build port`\n"
    assert "port: built" in workspace.run("build").out
    assert engines.made == ["port", "port"]
    assert workspace.run("check", "--built").code == 0


def test_a_seed_that_changes_and_is_pinned_again_makes_a_briefing_stale(
    workspace: Workspace, engines: Engines
) -> None:
    workspace.run("build")
    workspace.edit("seeds/wire.txt", "what the scanners cost", "what scanners cost")
    assert workspace.run("build").code == 1
    assert workspace.run("pin", "wire-2021", "--yes").code == 0
    assert "port: built" in workspace.run("build").out


def test_a_library_of_the_system_that_was_replaced_makes_a_briefing_stale(
    workspace: Workspace, engines: Engines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "libpango-1.0.so"
    library.write_bytes(b"one")
    monkeypatch.setattr(
        "sourcebrief.build.make_documents.engines_here", lambda _: ({"pango": "1"}, (str(library),))
    )
    workspace.run("build")
    assert workspace.run("check", "--built").code == 0
    library.write_bytes(b"another")
    assert f"the system's {library} is another one" in workspace.run("check", "--built").err


def test_another_version_of_an_engine_makes_a_briefing_stale(
    workspace: Workspace, engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.run("build")
    now = {**staleness.package_versions(), "jinja2": "99", "sources": "0"}
    was = staleness.package_versions()["jinja2"]
    monkeypatch.setattr(staleness, "package_versions", lambda: now)
    words = f"other versions: jinja2 99 (was {was}) and the code of sourcebrief; run"
    assert words in workspace.run("check", "--built").err


def test_a_read_only_workspace_builds_elsewhere_and_remembers_it_there(
    workspace: Workspace, engines: Engines, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(staleness.os, "access", lambda path, _: path != workspace.root)
    out = tmp_path / "out"
    assert "port: built" in workspace.run("build", "--output-dir", out).out
    assert "port: unchanged" in workspace.run("build", "--output-dir", out).out
    assert (out / "port/port.pdf").is_file()
    assert not (workspace.root / ".sourcebrief/builds").exists()


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("json", '{"path": "briefings/port/brief.yaml", "line": 1, "column": 1, "severity": "warn'),
        ("github", "::warning file=briefings/port/brief.yaml,line=1,col=1::stale: no build of it"),
    ],
)
def test_what_is_stale_is_said_in_every_format(
    workspace: Workspace, form: str, begins: str
) -> None:
    ran = workspace.run("check", "--built", "--message-format", form)
    assert ran.code == 3
    (line,) = ran.err.splitlines()
    assert line.startswith(begins)
    assert "run `sourcebrief build port`" in line


def test_the_record_is_small_and_holds_hashes(workspace: Workspace, engines: Engines) -> None:
    workspace.run("build")
    record = json.loads((workspace.root / ".sourcebrief/builds/port.json").read_bytes())
    for name in (BRIEF, EVENTS, "seeds/gazette.txt", "seeds/wire.txt"):
        assert len(record["inputs"][name]) == 64
    assert sorted(record["outputs"]) == [
        f"briefings/port/port.{kind}" for kind in ("docx", "evidence.json", "html", "pdf")
    ]


def test_what_an_earlier_version_remembers_is_built_anew(
    workspace: Workspace, engines: Engines
) -> None:
    """A workspace of the first edition has records in another form, and outputs beside them."""
    workspace.run("build")
    path = workspace.root / ".sourcebrief/builds/port.json"
    record = json.loads(path.read_bytes())
    old = {**record, "format": 2, "versions": "python=3.11 sourcebrief=0.1.0", "warnings": []}
    path.write_text(json.dumps(old), "utf-8")
    (workspace.root / ".sourcebrief/lock").write_text("process 1\n")
    ran = workspace.run("build")
    assert (ran.code, ran.err) == (0, "")
    assert "port: built" in ran.out
    assert json.loads(path.read_bytes()) == record


def test_a_library_is_known_by_size_and_time(tmp_path: Path) -> None:
    path = tmp_path / "libpango.so"
    assert library_identity(str(path)) == []
    path.write_bytes(b"1234")
    assert library_identity(str(path)) == [4, path.stat().st_mtime_ns]

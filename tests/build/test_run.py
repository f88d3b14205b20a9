"""What is built, what is left, what a failure leaves; a fake stands in for the engines."""

from __future__ import annotations

import json
import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from sourcebrief.build import staleness
from sourcebrief.documents.publish import Edition
from sourcebrief.errors import EngineFault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from conftest import Workspace
    from sourcebrief.brief.labels import Templates
    from sourcebrief.brief.manuscript import Manuscript

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


class Engines:
    """Makes a document of a few bytes of what it reads, and counts how often."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.broken: set[str] = set()

    def publish(
        self,
        manuscript: Manuscript,
        references: Mapping[str, str],
        templates: Templates,
        formats: Sequence[str],
        *,
        epoch: int | None = None,
        keep_html: bool = False,
    ) -> Edition:
        name = manuscript.name
        if name in self.broken:
            raise EngineFault(f"the engine broke on {name}")
        self.made.append(name)
        page = templates.read("brief.css") + manuscript.view.title.encode()
        kinds = [*formats, "evidence.json", *(["source.html"] if keep_html else [])]
        return Edition("0123456789ab", {f"{name}.{kind}": page for kind in kinds}, 3)


class NoReferences:
    """A source list that takes no pandoc."""

    def result(self) -> dict[str, str]:
        return {}

    def cancel(self) -> None:
        pass


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch, inline_workers: None) -> Engines:
    engines = Engines()
    monkeypatch.setattr("sourcebrief.documents.publish.publish", engines.publish)
    monkeypatch.setattr("sourcebrief.build.produce.start_references", lambda *_: NoReferences())
    monkeypatch.setattr(
        "sourcebrief.build.make_documents.engines_here", lambda _: ({"fake": "1"}, ())
    )
    return engines


def outputs(workspace: Workspace, name: str = "port") -> dict[str, bytes]:
    folder = workspace.root / "briefings" / name
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.suffix != ".yaml"}


def test_a_build_writes_its_documents_and_says_what_and_where(
    workspace: Workspace, engines: Engines
) -> None:
    ran = workspace.run("build")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "port: built, edition 0123456789ab"
    assert lines[1].split("  ")[1] == "briefings/port/port.pdf"
    assert lines[1].endswith(" kB") or lines[1].endswith(" MB")
    assert "3 pages, " in lines[1]
    assert list(outputs(workspace)) == [
        "port.docx",
        "port.evidence.json",
        "port.html",
        "port.pdf",
    ]


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
    "the record": (".sourcebrief/builds/port.json", _remove, "never built to the end"),
    "a record of nonsense": (
        ".sourcebrief/builds/port.json",
        lambda path: path.write_text('{"format": 1, "inputs": 3}'),
        "never built to the end",
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


COMMENT = "# what somebody noted\n"
ANOTHER = "  - {id: else-2020, type: report, title: Something else, issued: 2020}\n"


@pytest.mark.parametrize("more", [COMMENT, ANOTHER])
def test_what_the_catalogue_says_of_other_sources_is_no_reason_to_build(
    workspace: Workspace, engines: Engines, more: str
) -> None:
    workspace.run("build")
    path = workspace.root / "seeds/seeds.yaml"
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    assert workspace.run("check", "--built").code == 0
    assert "port: unchanged" in workspace.run("build").out
    assert engines.made == ["port"]


def test_an_entry_that_takes_the_id_of_an_event_is_told(
    workspace: Workspace, engines: Engines
) -> None:
    workspace.run("build")
    path = workspace.root / "seeds/seeds.yaml"
    path.write_text(path.read_text("utf-8") + ANOTHER.replace("else-2020", "pact"), "utf-8")
    assert workspace.run("check", "--built").code == 1
    ran = workspace.run("build")
    assert (ran.code, "'pact'" in ran.err) == (1, True)


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
    monkeypatch.setattr(staleness, "package_versions", lambda: {"weasyprint": "99"})
    assert "other versions" in workspace.run("check", "--built").err


@pytest.mark.parametrize(
    ("options", "state"),
    [
        (["--format", "pdf"], "built"),
        (["--keep-html"], "built"),
        (["--force"], "built"),
        (["--strict"], "unchanged"),  # the bytes are those that were built
        (["--verbose"], "unchanged"),
    ],
)
def test_options_that_decide_bytes_make_a_briefing_stale(
    workspace: Workspace, engines: Engines, options: list[str], state: str
) -> None:
    workspace.run("build")
    assert f"port: {state}" in workspace.run("build", *options).out


def test_source_date_epoch_is_one_of_them(
    workspace: Workspace, engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.run("build")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert "port: built" in workspace.run("build").out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    ran = workspace.run("build")
    assert (ran.code, ran.err) == (
        2,
        "sourcebrief: SOURCE_DATE_EPOCH 'soon' is not a number of seconds since 1970\n",
    )


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


def test_warnings_are_repeated_while_nothing_changes(
    workspace: Workspace, engines: Engines
) -> None:
    workspace.edit(BRIEF, "[events.yaml]", "[events.yaml]\nselect: {themes: [scanning]}")
    workspace.edit(BRIEF, "[@pact; @offer]", "[@pact]")
    workspace.edit(BRIEF, "signed the pact.", "signed 77 pacts.")
    first = workspace.run("build")
    again = workspace.run("build")
    assert "port: built" in first.out
    assert "port: unchanged" in again.out
    assert first.err == again.err
    assert "carries the number 77" in again.err
    assert "nothing selects the event 'offer'" in again.err
    assert (first.code, again.code, workspace.run("build", "--strict").code) == (0, 0, 1)


def second_briefing(workspace: Workspace, name: str = "zone") -> None:
    folder = workspace.root / "briefings" / name
    shutil.copytree(workspace.root / "briefings/port", folder)


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


def test_an_event_that_another_briefing_selects_is_no_warning(
    workspace: Workspace, engines: Engines
) -> None:
    workspace.write("briefings/zone/brief.yaml", (workspace.root / BRIEF).read_text("utf-8"))
    workspace.edit("briefings/zone/brief.yaml", "[events.yaml]", "[../port/events.yaml]")
    workspace.edit(BRIEF, "[events.yaml]", "[events.yaml]\nselect: {themes: [scanning]}")
    workspace.edit(BRIEF, "[@pact; @offer]", "[@pact]")
    for arguments in ([], ["port"], ["zone"]):
        assert workspace.run("check", "--strict", *arguments).err == ""
    workspace.edit("briefings/zone/brief.yaml", "status: draft", "status: drafted")
    # What it would select is not known now: nothing is said of it.
    assert "nothing selects" not in workspace.run("check", "port").err


def test_a_briefing_may_leave_out_what_begins_after_its_as_of(
    workspace: Workspace, engines: Engines
) -> None:
    workspace.edit(BRIEF, "as_of: 2021-06-01", "as_of: 2021-05-13")
    workspace.edit(BRIEF, "[events.yaml]", "[events.yaml]\nselect: {to: 2021-05-13}")
    workspace.edit(BRIEF, "[@pact; @offer]", "[@pact]")
    ran = workspace.run("check")
    assert ran.code == 0
    assert "as_of" not in ran.err


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


def test_the_record_is_small_and_holds_hashes(workspace: Workspace, engines: Engines) -> None:
    workspace.run("build")
    record = json.loads((workspace.root / ".sourcebrief/builds/port.json").read_bytes())
    for name in (BRIEF, EVENTS, "seeds/gazette.txt", "seeds/wire.txt"):
        assert len(record["inputs"][name]) == 64
    assert sorted(record["outputs"]) == [
        f"briefings/port/port.{kind}" for kind in ("docx", "evidence.json", "html", "pdf")
    ]

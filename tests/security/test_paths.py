"""No name leads out of the workspace, and no link makes a build write what is not its own."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from hostile import BRIEF, EVENTS, SEEDS, Field, dumped, every_field_set, lay, with_text

from sourcebrief.errors import EnvironmentFault
from sourcebrief.processes.lock import locked
from sourcebrief.workspace import write_files as writing
from sourcebrief.workspace.write_files import replace_all
from sourcebrief.workspace.yaml_places import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran, Workspace

NAMES = {
    "upwards": "../../../secret.txt",
    "upwards, in the middle": "a/../../../../secret.txt",
    "absolute": "/etc/passwd",
    "of a drive": "C:/secret.txt",
    "of a drive's folder": "c:secret.txt",
    "of a host": "//host/share/secret.txt",
    "with backslashes": "..\\..\\secret.txt",
    "a device": "CON",
    "a device with an extension": "aux.txt",
    "a device's folder": "nul/secret.txt",
    "a port": "com1.txt",
    "a dot at the end": "secret.",
    "a space at the end": "secret.txt ",
    "a stream": "secret.txt:hidden",
    "a wildcard": "secret*.txt",
    "a pipe": "a|b",
    "a question": "a?.txt",
    "less": "<a>.txt",
    "NUL": "a\0b.txt",
    "a line break": "a\nb.txt",
    "git's own folder": "../.git/config",
    "git's own folder, elsewhere": "../../.GIT/config",
    "empty": "",
    "the folder": ".",
    "the folder above": "..",
    "a link": "link.txt",
    "a linked folder": "folder/secret.txt",
    "a link to itself": "loop.txt",
    "a pipe that never ends": "fifo",
    "a device of the system": "null",
    "a link to a device": "zero",
    "none": "none.txt",
}
FIELDS = {
    "events": Field(BRIEF, ("events", 0)),
    "csl": Field(BRIEF, ("csl",)),
    "file": Field(SEEDS, ("references", 0, "custom", "file")),
    "original": Field(SEEDS, ("references", 0, "custom", "original", "file")),
}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text("events: []  # secret of the machine")
    return path


def with_traps(root: Path, secret: Path) -> None:
    (root / ".git").mkdir(exist_ok=True)
    (root / ".git/config").write_text("secret of the machine")
    for folder in (root / "seeds", root / "briefings/port"):
        (folder / "link.txt").symlink_to(secret)
        (folder / "folder").symlink_to(secret.parent)
        (folder / "loop.txt").symlink_to(folder / "loop.txt")
        (folder / "zero").symlink_to("/dev/zero")
        os.mkfifo(folder / "fifo")


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_that_leads_elsewhere_is_refused_at_its_line(
    name: str, field: Field, secret: Path, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    files = every_field_set()
    if "csl" in field.path:
        files[BRIEF]["csl"] = "x"
    if "original" in field.path:
        files[SEEDS]["references"][0]["custom"]["original"] = {"file": "x", "sha256": "0" * 64}
    line = load(dumped(with_text(files, {field: "x"})[field.file]), "f").place(field.path).line
    root = lay(with_text(files, {field: name}), tmp_path / "workspace")
    with_traps(root, secret)
    ran = run("-C", root, "check")
    assert ran.code == 1
    assert f"{field.file}:{line}:" in ran.err
    assert "secret of" not in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "what", ["seeds", "briefings", "briefings/port", "seeds/seeds.yaml", BRIEF]
)
def test_a_folder_or_file_of_a_fixed_name_may_not_lead_out(
    what: str, workspace: Workspace, tmp_path: Path
) -> None:
    path = workspace.root / what
    away = tmp_path / "elsewhere"
    path.rename(away)
    path.symlink_to(away)
    before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    for command in ("check", "build"):
        ran = workspace.run(command)
        assert ran.code in (1, 2)
        assert "leads out of the workspace" in ran.err
    assert (
        before.items()
        <= {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}.items()
    )
    assert not list(tmp_path.rglob("*.pdf"))


def test_a_templates_folder_that_leads_out_is_not_read(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house/brief.css").write_text("secret")
    (workspace.root / "templates").symlink_to(tmp_path / "house")
    ran = workspace.run("build", "--format", "html", "--output-dir", tmp_path / "out")
    assert ran.code == 1
    assert "secret" not in ran.err
    assert not list((tmp_path / "out").rglob("*.html"))


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("gazette.txt", "Gazette.txt", "is already the file of"),
        ("gazette.txt", "./gazette.txt", "is already the file of"),
        ("gazette.txt", "x/../GAZETTE.TXT", "is already the file of"),
    ],
)
def test_two_seeds_whose_files_differ_in_case_are_one_file(
    one: str, other: str, said: str, workspace: Workspace
) -> None:
    shutil.copy(workspace.root / "seeds/gazette.txt", workspace.root / "seeds/Gazette.txt")
    workspace.edit(SEEDS, "file: wire.txt", f"file: {other}")
    assert said in workspace.run("check").err


def test_two_event_files_that_differ_in_case_are_one_file(workspace: Workspace) -> None:
    shutil.copy(workspace.root / EVENTS, workspace.root / "briefings/port/Events.yaml")
    workspace.edit(BRIEF, "[events.yaml]", "[events.yaml, Events.yaml]")
    assert "Events.yaml is listed twice" in workspace.run("check").err


def test_a_briefing_whose_name_differs_in_case_alone_is_refused(workspace: Workspace) -> None:
    shutil.copytree(workspace.root / "briefings/port", workspace.root / "briefings/Port")
    ran = workspace.run("check")
    assert ran.code == 1
    assert "its folder 'Port' is not named as an id is" in ran.err


@pytest.mark.parametrize(
    "name",
    ["con", "a:b", "a\nb", "a\x1b[31mb", "<b>", "a.", "a b ", "\udcff\udcfe", "a\u202eb"],
)
def test_a_briefing_of_an_odd_name_is_one_line_that_shows_it(
    name: str, workspace: Workspace
) -> None:
    # Bytes that are no UTF-8 are lone surrogates to Python.
    shutil.copytree(workspace.root / "briefings/port", workspace.root / "briefings" / name)
    for form in ("text", "json", "github"):
        ran = workspace.run("check", "--message-format", form)
        assert ran.code in (0, 1)
        for character in ("\x1b", "\u202e", "\udcff"):
            assert character not in ran.out + ran.err
        assert all(": " in line or "::" in line for line in ran.err.splitlines()[:-1])


# ----------------------------------------------------------------------- what a build writes


@pytest.mark.parametrize(
    "link", [".sourcebrief", ".sourcebrief/lock", ".sourcebrief/builds", ".sourcebrief/staging"]
)
def test_a_link_among_our_own_files_is_no_way_to_anybody_elses(
    link: str, workspace: Workspace, tmp_path: Path
) -> None:
    # A repository can hold any of these; `staging/port` was once emptied wherever it led.
    target = tmp_path / "home"
    for name in ("port", "staging/port", "builds"):
        (target / name).mkdir(parents=True)
        (target / name / "precious").write_text("precious")
    (target / "lock").write_text("precious")
    path = workspace.root / link
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(target / "lock" if link.endswith("lock") else target)
    before = {each: each.read_bytes() for each in target.rglob("*") if each.is_file()}
    ran = workspace.run("build", "--format", "html")
    assert {each: each.read_bytes() for each in target.rglob("*") if each.is_file()} == before
    assert ran.code == 1
    assert "is a link, where builds keep their own; delete it" in ran.err


def test_the_staging_folder_of_a_briefing_may_not_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home/precious").write_text("precious")
    staging = tmp_path / "state/staging/port"
    staging.parent.mkdir(parents=True)
    staging.symlink_to(tmp_path / "home")
    with pytest.raises(EnvironmentFault, match="is a link"):
        replace_all({tmp_path / "out.pdf": b"new"}, staging)
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["precious"]


def test_a_link_that_lies_aside_is_not_written_through(
    tmp_path: Path,
) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / ".out.pdf.part").symlink_to(tmp_path / "precious")
    writing._write_synced(tmp_path / ".out.pdf.part", b"new")
    assert (tmp_path / "precious").read_text() == "precious"


def test_the_lock_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / ".sourcebrief").mkdir()
    (tmp_path / "precious").write_text("precious")
    (tmp_path / ".sourcebrief/lock").symlink_to(tmp_path / "precious")
    with (
        pytest.raises(EnvironmentFault, match="is a link"),
        locked(tmp_path / ".sourcebrief", print),
    ):
        pass
    assert (tmp_path / "precious").read_text() == "precious"


@pytest.mark.parametrize("kind", ["html", "evidence.json"])
def test_an_output_that_is_a_link_is_replaced_and_not_followed(
    kind: str, workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "precious").write_text("precious")
    output = workspace.root / f"briefings/port/port.{kind}"
    output.symlink_to(tmp_path / "precious")
    assert workspace.run("build", "--format", "html").code == 0
    assert not output.is_symlink()
    assert (tmp_path / "precious").read_text() == "precious"


@pytest.mark.parametrize("folder", ["file", "file/below", "link-to-itself", "/dev/null/x"])
def test_an_output_folder_that_cannot_be_is_one_line(
    folder: str, workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("precious")
    (tmp_path / "link-to-itself").symlink_to(tmp_path / "link-to-itself")
    ran = workspace.run("build", "--format", "html", "--output-dir", tmp_path / folder)
    assert ran.code in (1, 2)
    assert "Traceback" not in ran.err
    assert (tmp_path / "file").read_text() == "precious"


def test_what_a_seed_says_does_not_reach_the_terminal_as_a_command(workspace: Workspace) -> None:
    seed = workspace.root / "seeds/wire.txt"
    text = seed.read_text().replace("three scanners", "three \x1b]0;owned\x07\x1b[2Jscanners")
    seed.write_text(text)
    for command in (
        ("check",),
        ("check", "--message-format", "json"),
        ("check", "--message-format", "github"),
        ("find", "three scanners to the harbour"),
        ("pin", "--all", "--yes"),
        ("check", "--coverage"),
        ("check", "--coverage", "--as", "json"),
    ):
        ran = workspace.run(*command)
        assert "\x1b" not in ran.out + ran.err, command
        assert "\x07" not in ran.out + ran.err, command

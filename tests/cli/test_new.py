"""`new`: from an empty folder to a briefing that builds, in two commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran, Workspace


def test_new_makes_a_workspace_of_the_folder_it_is_called_in(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("new", "harbour")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"made a workspace in {tmp_path}\n  .editorconfig\n")
    assert ran.out.endswith(
        "next: sourcebrief build harbour\nthen, with documents of your own: sourcebrief add FILE\n"
    )
    checked = run("check", "--strict")
    assert (checked.code, checked.err) == (0, "")


def test_from_a_folder_inside_a_workspace_the_briefing_goes_into_it(workspace: Workspace) -> None:
    ran = workspace.run("new", "second")
    assert (ran.code, ran.err) == (0, "")
    assert (workspace.root / "briefings/second/brief.yaml").is_file()
    assert workspace.run("check", "--strict").code == 0


def test_the_folder_that_is_named_is_made(run: Callable[..., Ran], tmp_path: Path) -> None:
    assert run("new", "harbour", "-C", tmp_path / "desk", "-q").out == ""
    assert run("-C", tmp_path / "desk", "check", "--strict").code == 0


def test_the_first_build_makes_every_document(run: Callable[..., Ran], tmp_path: Path) -> None:
    assert run("new", "harbour", "-C", tmp_path).code == 0
    ran = run("-C", tmp_path, "build", "--strict")
    assert (ran.code, ran.err) == (0, "")
    suffixes = {path.name.partition(".")[2] for path in (tmp_path / "briefings/harbour").iterdir()}
    assert suffixes == {"yaml", "pdf", "docx", "html", "evidence.json", "sha256"}


def test_the_day_is_that_of_source_date_epoch(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1774000000")
    run("new", "harbour", "-C", tmp_path)
    assert "as_of: 2026-03-20 " in (tmp_path / "briefings/harbour/brief.yaml").read_text("utf-8")


def test_what_git_reads_and_was_there_is_told_with_what_it_lacks(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / ".gitattributes").write_text("*.png binary\n")
    (tmp_path / ".editorconfig").write_text("root = true\n")
    ran = run("new", "harbour", "-C", tmp_path)
    assert ran.code == 0
    assert ran.err == (
        ".editorconfig was there and stays as it is\n"
        ".gitattributes was there and stays as it is; add to it: /seeds/** -text\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["new"], 2, "NAME is missing"),
        (["new", "Port Talks"], 2, "try: sourcebrief new port-talks"),
        (["new", "port"], 1, "briefings/port/brief.yaml:1:1: error: the file is there already"),
        (["new", "port", "--message-format", "json"], 1, '{"path": "briefings/port/brief.yaml"'),
    ],
)
def test_what_cannot_be_written_is_one_line_each(
    workspace: Workspace, arguments: list[str], code: int, words: str
) -> None:
    ran = workspace.run(*arguments)
    assert ran.code == code
    assert words in ran.err


def test_a_file_is_no_folder(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = run("new", "harbour", "-C", tmp_path / "file")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    ran = run("new", "harbour", "-C", tmp_path / "file/below")
    assert (ran.code, ran.err.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check"], "or make one here: sourcebrief new NAME"),
        (["-C", ".", "check"], "new NAME -C ."),
    ],
)
def test_without_a_workspace_new_is_offered(
    run: Callable[..., Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments)
    assert ran.code == 2
    assert words in ran.err


def test_without_a_word_in_an_empty_folder_it_says_how_to_begin(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".DS_Store").touch()
    ran = run()
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("This folder is empty. To begin:\n\n  sourcebrief new NAME ")
    # Where something is, a build was meant, and a job of CI has to fail.
    (tmp_path / "notes.txt").touch()
    assert run().code == 2
    assert run("build").code == 2


def test_a_first_build_says_what_to_do_next(run: Callable[..., Ran], tmp_path: Path) -> None:
    run("new", "harbour", "-C", tmp_path)
    build = ("-C", tmp_path, "build", "--format", "html")
    assert run(*build).out.endswith(
        "next: open briefings/harbour/harbour.html\n"
        "then, with documents of your own: sourcebrief add FILE\n"
    )
    assert "next:" not in run(*build, "--force").out
    assert "next:" not in run(*build).out


_KEY = re.compile(r"^(\s*)(?:- )?(?:# )?(?:- )?([a-z_]+):", re.MULTILINE)


@pytest.mark.parametrize("kind", ["example", "briefing"])
@pytest.mark.parametrize("file", ["brief.yaml", "events.yaml", "seeds.yaml"])
def test_every_key_of_a_scaffold_is_explained_in_its_line(kind: str, file: str) -> None:
    path = PROJECT / "templates/scaffolds" / kind / file
    if not path.exists():
        pytest.skip("only the example brings a catalogue")
    lines = path.read_text("utf-8").splitlines()
    explained: set[str] = set()
    unexplained: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        found = _KEY.match(line)
        # What an author calls an actor is no key of ours.
        if found and not line[found.end() :].startswith(" {"):
            words = line.removeprefix(found[0]).partition("  # ")[2]
            if words or (number > 1 and lines[number - 2].lstrip().startswith("# ")):
                explained.add(found[2])
            else:
                unexplained.setdefault(found[2], number)
    assert {key: at for key, at in unexplained.items() if key not in explained} == {}

"""`review`: what it prints, writes and refuses."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from reviewed_port import BRIEF, enriched, review_of, sent
from word_documents import written

if TYPE_CHECKING:
    from conftest import Workspace


def test_remarks_are_printed_and_nothing_is_written(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    review.put_in("perhaps ", before="may send")
    review.comment("may send", "Is it so?")
    before = (workspace.root / BRIEF).read_bytes()
    ran = workspace.run("review", "port", sent(workspace, review))
    assert ran.code == 0
    assert ran.out.splitlines() == [
        f'{BRIEF}:26:18: Ana Ruiz, 3 October: "perhaps" inserted before "may send scanners"',
        f'{BRIEF}:26:18: Ana Ruiz, 3 October, comment on "may send": Is it so?',
    ]
    assert ran.err == "1 comment, 1 change: 1 to be written with --apply\n"
    assert (workspace.root / BRIEF).read_bytes() == before


def test_changes_are_applied_and_the_briefing_builds(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    review.put_in("perhaps ", before="may send")
    review.change("12 May 2021", "13 May 2021")
    path = sent(workspace, review)
    ran = workspace.run("review", "port", path, "--apply", "--yes", "--comments")
    assert (ran.code, ran.err) == (0, "0 comments, 2 changes: 1 applied, 1 not applied\n")
    assert "The Office perhaps may send" in (workspace.root / BRIEF).read_text("utf-8")
    assert workspace.run("check", "port").code == 0
    again = workspace.run("review", "port", path, "--apply", "--yes")
    assert "(the YAML has it already)" in again.out
    assert again.err == "0 comments, 2 changes: 1 in the YAML already, 1 not applied\n"


def test_each_change_is_asked_for(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    review = review_of(enriched(workspace))
    review.put_in("perhaps ", before="may send")
    review.change("named", "told")
    path = sent(workspace, review)
    answers = iter([True, False])
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("sourcebrief.cli.review.sys", terminal)
    monkeypatch.setattr("click.confirm", lambda *_, **__: next(answers))
    ran = workspace.run("review", "port", path, "--apply")
    assert ran.out.splitlines()[0].endswith("(applied)")
    assert ran.out.splitlines()[1].endswith("(not applied: left out)")
    text = (workspace.root / BRIEF).read_text("utf-8")
    assert "perhaps may" in text
    assert "told" not in text


def test_what_turns_the_sense_is_never_made_unasked(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    review.put_in("not ", before="send scanners")
    ran = workspace.run("review", "port", sent(workspace, review), "--apply", "--yes")
    assert ran.out.endswith(
        "(not applied: it puts in “not”, which turns the sense: read the "
        "passage, and apply it without --yes)\n"
    )
    assert "not send scanners" not in (workspace.root / BRIEF).read_text("utf-8")


def test_formats_for_programs(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    review.put_in("perhaps ", before="may send")
    path = sent(workspace, review)
    (found,) = json.loads(workspace.run("review", "port", path, "--as", "json").out)
    assert (found["path"], found["new"], found["state"]) == (BRIEF, "perhaps ", "applicable")
    annotated = workspace.run("review", "port", path, "--as", "github").out
    assert annotated.startswith(f"::warning file={BRIEF},line=26,col=18::Ana Ruiz, 3 October")


def test_a_file_that_is_no_edition_fails_in_one_line(workspace: Workspace) -> None:
    path = workspace.root / "other.docx"
    path.write_bytes(b"PK\x03\x04")
    ran = workspace.run("review", "port", path)
    assert ran.code == 1
    assert f"{path}:1:1: error: " in ran.err
    assert "Traceback" not in ran.err


def test_nothing_is_written_where_one_of_the_files_cannot_be_read(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    review.put_in("perhaps ", before="may send")
    other = workspace.root.parent / "memo.docx"
    other.write_bytes(written("<body><p>A memo.</p></body>"))
    before = (workspace.root / BRIEF).read_bytes()
    files = sent(workspace, review), other
    ran = workspace.run("review", "port", *files, "--apply", "--yes")
    assert ran.code == 1
    assert ran.out.endswith('"perhaps" inserted before "may send scanners"\n')
    assert f"{other}:1:1: error: its evidence was altered" in ran.err
    assert (workspace.root / BRIEF).read_bytes() == before


def test_it_does_not_ask_without_a_terminal(workspace: Workspace) -> None:
    path = workspace.root / "other.docx"
    path.write_bytes(b"")
    assert workspace.run("review", "port", path, "--apply").code == 2
    assert workspace.run("review", "port", path, "--yes").code == 2
    assert workspace.run("review", "none", path).code == 2


@pytest.mark.parametrize("answer", [True, False])
def test_a_move_is_asked_for_once_and_made_at_both_ends_or_none(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, answer: bool
) -> None:
    review = review_of(enriched(workspace))
    review.take_out("The Office may send ")
    review.put_in("The Office may send ", before="Trade isn’t")
    asked: list[str] = []
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("sourcebrief.cli.review.sys", terminal)
    monkeypatch.setattr("click.confirm", lambda said, **_: asked.append(said) or answer)
    ran = workspace.run("review", "port", sent(workspace, review), "--apply")
    states = [line.rpartition("(")[2] for line in ran.out.splitlines()]
    assert len(states) == 2
    assert len(set(states)) == 1
    assert len(asked) == 1

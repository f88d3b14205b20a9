"""`add`: real documents into a workspace, and what is refused, with nothing changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from added_files import PDF, SEEDS, TEXT, entries, given, state
from built_documents import NEWS, READOUT, docx, encrypted, pdf, scan

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_html_pdf_and_docx_become_seeds_that_pass_the_check(
    workspace: Workspace, inbox: Path
) -> None:
    before = (workspace.root / SEEDS).read_bytes()
    ran = workspace.run(
        "add",
        given(inbox, "port deal.html", NEWS),
        given(inbox, "report.pdf", PDF),
        given(inbox, "readout.docx", docx(READOUT, title="Readout", lang="en")),
    )
    assert (ran.code, ran.err) == (0, "")
    assert (workspace.root / SEEDS).read_bytes().startswith(before)
    news, report, readout = entries(workspace)[-3:]
    assert (news["id"], news["custom"]["file"]) == ("the-daily-2024", "port-deal.txt")
    assert (news["issued"], news["custom"]["issued_basis"]) == ("2024-03-03", "inferred")
    assert news["custom"]["issued_note"] == (
        "The date comes from the document's metadata, not from its text."
    )
    assert (report["id"], report["custom"]["issued_basis"]) == ("report-2024", "stated")
    assert (
        readout["custom"]["issued_note"]
        == "Not in the text; it is the day on which the file was made."
    )
    for entry in (news, report, readout):
        custom = entry["custom"]
        assert (workspace.root / "seeds" / custom["original"]["file"]).exists()
    assert workspace.run("check").code == 0
    assert workspace.run("pin", "--all").out == "nothing to pin: every file is as pinned\n"
    assert sorted(path.name for path in (workspace.root / "seeds").iterdir()) == [
        *("gazette.txt", "port-deal.html", "port-deal.txt", "readout.docx", "readout.txt"),
        *("report.pdf", "report.txt", "seeds.yaml", "wire.txt"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("scan.pdf", scan(), "it holds no text, only pictures: a scan; "),
        ("locked.pdf", encrypted(PDF, user="x"), "it is encrypted; save a copy without a password"),
        ("cut.pdf", PDF[:1500], "its end is missing; get the file again"),
        ("cut.docx", docx(READOUT)[:2000], "it is not a Word document, or damaged"),
        ("empty.txt", b"", "it is empty"),
        ("old.doc", b"x", "files in .doc are not read; save it as DOCX"),
        ("blank.html", b"<html><body></body></html>", "no text was found in it"),
        (
            "notes.txt",
            TEXT,
            "no date or language is found in it; check this and run it: sourcebrief add {file} "
            "--issued 2024-03-03 --language en",
        ),
        (
            "untitled.pdf",
            pdf("<h1>Ships</h1><p>On 5 March 2024 they came.</p>"),
            "no title or date is found in it; check this and run it: sourcebrief add {file} "
            "--title Ships --issued 2024-03-05",
        ),
    ],
)
def test_a_clear_line_and_no_other_file_is_stopped(
    workspace: Workspace, inbox: Path, name: str, data: bytes | str, message: str
) -> None:
    before = state(workspace)
    good = given(inbox, "good.html", NEWS)
    bad = given(inbox, name, data)
    alone = workspace.run("add", bad)
    assert alone.code == 1
    assert alone.err.startswith(f"{bad}:1:1: error: {message.format(file=bad)}")
    assert alone.err.count("\n") == 2
    assert state(workspace) == before
    both = workspace.run("add", bad, good)
    assert (both.code, both.err) == (1, alone.err)
    assert entries(workspace)[-1]["id"] == "the-daily-2024"


def test_what_is_proposed_is_taken_where_the_user_says_so(
    workspace: Workspace, inbox: Path
) -> None:
    ran = workspace.run("add", "--yes", given(inbox, "notes.txt", TEXT))
    assert ran.code == 0
    assert "note: date proposed from its text: 2024-03-03" in ran.out
    assert "note: language proposed from its text: en" in ran.out
    added = entries(workspace)[-1]
    assert (added["issued"], added["language"], added["title"]) == (
        *("2024-03-03", "en"),
        "Readout of the meeting",
    )


def test_another_answer_than_yes_adds_nothing_and_names_the_options(
    workspace: Workspace, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.prompt", lambda *_, **__: "2024-03-05")
    ran = workspace.run("add", given(inbox, "notes.txt", TEXT))
    assert ran.code == 1
    assert "--issued 2024-03-03" in ran.err


def test_what_stands_around_an_article_is_set_aside(workspace: Workspace, inbox: Path) -> None:
    ran = workspace.run("add", given(inbox, "a.html", NEWS))
    assert "note: the page has other columns, which stand under `ignore` (¶ 7-8)" in ran.out
    assert entries(workspace)[-1]["custom"]["ignore"] == ["7-8"]


def test_a_missing_extra_names_what_to_install(
    workspace: Workspace, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    ran = workspace.run("add", given(inbox, "report.pdf", PDF))
    assert (ran.code, ran.err) == (
        1,
        "sourcebrief: error: to read PDF, the package 'pypdfium2' is missing; "
        "run: pip install 'sourcebrief[import]'\n",
    )


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(workspace: Workspace, inbox: Path) -> None:
    seeds = workspace.root / "seeds"
    seeds.chmod(0o500)
    try:
        ran = workspace.run("add", given(inbox, "a.html", NEWS))
    finally:
        seeds.chmod(0o700)
    assert ran.code == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", [b"\xff\xfe.txt", b"a\x1b[2Jb.txt", b"a\nb.zip"])
def test_names_that_are_no_text_are_shown_harmlessly(
    workspace: Workspace, inbox: Path, name: bytes
) -> None:
    (inbox / os.fsdecode(name)).write_bytes(b"\xff")
    ran = workspace.run("add", inbox / os.fsdecode(name))
    assert ran.code == 1
    assert ran.err.count("\n") == 2
    assert "\x1b" not in ran.err


def test_no_module_is_taken_from_the_working_directory(
    workspace: Workspace, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json.py", "lxml.py", "trafilatura.py"):
        (inbox / name).write_text("raise SystemExit('taken over')", "utf-8")
    monkeypatch.chdir(inbox)
    assert workspace.run("add", given(inbox, "a.html", NEWS)).code == 0


def test_of_a_folder_each_file_is_added_that_can_be(workspace: Workspace, inbox: Path) -> None:
    given(inbox, "port deal.html", NEWS)
    (inbox / "more").mkdir()
    given(inbox / "more", "readout.docx", docx(READOUT, title="Readout", lang="en"))
    given(inbox, "scan.pdf", scan())
    given(inbox, "table.xlsx", b"x")
    given(inbox, "wire copy.txt", (workspace.root / "seeds/wire.txt").read_bytes())
    ran = workspace.run("add", inbox)
    assert ran.code == 1
    assert [line.split(": error: ")[0] for line in ran.err.splitlines()] == [
        f"{inbox}/scan.pdf:1:1", f"{inbox}/table.xlsx:1:1", "2 errors",
    ]  # fmt: skip
    assert ran.out.endswith(
        "in seeds/seeds.yaml already: wire-2021\n"
        "added to seeds/seeds.yaml: 2 seeds; 2 files not added, for what is said above\n"
        "next: sourcebrief find WORDS\n"
    )
    assert [entry["id"] for entry in entries(workspace)[-2:]] == ["readout-2024", "the-daily-2024"]
    assert workspace.run("check").code == 0
    again = workspace.run("add", inbox)
    assert "nothing to add to seeds/seeds.yaml; 2 files not added" in again.out

"""Documents as entries of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from added_files import PDF, TEXT, entries, given
from built_documents import docx, pdf, scan

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_a_text_in_utf8_is_the_seed_itself(workspace: Workspace, inbox: Path) -> None:
    ran = workspace.run(
        *("add", given(inbox, "notes.txt", TEXT), "--issued", "2024-03-03", "--language", "en"),
        *("--publisher", "Ministry of Transport", "--type", "report"),
    )
    assert ran.code == 0
    entry = entries(workspace)[-1]
    assert entry["custom"] == {
        "file": "notes.txt",
        "sha256": entry["custom"]["sha256"],
        "issued_basis": "stated",
    }
    assert (entry["id"], entry["title"]) == ("ministry-of-transport-2024", "Readout of the meeting")
    assert (workspace.root / "seeds/notes.txt").read_text("utf-8") == TEXT


def test_a_text_in_another_encoding_is_an_original(workspace: Workspace, inbox: Path) -> None:
    words = "Señor\n\nEl 3 de marzo de 2024 habló.\n"
    file = given(inbox, "notas.txt", words.encode("cp1252"))
    options = ("--issued", "2024-03-03", "--language", "es")
    ran = workspace.run("add", file, *options)
    assert "it is not UTF-8; say in which encoding it is, as --encoding windows-1252" in ran.err
    assert workspace.run("add", file, *options, "--encoding", "windows-1252").code == 0
    custom = entries(workspace)[-1]["custom"]
    assert (custom["file"], custom["original"]["file"]) == ("notas-2.txt", "notas.txt")
    assert (workspace.root / "seeds/notas-2.txt").read_text("utf-8") == words


def test_a_file_that_lies_in_seeds_stays_there(workspace: Workspace) -> None:
    workspace.write("seeds/notes.txt", TEXT)
    options = ("--issued", "2024-03-03", "--language", "en")
    assert workspace.run("add", workspace.root / "seeds/notes.txt", *options).code == 0
    assert entries(workspace)[-1]["custom"]["file"] == "notes.txt"
    assert not (workspace.root / "seeds/notes-2.txt").exists()


def test_a_title_of_ones_own_is_marked(workspace: Workspace, inbox: Path) -> None:
    file = given(inbox, "report.pdf", PDF)
    assert workspace.run("add", file, "--title", "What the port did").code == 0
    assert entries(workspace)[-1]["custom"]["title_supplied"] == "true"


def test_a_date_that_the_text_does_not_state_needs_a_note(
    workspace: Workspace, inbox: Path
) -> None:
    file = given(inbox, "notes.txt", TEXT)
    options = ("--issued", "2024-03-04", "--language", "en")
    ran = workspace.run("add", file, *options)
    told = "its text does not state the date 2024-03-04 but 2024-03-03; say how it is known; "
    assert told in ran.err
    assert workspace.run("add", file, *options, "--issued-note", "From its letter").code == 0
    custom = entries(workspace)[-1]["custom"]
    assert (custom["issued_basis"], custom["issued_note"]) == ("external", "From its letter")


def test_one_command_gives_all_that_a_text_lacks(workspace: Workspace, inbox: Path) -> None:
    words = (
        "Port Authority\nPRESS RELEASE\n\nScanners are installed\n\nALMERA, 3 March 2024 -- All\n"
    )
    file = given(inbox, "notes.txt", f"{words}scanners of the port have been installed.\n")
    ran = workspace.run("add", file, "--issued", "2024-03-04")
    assert (
        "no title or language is found in it; its text does not state the date 2024-03-04 but "
        "2024-03-03; say how it is known; check this and run it: sourcebrief add "
        f"{file} --title 'Scanners are installed' --issued 2024-03-04 "
        "--issued-note 'How the date is known' --language en\n"
    ) in ran.err
    ran = workspace.run("add", file)
    assert "--title 'Scanners are installed' --issued 2024-03-03 --language en\n" in ran.err


def test_a_scan_asks_for_all_at_once(
    workspace: Workspace, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(inbox))
    file = given(inbox, "letter.pdf", scan())
    ran = workspace.run("add", file, "--issued", "2024-03-04")
    assert (
        "a scan; install ocrmypdf, as: apt install ocrmypdf tesseract-ocr-LANGUAGE, then fill in "
        f"what you read on it and run it: sourcebrief add {file} --title ... --issued 2024-03-04 "
        "--language en --ocr\n"
    ) in ran.err


def test_a_title_that_is_the_name_of_the_file_is_asked_for(
    workspace: Workspace, inbox: Path
) -> None:
    words = "<h1>Scanners are installed</h1><p>3 March 2024</p><p>All of the port's scanners.</p>"
    file = given(inbox, "port readout.pdf", pdf(words, "<title>Port Readout</title>"))
    ran = workspace.run("add", file)
    assert "no title or date is found in it" in ran.err
    assert "--title 'Scanners are installed'" in ran.err
    assert "its title is" not in workspace.run("add", file, "--yes").out


def test_the_language_of_a_template_is_held_against_the_words(
    workspace: Workspace, inbox: Path
) -> None:
    words = (
        "Informe sobre el puerto\n\nPuerto Claro, 3 de marzo de 2024\n\nEl Ministerio informa de "
        "que la obra del puerto empezó en enero y que terminará antes de que acabe el año."
    )
    file = given(inbox, "m.docx", docx(words, title="Informe sobre el puerto", lang="en-US"))
    ran = workspace.run("add", file)
    assert "its words look like es, not en-US; its text is dated 2024-03-03, its file" in ran.err
    assert f"run it: sourcebrief add {file} --issued 2024-03-03 --language es\n" in ran.err
    assert workspace.run("add", file, "--yes").code == 0
    assert entries(workspace)[-1]["custom"]["issued_basis"] == "stated"

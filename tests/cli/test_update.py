"""`update` on the command line, and that what was sent before can still be verified."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace


@pytest.fixture
def newer(workspace: Workspace, tmp_path: Path) -> Path:
    """A newer copy of a document, with a correction at its end."""
    file = tmp_path / "wire-corrected.txt"
    text = (workspace.root / "seeds/wire.txt").read_text("utf-8")
    file.write_text(f"{text}\nCorrection: the name of the ship was wrong.\n", "utf-8")
    return file


def test_an_edition_that_was_sent_is_verified_with_the_old_copy(
    workspace: Workspace, newer: Path, tmp_path: Path
) -> None:
    assert workspace.run("build", "--format", "html").code == 0
    sent = tmp_path / "sent.html"
    shutil.copy(workspace.root / "briefings/port/port.html", sent)
    ran = workspace.run("update", "wire-2021", newer, "--yes")
    assert ran.code == 0, ran.err
    assert "wire-2021: wire-corrected.txt; before: wire.txt\n" in ran.out
    assert ran.out.endswith("seeds/seeds.yaml: wire-2021 updated; next: sourcebrief check\n")
    assert workspace.run("check", "--strict").code == 0
    seeds = ("--seeds", workspace.root / "seeds", "--no-rebuild")
    for arguments in ((), seeds):
        ran = workspace.run("verify", sent, *arguments)
        assert (ran.code, ran.err) == (0, "")
    (workspace.root / "seeds/wire.txt").write_text("Altered.\n", "utf-8")
    assert workspace.run("verify", sent, *seeds).code == 1
    assert workspace.run("check").code == 1


def test_without_a_terminal_nothing_is_written(workspace: Workspace, newer: Path) -> None:
    before = (workspace.root / "seeds/seeds.yaml").read_bytes()
    ran = workspace.run("update", "wire-2021", newer)
    assert ran.code == 2
    assert (
        "cannot ask without a terminal: nothing was changed; run it in one, or add --yes" in ran.err
    )
    assert (workspace.root / "seeds/seeds.yaml").read_bytes() == before


@pytest.mark.parametrize(("answer", "code"), [(True, 0), (False, 1)])
def test_it_asks(
    workspace: Workspace, newer: Path, monkeypatch: pytest.MonkeyPatch, answer: bool, code: int
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.confirm", lambda *_, **__: answer)
    assert workspace.run("update", "wire-2021", newer, "--until", "2024-11").code == code
    assert ("until: 2024-11" in (workspace.root / "seeds/seeds.yaml").read_text()) is answer


def test_another_document_is_never_taken_unasked(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "tea.txt"
    file.write_text(" ".join(f"Ship {n} carried {n} boxes of tea." for n in range(9)), "utf-8")
    ran = workspace.run("update", "wire-2021", file, "--yes", "--quiet")
    assert ran.code == 2
    assert "it looks like another document than wire-2021: hardly a sentence" in ran.err
    assert "nothing was changed; where it is a newer copy all the same, give --anyway" in ran.err
    ran = workspace.run("update", "wire-2021", file)
    assert (
        "cannot ask without a terminal: nothing was changed; run it in one, or add --anyway"
        in ran.err
    )
    assert workspace.run("update", "wire-2021", file, "--anyway").code == 0


def test_a_date_that_is_none_is_usage(workspace: Workspace, newer: Path) -> None:
    ran = workspace.run("update", "wire-2021", newer, "--until", "yesterday")
    assert ran.code == 2
    assert ran.err.startswith("sourcebrief: --until: ")

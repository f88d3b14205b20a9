"""`pin` shows what a changed seed does to the evidence, asks, and accepts it."""

from __future__ import annotations

import difflib
import shutil
from typing import TYPE_CHECKING

import pytest

import harbour
from changed_post import (
    BRIEFINGS,
)
from checking import check
from repositories import commit
from sourcebrief.authoring.pin_seeds import pins_to_write
from sourcebrief.cli import run
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path


def test_it_shows_the_drift_and_accepts(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if shutil.which("git"):
        commit(root)
    catalogue = root / "seeds/seeds.yaml"
    before = catalogue.read_text()
    harbour.change(root, "legally", "illegally")
    assert run(["pin", "post-2021", "--yes", "-C", str(root)]) == 0
    shown = capsys.readouterr().out
    for words in ("unmoved  pact-signed", "unmoved  patrols-begin", "altered  pact-binds",
                  "“legally” is now “illegally”", "judgement 1 and summary of port of ports",
                  "seeds/seeds.yaml: 1 pin written"):  # fmt: skip
        assert words in shown
    changed = [
        line
        for line in difflib.ndiff(before.splitlines(), catalogue.read_text().splitlines())
        if line[0] in "+-"
    ]
    new = harbour.sha256(harbour.POST.replace("legally", "illegally"))
    assert changed == [
        f"-       sha256: {harbour.sha256(harbour.POST)}", f"+       sha256: {new}",
    ]  # fmt: skip
    assert not any(p.place.path == "seeds/seeds.yaml" for p in check(BRIEFINGS, root))


def test_without_a_terminal_it_shows_and_refuses(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (root / "seeds/seeds.yaml").read_bytes()
    harbour.change(root, "legally", "illegally")
    assert run(["pin", "--all", "-C", str(root)]) == 2
    written = capsys.readouterr()
    assert "post-2021: post.txt" in written.out
    assert "--yes" in written.err
    assert (root / "seeds/seeds.yaml").read_bytes() == before


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 1)])
def test_on_a_terminal_it_asks(
    root: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    harbour.change(root, "legally", "illegally")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: answer)
    assert run(["pin", "--all", "-C", str(root)]) == code
    assert (pins_to_write(Inputs(root), []) == ()) == (answer == "y")


def test_nothing_to_do(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pin", "--all", "-C", str(root)]) == 0
    assert capsys.readouterr().out == "nothing to pin: every file is as pinned\n"


@pytest.mark.parametrize("words", [["pin"], ["pin", "post-2021", "--all"], ["pin", "nobody"]])
def test_usage(root: Path, words: list[str]) -> None:
    assert run([*words, "-C", str(root)]) == 2


def test_a_missing_file_is_a_problem_at_its_line(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "seeds/post.txt").unlink()
    assert run(["pin", "--all", "--yes", "-C", str(root)]) == 1
    assert capsys.readouterr().err.startswith("seeds/seeds.yaml:10:13: error: cannot read")

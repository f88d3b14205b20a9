"""`remove` on the command line: it shows what goes, and asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Workspace

SPARE = """\

  - id: spare
    type: webpage
    title: Nothing rests on it
    issued: 2021
"""


@pytest.fixture
def spare(workspace: Workspace) -> Workspace:
    path = workspace.root / "seeds/seeds.yaml"
    path.write_text(path.read_text("utf-8") + SPARE, "utf-8")
    return workspace


def test_an_entry_on_which_nothing_rests_goes(spare: Workspace) -> None:
    ran = spare.run("remove", "spare", "--yes")
    assert (ran.code, ran.out) == (0, "spare: its entry in seeds/seeds.yaml\nspare was removed\n")
    assert spare.run("check", "--strict").code == 0


def test_without_a_terminal_nothing_goes(spare: Workspace) -> None:
    before = (spare.root / "seeds/seeds.yaml").read_bytes()
    ran = spare.run("remove", "spare")
    assert ran.code == 2
    assert (
        "cannot ask without a terminal: nothing was removed; run it in one, or add --yes" in ran.err
    )
    assert (spare.root / "seeds/seeds.yaml").read_bytes() == before


@pytest.mark.parametrize(("answer", "code"), [(True, 0), (False, 1)])
def test_it_asks(
    spare: Workspace, monkeypatch: pytest.MonkeyPatch, answer: bool, code: int
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.confirm", lambda *_, **__: answer)
    assert spare.run("remove", "spare").code == code
    assert ("spare" in (spare.root / "seeds/seeds.yaml").read_text()) is not answer


def test_what_rests_on_it_is_listed(workspace: Workspace) -> None:
    ran = workspace.run("remove", "wire-2021", "--yes")
    assert ran.code == 1
    assert "this rests on 'wire-2021'; name another there, or delete it" in ran.err
    assert (workspace.root / "seeds/wire.txt").exists()

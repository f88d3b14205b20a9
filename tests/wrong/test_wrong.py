"""Every wrong input beside its exact messages: a folder a case, laid over the small good workspace.

`expected.txt` is what `check` writes to standard error, at most the whole of the contract's
"path:line:column: error: message" lines and the count.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Workspace

HERE = Path(__file__).resolve().parent
CASES = sorted(path.parent.name for path in HERE.glob("*/expected.txt"))
MESSAGE = re.compile(
    r"(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+): (error|warning): (?P<words>.+)"
)
COUNT = re.compile(r"([\d,]+ errors?)?(, )?([\d,]+ warnings?)?")


def overlaid(workspace: Workspace, case: str) -> str:
    shutil.copytree(HERE / case, workspace.root, dirs_exist_ok=True)
    (workspace.root / "expected.txt").unlink()
    return (HERE / case / "expected.txt").read_text("utf-8")


def files(root: Path) -> dict[str, bytes]:
    # The lock's file stays for the next build.
    there = (p for p in root.rglob("*") if p.is_file() and p != root / ".sourcebrief/lock")
    return {str(p.relative_to(root)): p.read_bytes() for p in there}


def test_the_good_workspace_is_good(workspace: Workspace) -> None:
    ran = workspace.run("check", "--strict")
    assert (ran.code, ran.out, ran.err) == (0, "1 briefing checked\n", "")


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_input_gives_its_messages(workspace: Workspace, case: str) -> None:
    expected = overlaid(workspace, case)
    ran = workspace.run("check")
    assert ran.err == expected
    assert ran.code == (1 if " error: " in expected else 0)
    assert workspace.run("check", "--strict").code == 1


@pytest.mark.parametrize("case", CASES)
def test_a_build_finds_the_same_and_leaves_every_file_as_it_was(
    workspace: Workspace, case: str
) -> None:
    expected = overlaid(workspace, case)
    (workspace.root / "briefings/port/port.pdf").write_bytes(b"the earlier edition")
    before = files(workspace.root)
    ran = workspace.run("build", "--strict")
    assert (ran.code, ran.err) == (1, expected + "port: not built; the earlier documents stay\n")
    assert files(workspace.root) == before


@pytest.mark.parametrize("case", CASES)
def test_expected_messages_are_lines_that_name_a_place(workspace: Workspace, case: str) -> None:
    *messages, count = overlaid(workspace, case).splitlines()
    severities = []
    for message in messages:
        found = MESSAGE.fullmatch(message)
        assert found, message
        severities.append(found[4])
        lines = (workspace.root / found["path"]).read_bytes().splitlines() or [b""]
        assert 1 <= int(found["line"]) <= len(lines)
        # In UTF-8 a column is at most as many characters as the line has bytes, and one past them.
        assert 1 <= int(found["column"]) <= len(lines[int(found["line"]) - 1]) + 1
    assert severities == sorted(severities), "errors come before warnings"
    assert COUNT.fullmatch(count)
    assert count.startswith(f"{len(severities)} ") or ", " in count

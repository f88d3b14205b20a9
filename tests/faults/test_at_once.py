"""Several commands in one workspace at once, some of them killed: every output is one of theirs."""

from __future__ import annotations

import random
import re
import signal
import time
from typing import TYPE_CHECKING

import pytest

from standins import ENGINES, RUN, command, needs_fork, start, three_briefings, tree

if TYPE_CHECKING:
    from conftest import Workspace

pytestmark = needs_fork


@pytest.mark.parametrize("rounds", [1, pytest.param(30, marks=pytest.mark.slow)])
def test_builds_of_which_one_is_killed(workspace: Workspace, rounds: int) -> None:
    three_briefings(workspace)
    chance = random.Random(7)
    titles = ["Scanning in Port Almera"]
    for number in range(rounds):
        titles.append(f"Scanning, told anew {number}")
        for brief in workspace.root.glob("briefings/*/brief.yaml"):
            text = brief.read_text("utf-8")
            brief.write_text(text.replace(titles[-2], titles[-1]), "utf-8")
        builds = [
            start(
                ENGINES + "def trouble(name): time.sleep(0.05)\n" + RUN,
                *("-C", str(workspace.root), "build", "-v"),
            )
            for _ in range(3)
        ]
        killed = builds.pop(chance.randrange(3))
        time.sleep(chance.uniform(0.2, 1.5))
        killed.send_signal(signal.SIGKILL)
        said = [(process.communicate(timeout=60), process.returncode) for process in builds]
        waits = re.compile(r"(?:Waiting for another command \(.+\)\n)?")
        assert all(waits.fullmatch(err) for (_, err), _ in said), f"round {number}: {said}"
        assert [code for _, code in said] == [0, 0]
        before = killed.communicate(timeout=60)
        made = tree(workspace.root)
        for name in ("port", "yard", "zone"):
            for kind in ("pdf", "docx", "html"):
                data = made[f"briefings/{name}/{name}.{kind}"]
                # A rare failure has to say what each of the three did.
                why = f"round {number}, {name}: {data[:40]!r}; {said}; killed: {before}"
                assert data == f"{kind}: {titles[-1]}\n".encode() * 3000, why
        assert not [path for path in made if "staging" in path or path.endswith(".part")]


def test_pins_at_once_lose_none(workspace: Workspace) -> None:
    for name in ("wire", "gazette"):
        seed = workspace.root / f"seeds/{name}.txt"
        seed.write_text(seed.read_text("utf-8") + "\nMore.\n", "utf-8")
    # Both have read the catalogue before either writes.
    slow = """
    from sourcebrief.authoring import pin_seeds
    write = pin_seeds.write_pins
    def write_pins(*arguments):
        time.sleep(0.5)
        write(*arguments)
    pin_seeds.write_pins = write_pins
    """
    pins = [command(workspace, slow, "pin", f"{key}-2021", "--yes") for key in ("wire", "gazette")]
    said = [process.communicate(timeout=60)[1] for process in pins]
    for process, err in zip(pins, said, strict=True):
        waited = err.startswith("Waiting for another command (process ") or err == ""
        assert process.returncode == 0 or "changed meanwhile" in err
        assert waited or "changed meanwhile" in err
    again = command(workspace, "", "pin", "--all", "--yes")
    again.communicate(timeout=60)
    assert workspace.run("pin", "--all", "--yes").out == "nothing to pin: every file is as pinned\n"

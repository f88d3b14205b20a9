"""`find`: passages that can be pasted as they are, the nearest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from conftest import Workspace

EVENTS = "briefings/port/events.yaml"


def pasted(out: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = yaml.safe_load(f"    evidence:\n{out}")["evidence"]
    return found


def test_the_words_and_where_they_stand(workspace: Workspace) -> None:
    words = 'Mr. Ruiz of the U.S. Coast Office said: yes, "we agree". He left.'
    workspace.write("seeds/wire.txt", f"Coast Office.\n\n{words}\n\nHe came back.\n")
    ran = workspace.run("find", "Coast Office said", "--seed", "wire-2021", "--limit", "1")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "      # Coast Office confirms pact, ¶ 2: exact\n"
        "      - seed: wire-2021\n"
        '        quote: "Mr. Ruiz of the U.S. Coast Office said: yes, \\"we agree\\"."\n'
        "        paragraph: 2\n"
    )


def test_every_passage_passes_the_check_when_it_is_pasted(workspace: Workspace) -> None:
    ran = workspace.run("find", "coast office", "--limit", "50")
    assert ran.code == 0
    assert len(pasted(ran.out)) > 1
    events = (workspace.root / EVENTS).read_text("utf-8")
    # In place of the first event's evidence.
    changed = re.sub(
        r"    evidence:\n(?:      .*\n)+", f"    evidence:\n{ran.out}", events, count=1
    )
    assert changed != events
    (workspace.root / EVENTS).write_text(changed, "utf-8")
    faults = [line for line in workspace.run("check").err.splitlines() if "evidence" in line]
    quotes = workspace.run("check").err
    assert faults == []
    assert "quot" not in quotes.replace("no quotation states it", "")


def test_exact_ones_come_before_those_that_are_alike(workspace: Workspace) -> None:
    out = workspace.run("find", "coast office", "--limit", "50").out
    kinds = ["exact" in line for line in out.splitlines() if line.lstrip().startswith("#")]
    assert kinds == sorted(kinds, reverse=True)


def test_limit(workspace: Workspace) -> None:
    assert len(pasted(workspace.run("find", "the", "coast", "--limit", "2").out)) <= 2


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (
            ("zebras", "xylophone"),
            1,
            "sourcebrief: error: nothing like 'zebras xylophone' in 2 seeds; try other words",
        ),
        (
            ("pact", "--seed", "wir-2021"),
            2,
            "sourcebrief: 'wir-2021' is not a seed; did you mean 'wire-2021'?",
        ),
        (
            ("pact", "--seed", "almanac-2020"),
            2,
            "sourcebrief: 'almanac-2020' is a reference, which has no text",
        ),
        (("...",), 2, "sourcebrief: name words to look for"),
        (("pact", "--limit", "0"), 2, "sourcebrief: --limit takes a whole number"),
    ],
)
def test_nothing_found_and_wrong_names(
    workspace: Workspace, arguments: tuple[str, ...], code: int, message: str
) -> None:
    ran = workspace.run("find", *arguments)
    assert ran.code == code
    assert ran.err.startswith(message)


def test_a_seed_that_cannot_be_read_does_not_hide_the_others(workspace: Workspace) -> None:
    (workspace.root / "seeds/gazette.txt").write_bytes(b"\xff")
    ran = workspace.run("find", "coast office")
    assert ran.code == 1
    assert "seeds/seeds.yaml:10:13: error: gazette.txt: not UTF-8" in ran.err
    assert pasted(ran.out)

"""`find`: passages that can be pasted as they are, the nearest first."""

from __future__ import annotations

import json
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


# --- annotations ----------------------------------------------------------------------------------


def notes(workspace: Workspace, *rows: tuple[str, str]) -> str:
    path = workspace.root / "notes.json"
    items = [
        {
            "uri": "https://wire.example/",
            "text": note,
            "target": [{"selector": [{"type": "TextQuoteSelector", "exact": exact}]}],
        }
        for exact, note in rows
    ]
    path.write_text(json.dumps({"rows": items}), "utf-8")
    return str(path)


def test_annotations_become_evidence_with_their_notes(workspace: Workspace) -> None:
    file = notes(workspace, ("Office did not say what the scanners cost", "Ask.\nTwice."))
    ran = workspace.run("find", "--annotations", file, "--seed", "wire-2021")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "      # Coast Office confirms pact, ¶ 4: annotation 1\n"
        "      # Ask.\n"
        "      # Twice.\n"
        "      - seed: wire-2021\n"
        "        quote: Office did not say what the scanners cost\n"
        "        paragraph: 4\n"
    )


def test_annotations_without_a_place_are_lines_that_say_why(workspace: Workspace) -> None:
    file = notes(
        workspace,
        ("Office did not say what the scanners cost", ""),
        ("Office did not say what the radars cost", ""),
        ("will send three scanners to the harbour", ""),
        ("zebras and xylophones", ""),
    )
    ran = workspace.run("find", "--annotations", file, "--seed", "wire-2021")
    assert ran.code == 1
    assert len(pasted(ran.out)) == 1
    lines = ran.err.splitlines()
    assert [
        line.rpartition("”: ")[0][-5:] and line.split("”: ")[1].split(":")[0] for line in lines[:3]
    ] == [
        "altered",
        "twice",
        "gone",
    ]
    assert all(line.startswith(f"{file}:1:1: error: annotation ") for line in lines[:3])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("pact", "--seed", "wire-2021"), "--annotations takes no words and one --seed"),
        ((), "--annotations takes no words and one --seed"),
        (("--seed", "wire-2021", "--seed", "gazette-2021"), "takes no words and one --seed"),
        (("--seed", "almanac-2020"), "a reference, which has no text"),
    ],
)
def test_how_annotations_are_asked_for(
    workspace: Workspace, arguments: tuple[str, ...], words: str
) -> None:
    file = notes(workspace, ("Office did not say", ""))
    ran = workspace.run("find", "--annotations", file, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"words", "annotations are read from JSON, PDF and DOCX; give one of them"),
        (b"[]", "it holds no annotations"),
        (b"PK\x03\x04", "it is damaged, or not a Word document"),
    ],
)
def test_a_file_without_annotations_is_a_line(
    workspace: Workspace, data: bytes, words: str
) -> None:
    path = workspace.root / "notes"
    path.write_bytes(data)
    ran = workspace.run("find", "--annotations", path, "--seed", "wire-2021")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"sourcebrief: error: {path}: {words}")
    assert len(ran.err.splitlines()) == 1

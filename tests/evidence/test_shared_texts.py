"""Two reprints of one report count once; two papers with one communiqué are two papers."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.shared_texts import shared_texts

if TYPE_CHECKING:
    from conftest import Workspace


def words(seed: int, count: int = 120) -> str:
    """A text of its own: no other seed number has a run of it."""
    choose = random.Random(seed)
    return " ".join(f"{choose.choice('bdfgklmnprst')}{seed}x{n}" for n in range(count))


def pairs(**texts: str) -> list[tuple[str, str, float]]:
    found = shared_texts({key: read_seed(text) for key, text in texts.items()})
    return [(each.one, each.other, round(each.share, 2)) for each in found]


WIRE, OWN, OTHER = words(1), words(2, 60), words(3, 60)


def test_a_reprint_with_a_paragraph_of_its_own_is_the_same_account() -> None:
    assert pairs(paper=f"{WIRE}\n\n{OWN}", wire=WIRE) == [("paper", "wire", 1.0)]
    assert pairs(one=f"{WIRE}\n\n{OWN}", other=f"{OTHER}\n\n{WIRE}") == [("one", "other", 0.66)]


def test_texts_of_their_own_are_two_accounts() -> None:
    assert pairs(one=WIRE, other=OTHER) == []
    assert pairs(one=WIRE, other=f"{words(1, 50)}\n\n{words(4)}") == []


def test_capitals_and_paragraphs_do_not_hide_a_reprint() -> None:
    again = WIRE.upper().replace(" ", "\n\n", 3)
    assert pairs(one=again, other=WIRE) == [("one", "other", 1.0)]


def test_two_papers_with_one_communique_share_passages() -> None:
    communique = words(5, 160)
    one, other = f"{communique}\n\n{OWN}", f"{OTHER}\n\n{communique}"
    assert pairs(one=one, other=other, communique=communique) == []


def test_three_copies_of_one_wire_are_one_account() -> None:
    found = pairs(a=WIRE, b=f"{WIRE} Ends.", c=f"By our staff. {WIRE}")
    assert [pair[:2] for pair in found] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_three_papers_with_one_wire_are_one_account() -> None:
    papers = {
        name: f"{words(number, 60)}\n\n{WIRE}" for name, number in (("a", 11), ("b", 12), ("c", 13))
    }
    found = pairs(**papers)
    assert [pair[:2] for pair in found] == [("a", "b"), ("a", "c"), ("b", "c")]


@pytest.mark.parametrize("marks", ["“{}”", "«{}»", '"{}"'])
def test_what_both_quote_does_not_count(marks: str) -> None:
    speech = marks.format(words(6))
    assert pairs(one=f"{OWN} {speech}", other=f"{speech} {OTHER}") == []
    assert len(pairs(one=f"{OWN} {speech}", other=f"{words(6)} {OTHER}")) == 1


def test_an_ignored_paragraph_is_not_the_document() -> None:
    furniture = read_seed(f"{WIRE}\n\n{OWN}", ignore=[1])
    assert shared_texts({"one": furniture, "other": read_seed(WIRE)}) == ()


@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_of_the_seeds_does_not_count(order: list[str]) -> None:
    texts = {"a": WIRE, "b": f"{WIRE} {OWN}", "c": OTHER, "d": f"{OTHER} {words(7, 30)}"}
    seeds = {key: read_seed(texts[key]) for key in order}
    assert [(each.one, each.other) for each in shared_texts(seeds)] == [("a", "b"), ("c", "d")]


# ------------------------------------------------------- in a workspace

REPRINT = """\
  - id: reprint-2021
    type: article-newspaper
    title: The same in another paper
    publisher: Evening Post
    issued: 2021-06-02
    language: en
    custom:
      file: reprint.txt
      issued_basis: inferred
      issued_note: The file is dated so.
"""


def with_reprint(workspace: Workspace, more: str = "") -> Workspace:
    text = f"{WIRE}\n\n{words(9, 12)}"
    workspace.write("seeds/reprint.txt", text)
    workspace.write("seeds/original.txt", WIRE)
    original = REPRINT.replace("reprint", "original").replace("Evening Post", "The Agency")
    path = workspace.root / "seeds/seeds.yaml"
    path.write_text(path.read_text("utf-8") + REPRINT + more + original, "utf-8")
    assert workspace.run("pin", "--all", "--yes").code == 0
    return workspace


def test_the_pair_is_named_at_both_entries(workspace: Workspace) -> None:
    ran = with_reprint(workspace).run("check")
    said = [line for line in ran.err.splitlines() if "share 100% of their text" in line]
    assert [line.partition(":")[0] for line in said] == ["seeds/seeds.yaml"] * 2
    assert "'original-2021' and 'reprint-2021'" in said[0]
    assert "warning" in said[0]


@pytest.mark.parametrize(
    "settled",
    [
        "      derived_from: original-2021\n",
        "      distinct: [{from: original-2021, why: Both print the same official statement.}]\n",
    ],
)
def test_the_catalogue_settles_it(workspace: Workspace, settled: str) -> None:
    ran = with_reprint(workspace, settled).run("check")
    assert "of their text" not in ran.err


def test_add_says_it_too(workspace: Workspace) -> None:
    with_reprint(workspace)
    workspace.write("again.txt", f"{WIRE}\n\nBy another paper.")
    options = {
        "publisher": "Morning Post",
        "title": "Again",
        "issued": "2021-06-03",
        "issued-note": "The file is dated so.",
        "language": "en",
    }
    given = (word for name, value in options.items() for word in (f"--{name}", value))
    ran = workspace.run("add", str(workspace.root / "again.txt"), *given)
    assert "note: it shares 100% of its text with original-2021" in ran.out

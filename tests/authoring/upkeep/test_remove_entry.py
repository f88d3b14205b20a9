"""Removing: refused with everything that rests on the entry; else its lines and its files go."""

from __future__ import annotations

import difflib
import shutil
from typing import TYPE_CHECKING

import pytest

import harbour
from checking import check
from repositories import commit
from sourcebrief.authoring.upkeep.remove_entry import (
    plan_removal,
    removal_report,
    write_removal,
)
from sourcebrief.errors import InvalidInput, SourcebriefError, UsageError
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path

EVENTS, PORTS = "briefings/ports/events.yaml", "briefings/ports/brief.yaml"
SEEDS = "seeds/seeds.yaml"


def remove(root: Path, key: str) -> str:
    before = (root / SEEDS).read_text().splitlines()
    write_removal(root, plan_removal(Inputs(root), key))
    after = (root / SEEDS).read_text().splitlines()
    changed = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]
    assert not any(line.startswith("+") for line in changed)
    return "\n".join(changed)


def test_everything_that_rests_on_an_entry_is_listed(root: Path) -> None:
    harbour.change(root, "issued_basis: stated}", "issued_basis: stated, derived_from: post-2021}",
                   SEEDS)  # fmt: skip
    with pytest.raises(InvalidInput) as raised:
        remove(root, "post-2021")
    assert [(p.place.path, p.place.line) for p in raised.value.problems] == [
        (PORTS, 17), (EVENTS, 11), (EVENTS, 21), (EVENTS, 29), (SEEDS, 21),
    ]  # fmt: skip
    assert raised.value.problems[0].message == (
        "this rests on 'post-2021'; name another there, or delete it, and remove it then"
    )
    assert (root / "seeds/post.txt").exists()


def test_an_entry_between_others_leaves_them_as_they_are(root: Path) -> None:
    harbour.change(root, harbour.WELCOMED, "", EVENTS)
    harbour.change(root, "  - id: ministry", "  # the welcome\n  - id: ministry", SEEDS)
    removed = remove(root, "ministry-2021")
    assert removed.startswith("-   # the welcome\n-   - id: ministry-2021\n")
    assert removed.endswith("\n- ")
    assert (
        "issued_basis: stated\n      ignore: [1]\n\n  - id: gazette-2021"
        in (root / SEEDS).read_text()
    )
    assert not (root / "seeds/ministry.txt").exists()
    assert check(("coast", "ports"), root) == []


def test_the_last_entry_leaves_no_blank_line_behind(root: Path) -> None:
    assert remove(root, "gazette-2021").startswith("- \n-   - id: gazette-2021")
    assert (root / SEEDS).read_text().endswith("issued_basis: stated}\n")


def test_all_files_of_an_entry_go_and_shared_ones_stay(root: Path) -> None:
    harbour.change(root, harbour.WELCOMED, "", EVENTS)
    pins = {name: harbour.sha256(name) for name in ("a.pdf", "old.txt")}
    for name in pins:
        (root / "seeds" / name).write_text(name, "utf-8")
    harbour.change(
        root, "issued_basis: stated}",
        f"issued_basis: stated, original: {{file: a.pdf, sha256: {pins['a.pdf']}}}, earlier: "
        f"[{{file: old.txt, sha256: {pins['old.txt']}, until: 2021}}, "
        f"{{file: post.txt, sha256: {pins['a.pdf']}, until: 2021}}]}}", SEEDS,
    )  # fmt: skip
    removal = plan_removal(Inputs(root), "ministry-2021")
    assert removal.files == ("seeds/ministry.txt", "seeds/a.pdf", "seeds/old.txt")
    write_removal(root, removal)
    assert sorted(path.name for path in (root / "seeds").iterdir()) == ["post.txt", "seeds.yaml"]


def test_it_says_what_git_cannot_bring_back(root: Path) -> None:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    harbour.change(root, harbour.WELCOMED, "", EVENTS)
    report = removal_report(plan_removal(Inputs(root), "ministry-2021"))
    assert report == (
        "ministry-2021: its entry in seeds/seeds.yaml\n"
        "  seeds/ministry.txt, which cannot be brought back: git does not hold it as it is"
    )
    commit(root)
    report = removal_report(plan_removal(Inputs(root), "ministry-2021"))
    assert report.endswith("\n  seeds/ministry.txt")


def test_what_is_no_entry_is_refused(root: Path) -> None:
    with pytest.raises(UsageError, match="no catalogue entry 'gazete-2021'; did you mean 'gazette"):
        remove(root, "gazete-2021")
    with pytest.raises(UsageError, match=f"'pact-binds' is the event at {EVENTS}:15:9; delete"):
        remove(root, "pact-binds")


def test_a_catalogue_that_changed_meanwhile_is_left(root: Path) -> None:
    removal = plan_removal(Inputs(root), "gazette-2021")
    harbour.change(root, "# The catalogue", "# A catalogue", SEEDS)
    with pytest.raises(SourcebriefError, match="was changed meanwhile"):
        write_removal(root, removal)


def test_an_entry_that_is_written_with_an_alias_is_left(root: Path) -> None:
    harbour.change(root, harbour.WELCOMED, "", EVENTS)
    harbour.change(
        root, "    publisher: Ministry of the Sea", "    publisher: &sea Ministry", SEEDS
    )
    harbour.change(root, "    publisher: Gazette", "    publisher: *sea", SEEDS)
    with pytest.raises(SourcebriefError, match="delete its lines yourself"):
        remove(root, "ministry-2021")

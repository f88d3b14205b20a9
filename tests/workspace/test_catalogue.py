"""The bibliography: short names and origins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.workspace.catalogue import Library, read_library
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path


def library(root: Path, *entries: str) -> Library:
    (root / "seeds").mkdir(exist_ok=True)
    lines = [f"  - {{id: e{n}, type: book, issued: 2020, {e}}}" for n, e in enumerate(entries, 1)]
    (root / "seeds/seeds.yaml").write_text("references:\n" + "\n".join(lines) + "\n", "utf-8")
    found, problems = read_library(Inputs(root))
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("title: T, publisher: P, container-title: C, container-title-short: S", "S"),
        ("title: T, publisher: P, container-title: C", "C"),
        ("title: T, publisher: P", "P"),
        ("title: T", "T"),
    ],
)
def test_the_short_name_of_a_source(tmp_path: Path, entry: str, name: str) -> None:
    assert library(tmp_path, entry).short_name("e1") == name


def test_where_two_coincide_the_title_tells_them_apart(tmp_path: Path) -> None:
    found = library(
        tmp_path, "title: One, publisher: P", "title: Two, container-title: P", "title: Q"
    )
    assert [found.short_name(f"e{n}") for n in (1, 2, 3)] == ["P, One", "P, Two", "Q"]


def test_one_origin_for_a_report_and_its_reprints(tmp_path: Path) -> None:
    found = library(
        tmp_path,
        "title: A, publisher: P, custom: {origin: agency}",
        "title: B, publisher: Q, custom: {derived_from: e1}",
        "title: C, publisher: R, custom: {derived_from: e2}",
        "title: D, publisher: R, custom: {derived_from: e2, origin: own}",
        "title: E, publisher: S, container-title: T",
        "title: F, container-title: T",
        "title: G",
    )
    origins = [found.origin(f"e{number}") for number in range(1, 8)]
    assert origins == ["agency", "agency", "agency", "own", "S", "T", "e7"]

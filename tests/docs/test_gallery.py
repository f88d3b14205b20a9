"""The gallery: invented briefs that pass every check, on a page that shows each of them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

ROOT = Path(__file__).resolve().parents[2]
WORKSPACE = ROOT / "docs/gallery"
BRIEFINGS = Inputs(WORKSPACE).briefings()
PAGE = (ROOT / "docs/gallery.md").read_text("utf-8")


def test_every_brief_passes_with_no_warning(run: Callable[..., Ran]) -> None:
    ran = run("check", "--strict", "-C", WORKSPACE)
    assert (ran.code, ran.err) == (0, "")


def test_the_page_shows_each_of_them_and_that_of_this_repository() -> None:
    shown = re.findall(r"<!-- pictures: ([\w-]+) ", PAGE)
    assert sorted(shown) == sorted([*BRIEFINGS, *Inputs(ROOT).briefings()])
    for name in BRIEFINGS:
        assert f"gallery/briefings/{name}/brief.yaml" in PAGE


def test_every_document_of_it_says_that_it_is_invented() -> None:
    documents = list((WORKSPACE / "seeds").glob("*.txt"))
    assert len(documents) >= 5
    for path in documents:
        assert path.read_text("utf-8").startswith("This document is invented"), path.name


@pytest.mark.parametrize("name", BRIEFINGS)
def test_each_is_built_and_verified(name: str, run: Callable[..., Ran], tmp_path: Path) -> None:
    shutil.copytree(WORKSPACE, tmp_path / "gallery")
    build = ("-C", tmp_path / "gallery", "build", name, "--strict", "--format", "html")
    ran = run(*build)
    assert (ran.code, ran.err) == (0, "")
    page = tmp_path / f"gallery/briefings/{name}/{name}.html"
    ran = run("verify", page, "--seeds", tmp_path / "gallery/seeds")
    assert (ran.code, ran.err) == (0, "")
    assert "verified by making it again" in ran.out

"""What docs/security.md promises is tried by tests that exist, and what CI installs is pinned."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/security.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@cache
def defined_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_that_is_named_exists(file: str, name: str) -> None:
    assert name.startswith("test_")
    assert name in defined_in(file)


def test_every_promise_names_a_test() -> None:
    table = PAGE.partition("<!-- promises -->")[2].partition("\n\n")[0].strip().splitlines()
    rows = table[2:]
    assert len(rows) > 20
    assert all("`tests/" in row.split("|")[3] for row in rows)
    # Each of the eight kinds of hostile input has one.
    assert {row.split("|")[1].strip() for row in rows} == set("12345678")


def test_every_file_that_is_named_exists() -> None:
    for path in re.findall(r"`?((?:tests|\.ci)/[\w/.-]+\.\w+)", PAGE):
        assert (ROOT / path).is_file(), path

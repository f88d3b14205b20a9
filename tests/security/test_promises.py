"""What docs/security.md promises is tried by tests that exist, and what CI installs is pinned."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/security.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
PINNED = (ROOT / ".ci/requirements.txt").read_text("utf-8")


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
    # Each of the seven kinds of hostile input has one.
    assert {row.split("|")[1].strip() for row in rows} == set("1234567")


def test_every_file_that_is_named_exists() -> None:
    for path in re.findall(r"`?((?:tests|\.ci)/[\w/.-]+\.\w+)", PAGE):
        assert (ROOT / path).is_file(), path


def normal(name: str) -> str:
    """A project's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_ci_installs_has_a_version_and_hashes_and_names_no_index() -> None:
    lines = [line for line in PINNED.splitlines() if not line.startswith("#")]
    entries = re.split(r"\n(?=\S)", "\n".join(lines).strip())
    pinned = set()
    for entry in entries:
        head, *hashes = entry.split(" \\\n")
        found = re.fullmatch(r"([\w.-]+)(\[[\w,-]+\])?==[\w.+!]+( ; .+)?", head.strip())
        assert found, head
        pinned.add(normal(found[1]))
        assert hashes, head
        assert all(re.fullmatch(r"\s+--hash=sha256:[0-9a-f]{64}", one) for one in hashes), head
    assert "://" not in PINNED
    assert "index" not in "\n".join(lines)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *chain.from_iterable(project["optional-dependencies"].values()),
    ]
    names = {normal(re.split(r"[\s<>=!~;\[]", one)[0]) for one in wanted} - {"sourcebrief"}
    assert names <= pinned


def test_exact_pins_are_the_same_in_both() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *chain.from_iterable(project["optional-dependencies"].values()),
    ]
    exact = [one for one in wanted if "==" in one]
    assert exact
    for one in exact:
        assert re.search(rf"^{re.escape(one)}(?: |$)", PINNED, re.MULTILINE), one

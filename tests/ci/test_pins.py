"""What `.ci/pin` writes: the versions that were tested, for a desk and, by hash, for CI."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PINNED = (ROOT / ".ci/requirements.txt").read_text("utf-8")
CONSTRAINTS = (ROOT / ".ci/constraints.txt").read_text("utf-8")


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


def test_a_desk_is_given_the_versions_that_ci_installs() -> None:
    pins = re.findall(r"^([\w.-]+==[\w.+!]+(?: ; [^\\\n]+?)?) \\\\?$", PINNED, re.MULTILINE)
    assert pins
    assert [line for line in CONSTRAINTS.splitlines() if not line.startswith("#")] == pins

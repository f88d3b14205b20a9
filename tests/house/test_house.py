"""How the code is arranged: what can be said of every module at once."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/sourcebrief"
MODULES = sorted(
    path.relative_to(SOURCE) for path in SOURCE.rglob("*.py") if path.name != "__init__.py"
)
ROOMS = [path for path in MODULES if path.parts[0] != "cli" and path.name != "__main__.py"]
SHARED_NAMES = 5
"""How many public names may have more than one definition; none within one folder."""
LINES = 47_465
"""How many lines the source may have, blank ones and comments too; to fall."""


def public_names(module: Path) -> list[str]:
    tree = ast.parse((SOURCE / module).read_text("utf-8"))
    kinds = ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef
    return [
        node.name for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")
    ]


def test_one_name_has_one_meaning() -> None:
    places = defaultdict(list)
    for module in ROOMS:
        for name in public_names(module):
            places[name].append(module)
    shared = {name: where for name, where in places.items() if len(where) > 1}
    assert len(shared) <= SHARED_NAMES, shared
    for name, where in shared.items():
        assert len({module.parent for module in where}) == len(where), name


def test_a_file_name_stands_once() -> None:
    names = Counter(module.name for module in ROOMS)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("module", ROOMS, ids=str)
def test_every_module_has_its_tests(module: Path) -> None:
    tests = ROOT / "tests" / module.with_name(f"test_{module.name}")
    assert tests.is_file(), f"{module} is tested by no tests/{module.parent}/test_{module.name}"
    assert "def test_" in tests.read_text("utf-8")


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(ast.parse((SOURCE / module).read_text("utf-8")))


def test_the_count_by_room_is_kept() -> None:
    page = (ROOT / "docs/design.md").read_text("utf-8")
    table = page.partition("<!-- lines -->")[2].partition("\n\n")[0]
    counted = {
        room: int(lines.replace(",", ""))
        for room, lines in re.findall(r"^\| `?([\w/.]+?)`? \| ([\d,]+) \|", table, re.MULTILINE)
    }
    found: Counter[str] = Counter()
    for path in SOURCE.rglob("*.py"):
        room = path.relative_to(SOURCE).parts[0]
        found[room if room != path.name else "(top)"] += len(path.read_text("utf-8").splitlines())
    assert sum(found.values()) <= LINES
    for room, lines in found.items():
        if room != "(top)":
            assert counted[room] == pytest.approx(lines, rel=0.05), room

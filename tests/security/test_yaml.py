"""YAML of any kind comes to a value or to problems at their lines, in bounded time and memory.

`bounds.py` beside this holds the files, measures them, and has larger ones.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bounds import FILES, LARGE, SECONDS, come_to, events

from sourcebrief.errors import InvalidInput
from sourcebrief.workspace import yaml_places

if TYPE_CHECKING:
    from conftest import Workspace

BOUNDS = Path(__file__).with_name("bounds.py")


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_at_its_line_or_read(name: str) -> None:
    make, expected = FILES[name]
    began = time.perf_counter()
    what, words = come_to(make())
    assert time.perf_counter() - began < SECONDS
    assert (what == "value") == (not expected)
    assert expected in words


@pytest.mark.parametrize("name", ["escapes, 50 MB", "aliases that multiply"])
def test_its_memory_is_bounded(name: str) -> None:
    # In a process that may have no more; `python tests/security/bounds.py` tries all of them.
    ran = subprocess.run([sys.executable, BOUNDS, name], capture_output=True, timeout=2 * SECONDS)
    assert ran.returncode == 0, ran.stderr
    _, expected = (FILES | LARGE)[name]
    assert expected in json.loads(ran.stdout)[1]


@pytest.mark.parametrize("text", ["a: [{}]", "{{{}}}", "- [{}]", "a:\n  b: [{}]"])
def test_more_values_than_any_brief_has_are_refused(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_places, "MOST_VALUES", 1000)
    within = text.format(", ".join(f"k{n}: v" for n in range(400)) if "{{" in text else "v, " * 400)
    beyond = text.format(
        ", ".join(f"k{n}: v" for n in range(999)) if "{{" in text else "v, " * 1999
    )
    yaml_places.load(within.encode(), "f.yaml")
    with pytest.raises(InvalidInput, match=r"f\.yaml:\d+:\d+: .*more than 1,000 values; divide it"):
        yaml_places.load(beyond.encode(), "f.yaml")


def test_many_small_lists_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_places, "MOST_VALUES", 1000)
    with pytest.raises(InvalidInput, match=r"f\.yaml:\d{3}:3: .*more than 1,000 values"):
        yaml_places.load(b"- [a, b]\n" * 900, "f.yaml")


def test_a_large_honest_file_is_read() -> None:
    data = events(8_000)
    assert len(data) > 1_800_000
    document = yaml_places.load(data, "f.yaml")
    value = document.get("events")
    assert isinstance(value, list)
    assert len(value) == 8_000
    # Any place in it is found at once, and so are a thousand.
    began = time.perf_counter()
    for n in range(0, 8_000, 8):
        assert document.place(("events", n, "title")).line == 4 + 8 * n
    assert time.perf_counter() - began < 5


def test_ten_thousand_wrong_keys_cost_no_more_than_ten_thousand_places(
    workspace: Workspace,
) -> None:
    people = "".join(f"  p{n}: {{name: P, rol: x}}\n" for n in range(3_000))
    path = workspace.root / "briefings/port/more.yaml"
    path.write_text(f"people:\n{people}")
    workspace.edit("briefings/port/brief.yaml", "[events.yaml]", "[events.yaml, more.yaml]")
    began = time.perf_counter()
    ran = workspace.run("check", "-q")
    assert time.perf_counter() - began < SECONDS
    assert ran.err.count("error: unknown key 'rol'") == 3_000


@pytest.mark.parametrize(
    ("field", "limit"), [("title", 5_000), ("bottom_line", 50_000), ("prepared_by", 5_000)]
)
def test_a_text_beyond_all_reading_is_refused(workspace: Workspace, field: str, limit: int) -> None:
    path = workspace.root / "briefings/port/brief.yaml"
    lines = path.read_text().splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith(f"{field}:"))
    # Brackets and marks that a parser could look for the end of, again and again.
    for text in ("[@" * limit, "*a_ " * limit, "<" * 2 * limit, "x" * (limit + 1)):
        lines[number - 1] = f'{field}: "{text}"'
        path.write_text("\n".join(lines))
        began = time.perf_counter()
        ran = workspace.run("check", "-q")
        assert time.perf_counter() - began < SECONDS
        words = f"{field} is longer than {limit} characters; shorten it"
        assert f"brief.yaml:{number}:" in ran.err
        assert words in ran.err


@pytest.mark.parametrize(
    "text", ["[@", "[", "*a ", "_a_", "**", "<a ", "`", "[x](", "![", "[a@b", "\\\\", "- "]
)
def test_no_text_that_is_allowed_takes_long(workspace: Workspace, text: str) -> None:
    path = workspace.root / "briefings/port/brief.yaml"
    whole = path.read_text()
    start = whole.index("bottom_line:")
    end = whole.index("\n", start)
    length = 49_000 if text in ("[@", "*a ") else 12_000
    path.write_text(f'{whole[:start]}bottom_line: "{(text * length)[:length]}"{whole[end:]}')
    began = time.perf_counter()
    workspace.run("check", "-q")
    assert time.perf_counter() - began < SECONDS / 4

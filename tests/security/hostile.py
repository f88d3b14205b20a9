"""A workspace in which every field of the three files is set, and text that means harm.

Each scalar stands on a line of its own, in ASCII, so that a field can be given any characters and
its line is the same whatever stands in it.
"""

from __future__ import annotations

import shutil
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.errors import InvalidInput, Problem
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.yaml_places import load

if TYPE_CHECKING:
    from sourcebrief.build.results import CheckedBriefing

GOOD = Path(__file__).resolve().parents[1] / "wrong" / "_good"
BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"
SEEDS = "seeds/seeds.yaml"

Path_ = tuple[str | int, ...]
Files = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """A scalar of one of the three files."""

    file: str
    path: Path_

    def __str__(self) -> str:
        return f"{Path(self.file).stem}.{'.'.join(map(str, self.path))}"


@cache
def _good() -> Files:
    return {
        file: yaml.load((GOOD / file).read_text("utf-8"), yaml.BaseLoader)
        for file in (BRIEF, EVENTS, SEEDS)
    }


def every_field_set() -> Files:
    """The small good workspace with every optional field."""
    files = deepcopy(_good())
    brief, events, seeds = files[BRIEF], files[EVENTS], files[SEEDS]
    brief |= {
        "subtitle": "What is known",
        "prepared_for": "The committee",
        "page": "A4",
        "gaps": ["No text is on record. [@wire-2021]", "- One\n- Two [@pact]"],
        "sections": [{"heading": "Options", "text": "We see two. [@pact]", "after": "actors"}],
        "select": {"from": "2021-01", "to": "2021-12"},
        "formats": ["pdf", "docx", "html"],
    }
    events["actors"]["ports"] |= {"country": "Almera"}
    pact, offer = events["events"]
    pact |= {"place": "Port Almera", "credibility": "2"}
    offer["outcomes"][0]["expected"] = "2022-01"
    offer["people"] = [{"hale": "coast-office"}]
    gazette, wire, almanac = seeds["references"]
    gazette |= {
        "URL": "https://example.org/gazette",
        "author": [{"family": "Vega", "given": "Luz"}, {"literal": "The desk"}],
        "publisher-place": "Almera",
        "abstract": "A pact.",
        "note": "Page one.",
    }
    wire["custom"] |= {"origin": "wire", "issued_basis": "inferred", "issued_note": "By the line."}
    almanac |= {"URL": "https://example.org/almanac", "edition": "Third", "volume": "2"}
    return files


def fields(files: Files) -> list[Field]:
    """Every scalar."""

    def walk(value: Any, path: Path_) -> list[Path_]:
        if isinstance(value, str):
            return [path]
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return [found for step, item in items for found in walk(item, (*path, step))]

    return [Field(file, path) for file, value in files.items() for path in walk(value, ())]


def value_at(files: Files, field: Field) -> str:
    value = files[field.file]
    for step in field.path:
        value = value[step]
    assert isinstance(value, str)
    return value


def with_text(files: Files, texts: dict[Field, str]) -> Files:
    """The files with other words in some fields."""
    changed = deepcopy(files)
    for field, text in texts.items():
        value = changed[field.file]
        for step in field.path[:-1]:
            value = value[step]
        value[field.path[-1]] = text
    return changed


def dumped(value: Any) -> bytes:
    text: str = yaml.dump(value, width=10**6, sort_keys=False, default_style='"')
    return text.encode("ascii")


def lay(files: Files, root: Path) -> Path:
    """Make a workspace of the files."""
    shutil.copytree(GOOD, root, dirs_exist_ok=True)
    for file, value in files.items():
        (root / file).write_bytes(dumped(value))
    return root


@cache
def _lines() -> dict[Field, int]:
    files = every_field_set()
    documents = {file: load(dumped(value), file) for file, value in files.items()}
    # Numbers of paragraphs are one value, a list.
    return {
        field: documents[field.file]
        .place(field.path[:-1] if "ignore" in field.path else field.path)
        .line
        for field in fields(files)
    }


def line_of(field: Field) -> int:
    """The line of a field in its file, whatever stands in it."""
    return _lines()[field]


def checked(root: Path) -> tuple[CheckedBriefing | None, list[Problem]]:
    """The briefing after every check, and all that is wrong."""
    inputs = Inputs(root)
    try:
        corpus = read_corpus(inputs)
    except InvalidInput as error:
        return None, list(error.problems)
    found = check_briefing("port", corpus)
    return found, [*corpus.problems, *found.problems]


def errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]

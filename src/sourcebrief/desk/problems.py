"""Problems as the desk shows them: by file, each with what it is about and the way to its line."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import quote

from sourcebrief.brief.authored_html import event_anchor
from sourcebrief.desk.reading import Reading
from sourcebrief.errors import Problem, UsageError
from sourcebrief.workspace.validation import Positioned

Subject = TypeVar("Subject")

EDITORS: Final = {
    "vscode": "vscode://file/{path}:{line}:{column}",
    "vscodium": "vscodium://file/{path}:{line}:{column}",
    "cursor": "cursor://file/{path}:{line}:{column}",
    "zed": "zed://file/{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "none": "",
}
"""Addresses that open a file at a line, by the editor's name."""
_REFUSED: Final = ("javascript", "data", "vbscript", "file", "blob", "about")
_SECTIONS: Final = ("bottom_line", "judgements", "actors", "gaps")


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A problem, its editor link, and the anchor of the page and the document it is about.

    `paragraph` is the one that its message names first; empty where it names none.
    """

    problem: Problem
    editor: str
    anchor: str
    document: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class ProblemFile:
    """The problems of one file, in the order of its lines."""

    path: str
    problems: tuple[ProblemView, ...]


def editor_address(setting: str) -> str:
    """The address by which an editor opens a file: of a known editor, or one written out.

    Raises UsageError for a setting that is neither.
    """
    if setting in EDITORS:
        return EDITORS[setting]
    scheme, _, rest = setting.partition(":")
    sound = scheme.isascii() and scheme.replace("-", "").replace("+", "").isalnum()
    if not (sound and rest and "{path}" in rest) or scheme.casefold() in _REFUSED:
        raise UsageError(
            f"SOURCEBRIEF_EDITOR {setting!r} is neither {', '.join(EDITORS)} nor an address with "
            "{path}, {line} and {column}"
        )
    return setting


def editor_link(address: str, root: Path, path: str, line: int, column: int) -> str:
    """Write the address that opens a file of the workspace; empty without an editor."""
    absolute = (root / path).as_posix()
    if "://file/{path}" in address:
        absolute = absolute.lstrip("/")
    return (
        address.replace("{path}", quote(absolute, safe="/:"))
        .replace("{line}", str(line))
        .replace("{column}", str(column))
    )


def problems_by_file(
    problems: Iterable[Problem], reading: Reading, root: Path, address: str
) -> tuple[ProblemFile, ...]:
    """Group problems by their file, the files with errors first."""
    subjects = _Subjects(reading)

    def view(problem: Problem) -> ProblemView:
        place = problem.place
        anchor, document = subjects.of(place.path, place.line)
        link = editor_link(address, root, place.path, place.line, place.column)
        named = re.search(r"¶ (\d+)", problem.message)
        return ProblemView(problem, link, anchor, document, named[1] if named else "")

    ordered = sorted(problems, key=lambda one: (one.place, one.severity, one.message))
    files = [
        (any(one.severity == "error" for one in found), ProblemFile(path, tuple(map(view, found))))
        for path, group in groupby(ordered, key=lambda one: one.place.path)
        for found in [list(group)]
    ]
    return tuple(file for _, file in sorted(files, key=lambda one: (not one[0], one[1].path)))


class _Subjects:
    """What stands at a line of a file: an event or a section of the page, and a document."""

    def __init__(self, reading: Reading) -> None:
        self._events = dict(_events_by_line(reading))
        self._readable = reading.events
        self._entries = _by_line(reading.entries.values())
        self._seeds = reading.seeds
        brief = reading.brief
        sections = [(brief.key_place(key).line, key) for key in _SECTIONS] if brief else []
        self._sections = sorted(sections)
        self._brief = brief.document.path if brief else ""

    def of(self, path: str, line: int) -> tuple[str, str]:
        """The anchor on the page and the id of the document; either may be empty."""
        if (entry := _at(self._entries.get(path, ()), line)) is not None:
            key = entry.value.id
            return "", key if key in self._seeds else ""
        if (key := _at(self._events.get(path, ()), line)) is not None:
            seed = ""
            event = self._readable.get(key)
            for number, item in enumerate(event.value.evidence if event else ()):
                if event and event.place("evidence", number).line <= line:
                    seed = item.seed
            return event_anchor(key), seed if seed in self._seeds else ""
        if path == self._brief:
            at = bisect_right(self._sections, (line, "~")) - 1
            return (self._sections[at][1].replace("_", "-") if at >= 0 else ""), ""
        return "", ""


def _events_by_line(reading: Reading) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """The ids of all events of each file by their lines, of those that cannot be read too."""
    for document in reading.record.files if reading.record else ():
        yield (
            document.path,
            [
                (document.place(("events", number)).line, str(one.get("id") or ""))
                for number, one in document.mappings("events")
            ],
        )


def _by_line(records: Iterable[Positioned[Any]]) -> dict[str, list[tuple[int, Positioned[Any]]]]:
    found: dict[str, list[tuple[int, Positioned[Any]]]] = {}
    for record in records:
        place = record.place()
        found.setdefault(place.path, []).append((place.line, record))
    return {path: sorted(each, key=lambda one: one[0]) for path, each in found.items()}


def _at(records: Sequence[tuple[int, Subject]], line: int) -> Subject | None:
    at = bisect_right(records, line, key=lambda one: one[0]) - 1
    return records[at][1] if at >= 0 else None

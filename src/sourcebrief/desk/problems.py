"""Problems as the desk shows them: by file, each with what it is about and the way to its line."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sourcebrief.brief.authored_html import event_anchor
from sourcebrief.desk.reading import Reading
from sourcebrief.errors import Problem, UsageError

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

    The document may be one that only its message names. `paragraph` is the one that the message
    names first; empty where it names none.
    """

    problem: Problem
    editor: str
    anchor: str
    document: str
    paragraph: str


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
) -> dict[str, list[ProblemView]]:
    """Group problems by their file in the order of its lines, the files with errors first."""
    ordered = sorted(problems, key=lambda one: (one.place, one.severity, one.message))
    subjects = _subjects(reading) if ordered else []
    files: dict[str, list[ProblemView]] = {}
    for problem in ordered:
        place = problem.place
        at = bisect_right(subjects, (place.path, place.line), key=itemgetter(0)) - 1
        (path, _), anchor, document = subjects[at] if at >= 0 else (("", 0), "", "")
        if path != place.path:
            anchor = document = ""
        words = problem.message.split()
        document = document or next((word for word in words if word in reading.seeds), "")
        link = editor_link(address, root, place.path, place.line, place.column)
        named = re.search(r"¶ (\d+)", problem.message)
        view = ProblemView(problem, link, anchor, document, named[1] if named else "")
        files.setdefault(place.path, []).append(view)
    wrong = {one.place.path for one in ordered if one.severity == "error"}
    return dict(sorted(files.items(), key=lambda one: (one[0] not in wrong, one[0])))


def _subjects(reading: Reading) -> list[tuple[tuple[str, int], str, str]]:
    """What begins at which line of a file: an anchor of the page, and the id of a document.

    Events that cannot be read are among them.
    """
    found = [(entry.place(), "", key) for key, entry in reading.entries.items()]
    for file in reading.record.files if reading.record else ():
        for number, one in file.mappings("events"):
            found.append((file.place(("events", number)), event_anchor(str(one.get("id"))), ""))
    for key, event in reading.events.items():
        for number, item in enumerate(event.value.evidence):
            found.append((event.place("evidence", number), event_anchor(key), item.seed))
    if (brief := reading.brief) is not None:
        written = [key for key in _SECTIONS if brief.key_place(key) != brief.place()]
        found += [(brief.key_place(key), key.replace("_", "-"), "") for key in written]
    known = (
        ((place.path, place.line), anchor, seed if seed in reading.seeds else "")
        for place, anchor, seed in found
    )
    return sorted(known, key=itemgetter(0))

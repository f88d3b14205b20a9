"""Problems as the desk shows them: grouped, with what each is about and the way to its line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sourcebrief.desk.problems import EDITORS, editor_address, editor_link, problems_by_file
from sourcebrief.desk.reading import Reader
from sourcebrief.errors import Place, Problem, UsageError

if TYPE_CHECKING:
    from conftest import Workspace

BRIEF, EVENTS = "briefings/port/brief.yaml", "briefings/port/events.yaml"


def test_each_leads_to_what_stands_at_its_line(workspace: Workspace) -> None:
    reading = Reader(workspace.root, "port").read()
    assert reading.brief is not None

    def subject(path: str, line: int) -> tuple[str, str]:
        files = problems_by_file([Problem(Place(path, line), "wrong")], reading, Path("/w"), "")
        [one] = files[path]
        return one.anchor, one.document

    lines = (workspace.root / EVENTS).read_text("utf-8").splitlines()
    offer = next(number for number, line in enumerate(lines, 1) if "id: offer" in line)
    wire = next(number for number, line in enumerate(lines, 1) if "the pact on con" in line)
    assert subject(EVENTS, offer + 1) == ("event-offer", "")
    assert subject(EVENTS, wire) == ("event-pact", "wire-2021")
    assert subject(EVENTS, 1) == ("", "")
    workspace.edit(EVENTS, "actors: [coast-office]\n", "actors: coast-office\n")
    reading = Reader(workspace.root, "port").read()
    assert "offer" not in reading.events
    assert subject(EVENTS, offer + 3) == ("event-offer", "")
    assert subject(BRIEF, reading.brief.place("gaps", 0).line) == ("gaps", "")
    assert subject(BRIEF, reading.brief.place("bottom_line").line) == ("bottom-line", "")
    assert subject(BRIEF, 1) == ("", "")
    assert subject("seeds/seeds.yaml", 4) == ("", "gazette-2021")
    assert subject("templates/brief.html.j2", 4) == ("", "")


def test_the_paragraph_is_the_first_that_the_message_names(workspace: Workspace) -> None:
    reading = Reader(workspace.root, "port").read()
    near = Problem(Place(EVENTS, 1), "does not match; the nearest is in ¶ 3, then ¶ 12")
    files = problems_by_file([near, Problem(Place(EVENTS, 2), "wrong")], reading, Path("/w"), "")
    assert [one.paragraph for one in files[EVENTS]] == ["3", ""]


def test_a_document_that_the_message_names_can_be_opened(workspace: Workspace) -> None:
    reading = Reader(workspace.root, "port").read()
    cited = Problem(Place(BRIEF, 1), "wire-2021 has no paragraph 99; it has 3")
    [view] = problems_by_file([cited], reading, Path("/w"), "")[BRIEF]
    assert view.document == "wire-2021"


def test_files_with_errors_come_first_and_lines_in_their_order(workspace: Workspace) -> None:
    reading = Reader(workspace.root, "port").read()
    problems = [
        Problem(Place("a.yaml", 3), "third", "warning"),
        Problem(Place("b.yaml", 9), "later"),
        Problem(Place("a.yaml", 1), "first", "warning"),
        Problem(Place("b.yaml", 2), "warned", "warning"),
    ]
    files = problems_by_file(problems, reading, Path("/w"), EDITORS["vscode"])
    assert [(path, [one.problem.message for one in each]) for path, each in files.items()] == [
        ("b.yaml", ["warned", "later"]),
        ("a.yaml", ["first", "third"]),
    ]
    assert files["b.yaml"][1].editor == "vscode://file/w/b.yaml:9:1"


def test_an_editor_is_one_that_is_known_or_an_address() -> None:
    assert editor_address("none") == ""
    assert editor_link("", Path("/w"), "a.yaml", 1, 1) == ""
    own = editor_address("subl://open?url={path}&line={line}")
    assert editor_link(own, Path("/w"), "a b.yaml", 7, 1) == "subl://open?url=/w/a%20b.yaml&line=7"
    link = editor_link(EDITORS["idea"], Path("/w"), "a&b.yaml", 7, 2)
    assert link == "idea://open?file=/w/a%26b.yaml&line=7&column=2"


@pytest.mark.parametrize(
    "setting",
    [
        "emacs",
        "javascript:alert({path})",
        "DATA:{path}",
        "x:",
        "x://y",
        "java script:{path}",
        ":{path}",
    ],
)
def test_what_is_no_editor_is_refused(setting: str) -> None:
    with pytest.raises(UsageError, match="neither vscode, "):
        editor_address(setting)

"""The page of the desk is the page of a build, and what keeps it from being made is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.desk import pages
from sourcebrief.desk.pages import PageMaker
from sourcebrief.desk.reading import Reader

if TYPE_CHECKING:
    from conftest import Workspace


def test_it_is_the_page_of_a_build_but_for_its_evidence_and_script(workspace: Workspace) -> None:
    made = PageMaker().make(Reader(workspace.root, "port").read(), ("full", "short"))
    assert made.html is not None
    workspace.run("build", "--format", "html")
    for layout, name in (("full", "port.html"), ("short", "port.html")):
        built = (workspace.root / "briefings/port" / name).read_text("utf-8")
        page = made.html[layout].decode()
        assert made.edition in page
        if layout == "full":
            assert (
                page.partition("<body")[2].partition("<script")[0]
                == (built.partition("<body")[2].partition("<script")[0])
            )


def test_the_references_are_worded_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker, reader = PageMaker(), Reader(workspace.root, "port")
    maker.make(reader.read(), ("full",))
    monkeypatch.setattr(pages, "word_references", None)
    workspace.edit("briefings/port/brief.yaml", "Scanning in", "Scanners in")
    made = maker.make(reader.read(), ("full",))
    assert made.html is not None
    assert b"Scanners in Port Almera" in made.html["full"]


def test_a_fault_of_a_houses_template_is_a_problem_at_its_line(workspace: Workspace) -> None:
    workspace.write("templates/brief.html.j2", "<p>\n{{ nothing }}\n</p>")
    made = PageMaker().make(Reader(workspace.root, "port").read(), ("full",))
    assert made.html is None
    assert str(made.problems[0].place) == "templates/brief.html.j2:2:1"


def test_what_cannot_print_has_no_page(workspace: Workspace) -> None:
    workspace.edit("briefings/port/events.yaml", "three scanners to", "four scanners to")
    made = PageMaker().make(Reader(workspace.root, "port").read(), ("full",))
    assert (made.html, made.problems) == (None, ())

"""What is in the workspace already is not taken twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from added_files import PDF, SEEDS, entries, given
from built_documents import NEWS, pdf
from sourcebrief.authoring.adding.holdings import readable_name, unused_file_name
from sourcebrief.workspace.read_files import portable
from sourcebrief.workspace.yaml_places import load

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_no_file_and_no_id_is_taken_twice(workspace: Workspace, inbox: Path) -> None:
    other = inbox / "other"
    other.mkdir()
    first = given(inbox, "report.pdf", PDF)
    second = given(other, "Report.PDF", pdf("<p>5 March 2024, other words.</p>"))
    assert workspace.run("add", first).code == 0
    assert workspace.run("add", second, "--issued", "2024-03-05", "--title", "T").code == 0
    assert [entry["id"] for entry in entries(workspace)[-2:]] == ["report-2024", "report-2024-2"]
    assert (workspace.root / "seeds/Report-2.pdf").exists()


def test_an_id_is_not_that_of_an_event(workspace: Workspace, inbox: Path) -> None:
    event = load((workspace.root / "briefings/port/events.yaml").read_bytes(), "").value["events"][
        0
    ]["id"]  # type: ignore[index,call-overload]
    ran = workspace.run("add", given(inbox, "report.pdf", PDF), "--id", event)
    assert ran.code == 1
    assert f"the id '{event}' is taken; give another --id" in ran.err


def test_the_same_address_is_told(workspace: Workspace, inbox: Path) -> None:
    workspace.edit(
        SEEDS,
        "    publisher: Almanac Press\n",
        "    publisher: Almanac Press\n    URL: http://www.daily.example/2024/03/03/port/\n",
    )
    ran = workspace.run("add", given(inbox, "a.html", NEWS))
    assert ran.code == 0
    assert "note: its URL is also that of 'almanac-2020'" in ran.out


def test_a_document_is_added_once(workspace: Workspace, inbox: Path) -> None:
    one, two = given(inbox, "a.html", NEWS), given(inbox, "b.html", NEWS)
    ran = workspace.run("add", one, two)
    assert (ran.code, entries(workspace)[-1]["id"]) == (1, "the-daily-2024")
    assert "b.html:1:1: error: it is a seed already: 'the-daily-2024'; edit its entry" in ran.err
    assert workspace.run("add", one).code == 1
    gazette = workspace.root / "seeds/gazette.txt"
    assert "it is a seed already: 'gazette-2021'" in workspace.run("add", gazette).err


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("Informe  final (2)", "Informe-final-(2).txt"),
        ("../../etc/passwd", "etc-passwd.txt"),
        ("CON", "seed-CON.txt"),
        ("a:b*c?\n", "a-b-c.txt"),
        ("Отчёт", "Отчёт.txt"),
        ("...", "document.txt"),
    ],
)
def test_file_names(stem: str, name: str) -> None:
    assert readable_name(stem, ".txt") == name


@given_any(st.text())
def test_every_file_name_is_portable(stem: str) -> None:
    name = readable_name(stem, ".txt")
    assert portable(name) is None
    assert "/" not in name
    assert len(name.encode("utf-8", "surrogatepass")) < 200


def test_a_name_that_differs_in_case_alone_is_taken() -> None:
    assert unused_file_name("Report", ".PDF".lower(), {"report.pdf"}) == "Report-2.pdf"

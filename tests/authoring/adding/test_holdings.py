"""What is in the workspace already is not taken twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

import harbour
from added_files import PDF, SEEDS, entries, given
from built_documents import NEWS, pdf
from sourcebrief.authoring.adding.holdings import Holdings, readable_name, unused_file_name
from sourcebrief.errors import UsageError
from sourcebrief.workspace.read_files import Inputs, portable
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


def test_files_stay_in_order_and_a_folder_gives_all_below_it(root: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    for name in ("b.txt", "a/c.pdf", ".hidden", ".git/config"):
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_text(name, "utf-8")
    single = tmp_path / "one.txt"
    found = Holdings(Inputs(root)).files_listed([single, inbox])
    assert list(found.items()) == [
        (single, False), (inbox / "a/c.pdf", True), (inbox / "b.txt", True),
    ]  # fmt: skip


def test_a_file_that_is_named_beside_its_folder_stands_once(root: Path, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name, "utf-8")
    named = tmp_path / "b.txt"
    found = Holdings(Inputs(root)).files_listed([tmp_path / "desk/seeds", named, tmp_path])
    assert found[named] is False
    assert found[tmp_path / "a.txt"] is True


def test_the_catalogue_is_no_document(root: Path) -> None:
    found = [file.name for file in Holdings(Inputs(root)).files_listed([root / "seeds"])]
    assert found == ["ministry.txt", "post.txt"]


def test_an_empty_folder_is_usage(root: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="holds no file to add"):
        Holdings(Inputs(root)).files_listed([tmp_path / "empty"])


def test_a_file_is_known_by_what_it_holds(root: Path, tmp_path: Path) -> None:
    holdings = Holdings(Inputs(root))
    copy = tmp_path / "copy.txt"
    copy.write_text(harbour.POST, "utf-8")
    assert holdings.owner_of(copy) == "post-2021"
    other = tmp_path / "other.txt"
    other.write_text("Other.", "utf-8")
    assert holdings.owner_of(other) is None
    assert holdings.owner_of(tmp_path / "nothing") is None


def test_a_link_that_leads_nowhere_is_not_passed_over(root: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "gone.txt").symlink_to(tmp_path / "nothing")
    assert Holdings(Inputs(root)).files_listed([inbox]) == {inbox / "gone.txt": True}

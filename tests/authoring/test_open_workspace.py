"""A workspace held open says what a new reading would say."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from sourcebrief.authoring.open_workspace import OpenWorkspace, files_of
from sourcebrief.build.checks import check_workspace
from sourcebrief.errors import InvalidInput

if TYPE_CHECKING:
    from conftest import Workspace

EVENTS = "briefings/port/events.yaml"


def test_it_says_what_a_check_says(workspace: Workspace) -> None:
    open_ = OpenWorkspace(workspace.root)
    for old, new in (("send three scanners to the harbour\n        p", "send four s\n        p"),):
        workspace.edit(EVENTS, old, new)
        for _ in range(2):
            found = [*open_.check(("port",)).all_problems()]
            assert found == [*check_workspace(("port",), workspace.root).all_problems()]
            assert found


def test_seeds_are_read_again_only_when_they_change(workspace: Workspace) -> None:
    open_ = OpenWorkspace(workspace.root)
    first = open_.corpus()
    assert open_.corpus().seeds is first.seeds
    workspace.edit("seeds/wire.txt", "opens next year", "opens this coming year")
    again = open_.corpus()
    assert again.seeds is not first.seeds
    assert "this coming year" in again.seeds["wire-2021"].text
    problems = [str(one) for one in open_.check(("port",)).all_problems()]
    assert any("wire.txt has changed since it was pinned" in one for one in problems)


def test_a_text_that_is_held_stands_before_the_file(workspace: Workspace) -> None:
    open_ = OpenWorkspace(workspace.root)
    text = (workspace.root / EVENTS).read_bytes()
    assert not [*open_.check(("port",)).all_problems()]
    held = {EVENTS: text.replace(b"three scanners to the harbour\n", b"four scanners\n")}
    (problem,) = open_.check(("port",), held).all_problems()
    assert problem.place.path == EVENTS
    assert not [*open_.check(("port",)).all_problems()]


def test_a_catalogue_that_is_held_counts_too(workspace: Workspace) -> None:
    open_ = OpenWorkspace(workspace.root)
    text = (workspace.root / "seeds/seeds.yaml").read_bytes()
    held = {"seeds/seeds.yaml": text.replace(b"id: wire-2021", b"id: wire-2022")}
    assert "wire-2022" in open_.corpus(held).library.entries
    assert "wire-2021" in open_.corpus().library.entries


def test_a_catalogue_that_cannot_be_read_hides_no_fault_of_form(workspace: Workspace) -> None:
    (workspace.root / "seeds/seeds.yaml").write_text("references: [", "utf-8")
    workspace.edit(EVENTS, "themes: [equipment]", "thems: [equipment]")
    open_ = OpenWorkspace(workspace.root)
    with pytest.raises(InvalidInput):
        open_.corpus()
    places = {one.place.path for one in open_.check(("port",)).all_problems()}
    assert places == {"seeds/seeds.yaml", EVENTS}


def test_which_briefings_a_file_belongs_to(workspace: Workspace) -> None:
    brief = (workspace.root / "briefings/port/brief.yaml").read_text("utf-8")
    workspace.write(
        "briefings/other/brief.yaml", brief.replace("[events.yaml]", "[../port/events.yaml]")
    )
    open_ = OpenWorkspace(workspace.root)
    corpus = open_.corpus()
    assert open_.briefings_of([EVENTS], corpus) == ("other", "port")
    assert open_.briefings_of(["briefings/port/brief.yaml"], corpus) == ("port",)
    assert [*files_of("other", open_.record("other", corpus))] == [
        "briefings/other/brief.yaml",
        EVENTS,
    ]


def test_a_seed_that_comes_back_is_seen(workspace: Workspace) -> None:
    open_ = OpenWorkspace(workspace.root)
    path = workspace.root / "seeds/wire.txt"
    data = path.read_bytes()
    path.unlink()
    assert any("no such file" in str(one) for one in open_.check(("port",)).all_problems())
    path.write_bytes(data)
    assert not [*open_.check(("port",)).all_problems()]


def test_a_file_with_the_same_stamp_is_compared_until_it_was_seen_before_it_was_read(
    workspace: Workspace,
) -> None:
    path = workspace.root / "seeds/wire.txt"
    open_ = OpenWorkspace(workspace.root)
    open_.corpus()
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"next year", b"last year"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "last year" in open_.corpus().seeds["wire-2021"].text


def test_what_is_only_touched_is_not_read_again(workspace: Workspace) -> None:
    open_ = OpenWorkspace(workspace.root)
    first = open_.corpus()
    (workspace.root / "seeds/wire.txt").touch()
    assert open_.corpus().seeds is first.seeds


def test_a_list_that_stays_is_not_read_again(workspace: Workspace) -> None:
    open_ = OpenWorkspace(workspace.root)
    first = open_.record("port", open_.corpus())
    brief = (workspace.root / "briefings/port/brief.yaml").read_bytes()
    held = {"briefings/port/brief.yaml": brief.replace(b'version: "1"', b'version: "2"')}
    assert open_.record("port", open_.corpus(held)) is first
    workspace.edit(EVENTS, "title: Coast Office promises", "title: Office promises")
    assert open_.record("port", open_.corpus(held)) is not first

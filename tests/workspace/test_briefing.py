"""What holds between records: roles at a date, roll-up chains, merged definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.workspace.briefing import Record, read_briefing
from sourcebrief.workspace.catalogue import read_library
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from conftest import Workspace
    from sourcebrief.errors import Problem

EVENTS = "briefings/port/events.yaml"


def record_of(workspace: Workspace, problems: list[Problem] | None = None) -> Record:
    inputs = Inputs(workspace.root)
    library, wrong = read_library(inputs)
    record, _, found = read_briefing("port", inputs, library)
    found = wrong + found
    if problems is None:
        assert found == []
    else:
        problems += found
    return record


ROLES = """\
people:
  ruiz: {name: Ana Ruiz, role: Minister of Ports, actor: ports}
  hale:
    name: Tom Hale
    roles:
      - {role: Clerk, actor: ports, to: 2017-12}
      - {role: Director, actor: coast-office, from: 2018-04-26, to: 2021-01}
      - {role: Senator, actor: interior, from: 2021-01}
      - {role: Guest, actor: interior, from: 2025}
"""


@pytest.mark.parametrize(
    ("date", "actor", "roles"),
    [
        ("2016", None, ["Clerk"]),
        ("2018-04-25", None, []),
        ("2018-04-26", None, ["Director"]),
        ("2018-04", None, ["Director"]),  # some day of that month is in the term
        ("2021-01-15", None, ["Director", "Senator"]),
        ("2021-01-15", "coast-office", ["Director"]),
        ("2021-02", None, ["Senator"]),
        ("2017-11/2018-05", None, ["Clerk", "Director"]),
        ("2030", None, ["Senator", "Guest"]),
        ("2030", "interior", ["Senator", "Guest"]),
        ("2024", "interior", ["Senator"]),  # two roles in it: the date decides
        ("1990", "coast-office", ["Director"]),  # one role in it: that one is meant
        ("2016", "nobody", []),
        ("../2016", None, ["Clerk"]),
        ("2026/..", None, ["Senator", "Guest"]),
        ("2018-04-26~", None, ["Director"]),
    ],
)
def test_the_roles_that_fit_a_date(
    workspace: Workspace, date: str, actor: str | None, roles: list[str]
) -> None:
    text = (workspace.root / EVENTS).read_text("utf-8")
    head, rest = text.split("people:\n")
    workspace.write(EVENTS, head + ROLES + "events:\n" + rest.split("events:\n")[1])
    held = record_of(workspace).roles_held("hale", actor, parse_edtf(date))
    assert [role.role for role in held] == roles


def test_actors_and_events_know_what_they_are_part_of(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "short: Interior}", "short: Interior, part_of: ports}")
    workspace.edit(EVENTS, "    themes: [equipment]", "    part_of: pact")
    record = record_of(workspace)
    assert record.ancestors("coast-office") == ("coast-office", "interior", "ports")
    assert record.wholes("offer") == ("pact",)
    assert record.wholes("pact") == ()


def test_equal_definitions_in_two_files_merge(workspace: Workspace) -> None:
    workspace.edit("briefings/port/brief.yaml", "[events.yaml]", "[events.yaml, more.yaml]")
    workspace.write(
        "briefings/port/more.yaml",
        "actors:\n  ports:\n    short: Ports\n    name: Ministry of Ports\n  cia: {name: CIA}\n",
    )
    assert set(record_of(workspace).actors) == {"ports", "interior", "coast-office", "cia"}


def test_briefings_may_share_a_list_from_anywhere_in_the_workspace(workspace: Workspace) -> None:
    (workspace.root / "lists").mkdir()
    (workspace.root / EVENTS).rename(workspace.root / "lists/shared.yaml")
    workspace.edit("briefings/port/brief.yaml", "[events.yaml]", "[../../lists/shared.yaml]")
    assert set(record_of(workspace).events) == {"pact", "offer"}
    assert workspace.run("check").code == 0


def test_a_file_that_cannot_be_read_makes_no_id_unknown(workspace: Workspace) -> None:
    workspace.edit("briefings/port/brief.yaml", "[events.yaml]", "[events.yaml, more.yaml]")
    workspace.edit(EVENTS, "[coast-office, ports]", "[coast-office, ports, in-the-other-file]")
    problems: list[Problem] = []
    record_of(workspace, problems)
    assert [problem.place.path for problem in problems] == ["briefings/port/brief.yaml"]
    ran = workspace.run("check")
    assert "cannot read briefings/port/more.yaml" in ran.err
    assert ran.err.endswith("\n1 error\n")


def test_the_folder_of_a_briefing_obeys_the_rule_of_ids(workspace: Workspace) -> None:
    (workspace.root / "briefings/port").rename(workspace.root / "briefings/Port One")
    ran = workspace.run("check")
    assert ran.code == 1
    assert (
        "briefings/Port One/brief.yaml:1:1: error: its folder 'Port One' is not named as an id is: "
        "lower-case letters, digits, hyphens; rename it" in ran.err
    )

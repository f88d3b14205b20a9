"""What of the catalogue makes a briefing stale; a fake stands in for the engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Workspace
    from fake_engines import Engines

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


COMMENT = "# what somebody noted\n"


ANOTHER = "  - {id: else-2020, type: report, title: Something else, issued: 2020}\n"


@pytest.mark.parametrize("more", [COMMENT, ANOTHER])
def test_what_the_catalogue_says_of_other_sources_is_no_reason_to_build(
    workspace: Workspace, engines: Engines, more: str
) -> None:
    workspace.run("build")
    path = workspace.root / "seeds/seeds.yaml"
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    assert workspace.run("check", "--built").code == 0
    assert "port: unchanged" in workspace.run("build").out
    assert engines.made == ["port"]


def test_an_entry_that_takes_the_id_of_an_event_is_told(
    workspace: Workspace, engines: Engines
) -> None:
    workspace.run("build")
    path = workspace.root / "seeds/seeds.yaml"
    path.write_text(path.read_text("utf-8") + ANOTHER.replace("else-2020", "pact"), "utf-8")
    assert workspace.run("check", "--built").code == 1
    ran = workspace.run("build")
    assert (ran.code, "'pact'" in ran.err) == (1, True)

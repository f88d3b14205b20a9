"""Which options decide the bytes of an output; a fake stands in for the engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Workspace
    from fake_engines import Engines

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


@pytest.mark.parametrize(
    ("options", "state"),
    [
        (["--format", "pdf"], "built"),
        (["--keep-html"], "built"),
        (["--force"], "built"),
        (["--strict"], "unchanged"),  # the bytes are those that were built
        (["--verbose"], "unchanged"),
    ],
)
def test_options_that_decide_bytes_make_a_briefing_stale(
    workspace: Workspace, engines: Engines, options: list[str], state: str
) -> None:
    workspace.run("build")
    assert f"port: {state}" in workspace.run("build", *options).out


def test_source_date_epoch_is_one_of_them(
    workspace: Workspace, engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.run("build")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert "port: built" in workspace.run("build").out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    ran = workspace.run("build")
    assert (ran.code, ran.err) == (
        2,
        "sourcebrief: SOURCE_DATE_EPOCH 'soon' is not a number of seconds since 1970\n",
    )

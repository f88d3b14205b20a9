"""Making documents: how much a briefing may take, and what is said past it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebrief.build.make_documents import memory_for, seconds_allowed, too_long
from sourcebrief.errors import Place


@pytest.mark.parametrize(("events", "seconds"), [(0, 300.0), (28, 356.0), (800, 1900.0)])
def test_time_grows_with_the_events(events: int, seconds: float) -> None:
    assert seconds_allowed(events) == seconds


def test_memory_grows_with_the_events() -> None:
    assert memory_for(0) == 3 * 2**30
    assert memory_for(800) - memory_for(0) == 800 * 4 * 2**20


def test_what_takes_too_long_is_told_at_the_brief() -> None:
    task = SimpleNamespace(time_limit=12.5, place=Place("briefings/port/brief.yaml", 1, 1))
    assert str(too_long(task)) == (  # type: ignore[arg-type]
        "briefings/port/brief.yaml:1:1: error: its documents took more than 12.5 s and were given "
        "up; look for what makes it large"
    )

"""Making documents: how much a briefing may take, and what is said past it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sourcebrief.build.make_documents import memory_for, seconds_allowed, too_long
from sourcebrief.errors import Place


def task_of(events: int) -> Any:
    """What is to be made of a briefing with so many events."""
    manifest = {"events": range(events)}
    place = Place("briefings/port/brief.yaml", 1, 1)
    return SimpleNamespace(manuscript=SimpleNamespace(manifest=manifest), place=place)


@pytest.mark.parametrize(("events", "seconds"), [(0, 300.0), (28, 356.0), (800, 1900.0)])
def test_time_grows_with_the_events(events: int, seconds: float) -> None:
    assert seconds_allowed(task_of(events)) == seconds


def test_memory_grows_with_the_events() -> None:
    assert memory_for(task_of(0)) == 3 * 2**30
    assert memory_for(task_of(800)) - memory_for(task_of(0)) == 800 * 4 * 2**20


def test_what_takes_too_long_is_told_at_the_brief() -> None:
    assert str(too_long(task_of(28))) == (
        "briefings/port/brief.yaml:1:1: error: its documents took more than 356 s and were given "
        "up; look for what makes it large"
    )

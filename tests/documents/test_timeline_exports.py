"""Events for TimelineJS and for calendars: what they hold, and that other programs read them."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import icalendar
import jsonschema
import pytest

from conftest import PROJECT
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.documents.timeline_exports import calendar, timelinejs
from sourcebrief.errors import EnvironmentFault
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from conftest import Workspace

BRIEF, EVENTS = "briefings/port/brief.yaml", "briefings/port/events.yaml"
SCHEMA = json.loads(
    (Path(__file__).parents[1] / "support/timelinejs.schema.json").read_text("utf-8")
)


def slides(workspace: Workspace) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(timelinejs(workspace.composition()))
    jsonschema.validate(found, SCHEMA)
    return found


def entries(workspace: Workspace) -> dict[str, icalendar.Event]:
    read = icalendar.Calendar.from_ical(calendar(workspace.composition()))
    return {str(one["summary"]): one for one in read.walk("VEVENT")}


def test_a_slide_says_of_an_event_what_the_brief_says(workspace: Workspace) -> None:
    found = slides(workspace)
    assert found["title"]["text"]["headline"] == workspace.composition().briefing.brief.value.title
    pact, offer = found["events"]
    assert pact["group"]
    assert offer == {
        "start_date": {"year": 2021, "month": 5, "day": 14},
        "display_date": "14 May 2021",
        "text": {
            "headline": "Coast Office promises scanners",
            "text": "<p>The Office said that it would send scanners.</p>"
            "<p>Caveat: The almanac lists no scanners.</p>"
            "<blockquote>“The Office will send three scanners to the harbour” (Wire, ¶ 2)"
            "</blockquote>",
        },
        "group": pact["group"],
        "unique_id": "offer",
        "autolink": False,
    }


def test_what_was_written_is_no_markup_in_a_slide(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "title: Coast Office promises", "title: <img src=x> & promises")
    text = json.dumps(slides(workspace))
    assert "<img" not in text
    assert "&lt;img src=x&gt; &amp; promises" in text


@pytest.mark.parametrize(
    ("date", "first", "last", "worded"),
    [
        ("2021-05", (2021, 5, 1), (2021, 5, 31), "May 2021"),
        ("2021-05-01/2021-05-03", (2021, 5, 1), (2021, 5, 3), "1–3 May 2021"),
        ("'[..2021-05-14]'", (2021, 5, 14), None, "by 14 May 2021"),
        ("2021/..", (2021, 1, 1), None, "since 2021"),
    ],
)
def test_a_date_takes_all_its_days_and_keeps_its_words(
    workspace: Workspace,
    date: str,
    first: tuple[int, ...],
    last: tuple[int, ...] | None,
    worded: str,
) -> None:
    workspace.edit(EVENTS, "value: 2021-05-14", f"value: {date}")
    (slide,) = [one for one in slides(workspace)["events"] if one["unique_id"] == "offer"]
    assert tuple(slide["start_date"].values()) == first
    assert slide.get("end_date") == (
        dict(zip(("year", "month", "day"), last, strict=True)) if last else None
    )
    assert slide["display_date"] == worded
    event = entries(workspace)["Coast Office promises scanners"]
    assert event["dtstart"].dt == dt.date(*first)
    assert event["dtend"].dt == dt.date(*(last or first)) + dt.timedelta(days=1)
    assert event["description"].startswith(f"{worded}\n\n")


def test_a_calendar_keeps_to_the_rules_of_its_format(workspace: Workspace) -> None:
    words = "would, by ñandú; send scanners"
    workspace.edit(EVENTS, "would send scanners", f"{words} {'of steel ' * 20}")
    data = calendar(workspace.composition())
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data == calendar(workspace.composition())
    for event in entries(workspace).values():
        assert event["dtstamp"].dt == dt.datetime(2021, 6, 1, tzinfo=dt.UTC)
        assert event["transp"] == "TRANSPARENT"
    assert words in entries(workspace)["Coast Office promises scanners"]["description"]


def test_an_event_is_the_same_one_in_a_later_edition(workspace: Workspace) -> None:
    before = {str(one["uid"]) for one in entries(workspace).values()}
    assert len(before) == 2
    workspace.edit(BRIEF, 'version: "1"', 'version: "2"')
    workspace.edit(EVENTS, "title: Coast Office promises scanners", "title: Scanners promised")
    assert {str(one["uid"]) for one in entries(workspace).values()} == before


@pytest.mark.parametrize(
    ("marking", "classified"), [("TLP:CLEAR", "PUBLIC"), ("TLP:GREEN", "CONFIDENTIAL")]
)
def test_a_marked_brief_is_marked_in_the_calendar(
    workspace: Workspace, marking: str, classified: str
) -> None:
    text = (workspace.root / BRIEF).read_text("utf-8")
    was = next(line for line in text.splitlines() if line.startswith("marking:"))
    workspace.edit(BRIEF, was, f"marking: {marking}")
    for event in entries(workspace).values():
        assert event["class"] == classified
        assert event["description"].endswith(marking)


def test_without_its_package_it_says_what_to_install(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(EnvironmentFault, match=r"pip install 'sourcebrief\[ics\]'"):
        calendar(workspace.composition())


def test_the_briefing_of_this_repository_is_read_too() -> None:
    name = "ecuador-security-cooperation"
    composition = check_briefing(name, read_corpus(Inputs(PROJECT))).composition
    assert composition is not None
    found = json.loads(timelinejs(composition))
    jsonschema.validate(found, SCHEMA)
    read = icalendar.Calendar.from_ical(calendar(composition))
    assert len(found["events"]) == len(read.walk("VEVENT")) == len(composition.selected)

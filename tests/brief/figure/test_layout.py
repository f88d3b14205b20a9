"""The timeline: marks by the contract's table, nothing overlapping, everything inside."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebrief.brief.figure.layout import (
    MOST_HEIGHT,
    MOST_MARKS,
    WIDTH,
    Box,
    Figure,
    FigureEvent,
    LaneActor,
    compact,
    text_width,
    timeline,
)
from sourcebrief.brief.labels import Labels, labels
from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.workspace.read_files import Inputs

ROOT = Path(__file__).resolve().parents[2]
ACTORS = (
    LaneActor("harbours", "Ministry of Harbours", "Harbours", 1),
    LaneActor("council", "Fisheries Council", "Council", 2),
)


def words(language: str = "en-GB") -> Labels:
    return labels(language, TemplateFolders(Inputs(ROOT), packaged_folder()))


def event(number: int, edtf: str, *lanes: str, engagement: bool = True) -> FigureEvent:
    when = parse_edtf(edtf)
    return FigureEvent(
        number, when.mark, when.earliest, when.latest, edtf, f"Title {number}", lanes, engagement
    )


def drawn(events: list[FigureEvent], actors: tuple[LaneActor, ...] = ACTORS) -> Figure:
    figure = timeline(events, actors, words())
    assert figure is not None
    return figure


def assert_sound(figure: Figure, events: list[FigureEvent]) -> None:
    """Nothing overlaps, nothing leaves its lane, and no event is missing from any of its lanes."""
    page = Box(0, 0, figure.width, figure.height)
    for lane in figure.lanes:
        assert lane.band.within(page)
        for one in lane.marks:
            assert one.box.within(lane.band), (lane.name, one.label)
            assert one.ground.within(lane.band), (lane.name, one.label)
        for one, other in combinations(lane.marks, 2):
            assert not one.box.overlaps(other.box), (lane.name, one.label, other.label)
            assert not one.ground.overlaps(other.box), (lane.name, one.label, other.label)
            assert not other.ground.overlaps(one.box), (lane.name, one.label, other.label)
        numbers = sorted(number for one in lane.marks for number in one.numbers)
        expected = [e.number for e in events if (lane.id in e.lanes if lane.id else not e.lanes)]
        assert numbers == sorted(expected)
    for upper, lower in combinations(figure.lanes, 2):
        assert not upper.band.overlaps(lower.band)
    labelled = [tick for tick in figure.ticks if tick.label]
    for left, right in pairwise(labelled):
        apart = right.label_x - left.label_x
        assert apart >= (text_width(left.label, 7.4) + text_width(right.label, 7.4)) / 2


@pytest.mark.parametrize(
    ("edtf", "kind", "filled"),
    [
        ("2019-07-20", "point", True),
        ("2022-12-07/2022-12-08", "bar", True),
        ("2021-10", "hollow-bar", False),
        ("2022-12-XX", "hollow-bar", False),
        ("202X", "hollow-bar", False),
        ("2020-11-14~", "hollow", False),
        ("2020-11-14?", "hollow", False),
        ("[2023-09-27..2023-10-01]", "hollow-bar", False),
        ("{2023-09-27,2023-10-01}", "hollow-bar", False),
        ("[..2022-11-16]", "open-bar", False),
        ("[2022-11-16..]", "open-bar", False),
        ("2018/..", "open-bar", False),
        ("../2022", "open-bar", False),
    ],
)
def test_a_date_is_drawn_as_the_contract_says(edtf: str, kind: str, filled: bool) -> None:
    (lane,) = drawn([event(1, edtf, "harbours")], ACTORS[:1]).lanes
    (mark,) = lane.marks
    assert (mark.kind, mark.filled, mark.label) == (kind, filled, "1")
    assert bool(mark.fade) == (kind == "open-bar")


def test_an_open_bar_reaches_the_open_end_of_the_plot() -> None:
    events = [event(1, "2018-03/..", "harbours"), event(2, "../2022", "council")]
    since, until = (lane.marks[0] for lane in drawn(events).lanes)
    plot = drawn(events).plot
    assert since.ground.x > plot.x + 8
    assert since.box.x + since.box.width == pytest.approx(plot.x + plot.width, abs=3)
    assert until.box.x == pytest.approx(plot.x, abs=3)


def test_an_event_of_several_actors_stands_in_each_lane_and_one_of_none_in_others() -> None:
    figure = drawn([event(1, "2020-01-01", "harbours", "council"), event(2, "2020-06-01")])
    assert [(lane.name, [m.label for m in lane.marks]) for lane in figure.lanes] == [
        ("Ministry of Harbours", ["1"]),
        ("Fisheries Council", ["1"]),
        ("Others", ["2"]),
    ]
    assert len({lane.shape for lane in figure.lanes}) == 3


def test_there_is_no_lane_for_others_where_there_are_none() -> None:
    assert [lane.id for lane in drawn([event(1, "2020", "harbours")]).lanes] == [
        "harbours",
        "council",
    ]


def test_the_parts_of_an_event_share_its_mark_where_they_share_its_date() -> None:
    figure = drawn(
        [
            event(1, "2020-05-01", "harbours"),
            event(2, "2020-05-01", "harbours", engagement=False),
            event(3, "2020-05-01", "harbours", engagement=False),
            event(4, "2020-05-02", "harbours", engagement=False),
            event(5, "2021-05-02", "harbours"),
        ]
    )
    assert {mark.label for mark in figure.lanes[0].marks} == {"1–3", "4", "5"}
    assert "2 engagements on record" in figure.title


@pytest.mark.parametrize("count", [1, 5, 30, 300])
@pytest.mark.parametrize("actors", [1, 3, 9])
def test_nothing_overlaps_however_many_events_there_are(count: int, actors: int) -> None:
    followed = tuple(
        LaneActor(f"a{n}", f"Actor {n}", f"Actor {n}", n) for n in range(1, actors + 1)
    )
    forms = ("{0}", "{0}/2024-12-31", "{0}~", "[{0}..2024-12-31]", "{0}/..")
    events = [
        event(
            number + 1,
            forms[number % 5].format(date(2010, 1, 1) + timedelta(days=number * 17)),
            *[f"a{number % (actors + 1)}"] if number % (actors + 1) else [],
        )
        for number in range(count)
    ]
    figure = drawn(events, followed)
    assert_sound(figure, events)
    assert figure.height <= MOST_HEIGHT + 20


@pytest.mark.parametrize("count", [2, 12, 40, 41, 200])
def test_events_of_one_day_stand_apart_or_are_counted(count: int) -> None:
    events = [event(n, "2020-03-03", "harbours") for n in range(1, count + 1)]
    events.append(event(count + 1, "2022-03-03", "council"))
    figure = drawn(events)
    assert_sound(figure, events)
    marks = figure.lanes[0].marks
    assert (len(marks) == count) == (count <= 12)
    if count > MOST_MARKS:
        assert [(mark.kind, mark.count) for mark in marks] == [("cluster", count)]
        assert figure.clustered
        assert marks[0].label == f"1–{count}"


def test_up_to_forty_marks_of_a_lane_stand_alone_where_they_fit() -> None:
    events = [event(n, f"{1980 + n}-06-01", "harbours") for n in range(1, MOST_MARKS + 1)]
    assert {mark.kind for mark in drawn(events).lanes[0].marks} == {"point"}
    events.append(event(MOST_MARKS + 1, "2021-06-01", "harbours"))
    assert "cluster" in {mark.kind for mark in drawn(events).lanes[0].marks}


days = st.dates(date(1600, 1, 1), date(2100, 1, 1))


@st.composite
def chronologies(draw: st.DrawFn) -> list[FigureEvent]:
    base = draw(days)
    reach = draw(st.sampled_from([0, 3, 40, 400, 4000, 60000]))
    events = []
    for number in range(1, draw(st.integers(1, 60)) + 1):
        start = base + timedelta(days=draw(st.integers(0, reach)))
        end = start + timedelta(days=draw(st.integers(0, max(reach, 1))))
        form = draw(st.sampled_from(["{0}", "{0}~", "{0}/{1}", "[{0}..{1}]", "{0}/..", "[..{0}]"]))
        lanes = draw(st.sampled_from([(), ("harbours",), ("council",), ("harbours", "council")]))
        text = form.format(start, end) if start != end or "{1}" not in form else str(start)
        events.append(event(number, text, *lanes))
    return events


@settings(max_examples=25, deadline=None)
@given(chronologies(), st.randoms())
def test_whatever_the_dates_nothing_overlaps_and_the_order_of_input_does_not_count(
    events: list[FigureEvent], chance: object
) -> None:
    figure = drawn(events)
    assert_sound(figure, events)
    shuffled = list(events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert drawn(shuffled) == figure


@pytest.mark.parametrize(
    ("dates", "ticks"),
    [
        (["2018-04", "2023-09-27"], ["2018", "2019", "2020", "2021", "2022", "2023"]),
        (["2020-02-03", "2020-04-05", "2020-06-01"], ["Feb 2020", "Mar", "Apr", "May", "Jun"]),
        (
            ["2019-02-03", "2020-04-05", "2021-01-01"],
            ["Jan 2019", "Apr", "Jul", "Oct", "Jan 2020", "Apr", "Jul", "Oct", "Jan 2021"],
        ),
        (
            ["1971", "1986-01-01", "2004"],
            ["1970–74", "1975–79", "1980–84", "1985–89", "1990–94", "1995–99", "2000–04"],
        ),
        (["1901", "1950-01-01", "2009"], [f"{d}s" for d in range(1900, 2010, 10)]),
        (
            ["1861", "1950-01-01", "2009"],
            [f"{year}–{(year + 19) % 100:02}" for year in range(1860, 2010, 20)],
        ),
        (
            ["0001", "1950-01-01", "2009"],
            ["1–499", "500–999", "1000–1499", "1500–1999", "2000–2499"],
        ),
        (["2020-02-28", "2020-03-02", "2020-03-03"], ["28 Feb", "29", "1 Mar", "2", "3"]),
        (
            ["2020-02-28"],
            [
                "Jan 2020",
                "Feb",
                "Mar",
                "Apr",
                "May",
                "Jun",
                "Jul",
                "Aug",
                "Sept",
                "Oct",
                "Nov",
                "Dec",
            ],
        ),
    ],
)
def test_the_axis_is_in_the_unit_that_the_span_demands(dates: list[str], ticks: list[str]) -> None:
    figure = drawn([event(n, text, "harbours") for n, text in enumerate(dates, 1)])
    assert [tick.label for tick in figure.ticks if tick.label] == ticks


@pytest.mark.parametrize(
    ("dates", "title"),
    [
        (["2019-07-20"], "One engagement on record: 2019-07-20"),
        (["2019-07-20", "2019-08"], "2 engagements on record, all in 2019"),
        (["2018", "2019"], "2 engagements on record, 2018–2019"),
        (
            ["2018", "2019-01", "2019-02", "2020"],
            "4 engagements on record, 2018–2020; the busiest year was 2019, with 2",
        ),
        (["2018-01", "2018-02", "2019-01", "2019-02"], "4 engagements on record, 2018–2019"),
    ],
)
def test_the_title_states_the_finding(dates: list[str], title: str) -> None:
    assert drawn([event(n, text, "harbours") for n, text in enumerate(dates, 1)]).title == title


def test_the_alternative_text_says_who_how_many_and_when() -> None:
    figure = drawn(
        [event(1, "2018-04", "harbours"), event(2, "2019-07-20", "harbours"), event(3, "2020")]
    )
    assert figure.alt == (
        "Timeline of 3 events, one lane for each actor. "
        "Ministry of Harbours: 2, the first 2018-04, the last 2019-07-20. "
        "Fisheries Council: none. Others: 1, 2020."
    )


def test_the_figure_speaks_the_language_of_the_brief() -> None:
    figure = timeline([event(1, "2020-02-28")], ACTORS, words("es-EC"))
    assert figure is not None
    assert figure.lanes[-1].name == "Otros"
    assert [tick.label for tick in figure.ticks][:2] == ["ene 2020", "feb"]


def test_there_is_no_figure_without_events() -> None:
    assert timeline([], ACTORS, words()) is None


@pytest.mark.parametrize(
    "name",
    [
        "Directorate-General for Migration and Home Affairs of the EU",
        "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenfabrikant",
        "X",
    ],
)
def test_a_long_name_is_set_in_lines_that_fit_their_lane(name: str) -> None:
    events = [event(1, "2020", "long")]
    figure = drawn(events, (LaneActor("long", name, name, 1),))
    lane = figure.lanes[0]
    assert 1 <= len(lane.lines) <= 3
    for line in lane.lines:
        assert 13 + text_width(line, 8.4) <= lane.band.x
    assert lane.band.height >= 10 * len(lane.lines)
    assert_sound(figure, events)


def test_widths_are_estimated_close_to_the_typeface() -> None:
    from fontTools.subset import Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    from fontTools.varLib.instancer import (  # type: ignore[import-untyped]
        instantiateVariableFont,
    )

    from sourcebrief.documents.fonts import SANS, faces

    face = next(one for one in faces() if one.family == SANS and one.style == "normal")
    texts = ("Directorate-General for Migration", "1234567890", "12, 15–18", "AWMwm fjilt")
    font = TTFont(face.path)
    wanted = Subsetter()
    wanted.populate(text="".join(texts))
    wanted.subset(font)  # making all of its letters bold takes a minute
    font = instantiateVariableFont(font, {"wght": 600})
    advances, cmap = font["hmtx"], font.getBestCmap()
    units = font["head"].unitsPerEm
    for text in texts:
        true = sum(advances[cmap[ord(letter)]][0] for letter in text) / units
        assert true * 0.98 <= text_width(text, 1) <= true * 1.2


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([3], "3"), ([3, 4], "3, 4"), ([3, 4, 5], "3–5"), ([1, 3, 4, 5, 9], "1, 3–5, 9")],
)
def test_runs_of_numbers_are_joined(numbers: list[int], text: str) -> None:
    assert compact(numbers) == text


def test_the_figure_is_as_wide_as_the_text() -> None:
    assert drawn([event(1, "2020", "harbours")]).width == WIDTH

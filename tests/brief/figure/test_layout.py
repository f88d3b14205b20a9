"""The timeline: marks by the contract's table, nothing overlapping, everything inside."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebrief.brief.figure.layout import NARROW, PAGE, Form, timeline
from sourcebrief.brief.figure.placing import LABEL, MOST_MARKS
from sourcebrief.brief.figure.shapes import outline
from sourcebrief.brief.figure.text_width import text_width
from sourcebrief.brief.figure_parts import Box, Figure
from sourcebrief.brief.view import ActorView, Row
from timelines import ACTORS, drawn, event, overlap, within, words

TITLES = (
    "Talks",
    "Minister visits the port of Salis",
    "Council asks for the logbooks of the whole northern fleet",
    "Ministry and Port Authority agree to exchange cargo data and to train the staff of both",
)


def assert_sound(figure: Figure, events: list[Row]) -> None:
    """Nothing overlaps, nothing leaves its lane, and no event is missing from any of its lanes."""
    page = Box(0, 0, figure.width, figure.height)
    for lane in figure.lanes:
        assert within(lane.band, page)
        for one in lane.marks:
            assert within(one.box, lane.band), (lane.name, one.label)
            assert within(one.ground, lane.band), (lane.name, one.label)
        for one, other in combinations(lane.marks, 2):
            assert not overlap(one.box, other.box), (lane.name, one.label, other.label)
            assert not overlap(one.ground, other.box), (lane.name, one.label, other.label)
            assert not overlap(other.ground, one.box), (lane.name, one.label, other.label)
        numbers = sorted(number for one in lane.marks for number in one.numbers)
        expected = [
            e.number
            for e in events
            if (lane.id in [actor.id for actor in e.lanes] if lane.id else not e.lanes)
        ]
        assert numbers == sorted(expected)
    for upper, lower in combinations(figure.lanes, 2):
        assert not overlap(upper.band, lower.band)
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


@pytest.mark.parametrize("form", [PAGE, NARROW], ids=["page", "narrow"])
@pytest.mark.parametrize("count", [1, 2, 5, 28, 60, 150, 400])
@pytest.mark.parametrize("actors", [1, 3, 9])
def test_nothing_overlaps_however_many_events_there_are(
    count: int, actors: int, form: Form
) -> None:
    followed = tuple(
        ActorView(f"a{n}", f"Actor {n}", f"Actor {n}", n) for n in range(1, actors + 1)
    )
    forms = ("{0}", "{0}/2024-12-31", "{0}~", "[{0}..2024-12-31]", "{0}/..")
    events = [
        event(
            number + 1,
            forms[number % 5].format(date(2010, 1, 1) + timedelta(days=number * 13)),
            *[followed[number % (actors + 1) - 1]] if number % (actors + 1) else [],
            title=("Joint patrol of the coast guards begins", "Visit", "Talks on fuel")[number % 3],
        )
        for number in range(count)
    ]
    figure = drawn(events, followed, form)
    assert_sound(figure, events)
    assert figure.width == form.width
    assert figure.height <= form.most_height + 20


def chronology(count: int) -> list[Row]:
    """Events over six years, of either actor, both or neither."""
    lanes = [("harbours",), ("council",), ("harbours", "council"), ()]
    titles = ("Minister visits the port", "Council asks for the logbooks of the fleet", "Talks")
    return [
        event(
            number + 1,
            str(date(2018, 4, 1) + timedelta(days=number * 2000 // count)),
            *lanes[number % 4],
            title=titles[number % 3],
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("form", [PAGE, NARROW], ids=["page", "narrow"])
def test_events_are_named_beside_their_marks(form: Form) -> None:
    events = chronology(28)
    marks = [mark for lane in drawn(events, form=form).lanes for mark in lane.marks]
    for mark in marks:
        assert " ".join(mark.lines) in ("", events[mark.numbers[0] - 1].title)
    assert sum(bool(mark.lines) for mark in marks) >= 0.7 * len(marks)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(TITLES), min_size=1, max_size=40), st.integers(1, 14000))
def test_on_a_telephone_a_name_is_whole_or_absent_and_within_its_ground(
    titles: list[str], reach: int
) -> None:
    dates = [str(date(1985, 1, 1) + timedelta(days=n * reach // 40)) for n in range(40)]
    events = [
        event(n, day, ("harbours", "council")[n % 2], title=title)
        for n, (day, title) in enumerate(zip(dates, titles, strict=False), 1)
    ]
    figure = drawn(events, form=NARROW)
    assert_sound(figure, events)
    for mark in (mark for lane in figure.lanes for mark in lane.marks if mark.lines):
        assert " ".join(mark.lines) == events[mark.numbers[0] - 1].title
        widest = max(text_width(line, LABEL) for line in mark.lines)
        left = mark.name_x if mark.anchor == "start" else mark.name_x - widest
        last = mark.label_y + (len(mark.lines) - 1) * 8.1
        assert within(Box(left, last - LABEL * 0.7, widest, LABEL * 0.7), mark.ground)


def test_names_are_shared_out_among_the_lanes() -> None:
    events = [
        event(n, f"2024-03-{n:02}", ("harbours", "council")[n % 2], title="Treaty signed in Salis")
        for n in range(1, 31)
    ]
    named = [sum(bool(mark.lines) for mark in lane.marks) for lane in drawn(events).lanes]
    assert min(named) > 0.5 * max(named)


def test_a_lane_is_keyed_by_a_mark_that_stands_in_the_figure() -> None:
    bars = [event(1, "2020-05", "council"), event(2, "2018/..", "council")]
    point, bar = drawn([event(3, "2020-05-01", "harbours"), *bars]).lanes
    assert point.key == outline("circle", 5.0, point.name_y - 8.4 * 0.34, 3.2)
    assert bar.key.count("A") == 2  # a bar, whose ends are round, not a square
    assert not drawn(bars).lanes[0].key


def test_a_few_events_are_named_in_full_and_many_keep_the_figure_low() -> None:
    few = drawn([event(1, "2018-04-01", "harbours", title="Minister visits the port of Salis")])
    assert [mark.lines for mark in few.lanes[0].marks] == [("Minister visits the port of Salis",)]
    assert drawn(chronology(28)).height <= PAGE.height + 12


def test_a_name_stands_on_the_side_that_has_the_room() -> None:
    last = event(1, "2020-12-30", "harbours", title="Minister visits the port of Salis")
    (mark,) = drawn([event(2, "2015-01-01"), event(3, "2018-01-01"), last]).lanes[0].marks
    assert mark.anchor == "end"
    assert mark.name_x < mark.label_x < mark.middle_x


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


days = st.dates(date(1600, 1, 1), date(2100, 1, 1))


@st.composite
def chronologies(draw: st.DrawFn) -> list[Row]:
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
    events: list[Row], chance: object
) -> None:
    figure = drawn(events)
    assert_sound(figure, events)
    assert_sound(drawn(events, form=NARROW), events)
    shuffled = list(events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert drawn(shuffled) == figure


def test_there_is_no_figure_without_events() -> None:
    assert timeline([], ACTORS, words()) is None


def test_the_figure_is_as_wide_as_the_text() -> None:
    assert drawn([event(1, "2020", "harbours")]).width == PAGE.width


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

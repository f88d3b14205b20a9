"""What the timeline says in words."""

from __future__ import annotations

import pytest

from sourcebrief.brief.figure.layout import timeline
from timelines import ACTORS, drawn, event, words


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

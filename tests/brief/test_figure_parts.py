"""The parts of the figure."""

from __future__ import annotations

from timelines import drawn, event


def test_a_cluster_counts_its_events_and_a_mark_does_not() -> None:
    many = [event(n, "2020-03-03", "harbours") for n in range(1, 60)]
    (cluster,), (mark,) = (
        lane.marks for lane in drawn([*many, event(60, "2021", "council")]).lanes
    )
    assert (cluster.count, mark.count) == (59, 0)

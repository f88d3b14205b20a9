"""EDTF dates for property tests."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import assume
from hypothesis import strategies as st

from sourcebrief.dates.edtf import EDTFError, parse_edtf

if TYPE_CHECKING:
    from sourcebrief.dates.event_date import EventDate


simple_dates = st.one_of(
    st.dates().map(dt.date.isoformat),
    st.dates().map(lambda d: d.isoformat()[:7]),
    st.dates().map(lambda d: d.isoformat()[:4]),
    st.dates().map(lambda d: d.isoformat()[:7] + "-XX"),
    st.dates(min_value=dt.date(10, 1, 1)).map(lambda d: d.isoformat()[:3] + "X"),
    st.dates(min_value=dt.date(100, 1, 1)).map(lambda d: d.isoformat()[:2] + "XX"),
)


qualified_dates = st.builds(str.__add__, simple_dates, st.sampled_from(["", "", "~", "?", "%"]))


FORMS = (
    *("{a}", "{a}/{b}", "{a}/..", "../{b}", "{a}/", "[{a}..{b}]", "[{a},{b}]", "{{{a},{b}}}"),
    *("[..{a}]", "[{a}..]", "[{a},{b}..{c}]", "{{{a},{b},{c}}}", "{{..{a},{b}}}"),
)


@st.composite
def composed_dates(draw: st.DrawFn) -> str:
    a, b, c = (draw(qualified_dates) for _ in range(3))
    form = draw(st.sampled_from(FORMS))
    return form.format(a=a, b=b, c=c)


@st.composite
def event_dates(draw: st.DrawFn) -> EventDate:
    try:
        return parse_edtf(draw(composed_dates()))
    except EDTFError:
        assume(False)
        raise

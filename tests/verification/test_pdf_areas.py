"""Areas overlap in a share, and matrices act one after the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.verification.pdf_areas import (
    around,
    common,
    corners_of,
    moved,
    product,
    share,
    widened,
)

ONE = (0.0, 0.0, 10.0, 10.0)


def test_the_share_that_another_area_covers() -> None:
    assert share(ONE, (5.0, 0.0, 20.0, 10.0)) == 0.5
    assert share(ONE, (10.0, 0.0, 20.0, 10.0)) == 0.0
    assert share(ONE, widened(ONE, 3)) == 1.0
    assert common(ONE, (5.0, 5.0, 20.0, 20.0)) == (5.0, 5.0, 10.0, 10.0)


def test_a_rectangle_has_four_corners_where_the_matrix_puts_them() -> None:
    upside_down = (1.0, 0.0, 0.0, -1.0, 0.0, 100.0)
    assert around(corners_of("re", [10, 20, 30, 5], upside_down)) == (10, 75, 40, 80)
    assert corners_of("l", [1, 2], upside_down) == [(1, 98)]


NUMBERS = st.floats(-9, 9)


@given(*[st.tuples(*[NUMBERS] * 6)] * 2, NUMBERS, NUMBERS)
def test_a_product_does_what_one_does_and_then_the_other(
    one: tuple[float, ...], other: tuple[float, ...], x: float, y: float
) -> None:
    first, then = tuple(one), tuple(other)
    both = moved(x, y, product(first, then))  # type: ignore[arg-type]
    assert moved(*moved(x, y, first), then) == pytest.approx(both, abs=1e-6)  # type: ignore[arg-type]

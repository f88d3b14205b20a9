"""Contrast is that of WCAG 2.2, whose own examples these are."""

from __future__ import annotations

import pytest

from sourcebrief.verification.contrast import contrast, luminance

BLACK, WHITE, GREY = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0x77 / 255,) * 3


def test_black_and_white_are_the_ends() -> None:
    assert (luminance(BLACK), luminance(WHITE)) == (0.0, pytest.approx(1.0))
    assert contrast(BLACK, WHITE) == contrast(WHITE, BLACK) == pytest.approx(21.0)
    assert contrast(GREY, GREY) == 1.0


def test_a_grey_that_just_fails_wcag() -> None:
    assert contrast(GREY, WHITE) == pytest.approx(4.48, abs=0.01)

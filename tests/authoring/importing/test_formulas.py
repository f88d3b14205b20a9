"""MathML as text: places become signs."""

from __future__ import annotations

import pytest
from lxml import html

from sourcebrief.authoring.importing.formulas import on_one_line

SUM = "<mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow>"


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        ("<msup><mn>10</mn><mn>6</mn></msup>", "10^6"),
        ("<msub><mi>x</mi><mn>1</mn></msub><mo>=</mo><mn>2</mn>", "x_1=2"),
        (f"<mfrac>{SUM}<mi>c</mi></mfrac>", "(a+b)/c"),
        (f"<mfrac><mn>1</mn><msup>{SUM}<mn>2</mn></msup></mfrac>", "1/((a+b)^2)"),
        (f"<msqrt>{SUM}</msqrt><msqrt><mn>2</mn></msqrt>", "√(a+b)√2"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "√x root 3"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>", "∑_i^n"),
        ("<mfrac><mn>1</mn></mfrac>", "1"),
        ("<semantics><mi>x</mi><annotation>\\x</annotation></semantics>", "x"),
    ],
)
def test_a_formula(formula: str, written: str) -> None:
    assert on_one_line(html.fromstring(f"<math>{formula}</math>")) == written

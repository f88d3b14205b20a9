"""The shapes of the timeline's marks, as SVG path data."""

import math
from typing import Final


def pill(x: float, y: float, width: float, height: float) -> str:
    """Give a rectangle with round ends."""
    r = min(height / 2, width / 2)
    return (
        f"M{_n(x + r)} {_n(y)}H{_n(x + width - r)}"
        f"A{_n(r)} {_n(r)} 0 0 1 {_n(x + width - r)} {_n(y + height)}"
        f"H{_n(x + r)}A{_n(r)} {_n(r)} 0 0 1 {_n(x + r)} {_n(y)}Z"
    )


def _arrow_head(tip: float, middle: float, reach: float, half: float) -> str:
    return (
        f"M{_n(tip)} {_n(middle)}L{_n(tip + reach)} {_n(middle - half)}"
        f"L{_n(tip + reach)} {_n(middle + half)}Z"
    )


def outline(name: str, x: float, y: float, r: float) -> str:
    """Give the outline of a shape of radius `r`, all of about one area."""
    if name == "circle":
        return (
            f"M{_n(x - r)} {_n(y)}A{_n(r)} {_n(r)} 0 1 1 {_n(x + r)} {_n(y)}"
            f"A{_n(r)} {_n(r)} 0 1 1 {_n(x - r)} {_n(y)}Z"
        )
    return "M" + "L".join(f"{_n(x + px * r)} {_n(y + py * r)}" for px, py in _OUTLINES[name]) + "Z"


def _regular(
    corners: int, turn: float, radius: float, inner: float = 1.0
) -> tuple[tuple[float, float], ...]:
    points = []
    for corner in range(corners):
        angle = math.radians(turn + corner * 360 / corners)
        reach = radius * (inner if corner % 2 else 1.0)
        points.append((math.cos(angle) * reach, math.sin(angle) * reach))
    return tuple(points)


_OUTLINES: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "square": ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "triangle": ((0, -1.05), (1.12, 0.92), (-1.12, 0.92)),
    "wedge": ((0, 1.05), (1.12, -0.92), (-1.12, -0.92)),
    "pentagon": _regular(5, -90, 1.1),
    "hexagon": _regular(6, 0, 1.1),
    "star": _regular(10, -90, 1.25, 0.5),
    "cross": (
        (-0.38, -1.05),
        (0.38, -1.05),
        (0.38, -0.38),
        (1.05, -0.38),
        (1.05, 0.38),
        (0.38, 0.38),
        (0.38, 1.05),
        (-0.38, 1.05),
        (-0.38, 0.38),
        (-1.05, 0.38),
        (-1.05, -0.38),
        (-0.38, -0.38),
    ),
}


def open_bar(x: float, width: float, opens: tuple[bool, bool], middle: float) -> tuple[str, str]:
    """Draw an upright at the known end, a line, and an arrow head at each open one."""
    x0, x1 = x + 0.6, x + width - 0.6
    reach, half = 4.6, 2.8
    line0, line1 = x0, x1
    heads = ""
    stops = ""
    if opens[0]:
        line0 = x0 + reach * 0.6
        heads += _arrow_head(x0, middle, reach, half)
    else:
        stops += f"M{_n(x0)} {_n(middle - half)}V{_n(middle + half)}"
    if opens[1]:
        line1 = x1 - reach * 0.6
        heads += _arrow_head(x1, middle, -reach, half)
    else:
        stops += f"M{_n(x1)} {_n(middle - half)}V{_n(middle + half)}"
    return f"{stops}M{_n(line0)} {_n(middle)}H{_n(line1)}", heads


def _n(value: float) -> str:
    """Write a coordinate: two decimals, no trailing zeros, no minus zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text

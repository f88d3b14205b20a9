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


def outline(name: str, x: float, y: float, r: float) -> str:
    """Give the outline of a shape of radius `r`, all of about one area."""
    if name == "circle":
        return (
            f"M{_n(x - r)} {_n(y)}A{_n(r)} {_n(r)} 0 1 1 {_n(x + r)} {_n(y)}"
            f"A{_n(r)} {_n(r)} 0 1 1 {_n(x - r)} {_n(y)}Z"
        )
    return "M" + "L".join(f"{_n(x + px * r)} {_n(y + py * r)}" for px, py in _OUTLINES[name]) + "Z"


Points = tuple[tuple[float, float], ...]


def _regular(corners: int, turn: float, radius: float, inner: float = 1.0) -> Points:
    angles = [math.radians(turn + corner * 360 / corners) for corner in range(corners)]
    reaches = [radius * (inner if corner % 2 else 1.0) for corner in range(corners)]
    return tuple(
        (math.cos(a) * reach, math.sin(a) * reach) for a, reach in zip(angles, reaches, strict=True)
    )


_OUTLINES: Final[dict[str, Points]] = {
    "square": ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "triangle": ((0, -1.05), (1.12, 0.92), (-1.12, 0.92)),
    "pentagon": _regular(5, -90, 1.1),
    "wedge": ((0, 1.05), (1.12, -0.92), (-1.12, -0.92)),
    "hexagon": _regular(6, 0, 1.1),
    "star": _regular(10, -90, 1.25, 0.5),
    "cross": tuple(
        (x, y)
        for x, y in zip(
            (-0.38, 0.38, 0.38, 1.05, 1.05, 0.38, 0.38, -0.38, -0.38, -1.05, -1.05, -0.38),
            (-1.05, -1.05, -0.38, -0.38, 0.38, 0.38, 1.05, 1.05, 0.38, 0.38, -0.38, -0.38),
            strict=True,
        )
    ),
}


SHAPES: Final = ("circle", *(name for name in _OUTLINES if name != "cross"))
"""Those of the followed actors, in order."""
OTHERS: Final = "cross"


def open_bar(x: float, width: float, opens: tuple[bool, bool], middle: float) -> tuple[str, str]:
    """Draw an upright at the known end, a line, and an arrow head at each open one."""
    reach, half = 4.6, 2.8
    line, stops, heads = [], "", ""
    for end, inwards, is_open in ((x + 0.6, 1, opens[0]), (x + width - 0.6, -1, opens[1])):
        line.append(end + inwards * reach * 0.6 if is_open else end)
        if is_open:
            base = _n(end + inwards * reach)
            heads += f"M{_n(end)} {_n(middle)}L{base} {_n(middle - half)}V{_n(middle + half)}Z"
        else:
            stops += f"M{_n(end)} {_n(middle - half)}V{_n(middle + half)}"
    return f"{stops}M{_n(line[0])} {_n(middle)}H{_n(line[1])}", heads


def _n(value: float) -> str:
    """Write a coordinate: two decimals, no trailing zeros, no minus zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text

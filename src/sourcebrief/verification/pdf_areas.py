"""Areas and matrices of a PDF (ISO 32000-1, 8.3), in points."""

from typing import Any

Area = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""
Matrix = tuple[float, float, float, float, float, float]


def share(area: Area, other: Area) -> float:
    """The share of an area that another covers."""
    left, bottom, right, top = common(area, other)
    if left > right or bottom > top:
        return 0.0
    whole = (area[2] - area[0]) * (area[3] - area[1])
    return (right - left) * (top - bottom) / whole if whole else 1.0


def widened(area: Area, by: float) -> Area:
    """An area with a margin on each side."""
    left, bottom, right, top = area
    return left - by, bottom - by, right + by, top + by


def area_of(numbers: Any) -> Area:
    """The area of a rectangle of a PDF, which may begin at any of its corners."""
    left, bottom, right, top = map(float, numbers)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def common(one: Area, other: Area) -> Area:
    """What two areas share; where they share nothing, its sides are turned round."""
    (left, bottom, right, top), (west, south, east, north) = one, other
    return max(left, west), max(bottom, south), min(right, east), min(top, north)


def around(points: list[tuple[float, float]]) -> Area:
    """The smallest area that holds some points."""
    across, along = zip(*points, strict=True)
    return min(across), min(along), max(across), max(along)


def product(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that does what one does and then the other (ISO 32000-1, 8.3.4)."""
    (a, b, c, d, e, f), (k, l, m, n, o, p) = one, other  # noqa: E741
    across, along = e * k + f * m + o, e * l + f * n + p
    return a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, across, along


def moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    """Where a matrix puts a point."""
    *_, x, y = product((1, 0, 0, 1, x, y), matrix)
    return x, y


def matrix_of(operands: Any) -> Matrix:
    """The matrix of six numbers of a PDF."""
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def corners_of(name: str, numbers: list[float], matrix: Matrix) -> list[tuple[float, float]]:
    """The points between which an operator of a path draws."""
    if name == "re":
        x, y, wide, high = numbers
        numbers = [x, y, x + wide, y, x, y + high, x + wide, y + high]
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return [moved(x, y, matrix) for x, y in pairs]

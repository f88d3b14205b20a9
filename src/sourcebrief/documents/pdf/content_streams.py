"""Changes to the content stream of a page while it is still a list of operators and operands.

A stream here is the list that `pydyf` joins: an operator such as `b"BDC"` is an item of its own,
after its operands, or stands with them in one item, as in `b"0 0 0 rg"`.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATE = (b" rg", b" RG", b" gs", b" sc", b" SC", b" scn", b" SCN", b" cs", b" CS")
"""Operators that set a colour or an opacity, which what is drawn later inherits."""

_State = dict[bytes, bytes]
"""The last setting of each kind, in the order in which they were made."""


def mark_artifacts(items: list[Any], artifacts: Mapping[int, str]) -> None:
    """Turn marked-content sequences, by their number, into artifacts of a type, in place.

    The type is what follows /Type in the property list: `/Pagination /Subtype /Header`.
    """
    if not artifacts:
        return
    for i, item in enumerate(items):
        if item == b"BDC" and (kind := artifacts.get(_number(items[i - 1]))) is not None:
            items[i - 2] = "/Artifact"
            items[i - 1] = f"<</Type {kind}>>"


def draw_before(items: list[Any], moves: Mapping[int, int]) -> None:
    """Move marked-content sequences, by number, to just before another one, in place.

    Only a sequence that a pair of `q` and `Q` sets apart, in the same graphics context as its
    target, is moved, with the colour it would have had; any other stays where it is.
    """
    if not moves:
        return
    levels = count()
    stack: list[tuple[int, _State]] = [(next(levels), {})]
    starts: dict[int, tuple[int, tuple[int, ...]]] = {}
    chunks: dict[int, tuple[int, int, tuple[int, ...], _State]] = {}
    targets = frozenset(moves.values())
    for i, item in enumerate(items):
        if item == b"q":
            stack.append((next(levels), dict(stack[-1][1])))
        elif item == b"Q":
            stack.pop()
        elif item == b"BDC":
            number = _number(items[i - 1])
            if number in targets:
                starts[number] = i - 2, tuple(level for level, _ in stack)
            elif number in moves and (span := _set_apart(items, i)) is not None:
                first, last = span
                outside = stack[: len(stack) - items[first:i].count(b"q")]
                around = tuple(level for level, _ in outside)
                chunks[number] = first, last, around, dict(outside[-1][1])
        elif isinstance(item, bytes) and item.endswith(_STATE):
            _note(stack[-1][1], item)
    insertions: dict[int, list[Any]] = {}
    removed: list[tuple[int, int]] = []
    for number, target in moves.items():
        if number not in chunks or target not in starts:
            continue
        first, last, around, state = chunks[number]
        at, context = starts[target]
        if context == around:
            drawn = [b"q", *state.values(), *items[first : last + 1], b"Q"]
            insertions.setdefault(at, []).extend(drawn)
            removed.append((first, last))
    if insertions:
        items[:] = _rearranged(items, insertions, removed)


def _number(properties: Any) -> int:
    return properties.get("MCID", -1) if isinstance(properties, dict) else -1


def _set_apart(items: list[Any], at: int) -> tuple[int, int] | None:
    """Return the first `q` and the last `Q` right around a sequence, or None."""
    first = at - 2
    last = items.index(b"EMC", at)
    while items[first - 1] == b"q" and last + 1 < len(items) and items[last + 1] == b"Q":
        first, last = first - 1, last + 1
    return (first, last) if first < at - 2 else None


def _note(state: _State, setting: bytes) -> None:
    # An opacity is a named state, and those of fill and stroke differ in the case of their name.
    operator = setting.rpartition(b" ")[2]
    kind = setting[:2] if operator == b"gs" else operator
    state.pop(kind, None)
    state[kind] = setting


def _rearranged(
    items: list[Any], insertions: Mapping[int, list[Any]], removed: list[tuple[int, int]]
) -> list[Any]:
    gone = {i for first, last in removed for i in range(first, last + 1)}
    result: list[Any] = []
    for i, item in enumerate(items):
        result.extend(insertions.get(i, ()))
        if i not in gone:
            result.append(item)
    return result

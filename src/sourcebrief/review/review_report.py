"""A review in words: a line for each remark, as text, JSON or annotations of GitHub."""

import json
from collections.abc import Iterator, Sequence
from typing import Final

from sourcebrief.errors import Problem
from sourcebrief.review.place_remarks import PlacedRemark, signed
from sourcebrief.text.characters import visible

_OF_REMARK: Final = (
    *("number", "kind", "author", "date", "tracked", "address", "says", "old", "new", "reply_to"),
    "caution",
)


def message(placed: PlacedRemark) -> str:
    """Return what a line says of a remark behind its place."""
    remark = placed.remark
    words = " ".join(remark.says.split())
    if remark.kind == "comment":
        about = f' on "{remark.old}"' if remark.old else ""
        reply = " in reply" if remark.reply_to is not None else ""
        state = " (resolved)" if remark.resolved else ""
        return visible(f"{signed(remark)}, comment{reply}{about}{state}: {words}")
    care = f"read the passage first: {remark.caution}" if remark.caution else ""
    left = placed.reason if placed.done else f"not applied: {placed.reason}"
    state = "applied" if placed.applied else left if placed.reason else care
    return visible(f"{signed(remark)}: {words}{f' ({state})' if state else ''}")


def review_report(placed: Sequence[PlacedRemark], form: str) -> Iterator[str]:
    """Yield the lines of a report in a form: text, json (one value) or github."""
    if form == "json":
        yield json.dumps([_as_json(one) for one in placed], ensure_ascii=False, indent=2)
        return
    for one in placed:
        yield f"{one.place}: {message(one)}"


def as_problems(placed: Sequence[PlacedRemark]) -> list[Problem]:
    """Return the remarks as warnings, which GitHub shows beside the lines."""
    return [Problem(one.place, message(one), "warning") for one in placed]


def state_of(placed: PlacedRemark) -> str:
    """Return in one word what can be done with a remark."""
    if placed.remark.kind == "comment":
        return "resolved" if placed.remark.resolved else "open"
    if placed.applied:
        return "applied"
    if placed.done:
        return "done"
    if placed.conflict:
        return "conflict"
    return "applicable" if placed.writes else "refused"


def _as_json(placed: PlacedRemark) -> dict[str, object]:
    remark = placed.remark
    told = {name: getattr(remark, name) for name in _OF_REMARK}
    told["author"] = " ".join(remark.author.split())
    return {
        "path": placed.place.path,
        "line": placed.place.line,
        "column": placed.place.column,
        "files": list(placed.files),
        **{key: visible(said) if isinstance(said, str) else said for key, said in told.items()},
        "state": state_of(placed),
        "reason": visible(placed.reason),
    }

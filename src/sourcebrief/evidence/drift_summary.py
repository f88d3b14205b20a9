"""The summary of what a changed seed does to the evidence, in one clause of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sourcebrief.evidence.drift import Drift
from sourcebrief.text.phrases import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebrief.evidence.changed_seeds import QuotationDrift, SeedDrift, Statement

_MOST_NAMES: Final = 3
_MOST_STATEMENTS: Final = 6


def summarize_drift(found: SeedDrift) -> str:
    """The whole in one clause: how many quotations fared how, and what rests on the worse of them.

    Names are given up to a few; `pin` lists them all.
    """
    lost = [one for one in found.quotations if not one.stands]
    if not found.quotations:
        clause = "no quotation rests on it"
    elif not found.known or all(one.drift is None for one in found.quotations):
        clause = _standing(found, lost)
    else:
        parts = [_part(kind.value, found.having(kind)) for kind in Drift if found.having(kind)]
        if unknown := found.having(None):
            parts.append(_part("not in the text that was pinned", unknown))
        count = count_of(len(found.quotations), "quotation")
        only = f"all {count}" if len(found.quotations) > 1 else "its quotation"
        clause = f"of {count} {_listed(parts)}" if len(parts) > 1 else f"{only} {_alone(parts[0])}"
        # Those altered and gone are named already; a repeat, say, makes others fall too.
        others = [one for one in lost if one.drift in (Drift.UNMOVED, Drift.MOVED)]
        if others:
            clause += f"; no longer evidence though the words stand: {_events(others)}"
    if found.statements:
        clause += f"; to be read again: {list_statements(found.statements, _MOST_STATEMENTS)}"
    return clause


def _standing(found: SeedDrift, lost: list[QuotationDrift]) -> str:
    count = len(found.quotations)
    if not lost:
        return (
            f"all {count_of(count, 'quotation')} from it still stand"
            if count > 1
            else "its quotation stands"
        )
    stand = "stands" if len(lost) == 1 else "stand"
    return f"{len(lost)} of {count_of(count, 'quotation')} no longer {stand} ({_events(lost)})"


def _part(word: str, quotations: tuple[QuotationDrift, ...]) -> str:
    # Whatever has not moved needs no name.
    names = "" if word == Drift.UNMOVED.value else f" ({_events(quotations)})"
    return f"{len(quotations)} {word}{names}"


def _alone(part: str) -> str:
    """A part that is the whole: without its number."""
    return part.split(" ", 1)[1]


def _events(quotations: Iterable[QuotationDrift]) -> str:
    names = tuple(dict.fromkeys(one.event for one in quotations))
    return _shortened(names, _MOST_NAMES)


def list_statements(statements: Iterable[Statement], most: int | None = None) -> str:
    """Statements by briefing: "the bottom line and judgement 2 of ports"; `most` of them each."""
    by_briefing: dict[str, list[str]] = {}
    for one in statements:
        by_briefing.setdefault(one.briefing, []).append(one.name)
    parts = []
    for briefing, names in by_briefing.items():
        listed = _listed(names) if most is None else _shortened(names, most)
        parts.append(f"{listed} of {briefing}")
    return "; ".join(parts)


def _shortened(names: Iterable[str], most: int) -> str:
    names = list(names)
    if len(names) <= most + 1:
        return _listed(names)
    return _listed([*names[:most], f"{len(names) - most} more"])


def _listed(words: Iterable[str]) -> str:
    words = list(words)
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""

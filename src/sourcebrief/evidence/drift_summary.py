"""The summary of what a changed seed does to the evidence, in one clause of a message."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from sourcebrief.evidence.drift import Drift
from sourcebrief.text.phrases import count_of, listed

if TYPE_CHECKING:
    from sourcebrief.evidence.changed_seeds import QuotationDrift, SeedDrift, Statement

_MOST_NAMES: Final = 3
_MOST_STATEMENTS: Final = 6


def summarize_drift(found: SeedDrift) -> str:
    """Say in one clause what became of the quotations, and what rests on the worse of them.

    It gives a few names; `pin` lists them all.
    """
    count = count_of(len(found.quotations), "quotation")
    several = len(found.quotations) > 1
    lost = [one for one in found.quotations if not one.stands]
    if not found.quotations:
        clause = "no quotation rests on it"
    elif not found.known or all(one.drift is None for one in found.quotations):
        if lost:
            stand = "stands" if len(lost) == 1 else "stand"
            clause = f"{len(lost)} of {count} no longer {stand} ({_events(lost)})"
        else:
            clause = f"all {count} from it still stand" if several else "its quotation stands"
    else:
        parts = [_part(kind.value, found.having(kind)) for kind in Drift if found.having(kind)]
        if unknown := found.having(None):
            parts.append(_part("not in the text that was pinned", unknown))
        whole = f"all {count}" if several else "its quotation"
        alone = parts[0].split(" ", 1)[1]
        clause = f"of {count} {listed(parts)}" if len(parts) > 1 else f"{whole} {alone}"
        # Those altered and gone are named already; others fall because, say, they now repeat.
        others = [one for one in lost if one.drift in (Drift.UNMOVED, Drift.MOVED)]
        if others:
            clause += f"; no longer evidence though the words stand: {_events(others)}"
    if found.statements:
        clause += f"; to be read again: {list_statements(found.statements, _MOST_STATEMENTS)}"
    return clause


def _part(word: str, quotations: tuple[QuotationDrift, ...]) -> str:
    # What has not moved needs no name.
    names = "" if word == Drift.UNMOVED.value else f" ({_events(quotations)})"
    return f"{len(quotations)} {word}{names}"


def list_statements(statements: Iterable[Statement], most: int | None = None) -> str:
    """List statements by briefing, at most `most` of each: "judgement 2 and gap 1 of ports"."""
    by_briefing: dict[str, list[str]] = {}
    for one in statements:
        by_briefing.setdefault(one.briefing, []).append(one.name)
    return "; ".join(
        f"{_shortened(names, len(names) if most is None else most)} of {briefing}"
        for briefing, names in by_briefing.items()
    )


def _events(quotations: Iterable[QuotationDrift]) -> str:
    return _shortened(list(dict.fromkeys(one.event for one in quotations)), _MOST_NAMES)


def _shortened(names: list[str], most: int) -> str:
    if len(names) > most + 1:
        names = [*names[:most], f"{len(names) - most} more"]
    return listed(names)

"""What a changed seed does, in words: the quotations by their fate, the statements by briefing."""

from collections.abc import Iterable
from typing import Final

from sourcebrief.evidence.changed_seeds import Drift, QuotationDrift, SeedDrift, Statement
from sourcebrief.text.phrases import count_of, listed, listed_up_to

_MOST_NAMES: Final = 3
_MOST_STATEMENTS: Final = 6


def summarize_drift(found: SeedDrift) -> str:
    """Say in one clause what became of the quotations, and what rests on the worse of them.

    It gives a few names; `pin` lists them all.
    """
    quotations = found.quotations
    count = count_of(len(quotations), "quotation")
    whole = f"all {count}" if len(quotations) > 1 else "its quotation"
    lost = [one for one in quotations if not one.stands]
    kinds = [kind for kind in (*Drift, None) if any(one.drift is kind for one in quotations)]
    if not quotations:
        clause = "no quotation rests on it"
    elif kinds == [None] and lost:
        stand = "stands" if len(lost) == 1 else "stand"
        clause = f"{len(lost)} of {count} no longer {stand} ({_events(lost)})"
    elif kinds == [None]:
        clause = f"{whole} from it still stand" if len(quotations) > 1 else f"{whole} stands"
    else:
        alike = [[one for one in quotations if one.drift is kind] for kind in kinds]
        fates = [_fate(kind, those) for kind, those in zip(kinds, alike, strict=True)]
        counted = (f"{len(those)} {fate}" for those, fate in zip(alike, fates, strict=True))
        clause = f"of {count} {listed(counted)}" if len(kinds) > 1 else f"{whole} {fates[0]}"
        # Those altered and gone are named already; others fall because, say, they now repeat.
        if others := [one for one in lost if one.drift in (Drift.UNMOVED, Drift.MOVED)]:
            clause += f"; no longer evidence though the words stand: {_events(others)}"
    if stale := [one for one in quotations if one.stale_translation]:
        clause += f"; to be translated again: {_events(stale)}"
    if found.statements:
        clause += f"; to be read again: {list_statements(found.statements, _MOST_STATEMENTS)}"
    return clause


def _fate(kind: Drift | None, quotations: Iterable[QuotationDrift]) -> str:
    if kind is Drift.UNMOVED:
        return "unmoved"  # needs no names
    return f"{kind.value if kind else 'not in the text that was pinned'} ({_events(quotations)})"


def list_statements(statements: Iterable[Statement], most: int | None = None) -> str:
    """List statements by briefing, at most `most` of each: "judgement 2 and gap 1 of ports"."""
    by_briefing: dict[str, list[str]] = {}
    for one in statements:
        by_briefing.setdefault(one.briefing, []).append(one.name)
    return "; ".join(
        f"{listed_up_to(names, len(names) if most is None else most)} of {briefing}"
        for briefing, names in by_briefing.items()
    )


def _events(quotations: Iterable[QuotationDrift]) -> str:
    return listed_up_to(dict.fromkeys(one.event for one in quotations), _MOST_NAMES)

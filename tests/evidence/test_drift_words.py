"""What a changed seed does, said in one clause."""

from __future__ import annotations

import pytest

from sourcebrief.errors import Place
from sourcebrief.evidence.changed_seeds import (
    Drift,
    Drifted,
    QuotationDrift,
    SeedDrift,
    Statement,
)
from sourcebrief.evidence.drift_words import list_statements, summarize_drift

HERE = Place("events.yaml")


def quotation(event: str, drift: Drift | None, *, stands: bool = True) -> QuotationDrift:
    now = () if drift is None else (Drifted(drift),)
    return QuotationDrift(event, "words", HERE, stands, (), now, ("ports",), ())


@pytest.mark.parametrize(
    ("quotations", "summary"),
    [
        ([], "no quotation rests on it"),
        ([quotation("a", Drift.MOVED)], "its quotation moved (a)"),
        ([quotation("a", Drift.UNMOVED)] * 2, "all 2 quotations unmoved"),
        ([quotation("a", None)] * 2, "all 2 quotations from it still stand"),
        ([quotation("a", None), quotation("b", None, stands=False)],
         "1 of 2 quotations no longer stands (b)"),
        ([quotation("a", Drift.UNMOVED), quotation("b", Drift.ALTERED, stands=False)],
         "of 2 quotations 1 unmoved and 1 altered (b)"),
        ([quotation("a", Drift.UNMOVED, stands=False)],
         "its quotation unmoved; no longer evidence though the words stand: a"),
        ([quotation(name, Drift.GONE, stands=False) for name in "abcde"],
         "all 5 quotations gone (a, b, c and 2 more)"),
    ],
)  # fmt: skip
def test_the_summary_counts_and_names(quotations: list[QuotationDrift], summary: str) -> None:
    assert summarize_drift(SeedDrift("s", "s.txt", tuple(quotations))) == summary


def test_statements_are_listed_by_briefing() -> None:
    names = ("bottom line", "judgement 2", "gap 1", "gap 2")
    statements = [Statement("ports", name, HERE) for name in names]
    statements.append(Statement("coast", "gap 1", HERE))
    assert list_statements(statements, 2) == (
        "bottom line, judgement 2 and 2 more of ports; gap 1 of coast"
    )
    assert list_statements(statements[:2]) == "bottom line and judgement 2 of ports"

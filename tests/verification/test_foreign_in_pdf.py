"""Where a PDF cannot be compared with one made again, it may hold only what builds write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_compare_pdf import FORGERIES, resaved

from sourcebrief.verification.foreign_in_pdf import foreign_in_pdf
from sourcebrief.verification.remake import Remade
from sourcebrief.verification.verify import verify

if TYPE_CHECKING:
    from inspections import Built

FIRST = Path(__file__).parent / "first_edition/port.pdf"
OTHER = Remade(b"%PDF-1.7 of another version", other=("weasyprint 68.0 (here 70.0)",))
ONLY_MADE_AGAIN = frozenset(
    {
        *("clipped text", "a letter that is a space", "a pattern"),
    }
)
"""Kinds that have nothing foreign in them; only the document made again shows them."""


@pytest.mark.parametrize("briefing", ["harbours", "muelle"])
def test_a_built_document_holds_nothing_foreign(built: Built, briefing: str) -> None:
    assert foreign_in_pdf(built.bytes(briefing, "pdf"), None) == []


def test_the_first_edition_wrote_nothing_foreign() -> None:
    assert foreign_in_pdf(FIRST.read_bytes(), None) == []


@pytest.mark.parametrize("kind", sorted(FORGERIES.keys() - ONLY_MADE_AGAIN))
def test_what_no_build_writes_is_named(built: Built, kind: str) -> None:
    data = built.bytes("harbours", "pdf")
    forged = resaved(data, FORGERIES[kind][0])
    assert verify(forged, remade=Remade(reason="it was not tried")).problems


def test_of_another_version_it_is_read_and_that_is_said(built: Built) -> None:
    data = built.bytes("muelle", "pdf")
    verdict = verify(resaved(data), remade=Remade(data + b" ", other=OTHER.other))
    assert (verdict.problems, verdict.reached) == ((), ("remade",))

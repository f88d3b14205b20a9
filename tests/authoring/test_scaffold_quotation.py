"""The passages that a new briefing may quote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.authoring.scaffold_quotation import quotable_passages
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, locate


@given(st.text(min_size=1, max_size=300))
def test_every_quotation_that_is_offered_stands(text: str) -> None:
    seed = read_seed(text)
    for offered in quotable_passages(seed):
        assert isinstance(locate(" ".join(offered.split()), seed), LocatedQuotation)

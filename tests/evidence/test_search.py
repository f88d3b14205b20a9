"""The search for the pieces of a quotation."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.evidence import search
from sourcebrief.evidence.brackets import Atom
from sourcebrief.evidence.folding import JOINT, Folded, fold_text
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import Miss, MissReason, locate


@pytest.mark.parametrize(
    ("quotation", "text"),
    [
        ("one two three [...] four five six", "four five six. " * 3000 + "one two three. " * 3000),
        ("one two three [x] four five six", "one two three. " * 3000 + "four five six. " * 3000),
        ("[sic] [...] one two three", "one two three. "),
        (" [x] ".join(["one two three"] * 20), "one two three. " * 2000),
    ],
    ids=["in the other order", "far apart", "a bracket alone", "many brackets"],
)
def test_repeats_do_not_multiply_the_work(quotation: str, text: str) -> None:
    started = time.process_time()
    assert isinstance(locate(quotation, read_seed(text, language="en")), Miss)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("quotation", ["[sic]", "[sic] [sic]", "[t]", "e[d]", "[...]", "[a] [b]"])
@pytest.mark.parametrize("text", ["", "\ufeff", "A seed of some words.\n\nAnd again words."])
def test_marks_alone_are_no_quotation_and_end(quotation: str, text: str) -> None:
    found = locate(quotation, read_seed(text, language="en"))
    assert isinstance(found, Miss)
    assert found.reason in (MissReason.EMPTY, MissReason.TOO_SHORT)


@given(
    st.text("abA1 -\u0301", min_size=1, max_size=7),
    st.lists(st.sampled_from([*"abaaA1 -", "-\n", "-\n", "\u0301"]), max_size=20).map("".join),
)
def test_plain_words_stand_where_the_expression_of_their_atom_finds_them(
    words: str, text: str
) -> None:
    wanted, folded = fold_text(words), Folded(text, seed=True).text
    joined = {(folded[at.start() - 1], folded[at.end()]) for at in re.finditer(JOINT, folded)}
    expression = search._expression(Atom(wanted), joined, "en")
    # A look ahead finds those that overlap too.
    found = [at.span(1) for at in re.finditer(f"(?=({expression}))", folded)]
    assert list(search._spans(wanted, folded)) == found

"""The nearest passage to words that do not stand in a seed."""

import time

import ecuador
from sourcebrief.evidence.misses import explain
from sourcebrief.evidence.nearest_passage import nearest_passage, word_differences
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import Miss, locate


def test_the_nearest_passage_is_the_seeds_own() -> None:
    words = "The visit of the Commissioner for Home Affairs, Ylva Johansson, was a weak signal"
    near = nearest_passage(words, ecuador.seed(4))
    assert near is not None
    assert near.paragraph == 3
    passage = ecuador.text(4)[near.start : near.end]
    assert [(d.seed, d.quotation) for d in word_differences(words, passage)] == [
        ("Internal", "Home"),
        ("strong", "weak"),
    ]


def test_what_is_unlike_has_no_nearest_passage() -> None:
    assert nearest_passage("Colourless green ideas sleep furiously", ecuador.seed(3)) is None


def test_a_vast_paragraph_does_not_take_for_ever() -> None:
    seed = read_seed("all parties agreed to widen " * 100_000)
    miss = locate("all parties agreed to broaden", seed)
    assert isinstance(miss, Miss)
    started = time.process_time()
    explain(miss, "s", {"s": seed})
    assert time.process_time() - started < 5

"""Every alteration of a quotation or its passage is caught; every typographic variant passes."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecuador
from sourcebrief.evidence.folding import fold_text
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, Miss, locate

quotations = st.sampled_from(ecuador.QUOTATIONS)
letters = st.sampled_from("aAbeinorstzéñ0159")


@pytest.mark.parametrize(("number", "quotation"), ecuador.QUOTATIONS)
def test_the_quotations_stand(number: int, quotation: str) -> None:
    located = locate(quotation, ecuador.seed(number))
    assert isinstance(located, LocatedQuotation)
    (piece,) = located.pieces
    assert ecuador.text(number)[piece.start : piece.end] == piece.exact
    assert fold_text(piece.exact) == fold_text(quotation)


@pytest.mark.parametrize(("number", "quotation"), ecuador.QUOTATIONS)
def test_every_substitution_of_a_letter_is_caught(number: int, quotation: str) -> None:
    for at, letter in enumerate(quotation):
        if letter.isalnum():
            for other in {"x", "a", letter.swapcase(), "7"} - {letter}:
                altered = quotation[:at] + other + quotation[at + 1 :]
                assert isinstance(locate(altered, ecuador.seed(number)), Miss), altered


@pytest.mark.parametrize(("number", "quotation"), ecuador.QUOTATIONS)
def test_every_deletion_of_a_letter_is_caught(number: int, quotation: str) -> None:
    for at, letter in enumerate(quotation):
        if letter.isalnum():
            altered = quotation[:at] + quotation[at + 1 :]
            located = locate(altered, ecuador.seed(number))
            # A word of one letter at an end may go: what is left is a shorter valid quotation.
            assert isinstance(located, Miss) or altered.strip() in quotation, altered


@given(quotations, st.integers(0, 400), letters)
def test_every_insertion_of_a_letter_is_caught(
    quotation: tuple[int, str], at: int, letter: str
) -> None:
    number, words = quotation
    at %= len(words) + 1
    altered = words[:at] + letter + words[at:]
    assert isinstance(locate(altered, ecuador.seed(number)), Miss)


@given(quotations, st.integers(0, 400), letters, st.sampled_from(("insert", "replace", "delete")))
def test_every_change_of_a_letter_in_the_passage_is_caught(
    quotation: tuple[int, str], at: int, letter: str, change: str
) -> None:
    number, words = quotation
    located = locate(words, ecuador.seed(number))
    assert isinstance(located, LocatedQuotation)
    (piece,) = located.pieces
    at = piece.start + at % len(piece.exact)
    text = ecuador.text(number)
    if change == "insert":
        text = text[:at] + letter + text[at:]
    elif not text[at].isalnum() or (change == "replace" and text[at] == letter):
        return
    else:
        text = text[:at] + (letter if change == "replace" else "") + text[at + 1 :]
    assert isinstance(locate(words, read_seed(text)), Miss)


VARIANTS = {
    "'": "'‘’‛′´`",
    "’": "'‘’‚′´`",
    '"': '"“”„«»″',
    "“": '"“”„«»″',
    "”": '"“”„«»″',
    "-": "-‐‑‒–—―−",
    " ": " \u00a0\n\t\u2003",
}


@given(quotations, st.integers(0, 2**32))
def test_every_typographic_variant_passes(quotation: tuple[int, str], chance: int) -> None:
    number, words = quotation
    choice = random.Random(chance)
    varied = ""
    for letter in words:
        varied += choice.choice(VARIANTS.get(letter, letter))
        varied += choice.choice(["", "", "", "\u00ad", "\u200b", "\u2060", "\u200e"])
    varied = varied.replace("é", "e\u0301").replace("fi", "\ufb01").replace("...", "…")
    plain, other = (locate(text, ecuador.seed(number)) for text in (words, varied))
    assert isinstance(other, LocatedQuotation)
    assert isinstance(plain, LocatedQuotation)
    assert other.pieces == plain.pieces


@given(quotations, st.integers(0, 2**32))
def test_variants_in_the_seed_pass_too(quotation: tuple[int, str], chance: int) -> None:
    number, words = quotation
    choice = random.Random(chance)
    text = ecuador.text(number)
    # Hyphens keep their kind: a dash would part the words that a hyphen joins.
    alike = {key: value for key, value in VARIANTS.items() if key not in "- "} | {"-": "-‐‑"}
    varied = "".join(choice.choice(alike.get(letter, letter)) for letter in text)
    varied = varied.replace("\n", "\r\n").replace("í", "i\u0301").replace("fi", "\ufb01")
    seed = read_seed(varied)
    located = locate(words, seed)
    assert isinstance(located, LocatedQuotation)
    assert all(varied[p.start : p.end] == p.exact for p in located.pieces)
    assert fold_text(located.pieces[0].exact) == fold_text(words)


@given(st.integers(0, 4), st.integers(0, 10_000), st.integers(2, 30))
def test_every_run_of_whole_words_that_stands_once_is_found(
    number: int, start: int, count: int
) -> None:
    seed = ecuador.seed(number)
    paragraph = seed.paragraphs[start % len(seed.paragraphs)]
    words = paragraph.text.split()
    first = start % len(words)
    quotation = " ".join(words[first : first + count])
    located = locate(quotation, seed, paragraph.number)
    if isinstance(located, LocatedQuotation):
        assert located.printed == quotation
    else:
        folded = fold_text(quotation)
        short = (
            len(folded) < 12
            or sum(any(map(str.isalnum, word)) for word in words[first : first + count]) < 2
        )
        assert short or fold_text(paragraph.text).count(folded) > 1 or "—" in folded


ALTERED = [
    (0, "today welcomed Ecuador as the 52nd nation member of the Clean Network", "figure"),
    (0, "today welcomed Colombia as the 51st nation member of the Clean Network", "name"),
    (0, "Ecuador no longer supports the principles of the Clean Network initiative", "negation"),
    (0, "Ecuador supports the principle of the Clean Network initiative", "number"),
    (1, "So we are not willing to provide technical assistance in that area", "negation"),
    (1, "So we are unwilling to provide technical assistance in that area", "negation"),
    (1, "Pompeo was a congressman from 2011 to 2018", "figure"),
    (1, "Published 20 July 2019", "date"),
    (1, "Published 1 July 2019", "date"),
    (1, "1 July 2019", "cut word"),
    (1, "the decision to hand Nicolas Maduro over to the British authorities", "name"),
    (1, "United States Secretary of State Mike Pence met Saturday", "name"),
    (2, "The meeting, which took place on November 16, 2021", "date"),
    (2, "The meeting, which took place on November 1", "cut figure"),
    (2, "President Lasso asked Secretary of Defense Antony Blinken", "office"),
    (2, "to increase money laundering", "reversal"),
    (2, "dollars1 for the first month", "invention"),
    (2, "Regular subscription options $4", "cut figure"),
    (3, "that was legally transporting Ecuadorians to the United States", "cut word, altered"),
    (3, "legally transporting Ecuadorians to the United States", "cut word"),
    (3, "regular migration. President of Ecuador Guillermo Lasso", "cut word"),
    (3, "Quito supported TCIU was established in April 2018", "cut compound"),
    (3, "The HSI-Quito supported TCIU was abolished in April 2018", "verb"),
    (3, "Ecuador relationship and reiterated", "cut compound"),
    (3, "importance of the U.S", "cut initialism"),
    (4, "took place this week, September 26 and 27, 2022", "date"),
    (4, "took place this week, September 26 and 2", "cut figure"),
    (4, "The visit of the Commissioner for Internal Affairs, Ylva Johannson", "spelling"),
    (4, "which will disable the posting of a liaison officer", "prefix"),
    (4, "able the posting of a liaison officer to this European agency", "cut word"),
]


@pytest.mark.parametrize(("number", "quotation", "_kind"), ALTERED, ids=[a[2] for a in ALTERED])
def test_altered_quotations_fail(number: int, quotation: str, _kind: str) -> None:
    assert isinstance(locate(quotation, ecuador.seed(number)), Miss)

"""Rule 2: what is folded, and the way back to the offsets of the original."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.evidence.folding import JOINT, Folded, fold_paragraphs, fold_text, printed_line

TROUBLE = st.text(
    st.sampled_from(
        "abzAé \n\r\t\f-.'`,19%«»\u00ad\u200b\u200d\ufeff\u2010\u2011\u2013\u2014\u2212\u2018\u201c"
        "\u2026\ufb01\ufb03\u0301\u0323\u00a0\u2028\u1100\u1161\u11a8\u1ffd\u212b\u00b4\u0344가"
    ),
    max_size=14,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("cafe\u0301", "café"),
        ("\u212bngström", "Ångström"),
        ("a\u0323\u0301 and a\u0301\u0323", "ạ\u0301 and ạ\u0301"),
        ("\u1100\u1161\u11a8", "각"),
        ("\ufb00 \ufb01 \ufb02 \ufb03 \ufb04 \ufb05 \ufb06", "ff fi fl ffi ffl st st"),
        ("wait…", "wait..."),
        ("‘a’ ‚b‛ ‹c› d′ e‵ f` g´ hʼ", "'a' 'b' 'c' d' e' f' g' h'"),
        ("“a” „b‟ «c» d″ e‶", '"a" "b" "c" d" e"'),
        ("\u1ffd", "'"),
        ("a‐b‑c‒d–e—f―g−h", "a-b-c-d-e-f-g-h"),
        ("a -- b --- c—–d", "a-b-c-d"),
        ("crime — terror – crime —terror- crime", "crime-terror-crime-terror- crime"),
        (
            "crime - terror, pre- and post-war, from -5 to −5",
            "crime-terror, pre- and post-war, from -5 to -5",
        ),
        ("- item, 5 – 7 days", "-item, 5 - 7 days"),
        ("dit « oui » et «\u202fnon\u202f».", 'dit "oui" et "non".'),
        ("sagte »ja« und »nein«", 'sagte "ja" und "nein"'),
        ("50 % or 50\u202f% of a %", "50% or 50% of a %"),
        ("``a'' and ‘‘b’’", '"a" and "b"'),
        ("co\u00adoper\u200bate\u2060 \u202enow\u202c\ufeff", "cooperate now"),
        ("e\u200d\u0301", "é"),
        ("a\u00a0b \t c\r\n\fd\u2003e", "a b c d e"),
        ("a \u200b b", "a b"),
        ("Case, words and 123 count", "Case, words and 123 count"),
    ],
)
def test_typography_is_folded_and_words_are_not(written: str, folded: str) -> None:
    assert Folded(written).text == folded


def test_single_and_double_marks_differ() -> None:
    assert Folded("‘a’").text != Folded("“a”").text


@pytest.mark.parametrize(
    "written",
    [
        "infor-\nmation",
        "infor‐\r\n  mation",
        "infor- \t\rmation",
        "infor\xad\nmation",
        "infor-\n\x0cmation",
        "infor\u200b-\u200b\nmation",
        "oe\u0301-\nmation",
        "in-\n\ufb01nite",
    ],
)
def test_a_hyphen_at_a_line_end_of_a_seed_is_a_joint(written: str) -> None:
    assert JOINT in Folded(written, seed=True).text
    assert JOINT not in Folded(written).text


@pytest.mark.parametrize(
    "written",
    [
        "U.S.-\nEcuador",
        "word -\nword",
        "word—\nword",
        "word--\nword",
        "1990-\nish",
        "a-\n1",
        "a-b",
        "anti-\n",
        "-\nmation",
        "Anti-\nCorruption",
        "infor- mation",
    ],
)
def test_other_hyphens_are_no_joints(written: str) -> None:
    assert JOINT not in Folded(written, seed=True).text


@pytest.mark.parametrize(
    ("written", "folded"),
    [("anti-\nCorruption", "anti-Corruption"), ("COVID-\r\n 19", "COVID-19"),
     ("word -\nWord", "word-Word"), ("pre-\n\xadWar", "pre-War"), ("so\xad\nSo", "so So")],
)  # fmt: skip
def test_before_a_capital_or_a_digit_a_hyphen_at_a_line_end_is_a_hyphen(
    written: str, folded: str
) -> None:
    assert Folded(written, seed=True).text == folded
    assert fold_text(printed_line(written)) == folded


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("the Corona-Warn-\n  App", "the Corona-Warn-App"),
        ("COVID-\r\n 19", "COVID-19"),
        ("infor-\nmation", "infor- mation"),
        ("pre- and\npost-war", "pre- and post-war"),
        ("1990-\n2000", "1990- 2000"),
        ("the sea -\nAnd", "the sea - And"),
    ],
)
def test_words_of_a_seed_print_printed_line(written: str, printed: str) -> None:
    assert printed_line(written) == printed


@given(TROUBLE)
def test_slices_of_words_lead_back_to_their_words(text: str) -> None:
    text = f"one {text} two"
    folded = Folded(text, seed=True)
    first, last = folded.span(len(folded.text) - 3, len(folded.text))
    assert (folded.span(0, 3), text[first:last]) == ((0, 3), "two")


def test_offsets_lead_back_to_the_original() -> None:
    folded = Folded("the o\ufb03ce\u00ad  cafe\u0301… end")
    assert folded.text == "the office café... end"

    def source(words: str) -> str:
        start = folded.text.index(words)
        first, last = folded.span(start, start + len(words))
        return folded.source[first:last]

    assert source("office") == "o\ufb03ce"
    assert source("café") == "cafe\u0301"
    assert source("...") == "…"
    assert source("office café") == "o\ufb03ce\u00ad  cafe\u0301"
    assert source("end") == "end"


@given(TROUBLE | st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold_text(text)
    assert fold_text(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(TROUBLE, st.booleans())
def test_the_map_is_monotone_and_covers_the_original(text: str, seed: bool) -> None:
    folded = Folded(text, seed=seed)
    offsets = list(folded.offsets)
    assert len(offsets) == len(folded.text) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    assert all(0 <= offset <= len(text) for offset in offsets)


@given(TROUBLE)
def test_each_slice_between_its_offsets_folds_to_its_characters(text: str) -> None:
    folded = Folded(text)
    offsets = folded.offsets
    cuts = [i for i in range(len(offsets)) if i == 0 or offsets[i] != offsets[i - 1]]
    for start, end in itertools.pairwise(cuts):
        part = folded.text[start:end]
        if not set(part) & set(" -") and unicodedata.is_normalized("NFC", text):
            # White space that vanishes counts to what stands before it.
            assert fold_text(text[offsets[start] : offsets[end]]).rstrip() == part


@given(st.lists(TROUBLE.map(str.strip), max_size=4))
def test_paragraphs_folded_at_once_are_as_folded_one_by_one(paragraphs: list[str]) -> None:
    one_by_one = [fold_text(paragraph, seed=True) for paragraph in paragraphs]
    assert fold_paragraphs(paragraphs) == "\n".join(one_by_one)

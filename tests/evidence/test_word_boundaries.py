"""Rule 3: where words begin and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.evidence.folding import Folded
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, locate
from sourcebrief.evidence.word_boundaries import count_words, word_across, word_spans


def cuts(text: str) -> str:
    """A text with a bar wherever it may be cut, save at its ends and beside spaces."""
    folded = Folded(text, seed=True)
    marked = ""
    for index, character in enumerate(folded.text):
        beside_space = " " in folded.text[max(0, index - 1) : index + 1]
        if index and not beside_space and not word_across(folded, index):
            marked += "|"
        marked += character
    return marked


@pytest.mark.parametrize(
    "word",
    [
        "illegally",
        "1,500.25",
        "1.500,25",
        "1’500",
        "U.S.",
        "U.S.A.",
        "e.g.",
        "O’Brien",
        "d´accord",
        "anti-corruption",
        "anti‐corruption",
        "anti‑corruption",
        "co-operation",
        "7th",
        "COVID-19",
        "2017–2018",
        "2017—2018",
        "2017--2018",
        "2023-10-01",
        "U.S.-Ecuador",
        "U.S.’s",
        "Ecuador’s",
        "infor-\nmation",
        "anti-\nCorruption",
        "COVID-\n19",
        "5G",
        "q\u0307",
        "हिन्दी",
        "12:30",
        "10²",
        "D.C",
    ],
)
def test_no_boundary_lies_inside_a_word(word: str) -> None:
    assert "|" not in cuts(word)
    assert count_words(Folded(word, seed=True)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("crime—terror", "crime|-|terror"),
        ("crime–terror", "crime|-|terror"),
        ("crime--terror", "crime|-|terror"),
        ("2020–present", "2020|-|present"),
        ("(CNT), that", "(|CNT|)|, that"),
        ("“new” deal.”", '"|new|" deal|.|"'),
        ("Ecuadorians’ rights", "Ecuadorians|' rights"),
        ("’tis so", "'|tis so"),
        ("crime - terror", "crime|-|terror"),
        ("crime —\nterror", "crime|-|terror"),
        ("- 5 ships", "-|5 ships"),
        ("50 % of", "50|% of"),
        ("pre- and post-war", "pre|- and post-war"),
        ("$150,000.", "$|150,000|."),
        ("end.Next", "end|.|Next"),
        ("J. Krach", "J|. Krach"),
        ("and/or", "and|/|or"),
        ("用5G网络’s", "用|5G|网|络|'|s"),
        ("カﾞメラ", "カﾞ|メ|ラ"),
        ("ที่กำลัง", "ที่|กำ|ลั|ง"),
        ("မြန်မာ", "မြ|န်|မာ"),
        ("a_b", "a|_|b"),
    ],
)
def test_boundaries_beside_punctuation(text: str, expected: str) -> None:
    assert cuts(text) == expected


@pytest.mark.parametrize(
    "cut",
    ["150|\u00a0000", "150\u00a0|000", "150|\u202f345", "150| 000", "−|5", "by -|5", "by .|5"],
)
def test_a_number_keeps_its_sign_its_point_and_its_groups(cut: str) -> None:
    assert word_across(Folded(cut.replace("|", "")), cut.index("|"))


@pytest.mark.parametrize("text", ["in 2022 150 people", "12 people", "page 12 345 people"])
def test_plain_spaces_part_numbers(text: str) -> None:
    folded = Folded(text)
    spaces = [index for index, character in enumerate(folded.text) if character == " "]
    assert not any(word_across(folded, space) for space in spaces)


def test_six_clusters_of_a_script_without_spaces_suffice() -> None:
    seed = read_seed("政府宣布，两国将在网络安全方面合作。\n\nที่กำลังทำงาน กับ NATO ตลอด")
    standing = [
        quotation
        for quotation in (
            "两国将在网络",
            "两国将在网",
            "ที่กำลังทำง",
            "ที่กำลัง",
            "กับ NATO ต",
            "NATO ตลอด",
        )
        if isinstance(locate(quotation, seed), LocatedQuotation)
    ]
    assert standing == ["两国将在网络", "ที่กำลังทำง"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("—", 0),
        ("one", 1),
        ("one, two", 2),
        ("crime—terror", 2),
        ("anti-crime", 1),
        ("U.S. law", 2),
        ("from −5 to .5", 4),
        ("150\xa0000 people", 2),
        ("’new’ deal", 2),
    ],
)
def test_words_are_counted(text: str, count: int) -> None:
    assert count_words(Folded(text)) == count


@given(st.text("abAB01 .,-'\"()[:;/\n\u0301–‑\u00a0一é²\u2212“’%", max_size=20), st.booleans())
def test_a_place_is_inside_a_word_where_the_words_of_a_text_have_it(text: str, seed: bool) -> None:
    folded = Folded(text, seed=seed)
    for index in range(len(folded.text) + 1):
        within = any(start < index < end for start, end in word_spans(folded))
        assert bool(word_across(folded, index)) == within, index

"""The index of words: it says the same however it came about."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.authoring.word_index import WordIndex, spaced
from sourcebrief.evidence.passages import SeedText, read_seed

WORDS = ("port", "ports", "agreement", "Minis-\nter", "合作", "été", "no\u00adte", "x")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
LIBRARIES = st.dictionaries(
    st.sampled_from("abcd"), st.lists(TEXTS, max_size=3).map("\n\n".join).map(read_seed), max_size=4
)


def held(seeds: dict[str, SeedText], index: WordIndex | None = None) -> WordIndex:
    index = WordIndex() if index is None else index
    index.hold({key: seed.name for key, seed in seeds.items()}, seeds)
    return index


def said(index: WordIndex) -> list[object]:
    asked = [spaced(word).strip() for word in WORDS]
    return [
        [[index.standing(f'"{word}"', most) for word in asked] for most in (0, 1, 100)],
        index.like("agremeent"),
        [index.place(position) for position in range(index.size)],
    ]


@given(st.lists(LIBRARIES, min_size=1, max_size=5))
def test_an_index_that_followed_every_change_says_what_a_new_one_says(
    libraries: list[dict[str, SeedText]],
) -> None:
    kept = WordIndex()
    for seeds in libraries:
        kept = WordIndex(held(seeds, kept).image())
    assert said(held(libraries[-1], kept)) == said(held(libraries[-1]))


def test_a_word_is_found_in_its_forms_where_it_stands() -> None:
    seeds = {
        "a": read_seed("The ports.\n\nThe Minis-\nter of agreements."),
        "b": read_seed("A port.\n\nMenu: port", {2}),
    }
    index = held(seeds)
    assert index.standing('"port"', 9) == [2]
    assert index.standing('"port"*', 9) == [0, 2]
    assert index.standing('"port"*', 1) is None
    assert index.standing('"minister"', 9) == [1]
    assert index.like("agremeents") == ["agreements"]
    assert index.place(2) == ("b", 0)


def test_what_is_held_already_is_not_indexed_again() -> None:
    index = held({"a": read_seed("One port.")})
    assert not index.hold({"a": read_seed("One port.").name}, {})

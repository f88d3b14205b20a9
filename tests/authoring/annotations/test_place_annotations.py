"""Where an annotation stands in a seed, and that it never moves to words like its own."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ecuador import seed as ecuador_seed
from sourcebrief.authoring.annotations.annotation import Highlight, SelectedWords
from sourcebrief.authoring.annotations.place_annotations import (
    Fate,
    PlacedAnnotation,
    UnplacedAnnotation,
    place_annotation,
    place_annotations,
)
from sourcebrief.evidence.passages import read_seed

TEXT = """Subscribe to the wire for two dollars.

Both sides signed a pact on container scanning. The old [sic] man of the harbour was there.

The Office will send three scanners to the harbour; it said so.

Nobody denied that the Office will send three scanners to the harbour, or two scanners.

It was extraordinar-
ily late, and it was said that it was said twice on that day.
"""
SEED = read_seed(TEXT, ignore=[1], language="en")
NAME = "wire-2021"
SENT = "Office will send three scanners to the harbour"


def place(
    *words: str, prefix: str = "", suffix: str = "", seed: object = None, **keys: object
) -> PlacedAnnotation | UnplacedAnnotation:
    parts = [SelectedWords(each) for each in words]
    if parts:
        start = keys.pop("start", None)
        assert start is None or isinstance(start, int)
        parts[0] = SelectedWords(parts[0].exact, prefix, suffix if len(parts) == 1 else "", start)
        if len(parts) > 1:
            parts[-1] = SelectedWords(parts[-1].exact, "", suffix)
    annotation = Highlight("annotation 1", tuple(parts), **keys)  # type: ignore[arg-type]
    return place_annotation(annotation, NAME, {NAME: seed or SEED})  # type: ignore[dict-item]


def placed(*words: str, **keys: object) -> PlacedAnnotation:
    found = place(*words, **keys)  # type: ignore[arg-type]
    assert isinstance(found, PlacedAnnotation), found
    return found


def unplaced(*words: str, **keys: object) -> tuple[Fate, str]:
    found = place(*words, **keys)  # type: ignore[arg-type]
    assert isinstance(found, UnplacedAnnotation), found
    return found.fate, found.why


def test_words_that_stand_once() -> None:
    found = placed("Both sides signed a pact on container scanning")
    assert found.quotation == "Both sides signed a pact on container scanning"
    assert found.located.paragraph == 2


def test_typography_and_line_ends_count_no_more_than_in_a_quotation() -> None:
    assert placed("  Both sides\nsigned a  pact ").quotation == "Both sides signed a pact"
    for written in ("It was extraordinarily late", "It was extraordinar-\nily late"):
        assert placed(written).quotation == "It was extraordinarily late"


def test_what_stands_beside_the_words_decides_between_repeats() -> None:
    assert placed(SENT, prefix="The ", suffix="; it said").located.paragraph == 3
    assert placed(SENT, prefix="denied that the ").located.paragraph == 4
    assert placed(SENT, suffix=", or two").located.paragraph == 4
    assert placed(SENT, start=TEXT.index(SENT)).located.paragraph == 3


def test_words_that_are_a_paragraph_elsewhere_are_known_by_those_of_the_paragraphs_around() -> None:
    told = "They will be told a week before."
    seed = read_seed(f"It reopens soon. {told}\n\nThe union agreed.\n\n{told}\n", language="en")
    assert placed(told, prefix="It reopens soon. ", seed=seed).located.paragraph == 1
    assert placed(told, prefix="The union agreed. ", seed=seed).located.paragraph == 3
    assert placed(told, suffix="The union agreed.", seed=seed).located.paragraph == 1
    assert unplaced(told, seed=seed)[0] == Fate.TWICE


@pytest.mark.parametrize("keys", [{}, {"prefix": "Office will send "}, {"start": 3}])
def test_words_that_stand_twice(keys: dict[str, object]) -> None:
    fate, why = unplaced("three scanners to the harbour", **keys)
    assert fate is Fate.TWICE
    assert why == ("its words stand more than once in wire-2021, ¶ 3 and ¶ 4; select more of them")


def test_a_repeat_within_one_paragraph_is_not_decided_by_its_number() -> None:
    seed = read_seed("Some said that it was announced, as it was announced.\n\nOther words.\n")
    fate, why = unplaced("it was announced", prefix="that ", seed=seed)
    assert fate is Fate.TWICE
    assert why == "its words stand more than once in wire-2021, ¶ 1; select more of them"


def test_words_beside_other_words_are_not_those_that_were_selected() -> None:
    fate, why = unplaced("signed a pact on container scanning", prefix="The Ministers ")
    assert fate is Fate.ALTERED
    assert why == (
        "its words stand in ¶ 2, but beside “Both sides” and not beside “The Ministers”; quote it "
        "with `find` if it is the same passage"
    )
    fate, why = unplaced(SENT, prefix="Everyone knows that the ")
    assert fate is Fate.ALTERED
    assert "stand in wire-2021, ¶ 3 and ¶ 4, but beside other words than here" in why


def test_beyond_a_paragraph_nothing_is_compared() -> None:
    assert placed("Both sides signed a pact", prefix="Photo: the harbour").located.paragraph == 2


def test_another_page_is_another_passage() -> None:
    seed = read_seed("One page here.\n\n\fBoth sides signed a pact on scanning.\n\nThen more.\n")
    assert placed("signed a pact on scanning", page=2, seed=seed).located.locator == "p. 2, ¶ 2"
    fate, why = unplaced("signed a pact on scanning", page=1, seed=seed)
    assert (fate, why[:43]) == (Fate.ALTERED, "its words stand on p. 2, and it is on p. 1;")


@pytest.mark.parametrize(
    ("words", "fate", "why"),
    [
        ("Both sides signed a contract on container scanning", Fate.ALTERED, "nearest is ¶ 2"),
        ("Zebras xylophone quizzically jumping", Fate.GONE, "nothing there is like it"),
        ("signed", Fate.UNUSABLE, "too short"),
        ("igned a pact on container", Fate.UNUSABLE, "cuts the word “signed”"),
        ("Subscribe to the wire", Fate.UNUSABLE, "ignores"),
        ("was there. The Office will send", Fate.ALTERED, "run from ¶ 2 into ¶ 3"),
        ("", Fate.UNUSABLE, "no words"),
    ],
)
def test_why_others_have_no_place(words: str, fate: Fate, why: str) -> None:
    found = unplaced(words)
    assert found[0] is fate
    assert why in found[1]


def test_a_note_on_nothing() -> None:
    assert unplaced()[0] is Fate.UNUSABLE


@pytest.mark.parametrize(
    "selected",
    ["The [young] man of the harbour", "Both sides [...] container scanning", "[T]he Office will"],
)
def test_brackets_in_selected_words_are_never_an_editors(selected: str) -> None:
    """The seed has other words there: to read the brackets would move the highlight."""
    assert unplaced(selected)[0] in (Fate.ALTERED, Fate.TWICE)


def test_brackets_of_the_seed_are_its_own() -> None:
    assert placed("The old [sic] man of the harbour").located.paragraph == 2


def test_several_stretches_are_one_quotation_with_an_elision() -> None:
    found = placed("Both sides signed", "on container scanning")
    assert found.quotation == "Both sides signed [...] on container scanning"
    assert len(found.spans) == 2
    assert unplaced("on container scanning", "Both sides signed")[0] is Fate.ALTERED


def test_a_quotation_with_brackets_is_taken_as_it_was_where_it_has_the_same_pieces() -> None:
    words = "[b]oth sides signed [...] container scanning"
    found = placed("Both sides signed", "container scanning", quotation=words)
    assert found.quotation == words
    other = placed("Both sides signed a pact", quotation="Both sides [...] container scanning")
    assert other.quotation == "Both sides signed a pact"


def test_what_no_document_prints_is_not_offered() -> None:
    seed = read_seed("The word \ufffd is here today.\n")
    assert unplaced("The word \ufffd is here today", seed=seed)[0] is Fate.UNUSABLE


def test_annotations_at_one_passage_are_one_with_both_notes() -> None:
    words = (SelectedWords("Both sides signed a pact"),)
    found, left = place_annotations(
        [
            Highlight("annotation 1", words, "one"),
            Highlight("annotation 2", (SelectedWords("nothing like it at all"),)),
            Highlight("annotation 3", words, "two"),
            Highlight("annotation 4", words, "one"),
        ],
        NAME,
        {NAME: SEED},
    )
    assert [(one.annotation.where, one.annotation.note) for one in found] == [
        ("annotation 1", "one\ntwo")
    ]
    assert str(left[0]).startswith("annotation 2 “nothing like it at all”: gone: ")


@given(st.data())
def test_an_altered_highlight_is_never_placed(data: st.DataObject) -> None:
    """Any one word left out, put in or changed: the words no longer stand, and so have no place."""
    seed = ecuador_seed(1)
    paragraph = data.draw(st.sampled_from([p for p in seed.paragraphs if len(p.text) > 60]))
    words = paragraph.text.split()
    start = data.draw(st.integers(0, len(words) - 6))
    chosen = words[start : data.draw(st.integers(start + 6, min(len(words), start + 30)))]
    at = data.draw(st.integers(1, len(chosen) - 2))
    altered = data.draw(
        st.sampled_from(
            [
                [*chosen[:at], *chosen[at + 1 :]],
                [*chosen[:at], "not", *chosen[at:]],
                [*chosen[:at], chosen[at][::-1] + "x", *chosen[at + 1 :]],
                [*chosen[:at], "[...]", *chosen[at + 1 :]],
                [*chosen[:at], f"[{chosen[at]}]", *chosen[at + 1 :]],
            ]
        )
    )
    text = " ".join(altered)
    assume(text not in " ".join(seed.text.split()))
    found = place_annotation(Highlight("annotation 1", (SelectedWords(text),)), "s", {"s": seed})
    assert isinstance(found, UnplacedAnnotation)

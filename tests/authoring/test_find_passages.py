"""Passages found over all seeds: each is evidence by every rule, whatever the seed."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.authoring.find_passages import Hit, find_passages, passages_as_yaml
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, locate

REPORT = """\
Readout

On 3 March the Minister of the U.S. Department met the press. "We agree to share data," Ms. Ruiz \
said; the Authority, which had waited for months, and whose ships had lain in the harbour for as \
long as anyone there could remember, with their crews unpaid and their cargo going bad, was to \
send its first figures in June, and the Ministry was to publish them. He left. Who knows?

The delegation thanked the Minis-
ter and the inter-
departmental board.

Menu: Home, World, ships

He left.
"""
SEEDS = {"report": read_seed(REPORT, {4})}


@pytest.mark.parametrize(
    ("words", "quote", "paragraph"),
    [
        ("met the press", "On 3 March the Minister of the U.S. Department met the press.", 2),
        ("first figures", "was to send its first figures in June", 2),
        (
            "thanked the Minister",
            "The delegation thanked the Minister and the interdepartmental board.",
            3,
        ),
        ("Who knows", "He left. Who knows?", 2),
        ("WE AGREE TO SHARE", '"We agree to share data," Ms. Ruiz said', 2),
        (
            "delegations thank minister",
            "The delegation thanked the Minister and the interdepartmental board.",
            3,
        ),
    ],
)
def test_the_quotation_around_the_words(words: str, quote: str, paragraph: int) -> None:
    hit = find_passages(words, SEEDS, 5)[0]
    assert (hit.quote, hit.paragraph) == (quote, paragraph)


def test_a_quotation_with_every_word_comes_before_one_that_is_more_alike() -> None:
    seeds = {"minutes": read_seed("Terminal Installed\n\nBy May 640 scanners had been installed.")}
    first, second = find_passages("scanners installed 640", seeds, 5)
    assert (first.quote, first.every_word) == ("By May 640 scanners had been installed.", True)
    assert (second.quote, second.every_word) == ("Terminal Installed", False)


def test_a_sentence_that_has_every_word_in_full_is_first_however_long_the_others_are() -> None:
    text = "The Data report was read. Uroburos came.\n\nIn Uroburos the Data of G, says the report."
    seeds = {"g": read_seed(text), "other": read_seed("Uroburos G Data reporting, a report.")}
    hits = find_passages("Uroburos G Data report", seeds, 5)
    assert [(hit.seed, hit.paragraph, hit.every_word) for hit in hits] == [
        ("other", 1, True),
        ("g", 2, True),
        ("g", 1, False),
    ]


def test_more_of_the_words_come_before_a_likeness_of_letters() -> None:
    seeds = {
        "one": read_seed("A harbourmaster's delegate.\n\nThe delegate who came to the port."),
        "two": read_seed("After long talks the harbour of the port was given to a delegate."),
    }
    hits = find_passages("harbour port delegate", seeds, 5)
    assert [(hit.seed, hit.paragraph) for hit in hits] == [("two", 1), ("one", 2), ("one", 1)]


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("agremeent on csutoms", "They signed an agreement on customs."),
        ("agreements signing", "They signed an agreement on customs."),
        ("网络安全", "双方就网络安全与技术合作达成协议。"),
        ("合作 协议", "双方就网络安全与技术合作达成协议。"),
    ],
)
def test_other_forms_typing_errors_and_scripts_without_spaces_are_found(
    words: str, quote: str
) -> None:
    text = "They signed an agreement on customs.\n\n双方就网络安全与技术合作达成协议。\n\nHe ate."
    assert [hit.quote for hit in find_passages(words, {"a": read_seed(text)}, 5)] == [quote]


def test_what_stands_in_an_ignored_paragraph_alone_is_not_found() -> None:
    words = "Menu: Home, World, ships"
    assert find_passages(words, {"report": read_seed(REPORT)}, 50)[0].paragraph == 4
    assert all(hit.paragraph != 4 for hit in find_passages(words, SEEDS, 50))


def test_a_short_sentence_that_is_a_whole_paragraph_cannot_be_quoted() -> None:
    hits = find_passages("He left, Minister", SEEDS, 50)
    assert hits
    assert all(hit.paragraph != 5 for hit in hits)


def test_no_passage_is_offered_twice() -> None:
    hits = find_passages("the ships and the Minister", SEEDS, 50)
    assert len({(hit.paragraph, hit.quote) for hit in hits}) == len(hits)


TEXTS = st.text(st.sampled_from("ab .,;\n-\u00ad“\"'[]é1\f"), max_size=80)


@given(st.lists(TEXTS, max_size=4), st.text(st.sampled_from("ab .-é1[]"), max_size=12))
def test_every_passage_is_evidence(texts: list[str], words: str) -> None:
    seeds = {str(number): read_seed(text) for number, text in enumerate(texts)}
    for hit in find_passages(words, seeds, 20):
        found = locate(hit.quote, seeds[hit.seed], hit.paragraph)
        assert isinstance(found, LocatedQuotation)
        assert found.paragraph == hit.paragraph


def test_two_thousand_seeds_are_searched_at_once() -> None:
    line = "The Minister number {} met the Authority of harbour {} and agreed to share its data."
    seeds = {
        f"seed-{n}": read_seed("\n\n".join(line.format(n, m) for m in range(20)))
        for n in range(2_000)
    }
    for seed in seeds.values():
        assert seed.whole  # folding is not what is timed
    began = time.perf_counter()
    hits = find_passages("ministers number 77 meets authority", seeds, 10)
    took = time.perf_counter() - began
    assert len(hits) == 10
    assert took < 20


def test_a_passage_is_written_as_yaml_with_a_comment_that_names_its_place() -> None:
    hit = Hit("s", 'They said: "yes".', 2, "¶ 2", 87.6, 0)
    assert passages_as_yaml([hit, replace(hit, likeness=100.0)], {"s": "The wire"}) == (
        "      # The wire, ¶ 2: 88% alike\n"
        "      - seed: s\n"
        '        quote: "They said: \\"yes\\"."\n'
        "        paragraph: 2\n"
        "      # The wire, ¶ 2: exact\n"
        "      - seed: s\n"
        '        quote: "They said: \\"yes\\"."\n'
        "        paragraph: 2"
    )

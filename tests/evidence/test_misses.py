"""A miss says in one line what is wrong and how to mend it."""

import time
from itertools import islice

import pytest

import ecuador
from sourcebrief.evidence import proof
from sourcebrief.evidence.misses import explain, nearest_passage, word_differences
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import Miss, locate

SEED = read_seed(
    "The plan was called illegally funded; it cost $150,000.\n\n"
    "Then all parties agreed to broaden their cooperation. It was said again.\n\n"
    "Become a member of this site!\n\n"
    "It was said again, and the minister agreed with all of it. It was said again.",
    ignore={3},
    language="en",
)
SEEDS = {
    "post": SEED,
    "echo": read_seed("First.\n\nThe parties agreed to disagree about the plan."),
    "wrap": read_seed("Head\n\nThe parties agreed to dis-\nband the army."),
}


def message(quotation: str, paragraph: int | None = None) -> str:
    miss = locate(quotation, SEED, paragraph)
    assert isinstance(miss, Miss)
    text = explain(miss, "post", SEEDS)
    assert "\n" not in text
    return text


@pytest.mark.parametrize(
    ("quotation", "paragraph", "expected"),
    [
        (
            "Then all parties agreed to narrow their cooperation",
            None,
            "the quotation does not stand in post; nearest is ¶ 2, “Then all parties agreed to "
            "broaden their cooperation.”; the seed has “broaden” for “narrow”: quote the seed's "
            "own words",
        ),
        (
            "Then parties agreed not to broaden their cooperation",
            None,
            "the quotation does not stand in post; nearest is ¶ 2, “Then all parties agreed to "
            "broaden their cooperation.”; the quotation lacks “all”, the seed lacks “not”: quote "
            "the seed's own words",
        ),
        (
            "Then all parties agreed [...] their friendship in the end",
            None,
            "“their friendship in the end” does not stand in post; nothing there is like it: "
            "check the quotation and its `seed`",
        ),
        (
            "agreed to disagree about the plan",
            None,
            "the quotation does not stand in post; it stands in echo, ¶ 2: correct `seed`",
        ),
        (
            "parties agreed to disband the army",
            None,
            "the quotation does not stand in post; it stands in wrap, ¶ 2: correct `seed`",
        ),
        (
            "The parties agreed [...] about the plan",
            None,
            "“The parties agreed” does not stand in post; it stands in echo, ¶ 2: correct `seed`",
        ),
        (
            "it cost $150,000. Then all parties",
            None,
            "the quotation does not stand in post; its words run from ¶ 1 into ¶ 2: quote each "
            "paragraph by itself",
        ),
        (
            "legally funded; it cost",
            None,
            "“legally funded; it cost” cuts the word “illegally” of post, ¶ 1; begin and end with "
            "whole words",
        ),
        (
            "It was said again",
            None,
            "the quotation stands more than once in post: ¶ 2 and ¶ 4 (twice); make it longer, or "
            "name its `paragraph`",
        ),
        (
            "It was said again",
            4,
            "the quotation stands more than once in post: ¶ 4 (twice); make it longer",
        ),
        (
            "all parties agreed to broaden",
            4,
            "the quotation stands in post in ¶ 2, not in ¶ 4; correct `paragraph`",
        ),
        (
            "all parties agreed to broaden",
            9,
            "the quotation stands in post in ¶ 2, post has 4 paragraphs; correct `paragraph`",
        ),
        (
            "Become a member of this site",
            None,
            "the quotation stands in post only in ¶ 3, which seeds.yaml ignores because it is not "
            "part of the document; quote the document, or take the paragraph out of `ignore`",
        ),
        (
            "all parties",
            None,
            "“all parties” is too short to be evidence: a quotation, and each piece of it between "
            "brackets, needs at least 12 characters and two words, or 6 characters of a script "
            "without spaces; quote more",
        ),
        (
            "Then all parties … their cooperation",
            None,
            "bare dots do not stand in post at that place; where words are left out write [...]",
        ),
        (
            "all parties agreed [...] to broaden their",
            None,
            "[...] leaves out no word of post, ¶ 2; delete it, or quote less",
        ),
        (
            "funded; it cost $150,000 [...] Then all parties agreed",
            None,
            "[...] leaves out no word of post, ¶ 1 and ¶ 2; quote each paragraph by itself",
        ),
        (
            "The plan was [un]lawfully funded",
            None,
            "“[un]” does not stand in post and is not an editorial bracket; those are [...] and up "
            "to six [words] between words, [t]he, agree[d] and [sic], in pairs, never nested",
        ),
        (
            "all parties agreed to b[oast] their cooperation",
            None,
            "“[oast]” is not an ending of inflected words in en, so it could turn a word into its "
            "opposite; quote the word, or put a whole word in brackets",
        ),
        (
            "all parties agreed to b[ing] their cooperation",
            None,
            "the quotation does not stand in post; nearest is ¶ 2, “all parties agreed to broaden "
            "their cooperation.”; the seed has “broaden” for “bing”: quote the seed's own words",
        ),
        (
            "parties agreed [worth 900 million dollars] to broaden their cooperation",
            None,
            "“[worth 900 million dollars]” asserts “900”, which is not in the words of post that "
            "it stands for: brackets explain and hold no number, date, negation or denial of their "
            "own; quote the words that hold it",
        ),
        (
            "“parties agreed to broaden their cooperation”",
            None,
            "the quotation does not stand in post; without the quotation marks around it, it does: "
            "leave them out",
        ),
        ("[...]", None, "the quotation has no words outside brackets; quote the seed's own words"),
    ],
)
def test_messages(quotation: str, paragraph: int | None, expected: str) -> None:
    assert message(quotation, paragraph) == expected


def test_pieces_that_stand_apart() -> None:
    text = message("The plan was called [...] It was said again, and the minister")
    assert text.startswith("the pieces stand in post, ¶ 1 and ¶ 4, but not as the brackets say")
    assert text.endswith("make them quotations of their own")
    assert "[words]" not in text
    inserted = message("The plan was called [again] It was said again, and the minister")
    assert "[words] over at most six words" in inserted


def test_a_seed_without_text() -> None:
    empty = read_seed("")
    miss = locate("some words of no seed", empty)
    assert isinstance(miss, Miss)
    assert "nothing there is like it" in explain(miss, "empty", {"empty": empty})


def test_long_quotations_are_shown_in_part() -> None:
    assert len(message("word " * 500 + "zebra")) < 300


def test_a_miss_among_two_thousand_seeds_is_quick() -> None:
    text = "\n\n".join(ecuador.text(number) for number in range(3))
    seeds = {f"s{number}": read_seed(f"{text}\n\n{number}") for number in range(2_000)}
    miss = locate("the plan agreed on trade by both ministers", seeds["s7"])
    assert isinstance(miss, Miss)
    explain(miss, "s7", seeds)  # folds every seed once
    started = time.process_time()
    explain(miss, "s7", seeds)
    assert time.process_time() - started < 1


def test_seeds_are_searched_until_much_has_been_read(monkeypatch: pytest.MonkeyPatch) -> None:
    size = sum(len(seed.text) for seed in SEEDS.values())
    monkeypatch.setattr(proof, "_MOST_READ", 2 * size + 2)
    assert list(islice(proof._wide_searches(SEEDS), 4)) == [True, True, False, False]


def test_a_quotation_with_brackets_is_looked_for_in_other_seeds_by_its_words() -> None:
    miss = locate("The parties agreed to [...] about the plan", SEED)
    assert isinstance(miss, Miss)
    assert "it stands in echo, ¶ 2" in explain(miss, "post", SEEDS)


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


@pytest.mark.parametrize("dash", ["—", " — ", " - ", "--"])
def test_typography_is_no_difference(dash: str) -> None:
    passage = "On crime — terror and «\u202ftrade\u202f» there was “no” accord."
    words = f"On crime{dash}terror and «trade» there was 'no' accord."
    assert [(d.seed, d.quotation) for d in word_differences(words, passage)] == [("“no”", "'no'")]


def test_what_is_unlike_has_no_nearest_passage() -> None:
    assert nearest_passage("Colourless green ideas sleep furiously", ecuador.seed(3)) is None


def test_a_vast_paragraph_does_not_take_for_ever() -> None:
    seed = read_seed("all parties agreed to widen " * 100_000)
    miss = locate("all parties agreed to broaden", seed)
    assert isinstance(miss, Miss)
    started = time.process_time()
    explain(miss, "s", {"s": seed})
    assert time.process_time() - started < 5

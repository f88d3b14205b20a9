"""Coverage, both ways: what is said without a source, and what the sources say beyond it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import harbour
from sourcebrief.build.checks import check_workspace, coverage_of, unquoted_seeds
from sourcebrief.evidence.coverage import Coverage, CoveredParagraph, covered_paragraphs
from sourcebrief.evidence.folding import Folded
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.word_boundaries import count_words, word_across

if TYPE_CHECKING:
    from pathlib import Path


BRIEFINGS = ("coast", "ports")
BRIEF = "briefings/ports/brief.yaml"


def measured(root: Path, *names: str) -> tuple[Coverage, ...]:
    return coverage_of(check_workspace(names or BRIEFINGS, root))


def unquoted(root: Path, *names: str) -> tuple[str, ...]:
    checked = check_workspace(names or BRIEFINGS, root)
    return unquoted_seeds(checked, coverage_of(checked))


def ports(root: Path) -> Coverage:
    (found,) = measured(root, "ports")
    return found


def by_number(root: Path, seed: str = "post-2021") -> dict[int, CoveredParagraph]:
    (found,) = (one for one in ports(root).seeds if one.id == seed)
    return {paragraph.number: paragraph for paragraph in found.paragraphs}


def test_every_paragraph_of_the_document_is_shown_and_no_ignored_one(root: Path) -> None:
    assert list(by_number(root)) == [2, 3, 4, 5]


def test_a_paragraph_that_a_text_cites_is_cited_though_nothing_of_it_is_quoted(root: Path) -> None:
    assert not by_number(root)[2].cited
    brief = root / BRIEF
    brief.write_text(brief.read_text("utf-8").replace("¶ 5]", "¶ 2]"), "utf-8")
    cited = by_number(root)[2]
    assert (cited.cited, cited.covered) == (True, 0)


@pytest.mark.parametrize(
    ("number", "words", "covered", "shown"),
    [
        (2, 5, 0, "Published on 4 May 2021"),
        (3, 21, 9, "The port authority and the coast guard […] . It runs for two years."),
        (4, 16, 5, "Minister Ana Ruiz said the pact […] . Critics asked for a debate."),
        (5, 7, 4, "[…] , the ministry said."),
    ],
)
def test_a_paragraph_shows_its_share_and_what_was_left_out(
    root: Path, number: int, words: int, covered: int, shown: str
) -> None:
    found = by_number(root)[number]
    assert (found.words, found.covered, found.shown) == (words, covered, shown)
    assert found.share == Fraction(covered, words)


def test_the_share_of_a_briefing_is_that_of_all_seeds_it_quotes(root: Path) -> None:
    found = ports(root)
    assert (found.covered, found.words) == (9 + 5 + 4 + 5, 49 + 20)
    assert [seed.id for seed in found.seeds] == ["post-2021", "ministry-2021"]


def test_only_selected_events_cover(root: Path) -> None:
    harbour.change(root, "events: [events.yaml]\n",
                   "events: [events.yaml]\nselect: {to: 2021-05-03}\n", BRIEF)  # fmt: skip
    harbour.change(root, harbour.PORTS[harbour.PORTS.index("sections:") :],
                   "", BRIEF)  # fmt: skip
    assert by_number(root)[5].covered == 0


def test_a_statement_without_a_citation_is_named(root: Path) -> None:
    assert ports(root).uncited == ()
    harbour.change(root, "that the pact binds. [@pact-binds]", "that the pact binds.", BRIEF)
    (found,) = ports(root).uncited
    assert (found.statement, found.words) == ("judgement 1", "We judge that the pact binds.")
    assert found.place.line == harbour.line_of(root, BRIEF, "We judge")


def test_an_event_that_no_text_cites_is_named(root: Path) -> None:
    coast, found = measured(root)
    assert [event.id for event in found.uncited_events] == []
    assert [(event.number, event.id) for event in coast.uncited_events] == [
        (1, "pact-binds"),
        (3, "patrols-begin"),
    ]


def test_citing_oneself_does_not_count_but_another_events_text_does(root: Path) -> None:
    path = "briefings/ports/events.yaml"
    harbour.change(root, "it binding.", "it binding. [@pact-binds; @patrols-begin]", path)
    coast, _ = measured(root)
    assert [event.id for event in coast.uncited_events] == ["pact-binds"]


def test_a_seed_that_nothing_quotes_is_named_where_all_briefings_are_checked(root: Path) -> None:
    path = "briefings/ports/events.yaml"
    harbour.change(root, harbour.WELCOMED,
                   "", path)  # fmt: skip
    assert unquoted(root) == ("ministry-2021",)
    assert unquoted(root, "ports") == ()


def test_a_briefing_with_errors_is_not_measured(root: Path) -> None:
    harbour.change(root, "[@pact-binds]", "[@pact-bends]", BRIEF)
    assert [one.briefing for one in measured(root)] == ["coast"]


TEXT = "One-two, three’s 1,500.25 U.S. ports – and… five.\n\nSix ﬁne “seven” – eight\n\nNine ten."


@st.composite
def quoted_spans(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Spans of TEXT between word boundaries of one paragraph, as quotations have them."""
    spans = []
    for paragraph in read_seed(TEXT).paragraphs:
        folded = Folded(paragraph.text, seed=True)
        edges = [
            folded.offsets[at] for at in range(len(folded.text) + 1) if not word_across(folded, at)
        ]
        for _ in range(draw(st.integers(0, 3))):
            start, end = sorted((draw(st.sampled_from(edges)), draw(st.sampled_from(edges))))
            spans.append((paragraph.start + start, paragraph.start + end))
    return spans


@given(quoted_spans())
def test_covered_and_left_out_words_are_all_words(spans: list[tuple[int, int]]) -> None:
    for paragraph in covered_paragraphs(read_seed(TEXT), spans):
        left_out = sum(count_words(Folded(part, seed=True)) for part in paragraph.left_out)
        assert paragraph.covered + left_out == paragraph.words
        assert (paragraph.shown == "") == (left_out == 0)


@given(quoted_spans(), quoted_spans())
def test_one_more_quotation_never_lowers_coverage(
    spans: list[tuple[int, int]], more: list[tuple[int, int]]
) -> None:
    seed = read_seed(TEXT)
    for few, many in zip(
        covered_paragraphs(seed, spans), covered_paragraphs(seed, spans + more), strict=True
    ):
        assert few.covered <= many.covered <= many.words

"""Pins: a changed seed is named with what it does to the evidence, and `pin` accepts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bilingual
import ecuador
import harbour
from changed_post import (
    ALTERED,
    BEGIN,
    BINDS,
    BRIEFINGS,
    GONE,
    MOVED,
    SIGNED,
    UNMOVED,
    at_pin,
    fates,
    post_drift,
)
from checking import check
from repositories import commit, needs_git
from sourcebrief.build.changed_pins import drifts
from sourcebrief.build.checks import read_corpus
from sourcebrief.errors import Place
from sourcebrief.evidence.changed_seeds import (
    Drift,
    Drifted,
    QuotationDrift,
    SeedDrift,
    drift,
)
from sourcebrief.evidence.drift_words import summarize_drift
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import LocatedPiece, LocatedQuotation, locate
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path


def to_read_again(found: SeedDrift) -> set[str]:
    return {f"{one.name} of {one.briefing}" for one in found.statements}


# What is done to the seed, what becomes of each quotation, what no longer stands, and which
# statements have to be read again.
LAST = "Patrols begin in June, the ministry said."
CASES = {
    "words at the end": (
        (LAST, f"{LAST} It rained."),
        {SIGNED: UNMOVED, BINDS: UNMOVED, BEGIN: UNMOVED},
        set(),
        {"gap 1 of ports"},
    ),
    "a paragraph before all": (
        ("Published on", "By our reporter\n\nPublished on"),
        {SIGNED: MOVED, BINDS: MOVED, BEGIN: MOVED},
        set(),
        {"gap 1 of ports"},  # it cites ¶ 5, which is another one now
    ),
    "a word turned into its opposite": (
        ("legally", "illegally"),
        {SIGNED: UNMOVED, BINDS: ALTERED, BEGIN: UNMOVED},
        {BINDS},
        {"judgement 1 of ports", "summary of port of ports"},
    ),
    "a figure of equal length": (
        ("3 May 2021", "8 May 2021"),
        {SIGNED: ALTERED, BINDS: UNMOVED, BEGIN: UNMOVED},
        {SIGNED},
        {"bottom line of coast", "bottom line of ports", "summary of port of ports"},
    ),
    "a passage taken out": (
        (LAST, "Zzz."),
        {SIGNED: UNMOVED, BINDS: UNMOVED, BEGIN: GONE},
        {BEGIN},
        {"section “Next” of ports", "gap 1 of ports"},
    ),
    "words that stand a second time": (
        (LAST, f"{LAST}\n\nPatrols begin in June, it said again."),
        {SIGNED: UNMOVED, BINDS: UNMOVED, BEGIN: UNMOVED},
        {BEGIN},
        {"section “Next” of ports"},
    ),
    "typography alone": (
        ("both sides", "both\n  sides"),
        {SIGNED: UNMOVED, BINDS: UNMOVED, BEGIN: UNMOVED},
        set(),
        set(),
    ),
}


@needs_git
@pytest.mark.parametrize(("edit", "expected", "lost", "again"), CASES.values(), ids=list(CASES))
def test_drift_names_exactly_the_expected_set(
    root: Path,
    edit: tuple[str, str],
    expected: dict[str, Drift],
    lost: set[str],
    again: set[str],
) -> None:
    commit(root)
    harbour.change(root, *edit)
    found = post_drift(root)
    assert fates(found) == expected
    assert {one.event for one in found.quotations if not one.stands} == lost
    assert to_read_again(found) == again
    moved = {5: 6} if edit[1].startswith("By our") else {5: None}
    assert all(one.paragraphs == moved for one in found.citing)
    problems = check(BRIEFINGS, root)
    quotes = {p.place.line for p in problems if p.place.path.endswith("events.yaml")}
    words = {SIGNED: "3 May", BINDS: "legally", BEGIN: "in June"}
    path = "briefings/ports/events.yaml"
    for event, near in words.items():
        assert (harbour.line_of(root, path, f"quote: {quote_with(near)}") in quotes) == (
            event in lost
        )
    assert "has changed since it was pinned" in at_pin(problems)


def quote_with(words: str) -> str:
    return next(
        line.split("quote: ")[1]
        for line in harbour.EVENTS.splitlines()
        if "quote: " in line and words in line
    )


SENTENCES = (
    "Quick brown foxes jump over lazy dogs",
    "Tax revenue fell by nine per cent",
    "My hovercraft is full of eels",
    "Uranium was shipped via Zanzibar",
    "The choir sang hymns until midnight",
    "Bankers hoard gold, economists protest",
)
FATES = st.sampled_from(["kept", "altered", "gone"])


@given(st.lists(FATES, min_size=6, max_size=6), st.integers(0, 6))
def test_drift_of_any_mixture_is_what_was_done(done: list[str], added: int) -> None:
    """Paragraphs kept, altered by one letter or taken out, and one put in somewhere."""
    before = read_seed("\n\n".join(SENTENCES))
    after, expected = [], {}
    for number, (sentence, fate) in enumerate(zip(SENTENCES, done, strict=True)):
        if number == added:
            after.append("0 1 2")
        if fate != "gone":
            after.append(sentence if fate == "kept" else sentence.replace("e", "ë", 1))
        kept = UNMOVED if len(after) == number + 1 else MOVED
        expected[sentence] = {"kept": kept, "altered": ALTERED, "gone": GONE}[fate]
    now = read_seed("\n\n".join(after))
    for sentence, fate_expected in expected.items():
        found = locate(sentence, before)
        assert isinstance(found, LocatedQuotation)
        assert drift(found.pieces[0], now).drift is fate_expected


def test_unchanged_seeds_are_not_folded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody quotes costs its reading and hashing, even where another seed has changed."""
    harbour.change(root, "welcomes the pact on patrols", "welcomes it", "seeds/ministry.txt")
    harbour.change(root, "quote: welcomes the pact on patrols", "quote: patrols that the port",
                   "briefings/ports/events.yaml")  # fmt: skip
    corpus = read_corpus(Inputs(root))
    list(drifts(corpus, {"ministry-2021": "ministry.txt"}))
    assert "folded" not in vars(corpus.seeds["post-2021"])


TEXT = (
    "A first paragraph here.\n\nThen all parties agreed to co-\noperate on trade.\n\nThe end of it."
)


def passage(quotation: str, text: str = TEXT) -> LocatedPiece:
    located = locate(quotation, read_seed(text))
    assert isinstance(located, LocatedQuotation)
    return located.pieces[0]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (TEXT, Drift.UNMOVED),
        (TEXT + "\n\nMore.", Drift.UNMOVED),
        (TEXT.replace("first", "final"), Drift.UNMOVED),
        (TEXT.replace("co-\noperate", "co-\roperate"), Drift.UNMOVED),
        (TEXT.replace("first", "new"), Drift.UNMOVED),
        (TEXT.replace("co-\noperate", "cooperate"), Drift.UNMOVED),
        (TEXT.replace("co-\noperate", "co-operate"), Drift.UNMOVED),
        ("The end of it.\n\n" + TEXT, Drift.MOVED),
        (TEXT.replace("agreed", "argued"), Drift.ALTERED),
        (TEXT.replace("agreed to", "did not agree to"), Drift.ALTERED),
        (TEXT.replace("Then all", "Then overall"), Drift.ALTERED),
        ("Something else was written about rivers and lakes.", Drift.GONE),
        ("", Drift.GONE),
    ],
)
def test_drift_of_a_passage(changed: str, expected: Drift) -> None:
    piece = passage("all parties agreed to cooperate")
    result = drift(piece, read_seed(changed))
    assert result.drift is expected
    if result.passage is not None and expected is not Drift.ALTERED:
        assert changed[result.passage.start : result.passage.end] == result.text


def test_of_several_places_the_one_with_the_old_surroundings_is_meant() -> None:
    piece = passage("the same words here", "They said the same words here again.\n\nEnd.")
    changed = "We heard the same words here too.\n\nThen they said the same words here again."
    result = drift(piece, read_seed(changed))
    assert result.passage is not None
    assert result.passage.paragraph == 2


def test_an_altered_passage_shows_what_stands_there_now() -> None:
    changed = TEXT.replace("agreed", "refused")
    result = drift(passage("all parties agreed to cooperate"), read_seed(changed))
    assert result.text == "all parties refused to co- operate"


@pytest.mark.parametrize(("number", "quotation"), ecuador.QUOTATIONS)
def test_drift_names_exactly_what_changed(number: int, quotation: str) -> None:
    text = ecuador.text(number)
    piece = passage(quotation, text)
    others = [passage(other, text) for n, other in ecuador.QUOTATIONS if n == number]
    word = max(piece.exact.split(), key=len)
    at = text.index(word, piece.start)
    changed = read_seed(text[:at] + "zebra" + text[at + len(word) :])
    for other in others:
        overlaps = other.start <= at < other.end
        expected = {Drift.ALTERED, Drift.GONE} if overlaps else {Drift.UNMOVED, Drift.MOVED}
        assert drift(other, changed).drift in expected


HERE = Place("events.yaml")


@pytest.mark.parametrize(
    ("pieces", "worst"),
    [([MOVED, UNMOVED], MOVED), ([ALTERED, GONE, MOVED], GONE), ([], None)],
)
def test_a_quotation_is_as_well_off_as_its_worst_piece(
    pieces: list[Drift], worst: Drift | None
) -> None:
    now = tuple(map(Drifted, pieces))
    assert QuotationDrift("a", "words", HERE, True, (), now, (), ()).drift is worst


def test_translations_of_changed_words_are_named(tmp_path: Path) -> None:
    root = bilingual.write(tmp_path)
    bilingual.edit(root, "seeds/acta.txt", "cinco mil", "seis mil")
    (found,) = drifts(read_corpus(Inputs(root)), {"acta": "acta.txt"})
    assert [(one.event, one.stale_translation) for one in found.quotations] == [
        ("data", True),
        ("scanners", False),
    ]
    assert "; to be translated again: data" in summarize_drift(found)


def test_an_official_translation_rests_on_its_own_document(tmp_path: Path) -> None:
    root = bilingual.write(tmp_path)
    (found,) = drifts(read_corpus(Inputs(root)), {"readout": "readout.txt"})
    (one,) = found.quotations
    assert (one.event, one.translation, one.stands, one.statements) == ("scanners", True, True, ())

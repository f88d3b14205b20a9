"""Evidence by selection: whatever is selected is evidence at that place, or is said not to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.authoring.select_evidence import Proposal, deciding_paragraph, grown, propose
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, MissReason, locate

REPORT = """\
Readout

On 3 March the Minister met the press. "We agree to share data," Ms. Ruiz said; the Authority \
was to send its first figures in June, and the Ministry was not to publish them.

The delegation thanked the Minis-
ter and the inter-
departmental board of anti-
American traders for illegally shared data.

Menu: Home, World, legally shared data

The Office will send three scanners to the harbour of Almera. The Office will send three \
scanners to the harbour of Puerto.

The Office will send three scanners to the harbour of Almera.\r
"""
SEEDS = {"report": read_seed(REPORT, {4}, "en")}
TEXT = SEEDS["report"].text


def selected(*words: str, after: str = "") -> Proposal:
    start = TEXT.index(after)
    spans = []
    for piece in words:
        start = TEXT.index(piece, start)
        spans.append((start, start + len(piece)))
    return propose("report", SEEDS, spans)


def test_selected_words_are_the_quotation_with_its_place() -> None:
    found = selected("met the press. ")
    assert found.item() == {"seed": "report", "quote": "met the press."}
    assert found.located is not None
    assert (found.located.locator, found.fault) == ("¶ 2", "")


def test_a_word_divided_at_a_lines_end_is_written_as_one() -> None:
    found = selected(
        "the Minis-\nter and the inter-\ndepartmental board of anti-\nAmerican traders"
    )
    assert found.quote == "the Minister and the interdepartmental board of anti-American traders"
    assert found.located is not None


def test_two_selections_are_one_quotation_with_an_elision_in_the_order_of_the_seed() -> None:
    found = propose(
        "report",
        SEEDS,
        [
            (TEXT.index("in June"), TEXT.index("in June") + len("in June, and the Ministry")),
            (TEXT.index("the Authority"), TEXT.index("the Authority") + len("the Authority was")),
        ],
    )
    assert found.quote == "the Authority was [...] in June, and the Ministry"
    assert found.located is not None
    assert found.warnings == ()


def test_an_elision_that_leaves_out_a_negation_is_said() -> None:
    found = selected("and the Ministry was", "to publish them")
    assert "leaves out “not”" in found.warnings[0]


def test_selections_that_touch_are_one_piece() -> None:
    assert selected("The delegation", "thanked the Minis-\nter").quote == (
        "The delegation thanked the Minister"
    )


@pytest.mark.parametrize(
    ("words", "reason", "says"),
    [
        ("  ", MissReason.EMPTY, "no words outside brackets"),
        ("Readout", MissReason.TOO_SHORT, "“Readout” is too short to be evidence"),
        ("legally shared data", MissReason.CUT, "cuts the word “illegally” of report, ¶ 3"),
        ("will send three scanners", MissReason.AMBIGUOUS, "¶ 5 (twice) and ¶ 6; make it longer"),
        ("Menu: Home, World", MissReason.IGNORED, "only in ¶ 4, which seeds.yaml ignores"),
        ('the press. "We agree" to share', MissReason.NOT_FOUND, ""),
    ],
)
def test_what_is_wrong_has_the_words_of_check(words: str, reason: MissReason, says: str) -> None:
    if words in TEXT:
        found = selected(words)
        assert (found.reason, found.located) == (reason, None)
        assert says in found.fault


def test_a_selection_over_two_paragraphs_says_so() -> None:
    found = selected("publish them.\n\nThe delegation")
    assert found.reason is MissReason.NOT_FOUND
    assert "its words run from ¶ 2 into ¶ 3" in found.fault


def test_naming_the_paragraph_decides_between_repeats() -> None:
    at = TEXT.rindex("The Office")
    spans = [(at, at + len("The Office will send three scanners"))]
    assert propose("report", SEEDS, spans).reason is MissReason.AMBIGUOUS
    found = propose("report", SEEDS, spans, paragraph=6)
    assert found.item() == {
        "seed": "report",
        "quote": "The Office will send three scanners",
        "paragraph": 6,
    }


def test_a_short_or_repeated_selection_grows_until_it_is_evidence() -> None:
    for words, after, longer in [
        ("Ruiz", "", "Ms. Ruiz said"),
        ("legally shared", "", "illegally shared"),
        ("send three", "send three scanners to the harbour of P", "harbour of Puerto"),
    ]:
        spans = grown(selected(words, after=after), SEEDS)
        assert spans is not None
        assert longer in propose("report", SEEDS, spans).quote


def test_what_no_length_would_settle_does_not_grow() -> None:
    assert grown(selected("Menu: Home, World"), SEEDS) is None
    assert grown(selected("Readout"), SEEDS) is None


def test_a_character_that_cannot_be_quoted_is_named() -> None:
    seeds = {"scan": read_seed("The text of the sc\ufffdn was read.\n\nHe said 𐎠𐎡 to the press.")}
    assert "U+FFFD" in propose("scan", seeds, [(0, 31)]).fault
    start = seeds["scan"].text.index("He said")
    assert propose("scan", seeds, [(start, start + 23)]).quote == "He said 𐎠𐎡 to the press"


def test_the_evidence_has_its_translation_and_note() -> None:
    item = selected("met the press").item(translation=" traf die Presse ", note="Cut.")
    assert list(item) == ["seed", "quote", "translation", "note"]
    assert item["translation"] == "traf die Presse"


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, 60)), min_size=1, max_size=3))
def test_a_selection_is_evidence_where_it_was_made_or_is_refused(
    places: list[tuple[int, int]],
) -> None:
    found = propose("report", SEEDS, [(start, start + length) for start, length in places])
    assert (found.located is None) == bool(found.fault)
    if found.located is not None:
        again = locate(found.quote, SEEDS["report"])
        assert isinstance(again, LocatedQuotation)
        assert [(piece.start, piece.end) for piece in again.pieces] == list(found.spans)
        assert grown(found, SEEDS) == found.spans


@given(st.integers(0, len(TEXT)), st.integers(1, 60))
def test_what_has_grown_is_evidence_and_holds_what_was_selected(start: int, length: int) -> None:
    found = propose("report", SEEDS, [(start, start + length)])
    longer = grown(found, SEEDS)
    if longer is not None:
        assert propose("report", SEEDS, longer).located is not None
        assert longer[0][0] <= found.spans[0][0]
        assert longer[-1][1] >= found.spans[-1][1]


def test_a_paragraph_is_named_only_where_that_decides() -> None:
    twice = selected("The Office will send three scanners to the harbour of Almera")
    both_in_one = selected("The Office will send three scanners to the")
    assert {twice.reason, both_in_one.reason} == {MissReason.AMBIGUOUS}
    assert deciding_paragraph(twice, SEEDS) == 5
    assert deciding_paragraph(both_in_one, SEEDS) is None
    assert "name its `paragraph`" in twice.fault
    assert "name its" not in both_in_one.fault
    assert deciding_paragraph(selected("was to send its first figures in June"), SEEDS) is None

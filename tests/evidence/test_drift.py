"""What a changed seed does to a passage: unmoved, moved, altered or gone."""

import pytest

import ecuador
from sourcebrief.evidence.drift import Drift, drift, worst
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import LocatedPiece, LocatedQuotation, locate

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
        (TEXT.replace("first", "new"), Drift.MOVED),
        (TEXT.replace("co-\noperate", "cooperate"), Drift.MOVED),
        (TEXT.replace("co-\noperate", "co-operate"), Drift.MOVED),
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


def test_a_quotation_is_as_well_off_as_its_worst_piece() -> None:
    assert worst([Drift.MOVED, Drift.UNMOVED]) is Drift.MOVED
    assert worst([Drift.ALTERED, Drift.GONE, Drift.MOVED]) is Drift.GONE


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

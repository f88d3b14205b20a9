"""An edit of an older text is carried over, is there already, or is a conflict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.review.carry_over import AlreadyMade, Conflict, carried_over, moved_offset
from sourcebrief.workspace.yaml_edits import Edit, apply_edits

REVIEWED = "The pact holds. It binds both. They said so."


def edit(old: str, new: str) -> tuple[Edit, ...]:
    start = REVIEWED.index(old)
    return (Edit(start, start + len(old), new),)


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    return apply_edits(text, [Edit(one.start, one.end, one.words) for one in edits])


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (REVIEWED, "The pact holds. It ties both. They said so."),
        ("Now the pact holds. It binds both.", "Now the pact holds. It ties both."),
        ("New. It binds both. New too.", "New. It ties both. New too."),
    ],
)
def test_an_edit_is_carried_over_with_its_sentence(now: str, expected: str) -> None:
    assert applied(now, carried_over(REVIEWED, now, edit("binds", "ties"))) == expected


def test_a_sentence_that_has_changed_too_is_a_conflict_with_both_versions() -> None:
    with pytest.raises(Conflict, match=r'was "It binds both\.", it is now "It binds us all\."'):
        carried_over(REVIEWED, REVIEWED.replace("both", "us all"), edit("binds", "ties"))


def test_an_edit_that_is_there_is_not_made_twice() -> None:
    for made in (edit("binds", "ties"), edit(" They", " So. They"), edit("It ", "")):
        with pytest.raises(AlreadyMade):
            carried_over(REVIEWED, applied(REVIEWED, made), made)


def test_edits_made_together_are_there_together() -> None:
    one, other = edit("It binds", "It ties"), edit("both", "us")
    now = applied(REVIEWED, (*one, *other))
    with pytest.raises(AlreadyMade):
        carried_over(REVIEWED, now, one, [*one, *other])


def test_a_paragraph_that_came_where_the_next_one_went_is_not_put_in_twice() -> None:
    reviewed = "One.\n\nTwo.\n\nThree."
    new, newer, gone = Edit(4, 4, "\n\nNew."), Edit(4, 4, "\n\nNewer."), Edit(6, 12, "")
    now = "One.\n\nNew.\n\nNewer.\n\nThree."
    for one in (new, newer, gone):
        with pytest.raises(AlreadyMade):
            carried_over(reviewed, now, [one], [newer, new, gone])


def test_an_item_of_a_list_is_a_sentence_of_its_own() -> None:
    items = "- Four\n- Five"
    with pytest.raises(Conflict, match=r'was "- Four", it is now "- For us"'):
        carried_over(items, "- For us\n- Five", (Edit(2, 6, "Fore"),))


def test_an_offset_moves_with_its_words() -> None:
    now = f"New. {REVIEWED}"
    assert moved_offset(REVIEWED, now, 4) == 9
    assert moved_offset(REVIEWED, REVIEWED, 4) == 4


@given(st.integers(0, len(REVIEWED)), st.integers(0, 9), st.sampled_from(["", "so ", "The ", "a."]))
def test_nothing_is_applied_twice(start: int, length: int, words: str) -> None:
    end = min(start + length, len(REVIEWED))
    made = (Edit(start, end, words),)
    now = applied(REVIEWED, made)
    if now.split() != REVIEWED.split():
        with pytest.raises((AlreadyMade, Conflict)):
            carried_over(REVIEWED, now, made)


def test_a_sentence_that_only_edits_of_the_same_review_changed_takes_the_others() -> None:
    one, other = edit("It binds", "It firmly ties"), edit("both", "us")
    now = applied(REVIEWED, one)
    carried = carried_over(REVIEWED, now, other, [*one, *other])
    assert applied(now, carried) == applied(REVIEWED, (*one, *other))
    with pytest.raises(Conflict):
        carried_over(REVIEWED, now, other, other)

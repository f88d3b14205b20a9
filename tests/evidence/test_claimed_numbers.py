"""The numbers of an authored text, held against the passages that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import harbour
from checking import check
from sourcebrief.evidence.claimed_numbers import claimed_numbers, uncarried_numbers

if TYPE_CHECKING:
    from pathlib import Path


EVENTS = "briefings/ports/events.yaml"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It cost $1,500.25 in 2019 and 12 ships.", ["150025", "12"]),
        ("On 3 May 2021 the 51st member joined.", ["51"]),
        ("5G and Cyber4dev are names.", []),
        ("A grant of €2.6m is read with its word.", []),
        ("No figures here.", []),
    ],
)
def test_numbers_are_found_apart_from_dates_and_names(text: str, found: list[str]) -> None:
    assert [value for _, value in claimed_numbers(text, "en")] == found


@pytest.mark.parametrize(
    ("summary", "warned"),
    [
        ("They came fourteen days late.", False),
        ("They came 14 days late.", False),
        ("They came twelve days late.", True),
        ("They came 12 days late.", True),  # 12 July counts no days
        ("They came on 12 July 2021.", False),
        ("The twelve ministers signed.", False),  # the evidence counts no ministers
    ],
)
def test_numbers_in_words_and_days_of_dates_are_compared(
    root: Path, summary: str, warned: bool
) -> None:
    said = "signed a pact on 12 July 2021, fourteen days late, on patrols on 3 May 2021"
    harbour.change(root, "signed a pact on patrols on 3 May 2021", said)
    harbour.change(root, "signed a pact on patrols on 3 May 2021", said, EVENTS)
    harbour.change(root, "The two sides signed a pact.", summary, EVENTS)
    found = [p for p in check(["ports"], root) if "carries the number" in p.message]
    assert bool(found) == warned


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It took 2½ years.", []),
        ("It took 2.5 years.", []),
        ("It took 3½ years.", ["3½"]),
        ("It took ¾ of a year.", ["¾"]),
        ("It cost 2.5 crore, and ₹3 crore.", ["3"]),
    ],
)
def test_a_vulgar_fraction_is_a_number(text: str, said: list[str]) -> None:
    found = list(uncarried_numbers(text, "en", [("2½ years and 25 million rupees", "en")]))
    assert [words.split("the number ")[1].split(";")[0] for words in found] == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("They granted €2.6m.", []),
        ("They granted €2.7m.", ["2.7m"]),
        ("They granted €2.7 million.", ["2.7"]),
        ("A mast of 12 m.", ["12"]),
        ("Hundreds of the two sides’ million euros.", []),
    ],
)
def test_an_abbreviated_number_counts_as_a_whole(text: str, said: list[str]) -> None:
    found = list(uncarried_numbers(text, "en", [("granted 2.6 million euros", "en")]))
    assert [words.split("the number ")[1].split(";")[0] for words in found] == said

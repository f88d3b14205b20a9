"""What words assert, and what a cut may do to the sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import harbour
from checking import check
from sourcebrief.evidence.assertions import assertions, denials, negations, number_values
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, locate

if TYPE_CHECKING:
    from pathlib import Path

EVENTS = "briefings/ports/events.yaml"


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("worth 1,500.25 in all", "en", {"150025"}),
        ("the second of three ships", "en", {"second", "three"}),
        ("on Friday, in March or Sept.", "en", {"Friday", "March", "Sept"}),
        ("they march and may be friends", "en", set()),
        ("it doesn’t and cannot", "en", {"not"}),
        ("el lunes 3 de marzo, frente al mar", "es", {"3", "lunes", "marzo"}),
        ("Er hat keine Million", "de", {"keine", "million"}),
        ("n’a pas dit", "fr", {"n'", "pas"}),
        ("N. Dupont en a vu ½ et 10²", "fr", {"½", "10", "²"}),
        ("can’t, won’t", "en", {"not"}),
        ("hakuna 7 wala saba", "sw", {"7"}),
    ],
)
def test_numbers_dates_and_negations_are_found(text: str, language: str, found: set[str]) -> None:
    assert set(assertions(text, language)) == found


def test_what_is_compared_is_shown_as_it_is_written() -> None:
    assert negations("They Don’t", "en") == {"not": "n't"}
    assert number_values("1.500 and 1,500") == {"1500": "1,500"}


def turned(quotation: str, text: str) -> list[str]:
    seed = read_seed(text, ignore={2}, language="en")
    found = locate(quotation, seed)
    assert isinstance(found, LocatedQuotation), found
    return list(found.turned)


LONG = (
    "The ministers met on the coast. Later they did not sign the pact. It lapsed.\n\nNo ads.\n\n"
    "All was calm in it."
)


@pytest.mark.parametrize(
    ("quotation", "senses"),
    [
        ("Later they did [...] sign the pact", ["[...] leaves out “not”"]),
        ("Later they did [indeed] sign the pact", ["[indeed] leaves out “not”"]),
        ("ministers met [...] sign the pact",
         ["[...] leaves out “not”", "[...] ends one sentence and begins another"]),
        ("sign the pact [...] was calm in it", ["[...] ends one sentence and begins another"]),
        ("sign the pact. It lapsed. [...] was calm in it", []),
        ("met on the coast. [...] sign the pact", ["[...] leaves out “not”"]),
        ("The ministers [...] on the coast", []),
    ],
)  # fmt: skip
def test_a_cut_that_may_turn_the_sense_is_named(quotation: str, senses: list[str]) -> None:
    assert turned(quotation, LONG) == senses


def test_a_note_says_how_a_quotation_was_cut(tmp_path: Path) -> None:
    root = harbour.workspace(tmp_path)
    harbour.change(
        root, "quote: signed a pact", "quote: The port authority [...] signed a pact", EVENTS
    )
    harbour.change(root, "The port authority and", "The port authority did not. A guard and",
                   "seeds/post.txt")  # fmt: skip
    found = [p.message for p in check(["ports"], root) if "how you cut it" in p.message]
    assert found == [
        "[...] ends one sentence and begins another; quote more, or say in `note` how you cut it",
        "[...] leaves out “not”; quote more, or say in `note` how you cut it",
    ]
    line = next(one for one in harbour.EVENTS.splitlines() if "quote: signed a pact" in one)
    quote = line.replace("signed", "The port authority [...] signed").strip().removeprefix("- ")
    harbour.change(root, quote, f"{quote}\n        note: Why.", EVENTS)
    assert not [p for p in check(["ports"], root) if "how you cut it" in p.message]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("the minister [who denied it] agreed", "en", {"denied"}),
        ("both failed and refused, allegedly", "en", {"failed", "refused", "allegedly"}),
        ("the former President, who declared a refuge", "en", set()),
        ("el Gobierno negó y rechazó", "es", {"negó", "rechazó"}),
        ("la ministra de Relaciones, el negocio", "es", set()),
        ("le ministre a refusé et démenti", "fr", {"refusé", "démenti"}),
        ("die Regierung bestritt und lehnte ab", "de", {"bestritt", "lehnte"}),
        ("o governo negou", "pt", {"negou"}),
        ("il governo negò", "it", {"negò"}),
    ],
)
def test_words_that_deny_are_found(text: str, language: str, found: set[str]) -> None:
    assert set(denials(text, language).values()) == found

"""An address leads to the text of an edition, and to the YAML as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviewed_port import BRIEF, EVENTS, enriched, manifest
from sourcebrief.review.addresses import Addresses, AuthoredPlace, quotation_of, text_of
from sourcebrief.workspace.briefing import read_briefing
from sourcebrief.workspace.catalogue import read_library
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.yaml_places import load

if TYPE_CHECKING:
    from conftest import Workspace

TEXTS = {
    "title": "Scanning in Port Almera",
    "judgements/1": "We judge that the pact holds. [@pact]",
    "actors/interior": "The Coast Office signed the pact. [@pact]",
    "gaps/1": "No text of the pact is on record. [@wire-2021, ¶ 4]",
    "sections/1/heading": "What follows",
    "sections/2": "Trade isn't named. [@pact]",
    "events/pact/title": "Pact on container scanning signed",
    "events/pact/summary": "The two signed a pact on container scanning.",
    "events/offer/caveat": "The almanac lists no scanners. [@almanac-2020]",
    "events/offer/date/note": "The day of the report.",
    "events/offer/outcomes/1": "Scanners for the harbour",
}


def addresses(workspace: Workspace) -> Addresses:
    inputs = Inputs(workspace.root)
    library, _ = read_library(inputs)
    record, _, _ = read_briefing("port", inputs, library)
    return Addresses(load(inputs.read(BRIEF), BRIEF), record, library)


def test_an_address_leads_to_the_text_and_to_the_yaml(workspace: Workspace) -> None:
    made = manifest(enriched(workspace))
    found = addresses(workspace)
    for address, text in TEXTS.items():
        place = text_of(made, address)
        assert place is not None
        assert place.text == text
        assert found.place(address, text).value == text
    bottom = text_of(made, "bottom-line")
    assert bottom is not None
    assert str(found.place("bottom-line").value).strip() == bottom.text


@pytest.mark.parametrize(
    "address",
    ["", "subtitle", "judgements/9", "judgements/x", "events/none/title", "sources/wire-2021"],
)
def test_what_no_author_wrote_has_no_text(workspace: Workspace, address: str) -> None:
    assert text_of(manifest(workspace), address) is None


def test_texts_say_what_they_allow(workspace: Workspace) -> None:
    made = manifest(workspace)
    assert text_of(made, "events/pact/title") == AuthoredPlace(
        "Pact on container scanning signed", markdown=False, block=False, event="pact"
    )
    summary = text_of(made, "events/pact/summary")
    assert summary is not None
    assert (summary.markdown, summary.block, summary.event) == (True, False, "pact")


def test_a_quotation_is_told_with_its_source(workspace: Workspace) -> None:
    made = manifest(workspace)
    told = quotation_of(made, "events/pact/evidence/2")
    assert told == "“the pact on container scanning was signed” (Wire, ¶ 1)"
    assert quotation_of(made, "events/pact/evidence/9") is None
    assert quotation_of(made, "events/pact/title") is None


def test_a_statement_is_found_by_its_words_where_others_came_before_it(
    workspace: Workspace,
) -> None:
    text = "We judge that the pact holds. [@pact]"
    workspace.edit(
        BRIEF,
        "judgements:\n",
        "judgements:\n  - {text: 'Another one. [@offer]', confidence: low}\n",
    )
    workspace.edit(BRIEF, "We judge that the pact holds.", "We judge that the pact will hold.")
    assert addresses(workspace).place("judgements/1", text).path == ("judgements", 1, "text")


def test_what_is_gone_leads_to_what_held_it(workspace: Workspace) -> None:
    found = addresses(workspace)
    assert found.place("gaps/7", "Nothing like it").path == ("gaps",)
    assert found.place("events/none/summary").path == ()
    place = found.place("events/pact/evidence/1")
    assert (place.file.path, place.path[-3:]) == (EVENTS, ("evidence", 0, "quote"))
    assert found.place("sources/wire-2021").file.path == "seeds/seeds.yaml"
    assert found.place("events/pact/outcomes/4").value is None


def test_a_translation_is_an_authors_unless_a_seed_gives_it(workspace: Workspace) -> None:
    made = manifest(workspace)
    item, address = made["events"][0]["evidence"][1], "events/pact/evidence/2/translation"
    item["translation"] = {"text": "our words", "by": "ours"}
    place = text_of(made, address)
    assert place is not None
    assert (place.text, place.event, place.markdown) == ("our words", "pact", False)
    item["translation"] = {"text": "official words", "seed": "wire-2021"}
    assert text_of(made, address) is None
    quote = "        quote: the pact on container scanning was signed\n"
    workspace.edit(EVENTS, quote, f"{quote}        translation: {{text: ours, by: machine}}\n")
    assert addresses(workspace).place(address).path[-2:] == ("translation", "text")


def test_a_confidence_is_found_by_the_words_of_its_judgement(workspace: Workspace) -> None:
    first = "  - text: We judge that costs will grow. [@pact]\n    confidence: low\n"
    workspace.edit(BRIEF, "judgements:\n", f"judgements:\n{first}")
    said = "We judge that the pact holds. [@pact]"
    found = addresses(workspace).place("judgements/1/confidence", said)
    assert found.path == ("judgements", 1, "confidence")

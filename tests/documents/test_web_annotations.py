"""Evidence as W3C Web Annotations, and back."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sourcebrief.authoring.annotations.annotation_report import annotations_of
from sourcebrief.authoring.annotations.json_annotations import read_json_annotations
from sourcebrief.authoring.annotations.place_annotations import place_annotations
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.documents.web_annotations import CONTEXT, named_information, web_annotations
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from conftest import Workspace
    from sourcebrief.brief.make_manifest import Composition

ROOT = Path(__file__).resolve().parents[2]
EVENTS = "briefings/port/events.yaml"


def exported(composition: Composition) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(web_annotations(composition))
    return value


def test_a_name_of_bytes_as_in_rfc_6920() -> None:
    # The example of section 8.1: "Hello World!".
    sha256 = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069"
    assert named_information(sha256) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"


def test_an_annotation_has_the_selectors_of_its_passage(workspace: Workspace) -> None:
    composition = workspace.composition()
    collection = exported(composition)
    assert collection["@context"] == CONTEXT
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == len(collection["first"]["items"]) == 3
    last = collection["first"]["items"][-1]
    text = (workspace.root / "seeds/wire.txt").read_text("utf-8")
    quote, position = last["target"]["selector"]
    assert quote["exact"] == text[position["start"] : position["end"]]
    assert quote["exact"] == "The Office will send three scanners to the harbour"
    assert text[: position["start"]].endswith(quote["prefix"])
    assert text[position["end"] :].startswith(quote["suffix"])
    assert last["target"]["source"]["id"].startswith("ni:///sha-256;")
    assert last["body"] == [
        {"type": "TextualBody", "format": "text/plain", "purpose": "tagging", "value": "offer"}
    ]


def test_every_annotation_has_a_name_of_its_own_and_equal_inputs_equal_bytes(
    workspace: Workspace,
) -> None:
    composition = workspace.composition()
    names = [one["id"] for one in exported(composition)["first"]["items"]]
    assert len(set(names)) == len(names)
    assert web_annotations(composition) == web_annotations(workspace.composition())


def test_a_note_and_brackets_are_bodies_and_pieces_are_targets(workspace: Workspace) -> None:
    workspace.edit(
        EVENTS,
        "quote: the pact on container scanning was signed",
        "quote: Coast Office confirmed [...] container scanning was signed\n"
        "        note: The day is left out.",
    )
    cut = exported(workspace.composition())["first"]["items"][1]
    assert [one["selector"][0]["exact"] for one in cut["target"]] == [
        "Coast Office confirmed",
        "container scanning was signed",
    ]
    assert [(body["purpose"], body["value"]) for body in cut["body"]] == [
        ("tagging", "pact"),
        ("commenting", "The day is left out."),
        ("describing", "Coast Office confirmed [...] container scanning was signed"),
    ]


@pytest.mark.parametrize("name", ["ecuador-security-cooperation"])
def test_every_quotation_comes_back_as_it_was(name: str) -> None:
    corpus = read_corpus(Inputs(ROOT))
    composition = check_briefing(name, corpus).composition
    assert composition is not None
    quoted = defaultdict(set)
    for event in composition.selected:
        for proven in composition.proof.evidence[event]:
            spans = tuple((piece.start, piece.end) for piece in proven.located.pieces)
            quoted[proven.evidence.seed].add((spans, proven.located.printed))
    annotations = read_json_annotations(web_annotations(composition))
    assert len(quoted) > 3
    for seed, passages in quoted.items():
        mine = annotations_of(annotations, corpus.library.entries[seed].value, "evidence.json")
        placed, unplaced = place_annotations(mine, seed, corpus.seeds)
        assert unplaced == []
        assert {(one.spans, one.located.printed) for one in placed} == passages

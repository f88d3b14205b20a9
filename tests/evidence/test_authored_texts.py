"""The texts that an author writes for a briefing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebrief.evidence.authored_texts import EVENT_TEXT_KEYS, brief_texts, event_texts

import harbour
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.workspace.model import Event
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path


def test_each_text_has_its_name_its_place_and_what_it_cites(tmp_path: Path) -> None:
    corpus = read_corpus(Inputs(harbour.workspace(tmp_path)))
    composition = check_briefing("ports", corpus).composition
    assert composition is not None
    brief = composition.briefing.brief
    texts = list(brief_texts(brief))
    assert [text.name for text in texts][:2] == ["bottom line", "judgement 1"]
    assert texts[0].place == brief.place("bottom_line")
    assert all(citations for text in texts for _, citations in text.blocks)
    signed = list(event_texts(composition.briefing.record.events["pact-signed"]))
    assert [text.name for text in signed][:2] == ["title of pact-signed", "summary of pact-signed"]
    assert signed[0].blocks == ((signed[0].text, ()),)


def test_every_text_key_is_a_key_of_an_event() -> None:
    assert EVENT_TEXT_KEYS.keys() <= Event.model_fields.keys()

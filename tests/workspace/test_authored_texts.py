"""The texts that an author writes, by the table of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebrief.workspace.authored_texts import EVENT_TEXTS, brief_texts, event_texts
from sourcebrief.workspace.model import Event

if TYPE_CHECKING:
    from conftest import Workspace


def test_the_table_names_fields_of_an_event() -> None:
    assert {text.key for text in EVENT_TEXTS} <= set(Event.model_fields)


def test_the_texts_of_a_brief_come_in_the_order_of_the_file(workspace: Workspace) -> None:
    briefing = workspace.composition().briefing
    names = [text.name for text in brief_texts(briefing.brief)]
    assert names[:2] == ["bottom line", "judgement 1"]
    lines = [text.place.line for text in brief_texts(briefing.brief)]
    assert lines == sorted(lines)


def test_an_event_says_what_its_evidence_has_to_support(workspace: Workspace) -> None:
    record = workspace.composition().briefing.record
    texts = {text.name: text for text in event_texts(record.events["offer"])}
    assert set(texts) >= {"title of offer", "summary of offer", "outcome 1 of offer"}
    assert not texts["title of offer"].markdown
    assert texts["summary of offer"].own == "offer"
    # A place is not a claim, and is compared with nothing.
    assert "place of offer" not in texts


def test_each_paragraph_says_what_it_cites(workspace: Workspace) -> None:
    briefing = workspace.composition().briefing
    for text in brief_texts(briefing.brief):
        assert all(citations for _, citations in text.blocks), text.name
    title = next(event_texts(briefing.record.events["offer"]))
    assert title.blocks == ((title.text, ()),)

"""Each place of a built document leads to the text that stands there, or that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewed_port import enriched, manifest
from sourcebrief.documents.word.anchors import Anchor
from sourcebrief.review.built_text import BuiltText
from sourcebrief.review.printed_source import CALL
from sourcebrief.review.word_text import Piece, WordParagraph

if TYPE_CHECKING:
    from conftest import Workspace

SAID = f"The Office may send scanners\u00a0[2]. It has not said when it will.{CALL}"


def built(workspace: Workspace) -> BuiltText:
    paragraphs = [
        WordParagraph(pieces=[Piece("Sources")]),
        WordParagraph(pieces=[Piece(SAID)], bookmarks={"_s": (0, len(SAID) - 1)}),
        WordParagraph(row=1, pieces=[Piece("12 May 2021")]),
        WordParagraph(row=1, pieces=[Piece("Pact signed.")], bookmarks={"_t": (0, 12)}),
        WordParagraph(pieces=[Piece("Gazette")], bookmarks={"source-gazette-2021": (0, 0)}),
        WordParagraph("note", pieces=[Piece("Wire")], note="7"),
        WordParagraph("head", pieces=[Piece("Edition")]),
    ]
    anchors = {
        "_s": Anchor("_s", "sections/1", 1),
        "_t": Anchor("_t", "events/pact/title", 1),
    }
    return BuiltText(manifest(enriched(workspace)), paragraphs, anchors)


def test_what_no_author_wrote_is_near_a_text(workspace: Workspace) -> None:
    assert built(workspace).near == [
        *("sections", "sections/1", "events/pact", "events/pact/title"),
        *("sources/gazette-2021", "sections/1", ""),
    ]


def test_an_offset_leads_to_where_it_is_written(workspace: Workspace) -> None:
    text = built(workspace)
    address, said, at = text.place_of(1, SAID.index("when"))
    assert address == "sections/1"
    assert said[at:].startswith("when** it")
    assert text.place_of(2, 3) == ("events/pact", "", 0)


def test_a_border_belongs_to_the_text_before_it(workspace: Workspace) -> None:
    text = built(workspace)
    segment = text.segment(1, len(SAID) - 1, len(SAID) - 1)
    assert segment is not None
    assert segment.anchor.address == "sections/1"
    assert text.segment(1, 3, len(SAID)) is None
    assert text.touched(1, 3, len(SAID)) == "sections/1"
    assert text.touched(0, 0, 1) == "sections"

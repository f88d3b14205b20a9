"""Any edits of authored words, tracked or not, come back to the YAML, or are listed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewed_port import BRIEF, EVENTS, enriched, manifest, review_of, sent
from sourcebrief.review.addresses import text_of
from sourcebrief.review.apply_review import apply_remarks
from sourcebrief.review.review_briefing import review_briefing
from sourcebrief.workspace.markup import parse_markup
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from conftest import Workspace

WORDS = {
    "bottom-line": ["binding", "scanners", "promised", "themselves", "record"],
    "judgements/1": ["judge that", "pact holds"],
    "actors/interior": ["Office signed"],
    "gaps/1": ["text of"],
    "sections/1": ["may send", "when"],
    "sections/2": ["named"],
    "events/pact/summary": ["pact on"],
    "events/offer/title": ["promises"],
    "events/offer/caveat": ["lists no"],
}
"""Words of texts that stand once in the document, by the text that they are of."""
PLACES = [(address, word) for address, words in WORDS.items() for word in words]
EDIT = st.tuples(
    st.sampled_from(["put in", "take out", "change", "edit"]),
    st.sampled_from(["so", "on the whole", "a*b", "[x]", "of «it»"]),
)
EDITS = st.dictionaries(st.sampled_from(PLACES), EDIT, min_size=1, max_size=6)


def plain(workspace: Workspace, address: str) -> str:
    place = text_of(manifest(workspace), address)
    assert place is not None
    return parse_markup(place.text).plain if place.markdown else place.text


@pytest.fixture
def fresh(workspace: Workspace) -> tuple[Workspace, dict[str, bytes]]:
    enriched(workspace)
    return workspace, {path: (workspace.root / path).read_bytes() for path in (BRIEF, EVENTS)}


@pytest.mark.parametrize("examples", [3, pytest.param(30, marks=pytest.mark.slow)])
def test_edits_come_back_as_they_were_meant(
    fresh: tuple[Workspace, dict[str, bytes]], examples: int
) -> None:
    workspace, files = fresh

    @given(EDITS)
    @example({("bottom-line", word): ("put in", "a*b") for word in ("scanners", "promised")})
    @settings(max_examples=examples)
    def come_back(edits: dict[tuple[str, str], tuple[str, str]]) -> None:
        for path, data in files.items():
            (workspace.root / path).write_bytes(data)
        review = review_of(workspace)
        wanted = {address: plain(workspace, address) for address in WORDS}
        for (address, word), (kind, new) in edits.items():
            anchor = _around(wanted[address], word)
            if kind == "put in":
                review.put_in(f"{new} ", before=anchor)
                meant = f"{new} {word}"
            elif kind == "take out":
                review.take_out(anchor)
                meant = ""
            else:
                (review.change if kind == "change" else review.edit)(anchor, new)
                meant = new
            wanted[address] = wanted[address].replace(word, meant, 1)
        path = sent(workspace, review)
        inputs = Inputs(workspace.root)
        found = review_briefing("port", inputs, [path], None)
        made = apply_remarks("port", inputs, found.placed)
        for file, data in made.files.items():
            (workspace.root / file).write_bytes(data)
        refused = {one.remark.address for one in (*made.refused, *found.placed) if one.reason}
        for address, text in wanted.items():
            if address not in refused:
                assert plain(workspace, address).split() == text.split()
        again = Inputs(workspace.root)
        twice = apply_remarks("port", again, review_briefing("port", again, [path], None).placed)
        assert not twice.made

    come_back()


def _around(text: str, word: str) -> str:
    """The word, which stands once in its text."""
    assert len(re.findall(re.escape(word), text)) == 1, (word, text)
    return word

"""The words of a document, made again from its manifest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from sourcebrief.brief.make_manifest import manifest_of
from sourcebrief.brief.manifest import Manifest, read_manifest
from sourcebrief.documents.template_folders import TemplateFiles, held_templates
from sourcebrief.verification.document_text import NotABrief
from sourcebrief.verification.expected_words import expected_words

if TYPE_CHECKING:
    from conftest import Workspace

FIRST = Path(__file__).parent / "first_edition/port.evidence.json"
TEMPLATES = held_templates()


def altered(manifest: Manifest, **changes: Any) -> Manifest:
    return cast("Manifest", {**json.loads(json.dumps(manifest)), **changes})


def test_the_page_is_made_again_with_a_sign_for_the_edition(workspace: Workspace) -> None:
    words = next(expected_words(manifest_of(workspace.composition()), TEMPLATES))
    texts = [text for _, _, text in words["runs"]]
    assert "The two signed a pact on container scanning." in texts
    assert any("\ue000" in text for text in words["running"].values())


def test_a_manifest_of_the_first_edition_has_the_words_of_its_page() -> None:
    manifest = read_manifest(FIRST.read_bytes())
    assert list(expected_words(manifest, TemplateFiles({}))) == [manifest["printed"]]


@pytest.mark.parametrize(
    "changes",
    [
        {"actors": []},
        {"sources": []},
        {"events": []},
    ],
    ids=str,
)
def test_evidence_that_contradicts_itself_makes_no_brief(
    workspace: Workspace, changes: dict[str, Any]
) -> None:
    with pytest.raises(NotABrief, match="no brief can be made of its evidence"):
        list(expected_words(altered(manifest_of(workspace.composition()), **changes), TEMPLATES))


def test_a_circle_of_events_ends(workspace: Workspace) -> None:
    manifest = altered(manifest_of(workspace.composition()))
    for event in manifest["events"]:
        event["part_of"] = event["id"]
    with pytest.raises(NotABrief):
        list(expected_words(manifest, TEMPLATES))


def test_a_citation_style_of_its_own_has_to_be_given(workspace: Workspace) -> None:
    manifest = manifest_of(workspace.composition())
    manifest["brief"]["style"] = "0" * 64
    with pytest.raises(NotABrief, match=r"give a folder that has it as citation-style\.csl"):
        list(expected_words(manifest, TEMPLATES))

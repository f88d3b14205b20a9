"""The small good workspace with texts of every kind of YAML, built as a Word document to review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sourcebrief.brief.make_manifest import manifest_of
from sourcebrief.brief.manifest import Manifest
from sourcebrief.documents.template_folders import held_templates
from sourcebrief.review.read_review import read_review
from word_reviews import WordReview

if TYPE_CHECKING:
    from conftest import Workspace
    from sourcebrief.review.remarks import Remark

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"
BOTTOM_LINE = """\
bottom_line: >  # what it comes to
  The two ministries signed a *binding* pact, and scanners
  are promised. [@pact; @offer] They say so themselves. [@wire-2021]


  Nothing else is on record. [@pact]
"""
SECTIONS = """\
sections:
  - heading: What follows
    text: |
      The Office may send scanners. [@offer]
      It has not said **when** it will.
  - {heading: Of note, text: 'Trade isn''t named. [@pact]'}
"""


_DOCUMENTS: dict[int, bytes] = {}


def enriched(workspace: Workspace) -> Workspace:
    """Give the briefing folded, literal and quoted texts, with emphasis and citations in them."""
    was = "The two ministries signed a pact, and scanners are promised. [@pact; @offer]"
    workspace.edit(BRIEF, f"bottom_line: {was}\n", BOTTOM_LINE)
    text = (workspace.root / BRIEF).read_text("utf-8")
    return workspace.write(BRIEF, text + SECTIONS)


def document(workspace: Workspace, name: str = "port") -> bytes:
    """Build the Word document of the briefing."""
    ran = workspace.run("build", name, "--format", "docx", "--force")
    assert ran.code == 0, ran.err
    return (workspace.root / f"briefings/{name}/{name}.docx").read_bytes()


def remarks_of(data: bytes) -> tuple[Remark, ...]:
    """The remarks in a document, in this process."""
    found = read_review(data, None, held_templates())
    assert found.fault == ""
    return found.remarks


def review_of(workspace: Workspace, author: str = "Ana Ruiz") -> WordReview:
    """A review of the enriched briefing's document, which is built once for all tests."""
    texts = tuple((workspace.root / path).read_text("utf-8") for path in (BRIEF, EVENTS))
    key = hash(texts)
    if key not in _DOCUMENTS:
        _DOCUMENTS[key] = document(workspace)
    return WordReview(_DOCUMENTS[key], author)


def sent(workspace: Workspace, review: WordReview, name: str = "ana.docx") -> Path:
    """Write a review beside the workspace."""
    path = workspace.root.parent / name
    path.write_bytes(review.bytes())
    return path


def manifest(workspace: Workspace) -> Manifest:
    return manifest_of(workspace.composition())

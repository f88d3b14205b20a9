"""A document is made again from the evidence that it carries, byte for byte."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from sourcebrief import __version__
from sourcebrief.documents.build_info import read_build_info
from sourcebrief.documents.template_folders import TemplateFiles, held_templates
from sourcebrief.verification.read_document import read_document
from sourcebrief.verification.remake import Remade, remade_under_limits, remake

if TYPE_CHECKING:
    from pathlib import Path

    from inspections import Built
    from sourcebrief.verification.document_text import DocumentText

TEMPLATES = held_templates()


def stating(document: DocumentText, **changes: Any) -> DocumentText:
    """The document, saying something else of its build."""
    assert document.build_info is not None
    info = read_build_info(document.build_info)
    return replace(document, build_info=info.model_copy(update=changes).json_bytes())


@pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
@pytest.mark.parametrize("briefing", ["harbours", "muelle"])
def test_equal_evidence_makes_equal_bytes(built: Built, briefing: str, kind: str) -> None:
    data = built.bytes(briefing, kind)
    assert remake(read_document(data), None, TEMPLATES) == Remade(data)


def test_another_moment_makes_other_bytes(built: Built) -> None:
    data = built.bytes("muelle", "html")
    document = stating(read_document(data), epoch=1)
    made = remake(document, None, TEMPLATES)
    assert made.content is not None
    assert made.content != data
    assert made.other == ()


def test_what_was_made_with_something_else_is_named(built: Built) -> None:
    document = read_document(built.bytes("muelle", "html"))
    assert document.build_info is not None
    versions = dict(read_build_info(document.build_info).versions)
    babel = versions["babel"]
    older = stating(document, versions={**versions, "babel": "1.0"}, templates="0" * 64)
    made = remake(older, None, TEMPLATES)
    assert made.content is not None
    assert made.other == (f"babel 1.0 (here {babel})", "other templates")
    assert made.image == f"sourcebrief:{__version__}"


def test_the_manifest_is_given_where_the_document_lost_it(built: Built) -> None:
    data = built.bytes("muelle", "docx")
    evidence = built.bytes("muelle", "evidence.json")
    stripped = replace(read_document(data), evidence=None)
    assert remake(stripped, evidence, TEMPLATES).content == data


def changed(document: DocumentText, **changes: Any) -> DocumentText:
    manifest = json.loads(document.evidence or b"")
    return replace(document, evidence=json.dumps({**manifest, **changes}).encode())


def test_what_cannot_be_made_again_says_why(built: Built) -> None:
    document = read_document(built.bytes("muelle", "html"))
    brief = json.loads(document.evidence or b"")["brief"]
    said = {
        remake(one, None, TEMPLATES).reason.partition(" (")[0]
        for one in (
            read_document(built.bytes("muelle", "evidence.json")),
            replace(document, build_info=None),
            replace(document, build_info=b"{}"),
            replace(document, evidence=b"{}"),
            changed(document, actors=[]),
            changed(document, brief={**brief, "style": "0" * 64}),
        )
    }
    assert said == {
        "this file holds its evidence alone",
        "it does not say what it was made with",
        "its build-info.json was altered: no build writes it in this form",
        "its evidence is not a manifest, and this program reads 'sourcebrief-evidence/2'",
        "no document can be made of its evidence",
        "it has a citation style of its own",
    }


def test_a_template_that_fails_is_a_reason(built: Built) -> None:
    templates = TemplateFiles({**TEMPLATES.content, "brief.html.j2": b"{{ 1 / 0 }}"})
    made = remake(read_document(built.bytes("muelle", "html")), None, templates)
    assert made.content is None
    assert made.reason.startswith("no document can be made of its evidence")
    assert made.other == ("other templates",)


# ------------------------------------------- under limits, in a process of its own


def test_the_process_gives_the_same(built: Built, tmp_path: Path) -> None:
    file = built.file("muelle", "docx")
    assert remade_under_limits(file, None, None) == Remade(file.read_bytes())
    junk = tmp_path / "junk.pdf"
    junk.write_bytes(b"%PDF-1.7\n")
    assert remade_under_limits(junk, None, None).reason.startswith("damaged")


def test_past_its_limits_it_is_not_made_again(built: Built) -> None:
    file = built.file("harbours", "pdf")
    hurried = remade_under_limits(file, None, None, seconds=0.01)
    assert hurried.reason == "making it again took more time than verify allows"
    cramped = remade_under_limits(file, None, None, memory=150_000_000)
    assert cramped.content is None
    assert cramped.reason


def test_a_version_that_is_none_names_no_image(built: Built) -> None:
    document = read_document(built.bytes("muelle", "html"))
    assert document.build_info is not None
    versions = dict(read_build_info(document.build_info).versions)
    strange = stating(document, versions={**versions, "sourcebrief": "1; rm -rf /"})
    assert remake(strange, None, TEMPLATES).image == ""

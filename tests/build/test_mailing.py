"""The mail of an edition: from the bytes that were built, while they are up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.brief.manifest import read_manifest
from sourcebrief.build.mailing import StaleEdition, built_edition
from sourcebrief.build.results import BuildOptions
from sourcebrief.errors import SourcebriefError

if TYPE_CHECKING:
    from conftest import Workspace


def test_only_what_was_built_is_mailed(workspace: Workspace) -> None:
    with pytest.raises(SourcebriefError):
        built_edition("port", BuildOptions(root=workspace.root))


def test_a_built_edition_has_its_files_until_an_input_changes(workspace: Workspace) -> None:
    assert workspace.run("build", "--format", "pdf").code == 0
    options = BuildOptions(root=workspace.root)
    _, files = built_edition("port", BuildOptions(root=workspace.root, formats=("pdf",)))
    manifest = read_manifest(files["port.evidence.json"])
    assert manifest["brief"]["title"] == "Scanning in Port Almera"
    assert files["port.pdf"].startswith(b"%PDF-")
    workspace.edit("briefings/port/brief.yaml", "title: Scanning", "title: On scanning")
    with pytest.raises(StaleEdition):
        built_edition("port", options)


def test_the_short_edition_goes_where_it_is_built(workspace: Workspace) -> None:
    workspace.edit("briefings/port/events.yaml", "  - id: pact", "  - id: pact\n    key: true")
    assert workspace.run("build").code == 0
    ran = workspace.run("email", "port", "--layout", "short")
    assert ran.code == 1
    assert "layouts has no short, which the mail carries; add it and build again" in ran.err
    workspace.edit(
        "briefings/port/brief.yaml", "language: en-GB", "language: en-GB\nlayouts: [full, short]"
    )
    assert workspace.run("build").code == 0
    ran = workspace.run("email", "port", "--layout", "short", "--docx")
    assert "with port-short.pdf and port-short.docx" in ran.out

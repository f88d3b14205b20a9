"""A seal covers every file of an edition, and a sealed edition is up to date."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from keys import needs_ssh, ssh_key
from sourcebrief.build.results import BuildOptions
from sourcebrief.build.sealing import StaleEdition, built_edition, seal_edition
from sourcebrief.documents.checksums import read_checksums

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace
    from fake_engines import Engines

SUMS = "briefings/port/port.sha256"


def signed(data: bytes) -> bytes:
    """Stands for a signature behind a file."""
    return data + b"signed"


def hashes(workspace: Workspace) -> dict[str, str]:
    folder = workspace.root / "briefings/port"
    kinds = ("pdf", "docx", "html", "evidence.json")
    files = {f"port.{kind}": (folder / f"port.{kind}").read_bytes() for kind in kinds}
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def test_only_what_was_built_is_read(workspace: Workspace, engines: Engines) -> None:
    options = BuildOptions(root=workspace.root)
    with pytest.raises(StaleEdition, match="no build of it is remembered"):
        built_edition("port", options)
    workspace.run("build")
    _, files = built_edition("port", options)
    assert "briefings/port/port.pdf" in files
    workspace.edit("briefings/port/brief.yaml", "title: Scanning", "title: On scanning")
    with pytest.raises(StaleEdition, match="has changed"):
        built_edition("port", options)


def test_the_checksums_are_of_the_signed_pdfs(workspace: Workspace, engines: Engines) -> None:
    workspace.run("build")
    options = BuildOptions(root=workspace.root)
    written = seal_edition("port", options, sign_pdf=signed, ssh_key=None)
    assert written == ("port.pdf", "port.sha256")
    assert (workspace.root / "briefings/port/port.pdf").read_bytes().endswith(b"signed")
    assert read_checksums((workspace.root / SUMS).read_bytes()) == hashes(workspace)


@needs_ssh
def test_their_signature_stands_beside_them(
    workspace: Workspace, engines: Engines, tmp_path: Path
) -> None:
    workspace.run("build")
    options = BuildOptions(root=workspace.root)
    written = seal_edition("port", options, sign_pdf=None, ssh_key=ssh_key(tmp_path))
    assert written == ("port.sha256", "port.sha256.sig")
    assert "BEGIN SSH SIGNATURE" in (workspace.root / f"{SUMS}.sig").read_text("utf-8")


def test_a_sealed_edition_is_up_to_date_and_may_be_sealed_again(
    workspace: Workspace, engines: Engines
) -> None:
    workspace.run("build")
    options = BuildOptions(root=workspace.root)
    for _ in range(2):
        seal_edition("port", options, sign_pdf=signed, ssh_key=None)
        assert workspace.run("check", "--built").code == 0
    data = (workspace.root / "briefings/port/port.pdf").read_bytes()
    assert data.count(b"signed") == 1
    (workspace.root / "briefings/port/port.pdf").write_bytes(data + b" by another")
    assert "port.pdf is not what was built" in workspace.run("check", "--built").err


def test_a_build_replaces_a_sealed_file_only_by_force(
    workspace: Workspace, engines: Engines
) -> None:
    workspace.run("build")
    options = BuildOptions(root=workspace.root)
    seal_edition("port", options, sign_pdf=signed, ssh_key=None)
    workspace.edit("briefings/port/brief.yaml", "title: Scanning", "title: On scanning")
    ran = workspace.run("build")
    assert ran.code == 1
    assert (
        "briefings/port/brief.yaml:1:1: error: its files are sealed, and a build would replace "
        "them (briefings/port/brief.yaml has changed); keep a copy of them, give --force" in ran.err
    )
    assert (workspace.root / "briefings/port/port.pdf").read_bytes().endswith(b"signed")
    assert workspace.run("build", "--force").code == 0
    assert not (workspace.root / "briefings/port/port.pdf").read_bytes().endswith(b"signed")
    assert workspace.run("build").code == 0


@needs_ssh
def test_a_forced_build_deletes_the_signature_of_the_edition_before(
    workspace: Workspace, engines: Engines, tmp_path: Path
) -> None:
    workspace.run("build")
    seal_edition(
        "port", BuildOptions(root=workspace.root), sign_pdf=None, ssh_key=ssh_key(tmp_path)
    )
    assert (workspace.root / f"{SUMS}.sig").is_file()
    assert workspace.run("build", "--force").code == 0
    assert not (workspace.root / f"{SUMS}.sig").exists()

"""Files that the first edition built (manifest format 1) are still read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sourcebrief.verification.verify import verify

if TYPE_CHECKING:
    from conftest import Workspace

FILES = Path(__file__).resolve().parents[1] / "verification/first_edition"
EDITION = "5911e28ec151"


@pytest.mark.parametrize("name", ["port.pdf", "port.docx", "port.html", "port.evidence.json"])
def test_it_verifies(name: str) -> None:
    verdict = verify((FILES / name).read_bytes(), expect=EDITION)
    assert verdict.problems == ()
    assert verdict.edition == EDITION


def test_what_changed_since_it_is_told(workspace: Workspace) -> None:
    workspace.edit("briefings/port/brief.yaml", "title: Scanning", "title: On scanning")
    ran = workspace.run("changes", "--since", FILES / "port.pdf")
    assert ran.code == 0
    assert "title: from “Scanning in Port Almera” to “On scanning in Port Almera”" in ran.out

"""What `add` reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from added_files import PDF, given
from built_documents import docx

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_the_report_says_what_was_found_and_what_was_not(workspace: Workspace, inbox: Path) -> None:
    ran = workspace.run("add", given(inbox, "report.pdf", PDF))
    assert ran.out == (
        "report-2024: Port report\n"
        "  document, en\n"
        "  issued 2024-03-05 (stated), the text states it\n"
        "  report.txt: 3 paragraphs on 2 pages, from report.pdf\n"
        "  not found: publisher and URL; fill in at the end of seeds/seeds.yaml\n"
        "added to seeds/seeds.yaml: 1 seed\n"
        "next: sourcebrief find WORDS\n"
    )


def test_a_date_of_the_metadata_is_held_against_those_of_the_text(
    workspace: Workspace, inbox: Path
) -> None:
    minutes = "Minutes\n\n12 February 2024\n\nThe group met on 12 February 2024 in Lima."
    ran = workspace.run("add", given(inbox, "m.docx", docx(minutes, title="Minutes", lang="en")))
    assert (
        "  issued 2024-03-04 (external): From the document’s metadata (created)\n"
        "  m.txt: 4 paragraphs, from m.docx\n"
        "  note: the first date in its text is 2024-02-12; where that is its own, correct the "
        "entry: issued: 2024-02-12 and issued_basis: stated, without issued_note\n"
    ) in ran.out

"""What `add` shows of each document, and of what was there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from added_files import PDF, given
from sourcebrief.authoring.adding.addition_report import addition_report
from sourcebrief.authoring.adding.plan_addition import AdditionPlan

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace


def test_the_report_says_what_was_found_and_what_was_not(
    workspace: Workspace, tmp_path: Path
) -> None:
    ran = workspace.run("add", given(tmp_path, "report.pdf", PDF))
    assert ran.out == (
        "report-2024: Port report\n"
        "  document, en\n"
        "  issued 2024-03-05 (stated), the text states it\n"
        "  report.txt: 3 paragraphs on 2 pages, from report.pdf\n"
        "  its entry: seeds/seeds.yaml:31; not found: publisher and URL; "
        "notes name it by its title until it has a publisher\n"
        "added to seeds/seeds.yaml: 1 seed\n"
        "next: sourcebrief find WORDS\n"
    )


def test_a_few_of_what_was_there_already_are_named() -> None:
    plan = AdditionPlan((), tuple("abcdefg"), (), b"", b"")
    assert addition_report(plan) == (
        "in seeds/seeds.yaml already: a, b, c, d, e and 2 more\nnothing to add to seeds/seeds.yaml"
    )

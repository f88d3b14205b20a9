"""The report of coverage, and the share that a build may demand."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

import harbour
from sourcebrief.build.checks import check_workspace, coverage_of
from sourcebrief.cli import run
from sourcebrief.documents.coverage_report import percent, shortfalls

if TYPE_CHECKING:
    from pathlib import Path

BRIEF = "briefings/ports/brief.yaml"


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(0), "0%"),
        (Fraction(1), "100%"),
        (Fraction(1, 3), "33.3%"),
        (Fraction(999_999, 1_000_000), "99.9%"),
        (Fraction(2, 3), "66.6%"),
    ],
)
def test_a_share_is_rounded_down(share: Fraction, shown: str) -> None:
    assert percent(share) == shown


class TestGate:
    """`--min-coverage` fails below the share, and not at it."""

    def test_the_share_itself_is_enough(self, root: Path) -> None:
        found = coverage_of(check_workspace(("ports",), root))
        assert shortfalls(found, found[0].share) == []
        (problem,) = shortfalls(found, found[0].share + Fraction(1, 10**9))
        assert str(problem) == (
            f"{BRIEF}:1:1: error: 33.3% quoted, 23 of 69 words of the seeds it quotes: less than "
            "--min-coverage 33.3%; `check --coverage` shows what is left out"
        )

    @pytest.mark.parametrize(
        ("minimum", "code"),
        [
            ("30", 0),
            ("33.3%", 0),
            ("33.4", 1),
            ("100", 1),
            ("0", 0),
            ("101", 2),
            ("x", 2),
            ("-1", 2),
        ],
    )
    def test_exit_codes(self, root: Path, minimum: str, code: int) -> None:
        assert run(["check", f"--min-coverage={minimum}", "-C", str(root)]) == code

    def test_a_form_without_a_report_is_a_mistake(self, root: Path) -> None:
        assert run(["check", "--as", "json", "-C", str(root)]) == 2


class TestReport:
    """The same facts as text, Markdown and JSON."""

    def written(self, root: Path, form: str, capsys: pytest.CaptureFixture[str]) -> str:
        assert run(["check", "ports", "--coverage", "--as", form, "-C", str(root)]) == 0
        return capsys.readouterr().out

    def test_text(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        lines = self.written(root, "text", capsys).splitlines()
        assert lines[:4] == [
            "ports: 33.3% quoted, 23 of 69 words",
            "  Statements without a citation: none",
            "  Events that no text cites: none",
            "  post-2021 (Harbour Post): 36.7% quoted, 18 of 49 words",
        ]
        assert "    ¶ 5  57.1%  […] , the ministry said." in lines

    def test_markdown(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        shown = self.written(root, "markdown", capsys)
        assert "## Harbour Post (`post-2021`)" in shown
        assert r"| ¶ 5 | 57.1% | \[…\] , the ministry said. |" in shown

    def test_json_is_all_of_standard_output(
        self, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        found = json.loads(self.written(root, "json", capsys))
        assert found["format"] == "sourcebrief-coverage/1"
        (briefing,) = found["briefings"]
        assert (briefing["covered"], briefing["words"]) == (23, 69)
        assert briefing["seeds"][0]["paragraphs"][3]["left_out"] == [", the ministry said."]

    def test_text_of_a_seed_is_no_markup(
        self, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        harbour.change(root, "the ministry said", "*the* <ministry> | said")
        run(["pin", "--all", "--yes", "-q", "-C", str(root)])
        assert r"\*the\* \<ministry\> \| said" in self.written(root, "markdown", capsys)

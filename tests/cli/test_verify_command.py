"""The command `verify`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sourcebrief import cli
from sourcebrief.brief.manifest import edition_of

if TYPE_CHECKING:
    from pathlib import Path

    from inspections import Built


def test_the_command_says_one_line_a_file(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    html, docx = built.file("muelle", "html"), built.file("muelle", "docx")
    edition = edition_of(built.bytes("muelle", "evidence.json"))
    assert cli.run(["verify", str(html), str(docx)]) == 0
    said = capsys.readouterr().out.splitlines()
    counts = "2 quotations, 1 event, 1 document, 0 other sources"
    assert f"{html}: verified by making it again: edition {edition}, {counts}" in said
    assert sum(": verified by making it again: " in line for line in said) == 2
    assert cli.run(["verify", "--no-rebuild", str(docx)]) == 0
    assert f"{docx}: verified by reading it: edition " in capsys.readouterr().out


def test_the_verdicts_as_json(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    html = built.file("muelle", "html")
    arguments = ["verify", str(html), "--as", "json", "--expect", "0123456789ab"]
    assert cli.run(arguments) == 1
    (verdict,) = json.loads(capsys.readouterr().out)
    assert (verdict["file"], verdict["reached"]) == (str(html), ["remade"])
    assert verdict["problems"] == [f"it is edition {verdict['edition']}, not 0123456789ab"]


def test_the_command_fails_where_a_file_does_not_verify(
    built: Built, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = built.file("muelle", "pdf")
    assert cli.run(["verify", str(pdf), "--no-rebuild", "--expect", "0123456789ab"]) == 1
    said = capsys.readouterr()
    assert said.err.startswith(f"{pdf}:1:1: error: it is edition ")
    assert "does not verify: 1 problem" in said.out


@pytest.mark.parametrize("edition", ["b0aa", "0123456789abcdef", "b0aaXXXXXXXX"])
def test_an_expectation_that_is_no_edition_is_a_usage_error(built: Built, edition: str) -> None:
    assert cli.run(["verify", str(built.file("muelle", "pdf")), "--expect", edition]) == 2


def test_the_command_says_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"%PDF-1.7 and no more")
    assert cli.run(["verify", str(file)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith(f"{file}:1:1: error: damaged or cut short")

"""Scans: recognised where a program for it is installed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sourcebrief.authoring.importing.extraction import UnreadableDocument
from sourcebrief.authoring.importing.ocr import recognise
from sourcebrief.errors import EnvironmentFault

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")


def stand_in(folder: Path, script: str) -> None:
    program = folder / "ocrmypdf"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o700)


def test_the_program_is_called_with_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(
        tmp_path,
        'echo "$@" > "$(dirname "$0")/said"; for last; do :; done; echo text > "$last"',
    )
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert recognise(b"scan", "es-EC") == b"text\n"
    assert "-l spa" in (tmp_path / "said").read_text("utf-8")


def test_its_reason_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, "echo 'no such language: xyz' >&2; exit 3")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(UnreadableDocument, match="its text: no such language: xyz"):
        recognise(b"scan", "xyz")


def test_a_language_without_data_is_named_with_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "printf 'no data for:\\nchi_sim\\n' >&2; exit 3")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    reason = "no data for: chi_sim; install .* apt install tesseract-ocr-chi-sim"
    with pytest.raises(UnreadableDocument, match=reason):
        recognise(b"scan", "zh")


def test_where_it_is_missing_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentFault, match="the program ocrmypdf is missing; install ocrmypdf"):
        recognise(b"scan", None)

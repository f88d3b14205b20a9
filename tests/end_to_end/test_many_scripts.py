"""One brief with quotations in thirteen languages: built, read back, and set in their direction."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from built_once import built_once
from many_scripts import SENTENCES, write_workspace
from sourcebrief import cli
from sourcebrief.documents.script_fonts import script_fonts
from sourcebrief.documents.template_folders import held_templates

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATES = held_templates()
PRINTABLE = tuple(
    language
    for language, words in SENTENCES.items()
    if not script_fonts(" ".join(words), TEMPLATES)[1]
)
"""The languages that this machine has fonts for; the extra `scripts` and our own serve seven."""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def build(root: Path) -> None:
        write_workspace(root, PRINTABLE)
        assert cli.run(["-C", str(root), "build", "--strict", "--quiet"]) == 0

    return built_once(tmp_path_factory, "scripts", build) / "briefings/scripts"


def test_most_scripts_need_no_font_of_the_system() -> None:
    assert {"ar", "hi", "th", "uk", "el", "tr", "pl", "vi"} <= set(PRINTABLE)


@pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
@pytest.mark.parametrize("way", ["made again", "read"])
def test_each_document_verifies_made_again_and_read(
    built: Path, kind: str, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--no-rebuild"] if way == "read" else []
    assert cli.run(["verify", *options, str(built / f"scripts.{kind}")]) == 0
    how = "reading it" if options else "making it again"
    assert f"verified by {how}" in capsys.readouterr().out


def test_right_to_left_words_have_their_direction(built: Path) -> None:
    quotation = SENTENCES["ar"][1].rstrip(".")
    page = (built / "scripts.html").read_text("utf-8")
    assert f'<span dir="rtl">{quotation}</span>' in page
    document = zipfile.ZipFile(built / "scripts.docx").read("word/document.xml").decode()
    runs = re.findall(r"<w:r>(?:(?!</w:r>).)*</w:r>", document)
    assert any("<w:rtl" in run and quotation in run for run in runs)
    assert not any("<w:rtl" in run and "Ministry" in run for run in runs)


def test_a_quotation_that_was_altered_in_a_page_does_not_verify(built: Path) -> None:
    page = built / "scripts.html"
    forged = built / "forged.html"
    forged.write_text(page.read_text("utf-8").replace("2024 وناقشا", "2025 وناقشا"), "utf-8")
    assert cli.run(["verify", "--no-rebuild", str(forged)]) == 1

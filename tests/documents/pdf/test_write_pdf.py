"""The PDF as a whole: its fonts, its size, and the same bytes wherever it is made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

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

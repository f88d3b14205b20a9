"""Each file that a PDF carries is listed once, with its relation and its date."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest

import pdf_sample as sample
from tagged_pdf import page_of, sample_brief, written

if TYPE_CHECKING:
    from tagged_pdf import TaggedPdf


@pytest.fixture
def brief() -> TaggedPdf:
    return sample_brief()


def test_each_attachment_is_associated_once_with_its_relation(brief: TaggedPdf) -> None:
    listed = {
        str(each.UF): (str(each.AFRelationship), str(each.EF.F.Subtype))
        for each in brief.file.Root.AF
    }

    assert len(brief.file.Root.AF) == len(listed) == 2
    assert listed == {
        "evidence.json": ("/Data", "/application/json"),
        "a seed (ñ).txt": ("/Source", "/text/plain"),
    }
    assert {
        name: file.get_file().read_bytes() for name, file in brief.file.attachments.items()
    } == {each.name: each.data for each in sample.ATTACHMENTS}


def test_the_metadata_date_attachments_and_the_environment_is_left_alone() -> None:
    before = dict(os.environ)

    data = written(
        page_of("<p>x</p>"),
        attachments=sample.ATTACHMENTS,
        metadata=replace(sample.METADATA, modified=datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
    )

    file = pikepdf.open(BytesIO(data))
    (first, _) = file.Root.AF
    assert str(first.EF.F.Params.ModDate) == "D:20231114221320Z"
    assert dict(os.environ) == before

"""The information dictionary and the XMP packet say the same; each attachment is listed once."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
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


def test_dictionary_and_xmp_say_the_same(brief: TaggedPdf) -> None:
    info = {key: str(value) for key, value in brief.file.docinfo.items()}
    with brief.file.open_metadata(set_pikepdf_as_editor=False) as xmp:
        read = {
            "/Title": xmp["dc:title"],
            "/Author": ", ".join(xmp["dc:creator"]),
            "/Subject": xmp["dc:description"],
            "/Keywords": xmp["pdf:Keywords"],
            "/Language": "".join(xmp["dc:language"]),
            "/Creator": xmp["xmp:CreatorTool"],
            "/Producer": xmp["pdf:Producer"],
            "/CreationDate": "D:" + re.sub("[-T:]", "", xmp["xmp:CreateDate"]),
            "/ModDate": "D:" + re.sub("[-T:]", "", xmp["xmp:ModifyDate"]),
        }
        assert set(xmp["dc:subject"]) == set(sample.PROPERTIES.keywords)
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == (
            "3",
            "A",
            "1",
        )

    assert info == read
    assert info["/Title"] == sample.PROPERTIES.title
    assert info["/CreationDate"] == "D:20231001000000Z"


def test_the_xmp_packet_is_plain_text(brief: TaggedPdf) -> None:
    assert b"<pdfuaid:part>1</pdfuaid:part>" in brief.data
    assert "/Filter" not in brief.file.Root.Metadata


def test_markup_in_metadata_is_text() -> None:
    properties = replace(sample.PROPERTIES, title='A < B & "C"', language="es", keywords=())

    file = pikepdf.open(BytesIO(written(page_of("<p>x</p>"), properties=properties)))

    with file.open_metadata() as xmp:
        assert xmp["dc:title"] == file.docinfo.Title == 'A < B & "C"'
    assert "/Keywords" not in file.docinfo
    assert file.Root.Lang == "es"


def test_dates_are_written_in_utc() -> None:
    moment = datetime(2023, 10, 1, 1, 0, tzinfo=timezone(timedelta(hours=9)))

    data = written(page_of("<p>x</p>"), properties=replace(sample.PROPERTIES, moment=moment))

    assert pikepdf.open(BytesIO(data)).docinfo.CreationDate == "D:20230930160000Z"


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


def test_the_properties_date_attachments_and_the_environment_is_left_alone() -> None:
    before = dict(os.environ)

    data = written(
        page_of("<p>x</p>"),
        attachments=sample.ATTACHMENTS,
        properties=replace(
            sample.PROPERTIES, moment=datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
        ),
    )

    file = pikepdf.open(BytesIO(data))
    (first, _) = file.Root.AF
    assert str(first.EF.F.Params.ModDate) == "D:20231114221320Z"
    assert dict(os.environ) == before

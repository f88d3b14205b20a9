"""The sample brief as a PDF, made once for the tests of its parts."""

from __future__ import annotations

import pytest

import pdf_sample as sample
from tagged_pdf import Element, TaggedPdf, written


@pytest.fixture(scope="session")
def brief() -> TaggedPdf:
    return TaggedPdf(written(sample.brief(), attachments=sample.ATTACHMENTS))


@pytest.fixture(scope="session")
def chronology(brief: TaggedPdf) -> Element:
    return brief.root.all("Table")[1]

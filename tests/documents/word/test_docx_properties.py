"""The properties of a document, and what the tools leave in them."""

from __future__ import annotations

from lxml import etree

from word_documents import brief, part


def test_properties_are_the_briefs() -> None:
    core = {
        etree.QName(child).localname: child.text for child in part(brief(), "docProps/core.xml")
    }
    assert core == {
        "title": "Northland <and> the strait",
        "creator": "Policy desk",
        "subject": "What was offered",
        "keywords": "patrols, law & order",
        "identifier": "3f9a1c20b7de",
        "language": "en-GB",
        "lastModifiedBy": "Policy desk",
        "contentStatus": "final",
        "version": "1.0",
        "created": "2023-10-01T00:00:00Z",
        "modified": "2023-10-01T00:00:00Z",
    }


def test_properties_of_the_tools_are_cleared() -> None:
    assert len(part(brief(), "docProps/custom.xml")) == 0
    assert [child.text for child in part(brief(), "docProps/app.xml")] == ["sourcebrief"]

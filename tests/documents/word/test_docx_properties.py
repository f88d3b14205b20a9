"""The properties of a document, and the manifest inside it."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from sourcebrief.documents.word import docx_properties
from sourcebrief.documents.word.docx_properties import NAMESPACE, carried_in_docx
from sourcebrief.documents.word.opc_package import Package
from sourcebrief.errors import EngineFault
from word_documents import CARRIED, brief, part, written


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


def test_the_evidence_is_carried_inside_byte_for_byte() -> None:
    assert carried_in_docx(Package(brief())) == CARRIED
    assert carried_in_docx(Package(written(carried={}))) == {}


def test_evidence_survives_another_programs_whitespace() -> None:
    package = Package(brief())
    item = package.tree("customXml/item1.xml")
    item.text = "\n  " + "\r\n".join(re.findall(".{1,20}", str(item.text))) + "\n"
    assert carried_in_docx(Package(package.bytes())) == CARRIED


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (b"", "not a Word document"),
        (b"PK\x03\x04 no zip at all", "not a Word document"),
        ("cut", "not a Word document"),
        ("text", "the evidence in the document is damaged"),
        ("short", "the evidence in the document is damaged: it is cut short or too large"),
        ("xml", "damaged: customXml/item1.xml is not XML"),
    ],
)
def test_a_damaged_document_is_one_line(document: bytes | str, message: str) -> None:
    if isinstance(document, str):
        package = Package(brief())
        item = package.read("customXml/item1.xml")
        replaced = {
            "text": item.replace(b">e", b">!"),
            "short": re.sub(rb"[^>]{12}</evidence>", b"</evidence>", item),
            "xml": item[:-4],
        }
        if document == "cut":
            document = brief()[: len(brief()) // 2]
        else:
            package.put("customXml/item1.xml", replaced[document])
            document = package.bytes()
    with pytest.raises(EngineFault, match=message) as raised:
        carried_in_docx(Package(document))
    assert "\n" not in str(raised.value)


def test_a_bomb_in_place_of_evidence_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_properties, "LARGEST_MANIFEST", 2000)
    document = written(carried={"evidence.json": b" " * 100_000})
    with pytest.raises(EngineFault, match="too large"):
        carried_in_docx(Package(document))


def test_entities_in_a_strangers_document_are_not_followed() -> None:
    package = Package(brief())
    package.put(
        "customXml/item1.xml",
        f'<!DOCTYPE evidence [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f'<evidence xmlns="{NAMESPACE}">&x;</evidence>'.encode(),
    )
    with pytest.raises(EngineFault, match="declares a document type"):
        carried_in_docx(Package(package.bytes()))

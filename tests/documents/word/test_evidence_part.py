"""The manifest inside a Word document."""

from __future__ import annotations

import re

import pytest

from sourcebrief.documents.word import evidence_part
from sourcebrief.documents.word.evidence_part import NAMESPACE, manifest_in_docx
from sourcebrief.documents.word.opc_package import Package
from sourcebrief.errors import EngineFault
from word_documents import EVIDENCE, brief, written


def test_the_evidence_is_carried_inside_byte_for_byte() -> None:
    assert manifest_in_docx(Package(brief())) == EVIDENCE
    assert manifest_in_docx(Package(written(evidence=None))) is None


def test_evidence_survives_another_programs_whitespace() -> None:
    package = Package(brief())
    item = package.tree("customXml/item1.xml")
    item.text = "\n  " + "\r\n".join(re.findall(".{1,20}", str(item.text))) + "\n"
    assert manifest_in_docx(Package(package.bytes())) == EVIDENCE


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
        manifest_in_docx(Package(document))
    assert "\n" not in str(raised.value)


def test_a_bomb_in_place_of_evidence_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_part, "LARGEST_MANIFEST", 2000)
    document = written(evidence=b" " * 100_000)
    with pytest.raises(EngineFault, match="too large"):
        manifest_in_docx(Package(document))


def test_entities_in_a_strangers_document_are_not_followed() -> None:
    package = Package(brief())
    package.put(
        "customXml/item1.xml",
        f'<!DOCTYPE evidence [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f'<evidence xmlns="{NAMESPACE}">&x;</evidence>'.encode(),
    )
    with pytest.raises(EngineFault, match="damaged"):
        manifest_in_docx(Package(package.bytes()))

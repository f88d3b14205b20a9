"""Word's container, read and written."""

from __future__ import annotations

import tracemalloc
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from sourcebrief.documents.word import opc_package
from sourcebrief.documents.word.opc_package import DOCUMENT, OFFICE_TYPE, Package
from sourcebrief.errors import EngineFault
from word_documents import REFERENCE

if TYPE_CHECKING:
    from pathlib import Path

HEADER = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:hdr>'


def test_a_new_part_is_read_back_with_its_type_and_its_relation() -> None:
    package = Package(REFERENCE)
    name = package.free_name("word/header{}.xml")
    package.put(name, HEADER.format("").encode(), f"{OFFICE_TYPE}.wordprocessingml.header+xml")
    relation = package.relate(DOCUMENT, name, "header")
    again = Package(package.bytes())
    assert again.related(DOCUMENT, "header") == {relation: name}
    assert name.encode() in again.read("[Content_Types].xml")
    assert again.free_name("word/header{}.xml") == "word/header2.xml"


def test_the_same_parts_make_the_same_bytes() -> None:
    once = Package(REFERENCE).bytes()
    assert Package(once).bytes() == once


def test_more_than_the_limit_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opc_package, "LARGEST", 1000)
    with pytest.raises(EngineFault, match="too large: more is packed"):
        Package(REFERENCE)


def test_a_part_is_not_unpacked_beyond_the_size_that_it_declares() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(100_000_000))
    size = (100_000_000).to_bytes(4, "little")
    bomb = packed.getvalue().replace(size, (1000).to_bytes(4, "little"))
    tracemalloc.start()
    with pytest.raises(EngineFault, match="cannot be unpacked"):
        Package(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_a_part_that_is_not_xml_is_named_with_its_line() -> None:
    package = Package(REFERENCE)
    package.put("word/header1.xml", b"<a>\n<b></a>")
    with pytest.raises(EngineFault, match=r"damaged: word/header1\.xml is not XML \(line 2\)"):
        package.tree("word/header1.xml")


def test_the_entities_of_a_reference_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    content = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
        + HEADER.format("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>")
    )
    package = Package(REFERENCE)
    package.put("word/header9.xml", content.encode())
    with pytest.raises(EngineFault, match="declares a document type"):
        package.tree("word/header9.xml")

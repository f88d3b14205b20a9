"""`verify` accepts what `build` wrote, and reports what was altered in it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sent_files import new_pdf, saved, zipped
from sourcebrief.brief.manifest import canonical, edition_of
from sourcebrief.verification.read_document import read_document
from sourcebrief.verification.remake import Remade
from sourcebrief.verification.verify import Asked, verify, verify_file

if TYPE_CHECKING:
    from pathlib import Path

    from inspections import Built

KINDS = ("pdf", "docx", "html")


BRIEFINGS = ("harbours", "muelle")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("briefing", BRIEFINGS)
def test_what_build_wrote_is_accepted(built: Built, briefing: str, kind: str) -> None:
    data = built.bytes(briefing, kind)
    edition = edition_of(built.bytes(briefing, "evidence.json"))
    assert verify(data).problems == ()
    assert verify(data, seeds=built.seed, expect=edition).problems == ()


def test_the_counts_are_the_briefs(built: Built) -> None:
    verdict = verify(built.bytes("harbours", "pdf"))
    assert (verdict.events, verdict.quotations) == (24, 48)
    assert (verdict.documents, verdict.other_sources) == (1, 1)


def test_what_was_not_checked_is_said(built: Built) -> None:
    pdf, docx = (verify(built.bytes("harbours", kind)).unchecked for kind in ("pdf", "docx"))
    assert not any("does not hold in full" in words for words in pdf), "the PDF carries it"
    assert any("1 of 1 documents" in words and "--seeds" in words for words in docx)
    assert all("--expect" in unchecked[-1] for unchecked in (pdf, docx))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_again_byte_for_byte_needs_no_reading(built: Built, kind: str) -> None:
    data = built.bytes("harbours", kind)
    edition = edition_of(built.bytes("harbours", "evidence.json"))
    verdict = verify(data, remade=Remade(data), seeds=built.seed, expect=edition)
    assert (verdict.problems, verdict.reached, verdict.unchecked) == ((), ("remade",), ())
    assert verify(data).reached == ("read",)


@pytest.mark.parametrize("kind", KINDS)
def test_bytes_that_no_viewer_shows_are_said(built: Built, kind: str) -> None:
    data = built.bytes("harbours", kind)
    verdict = verify(data + b"\n\n", remade=Remade(data), seeds=built.seed)
    assert (verdict.problems, verdict.reached) == ((), ("remade",))
    assert "its bytes are those that were built" in verdict.unchecked[0]


def test_a_file_that_is_not_what_its_evidence_makes(built: Built) -> None:
    page = built.bytes("muelle", "html")
    forged = page.replace(b"</main>", b"<iframe></iframe></main>")
    (problem,) = verify(forged, remade=Remade(page)).problems
    assert "is not what its evidence makes: “iframe></iframe>" in problem


def test_where_it_cannot_be_made_again_that_is_said(built: Built) -> None:
    page = built.bytes("muelle", "html")
    older = Remade(page + b"<p>", other=("weasyprint 69.0 (here 70.0)",))
    said = {
        next(
            words.partition(" (from line")[0]
            for words in verdict.unchecked
            if words.startswith("that nothing in the file")
        )
        for verdict in (
            verify(page, remade=older),
            verify(page, remade=Remade(reason="it does not say what it was made with")),
        )
    }
    beginning = "that nothing in the file is not in its evidence: "
    assert said == {
        beginning
        + "it was made with weasyprint 69.0 (here 70.0); with the versions here it differs",
        beginning + "it does not say what it was made with",
    }


def test_where_versions_differ_the_image_that_can_make_it_is_named(built: Built) -> None:
    page = built.bytes("muelle", "html")
    older = Remade(page + b"<p>", other=("babel 1.0 (here 2.0)",), image="sourcebrief:0.0.9")
    assert any(
        words.endswith("; in the container image sourcebrief:0.0.9 it can be")
        for words in verify(page, remade=older).unchecked
    )


def test_another_edition_than_expected_is_named(built: Built) -> None:
    verdict = verify(built.bytes("harbours", "pdf"), expect="0123456789ab")
    assert verdict.problems == (f"it is edition {verdict.edition}, not 0123456789ab",)


def test_any_byte_of_the_evidence_counts(built: Built) -> None:
    document = read_document(built.bytes("muelle", "pdf"))
    assert document.evidence is not None
    evidence = document.evidence

    @settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.integers(0, len(evidence) - 1), st.integers(1, 255))
    def flipped(at: int, mask: int) -> None:
        altered = evidence[:at] + bytes([evidence[at] ^ mask]) + evidence[at + 1 :]
        assert verify(replace(document, evidence=altered)).problems

    flipped()


def test_any_byte_of_an_embedded_file_as_it_is_stored_counts(built: Built) -> None:
    pdf = built.bytes("muelle", "pdf")
    start = re.search(rb"/Type /EmbeddedFile.*?stream\r?\n", pdf, re.DOTALL)
    assert start is not None
    end = pdf.index(b"endstream", start.end()) - 1
    evidence = read_document(pdf).evidence
    step = max(1, (end - start.end()) // 40)
    for at in range(start.end(), end, step):
        altered = pdf[:at] + bytes([pdf[at] ^ 0x10]) + pdf[at + 1 :]
        # The last byte of packed data may hold bits that mean nothing.
        assert verify(altered).problems or read_document(altered).evidence == evidence, at


def test_evidence_of_another_edition_is_named_once(built: Built) -> None:
    document = read_document(built.bytes("harbours", "pdf"))
    other = read_document(built.bytes("muelle", "pdf"))
    problems = verify(replace(document, evidence=other.evidence, attachments={})).problems
    assert sum("its evidence is not that of this document" in words for words in problems) == 1


def test_a_stripped_attachment_is_asked_for_and_may_be_given(built: Built) -> None:
    document = read_document(built.bytes("harbours", "pdf"))
    stripped = replace(document, evidence=None, attachments={})
    assert "--evidence FILE" in verify(stripped).problems[0]
    given_back = built.bytes("harbours", "evidence.json")
    assert verify(stripped, evidence=given_back).problems == ()
    assert verify(stripped, evidence=built.bytes("muelle", "evidence.json")).problems


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n", "damaged or cut short"),
        (b"PK\x03\x04" + bytes(60), "not a Word document, or damaged"),
        (zipped(hello=b"there"), "no part"),
        (b"<!doctype html><p>Hello", "cut short"),
        (b"<!doctype html><p>Hello</html>", "it carries no evidence"),
        (b"{}", "its evidence is not a manifest"),
        (b'{"format": "sourcebrief-evidence/9"}', "of the format 'sourcebrief-evidence/9'"),
        (
            b'{"format": "sourcebrief-evidence/1"}',
            "its evidence was altered: briefing is not there",
        ),
        (b'{"a": NaN}', "it is not JSON"),
        (b'{"a":' + b"[" * 100_000, "it is not JSON"),
        (saved(new_pdf()), "it carries no evidence"),
    ],
)
def test_a_file_that_is_not_ours(data: bytes, said: str) -> None:
    verdict = verify(data)
    assert verdict.unreadable
    (problem,) = verdict.problems
    assert said in problem
    assert "\n" not in problem


@pytest.mark.parametrize("kind", ["pdf", "docx", "html", "evidence.json"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_short(built: Built, kind: str, share: float) -> None:
    data = built.bytes("muelle", kind)
    assert verify(data[: int(len(data) * share)]).problems


@given(st.binary(max_size=300), st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"{"]))
def test_any_bytes_come_to_a_verdict(tail: bytes, head: bytes) -> None:
    verdict = verify(head + tail)
    assert verdict.unreadable
    assert len(verdict.problems) == 1


def test_any_damage_to_a_file_comes_to_a_verdict(built: Built) -> None:
    files = {kind: built.bytes("muelle", kind) for kind in KINDS}
    edition = edition_of(built.bytes("muelle", "evidence.json"))

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(sorted(files)), st.integers(0, 10**9), st.binary(min_size=1, max_size=8))
    def damaged(kind: str, at: int, junk: bytes) -> None:
        data = files[kind]
        at %= len(data)
        verdict = verify(data[:at] + junk + data[at + len(junk) :], remade=Remade(data))
        # Some bytes mean nothing, such as a date in a zip. Then it is the same edition.
        assert verdict.problems or verdict.edition == edition
        assert not any("\n" in problem for problem in verdict.problems)

    damaged()


# ------------------------------------------- under limits, in a process of its own


def test_the_processes_give_the_same_verdict(built: Built) -> None:
    file = built.file("muelle", "docx")
    data = file.read_bytes()
    assert verify_file(file, Asked(rebuild=False)) == verify(data)
    assert verify_file(file) == verify(data, remade=Remade(data))


def test_a_file_that_takes_too_long(built: Built) -> None:
    verdict = verify_file(built.file("harbours", "pdf"), Asked(rebuild=False), time_limit=0.01)
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
    problems = verify_file(file, Asked(seeds=built.root / "seeds")).problems
    assert any("is not among the documents" in words for words in problems)
    assert not any("SHA-256" in words for words in problems)


def test_a_file_is_checked_as_what_its_name_makes_a_viewer_show(
    built: Built, tmp_path: Path
) -> None:
    page = tmp_path / "brief.html"
    page.write_bytes(b"<!DOCTYPE html><h1>Not so</h1><!--" + built.bytes("muelle", "pdf") + b"-->")
    assert verify_file(page).unreadable
    page.write_bytes(built.bytes("muelle", "pdf"))
    (said,) = verify_file(page).problems
    assert said.startswith("its name makes a viewer open it as html, and it is pdf")


def test_evidence_of_today_does_not_name_the_words_of_its_page(built: Built) -> None:
    manifest = json.loads(built.bytes("muelle", "evidence.json"))
    forged = canonical({**manifest, "printed": {"runs": []}})
    assert verify(forged).unreadable

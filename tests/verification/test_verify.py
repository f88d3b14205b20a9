"""`verify` accepts what `build` wrote, and names what anybody altered in it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sourcebrief import cli
from sourcebrief.brief.manifest import canonical, edition_of
from sourcebrief.documents.page_words import FIGURE, NOTE, SCREEN
from sourcebrief.documents.pdf.attachments import Attachment
from sourcebrief.documents.pdf.metadata import PdfMetadata
from sourcebrief.documents.pdf.write_pdf import write_pdf
from sourcebrief.documents.publish import STYLE_SHEETS
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.verification.compare_words import Run, word_differences
from sourcebrief.verification.verify import Verdict, read_document, verify, verify_text
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspections import Built
    from sourcebrief.verification.document_text import DocumentText

KINDS = ("pdf", "docx", "html")
BRIEFINGS = ("harbours", "muelle")


# ------------------------------------------------------------------------- what was built


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("briefing", BRIEFINGS)
def test_what_build_wrote_is_accepted(built: Built, briefing: str, kind: str) -> None:
    data = built.bytes(briefing, kind)
    edition = edition_of(built.bytes(briefing, "evidence.json"))
    assert verify(data).problems == ()
    assert verify(data, seeds=built.seed, expect=edition).problems == ()


def test_the_counts_are_the_briefs(built: Built) -> None:
    verdict = verify(built.bytes("harbours", "pdf"))
    assert (verdict.events, verdict.quotations, verdict.sources) == (24, 48, 2)


def test_what_was_not_checked_is_said(built: Built) -> None:
    pdf, docx = (verify(built.bytes("harbours", kind)).unchecked for kind in ("pdf", "docx"))
    assert not any("full text" in words for words in pdf), "the PDF carries it"
    assert any("1 of 1 seeds" in words and "--seeds" in words for words in docx)
    assert all("--expect" in unchecked[-1] for unchecked in (pdf, docx))


def test_another_edition_than_expected_is_named(built: Built) -> None:
    verdict = verify(built.bytes("harbours", "pdf"), expect="0123456789ab")
    assert verdict.problems == (f"it is edition {verdict.edition}, not 0123456789ab",)


# -------------------------------------------------------------------- any word, everywhere


@pytest.fixture(scope="module", params=[(b, k) for b in BRIEFINGS for k in KINDS], ids="-".join)
def read(request: pytest.FixtureRequest, built: Built) -> DocumentText:
    return read_document(built.bytes(*request.param))


def _runs(document: DocumentText) -> list[Run]:
    """What should be printed, as the test's own reading of the manifest has it."""
    assert document.evidence is not None
    manifest = json.loads(document.evidence)
    edition = edition_of(document.evidence)
    return [
        Run(at, part, text.replace("\ue000", edition), part in ("sep", "marking", "screen-only"))
        for at, part, text in manifest["printed"]["runs"]
        if (part != FIGURE or document.figure) and (part != SCREEN or document.kind == "html")
    ]


ALTERATIONS: dict[str, Callable[[str], str]] = {
    "changed": lambda word: "Zz" + word[1:] if word[0] != "Z" else "Yy" + word[1:],
    "taken out": lambda word: "",
    "put in": lambda word: f"{word} zzz",
}


@pytest.mark.parametrize("how", ALTERATIONS)
def test_any_word_of_the_document_is_compared(read: DocumentText, how: str) -> None:
    runs = _runs(read)
    for is_note, chunks in ((False, read.body), (True, read.notes)):
        wanted = [run for run in runs if (run.part == NOTE) == is_note]
        left_out = {run.text for run in wanted if run.optional}
        step = len(chunks) // 25 + 1
        for number, chunk in enumerate(chunks):
            words = chunk.split() if number % step == 0 else []
            # Of a long chunk the first, the last and one word in between.
            for at in {0, len(words) // 2, len(words) - 1} if words else ():
                word = words[at]
                if how == "taken out" and (chunk.strip() in left_out or word in ("-", "‐")):
                    continue
                altered = [*words[:at], ALTERATIONS[how](word), *words[at + 1 :]]
                edited = [*chunks[:number], " ".join(altered), *chunks[number + 1 :]]
                found = word_differences(wanted, edited, hyphenated=read.hyphenated)
                assert found, f"{word!r} in {chunk!r} was {how}"


def _first(texts: list[str], words: str) -> int:
    return next(number for number, text in enumerate(texts) if words in text)


@pytest.mark.parametrize(
    ("stream", "words", "other", "named"),
    [
        ("body", "does not show", "does show", "bottom line, text: “not” was taken out"),
        ("body", "coordinated", "chaotic", "judgements 1, text: “coordinated.” was changed to"),
        ("body", "Moderate confidence", "High confidence", "judgements 1, confidence: “Moderate”"),
        ("body", "3 May 2021", "4 May 2021", "event 3 (inspection-3), date: “3” was changed"),
        ("notes", "¶ 3", "¶ 4", "event 2 (inspection-2), note: “3:” was changed to “4:”"),
        ("body", "number of seizures", "name of seizures", "gaps 1, text: “number”"),
        ("body", "need a calendar", "need no calendar", "section 1 1, text: “a” was changed"),
    ],
)  # fmt: skip
def test_what_was_altered_is_named(
    built: Built, stream: str, words: str, other: str, named: str
) -> None:
    document = read_document(built.bytes("harbours", "html"))
    texts: list[str] = list(getattr(document, stream))
    at = _first(texts, words)
    texts[at] = texts[at].replace(words, other)
    altered = replace(document, body=texts) if stream == "body" else replace(document, notes=texts)
    verdict = verify_text(altered)
    assert len(verdict.problems) == 1
    assert named in verdict.problems[0]


# ------------------------------------------------------------------------ real files, altered


def _rezipped(data: bytes, edit: Callable[[str, bytes], bytes | None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = edit(entry.filename, old.read(entry))
            if content is not None:
                new.writestr(entry, content)
    return out.getvalue()


def _replaced(part: str, old: str, new: str) -> Callable[[str, bytes], bytes]:
    def edit(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), 1)

    return edit


@pytest.mark.parametrize(
    ("part", "old", "new", "named"),
    [
        ("word/document.xml", "does not show", "does show", "“not” was taken out"),
        ("word/document.xml", "Low confidence", "High confidence", "“Low” was changed to “High”"),
        ("word/document.xml", "Marta Vela", "Marta Velo", "“Vela” was changed to “Velo”"),
        (
            "word/footnotes.xml",
            ", ¶\u00a03.",
            ", ¶\u00a04.",
            "gaps 1, note: “3.” was changed to “4.”",
        ),
        ("word/footer1.xml", "Edition ", "Edition 0", "does not print the edition"),
        ("word/header1.xml", "TLP:GREEN", "TLP:CLEAR", "TLP:CLEAR"),
        ("word/_rels/document.xml.rels", "https://example.org/almanac", "https://evil.example",
         "a link leads to https://evil.example"),
    ],
)  # fmt: skip
def test_a_word_document_that_was_edited(
    built: Built, part: str, old: str, new: str, named: str
) -> None:
    altered = _rezipped(built.bytes("harbours", "docx"), _replaced(part, old, new))
    said = [*verify(altered).problems, *verify(altered).unchecked]
    assert any(named in words for words in said), said


def test_tracked_changes_are_named(built: Built) -> None:
    edit = _replaced("word/document.xml", "<w:r>", '<w:ins w:id="9" w:author="x"><w:r>')
    closed = _replaced("word/document.xml", "</w:r>", "</w:r></w:ins>")
    altered = _rezipped(_rezipped(built.bytes("harbours", "docx"), edit), closed)
    assert "it carries tracked changes" in verify(altered).problems


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("does not show", "does show", "bottom line, text: “not” was taken out"),
        ("<main>", "<main><p>This is void.</p>", "“This is void.” was put in"),
        ('<main>', '<main><p class="screen-only">Void.</p>', "“Void.” was put in"),
        ('<main>', '<main><a role="doc-backlink">Void.</a>', "“Void.” was put in"),
        ("Reorganisation of the", "Abolition of the", "“Reorganisation” was changed to"),
    ],
)  # fmt: skip
def test_a_web_page_that_was_edited(built: Built, old: str, new: str, named: str) -> None:
    page = built.bytes("harbours", "html").decode()
    assert old in page
    problems = verify(page.replace(old, new, 1).encode()).problems
    assert any(named in words for words in problems), problems


@pytest.fixture(scope="module")
def forged(built: Built) -> Verdict:
    """A PDF made anew from an edited page, with the evidence of the true one."""
    page = built.file("harbours", "source.html").read_text("utf-8")
    for old, new in FORGERIES:
        assert old in page
        page = page.replace(old, new, 1)
    true = read_document(built.bytes("harbours", "pdf"))
    assert true.evidence is not None
    evidence = Attachment("evidence.json", true.evidence, "application/json", "Data")
    texts = [Attachment(*item, "text/plain", "Source") for item in true.attachments.items()]
    day = datetime(2021, 7, 1, tzinfo=UTC)
    templates = TemplateFolders(Inputs(built.root), packaged_folder())
    made = write_pdf(
        page,
        resources={name: templates.read(name) for name in STYLE_SHEETS},
        metadata=PdfMetadata("T", "A", "S", (), "en-GB", day, day, "sourcebrief"),
        attachments=[evidence, *texts],
    )
    return verify(made.content)


FORGERIES = (
    ("does not show what became", "does show what became"),
    ("few of them led to seizures", "many of them led to seizures"),
    ("Inspection at Dársena harbour", "Inspection at Darsena harbour"),
    ("inspected 9 containers”", "inspected 90 containers”"),
    ("Reliability B", "Reliability A"),
)


def test_a_forged_pdf_is_named_word_by_word(forged: Verdict) -> None:
    said = "\n".join(forged.problems)
    for wanted in (
        "bottom line, text: “not” was taken out",
        "judgements 2, text: “few” was changed to “many”",
        "event 3 (inspection-3), title: “Dársena” was changed to “Darsena”",
        "“9” was changed to “90”",
        "source gazette-2021, appraisal: “B” was changed to “A”",
    ):
        assert wanted in said
    assert len(forged.problems) == len(FORGERIES)


# ----------------------------------------------------------------------- evidence, altered


def test_any_byte_of_the_evidence_counts(built: Built) -> None:
    document = read_document(built.bytes("muelle", "pdf"))
    assert document.evidence is not None
    evidence = document.evidence

    @settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.integers(0, len(evidence) - 1), st.integers(1, 255))
    def flipped(at: int, mask: int) -> None:
        altered = evidence[:at] + bytes([evidence[at] ^ mask]) + evidence[at + 1 :]
        assert verify_text(replace(document, evidence=altered)).problems

    flipped()


def test_any_byte_of_an_embedded_text_counts(built: Built) -> None:
    document = read_document(built.bytes("harbours", "pdf"))
    ((name, text),) = document.attachments.items()

    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, len(text) - 1), st.integers(1, 255))
    def flipped(at: int, mask: int) -> None:
        altered = text[:at] + bytes([text[at] ^ mask]) + text[at + 1 :]
        verdict = verify_text(replace(document, attachments={name: altered}))
        assert any("was altered: its SHA-256" in words for words in verdict.problems)

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


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        (lambda m: m["events"][2]["evidence"][0].update(quote="On 3 May 2021 nobody"),
         "event 3 (inspection-3), quotation 1"),
        (lambda m: m["events"][2]["evidence"][0]["selectors"][0][1].update(start=7),
         "does not stand where it is said to in Harbour Gazette"),
        (lambda m: m["events"][2].update(title="Inspection at another harbour"),
         "event 3 (inspection-3), title: “Inspection at Dársena harbour.” is printed"),
        (lambda m: m["events"][2]["date"].update(worded="3 June 2021"),
         "event 3 (inspection-3), date: “3 May 2021” is printed"),
    ],
)  # fmt: skip
def test_a_manifest_that_contradicts_itself(
    built: Built, edit: Callable[[dict[str, Any]], None], named: str
) -> None:
    """Its hash is right, and every page prints it: what it says is still compared."""
    document = read_document(built.bytes("harbours", "pdf"))
    assert document.evidence is not None
    manifest = json.loads(document.evidence)
    old = edition_of(document.evidence)
    edit(manifest)
    evidence = canonical(manifest)
    new = edition_of(evidence)
    consistent = replace(
        document,
        evidence=evidence,
        body=[text.replace(old, new) for text in document.body],
        heads=[[text.replace(old, new) for text in page] for page in document.heads],
    )
    problems = verify_text(consistent).problems
    assert problems
    assert all(named in words or "quotation 1" in words for words in problems), problems


def test_evidence_of_another_edition_is_named_once(built: Built) -> None:
    document = read_document(built.bytes("harbours", "pdf"))
    other = read_document(built.bytes("muelle", "pdf"))
    problems = verify_text(replace(document, evidence=other.evidence, attachments={})).problems
    assert sum("its evidence is not that of this document" in words for words in problems) == 1


def test_a_page_without_its_edition_is_named(built: Built) -> None:
    document = read_document(built.bytes("harbours", "pdf"))
    heads = [list(page) for page in document.heads]
    heads[1] = [text for text in heads[1] if "Edition" not in text]
    (problem,) = verify_text(replace(document, heads=heads)).problems
    assert problem.startswith("page 2 does not print the edition")


def test_words_at_the_head_of_one_page_are_named(built: Built) -> None:
    document = read_document(built.bytes("harbours", "pdf"))
    heads = [list(page) for page in document.heads]
    heads[2].append("Superseded")
    (problem,) = verify_text(replace(document, heads=heads)).problems
    assert problem == "page 3: “Superseded” stands on it, and not in the evidence"


# ------------------------------------------------------------ parted from evidence, documents


def test_a_stripped_attachment_is_asked_for_and_may_be_given(built: Built) -> None:
    document = read_document(built.bytes("harbours", "pdf"))
    stripped = replace(document, evidence=None, attachments={})
    (problem,) = verify_text(stripped).problems
    assert "--evidence FILE" in problem
    given_back = built.bytes("harbours", "evidence.json")
    assert verify_text(stripped, evidence=given_back).problems == ()
    assert verify_text(stripped, evidence=built.bytes("muelle", "evidence.json")).problems


def test_a_full_text_that_was_taken_out_is_named(built: Built) -> None:
    document = read_document(built.bytes("harbours", "pdf"))
    (problem,) = verify_text(replace(document, attachments={})).problems
    assert problem == "the full text of Harbour Gazette was taken out"


def test_documents_are_compared_by_hash_and_by_quotation(built: Built) -> None:
    def other(name: str) -> bytes | None:
        text = built.seed(name)
        return text and text.replace(b"On 5 May 2021", b"On 6 May 2021")

    problems = verify(built.bytes("harbours", "docx"), seeds=other).problems
    assert "the document of Harbour Gazette (gazette.txt) was altered" in problems[0]
    assert any("event 5 (inspection-5), quotation 1" in words for words in problems)


def test_a_document_that_is_not_there_is_named(built: Built) -> None:
    (problem,) = verify(built.bytes("muelle", "docx"), seeds=lambda _: None).problems
    assert problem == "boletin.txt (Boletín del Muelle) is not among the documents"


# -------------------------------------------------------------------------- the command line


def test_the_command_says_one_line_a_file(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    pdf, docx = built.file("harbours", "pdf"), built.file("muelle", "docx")
    edition = edition_of(built.bytes("harbours", "evidence.json"))
    assert cli.run(["verify", str(pdf), str(docx)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert f"{pdf}: verified: edition {edition}, 48 quotations, 24 events, 2 sources" in said
    assert sum(": verified: " in line for line in said) == 2


def test_the_command_fails_where_a_file_does_not_verify(
    built: Built, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = built.file("muelle", "pdf")
    assert cli.run(["verify", str(pdf), "--expect", "0123456789ab"]) == 1
    said = capsys.readouterr()
    assert said.err.startswith(f"{pdf}:1:1: error: it is edition ")
    assert "does not verify: 1 problem" in said.out


@pytest.mark.parametrize("edition", ["b0aa", "0123456789abcdef", "b0aaXXXXXXXX"])
def test_an_expectation_that_is_no_edition_is_a_usage_error(built: Built, edition: str) -> None:
    assert cli.run(["verify", str(built.file("muelle", "pdf")), "--expect", edition]) == 2

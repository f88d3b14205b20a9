"""Every word that a document prints is compared, and each difference is reported with its place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from sourcebrief.brief.manifest import canonical, edition_of, read_manifest
from sourcebrief.documents.page_words import CALL, FIGURE, NOTE, SCREEN
from sourcebrief.documents.pdf.metadata import Attachment
from sourcebrief.documents.pdf.write_pdf import write_pdf
from sourcebrief.documents.properties import DocumentProperties
from sourcebrief.documents.publish import STYLE_SHEETS
from sourcebrief.documents.template_folders import (
    TemplateFolders,
    held_templates,
    packaged_folder,
)
from sourcebrief.verification.check_document import check_document
from sourcebrief.verification.compare_words import ExpectedRun, alterations
from sourcebrief.verification.document_text import NotCompared
from sourcebrief.verification.expected_words import expected_words
from sourcebrief.verification.read_document import read_document
from sourcebrief.verification.verify import Verdict, verify
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspections import Built
    from sourcebrief.verification.document_text import DocumentText

BRIEFINGS = ("harbours", "muelle")


KINDS = ("pdf", "docx", "html")


@pytest.fixture(scope="module", params=[(b, k) for b in BRIEFINGS for k in KINDS], ids="-".join)
def read(request: pytest.FixtureRequest, built: Built) -> DocumentText:
    return read_document(built.bytes(*request.param))


def _runs(document: DocumentText) -> list[ExpectedRun]:
    """What should be printed, by the manifest that the document carries."""
    assert document.evidence is not None
    printed = next(expected_words(read_manifest(document.evidence), held_templates()))
    edition = edition_of(document.evidence)
    return [
        ExpectedRun(
            at, part, text.replace("\ue000", edition), part in ("sep", "marking", "screen-only")
        )
        for at, part, text in printed["runs"]
        if (part != FIGURE or document.figure) and (part != SCREEN or document.format == "html")
    ]


ALTERATIONS: dict[str, Callable[[str], str]] = {
    "changed": lambda word: "Zz" + word[1:] if word[0] != "Z" else "Yy" + word[1:],
    "taken out": lambda word: "",
    "put in": lambda word: f"{word} zzz",
}


@pytest.mark.parametrize("how", ALTERATIONS)
def test_any_word_of_the_document_is_compared(read: DocumentText, how: str) -> None:
    runs = _runs(read)
    notes = [run for run in runs if run.part == NOTE]
    body = [replace(run, text=CALL) if run.part == NOTE else run for run in runs]
    for wanted, chunks in ((body, read.body), (notes, read.notes)):
        left_out = {run.text for run in wanted if run.optional}
        step = len(chunks) // 25 + 1
        for number, chunk in enumerate(chunks):
            words = chunk.split() if number % step == 0 else []
            # Of a long chunk the first, the last and some words in between.
            for at in {*range(0, len(words), len(words) // 40 + 1), len(words) - 1} - {-1}:
                word = words[at]
                if how == "taken out" and left_out & {chunk.strip(), word}:
                    continue
                altered = [*words[:at], ALTERATIONS[how](word), *words[at + 1 :]]
                edited = [*chunks[:number], " ".join(altered), *chunks[number + 1 :]]
                found = alterations(wanted, edited)
                assert found, f"{word!r} in {chunk!r} was {how}"


def _problems(document: DocumentText) -> list[str]:
    """What is wrong with a document that was read, by the evidence that it carries."""
    assert document.evidence is not None
    manifest = read_manifest(document.evidence)
    printed = next(expected_words(manifest, held_templates()))
    said = {**manifest, "printed": printed}
    found = check_document(document, said, edition_of(document.evidence))
    return [one for one in found if not isinstance(one, NotCompared)]


def test_each_link_stands_on_its_own_words(read: DocumentText) -> None:
    links, at = read.links, len(read.links) // 2
    words, address = links[at]
    other = next(one for one in links if one[1] != address)
    swapped = [*links[:at], (words, other[1]), *links[at + 1 :]]
    assert any(
        one.endswith("on other words in its evidence") or "was taken out" in one
        for one in _problems(replace(read, links=swapped))
    )


@pytest.mark.parametrize("at", [0, -1])
def test_each_place_has_its_own_name(read: DocumentText, at: int) -> None:
    if places := list(read.places):
        places[at] = (places[at][0], "Zzz")
        (problem,) = _problems(replace(read, places=places))
        assert problem.endswith("leads to “Zzz” instead")
    else:
        assert read.format == "html"


def test_a_document_says_of_itself_what_its_evidence_says(read: DocumentText) -> None:
    kinds = {kind for kind, words in read.said if words}
    assert kinds >= {"language", "title", "author", "description"}
    said = [(kind, words and f"{words} z") for kind, words in read.said]
    assert {one.partition(" is ")[0] for one in _problems(replace(read, said=said))} == {
        f"its {kind}" for kind in kinds
    }


def _first(texts: list[str], words: str) -> int:
    return next(number for number, text in enumerate(texts) if words in text)


@pytest.mark.parametrize(
    ("stream", "words", "other", "named"),
    [
        ("body", "does not show", "does show", "bottom line, text: “not” was taken out"),
        ("body", "coordinated", "chaotic", "judgements 1, text: “coordinated” was changed to"),
        ("body", "Moderate", "High", "judgements 1, confidence: “Moderate”"),
        ("body", "3 May 2021", "4 May 2021", "event 3 (inspection-3), date: “3” was changed"),
        ("notes", "¶ 3", "¶ 4", "event 2 (inspection-2), note: “3.” was changed to “4.”"),
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
    verdict = verify(altered)
    assert len(verdict.problems) == 1
    assert named in verdict.problems[0]


FORGERIES = (
    ("does not show what became", "does show what became"),
    ("few of them led to seizures", "many of them led to seizures"),
    ("Inspection at Dársena harbour.</b>", "Inspection at Darsena harbour.</b>"),
    ("inspected 9 containers”", "inspected 90 containers”"),
    ("Reliability B", "Reliability A"),
)


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
        properties=DocumentProperties("T", "A", "S", (), "en-GB", day),
        attachments=[evidence, *texts],
    )
    return verify(made.content)


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
    of_words = [one for one in forged.problems if not one.startswith("its ")]
    assert len(of_words) == len(FORGERIES)


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        (lambda m: m["events"][2]["evidence"][0].update(quote="On 3 May 2021 nobody"),
         "event 3 (inspection-3), quotation 1"),
        (lambda m: m["events"][2]["evidence"][0]["selectors"][0][1].update(start=7),
         "does not stand at its place in Harbour Gazette"),
        (lambda m: m["events"][2].update(title="Inspection at another harbour"),
         "event 3 (inspection-3), title: “another” was changed to “Dársena”"),
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
    problems = verify(consistent).problems
    assert any(named in words for words in problems), problems


def test_a_page_without_its_edition_is_named(built: Built) -> None:
    document = read_document(built.bytes("harbours", "pdf"))
    heads = [list(page) for page in document.heads]
    heads[1] = [text for text in heads[1] if "Edition" not in text]
    (problem,) = verify(replace(document, heads=heads)).problems
    assert problem.startswith("page 2 does not print the edition")


def test_words_at_the_head_of_one_page_are_named(built: Built) -> None:
    document = read_document(built.bytes("harbours", "pdf"))
    heads = [list(page) for page in document.heads]
    heads[2].append("Superseded")
    (problem,) = verify(replace(document, heads=heads)).problems
    assert problem == "page 3: “Superseded” is printed there, and is not in the evidence"

"""Verify a document that someone sent: what it prints against the evidence that it carries.

The functions here depend on bytes alone. Because anyone may have made the document, `verify_file`
runs them under limits of time and memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sourcebrief.brief.manifest import InvalidManifest, canonical, edition_of, read_manifest
from sourcebrief.verification.check_document import (
    check_agreement,
    check_heads,
    check_pictures_and_links,
    check_words,
    printed_edition,
)
from sourcebrief.verification.check_sources import check_selectors, check_sources
from sourcebrief.verification.document_text import (
    DocumentText,
    NotABrief,
    NotCompared,
    format_of,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result for one file, which verifies where there are no problems.

    `unreadable` says that the file could not be read as a brief; `unchecked` is what was not
    compared.
    """

    problems: tuple[str, ...]
    edition: str = ""
    quotations: int = 0
    events: int = 0
    sources: int = 0
    unchecked: tuple[str, ...] = ()
    unreadable: bool = False

    def shortened(self, most: int) -> Verdict:
        """Return the verdict with at most so many problems, and the count of the others."""
        more = len(self.problems) - most
        if more <= 0:
            return self
        return replace(self, problems=(*self.problems[:most], f"and {more} more"))


def verify(
    data: bytes,
    *,
    seeds: Callable[[str], bytes | None] | None = None,
    expect: str | None = None,
    evidence: bytes | None = None,
) -> Verdict:
    """Verify a PDF, a Word document, a web page or an evidence.json.

    `seeds` returns the bytes of a source document by the name of its file. `expect` is the edition
    known from elsewhere, `evidence` the manifest where the document lost it.
    """
    try:
        return verify_text(read_document(data), seeds=seeds, expect=expect, evidence=evidence)
    except NotABrief as error:
        return Verdict((str(error),), unreadable=True)


def verify_text(
    document: DocumentText,
    *,
    seeds: Callable[[str], bytes | None] | None = None,
    expect: str | None = None,
    evidence: bytes | None = None,
) -> Verdict:
    """Verify what was read from a document, as `verify` does. Raises NotABrief."""
    carried = _evidence(document, evidence)
    try:
        manifest: dict[str, Any] = dict(read_manifest(carried))
    except InvalidManifest as error:
        raise NotABrief(str(error)) from error
    edition = edition_of(carried)

    def findings() -> Iterator[str]:
        yield from map(NotCompared, document.not_compared)
        if canonical(manifest) != carried:
            yield "its evidence was altered: no build writes it in this form"
        if evidence is not None and evidence != carried:
            yield "the evidence that it carries is not that of --evidence"
        if document.format == "json":
            yield NotCompared("a document, because this file holds its evidence alone")
        else:
            printed = printed_edition(document, manifest) or edition
            if printed != edition:
                yield (
                    f"its evidence is not that of this document: it is edition {edition}, "
                    f"the document prints {printed}"
                )
            yield from check_words(document, manifest, printed)
            yield from check_pictures_and_links(document, manifest)
            yield from check_heads(document, manifest, printed)
            yield from document.oddities
        if expect is not None and expect.lower() != edition:
            yield f"it is edition {edition}, not {expect.lower()}"
        yield from check_agreement(manifest)
        yield from check_selectors(manifest)
        yield from check_sources(document, manifest, seeds)
        if expect is None:
            yield NotCompared(
                "that this is the edition that was sent: a forgery that is consistent throughout "
                "would pass; compare the edition with one known from elsewhere, or give --expect"
            )

    found = list(dict.fromkeys(findings()))
    return Verdict(
        tuple(words for words in found if not isinstance(words, NotCompared)),
        edition,
        sum(len(event["evidence"]) for event in manifest["events"]),
        len(manifest["events"]),
        len(manifest["sources"]),
        tuple(words for words in found if isinstance(words, NotCompared)),
    )


def read_document(data: bytes) -> DocumentText:
    """Read the words of a document and what it carries. Raises NotABrief."""
    # Each reader loads a large package, and `changes` needs at most one of them.
    match format_of(data):
        case "pdf":
            from sourcebrief.verification.words_of_pdf import words_of_pdf

            return words_of_pdf(data)
        case "docx":
            from sourcebrief.verification.words_of_docx import words_of_docx

            return words_of_docx(data)
        case "html":
            from sourcebrief.verification.words_of_html import words_of_html

            return words_of_html(data)
        case "json":
            return DocumentText("json", data)


def carried_evidence(data: bytes) -> bytes:
    """Return the manifest that a document carries. Raises NotABrief."""
    return _evidence(read_document(data), None)


def _evidence(document: DocumentText, given: bytes | None) -> bytes:
    found = given if document.evidence is None else document.evidence
    if found is None:
        raise NotABrief(
            "it carries no evidence: it is not a brief of this program, or a mail gateway or an "
            "editor took the attachment out; ask the sender for its .evidence.json and give it "
            "with --evidence FILE"
        )
    return found

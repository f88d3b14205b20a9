"""Verifying a document that somebody sent: what it prints against the evidence that it carries.

A pure function of bytes. The document may come from anybody; `guard` runs this under limits of
time and memory.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from sourcebrief.brief.manifest import canonical, edition_of
from sourcebrief.documents.page_words import EDITION, FIGURE, HEAD, NOTE, OPTIONAL, SCREEN
from sourcebrief.verification.carried_quotations import check_full_text, check_selectors, shown
from sourcebrief.verification.compare_words import (
    MOST_DIFFERENCES,
    Run,
    plain,
    squeezed,
    word_differences,
)
from sourcebrief.verification.document_text import DocumentText, NotABrief
from sourcebrief.verification.manifest_reading import read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sourcebrief.verification.compare_words import WordDifference

_IDENTITY: Final = "([0-9a-f]{12})(?![0-9a-f])"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS: Final = {
    "title": "title",
    "what": "summary",
    "c-event": "summary",
    "prose": "text",
    "lead": "text",
    "quoted": "quotation",
    "cite": "source of a quotation",
    "who": "person",
    "dt": "label",
    "dd": "value",
    "th": "cell",
    "td": "cell",
    "li": "text",
    "p": "text",
    "when": "date",
    "h2": "heading",
    "h3": "heading",
    "pin": "hash",
}
"""What a part is called where its class is not a word for it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one file. It verifies where there are no problems.

    `unreadable` says that it could not be read as a brief; `unchecked` what was not looked at.
    """

    problems: tuple[str, ...]
    edition: str = ""
    quotations: int = 0
    events: int = 0
    sources: int = 0
    unchecked: tuple[str, ...] = ()
    unreadable: bool = False

    def shortened(self, most: int) -> Verdict:
        """The verdict with at most so many problems, and a count of the others."""
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
    """Verify a PDF, a Word document, a web page or a bare evidence.json.

    `seeds` gives the bytes of a document by its file's name, `expect` is the edition known from
    elsewhere, `evidence` the manifest where the document was parted from it.
    """
    try:
        document = read_document(data)
    except NotABrief as error:
        return Verdict((str(error),), unreadable=True)
    return verify_text(document, seeds=seeds, expect=expect, evidence=evidence)


def verify_text(
    document: DocumentText,
    *,
    seeds: Callable[[str], bytes | None] | None = None,
    expect: str | None = None,
    evidence: bytes | None = None,
) -> Verdict:
    """Verify what was read from a document; as `verify`."""
    try:
        manifest_bytes = _evidence(document, evidence)
        manifest = read_manifest(manifest_bytes)
    except NotABrief as error:
        return Verdict((str(error),), unreadable=True)
    return _Verification(document, manifest_bytes, manifest).verdict(seeds, expect, evidence)


def carried_evidence(data: bytes) -> bytes:
    """The manifest that a document carries. Raises NotABrief where it carries none, or is none."""
    return _evidence(read_document(data), None)


def read_document(data: bytes) -> DocumentText:
    """The words of a document and what it carries, by its own first bytes. Raises NotABrief."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in start:
        from sourcebrief.verification.words_of_pdf import words_of_pdf

        return words_of_pdf(data)
    if start.startswith(b"PK\x03\x04"):
        from sourcebrief.verification.words_of_docx import words_of_docx

        return words_of_docx(data)
    if start[:9].lower() == b"<!doctype" or start[:5].lower() == b"<html":
        from sourcebrief.verification.words_of_html import words_of_html

        return words_of_html(data)
    if start.startswith(b"{"):
        return DocumentText("json", data, [], [], [], frozenset(), [])
    if start.startswith(_OLD_OFFICE):
        raise NotABrief("an encrypted or an old Word document; ask for a .docx without a password")
    what = "an empty file" if not data else "no PDF, Word document, web page or evidence.json"
    raise NotABrief(f"{what}; give one that this program built")


def _evidence(document: DocumentText, given: bytes | None) -> bytes:
    if document.evidence is None and given is None:
        raise NotABrief(
            "it carries no evidence: it is no brief of this program, or a mail gateway or an "
            "editor took the attachment out; ask the sender for its .evidence.json and give it "
            "with --evidence FILE"
        )
    found = given if document.evidence is None else document.evidence
    assert found is not None  # noqa: S101 - one of the two is there
    return found


class _Verification:
    def __init__(
        self, document: DocumentText, manifest_bytes: bytes, manifest: dict[str, Any]
    ) -> None:
        self.document = document
        self.bytes = manifest_bytes
        self.manifest = manifest
        self.edition = edition_of(manifest_bytes)
        self.problems: list[str] = []
        self.unchecked: list[str] = list(document.remarks)
        self.numbers = {event["id"]: event["number"] for event in manifest["events"]}

    def verdict(
        self,
        seeds: Callable[[str], bytes | None] | None,
        expect: str | None,
        evidence: bytes | None,
    ) -> Verdict:
        if canonical(self.manifest) != self.bytes:
            self.problems.append("its evidence was altered: no build writes it in this form")
        if evidence is not None and evidence != self.bytes:
            self.problems.append("the evidence that it carries is not that of --evidence")
        printed = self._printed_edition()
        if expect is not None and expect.lower() != self.edition:
            self.problems.append(f"it is edition {self.edition}, not {expect.lower()}")
        if self.document.kind == "json":
            self.unchecked.append("no document: only its evidence was looked at")
        else:
            self._words(printed)
            self._pictures_and_links()
            self._heads(printed)
            self.problems += self.document.oddities
        self._consistency()
        self.problems += check_selectors(self.manifest)
        self._full_texts(seeds)
        if expect is None:
            self.unchecked.append(
                "that this is the edition that was sent: a forgery that is consistent throughout "
                "would pass; compare the edition with one known from elsewhere, or give --expect"
            )
        events = self.manifest["events"]
        return Verdict(
            tuple(dict.fromkeys(self.problems)),
            self.edition,
            sum(len(event["evidence"]) for event in events),
            len(events),
            len(self.manifest["sources"]),
            tuple(dict.fromkeys(self.unchecked)),
        )

    # -------------------------------------------------------------------------- the edition

    def _named(self) -> Iterator[str]:
        """The texts of the manifest in which the edition stands."""
        yield from self.manifest["printed"]["running"].values()
        yield from (text for _, _, text in self.manifest["printed"]["runs"])

    def _printed_edition(self) -> str:
        """The edition that the document prints; a problem where it is not its evidence's."""
        if self.document.kind == "json":
            return self.edition
        chunks = [chunk for page in self.document.heads for chunk in page]
        text = squeezed("\n".join([*chunks, *self.document.body]))
        for named in self._named():
            before, mark, _ = squeezed(named).partition(EDITION)
            found = re.search(re.escape(before[-24:]) + _IDENTITY, text) if mark else None
            if found is not None:
                return self._compared(found[1])
        # The evidence of another brief may word it otherwise.
        found = re.search("(?<![0-9a-f])" + _IDENTITY, plain("\n".join(chunks)))
        return self.edition if found is None else self._compared(found[1])

    def _compared(self, printed: str) -> str:
        if printed != self.edition:
            self.problems.append(
                f"its evidence is not that of this document: it is edition {self.edition}, "
                f"the document prints {printed}"
            )
        return printed

    # ---------------------------------------------------------------------------- the words

    def _runs(self, edition: str) -> Iterator[Run]:
        for at, part, text in self.manifest["printed"]["runs"]:
            if part == SCREEN and self.document.kind != "html":
                continue
            if part != FIGURE or self.document.figure:
                yield Run(at, part, text.replace(EDITION, edition), part in OPTIONAL)
        if not self.document.figure and any(
            part == FIGURE for _, part, _ in self.manifest["printed"]["runs"]
        ):
            self.unchecked.append("the words in the picture of the timeline")

    def _words(self, edition: str) -> None:
        runs = list(self._runs(edition))
        count = 0
        for is_note, chunks in ((False, self.document.body), (True, self.document.notes)):
            wanted = [run for run in runs if (run.part == NOTE) == is_note]
            found = word_differences(wanted, chunks, hyphenated=self.document.hyphenated)
            self.problems += map(self._name, found)
            count = max(count, len(found))
        if count >= MOST_DIFFERENCES:
            self.problems.append("there are more differences, which are not listed")
        printed = self.manifest["printed"]
        every = squeezed("".join(text for _, _, text in printed["runs"]))
        every += squeezed("".join(printed["running"].values()))
        for line in self.document.contents:
            if squeezed(line).rstrip("0123456789") not in every:
                self.problems.append(f"contents: “{shown(line)}” is no heading of the brief")

    def _name(self, difference: WordDifference) -> str:
        place = self._place(difference.at, difference.part)
        was, now = shown(difference.was), shown(difference.now)
        if difference.rest:
            return f"{place}: from “{was}” on, the document says something else: “{now}”"
        if not now:
            return f"{place}: “{was}” was taken out"
        if not was:
            after = f" after “{difference.after}”" if difference.after else ""
            return f"{place}: “{now}” was put in{after}"
        return f"{place}: “{was}” was changed to “{now}”"

    def _place(self, at: str, part: str) -> str:
        place, _, number = at.partition("/")
        words = place.replace("-", " ")
        for prefix in ("evidence-event-", "evidence-", "event-"):
            key = place.removeprefix(prefix)
            count = ""
            if prefix == "evidence-" and key not in self.numbers:
                key, _, count = key.rpartition("-")
            if place.startswith(prefix) and key in self.numbers:
                quotation = f", quotation {count}" if count else ""
                words = f"event {self.numbers[key]} ({key}){quotation}"
                break
        else:
            if place.startswith("source-"):
                words = f"source {place.removeprefix('source-')}"
        if number and number != HEAD:
            words += f" {number}"
        name = _PARTS.get(part, part.replace("-", " "))
        said = "" if not name or words.endswith(name) else f", {name}"
        return (words + said).removeprefix(", ") or "the document"

    # ----------------------------------------------------------- pictures, links, head and foot

    def _pictures_and_links(self) -> None:
        printed = self.manifest["printed"]
        wanted = [squeezed(text) for text in printed["alternatives"]]
        found = [squeezed(text) for text in self.document.alternatives if text]
        if wanted != found:
            self.problems.append("the text that stands for the picture of the timeline was changed")
        links = {unquote(link) for link in printed["links"]}
        there = {unquote(link) for link in self.document.links}
        self.problems += [
            f"a link leads to {link}, which the evidence has not" for link in sorted(there - links)
        ]
        self.problems += [f"the link to {link} was taken out" for link in sorted(links - there)]

    def _heads(self, edition: str) -> None:
        pages = self.document.heads
        if not pages:
            return
        running = {
            name: squeezed(text.replace(EDITION, edition))
            for name, text in self.manifest["printed"]["running"].items()
        }
        marking = squeezed(self.manifest["brief"]["marking"])
        every = "\n".join([*running.values(), marking, *self._table_heads()])
        of_pages = re.compile(rf"\d+({re.escape(running.get('of', ''))}\d+)?")
        named = re.compile(rf"(?<![0-9a-f]){edition}(?![0-9a-f])")
        strange: dict[str, list[int]] = {}
        without = []
        for number, page in enumerate(pages, 1):
            texts = [squeezed(chunk) for chunk in page]
            where = f"page {number}" if self.document.kind == "pdf" else f"head or foot {number}"
            if not named.search(plain(" ".join(page))):
                without.append(where)
            if marking not in "".join(texts):
                marked = self.manifest["brief"]["marking"]
                self.problems.append(f"{where} does not print the marking {marked}")
            for text, chunk in zip(texts, page, strict=True):
                if text and text not in every and not of_pages.fullmatch(text):
                    strange.setdefault(" ".join(chunk.split()), []).append(number)
        # The edition stands on every page; Word has it in the foot, which every page repeats.
        if self.document.kind == "pdf" or len(without) == len(pages):
            self.problems += [f"{where} does not print the edition {edition}" for where in without]
        for chunk, numbers in strange.items():
            if self._may_be_the_house(set(numbers)):
                self.unchecked.append(f"“{shown(chunk)}”, at the head or foot of its pages")
            else:
                self.problems.append(
                    f"page {numbers[0]}: “{shown(chunk)}” stands on it, and not in the evidence"
                )

    def _may_be_the_house(self, pages: set[int]) -> bool:
        """Whether what stands on these pages alike can be a house's own head or foot."""
        count = len(self.document.heads)
        return self.document.kind != "pdf" or (count > 2 and len(pages) >= count - 1)

    def _table_heads(self) -> Iterator[str]:
        """The heads of tables, which a page repeats."""
        for at, _, text in self.manifest["printed"]["runs"]:
            if at.endswith(f"/{HEAD}"):
                yield squeezed(text)

    # ------------------------------------------------------------------- evidence and sources

    def _consistency(self) -> None:
        """What is printed of an event is what the manifest says of it."""
        events = {event["id"]: event for event in self.manifest["events"]}
        for at, part, text in self.manifest["printed"]["runs"]:
            wanted = None
            event = events.get(at.removeprefix("event-"))
            if event is not None and at.startswith("event-"):
                wanted = {"title": event["title"], "date": event["date"]["worded"]}.get(part)
            elif part == "quoted" and at.startswith("evidence-"):
                key, _, number = at.removeprefix("evidence-").rpartition("-")
                evidence = events[key]["evidence"] if key in events else []
                known = number.isdecimal() and 1 <= int(number[:9]) <= len(evidence)
                wanted = evidence[int(number) - 1]["quote"] if known else "\0"
            if wanted is not None and squeezed(wanted) not in squeezed(text):
                self.problems.append(
                    f"{self._place(at, part)}: “{shown(text)}” is printed, "
                    "and its evidence says otherwise"
                )

    def _full_texts(self, seeds: Callable[[str], bytes | None] | None) -> None:
        sources = [source for source in self.manifest["sources"] if source["file"]]
        left = dict(self.document.attachments)
        without = []
        for source in sources:
            attached = left.pop(source["file"], None)
            travels = self.document.kind == "pdf" and source["embed"] == "full"
            if attached is not None:
                self._full_text(source, attached, "the full text that it carries")
            elif travels and self.document.evidence is not None:
                self.problems.append(f"the full text of {source['short']} was taken out")
            if seeds is not None:
                self._original(source, seeds)
            elif attached is None:
                without.append(source["short"])
        self.problems += [
            f"it carries {name}, which the evidence does not name" for name in sorted(left)
        ]
        if without:
            self.unchecked.append(
                f"the quotations from {', '.join(without)} against a full text "
                f"({len(without)} of {len(sources)} seeds are not in the file); "
                "--seeds DIR does that"
            )

    def _full_text(self, source: dict[str, Any], data: bytes, what: str) -> None:
        if _sha256(data) != source["sha256"]:
            self.problems.append(
                f"{what} of {source['short']} ({source['file']}) was altered: its SHA-256 is "
                f"{_sha256(data)[:12]}…, not {str(source['sha256'])[:12]}…"
            )
        self.problems += check_full_text(self.manifest, source, data)

    def _original(self, source: dict[str, Any], seeds: Callable[[str], bytes | None]) -> None:
        data = seeds(source["file"])
        if data is None:
            self.problems.append(f"{source['file']} ({source['short']}) is not among the documents")
            return
        self._full_text(source, data, "the document")
        original = source.get("original")
        if not isinstance(original, dict) or not isinstance(original.get("file"), str):
            return
        found = seeds(original["file"])
        if found is None:
            self.unchecked.append(f"{original['file']}, which is not among the documents")
        elif _sha256(found) != original.get("sha256"):
            self.problems.append(f"{original['file']} ({source['short']}) was altered")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

"""A translation stands behind its original in every document, and is proven with it."""

from __future__ import annotations

import io
import json
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from lxml import etree, html

import bilingual
from sourcebrief import cli
from sourcebrief.verification.check_sources import check_sources
from sourcebrief.verification.read_document import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OURS = ("“agreed to share the data of 5,000 containers on 12 March 2024”", "our translation")
OFFICIAL = (
    "“The Ministry will send 3,500 scanners”",
    "translation in Ministry of Transport, ¶ 2",
)
QUOTED = "They “agreed to share the data” (our translation)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = bilingual.write(tmp_path_factory.mktemp("pact"))
    # An American brief: the official translation is in another English.
    bilingual.edit(root, bilingual.BRIEF_FILE, "language: en-GB", "language: en-US")
    assert cli.run(["-C", str(root), "build"]) == 0
    return root / "briefings" / "pact"


def one_line(words: str) -> str:
    return " ".join(words.replace("\u00ad", "").split())


def page_words(page: bytes) -> str:
    return one_line("".join(html.fromstring(page).itertext()))


def word_runs(data: bytes) -> Iterator[tuple[str, str | None]]:
    """The runs of a Word document's text and notes, with their language where they have one."""
    for part in docx.Document(io.BytesIO(data)).part.package.iter_parts():
        if part.partname in ("/word/document.xml", "/word/footnotes.xml"):
            for run in etree.fromstring(part.blob).iter(f"{W}r"):
                language = next((one.get(f"{W}val") for one in run.iter(f"{W}lang")), None)
                yield "".join(text.text or "" for text in run.iter(f"{W}t")), language


def test_the_annex_and_the_notes_of_each_format_have_it(folder: Path) -> None:
    web = page_words((folder / "pact.html").read_bytes())
    runs = "".join(text for text, _ in word_runs((folder / "pact.docx").read_bytes()))
    for words in (web, one_line(runs)):
        for into, whose in (OURS, OFFICIAL):
            annex, note = f"{into} ({whose})", f"({into}, {whose})"
            assert words.count(annex) == words.count(note) == 1
        assert words.count(QUOTED) >= 2


def test_the_short_edition_marks_quoted_words(folder: Path) -> None:
    web = page_words((folder / "pact-short.html").read_bytes())
    runs = "".join(text for text, _ in word_runs((folder / "pact-short.docx").read_bytes()))
    assert web.count(QUOTED) == one_line(runs).count(QUOTED) == 2


def test_word_knows_the_language_of_each(folder: Path) -> None:
    languages: dict[str, set[str | None]] = {}
    for text, language in word_runs((folder / "pact.docx").read_bytes()):
        for word in ("acordaron", "escáneres"):
            if word in text:
                languages.setdefault(word, set()).add(language)
        if "3,500 scanners" in text and "will send" in text and "The Ministry" in text:
            languages.setdefault("official", set()).add(language)
    assert languages["acordaron"] == languages["escáneres"] == {"es-EC"}
    assert languages["official"] == {"en-US"}  # Word wants a region


def test_the_web_page_knows_the_language_of_each(folder: Path) -> None:
    page: Any = html.fromstring((folder / "pact.html").read_bytes())
    spans = {one.text: one.get("lang") for one in page.iter("span") if one.get("lang")}
    assert spans["“The Ministry will send 3,500 scanners”"] == "en"
    assert spans["“agreed to share the data of 5,000 containers on 12 March 2024”"] == "en-US"
    assert spans["“El Ministerio enviará 3.500 escáneres”"] == "es-EC"


def test_the_mail_marks_quoted_words(folder: Path) -> None:
    assert cli.run(["-C", str(folder.parent.parent), "email", "pact"]) == 0
    mail = message_from_bytes((folder / "pact.eml").read_bytes(), policy=policy.default)
    for kind in ("plain", "html"):
        part: Any = mail.get_body((kind,))
        words = part.get_content()
        assert QUOTED in words
        assert "scanners” (translation in Ministry of Transport, ¶\u00a02)" in words


@pytest.mark.parametrize("ending", ["pdf", "docx", "html"])
def test_each_document_verifies_against_both_documents(folder: Path, ending: str) -> None:
    seeds = str(folder.parent.parent / "seeds")
    for layout in ("", "-short"):
        file = str(folder / f"pact{layout}.{ending}")
        assert cli.run(["verify", file, "--seeds", seeds]) == 0


def test_an_official_translation_is_proven_again(folder: Path) -> None:
    document = read_document((folder / "pact.docx").read_bytes())
    manifest = json.loads((folder / "pact.evidence.json").read_bytes())

    def seeds(name: str) -> bytes:
        data = (folder.parent.parent / "seeds" / name).read_bytes()
        return data.replace(b"will send", b"may send")

    (altered, lost) = (
        problem
        for problem in check_sources(document, manifest, seeds)
        if "readout" in str(problem) or "Ministry of Transport" in str(problem)
    )
    assert "the document of Ministry of Transport (readout.txt) was altered" in str(altered)
    assert str(lost).startswith("event 2 (scanners), translation 1: “The Ministry will send 3,500")

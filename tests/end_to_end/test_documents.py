"""The real workspace, built once: what its PDF, Word document and web page say, all three alike.

What is compared is read from the files by libraries that had no part in making them: pypdf,
python-docx and html5lib.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import docx
import html5lib
import pypdf
import pytest
import yaml
from fontTools import ttLib

from built_once import built_once
from sourcebrief import cli
from sourcebrief.documents.fonts import SANS, faces
from sourcebrief.text.quotation_marks import with_inner_marks

if TYPE_CHECKING:
    from collections.abc import Iterable

PROJECT = Path(__file__).resolve().parents[2]
NAME = "ecuador-security-cooperation"
FOLDER = f"briefings/{NAME}"
CELL_MARGIN = 113 / 20
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def copy_workspace(root: Path) -> Path:
    shutil.copytree(PROJECT / "seeds", root / "seeds")
    (root / FOLDER).mkdir(parents=True)
    for name in ("brief.yaml", "events.yaml"):
        shutil.copyfile(PROJECT / FOLDER / name, root / FOLDER / name)
    return root


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace after `build --strict`: a warning of any kind would have failed it."""

    def build(root: Path) -> None:
        assert cli.run(["-C", str(copy_workspace(root)), "build", "--strict", "--quiet"]) == 0

    return built_once(tmp_path_factory, "ecuador", build)


@dataclass(frozen=True)
class Content:
    """What a document says, in its order, white space and line-end hyphens apart."""

    rows: list[tuple[str, ...]]
    summaries: list[str]
    notes: list[str]
    sources: list[str]
    quotations: list[str]


def bare(text: str) -> str:
    """A text without white space, hyphens and ligatures: what survives any line breaking."""
    return re.sub(r"[\s\u00ad\u2010\u2011-]", "", unicodedata.normalize("NFKC", text))


def cells(texts: Iterable[str]) -> tuple[str, ...]:
    """The cells of a row; what parts the actors is a sign in one document, a line in another."""
    number, date, actors, *rest = map(bare, texts)
    return (number, date, actors.replace(";", ""), *rest)


# ---------------------------------------------------------------- the web page


def text_of(element: Any, *, calls: bool = False) -> str:
    """The text of an element, with the numbers of its notes or without."""
    if not calls and "noteref" in (element.get("class") or "").split():
        return ""
    inner = "".join(text_of(child, calls=calls) + (child.tail or "") for child in element)
    return (element.text or "") + inner


def having(root: Any, tag: str, name: str) -> list[Any]:
    return [e for e in root.iter(tag) if name in (e.get("class") or "").split()]


def by_id(root: Any, name: str) -> Any:
    (found,) = (e for e in root.iter() if e.get("id") == name)
    return found


@pytest.fixture(scope="module")
def page(built: Path) -> Any:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    data = (built / FOLDER / f"{NAME}.html").read_bytes()
    return parser.parse(data, transport_encoding="utf-8")


def content_of(page: Any, *, calls: bool) -> Content:
    def words(element: Any) -> str:
        return text_of(element, calls=calls)

    actors = by_id(page, "actors")
    return Content(
        rows=[
            cells(words(cell) for cell in row if cell.tag in ("th", "td"))
            for row in having(page, "tr", "event")
        ],
        summaries=[bare(words(p)) for tag in ("h3", "p") for p in actors.iter(tag)],
        notes=[bare(words(e)) for e in having(by_id(page, "notes"), "span", "note-text")],
        sources=[bare(words(item)) for item in by_id(page, "sources").iter("li")],
        quotations=[bare(words(q)) for q in by_id(page, "annex").iter("blockquote")],
    )


@pytest.fixture(scope="module")
def web(page: Any) -> Content:
    return content_of(page, calls=False)


@pytest.fixture(scope="module")
def web_with_calls(page: Any) -> Content:
    return content_of(page, calls=True)


# ---------------------------------------------------------------- the Word document


def style_of(paragraph: Any) -> str:
    return str(paragraph.style.name)


def between(document: Any, heading: str) -> list[Any]:
    """The paragraphs from a heading of the first level to the next one."""
    found: list[Any] = []
    inside = False
    for paragraph in document.paragraphs:
        if style_of(paragraph) == "Heading 1":
            inside = paragraph.text == heading
        elif inside:
            found.append(paragraph)
    return found


@pytest.fixture(scope="module")
def word(built: Path) -> Content:
    document = docx.Document(str(built / FOLDER / f"{NAME}.docx"))
    (table,) = (t for t in document.tables if t.rows[0].cells[0].text == "No.")
    body = document.element.body
    called = [e.get(f"{W}id") for e in body.iter(f"{W}footnoteReference")]
    (part,) = (p for p in document.part.package.iter_parts() if "/footnotes.xml" in p.partname)
    notes = {
        note.get(f"{W}id"): "".join(t.text or "" for t in note.iter(f"{W}t"))
        for note in ElementTree.fromstring(part.blob)
    }
    actors = between(document, "What each actor did")
    return Content(
        rows=[
            cells(cell.text for cell in row.cells)
            for row in table.rows[1:]
            if row.cells[0].text.isdigit() and row.cells[0].text != row.cells[1].text
        ],
        summaries=[
            bare(p.text)
            for headings in (True, False)
            for p in actors
            if (style_of(p) == "Heading 2") is headings
        ],
        notes=[bare(notes[number]) for number in called],
        sources=[bare(p.text) for p in between(document, "Sources") if style_of(p) == "Source"],
        quotations=[bare(p.text) for p in between(document, "Evidence") if p.text[:1] == "“"],
    )


def test_the_word_document_and_the_web_page_have_the_same_rows(web: Content, word: Content) -> None:
    assert len(web.rows) == len(events_of_yaml())
    assert word.rows == web.rows


@pytest.mark.parametrize("what", ["summaries", "notes", "sources", "quotations"])
def test_the_word_document_and_the_web_page_say_the_same(
    web: Content, word: Content, what: str
) -> None:
    assert getattr(word, what)
    assert getattr(word, what) == getattr(web, what)


# ---------------------------------------------------------------- the PDF


def test_no_word_of_the_word_document_is_wider_than_its_column(built: Path) -> None:
    # Source Sans is a little wider than Calibri, which a machine of tests may lack.
    face = next(face for face in faces() if face.family == SANS and face.style == "normal")
    with ttLib.TTFont(face.path) as font:
        widths, glyphs = font["hmtx"], font.getBestCmap()
        units = font["head"].unitsPerEm
    document = docx.Document(str(built / FOLDER / f"{NAME}.docx"))
    for table in document.tables:
        for cell in {id(cell._tc): cell for row in table.rows for cell in row.cells}.values():
            for paragraph in cell.paragraphs:
                style, size = paragraph.style, None
                while style is not None and size is None:
                    size, style = style.font.size, style.base_style
                assert size is not None
                for word in paragraph.text.split():
                    wide = sum(widths[glyphs[ord(char)]][0] for char in word) / units * size.pt
                    assert wide < cell.width.pt - CELL_MARGIN, word


@pytest.fixture(scope="module")
def pages(built: Path) -> list[str]:
    reader = pypdf.PdfReader(built / FOLDER / f"{NAME}.pdf")
    return [bare(page.extract_text()) for page in reader.pages]


def assert_in_order(pages: list[str], texts: list[str], where: str) -> None:
    """Each text stands in the pages after the one before; it may run over a page's end."""
    whole = "".join(pages)
    at = 0
    for text in texts:
        begin, end = text[:40], text[-40:]
        first = whole.find(begin, at)
        assert first >= 0, f"{where}: {begin!r} is not in the PDF, or stands too early"
        last = whole.find(end, first + len(begin) - len(end))
        assert last >= 0, f"{where}: {end!r} is not in the PDF"
        # What runs over a page's end has that page's notes and the running lines between.
        assert last - first <= len(text) + 9000, f"{where}: {begin!r} is torn apart"
        at = first + 1


def test_the_pdf_has_every_row_whole_on_one_page_and_in_order(
    pages: list[str], web_with_calls: Content
) -> None:
    found = []
    for number, date, _actors, event, *_ in web_with_calls.rows:
        on = [i for i, page in enumerate(pages) if event in page]
        assert len(on) == 1, f"row {number} stands on pages {on}: {event}"
        at = pages[on[0]].index(event)
        assert date in pages[on[0]][:at]
        found.append((on[0], at))
    assert found == sorted(found)


@pytest.mark.parametrize("what", ["summaries", "notes", "sources", "quotations"])
def test_the_pdf_says_what_the_web_page_says(
    pages: list[str], web_with_calls: Content, built: Path, what: str
) -> None:
    texts = getattr(web_with_calls, what)
    if what == "summaries":  # the headings came first, for the order that python-docx gives
        texts = [text for text in texts if len(text) > 60]
    first = {"sources": "Sources", "quotations": "Evidence"}.get(what)
    begin = page_of(built, first) - 1 if first else 0
    assert_in_order(pages[begin:], texts, what)


def page_of(built: Path, title: str) -> int:
    """The page that a bookmark leads to, from 1."""
    reader = pypdf.PdfReader(built / FOLDER / f"{NAME}.pdf")

    def walk(entries: list[Any]) -> Any:
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry)
            else:
                yield entry

    (entry,) = (e for e in walk(reader.outline) if e.title == title)
    number = reader.get_destination_page_number(entry)
    assert number is not None
    return number + 1


def test_the_body_before_the_sources_fits_six_pages_of_a4(built: Path) -> None:
    reader = pypdf.PdfReader(built / FOLDER / f"{NAME}.pdf")
    for page in reader.pages:
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    assert page_of(built, "Sources") <= 6


# ---------------------------------------------------------------- the record


def events_of_yaml() -> dict[str, Any]:
    text = (PROJECT / FOLDER / "events.yaml").read_text("utf-8")
    return {event["id"]: event for event in yaml.safe_load(text)["events"]}


@pytest.fixture(scope="module")
def manifest(built: Path) -> dict[str, Any]:
    data = (built / FOLDER / f"{NAME}.evidence.json").read_bytes()
    found: dict[str, Any] = json.loads(data)
    return found


def test_every_quotation_of_every_event_is_in_the_annex_of_every_document(
    manifest: dict[str, Any], web: Content, word: Content, pages: list[str], built: Path
) -> None:
    curated = events_of_yaml()
    quoted = []
    for event in manifest["events"]:
        assert len(event["evidence"]) == len(curated[event["id"]]["evidence"])
        # Marks within a quotation are the inner ones.
        said = [with_inner_marks(one["quote"], "‘’", "“”") for one in event["evidence"]]
        quoted += map(bare, said)
    assert len(quoted) == len(web.quotations) == len(word.quotations)
    for quotation, on_page, in_word in zip(quoted, web.quotations, word.quotations, strict=True):
        assert on_page.startswith(f"“{quotation}”")
        assert in_word.startswith(f"“{quotation}”")
    assert_in_order(pages[page_of(built, "Evidence") - 1 :], quoted, "annex")


def test_every_selector_of_the_manifest_points_at_its_words(
    manifest: dict[str, Any], built: Path
) -> None:
    files = {source["id"]: source.get("file") for source in manifest["sources"]}
    for event in manifest["events"]:
        for evidence in event["evidence"]:
            seed = (built / "seeds" / files[evidence["seed"]]).read_bytes().decode("utf-8-sig")
            for quote, position in evidence["selectors"]:
                start, end = position["start"], position["end"]
                assert seed[start:end] == quote["exact"]


def test_the_edition_stands_in_every_document(
    manifest: dict[str, Any], pages: list[str], built: Path
) -> None:
    data = (built / FOLDER / f"{NAME}.evidence.json").read_bytes()
    edition = hashlib.sha256(data).hexdigest()[:12]
    assert manifest["events"]
    assert all(edition in page for page in pages)
    document = docx.Document(str(built / FOLDER / f"{NAME}.docx"))
    assert document.core_properties.identifier == edition
    assert edition in (built / FOLDER / f"{NAME}.html").read_text("utf-8")


# ---------------------------------------------------------------- the build


def test_another_folder_time_zone_language_and_hash_seed_give_the_same_bytes(
    built: Path, tmp_path: Path
) -> None:
    other = copy_workspace(tmp_path / "another folder with spaces and ñ")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(PROJECT / "src"),
        "PYTHONHASHSEED": "1234",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "LANG": "es_EC.UTF-8",
        "HOME": str(tmp_path),
        "COLUMNS": "40",
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "sourcebrief", "-C", str(other), "build", "-q"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    names = sorted(p.name for p in (built / FOLDER).iterdir())
    assert names == sorted(p.name for p in (other / FOLDER).iterdir())
    assert len(names) >= 6
    for name in names:
        assert (other / FOLDER / name).read_bytes() == (built / FOLDER / name).read_bytes(), name


def test_what_is_built_is_current_however_its_files_are_touched(built: Path) -> None:
    os.utime(built / FOLDER / "events.yaml", (0, 0))
    assert cli.run(["-C", str(built), "check", "--built", "--strict", "-q"]) == 0


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_a_quotation_with_inner_marks_is_what_its_evidence_says(built: Path, form: str) -> None:
    assert cli.run(["verify", "--no-rebuild", str(built / FOLDER / f"{NAME}.{form}")]) == 0

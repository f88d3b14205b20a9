"""All documents are made from one page, under the hash of one manifest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sourcebrief.brief.make_manifest import manuscript
from sourcebrief.documents import publish as module
from sourcebrief.documents.page_words import words_on_page
from sourcebrief.documents.pdf.write_pdf import Pdf
from sourcebrief.documents.publish import publish
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.documents.write_web import carried_in_html
from sourcebrief.errors import EngineFault, InvalidInput
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import Workspace
    from sourcebrief.documents.publish import Edition


def published(workspace: Workspace, formats: Sequence[str], **options: Any) -> Edition:
    text = manuscript(workspace.composition())
    templates = TemplateFolders(Inputs(workspace.root), packaged_folder())
    return publish(text, templates, formats, **options)


def test_the_page_and_the_web_page_bear_the_edition_of_the_manifest(workspace: Workspace) -> None:
    edition = published(workspace, ["html"], keep_html=True)

    assert edition.files.keys() == {
        *("port.html", "port.evidence.json", "port.source.html", "port.sha256")
    }
    assert edition.files["port.source.html"].decode().count(edition.identity) >= 1
    assert edition.identity in edition.files["port.html"].decode()
    # What a page is made from is in the manifest, and not its words.
    assert "printed" not in json.loads(edition.files["port.evidence.json"])
    assert (edition.pages, edition.warnings) == ({"port.pdf": 0}, ())


def test_the_pdf_carries_the_manifest_and_its_warnings_come_back(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}

    def write_pdf(html: str, **options: Any) -> Pdf:
        given.update(options)
        return Pdf(b"%PDF", 3, ("an engine that is not tested",))

    monkeypatch.setattr(module, "write_pdf", write_pdf)
    edition = published(workspace, ["pdf"], epoch=86_400)

    assert edition.files["port.pdf"] == b"%PDF"
    assert (edition.pages, edition.warnings) == ({"port.pdf": 3}, ("an engine that is not tested",))
    assert given["attachments"][0].data == edition.files["port.evidence.json"]
    assert given["properties"].moment.isoformat() == "1970-01-02T00:00:00+00:00"


def test_a_word_document_under_way_is_cancelled_where_the_pdf_fails(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancelled = []

    class Job:
        def result(self) -> bytes:
            raise AssertionError("nothing waits for it")

        def cancel(self) -> None:
            cancelled.append(self)

    def write_pdf(html: str, **_: Any) -> Pdf:
        raise EngineFault("WeasyPrint ran out of memory")

    monkeypatch.setattr(module, "write_pdf", write_pdf)
    monkeypatch.setattr(module, "start_docx", lambda *_, **__: Job())
    with pytest.raises(EngineFault, match="ran out of memory"):
        published(workspace, ["pdf", "docx"])

    assert len(cancelled) == 1


def test_a_template_that_makes_no_page_is_a_problem_in_it(workspace: Workspace) -> None:
    workspace.write("templates/brief.html.j2", "<!-- -->")

    with pytest.raises(InvalidInput, match=r"^templates/brief\.html\.j2:1:1: error: .*not a page"):
        published(workspace, ["html"])


def with_key(workspace: Workspace) -> Workspace:
    workspace.edit("briefings/port/events.yaml", "  - id: pact", "  - id: pact\n    key: true")
    return workspace


def test_both_layouts_have_one_manifest_and_one_edition(workspace: Workspace) -> None:
    edition = published(with_key(workspace), ["html"], layouts=("full", "short"))
    assert edition.files.keys() == {
        *("port.html", "port-short.html", "port.evidence.json", "port.sha256")
    }
    for page in (edition.files["port.html"], edition.files["port-short.html"]):
        assert edition.identity in page.decode()
        assert carried_in_html(page)["evidence.json"] == edition.files["port.evidence.json"]
    assert '<meta name="layout" content="short">' in edition.files["port-short.html"].decode()


def test_where_both_layouts_print_a_sentence_it_is_the_same(workspace: Workspace) -> None:
    edition = published(with_key(workspace), ["html"], layouts=("full", "short"))
    full, short = (words_on_page(edition.files[f"port{part}.html"]) for part in ("", "-short"))
    for part in ("lead", "judgement", "title", "confidence"):
        said = [text for _, kind, text in short["runs"] if kind == part]
        assert set(said) <= {text for _, kind, text in full["runs"] if kind == part}


def test_a_short_edition_of_more_than_two_pages_is_left_out(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_pdf(html: str, *, most_pages: int | None, **_: Any) -> Pdf:
        return Pdf(b"%PDF", 3, lines_over=7 if most_pages == 2 else 0)

    monkeypatch.setattr(module, "write_pdf", write_pdf)
    edition = published(with_key(workspace), ["pdf"], layouts=("full", "short"))
    assert edition.files.keys() == {"port.pdf", "port.evidence.json", "port.sha256"}
    assert edition.lines_over == 7


def test_a_note_on_a_quotation_prints_behind_it_in_the_annex(workspace: Workspace) -> None:
    quote = "quote: met the Director of the Coast Office, Tom Hale, on 12 May 2021 in Port Almera"
    workspace.edit(
        "briefings/port/events.yaml",
        quote,
        f"{quote}\n        note: The list of guests is left out.",
    )
    page = published(workspace, ["html"]).files["port.html"].decode()
    assert "Editor’s note: The list of guests is left out." in page
    assert page.index("12 May 2021 in Port Almera”") < page.index("Editor’s note:")

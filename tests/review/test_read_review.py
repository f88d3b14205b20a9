"""A reviewed document is read in a process of its own, whatever it holds."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from reviewed_port import BRIEF, EVENTS, enriched, review_of, sent
from sent_files import replaced, rezipped, zipped
from sourcebrief.documents.template_folders import held_templates
from sourcebrief.documents.word.docx_properties import carried_in_docx
from sourcebrief.documents.word.opc_package import w
from sourcebrief.review.read_review import read_review, review_under_limits
from sourcebrief.review.remarks import ItemEdit
from word_documents import written
from word_reviews import WordReview

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace


def fault(data: bytes) -> str:
    return read_review(data, None, held_templates()).fault


def stripped(data: bytes) -> bytes:
    """The document without what it carries, as a gateway may send it on."""
    return rezipped(data, lambda name, part: None if "customXml" in name else part)


def test_what_is_no_edition_of_ours_is_told() -> None:
    assert "a PDF, Word document" in fault(b"x")
    assert "not a Word document" in fault(b"{}")
    assert "carries no evidence" in fault(stripped(written("<body><p>x</p></body>")))
    assert fault(zipped(**{"word/document.xml": b"<a><b></a>"})).startswith("not a Word document")


def test_the_evidence_may_be_given(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    review.put_in("perhaps ", before="may send")
    evidence = carried_in_docx(review.package)["evidence.json"]
    found = read_review(stripped(review.bytes()), evidence, held_templates())
    assert [remark.edits != () for remark in found.remarks] == [True]
    assert "other templates or another version" in found.notices[0]


def test_other_templates_hide_no_edit_of_an_author(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    review.edit("may send", "might send")
    review.edit("version", "edition")
    body = review.package.body()
    row = next(one for one in body.iter(w("tr")) if "12 May 2021" in "".join(one.itertext()))
    row.getparent().remove(row)
    templates = held_templates()
    templates.content = {**templates.content, "brief.css": b"/* ours */"}
    found = read_review(review.bytes(), None, templates)
    edited, gone, doubted = found.remarks
    assert (edited.address, edited.edits != ()) == ("sections/1", True)
    assert (gone.address, gone.item, gone.reason) == ("events/pact", ItemEdit("out"), "")
    assert (doubted.address, "or no reviewer did this" in doubted.reason) == ("version", True)
    assert len(found.notices) == 1


def test_a_stripped_short_edition_is_compared_with_the_short_one(workspace: Workspace) -> None:
    enriched(workspace)
    workspace.edit(BRIEF, "gaps:", "layouts: [full, short]\ngaps:")
    workspace.edit(EVENTS, "    title: Pact on", "    key: true\n    title: Pact on")
    ran = workspace.run("build", "port", "--format", "docx")
    assert ran.code == 0, ran.err
    folder = workspace.root / "briefings/port"
    data = stripped((folder / "port-short.docx").read_bytes())
    evidence = (folder / "port.evidence.json").read_bytes()
    assert read_review(data, evidence, held_templates()).remarks == ()


def test_a_briefing_of_another_name_says_which_it_is(workspace: Workspace) -> None:
    path = sent(workspace, review_of(enriched(workspace)))
    assert review_under_limits(path, None, None).briefing == "port"


def test_a_limit_of_time_is_kept(workspace: Workspace) -> None:
    path = sent(workspace, review_of(enriched(workspace)))
    assert review_under_limits(path, None, None, seconds=0.01).fault == (
        "reading it took more time than review allows"
    )


def test_hostile_xml_is_not_followed(workspace: Workspace, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", "utf-8")
    review = review_of(enriched(workspace))
    review.put_in("perhaps ", before="may send")
    entity = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document'
    data = rezipped(review.bytes(), replaced("word/document.xml", "<w:document", entity))
    data = rezipped(data, replaced("word/document.xml", "perhaps ", "&x;"))
    found = read_review(data, None, held_templates())
    assert "the secret" not in repr(found)


def test_a_thousand_changes_are_read(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    for number in range(1000):
        review.put_in(f"word{number} ", before="may send")
    (remark,) = read_review(review.bytes(), None, held_templates()).remarks
    assert len(remark.new.split()) == 1000


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_what_libreoffice_saves_says_the_same(workspace: Workspace, tmp_path: Path) -> None:
    review = review_of(enriched(workspace))
    review.put_in("perhaps ", before="may send")
    review.change("on record", "known")
    review.edit("Scanners for the harbour", "Scanners for the port")
    review.edit("met the Director", "saw the Director")
    number = review.comment("Trade", "Which?")
    review.comment("Trade", "All of it.", reply_to=number)
    path = sent(workspace, review)
    office = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command = [*office, "--convert-to", "docx", "--outdir", str(tmp_path / "saved"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "saved" / path.name).read_bytes()
    was, now = (
        [
            (one.says, one.edits, one.address)
            for one in read_review(each, None, held_templates()).remarks
        ]
        for each in (path.read_bytes(), saved)
    )
    assert sorted(was, key=str) == sorted(now, key=str)
    assert len(was) == 6


def test_a_review_knows_its_own_words() -> None:
    with pytest.raises(AssertionError, match="is not in the document"):
        WordReview(written("<body><p>x</p></body>")).take_out("y")

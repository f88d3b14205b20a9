"""A draft opens with tracking on, and its quotations look like a source's and are locked."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from sourcebrief.documents.word.opc_package import Package, w, w_value
from sourcebrief.documents.word.review_copy import QUOTED, prepare_for_review
from word_documents import written

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (
    '<body data-title="T"><h1>T</h1><blockquote><p><span class="quoted" lang="es">«Una cita»'
    '</span> <a class="cite" href="#s">Post</a></p></blockquote><p id="s">Post</p></body>'
)


def test_tracking_is_on_in_a_draft_alone() -> None:
    for draft in (True, False):
        settings = Package(written(PAGE, draft=draft)).tree("word/settings.xml")
        assert (settings.find(w("trackRevisions")) is not None) == draft


def test_quotations_have_a_look_and_a_lock_of_their_own() -> None:
    (control,) = Package(written(PAGE, draft=True)).body().iter(w("sdt"))
    assert w_value(control.find(f"{w('sdtPr')}/{w('lock')}")) == "sdtContentLocked"
    assert "".join(control.itertext(w("t"))) == "«Una cita»"
    final = Package(written(PAGE)).body()
    assert not list(final.iter(w("sdt")))
    styles = [w_value(style) for style in final.iter(w("rStyle"))]
    assert styles.count(QUOTED) == 1


def test_it_is_prepared_once() -> None:
    package = Package(written(PAGE, draft=True))
    before = package.tree("word/settings.xml")
    prepare_for_review(package)
    assert len(before.findall(w("trackRevisions"))) == 1
    assert len(list(package.body().iter(w("sdt")))) == 1


def test_a_draft_is_valid(tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    path = tmp_path / "draft.docx"
    path.write_bytes(written(PAGE, draft=True))
    result = OpenXmlValidator(max_errors=0).validate(path)
    assert [str(error) for error in result.errors] == []
    if program := shutil.which("ooxml-validator"):
        ran = subprocess.run([program, str(path)], capture_output=True, check=False)
        assert b'"ok": true' in ran.stdout, ran.stdout.decode()


@pytest.mark.parametrize("draft", [True, False])
def test_it_is_reproducible(draft: bool) -> None:
    assert written(PAGE, draft=draft) == written(PAGE, draft=draft)

"""Independent validators on a PDF with everything, and on its edges."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import pdf_sample as sample
from invented import TEMPLATES, sample_labels, sample_view
from sourcebrief.documents.page import render_brief
from sourcebrief.documents.pdf.write_pdf import write_pdf

pytest.importorskip("weasyprint", reason="needs WeasyPrint", exc_type=ImportError)

VERAPDF = Path(__file__).parents[1] / "validators" / "verapdf.sh"

SHIPPED = {name: TEMPLATES.read(name) for name in ("brief.css", "print.css")}


def shipped(language: str, **changed: object) -> str:
    # outloud takes a running head of eight words for prose where it is not on every one of fewer
    # than six pages; the first page has none.
    view = sample_view(language, **{"title": "Partners in the Strait", **changed})
    return render_brief(view, TEMPLATES, sample_labels(language))


BRIEFS = {
    "the shipped template": (shipped("en-GB"), sample.PROPERTIES, sample.ATTACHMENTS),
    "the shipped template in Spanish on Letter": (
        shipped("es", page="Letter", marking="Uso interno", tlp=None),
        replace(sample.PROPERTIES, language="es", title="Cooperación en seguridad: «señales»"),
        (),
    ),
    "everything": (sample.brief(), sample.PROPERTIES, sample.ATTACHMENTS),
    "two notes a row": (sample.brief(rows=14, notes=2), sample.PROPERTIES, ()),
}


@pytest.fixture(scope="module", params=BRIEFS)
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    html, properties, attachments = BRIEFS[request.param]
    resources = SHIPPED if request.param.startswith("the shipped") else sample.RESOURCES
    pdf = write_pdf(html, resources=resources, properties=properties, attachments=attachments)
    path = tmp_path_factory.mktemp("pdf") / f"{request.param.replace(' ', '-')}.pdf"
    path.write_bytes(pdf.content)
    return path


def test_page_validation_finds_it_ua_1(file: Path) -> None:
    page = pytest.importorskip("page", reason="needs page-validation")

    report = page.validate_pdf(str(file), profile="ua1")

    assert [failure.rule_id for failure in report.failures] == []
    assert report.is_compliant


def test_outloud_reports_no_error_and_no_warning(file: Path) -> None:
    pytest.importorskip("outloud", reason="needs outloud")

    run = subprocess.run(
        [sys.executable, "-m", "outloud.cli", "--fail-on", "warning", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="needs qpdf; .ci/run has it")
def test_qpdf_finds_no_fault(file: Path) -> None:
    run = subprocess.run(
        ["qpdf", "--check", str(file)], capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("java") is None or not Path("/usr/share/java/jaxb-runtime.jar").exists(),
    reason="needs Java and libjaxb-java; .ci/run has them",
)
def test_verapdf_finds_it_pdf_a_3a_and_ua_1(file: Path) -> None:
    run = subprocess.run(
        ["bash", str(VERAPDF), "ua1,3a", str(file)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHON": sys.executable},
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("PASS") == 2

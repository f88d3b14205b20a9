"""Another WeasyPrint than a tested one: it builds with a warning, or says what is inaccessible.

The stand-ins for a future version are copies of the installed one under another number, of which
one has other names for all private parts that the patches use. `tests/validators/weasyprint.sh`
runs the tests of the PDF with an earlier version.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import weasyprint

if TYPE_CHECKING:
    from conftest import Workspace

PROJECT = Path(__file__).resolve().parents[2]
WARNING = (
    "WeasyPrint 99.0 has not been tested with sourcebrief (69.0 and 70.0 have); "
    "its speed patches are off"
)
PRIVATE = re.compile(
    r"\b(_page_box|_tags|add_tags|link_annotation|is_leader|element_tag|split_first_line)\b"
)
SAMPLE = """
import pdf_sample as sample
from sourcebrief.documents.pdf.write_pdf import write_pdf
from sourcebrief.errors import EngineFault
try:
    made = write_pdf({html}, resources=sample.RESOURCES, properties=sample.PROPERTIES)
except EngineFault as fault:
    print(fault)
else:
    print(made.pages, *made.warnings)
"""
SIMPLE = """'<html lang=en style="font-family: Source Serif\\ 4"><title>T</title><h1>T</h1><p>x'"""


@pytest.fixture(scope="module")
def future(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _copy(tmp_path_factory.mktemp("future"), lambda text: text)


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _copy(tmp_path_factory.mktemp("renamed"), lambda text: PRIVATE.sub(r"other_\1", text))


def _copy(folder: Path, change: object) -> Path:
    assert callable(change)
    package = folder / "weasyprint"
    shutil.copytree(Path(weasyprint.__file__).parent, package)
    for path in package.rglob("*.py"):
        text = path.read_text("utf-8")
        if path == package / "__init__.py":
            text = text.replace(f"'{weasyprint.__version__}'", "'99.0'")
        path.write_text(change(text), "utf-8")
    return folder


def _run(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    paths = (folder, PROJECT / "src", PROJECT / "tests/support")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, paths))}
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_future_version_with_the_same_private_parts_makes_the_whole_brief(future: Path) -> None:
    ran = _run(future, "-c", SAMPLE.format(html="sample.brief()"))

    assert (ran.stdout, ran.stderr) == (f"4 {WARNING}\n", "")


def test_a_future_version_without_them_makes_what_its_own_tagging_suffices_for(
    renamed: Path,
) -> None:
    ran = _run(renamed, "-c", SAMPLE.format(html=SIMPLE))

    assert (ran.stdout, ran.stderr) == (f"1 {WARNING}\n", "")


def test_a_future_version_without_them_says_what_is_not_accessible(renamed: Path) -> None:
    ran = _run(renamed, "-c", SAMPLE.format(html="sample.brief()"))

    assert ran.stdout.startswith("the PDF that WeasyPrint 99.0 wrote is not accessible: ")
    assert "notes that are not tagged as notes: 38 of 38" in ran.stdout
    assert ran.stdout.count("\n") == 1


@pytest.mark.slow
def test_a_build_warns_once_at_the_brief_and_again_where_nothing_changed(
    future: Path, workspace: Workspace
) -> None:
    for _ in range(2):
        ran = _run(future, "-m", "sourcebrief", "-C", workspace.root, "build", "--format", "pdf")

        assert ran.returncode == 0, ran.stderr
        lines = [line for line in ran.stderr.splitlines() if "warning" in line]
        assert lines == [f"briefings/port/brief.yaml:1:1: warning: {WARNING}", "1 warning"]


@pytest.mark.slow
def test_a_build_without_the_private_parts_fails_and_keeps_no_pdf(
    renamed: Path, workspace: Workspace
) -> None:
    ran = _run(renamed, "-m", "sourcebrief", "-C", workspace.root, "build", "--format", "pdf")

    assert ran.returncode == 1
    assert "briefings/port/brief.yaml:1:1: error: the PDF that WeasyPrint 99.0 wrote" in ran.stderr
    assert not list(workspace.root.glob("briefings/port/*.pdf"))

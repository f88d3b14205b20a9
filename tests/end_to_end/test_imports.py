"""What a command imports before it does anything: an engine that it does not need costs time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Workspace

PROJECT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
before = set(sys.modules)
from sourcebrief.__main__ import main
try:
    main()
except SystemExit:
    pass
packages = {name.partition(".")[0] for name in set(sys.modules) - before}
CONFIGURATION = {"_sysconfigdata__linux_x86_64-linux-gnu", "_sysconfigdata__x86_64-linux-gnu"}
# What the C modules of Cython make has no file.
files = {name for name in packages if getattr(sys.modules[name], "__file__", None)}
print(*sorted(files - sys.stdlib_module_names - CONFIGURATION))
"""


def imported(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env={**os.environ, "PYTHONPATH": str(PROJECT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def test_the_version_imports_click_alone() -> None:
    assert imported("--version") == "click sourcebrief"


def test_a_check_imports_no_engine(workspace: Workspace) -> None:
    assert imported("-C", str(workspace.root), "check") == (
        "annotated_types babel click markdown_it mdurl pydantic pydantic_core pytz "
        "sourcebrief typing_extensions typing_inspection yaml"
    )


def test_a_build_of_what_is_up_to_date_imports_click_alone(workspace: Workspace) -> None:
    assert workspace.run("build", "--format", "html").code == 0
    assert imported("-C", str(workspace.root), "build", "--format", "html") == "click sourcebrief"


def test_a_build_leaves_what_reads_and_writes_pdfs_to_its_workers(workspace: Workspace) -> None:
    found = imported("-C", str(workspace.root), "build", "--format", "html").split()
    assert "jinja2" in found
    assert not {"pikepdf", "weasyprint"} & set(found)

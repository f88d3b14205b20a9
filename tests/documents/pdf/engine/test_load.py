"""WeasyPrint is imported with all that it needs, and a version that is not tested is named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import weasyprint

from sourcebrief.documents.pdf.engine import load
from sourcebrief.documents.pdf.engine.speed import SPEED_PATCHES
from sourcebrief.documents.pdf.engine.tagging import TAGGING
from sourcebrief.errors import EnvironmentFault

PROJECT = Path(__file__).parents[4]


def test_a_tested_version_has_all_patches_and_no_warning() -> None:
    engine = load.load_engine()

    assert engine.version == weasyprint.__version__
    assert (engine.tagging, engine.speed) == (TAGGING, SPEED_PATCHES)
    assert engine.warning is None


def test_an_untested_version_has_no_speed_patches_and_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "99.0")

    engine = load.load_engine()

    assert (engine.tagging, engine.speed) == (TAGGING, ())
    assert engine.warning == (
        "WeasyPrint 99.0 has not been tested with sourcebrief (69.0 and 70.0 have); "
        "its speed patches are off"
    )


def test_a_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weasyprint.text.ffi.harfbuzz_subset", None)

    with pytest.raises(EnvironmentFault, match=r"libharfbuzz-subset0.*brew install pango"):
        load.load_engine()


def test_a_missing_pango_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text(
        'print("a long explanation")\nraise OSError("cannot load library \'libpango\': no file")\n'
    )
    code = (
        "from sourcebrief.documents.pdf.engine.load import engine_versions\n"
        "from sourcebrief.errors import EnvironmentFault\n"
        "try: engine_versions()\nexcept EnvironmentFault as fault: print(fault)"
    )
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(PROJECT / "src")])
    }

    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    )

    assert run.stdout.startswith(
        "WeasyPrint needs a system library (cannot load library 'libpango'"
    )
    assert run.stdout.count("\n") == 1


def test_versions_name_all_that_decides_the_bytes() -> None:
    versions = load.engine_versions()

    assert versions.keys() == {"weasyprint", "pango", "harfbuzz", "zlib"}
    assert all(versions[name].replace(".", "").isdigit() for name in ("pango", "harfbuzz"))

"""WeasyPrint is imported with all it needs, patched for one block, and named if untested."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import weasyprint

from sourcebrief.documents.pdf.engine import load, speed, tagging
from sourcebrief.documents.pdf.engine.load import TESTED_VERSIONS, applied, has_name, load_engine
from sourcebrief.errors import EnvironmentFault

PROJECT = Path(__file__).parents[4]


def test_a_tested_version_has_all_patches_and_no_warning() -> None:
    engine = load.load_engine()

    assert engine.version == weasyprint.__version__
    assert engine.version in TESTED_VERSIONS
    assert engine.tagging is not None
    assert engine.tagging.replacement is tagging.replacement
    replacements = [patch.replacement for patch in engine.speed]
    assert replacements == [
        speed.making_static,
        speed.remembering,
        speed.finding_notes,
        speed.shaping,
    ]
    assert engine.warning is None


def test_an_untested_version_has_no_speed_patches_and_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "99.0")

    engine = load.load_engine()

    assert engine.tagging is not None
    assert engine.speed == ()
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


@pytest.mark.parametrize(
    ("name", "exists"),
    [
        ("weasyprint.pdf.add_tags", True),
        ("weasyprint.pdf.fonts.Font.clean", True),
        ("weasyprint.document.Page._page_box", True),  # set by the class in its instances
        ("weasyprint.pdf.stream.Stream._tags", True),
        ("weasyprint.pdf.stream.Stream._gone", False),
        ("weasyprint.pdf.gone", False),
        ("weasyprint.gone.Stream._tags", False),
        ("weasyprint.pdf.gone.Class.name", False),
    ],
)
def test_a_name_is_found_where_a_module_or_a_class_has_it(name: str, exists: bool) -> None:
    assert has_name(name) is exists


def test_a_patch_lasts_for_one_block_only() -> None:
    engine = load_engine()
    assert engine.tagging is not None
    original = weasyprint.pdf.add_tags

    with applied([engine.tagging]):
        assert weasyprint.pdf.add_tags is not original

    assert weasyprint.pdf.add_tags is original


@pytest.mark.parametrize("gone", ["weasyprint.pdf.gone", "weasyprint.gone.Stream._tags"])
def test_without_a_private_name_the_tagging_is_weasyprints_own(
    gone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tagging, "NEEDS", (*tagging.NEEDS, gone))

    assert load_engine().tagging is None


def test_a_harfbuzz_that_cannot_pin_axes_leaves_fonts_to_weasyprint(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("weasyprint.text.ffi.harfbuzz_subset", object())
    own = weasyprint.pdf.fonts.instantiateVariableFont

    assert speed.making_static(own) is own

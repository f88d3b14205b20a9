"""Patches name what they need, apply for one block only, and are left out where a name is gone."""

from __future__ import annotations

from dataclasses import replace

import pytest
import weasyprint

from sourcebrief.documents.pdf.engine.patches import (
    TESTED_VERSIONS,
    Patch,
    applied,
    has_name,
)
from sourcebrief.documents.pdf.engine.speed import SPEED_PATCHES
from sourcebrief.documents.pdf.engine.tagging import TAGGING

PATCHES = (TAGGING, *SPEED_PATCHES)


def test_the_installed_version_is_a_tested_one() -> None:
    assert weasyprint.__version__ in TESTED_VERSIONS


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.target)
def test_each_patch_applies_here_says_why_and_names_its_issues(patch: Patch) -> None:
    assert patch.missing_names() == ()
    assert patch.applies()
    assert len(patch.reason.split()) >= 10
    assert all(f"#{number}" in patch.reason for number in patch.issues)


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
    original = weasyprint.pdf.add_tags

    with applied([TAGGING]):
        assert weasyprint.pdf.add_tags is not original

    assert weasyprint.pdf.add_tags is original


@pytest.mark.parametrize(
    "left_out",
    [
        replace(TAGGING, needs=("weasyprint.pdf.gone",)),
        replace(TAGGING, target="weasyprint.pdf.gone"),
        replace(TAGGING, probe=lambda: False),
    ],
    ids=["a needed name is gone", "the function is gone", "the machine cannot"],
)
def test_a_patch_that_does_not_fit_is_left_out(left_out: Patch) -> None:
    original = weasyprint.pdf.add_tags

    with applied([left_out]):
        assert weasyprint.pdf.add_tags is original

"""File names for new entries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.authoring.adding.unused_names import file_name, unused_file_name
from sourcebrief.workspace.read_files import portable


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("Informe  final (2)", "Informe-final-(2).txt"),
        ("../../etc/passwd", "etc-passwd.txt"),
        ("CON", "seed-CON.txt"),
        ("a:b*c?\n", "a-b-c.txt"),
        ("Отчёт", "Отчёт.txt"),
        ("...", "document.txt"),
    ],
)
def test_file_names(stem: str, name: str) -> None:
    assert file_name(stem, ".txt") == name


@given(st.text())
def test_every_file_name_is_portable(stem: str) -> None:
    name = file_name(stem, ".txt")
    assert portable(name) is None
    assert "/" not in name
    assert len(name.encode("utf-8", "surrogatepass")) < 200


def test_a_name_that_differs_in_case_alone_is_taken() -> None:
    assert unused_file_name("Report", ".PDF".lower(), {"report.pdf"}) == "Report-2.pdf"

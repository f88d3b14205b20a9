"""Problems: how they read, and in which order they are told."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from sourcebrief.errors import (
    InvalidInput,
    Place,
    Problem,
    has_error,
    in_reading_order,
    install_extra,
)

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_problem_reads_as_path_line_column_severity_message() -> None:
    assert str(Problem(Place("a.yaml", 3, 5), "wrong")) == "a.yaml:3:5: error: wrong"
    assert str(Problem(Place("a.yaml", 3, 5), "odd", "warning")) == "a.yaml:3:5: warning: odd"


def test_problems_come_in_the_order_of_a_reader() -> None:
    later, sooner = Problem(Place("a.yaml", 9, 1), "x"), Problem(Place("a.yaml", 2, 1), "y")
    assert in_reading_order([later, sooner]) == (sooner, later)


def test_only_an_error_is_one() -> None:
    assert has_error([Problem(Place("a.yaml"), "wrong")])
    assert not has_error([Problem(Place("a.yaml"), "odd", "warning")])


def test_invalid_input_travels_to_another_process_with_its_problems() -> None:
    error = InvalidInput([Problem(Place("a.yaml", 1, 1), "wrong")])
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_an_extra_is_added_by_what_the_program_was_installed_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    assert install_extra("sign") == "pip install 'sourcebrief[sign]'"
    (tmp_path / "uv-receipt.toml").touch()
    assert install_extra("sign") == f"uv pip install --python {tmp_path} 'sourcebrief[sign]'"
    (tmp_path / "pipx_metadata.json").touch()
    assert install_extra("sign") == "pipx inject sourcebrief 'sourcebrief[sign]'"

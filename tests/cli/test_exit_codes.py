"""The exit codes of the contract."""

from __future__ import annotations

from sourcebrief.cli import exit_codes


def test_every_exit_code_is_the_contracts() -> None:
    codes = (
        exit_codes.DONE,
        exit_codes.PROBLEMS,
        exit_codes.USAGE,
        exit_codes.STALE,
        exit_codes.DEFECT,
    )
    assert codes == (0, 1, 2, 3, 70)

"""Dates and languages in metadata."""

from __future__ import annotations

import pytest

from sourcebrief.authoring.importing.metadata_dates import edtf_of, language_of


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-03-03", "2024-03-03"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("20240303", "2024-03-03"),
        ("2024-03-03T23:59:59-05:00", "2024-03-03"),
        ("2024-03-03 10:00:00", "2024-03-03"),
        ("D:20240303235959-05'00'", "2024-03-03"),
        ("Sun, 3 March 2024 10:00:00 GMT", "2024-03-03"),
        ("0000-00-00", None),
        ("03/04/2024", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_dates_in_metadata(written: str | None, date: str | None) -> None:
    assert edtf_of(written) == date


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("es_EC", "es-EC"),
        ("EN-us", "en-US"),
        ("en", "en"),
        ("english", None),
        ("xx-YY", None),
        ("", None),
    ],
)
def test_languages_in_metadata(written: str, language: str | None) -> None:
    assert language_of(written) == language

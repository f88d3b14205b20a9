"""Languages are compared by the first part of their tags."""

import pytest

from sourcebrief.text.languages import primary_subtag, same_language


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("es-EC", "es", True),
        ("es_EC", "ES", True),
        ("zh-Hant-TW", "zh", True),
        ("en", "es", False),
        ("est", "es", False),
    ],
)
def test_script_and_region_make_no_other_language(one: str, other: str, same: bool) -> None:
    assert same_language(one, other) is same


def test_nothing_is_no_language() -> None:
    assert primary_subtag(None) == primary_subtag(" ") == ""

"""The names of an edition's documents in each layout."""

import pytest

from sourcebrief.brief.layouts import FULL, SHORT, file_name


@pytest.mark.parametrize(("layout", "name"), [(FULL, "port.pdf"), (SHORT, "port-short.pdf")])
def test_the_short_edition_stands_beside_the_full_one(layout: str, name: str) -> None:
    assert file_name("port", layout, "pdf") == name

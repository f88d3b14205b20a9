"""The list of what builds write is read by its parts."""

from __future__ import annotations

import pytest

from sourcebrief.verification.vocabulary import names, vocabulary


def test_a_part_ends_where_the_next_one_begins() -> None:
    assert names("pdf Names") == {"/Dests", "/EmbeddedFiles"}
    assert "TJ" in names("pdf operators")
    assert not any(line.startswith(("[", "#")) for line in vocabulary("word"))


def test_a_part_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="not enough values"):
        names("pdf colours")

"""What CLDR has on dates."""

from __future__ import annotations

from sourcebrief.dates.cldr import month_names


def test_month_names_are_whole_and_abbreviated_without_dots() -> None:
    english, spanish = month_names("en"), month_names("es")
    assert english.whole["november"] == 11
    assert english.abbreviated["sep"] == english.abbreviated["sept"] == 9
    assert "may" not in english.abbreviated
    assert spanish.whole["septiembre"] == spanish.whole["setiembre"] == 9
    assert not [name for name in month_names("pt").abbreviated if name.endswith(".")]

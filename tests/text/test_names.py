"""The name that somebody may have meant."""

from __future__ import annotations

import time

import pytest

from sourcebrief.text.names import did_you_mean, did_you_mean_or_list, id_fault


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("prot", ["ship", "port"], "; did you mean 'port'?"),
        ("wire-2019", ["wire", "wire-2019-es"], "; did you mean 'wire-2019-es'?"),
        ("wire-1", ["wire-3", "wire-2"], "; did you mean 'wire-2'?"),
        ("US_State", ["us-state", "un-state"], "; did you mean 'us-state'?"),
        ("port", ["zebra"], ""),
        ("port", [], ""),
    ],
)
def test_the_nearest_name_is_offered_the_first_of_equals(
    word: str, known: list[str], said: str
) -> None:
    assert did_you_mean(word, known) == said


def test_a_name_that_cannot_be_an_id_is_written_as_one() -> None:
    only = "cannot be an id: lower-case letters, digits and hyphens only"
    assert id_fault("US State_2019") == f"{only}; write 'us-state-2019'"
    assert id_fault("港") == only
    assert id_fault("a" * 121).startswith(f"{only}, at most 120; write 'aaa")
    assert id_fault("us-state") == ""


def test_thousands_of_wrong_names_among_thousands_take_seconds() -> None:
    known = [f"report-{number:05}" for number in range(2000)]
    began = time.process_time()
    for name in known:
        assert did_you_mean(name.replace("report", "reprt"), known) == f"; did you mean {name!r}?"
    assert time.process_time() - began < 10


def test_a_few_names_are_listed_where_none_is_similar() -> None:
    assert did_you_mean_or_list("port", ("zebra", "yak")) == "; there is zebra, yak"
    assert did_you_mean_or_list("port", ("ports",)) == "; did you mean 'ports'?"
    assert did_you_mean_or_list("port", tuple("abcdefghi")) == ""

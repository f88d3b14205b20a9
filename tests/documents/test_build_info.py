"""What a document says of how it was made."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.documents.build_info import BuildInfo, read_build_info

INFO = BuildInfo(layout="short", epoch=86_400, templates="0" * 64, versions={"pandoc": "3.10"})


def test_what_is_written_is_read_again() -> None:
    assert read_build_info(INFO.json_bytes()) == INFO


@pytest.mark.parametrize(
    "changed",
    [
        {"layout": "long"},
        {"epoch": "86400"},
        {"format": "sourcebrief-build-info/2"},
        {"versions": {"pandoc": 3}},
        {"remark": "a word more"},
    ],
    ids=str,
)
def test_what_no_build_writes_is_refused(changed: dict[str, object]) -> None:
    data = json.loads(INFO.json_bytes())
    with pytest.raises(ValueError, match="no build writes it in this form"):
        read_build_info(json.dumps({**data, **changed}).encode())


def test_another_way_to_write_the_same_is_refused() -> None:
    with pytest.raises(ValueError, match="no build writes it in this form"):
        read_build_info(INFO.json_bytes().replace(b",", b", "))


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no build writes it"):
        read_build_info(data)

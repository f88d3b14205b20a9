"""The manifest as bytes: canonical, named by its hash, and read back whoever made it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.brief.make_manifest import manifest_of
from sourcebrief.brief.manifest import (
    InvalidManifest,
    canonical,
    edition_of,
    manifest_schema,
    read_manifest,
    without_nothing,
)

if TYPE_CHECKING:
    from conftest import Workspace

ROOT = Path(__file__).resolve().parents[2]
FIRST_EDITION = ROOT / "tests/verification/first_edition/port.evidence.json"

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.text(st.characters(max_codepoint=0xD7FF), max_size=5), _JSON))
def test_canonical_json_forgets_the_order_of_keys_and_nothing_else(value: dict[str, Any]) -> None:
    data = canonical(value)
    assert json.loads(data) == value
    assert canonical(dict(reversed(value.items()))) == data
    assert canonical(json.loads(data)) == data


def test_canonical_json_has_no_spaces_and_ends_in_a_line_end() -> None:
    assert canonical({"b": [1, 2], "a": "ñ"}) == '{"a":"ñ","b":[1,2]}\n'.encode()


def test_the_edition_is_the_hash_of_the_manifest_and_not_in_it(workspace: Workspace) -> None:
    data = canonical(manifest_of(workspace.composition()))
    edition = edition_of(data)
    assert edition == hashlib.sha256(data).hexdigest()[:12]
    assert edition.encode() not in data


def test_the_first_editions_manifest_is_read() -> None:
    found = read_manifest(FIRST_EDITION.read_bytes())
    assert found["format"] == "sourcebrief-evidence/1"
    assert [event["id"] for event in found["events"]] == ["pact", "offer"]


def _altered(change: dict[str, Any]) -> bytes:
    value = json.loads(FIRST_EDITION.read_bytes())
    return canonical({**value, **change})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "its evidence was altered or damaged: it is not JSON"),
        (b'{"a": NaN}', "its evidence was altered or damaged: it is not JSON"),
        (b"[]", "its evidence is not a manifest, and this program reads 'sourcebrief-evidence/2'"),
        (
            b'{"format": "sourcebrief-evidence/9"}',
            "its evidence is of the format 'sourcebrief-evidence/9', and this program reads "
            "'sourcebrief-evidence/2'",
        ),
        (_altered({"briefing": 1}), "its evidence was altered: briefing is not a text"),
        (_altered({"events": {}}), "its evidence was altered: events is not a list"),
        (_altered({"sources": [{}]}), "its evidence was altered: sources[0].id is not there"),
        (_altered({"brief": None}), "its evidence was altered: brief is not an object"),
        (b"[" * 5_000_000, "its evidence is not a manifest of this program"),
    ],
)
def test_what_is_not_a_manifest_is_told_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(InvalidManifest) as raised:
        read_manifest(data)
    assert str(raised.value) == message


def test_the_schema_in_the_docs_is_the_one_that_is_read() -> None:
    assert (ROOT / "docs/schemas/evidence.schema.json").read_bytes() == manifest_schema()


def test_a_key_without_a_value_is_left_out() -> None:
    assert without_nothing({"a": None, "b": [{"c": None, "d": 0}]}) == {"b": [{"d": 0}]}

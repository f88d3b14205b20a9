"""Values written as YAML: every text reads back as the text that it was."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.workspace.yaml_places import load
from sourcebrief.workspace.yaml_writing import evidence_lines, flow, item_lines, pair_lines, scalar

VALUES = st.recursive(
    st.text(st.sampled_from("ab: #,[]{}'\"-"), min_size=1, max_size=8),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "no", "x y"]), inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@given(VALUES)
def test_lists_and_mappings_read_back(value: object) -> None:
    for text in (
        "\n".join(pair_lines("key", value, 0)),
        f"key: {flow(value)}",
        "key:\n" + "\n".join(item_lines({"in": value}, 2, 6, 4)),
    ):
        found = load(text.encode(), "").value["key"]  # type: ignore[index,call-overload]
        assert found in (value, [{"in": value}])


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_every_text_reads_back_as_text(text: str) -> None:
    written = f"key: {scalar(text)}\n"
    assert "\n" not in scalar(text)
    assert yaml.safe_load(written) == {"key": text}
    if "\ufffe" not in text and "\uffff" not in text:
        assert load(written.encode(), "").value == {"key": text}


@pytest.mark.parametrize(
    "text",
    ["no", "null", "~", "2018", "1.5", "2019-07-20", "a: b", "a #b", "- a", "@x", "x:", " a"],
)
def test_what_yaml_would_take_for_something_else_is_quoted(text: str) -> None:
    assert scalar(text).startswith('"')


@pytest.mark.parametrize("text", ["Ministry of Transport", "https://a.example/b#c", "Señor, sí"])
def test_plain_text_needs_no_quotes(text: str) -> None:
    assert scalar(text) == text


def test_copied_evidence_stands_below_an_events_evidence() -> None:
    assert evidence_lines({"seed": "wire", "quote": 'He said: "no"', "paragraph": 3}) == [
        "      - seed: wire",
        '        quote: "He said: \\"no\\""',
        "        paragraph: 3",
    ]

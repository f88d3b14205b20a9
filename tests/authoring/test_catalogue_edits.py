"""Entries appended to `seeds.yaml`: what stood there stays to the byte, and all reads back."""

from __future__ import annotations

import pytest

from sourcebrief.authoring.catalogue_edits import with_entries
from sourcebrief.errors import SourcebriefError
from sourcebrief.workspace.yaml_places import load
from sourcebrief.workspace.yaml_writing import text_scalars

NEW = {
    "id": "new-2024",
    "title": "Readout: the meeting",
    "issued": "2024-03-03",
    "author": [{"family": "Ruiz", "given": "Ana"}, {"literal": "no"}],
    "accessed": {"date-parts": [[2024, 3]]},
    "custom": {"file": "new.txt", "original": {"file": "new.pdf"}},
}

PLAIN = """\
# The catalogue.
references:
  - id: old-2020   # a remark
    title: Old
    custom:
      file: old.txt

  - id: older-2019
    title: Older
# the end
"""


def appended(text: str) -> str:
    after = with_entries(text.encode(), [NEW]).decode()
    assert after.startswith(text)
    return after[len(text) :]


def test_an_entry_is_written_as_those_before_it() -> None:
    assert (
        appended(PLAIN)
        == """
  - id: new-2024
    title: "Readout: the meeting"
    issued: 2024-03-03
    author:
      - family: Ruiz
        given: Ana
      - literal: "no"
    accessed:
      date-parts:
        - - 2024
          - 3
    custom:
      file: new.txt
      original:
        file: new.pdf
"""
    )


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("references:\n- id: a\n  title: A\n", "\n- id: new-2024\n  title: "),
        (
            "references:\n-   id: a\n    custom:\n        file: x\n",
            "\n-   id: new-2024\n    title: ",
        ),
        ("references:\n  - id: a\n    title: A\n  - id: b\n    title: B\n", "  - id: new-2024\n"),
        ("references:\n  - id: a\n\n  - id: b\n", "\n  - id: new-2024\n"),
        ("references:\r\n  - id: a\r\n", "\r\n  - id: new-2024\r\n    title: "),
        ("references:\n  - id: a", "\n\n  - id: new-2024\n"),
        ("\ufeffreferences:\n  - id: a\n", "\n  - id: new-2024\n"),
        ("references:\n", "  - id: new-2024\n"),
        ("references:\n  - {id: a}\n", "\n  - id: new-2024\n"),
        ("references:\n  - id: a\n    note: |\n      words\n\n", "\n  - id: new-2024\n"),
    ],
)
def test_indentation_line_ends_and_the_last_line_are_kept(text: str, beginning: str) -> None:
    after = appended(text)
    assert after.startswith(beginning)
    assert after.endswith(("\n", "\r\n")) == text.endswith(("\n", "\r\n"))
    assert ("\r\n" in after) == ("\r\n" in text)
    assert after.count("\n") == after.count("\r\n") or "\r\n" not in text


@pytest.mark.parametrize(
    "text", ["references: []\n", "# none\nreferences: []  # yet\n", "", "# x\n"]
)
def test_a_catalogue_without_entries_gets_its_first(text: str) -> None:
    after = with_entries(text.encode(), [NEW, {**NEW, "id": "b"}])
    value = load(after, "seeds.yaml").value
    assert value == {"references": [text_scalars(NEW), {**text_scalars(NEW), "id": "b"}]}


def test_entries_stand_at_the_end_of_their_list() -> None:
    after = with_entries(b"references: [{id: a}]\nother: x\n", [{"id": "b", "title": "a, b"}])
    assert after == b'references: [{id: a}, {id: b, title: "a, b"}]\nother: x\n'
    after = with_entries(b"references:\n  - id: a\n\nother: x\n", [{"id": "b"}])
    assert after == b"references:\n  - id: a\n\n  - id: b\n\nother: x\n"


@pytest.mark.parametrize(
    "text",
    [
        "{references: []}\n",
        "references: words\n",
        "references:\n  - &a\n    id: a\n    note: >+\n      x\n\n\n    ",
    ],
)
def test_what_cannot_be_added_to_is_refused(text: str) -> None:
    with pytest.raises(SourcebriefError, match=r"^cannot add to seeds/seeds.yaml as it is written"):
        with_entries(text.encode(), [NEW])

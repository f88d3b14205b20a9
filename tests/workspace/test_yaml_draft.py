"""A file is changed step by step, and is written only where it reads as it should."""

from __future__ import annotations

import pytest

from sourcebrief.errors import InvalidInput
from sourcebrief.workspace.yaml_draft import YamlDraft

TEXT = """\
# Who.
actors: {a: {name: A}}
events:
  - id: pact  # the first
    themes: [one]
  - id: offer
"""


def test_changes_are_made_one_after_the_other() -> None:
    draft = YamlDraft(TEXT.encode(), "e.yaml")
    draft.set(("events", 0, "title"), "A pact", after="id")
    draft.append(("events", 0, "themes"), ["two"])
    draft.append(("events", 1, "themes"), ["three"])
    draft.remove(("actors",))
    written = draft.written()
    assert written is not None
    assert (
        written.decode()
        == """\
events:
  - id: pact  # the first
    title: A pact
    themes: [one, two]
  - id: offer
    themes:
      - three
"""
    )
    assert draft.value["events"][1] == {"id": "offer", "themes": ["three"]}


def test_what_cannot_be_made_in_the_text_is_not_written() -> None:
    draft = YamlDraft(b"a: &x [1]\nb: *x\n", "e.yaml")
    draft.append(("b",), ["2"])
    assert draft.written() is None
    with pytest.raises(InvalidInput):
        YamlDraft(b"a: [\n", "e.yaml")


def test_items_are_moved_and_put_in_behind_others() -> None:
    draft = YamlDraft(b"a:\n  - one\n  - two  # 2\n", "e.yaml")
    draft.move(("a", 1), 0)
    draft.put_behind(("a", 0), ["so"])
    assert draft.written() == b"a:\n  - two  # 2\n  - so\n  - one\n"
    assert draft.value == {"a": ["two", "so", "one"]}

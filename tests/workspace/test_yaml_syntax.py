"""What keeps a text from being YAML, worded by what stands there."""

from __future__ import annotations

import pytest

from sourcebrief.errors import InvalidInput
from sourcebrief.workspace.yaml_places import load
from sourcebrief.workspace.yaml_syntax import compose_nodes, place_after


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 'x\nb: y\n", "1:4: this quoted text never ends"),
        ("a: [x\nb: y\n", "1:4: this list never ends"),
        ("a: {x: y\nb: y\n", "1:4: this mapping never ends"),
        ("a:\n\tb: c\n", "2:1: a tab cannot stand here; indent with spaces"),
        ("a: @x\n", "1:4: a text cannot begin with @"),
        ("a: x: y\n", "1:5: a second ': ' on this line"),
        (
            "- a: x\n   b: y\n",
            "2:5: this line is indented deeper than the one above",
        ),
        (
            'a: "x\nb: "y" z\n',
            "1:4: the quoted text that begins here ends at line 2",
        ),
        ('a: "x" y\n', "1:4: the quoted text that begins here ends, and other"),
        ('a: "\\ud800"\n', "1:7: a half of a surrogate pair cannot stand here"),
        ('a: "x\\q"\n', "1:6: this escape is not known"),
        ("a:\n - b\n c\n", "4:1: this line does not fit here"),
    ],
)
def test_what_is_not_yaml_is_worded_by_what_stands_there(text: str, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        load(text.encode(), "f.yaml")
    place, _, words = str(caught.value.problems[0]).partition(" error: not YAML: ")
    assert f"{place} {words}".startswith(f"f.yaml:{message}")
    assert "\n" not in words


def test_a_place_counts_lines_as_yaml_breaks_them() -> None:
    assert str(place_after("a\r\nb\x85c\u2028ñ", "f.yaml")) == "f.yaml:4:2"


def test_nodes_are_made_where_an_anchor_is_defined_again() -> None:
    root = compose_nodes("a: &x 1\nb: *x\nc: &x [2]\nd: *x\n")
    assert root is not None
    assert [value.value for _, value in root.value][:2] == ["1", "1"]

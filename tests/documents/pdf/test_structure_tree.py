"""A structure tree that has grown is brought into a valid form."""

from __future__ import annotations

import pytest

from sourcebrief.documents.pdf.structure_tree import Content, Node, tidy

Sketch = tuple["str | Sketch", ...]


def grow(sketch: Sketch, parent: Node | None = None) -> Node:
    """Grow a tree from ("Sect", ("P", ".")): a role and kids, where "." is text."""
    node = Node(str(sketch[0]), parent, "en")
    for kid in sketch[1:]:
        node.kids.append(Content(0, 0) if isinstance(kid, str) else grow(kid, node))
    return node


def sketched(node: Node) -> Sketch:
    return (node.role, *(sketched(kid) if isinstance(kid, Node) else "." for kid in node.kids))


@pytest.mark.parametrize(
    ("grown", "tidied"),
    [
        pytest.param(
            ("Document", ("Div", ".", ("Link", "."))),
            ("Document", ("P", ("Span", "."), ("Link", "."))),
            id="a div of text is a paragraph",
        ),
        pytest.param(
            ("Document", ("Div", ("H1", "."), ("Div", ("P", ".")))),
            ("Document", ("H1", "."), ("P", ".")),
            id="a div of blocks gives way to them",
        ),
        pytest.param(
            ("Sect", ("H2", "."), ".", ("Span", "."), ("L", ("LI", ("LBody", ".")))),
            (
                "Sect",
                ("H2", "."),
                ("P", ("Span", "."), ("Span", ".")),
                ("L", ("LI", ("LBody", "."))),
            ),
            id="text beside blocks is a paragraph",
        ),
        pytest.param(
            ("LBody", ".", ("L", ("LI", ("LBody", ".")))),
            ("LBody", ("P", "."), ("L", ("LI", ("LBody", ".")))),
            id="text before a nested list is a paragraph",
        ),
        pytest.param(
            ("TR", ("TD", ".", ("Reference", ".")), ("TD",), ("TH",)),
            ("TR", ("TD", ("Span", "."), ("Reference", ".")), ("TD",), ("TH",)),
            id="cells hold text directly and may be empty",
        ),
        pytest.param(
            ("Document", ("P",), ("Sect", ("Div", ("Span",)))),
            ("Document",),
            id="what is empty goes",
        ),
        pytest.param(
            ("Note", ("Lbl", "."), ".", ("P", ".")),
            ("Note", ("P", ("Lbl", "."), ("Span", ".")), ("P", ".")),
            id="a note with blocks",
        ),
    ],
)
def test_tidy(grown: Sketch, tidied: Sketch) -> None:
    root = grow(grown)

    tidy(root)

    assert sketched(root) == tidied


def test_after_tidying_each_element_knows_the_one_around_it() -> None:
    root = grow(("Document", ("Div", ("P", "."), ("Div", "."), ".")))

    tidy(root)

    for node in root.nodes():
        assert all(kid.parent is node for kid in node.kids if isinstance(kid, Node))


def test_a_div_in_another_language_stays_to_say_so() -> None:
    root = grow(("Document", ("Div", ("P", "."))))
    div = root.kids[0]
    assert isinstance(div, Node)
    div.lang = "es"

    tidy(root)

    assert sketched(root) == ("Document", ("Div", ("P", ".")))

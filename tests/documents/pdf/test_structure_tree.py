"""A structure tree that has grown is brought into a valid form; cells name their headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.documents.pdf.structure_tree import Content, Node, tidy
from tagged_pdf import TaggedPdf, page_of, sample_brief, written

if TYPE_CHECKING:
    from tagged_pdf import Element

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


@pytest.fixture
def chronology() -> Element:
    return sample_brief().root.all("Table")[1]


def test_header_cells_have_their_scope(chronology: Element) -> None:
    scopes = {head.text: str(head.table("Scope")) for head in chronology.all("TH")}

    assert scopes["Event"] == "/Column"
    assert scopes["2 July 2019"] == "/Row"
    assert scopes["2019"] == "/Column"  # over the rows below it
    assert all(scope in {"/Row", "/Column"} for scope in scopes.values())


def test_cells_below_a_year_name_their_column_year_and_row(chronology: Element) -> None:
    heads = {str(head.object.ID): head.text for head in chronology.all("TH")}
    outcomes = [row.kids[-1] for row in chronology.all("TR") if len(row.kids) == 4][1:]

    named = [[heads[str(each)] for each in cell.table("Headers")] for cell in outcomes]

    assert named[0] == ["Outcome", "2019", "2 July 2019"]
    assert named[-1] == ["Outcome", "2021", "3 July 2019"]


def test_every_row_is_as_wide_as_the_table(chronology: Element) -> None:
    widths = {sum(int(c.table("ColSpan") or 1) for c in row.kids) for row in chronology.all("TR")}

    assert widths == {4}


def test_a_caption_belongs_to_its_table(chronology: Element) -> None:
    assert chronology.kids[0].role == "Caption"
    assert chronology.kids[0].text == "Events in order of date"


def test_cells_beside_one_that_covers_several_rows_name_the_heads_of_their_own_columns() -> None:
    body = """<table><thead><tr><th>A<th>B<th>C</thead>
    <tr><th colspan=3 scope=rowgroup>2019</tr>
    <tr><td rowspan=2>a<td>b<td>c</tr><tr><td>d<td>e</tr></table>"""

    pdf = TaggedPdf(written(page_of(body)))
    (table,) = pdf.root.all("Table")

    heads = {str(head.object.ID): head.text for head in table.all("TH")}
    named = {
        cell.text: [heads[str(each)] for each in cell.table("Headers")]
        for cell in table.all("TD")
        if cell.text
    }
    assert named == {text: [head, "2019"] for text, head in zip("abcde", "ABCBC", strict=True)}

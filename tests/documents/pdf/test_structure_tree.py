"""The structure tree: as it is put right when grown, and as the shipped template's PDF has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html
from test_write_pdf import Read

import pdf_sample
from invented import TEMPLATES, sample_labels, sample_view
from sourcebrief.documents.page import render_brief
from sourcebrief.documents.pdf.structure_tree import Content, Node, tidy
from sourcebrief.documents.pdf.write_pdf import write_pdf

if TYPE_CHECKING:
    from test_write_pdf import Element

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


# ---------------------------------------------------------------- the tree of the shipped template


class Shipped:
    """A brief by the shipped templates: its HTML, and its PDF read back."""

    def __init__(self, language: str) -> None:
        page = render_brief(sample_view(language), TEMPLATES, sample_labels(language))
        sheets = {name: TEMPLATES.read(name) for name in ("brief.css", "print.css")}
        self.language = language
        self.page = html.document_fromstring(page)
        self.pdf = Read(write_pdf(page, resources=sheets, metadata=pdf_sample.METADATA).content)

    @property
    def root(self) -> Element:
        return self.pdf.root

    @property
    def chronology(self) -> Element:
        return next(t for t in self.root.all("Table") if len(t.all("TR")) > 15)


@pytest.fixture(scope="module", params=["en-GB", "es"])
def shipped(request: pytest.FixtureRequest) -> Shipped:
    return Shipped(request.param)


def words(text: str) -> str:
    return "".join(text.split())


def test_heads_and_feet_are_artifacts_and_nothing_else_is_text_outside_the_tree(
    shipped: Shipped,
) -> None:
    assert sorted(shipped.pdf.read) == sorted(shipped.pdf.drawn)
    outside = [(page, text) for page, kind, text in shipped.pdf.artifacts if "Pagination" in kind]
    assert {page for page, _ in outside} == set(range(len(shipped.pdf.pages)))
    assert sum("3f9a1c20b7de" in text for _, text in outside) == len(shipped.pdf.pages)
    assert not any("TLP:CLEAR" in element.text for element in shipped.root.all("P", "Span"))


def test_the_order_of_reading_is_the_order_of_the_page(shipped: Shipped) -> None:
    written = [
        words(head.text_content()).casefold()
        for head in shipped.page.xpath("//h1 | //h2[not(ancestor::*[@hidden])] | //h3")
    ]
    assert [words(head.text).casefold() for head in shipped.root.all("H1", "H2", "H3")] == written


def test_each_row_has_its_head_and_each_column_its_scope(shipped: Shipped) -> None:
    head, *rows = shipped.chronology.all("TR")
    assert [str(cell.table("Scope")) for cell in head.kids] == ["/Column"] * 6
    events = [row for row in rows if len(row.kids) == 6]
    assert len(events) == len(shipped.page.xpath("//tr[contains(@class, 'event')]"))
    for number, row in enumerate(events, 1):
        assert [cell.role for cell in row.kids] == ["TH"] + ["TD"] * 5
        assert str(row.kids[0].table("Scope")) == "/Row"
        assert row.kids[0].text == str(number)


def test_a_table_over_pages_has_its_head_once_in_the_tree_and_on_every_page(
    shipped: Shipped,
) -> None:
    assert len(shipped.chronology.pages) > 1
    head = shipped.chronology.all("TR")[0]
    (page,) = head.pages
    repeated = {
        at for at, _, text in shipped.pdf.artifacts if head.kids[1].text in text and at != page
    }
    assert repeated == shipped.chronology.pages - {page}


def test_every_note_is_a_note_that_its_call_refers_to(shipped: Shipped) -> None:
    notes, calls = shipped.root.all("Note"), shipped.root.all("Reference")
    assert len(notes) == len(calls) == len(shipped.page.xpath("//span[@class='note']"))
    for call, note in zip(calls, notes, strict=True):
        (link,) = call.all("Link")
        assert str(link.annotations[0].Dest) == str(note.object.ID)


def test_each_link_describes_itself_by_its_text(shipped: Shipped) -> None:
    for link in shipped.root.all("Link"):
        if link.annotations[0].get("/A"):
            for annotation in link.annotations:
                assert words(str(annotation.Contents)) == words(link.text)


def test_the_figure_says_what_it_shows_in_the_language_of_the_brief(shipped: Shipped) -> None:
    (figure,) = shipped.root.all("Figure")
    (title,) = shipped.page.xpath("//figure//*[local-name()='title']")
    assert words(str(figure.object.Alt)) == words(title.text_content())
    assert figure.lang == shipped.language


def test_quoted_words_keep_their_language(shipped: Shipped) -> None:
    quoted = shipped.page.xpath("//*[@class='quoted']/@lang")
    spoken = {element.lang for quote in shipped.root.all("BlockQuote") for element in quote.walk()}
    assert set(quoted) <= spoken

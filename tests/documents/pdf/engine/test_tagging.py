"""The structure tree of the sample, and of the shipped template, as a reader walks through it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from invented import TEMPLATES, sample_labels, sample_view
from sourcebrief.documents.page import render_brief
from tagged_pdf import TaggedPdf, page_of, sample_brief, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagged_pdf import Element


@pytest.fixture
def brief() -> TaggedPdf:
    return sample_brief()


@pytest.fixture
def chronology() -> Element:
    return sample_brief().root.all("Table")[1]


LONG_LINK = (
    "the full and signed report, whose name is so long that it runs over the end of a line and "
    "goes on for a good deal more"
)


def test_all_that_is_drawn_is_either_in_the_tree_once_or_an_artifact(brief: TaggedPdf) -> None:
    # Reading took each sequence out that an element refers to; the rest would be unreachable.
    assert brief.content == {}


def test_reading_order_is_the_documents(brief: TaggedPdf) -> None:
    heads = [each.text for each in brief.root.all("H1", "H2")]

    assert heads == [
        "Cybersecurity engagement of two states",
        "Bottom line",
        "Judgements",
        "Time line",
        "Chronology",
        "Gaps",
        "Sources",
        "Annex",
    ]


def test_rows_are_read_in_order_over_the_pages(chronology: Element) -> None:
    numbers = [row.kids[0].text for row in chronology.all("TR")[1:] if row.kids[0].role == "TD"]

    assert numbers == [str(number) for number in range(1, 31)]
    assert len(chronology.pages) > 2


def test_headings_nest_without_a_gap_and_make_the_outline(brief: TaggedPdf) -> None:
    with brief.file.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Cybersecurity engagement of two states"]
        assert [item.title for item in outline.root[0].children][:2] == [
            "Bottom line",
            "Judgements",
        ]


def test_running_heads_and_page_numbers_are_artifacts(brief: TaggedPdf) -> None:
    pages = len(brief.pages)
    heads = [text for _, kind, text in brief.artifacts if kind == "/Pagination/Header"]
    feet = [text for _, kind, text in brief.artifacts if kind == "/Pagination/Footer"]

    assert heads.count("TLP:CLEAR") == pages
    assert feet == [f"{number} / {pages}" for number in range(1, pages + 1)]
    # Once in the text and nowhere else.
    assert brief.root.text.count("TLP:CLEAR") == 1


def test_the_dots_of_a_leader_are_not_read(brief: TaggedPdf) -> None:
    contents = brief.root.all("L")[0]

    assert [re.sub(r"\d", "n", item.text) for item in contents.kids] == [
        "n. Chronology n",
        "n. The sources n",
    ]


def test_a_table_over_several_pages_is_one_and_its_head_is_read_once(
    brief: TaggedPdf, chronology: Element
) -> None:
    repeated = [(page, text) for page, kind, text in brief.artifacts if text == "Outcome"]

    assert len(brief.root.all("Table")) == 2
    assert [each.text for each in chronology.all("THead")] == ["No. Date Event Outcome"]
    assert [page for page, _ in repeated] == sorted(chronology.pages)[1:]


def test_each_note_is_a_note_with_its_own_identifier(brief: TaggedPdf) -> None:
    notes = brief.root.all("Note")
    identifiers = [str(note.object.ID) for note in notes]

    assert len(notes) == 1 + 30 + 7
    assert identifiers[:2] == ["note-a", "note-1-0"]
    assert len(set(identifiers)) == len(identifiers)
    assert set(identifiers) < {
        str(name) for name in list(brief.file.Root.StructTreeRoot.IDTree.Names)[::2]
    }


def test_a_call_leads_to_its_note_and_the_note_back(brief: TaggedPdf) -> None:
    calls = brief.root.all("Reference")
    notes = brief.root.all("Note")
    targets = dict(_pairs(brief.file.Root.Names.Dests.Names))

    assert [call.text for call in calls] == [str(n) for n in range(1, len(notes) + 1)]
    for call, note in zip(calls, notes, strict=True):
        label = next(each for each in note.kids if each.role == "Lbl")
        (there,) = call.all("Link")[0].annotations
        (back,) = label.all("Link")[0].annotations
        assert label.text == call.text
        assert str(there.Dest) == str(note.object.ID)
        assert targets[str(back.Dest)][0].objgen in {brief.pages[page] for page in call.pages}
        assert targets[str(there.Dest)][0].objgen in {brief.pages[page] for page in note.pages}


def _pairs(names: Any) -> Iterator[tuple[str, Any]]:
    flat = list(names)
    yield from zip(map(str, flat[::2]), flat[1::2], strict=True)


def test_the_description_of_a_link_is_its_text(brief: TaggedPdf) -> None:
    links = [link for link in brief.root.all("Link") if link.annotations[0].get("/A")]
    described = {str(each.Contents) for link in links for each in link.annotations}

    assert described == {
        "the whole report",
        LONG_LINK,
    }


def test_a_link_over_two_lines_is_one_link_of_two_pieces(brief: TaggedPdf) -> None:
    (long,) = (link for link in brief.root.all("Link") if link.text.startswith("the full"))

    assert len(long.annotations) == 2
    assert long.text == LONG_LINK


def test_markup_in_a_link_makes_no_second_annotation(brief: TaggedPdf) -> None:
    annotations = [each for page in brief.file.pages for each in page.get("/Annots", [])]
    tagged = [each for link in brief.root.all("Link") for each in link.annotations]

    assert len(annotations) == len(tagged)
    assert {each.objgen for each in annotations} == {each.objgen for each in tagged}


def test_the_figure_has_its_alternative_text_and_its_place(brief: TaggedPdf) -> None:
    figure, dot = brief.root.all("Figure")
    x1, y1, x2, y2 = (float(each) for each in figure.object.A.BBox)

    assert str(figure.object.Alt) == (
        "Two thirds of the record lies in 2022. A time line with three marks: 1, 2 and 3."
    )
    assert str(dot.object.Alt) == "A red dot"
    assert (x2 - x1, y2 - y1) == pytest.approx((420 * 0.75, 90 * 0.75))
    assert 0 < x1 < x2 < 596
    assert 0 < y1 < y2 < 842


def test_the_caption_stands_beside_the_figure_whose_alternative_would_replace_it(
    brief: TaggedPdf,
) -> None:
    (caption,) = (each for each in brief.root.all("Caption") if "Engagements" in each.text)

    assert caption.text == "Engagements by date, numbered as in the table"


def test_language_reaches_inner_elements(brief: TaggedPdf) -> None:
    spanish = {each.text for each in brief.root.walk() if each.lang == "es" and each.text}

    assert {"«Una señal única »", "El Universo", "El Universo, «Título»"} <= spanish
    assert "la señora ministra lo agradeció" in spanish
    assert brief.file.Root.Lang == "en-GB"


def test_lists_have_items_with_labels_and_bodies(brief: TaggedPdf) -> None:
    gaps = next(each for each in brief.root.all("L") if "agreement" in each.text)

    assert str(gaps.object.A.ListNumbering) == "/Disc"
    assert [kid.role for kid in gaps.kids] == ["LI", "LI"]
    assert [kid.role for kid in gaps.kids[0].kids] == ["Lbl", "LBody"]
    assert [kid.role for kid in gaps.kids[0].kids[1].kids] == ["P", "L"]


def test_definitions_are_labels_with_bodies(brief: TaggedPdf) -> None:
    terms = next(each for each in brief.root.all("L") if "HSI" in each.text)

    assert [[kid.text for kid in item.kids] for item in terms.kids] == [
        ["TLP", "Traffic Light Protocol"],
        ["HSI", "Homeland Security"],
    ]


def test_an_abbreviation_has_its_expansion(brief: TaggedPdf) -> None:
    (expanded,) = (each for each in brief.root.walk() if "/E" in each.object)

    assert (expanded.text, str(expanded.object.E)) == ("TLP", "Traffic Light Protocol")


def test_an_element_has_its_role_or_gives_its_content_away() -> None:
    body = """<main><nav lang=es><p>a</p></nav><h1>b</h1><p><span>c</span></p>
    <table><caption>d</caption><tr><td>e</table></main>"""

    pdf = TaggedPdf(written(page_of(body)))
    (part,) = pdf.root.kids

    assert [part.role, *(each.role for each in part.kids)] == ["Part", "Div", "H1", "P", "Table"]
    assert part.kids[2].kids == []
    assert part.kids[3].kids[0].role == "Caption"


def test_a_head_over_a_group_of_rows_is_the_head_of_columns() -> None:
    scopes = ("row", "col", "rowgroup", "colgroup", "")
    cells = "".join(f"<th scope='{scope}'>x</th>" for scope in scopes)
    body = f"<table><thead><tr>{cells}</thead><tr>{'<td>y</td>' * 5}</table>"

    pdf = TaggedPdf(written(page_of(body)))

    assert [str(head.table("Scope")) for head in pdf.root.all("TH")] == ["/Row", *["/Column"] * 4]


def test_a_list_says_how_it_is_numbered() -> None:
    body = """<ul><li>a</ul><ul style="list-style: none"><li>b</ul><ol><li>c</ol>
    <dl><dt>d<dd>e</dl>"""

    pdf = TaggedPdf(written(page_of(body)))

    numbering = [str(each.object.A.ListNumbering) for each in pdf.root.all("L")]
    assert numbering == ["/Disc", "/None", "/Decimal", "/None"]


class Shipped:
    """A brief by the shipped templates: its HTML, and its PDF read back."""

    def __init__(self, language: str) -> None:
        page = render_brief(sample_view(language), TEMPLATES, sample_labels(language))
        sheets = {name: TEMPLATES.read(name) for name in ("brief.css", "print.css")}
        self.language = language
        self.page = html.document_fromstring(page)
        self.pdf = TaggedPdf(written(page, resources=sheets))

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
    assert [str(cell.table("Scope")) for cell in head.kids] == ["/Column"] * 5
    events = [row for row in rows if len(row.kids) == 5]
    assert len(events) == len(shipped.page.xpath("//tr[contains(@class, 'event')]"))
    for number, row in enumerate(events, 1):
        assert [cell.role for cell in row.kids] == ["TH"] + ["TD"] * 4
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

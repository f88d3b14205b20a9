"""From view to HTML: what the template says, what it escapes, and its faults as problems."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import html5lib
import pytest
from lxml import html as lxml_html

from invented import CHANGES, TEMPLATES, Folder, many_rows, sample_labels, sample_view, view_of
from sourcebrief.brief.view import BriefView, Html
from sourcebrief.documents.page import (
    render,
    render_brief,
    render_figure,
    unbroken,
)
from sourcebrief.errors import InvalidInput

ORDER = [
    "bottom-line",
    "judgements",
    "timeline",
    "chronology",
    "actors",
    "section-1",
    "commitments",
    "gaps",
    "notes",
    "sources",
    "named",
    "annex",
]


def rendered(view: BriefView | None = None) -> str:
    view = view or sample_view()
    return render_brief(view, TEMPLATES, sample_labels(view.language))


def tree(view: BriefView | None = None) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(rendered(view))


def words(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_page_is_valid_html() -> None:
    parser = html5lib.HTMLParser()
    parser.parse(rendered(sample_view(changes=CHANGES)))
    assert parser.errors == []


def test_the_sections_stand_in_the_order_of_the_contract() -> None:
    page = tree()
    sections = page.xpath("//main/section/@id")
    assert sections == ORDER
    assert page.xpath("//header//h1")[0].getparent().getnext().tag == "main"


def test_changes_stand_before_the_bottom_line() -> None:
    page = tree(sample_view(changes=CHANGES))
    assert page.xpath("//main/section/@id")[:2] == ["changes", "bottom-line"]
    box = page.get_element_by_id("changes")
    assert words(box) == (
        "Changes since the edition of 1 August 2023 2 events added: 16, 17 "
        "1 quotation changed: event 4"
    )


def test_every_anchor_is_single_and_every_link_within_the_page_leads_somewhere() -> None:
    page = tree()
    anchors = page.xpath("//@id")
    assert len(anchors) == len(set(anchors))
    targets = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
    assert targets <= set(anchors)


def test_a_row_says_when_who_what_with_whom_and_what_came_of_it() -> None:
    row = tree().get_element_by_id("event-e10")
    cells = [words(cell) for cell in row]
    assert cells[0] == "10"
    assert cells[1] == "16 November 2022 Port Salis"
    assert cells[2] == ("Aurelia Harbours; Veldania MFA; Coast Guard Maren Lind Tomás Soto Peña")
    assert cells[3].startswith(
        "Bilateral dialogue: overflight agreement, support for harbour police."
    )
    assert cells[4].startswith("Agreement on overflights")
    assert ": signed" in cells[4]


def test_a_role_is_printed_once() -> None:
    people = [words(cell) for cell in tree().xpath("//td[@class='c-actor']")]
    assert sum("Minister of Harbours" in cell for cell in people) == 1
    assert sum("Maren Lind" in cell for cell in people) > 1


def test_a_date_that_is_not_stated_says_so() -> None:
    page = tree()
    assert words(page.get_element_by_id("event-e4")[1]) == (
        "about 14 November 2020 date from another source Port Salis"
    )
    assert "Date: The report gives the month" in words(page.get_element_by_id("event-e1")[3])


def test_a_part_names_its_whole() -> None:
    assert "part of event 10" in words(tree().get_element_by_id("event-e11"))


def test_tables_have_heads_with_scope_and_widths_that_fill_the_line() -> None:
    for table in tree().xpath("//table"):
        assert set(table.xpath("./thead/tr/th/@scope")) == {"col"}
        if table.get("class") != "judgements":
            first = [row[0] for row in table.xpath("./tbody/tr")]
            assert all(cell.tag == "th" and cell.get("scope") for cell in first)
        widths = [
            float(re.findall(r"width:([\d.]+)%", col)[0]) for col in table.xpath(".//col/@style")
        ]
        assert sum(widths) == pytest.approx(100)
        assert len(widths) == len(table.xpath("./thead/tr/th"))


def test_documents_and_other_sources_are_listed_apart() -> None:
    page = tree()
    lists = {
        words(heading): [item.get("id") for item in heading.getnext().iter("li")]
        for heading in page.get_element_by_id("sources").iter("h3")
    }
    documents, others = lists
    assert documents.startswith("Documents")
    assert "source-salis-herald-2022" in lists[documents]
    assert others.startswith("Other sources")
    assert "source-registry-2020" in lists[others]
    assert "Reliability C (fairly reliable): Close to" in words(
        page.get_element_by_id("source-salis-herald-2022")
    )


def test_the_annex_quotes_in_the_languages_marks_and_tags_the_sources_language() -> None:
    page = tree(sample_view("es"))
    quotation = page.get_element_by_id("evidence-e1-1")
    assert words(quotation.find(".//span")).startswith("«The unit")
    assert quotation.find(".//span").get("lang") == "en"


def test_what_authors_wrote_is_escaped() -> None:
    view = sample_view(
        title='<script>alert("x")</script> & more',
        subtitle="a < b",
        prepared_by="<b>",
        themes=('a" onload="x',),
        years=(),
        annex=(),
        commitments=(),
    )
    page = rendered(view)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert 'onload="x"' not in page
    assert tree(view).xpath("//h1")[0].text_content() == view.title


@pytest.mark.parametrize(
    "absent",
    [
        {"judgements": ()},
        {"figure": None},
        {"summaries": ()},
        {"commitments": ()},
        {"gaps": ()},
        {"sections": {}},
        {"subtitle": None, "prepared_for": None},
        {"sources": (), "annex": ()},
    ],
    ids=lambda absent: next(iter(absent)),
)
def test_an_optional_part_that_is_empty_leaves_no_heading_behind(absent: dict[str, Any]) -> None:
    html5lib.HTMLParser(strict=True).parse(rendered(sample_view(**absent)))
    page = tree(sample_view(**absent))
    name = next(iter(absent))
    identifier = {"figure": "timeline", "summaries": "actors", "sections": "section-1"}.get(
        name, name
    )
    if identifier not in ("sources", "subtitle"):
        assert not page.xpath(f"//*[@id='{identifier}']")
    assert all(words(heading) for heading in page.xpath("//h1 | //h2 | //h3"))


def test_an_actor_without_a_summary_leaves_no_paragraph_behind() -> None:
    view = sample_view()
    bare = tuple(replace(one, text=Html("")) for one in view.summaries)
    page = tree(replace(view, summaries=bare))
    assert not page.xpath("//section[@id='actors']//*[contains(@class, 'prose')]")


def test_spanish_labels_reach_every_heading() -> None:
    headings = [words(h) for h in tree(sample_view("es")).xpath("//h2")]
    assert headings[:5] == [
        "En síntesis",
        "Valoraciones principales",
        "Línea de tiempo",
        "Cronología de los contactos",
        "Qué hizo cada actor",
    ]


def test_the_same_view_gives_the_same_page() -> None:
    assert rendered() == rendered()


def test_the_figure_says_what_it_shows_and_draws_every_mark() -> None:
    view = sample_view()
    assert view.figure is not None
    svg = lxml_html.fragment_fromstring(render_figure(view.figure, TEMPLATES, sample_labels()))
    assert svg.find("title").text == view.figure_alt
    numbers = [text.text for text in svg.xpath(".//text[@class='number']")]
    assert numbers == [mark.label for lane in view.figure.lanes for mark in lane.marks]


def test_the_figures_accents_are_those_of_the_style_sheet() -> None:
    css = TEMPLATES.read("brief.css").decode()
    sheet = dict(re.findall(r"\.actor-(\w+) \{ --accent: (#\w{6})", css))
    figure = TEMPLATES.read("figure.svg.j2").decode()
    drawn = re.findall(r'"(#\w{6})"', re.search(r"accents = \[(.*?)\]", figure)[1])  # type: ignore[index]
    assert drawn == [sheet["other"], *(sheet[str(n)] for n in range(1, 9))]


@pytest.mark.parametrize("ground", ["#ffffff", "#f1f3f5"])
def test_every_accent_can_be_read(ground: str) -> None:
    css = TEMPLATES.read("brief.css").decode()
    for colour in re.findall(r"--accent: (#\w{6})", css):
        assert contrast(colour, ground) >= 4.5, colour


def test_every_accent_can_be_read_in_the_dark() -> None:
    dark = TEMPLATES.read("screen.css").decode().partition("prefers-color-scheme: dark")[2]
    paper, wash = (re.search(rf"--{name}: (#\w{{6}})", dark)[1] for name in ("paper", "wash"))  # type: ignore[index]
    colours = re.findall(r"--(?:accent|ink|quiet|link): (#\w{6})", dark)
    assert len(colours) == 12
    for colour in colours:
        assert contrast(colour, paper) >= 4.5, colour
        assert contrast(colour, wash) >= 4.5, colour


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("<p>\n{{ brief.titel }}\n", "brief.html.j2:2:1: error: template: .*'titel'"),
        ("{% if brief %}\n\n<p>", "brief.html.j2:2:1: error: template: Unexpected end"),
        ("\n{{ 1 / 0 }}", "brief.html.j2:2:1: error: template: division by zero"),
        ("{{ ''.__class__.mro() }}", "brief.html.j2:1:1: error: template: .*unsafe"),
        ("\n\n{{ _('No such label') }}", 'no label for "No such label"'),
        ("{% include 'missing.j2' %}", "missing.j2:1:1: error: template: this template is missing"),
        ("{% include 'part.j2' %}", "part.j2:2:1: error: template: 'nothing' is undefined"),
        (b"<p>\n<p>\xff", "brief.html.j2:2:1: error: template: not UTF-8"),
        (None, "brief.html.j2:1:1: error: template: this template is missing"),
        ("{{ brief.title | nofilter }}", "brief.html.j2:1:1: error: template: No filter named"),
    ],
)
def test_a_fault_in_a_template_is_a_problem_at_its_line(
    template: str | bytes | None, message: str
) -> None:
    own = Folder().with_file("brief.html.j2", template).with_file("part.j2", "\n{{ nothing }}")
    with pytest.raises(InvalidInput, match=message):
        render_brief(sample_view(), own, sample_labels())


def test_a_template_cannot_change_the_view_or_reach_the_machine() -> None:
    for attack in ("{{ brief.rows.__class__.__base__ }}", "{{ labels._translations }}"):
        with pytest.raises(InvalidInput):
            render("a.j2", Folder().with_file("a.j2", attack), sample_labels(), brief=sample_view())


@pytest.mark.parametrize(
    ("date", "kept"),
    [
        ("20 July 2019", ["20 July 2019"]),
        ("about 14 November 2020", ["14 November 2020"]),
        ("26–27 September 2023", ["26–27 September"]),
        ("28 February – 1 March 2023", ["28 February", "1 March 2023"]),
        ("26 April 2018 – January 2021", ["26 April 2018", "January 2021"]),
        ("between 26 September and 1 October 2023", ["26 September", "1 October 2023"]),
        ("7 or 8 December 2022", ["8 December 2022"]),
        ("July 20, 2019", ["July 20, 2019"]),
        ("about November 14, 2020", ["November 14, 2020"]),
        ("December 7–8, 2022", ["December 7–8,"]),
        ("between September 27 and October 1, 2023", ["September 27", "October 1, 2023"]),
        ("26. September 2024", ["26. September 2024"]),
        ("zwischen dem 3. und 14. März 2024", ["14. März 2024"]),
        ("20 de julio de 2019", ["20 de julio", "de 2019"]),
        ("7–8 de diciembre de 2022", ["7–8 de diciembre", "de 2022"]),
        ("7 u 8 de diciembre de 2022", ["8 de diciembre", "de 2022"]),
        ("un día de septiembre de 2022", ["septiembre de 2022"]),
        ("octubre–diciembre de 2021", ["diciembre de 2021"]),
        ("16 de noviembre de 2022 o después", ["16 de noviembre", "de 2022"]),
    ],
)
def test_a_narrow_column_parts_no_day_from_its_month(date: str, kept: list[str]) -> None:
    assert re.findall(r'<span class="whole">([^<]+)</span>', unbroken(date)) == kept


def test_a_short_name_is_told_in_full_with_its_country_and_an_event_with_its_themes() -> None:
    page = tree()
    named = words(page.xpath("//*[@id='named']//p")[0]).split("; ")
    assert named[0] == "Aurelia Harbours: Ministry of Harbours of Aurelia"
    # Where the name holds the short one, there is nothing to tell.
    assert not any(name.startswith(("Coast Guard", "Coastal Union")) for name in named)
    first = page.xpath("//*[@id='annex']//*[@class='when']")[0]
    assert " · inspections" in words(first)


def test_four_hundred_events_and_nine_actors_render() -> None:
    labels = sample_labels()
    view = view_of(many_rows(400, labels), labels)
    nine = tuple(replace(view.actors[0], id=f"a{n}", accent=n) for n in range(1, 10))
    page = tree(replace(view, actors=nine, bottom_line=Html("<p>x</p>")))
    assert len(page.xpath("//tr[starts-with(@class, 'event')]")) == 400


@pytest.mark.parametrize("layout", ["full", "short"])
def test_the_colophon_names_a_program_that_proposed_text(layout: str) -> None:
    words = "A program proposed text for it: Example <1.0>."
    page = tree(sample_view(drafted_with="Example <1.0>", layout=layout))
    (colophon,) = page.xpath("//*[@class='colophon']")
    assert words in " ".join(colophon.text_content().split())
    assert "A program" not in rendered(sample_view(layout=layout))


@pytest.mark.parametrize("layout", ["full", "short"])
def test_the_masthead_names_who_read_the_statements(layout: str) -> None:
    view = sample_view(read_by="Ana <Ruiz>", read_on="30 March 2024", layout=layout)
    (masthead,) = tree(view).xpath("//header[@class='masthead']")
    words = " ".join(masthead.text_content().split())
    assert "Statements read by Ana <Ruiz>, 30 March 2024 Status" in words
    assert "Statements read by" not in rendered(sample_view(layout=layout))

"""The pages: nothing overflows, no heading is stranded, every note stands by its call."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from invented import (
    CHANGES,
    COUNCIL,
    FOLLOWED,
    HARBOURS,
    TEMPLATES,
    many_rows,
    sample_labels,
    sample_view,
    view_of,
)
from placed_notes import placed_notes
from sourcebrief.documents.page import render_brief
from sourcebrief.documents.pdf.engine.render import raising_faults, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from sourcebrief.brief.view import ActorView, BriefView

SHEETS = {name: TEMPLATES.read(name) for name in ("brief.css", "print.css")}
LONG_NAME = "Directorate-General for Harbours, Lights and Inland Waterway"
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikantenverein"
LONG_TITLE = (
    "Veldania’s partners in the Strait and beyond: inspection of foreign hulls, harbour finance, "
    "migration and the law of the sea from 2018 to 2023"
)
LONG_MARKING = "OFFICIAL – SENSITIVE – FOR DELEGATES AND THEIR PRINCIPAL PRIVATE SECRETARIES ALL"


def renamed(view: BriefView, names: dict[ActorView, str]) -> BriefView:
    """Give actors other names, wherever they stand."""

    def other(actor: ActorView) -> ActorView:
        return replace(actor, name=names[actor], short=names[actor]) if actor in names else actor

    rows = [replace(row, lanes=tuple(map(other, row.lanes))) for row in view.rows]
    return view_of(rows, sample_labels(view.language), followed=tuple(map(other, FOLLOWED)))


def long_words() -> BriefView:
    view = renamed(sample_view(), {HARBOURS: LONG_NAME, COUNCIL: LONG_WORD})
    return replace(
        view,
        title=LONG_TITLE,
        subtitle=f"Of {LONG_WORD}",
        marking=LONG_MARKING,
        tlp=None,
        prepared_by=LONG_NAME,
        prepared_for=f"{LONG_NAME} and the Permanent Representatives of the coastal states",
        page="Letter",
        changes=CHANGES,
    )


def ten_actors() -> BriefView:
    """More actors than there are accents, two in every event."""
    actors = [
        replace(HARBOURS, id=f"a{n}", name=f"Directorate {n}", short=f"Directorate {n}", accent=n)
        for n in range(1, 11)
    ]
    rows = [
        replace(row, lanes=(actors[row.number * 3 % 10], actors[(row.number * 7 + 1) % 10]))
        for row in sample_view().rows
    ]
    return view_of(rows, sample_labels(), followed=tuple(actors))


def some(count: int) -> BriefView:
    words = sample_labels()
    return view_of(many_rows(count, words), words)


def one_event() -> BriefView:
    rows = sample_view().rows[:1]
    return view_of(rows, sample_labels(), judgements=(), summaries=(), gaps=(), sections={})


VIEWS: dict[str, Callable[[], BriefView]] = {
    "as usual": sample_view,
    "Spanish": lambda: sample_view("es"),
    "an American draft on Letter": lambda: sample_view("en-US", page="Letter", status="draft"),
    "long words": long_words,
    "one event": one_event,
    "hardly anything": lambda: replace(
        sample_view(),
        judgements=(),
        figure=None,
        summaries=(),
        commitments=(),
        gaps=(),
        sections={},
    ),
    "ten actors": ten_actors,
    "thirty events": lambda: some(30),
    "a long subtitle": lambda: replace(
        sample_view(),
        title=LONG_TITLE.upper(),
        subtitle="What was asked, offered and signed between 2018 and 2023. " * 5,
        prepared_by="Department of Maritime Affairs, " * 5,
        marking="OFFICIAL-SENSITIVE: COMMERCIAL, NOFORN, WNI.",
        tlp=None,
    ),
    "red": lambda: sample_view(marking="TLP:AMBER+STRICT", tlp="AMBER+STRICT"),
}


class Pages:
    """A laid-out brief, and what can be asked of its boxes."""

    def __init__(self, view: BriefView) -> None:
        html = render_brief(view, TEMPLATES, sample_labels(view.language))
        with raising_faults():
            self.document = render(html, SHEETS)
        self.notes = placed_notes(self.document)
        self.html = html

    def lines(self, page: Any) -> list[tuple[Any, str]]:
        from weasyprint.formatting_structure import boxes

        found = []
        for box in page._page_box.descendants():
            if isinstance(box, boxes.LineBox):
                parts = [c.text for c in box.descendants() if isinstance(c, boxes.TextBox)]
                if "".join(parts).strip():
                    found.append((box, "".join(parts)))
        return found


@pytest.fixture(scope="module", params=VIEWS, ids=str)
def pages(request: pytest.FixtureRequest) -> Pages:
    return Pages(VIEWS[request.param]())


def test_no_note_is_lost_and_every_one_stands_on_the_page_of_its_call(pages: Pages) -> None:
    assert len(pages.notes) == pages.html.count('<span class="note">')
    assert all(note.note == note.call for note in pages.notes)


def test_nothing_reaches_beyond_the_margins(pages: Pages) -> None:
    for page in pages.document.pages:
        for box, text in pages.lines(page):
            right = page._page_box.margin_left + page._page_box.width
            assert box.position_x + box.width <= right + 0.6, text
            assert box.position_y + box.height <= page.height, text
            assert box.position_y >= 0, text


def test_no_word_leaves_its_cell(pages: Pages) -> None:
    from weasyprint.formatting_structure import boxes

    for page in pages.document.pages:
        for cell in page._page_box.descendants():
            if not isinstance(cell, boxes.TableCellBox):
                continue
            right = cell.position_x + cell.margin_width()
            for box in cell.descendants():
                if isinstance(box, boxes.TextBox) and box.text.strip():
                    assert box.position_x + box.width <= right + 0.6, box.text


def test_no_line_ends_before_it_has_to(pages: Pages) -> None:
    from weasyprint.formatting_structure import boxes

    for page in pages.document.pages:
        for block in page._page_box.descendants():
            if not isinstance(block, boxes.BlockContainerBox) or block.element_tag == "dl":
                continue
            if block.element is not None and block.element.get("class") == "date":
                continue  # a day is not parted from its month
            lines = [line for line in block.children if isinstance(line, boxes.LineBox)]
            for line, following in pairwise(lines):
                last, first = texts_in(line), texts_in(following)
                if not last or not first:
                    continue
                word = first_width(first)
                room = (
                    block.content_box_x() + block.width - max(t.position_x + t.width for t in last)
                )
                if word < 60:
                    assert room <= word * 1.25 + 24, (last[-1].text, first[0].text)


def first_width(texts: list[Any]) -> float:
    """How wide a line's first word is; a note's number is joined to the word after it."""
    first, *others = texts
    if first.text.endswith("\N{WORD JOINER}") and others:
        return float(first.width) + first_width(others)
    return float(first.width * len(first.text.split()[0]) / len(first.text))


def texts_in(line: Any) -> list[Any]:
    from weasyprint.formatting_structure import boxes

    return [t for t in line.descendants() if isinstance(t, boxes.TextBox) and t.text.strip()]


def test_no_row_stands_alone_where_a_table_begins_or_ends(pages: Pages) -> None:
    from weasyprint.formatting_structure import boxes

    counts: dict[str, list[int]] = {}
    for page in pages.document.pages:
        for table in page._page_box.descendants():
            if isinstance(table, boxes.TableBox) and table.element.get("id"):
                rows = [
                    row
                    for row in table.descendants()
                    if isinstance(row, boxes.TableRowBox)
                    and row.element[0].get("scope") not in ("col", "rowgroup")
                ]
                counts.setdefault(table.element.get("id"), []).append(len(rows))
    assert counts
    for name, parts in counts.items():
        assert len(parts) == 1 or min(parts[0], parts[-1]) > 1, (name, parts)


def test_heads_and_feet_do_not_run_into_each_other(pages: Pages) -> None:
    from weasyprint.formatting_structure import boxes

    for page in pages.document.pages:
        rows: dict[str, list[tuple[float, float]]] = {"top": [], "bottom": []}
        for box in page._page_box.children:
            if not isinstance(box, boxes.MarginBox):
                continue
            lines = [
                line for line in box.descendants() if isinstance(line, boxes.LineBox) and line.width
            ]
            if lines:
                side = box.at_keyword.removeprefix("@").partition("-")[0]
                words = [child for line in lines for child in line.children]
                first = min(child.position_x for child in words)
                last = max(child.position_x + child.width for child in words)
                rows[side].append((first, last))
        assert rows["top"]
        assert rows["bottom"]
        for spans in rows.values():
            for one in spans:
                for other in spans:
                    assert one is other or one[1] <= other[0] or other[1] <= one[0]


def test_no_heading_or_year_is_stranded_at_the_foot_of_a_page(pages: Pages) -> None:
    from weasyprint.formatting_structure import boxes

    for page in pages.document.pages[:-1]:
        body = page._page_box.children[0]
        lines = [
            box
            for box in body.descendants()
            if isinstance(box, boxes.LineBox) and box.children and box.height
        ]
        last = max(lines, key=lambda line: line.position_y + line.height)
        assert last.element_tag not in {"h1", "h2", "h3", "caption", "figcaption"}, last
        element = last.element
        assert element is None or element.get("scope") not in {"rowgroup", "col"}


def test_a_row_stands_on_one_page(pages: Pages) -> None:
    from weasyprint.formatting_structure import boxes

    seen: dict[str, int] = {}
    for number, page in enumerate(pages.document.pages):
        for box in page._page_box.descendants():
            if isinstance(box, boxes.TableRowBox) and box.element is not None:
                identifier = box.element.get("id")
                if identifier:
                    assert seen.setdefault(identifier, number) == number
    assert seen


def test_marking_status_edition_and_page_stand_on_every_page(pages: Pages) -> None:
    total = len(pages.document.pages)
    marking = re.search(r'data-marking="([^"]+)"', pages.html)[1]  # type: ignore[index]
    for number, page in enumerate(pages.document.pages, 1):
        text = " ".join(words for _, words in pages.lines(page))
        joined = re.sub(r"\s+", " ", text)
        assert joined.count(re.sub(r"\s+", " ", marking)) >= 2
        assert "3f9a1c20b7de" in joined
        assert re.search(rf"\b{number} (of|de) {total}\b", joined)


def test_a_brief_of_eighteen_events_fits_six_pages_before_its_sources() -> None:
    from weasyprint.formatting_structure import boxes

    found = Pages(sample_view())
    for number, page in enumerate(found.document.pages, 1):
        for box in page._page_box.descendants():
            element = box.element if isinstance(box, boxes.Box) else None
            if element is not None and element.get("id") == "sources":
                assert number <= 6
                return
    raise AssertionError("no sources")


def test_a_note_call_never_begins_a_line() -> None:
    narrow = SHEETS["print.css"] + b"@page { size: 120mm 200mm }"
    sentence = (
        "To the guard: what has the unit achieved, by whom was it measured, and does it work?"
    )
    items = "".join(
        f'<li style="width:{width / 4}pt">{sentence}<span class="note">x</span></li>'
        for width in range(780, 900)
    )
    html = (
        f'<html lang="en"><head><link rel="stylesheet" href="a.css"></head><ul>{items}</ul></html>'
    )
    document = render(html, {"a.css": SHEETS["brief.css"] + narrow})
    from weasyprint.formatting_structure import boxes

    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.LineBox):
                text = "".join(c.text for c in box.descendants() if isinstance(c, boxes.TextBox))
                assert not re.fullmatch(r"[\u2060\s]*\d+\s*", text)


@pytest.mark.parametrize(("tag", "whole"), [("em", "reference"), ("a", "summary")])
def test_a_name_or_a_link_is_not_broken_without_a_hyphen(tag: str, whole: str) -> None:
    words = (
        "Giaritelli, Anna, <span>“US quietly strikes deal to send military to Ecuador amid drug "
        f"cartel explosion”</span>, <{tag}>Washington Examiner</{tag}>, about September 2023"
    )
    items = "".join(
        f'<li style="width:{width / 4}pt"><span class="{whole}">{words}</span></li>'
        for width in range(1000, 1300)
    )
    page = f'<link rel="stylesheet" href="a.css"><ul>{items}</ul>'
    html = f'<html lang="en-GB"><body>{page}</body></html>'
    document = render(html, {"a.css": SHEETS["brief.css"] + SHEETS["print.css"]})
    from weasyprint.formatting_structure import boxes

    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.LineBox):
                text = "".join(c.text for c in box.descendants() if isinstance(c, boxes.TextBox))
                assert not re.search(" W[a-z]*(?<!Washington)$", text)


@pytest.mark.slow
def test_four_hundred_events_take_pages_in_proportion() -> None:
    words = sample_labels()
    # The annex and the commitments are of the same make; the notes are what layout may lose.
    view = view_of(many_rows(400, words), words, annex=(), commitments=())
    document = render(render_brief(view, TEMPLATES, words), SHEETS)
    notes = placed_notes(document)
    assert 20 <= len(document.pages) <= 40
    assert len(notes) > 400
    assert all(note.note == note.call for note in notes)

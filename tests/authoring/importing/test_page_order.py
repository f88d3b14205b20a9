"""Reading order, and lines that only frame a page."""

from __future__ import annotations

from dataclasses import replace

from sourcebrief.authoring.importing.page_order import foot_of, reading_order, running_lines
from sourcebrief.authoring.importing.pdf_pages import Line, Page

WORDS = "some words of a line of prose"


def line(text: str, y: float, left: float = 50, right: float = 250) -> Line:
    return Line(text, left, right, y, 10)


def page(*lines: Line) -> Page:
    return Page(lines, 500, 800)


def left_out(*pages: Page) -> list[list[str]]:
    found = running_lines(pages)
    return [
        [one.lines[index].text for index in sorted(numbers)]
        for one, numbers in zip(pages, found, strict=True)
    ]


def test_what_recurs_at_its_height_is_a_running_head() -> None:
    pages = [
        page(line(f"Report of 2024 · {n}", 780), line(f"Text of page {n}", 400)) for n in (1, 2, 3)
    ]
    assert left_out(*pages) == [[f"Report of 2024 · {n}"] for n in (1, 2, 3)]


def test_what_is_all_that_pages_hold_is_no_running_head() -> None:
    assert left_out(*(page(line("See the annex", 780)) for _ in range(3))) == [[], [], []]


def test_heads_of_left_and_right_pages_differ() -> None:
    heads = ["Left head", "Right head", "Left head", "Right head"]
    pages = [page(line(head, 780), line(f"Text {n}", 400)) for n, head in enumerate(heads)]
    assert left_out(*pages) == [[head] for head in heads]


def test_what_recurs_in_the_middle_of_pages_is_text() -> None:
    assert left_out(*(page(line("The same words", 400)) for _ in range(3))) == [[], [], []]


def test_a_number_far_from_the_text_is_that_of_the_page() -> None:
    assert left_out(page(line("Text", 400), line("– 7 –", 30))) == [["– 7 –"]]
    assert left_out(page(line("the sum of", 42), line("379", 30))) == [[]]
    assert left_out(page(line("Text", 400), line("379;", 30))) == [[]]


def test_the_last_row_of_a_table_is_no_running_foot() -> None:
    """Its amounts stand at one height on each page, and a word of it may recur."""

    def rows(cargo: str, ships: str) -> Page:
        above = [line("Table 5", 400), line("Port of Tarn", 300)]
        return page(*above, line(cargo, 42, 50, 90), line("in all", 42, 100), line(ships, 42, 300))

    assert left_out(rows("31,760.70", "51"), rows("19,215.22", "38")) == [[], []]


def test_the_page_number_beside_a_running_head_counts_on() -> None:
    pages = [page(line("Report", 780), line(str(n), 780, 300), line("Text", 400)) for n in (7, 8)]
    assert left_out(*pages) == [["Report", "7"], ["Report", "8"]]


def test_the_order_of_drawing_is_kept_where_it_goes_down_column_by_column() -> None:
    lines = [line(f"{WORDS} {n}", 700 - 12 * n) for n in range(8)]
    lines += [line(f"{WORDS} {n}", 700 - 12 * n, 270, 470) for n in range(8)]
    assert reading_order(lines) == lines


def test_columns_that_are_drawn_line_by_line_are_read_one_after_the_other() -> None:
    head = line("A head over both columns of the page", 730, 50, 470)
    left = [line(f"{WORDS} {n} left", 700 - 12 * n) for n in range(8)]
    right = [line(f"{WORDS} {n} right", 700 - 12 * n, 270, 470) for n in range(8)]
    mixed = [one for pair in zip(left, right, strict=True) for one in pair]
    assert reading_order([head, *mixed]) == [head, *left, *right]


def test_lines_over_both_columns_do_not_hide_the_columns() -> None:
    head = [line(f"{WORDS}, {n}, {WORDS}", 800 - 12 * n, 50, 470) for n in range(6)]
    left = [line(f"{WORDS} {n} left", 700 - 12 * n) for n in range(8)]
    right = [line(f"{WORDS} {n} right", 706 - 12 * n, 270, 470) for n in range(8)]
    mixed = [one for pair in zip(right, left, strict=True) for one in pair]
    foot = line("A foot over both columns of the page", 40, 50, 470)
    assert reading_order([*head, *mixed, foot]) == [*head, *left, *right, foot]


def test_a_foot_stands_apart_in_smaller_type_or_under_columns() -> None:
    text = [line(WORDS, 700 - 12 * n, 50, 450) for n in range(50)]
    foot = line("A foot", 60, 50, 450)
    assert foot_of([*text, foot], 800) == []
    assert foot_of([*text, replace(foot, size=8)], 800) == [replace(foot, size=8)]
    assert foot_of([text[0], foot, *text[1:]], 800) == [foot]
    assert foot_of([text[0], replace(foot, right=90), *text[1:]], 800) == []
    assert foot_of([], 800) == []


def test_a_table_is_read_by_its_rows() -> None:
    rows = [
        cell
        for n in range(8)
        for cell in (line("North", 700 - 12 * n, 50, 80), line("400", 700 - 12 * n, 270, 290))
    ]
    assert reading_order(rows) == rows

"""Right-to-left words are set apart, and nothing else is."""

from __future__ import annotations

import pytest

from sourcebrief.documents.direction import (
    has_right_to_left,
    is_right_to_left,
    with_directions,
)


@pytest.mark.parametrize(
    ("html", "set_apart"),
    [
        ("<p>The “שלום עולם” here</p>", "שלום עולם"),
        ("<p>The “שלום, 2024.” here</p>", "שלום, 2024."),
        ("<p>In 2024 שלום, and on</p>", "שלום"),
        ("<a>שלום עולם, ¶ 3</a>", "שלום עולם"),
        ("<p>Under the title שלום עולם.</p>", "שלום עולם"),
        ("<td lang='ar'>التقى الوزير، 3 مارس 2024</td>", "التقى الوزير، 3 مارس 2024"),
    ],
)
def test_a_run_has_an_element_of_its_own(html: str, set_apart: str) -> None:
    found = with_directions(html)
    assert found.count('<span dir="rtl">') == 1
    assert found.replace('<span dir="rtl">', "").replace("</span>", "") == html
    inside = found.partition('<span dir="rtl">')[2].partition("</span>")[0]
    assert inside == set_apart


def test_latin_words_in_a_quotation_have_their_own_direction() -> None:
    assert with_directions("<p>The “5 שלום (ISO 2) עולם.” here</p>") == (
        '<p>The “<span dir="rtl">5 שלום <span dir="ltr">(ISO 2)</span> עולם.</span>” here</p>'
    )


def test_other_pages_and_what_is_no_text_stay() -> None:
    assert with_directions("<p>Words, Ελλάδα, мир</p>") == "<p>Words, Ελλάδα, мир</p>"
    untouched = "<title>שלום</title><p title='שלום'>x</p><script>'שלום'</script>"
    assert with_directions(untouched) == untouched
    drawing = "<svg><title>שלום</title><text>שלום עולם</text></svg>"
    assert with_directions(drawing) == drawing


def test_languages_and_texts() -> None:
    assert [is_right_to_left(one) for one in ("ar", "he-IL", "fa", "en", "es-EC", "qqq")] == [
        *(True, True, True),
        *(False, False, False),
    ]
    assert has_right_to_left("a שלום")
    assert not has_right_to_left("Ελλάδα 2024")

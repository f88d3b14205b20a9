"""Months in the cases that prepositions want."""

from __future__ import annotations

import pytest
from babel import Locale

from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.in_text import states
from sourcebrief.dates.inflected_months import inflected

LANGUAGES = ("be", "bs", "cs", "el", "et", "fi", "hr", "hu", "lt", "lv", "pl", "ru", "sk", "sl")
LANGUAGES += ("sr", "tr", "uk", "vi")


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("ru", "в марте 2024 года", "2024-03"),
        ("ru", "в мае 2024", "2024-05"),
        ("uk", "у березні 2024 року", "2024-03"),
        ("uk", "у лютому 2024", "2024-02"),
        ("uk", "3-5 листопада 2024", "2024-11-03/2024-11-05"),
        ("be", "у лютым 2024", "2024-02"),
        ("sr", "3. марта 2024. године", "2024-03-03"),
        ("sr-Latn", "3. marta 2024.", "2024-03-03"),
        ("pl", "w marcu 2024", "2024-03"),
        ("pl", "w lutym 2024", "2024-02"),
        ("pl", "w listopadzie 2024", "2024-11"),
        ("cs", "v březnu 2024", "2024-03"),
        ("sk", "v marci 2024", "2024-03"),
        ("hr", "u ožujku 2024.", "2024-03"),
        ("sl", "3. marca 2024", "2024-03-03"),
        ("el", "τον Μάρτιο του 2024", "2024-03"),
        ("vi", "ngày 03 tháng 03 năm 2024", "2024-03-03"),
        ("vi", "tháng Ba năm 2024", "2024-03"),
        ("vi", "ngày 3 tháng mười một năm 2024", "2024-11-03"),
        ("hu", "2024 márciusában", "2024-03"),
        ("lv", "2024. gada 3. martā", "2024-03-03"),
        ("fi", "maaliskuussa 2024", "2024-03"),
        ("et", "3. märtsil 2024", "2024-03-03"),
    ],
)
def test_an_inflected_month_is_the_month(language: str, text: str, date: str) -> None:
    assert states(text, parse_edtf(date), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_is_the_name_of_another_month(language: str) -> None:
    locale = Locale.parse(language)
    names = {
        name.lower(): number
        for context in ("format", "stand-alone")
        for number, name in locale.months[context]["wide"].items()
    }
    for name, number in names.items():
        for form in inflected(name, number, language):
            assert names.get(form, number) == number, (name, form)


def test_a_language_without_forms_has_none() -> None:
    assert list(inflected("march", 3, "en")) == []

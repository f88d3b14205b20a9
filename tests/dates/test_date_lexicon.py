"""The words that dates are made of, by language."""

from __future__ import annotations

import pytest

from sourcebrief.dates.cldr import LanguageError
from sourcebrief.dates.date_lexicon import date_tokens
from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.in_text import states


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("fr", "le 1er février 2023", "2023-02-01"),
        ("fr", "le 1er fe\u0301vrier 2023", "2023-02-01"),  # decomposed
        ("fr", "du 7 au 8 décembre 2022", "2022-12-07/2022-12-08"),
        ("pt", "de 7 a 8 de dezembro de 2022", "2022-12-07/2022-12-08"),
        ("de", "vom 7. bis zum 8. Dezember 2022.", "2022-12-07/2022-12-08"),
        ("it", "dal 7 all'8 dicembre 2022", "2022-12-08"),
        ("sv", "den 7 december 2022", "2022-12-07"),
        ("sv", "7–8 december 2022", "2022-12-07/2022-12-08"),
        ("ja", "2022-12-07", "2022-12-07"),
    ],
)
def test_other_languages_of_seeds(language: str, text: str, date: str) -> None:
    assert states(text, parse_edtf(date), language)


def test_a_language_unknown_to_cldr_is_refused() -> None:
    with pytest.raises(LanguageError, match="'xx' is not a language that CLDR knows"):
        states("16 November 2022", parse_edtf("2022-11-16"), "xx")


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "on 7 and 8 December, 2022", "d j d m12 c y"),
        ("en", "7 or 8 May", "d r d m5"),
        ("en", "by 2022-11-16", "w"),
        ("en", "the 2020s", "w"),
        ("en", "COVID-19 in 2018", "h d y"),
        ("en", "page 10.30 of 45", "o"),
        ("en", "November 16,2022", "m11 g"),
        ("es-EC", "primero de setiembre", "d1 o m9"),
    ],
)
def test_a_text_is_cut_into_tokens(language: str, text: str, names: str) -> None:
    found = [str(token.lastgroup) for token in date_tokens(language).finditer(text)]
    assert " ".join(found) == names

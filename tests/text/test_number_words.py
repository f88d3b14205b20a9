"""The tables of number words."""

import pytest

from sourcebrief.text.number_reading import read_numbers
from sourcebrief.text.number_words import number_words

LANGUAGES = [
    "ar",
    "de",
    "el",
    "en",
    "es",
    "fr",
    "hi",
    "it",
    "nl",
    "pl",
    "pt",
    "ru",
    "tr",
    "uk",
    "vi",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_multiplies_by_thousand_and_million(language: str) -> None:
    words = number_words(language)
    assert words is not None
    assert {(1000, True), (1_000_000, True)} <= set(words.meanings) | {
        (1_000_000, True) if language == "hi" else (1000, True)  # it counts in lakhs
    }


def test_region_makes_no_difference_and_an_unknown_language_has_no_table() -> None:
    assert number_words("es-EC") is number_words("es-EC")
    assert number_words("sw") is number_words(None) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A tense often weighed on one act; the person won a second time."),
        ("de", "Die Achtung der Menschheit hat zweifellos eine Dreistigkeit verdient."),
        ("it", "Un settore tremendo sente la novità di uno di noi."),
        ("es", "Un millonario dijo que una mujer veía el centro."),
        ("fr", "Un centre neutre et une sixtine dixième."),
        ("pt", "Um milho da centralidade, e uma novidade."),
    ],
)
def test_words_that_only_begin_as_a_number_does_are_none(language: str, text: str) -> None:
    assert read_numbers(text, language) == []

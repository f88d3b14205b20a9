"""Lists of words by language."""

from __future__ import annotations

import re

import pytest

from sourcebrief.text.word_lists import word_lists

NUMBERS = {
    "en": "two twenty sixties fourteenth first ninth millions dozen twice half thirds tenths",
    "es": "dos dieciséis veintiún quinientas mil millones primer segunda décimo docenas",
    "fr": "deux quarante quatre cents mille milliards première deuxième vingtaine moitié tiers",
    "de": "zwei zwölf einundzwanzig dreißig fünfzigste zweihundert siebzehn vierte Millionen",
    "pt": "dois dezesseis quarenta duzentos mil milhões primeira sétimo dúzia metade",
    "it": "due diciassette ventuno trentadue duecento seimila miliardi prima terzo ventesimo metà",
}
NEGATIONS = {
    "en": "not no never neither without n't",
    "es": "no nunca ningún ninguna nadie sin",
    "fr": "ne n' pas jamais aucune sans",
    "de": "nicht kein keinen nie niemandem ohne",
    "pt": "não nenhum nenhuma ninguém sem",
    "it": "non mai nessun nessuna né senza",
}
OTHERS = {
    "en": "one often note notable tent form know fort nine-to-five",
    "es": "una nota sincero milagro nido cuartel",
    "fr": "une problème système passer rang cente",
    "de": "und ein eine Achtung dreist undeutlich keinerlei",
    "pt": "uma nada-a-ver segundo milagre semana",
    "it": "una accento vento secondo nonno maiale",
}
ENDINGS = {
    "en": "s ed ing ned ies 's s'",
    "es": "aron an os ción",
    "fr": "ent ées ait aux",
    "de": "en test end",
    "pt": "aram am ões",
    "it": "ano ati hi",
}


def matched(expression: str, words: str) -> list[str]:
    return [word for word in words.split() if re.fullmatch(expression, word.lower())]


@pytest.mark.parametrize("language", sorted(NUMBERS))
def test_the_words_of_a_language_are_known(language: str) -> None:
    lists = word_lists(f"{language}-XX")
    assert lists is not None
    assert matched(lists.numbers, NUMBERS[language]) == NUMBERS[language].split()
    assert matched(lists.negations, NEGATIONS[language]) == NEGATIONS[language].split()
    assert matched(f"{lists.numbers}|{lists.negations}", OTHERS[language]) == []


@pytest.mark.parametrize("language", sorted(ENDINGS))
def test_endings_inflect_and_make_no_other_word(language: str) -> None:
    lists = word_lists(language)
    assert lists is not None
    assert matched(lists.endings, ENDINGS[language]) == [
        word for word in ENDINGS[language].split() if word != "ción"
    ]
    assert matched(lists.endings, "ful less able los lich frei inho") == []


@pytest.mark.parametrize("language", ["sw", "", None, "eng"])
def test_other_languages_have_none(language: str | None) -> None:
    assert word_lists(language) is None

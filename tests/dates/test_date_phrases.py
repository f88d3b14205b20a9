"""The words around dates, language by language."""

from __future__ import annotations

import pytest

from sourcebrief.dates.date_phrases import LANGUAGES, known_phrases, phrases


def test_a_language_without_words_has_none() -> None:
    assert known_phrases("xh") is None
    assert known_phrases("es-EC") is phrases("es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_phrase_keeps_the_dates_put_into_it(language: str) -> None:
    say = phrases(language)
    for one in ("by", "or_later", "since", "until", "about", "about_inside", "uncertain",
                "a_day_in", "a_month_in", "decade"):  # fmt: skip
        assert "DATE" in getattr(say, one).format(a="DATE"), one
    for two in ("between", "from_to"):
        worded = getattr(say, two).format(a="FIRST", b="SECOND")
        assert -1 < worded.index("FIRST") < worded.index("SECOND"), two

"""Quotation marks within quoted words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.text.quotation_marks import with_inner_marks

ENGLISH = ("‘’", "“”")
SPANISH = ("“”", "«»")
GERMAN = ("‚‘", "„“")
FRENCH = ("“”", ("«\u00a0", "\u00a0»"))


@pytest.mark.parametrize(
    ("text", "marks", "shown"),
    [
        ("“We agreed,” she said", ENGLISH, "‘We agreed,’ she said"),
        ('"We agreed," she said, and "signed"', ENGLISH, "‘We agreed,’ she said, and ‘signed’"),
        ("the pact (“the Act”) stands", ENGLISH, "the pact (‘the Act’) stands"),
        ("«Firmamos», dijo", ENGLISH, "‘Firmamos’, dijo"),
        ("« Nous avons signé », dit-elle", ENGLISH, "‘Nous avons signé’, dit-elle"),
        ("„Wir sagten ‚ja‘“, sagte er", ENGLISH, "‘Wir sagten ‚ja‘’, sagte er"),
        ("»Ja«, sagte er", ENGLISH, "‘Ja’, sagte er"),
        ("“We agreed,” she said", SPANISH, "“We agreed,” she said"),
        ("«Firmamos», dijo", SPANISH, "“Firmamos”, dijo"),
        ("“We agreed,” she said", GERMAN, "‚We agreed,‘ she said"),
        ("“We agreed,” she said", FRENCH, "“We agreed,” she said"),
        ("He said «the “pact” stands»", ENGLISH, "He said ‘the “pact” stands’"),
        ("He said «the “pact” stands»", FRENCH, "He said “the «\u00a0pact\u00a0» stands”"),
        # Cut out of words that the document quotes: the mark that it lacks is put in.
        ("in that area,” Pompeo said", ENGLISH, "‘in that area,’ Pompeo said"),
        ("said: “We are ready", ENGLISH, "said: ‘We are ready’"),
        ("“ready", SPANISH, "“ready”"),
        ("the ministers’ visit and the 5’ limit", ENGLISH, "the ministers’ visit and the 5’ limit"),
    ],
)  # fmt: skip
def test_marks_alternate_and_stand_in_pairs(
    text: str, marks: tuple[tuple[str, str], tuple[str, str]], shown: str
) -> None:
    assert with_inner_marks(text, *marks) == shown


@given(st.text(st.sampled_from('ab ,.“”„«»"'), max_size=12))
def test_as_many_open_as_close(text: str) -> None:
    shown = with_inner_marks(text, "<>", "{}")
    assert shown.count("<") == shown.count(">")
    assert shown.count("{") == shown.count("}")


@given(st.text(st.characters(exclude_characters='“”„«»"')))
def test_words_without_double_marks_stay(text: str) -> None:
    assert with_inner_marks(text, *ENGLISH) == text

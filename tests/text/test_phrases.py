"""Small operations on running text."""

from __future__ import annotations

import pytest

from sourcebrief.text.phrases import count_of, curled, first_words, sentence_starts, shorten, slug


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 pins"), (1, "1 pin"), (2, "2 pins"), (1234, "1,234 pins")]
)
def test_a_count_has_its_plural(number: int, words: str) -> None:
    assert count_of(number, "pin") == words


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("One. Two? «Three» said Mr. B. Smith. 4 more.", ["Two?", "«Three»", "4 more."]),
        ("The U.S. Embassy agreed.) Then no. and yet", ["Then"]),
        ("no sentence at all", []),
        ("Am 12. Juni 2020 kam sie. Bis zum 31. Dezember kostete sie 5 Mio. Euro.", ["Bis zum"]),
        ("Die Zahl stieg auf 31. Die Regierung fiel. Danach, im 20. Jahrhundert", ["Die R", "Dan"]),
        ("Das gilt, z. B. Nr. 5 und Art. 3 des Dr. Maier. 4 gelten nicht.", ["4 gelten"]),
        ("Den 3. Maj 2020 kom den. Det var den 2. Verdenskrig.", ["Det var"]),
        ("Lo dijo en EE. UU. Mike Pompeo. Ecuador calló.", ["Ecuador"]),
        ("It is modern art. The rest, pp. 5 to 9, is not.", ["The rest"]),
    ],
)
def test_where_sentences_begin(text: str, starts: list[str]) -> None:
    found = [text[at:] for at in sentence_starts(text)]
    assert len(found) == len(starts)
    assert all(rest.startswith(words) for rest, words in zip(found, starts, strict=True))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("U.S. Embassy & Consulate in Ecuador", "u-s-embassy-consulate-in-ecuador"),
        ("Ministère de l’Économie", "ministere-de-leconomie"),
        ("Straße Łódź", "strasse-lodz"),
        ("Министерство", ""),
        ("AbadSantosFacebook2016", "abadsantosfacebook2016"),
        ("a" * 200, "a" * 60),
    ],
)
def test_ids_of_words(words: str, expected: str) -> None:
    assert slug(words) == expected


@pytest.mark.parametrize(
    ("text", "count", "short"),
    [("a b c", 3, "a b c"), ("a b c", 2, "a b …"), ("a", 1, "a"), ("a b", 1, "a …")],
)
def test_first_words_show_that_more_follow(text: str, count: int, short: str) -> None:
    assert first_words(text, count) == short


def test_words_get_the_apostrophes_of_print_and_quotations_keep_theirs() -> None:
    said = "Ana's port isn't “Ana's port”, nor \"Ana's\"; 'yes'"
    assert curled(said) == "Ana’s port isn’t “Ana's port”, nor \"Ana's\"; 'yes'"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Short enough", "Short enough"),
        ("A title that goes on and on", "A title that goes on…"),
        ("Unbrokenwordthatistoolong", "Unbrokenwordthatist…"),
        ("A title, that, goes, on", "A title, that, goes…"),
    ],
)
def test_a_long_title_is_shortened_at_a_word(text: str, short: str) -> None:
    assert shorten(text, 20) == short
    assert len(short) <= 21

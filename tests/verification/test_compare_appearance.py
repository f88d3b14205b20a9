"""Letters that look otherwise are named together, and so is a paragraph that has no partner."""

from __future__ import annotations

from sourcebrief.verification.compare_appearance import (
    PICTURE,
    Look,
    Names,
    ShownParagraph,
    appearance,
    paired,
)

NAMES = Names({"size": "its size"}, {"cell": "its cell"})
SMALL, LARGE = {"size": "5"}, {"size": "9"}


def paragraph(text: str, looks: list[Look] | None = None, **whole: str) -> ShownParagraph:
    letters = [f" {word}" if at == 0 else word for at, word in enumerate(text)]
    return ShownParagraph(letters, looks or [LARGE] * len(text), whole)


def compared(*pairs: tuple[ShownParagraph, ShownParagraph]) -> list[str]:
    sent, made = ([pair[at] for pair in pairs] for at in (0, 1))
    return appearance(paired(sent, made), NAMES)


def test_what_looks_alike_is_not_named() -> None:
    assert compared((paragraph("agreed"), paragraph("agreed"))) == []


def test_letters_that_look_otherwise_are_named_together() -> None:
    sent = paragraph("unagreed", [SMALL, SMALL, *[LARGE] * 6])
    looks = compared((sent, paragraph("unagreed")))
    assert looks == ["“un” is shown otherwise than its evidence makes it: its size"]


def test_a_paragraph_as_a_whole() -> None:
    looks = compared((paragraph("agreed", cell="dark"), paragraph("agreed")))
    assert looks == ["“agreed” is shown otherwise than its evidence makes it: its cell"]


def test_a_paragraph_without_a_partner_is_named_and_the_others_are_compared() -> None:
    pairs = [
        (paragraph("one"), paragraph("one")),
        (paragraph("put in"), paragraph("two", [SMALL] * 3)),
    ]
    sent = [pair[0] for pair in pairs] + [paragraph("two")]
    looks = appearance(paired(sent, [pair[1] for pair in pairs]), NAMES)
    assert looks == [
        "“put in” is a paragraph that its evidence makes otherwise",
        "“two” is shown otherwise than its evidence makes it: its size",
    ]


def test_a_picture_has_no_words() -> None:
    looks = appearance(paired([paragraph(PICTURE)], []), NAMES)
    assert [words.partition(" is ")[0] for words in looks] == ["a picture, a call or a break"]

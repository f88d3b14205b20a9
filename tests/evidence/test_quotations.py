"""Rules 3 to 7: where a quotation stands, with and without the editor's marks."""

import pytest

from sourcebrief.evidence.folding import fold_text, squeeze
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import (
    LocatedQuotation,
    Miss,
    MissReason,
    locate,
    occurrences,
)

FIRST = "The minister called the plan illegally funded; it cost $150,000 in the U.S. alone."
SECOND = (
    "Anti-corruption work in the U.S.-Ecuador relationship "
    "met O’Brien’s “new” rules — in 2017–2018."
)
THIRD = (
    "Then all parties agreed to broaden and deepen their cooperation. "
    "A year later nothing was done."
)
TEXT = "\n\n".join((FIRST, SECOND, "Become a member of this site today!", THIRD))
SEED = read_seed(TEXT, ignore={3}, language="en")


def found(quotation: str, text: str = TEXT, paragraph: int | None = None) -> LocatedQuotation:
    seed = SEED if text is TEXT else read_seed(text, language="en")
    located = locate(quotation, seed, paragraph)
    assert isinstance(located, LocatedQuotation), located
    for piece in located.pieces:
        assert seed.text[piece.start : piece.end] == piece.exact
        assert seed.text[: piece.start].endswith(piece.prefix)
        assert seed.text[piece.end :].startswith(piece.suffix)
        holder = seed.paragraphs[piece.paragraph - 1]
        assert holder.start <= piece.start < piece.end <= holder.end
    return located


def reason(quotation: str, text: str = TEXT, paragraph: int | None = None) -> MissReason:
    seed = SEED if text is TEXT else read_seed(text, language="en")
    miss = locate(quotation, seed, paragraph)
    assert isinstance(miss, Miss), miss
    return miss.reason


def test_a_quotation_has_the_selectors_of_the_web_annotation_model() -> None:
    located = found("all parties agreed to broaden")
    (piece,) = located.pieces
    assert piece.start == TEXT.index("all parties")
    assert piece.end == piece.start + len("all parties agreed to broaden")
    assert piece.prefix == TEXT[piece.start - 32 : piece.start]
    assert piece.suffix == TEXT[piece.end : piece.end + 32]
    assert (piece.paragraph, located.locator) == (4, "¶ 4")


def test_offsets_count_code_points() -> None:
    (piece,) = found("two words more", "\U0001f600 é two words more").pieces
    assert (piece.start, piece.end) == (4, 18)


@pytest.mark.parametrize(
    "quotation",
    [
        "met O'Brien's \"new\" rules - in 2017-2018.",
        "met O‘Brien´s «new» rules --- in 2017−2018",
        "  met O’Brien’s\xa0“new”\n rules\u200b",
        "Anti‑corruption work\xad in the U.S.‐Ecuador",
    ],
)
def test_typographic_variants_pass(quotation: str) -> None:
    assert found(quotation).paragraph == 2


@pytest.mark.parametrize(
    "quotation",
    [
        "legally funded; it cost",
        "the plan illegal",
        "illegally funded; it cost $150",
        "funded; it cost $150,",
        "cost $150,000 in the U.S",
        "cost $150,000 in the U",
        "corruption work in the U.S.-Ecuador relationship",
        "Anti-corruption work in the U.S.",
        "Ecuador relationship met",
        "relationship met O’Brien",
        "rules — in 2017",
    ],
)
def test_no_word_number_or_initialism_is_cut(quotation: str) -> None:
    assert reason(quotation) is MissReason.CUT


@pytest.mark.parametrize(
    "quotation",
    [
        "$150,000 in the U.S.",
        "150,000 in the U.S.",
        "rules — in 2017–2018",
        "“new” rules —",
        "illegally funded;",
        "deepen their cooperation.",
    ],
)
def test_punctuation_may_be_quoted_or_left(quotation: str) -> None:
    assert found(quotation).printed == quotation


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("it cost", MissReason.TOO_SHORT),
        ("illegally", MissReason.TOO_SHORT),
        ("Anti-corruption", MissReason.TOO_SHORT),
        ("relationship", MissReason.TOO_SHORT),
        ("", MissReason.EMPTY),
        ("[...]", MissReason.EMPTY),
        ("— “ ”", MissReason.EMPTY),
        ("Then all [...] deepen their cooperation", MissReason.TOO_SHORT),
        ("Then all parties [...] their", MissReason.TOO_SHORT),
    ],
)
def test_twelve_characters_and_two_words_are_the_least(
    quotation: str, expected: MissReason
) -> None:
    assert reason(quotation) is expected


@pytest.mark.parametrize(
    "quotation",
    [
        "the plan legally funded",
        "the Minister called the plan",
        "it cost $160,000 in the U.S. alone",
        "met O’Brien’s ‘new’ rules",
        "agreed not to broaden",
        "$150,000 in the U.S. alone. Anti-corruption work",
    ],
)
def test_words_case_digits_and_paragraphs_count(quotation: str) -> None:
    assert reason(quotation) is MissReason.NOT_FOUND


HYPHENATED = (
    "The co-\noperative shared infor-\r\nmation about pre-\nand post-war times."
    "\n\nof the of-\n\ufb01cers here\n\nthe Corona-Warn-\n App and COVID-\n19"
)


@pytest.mark.parametrize(
    ("quotation", "printed"),
    [
        ("The cooperative shared information about", None),
        ("The co-operative shared infor-mation about", None),
        ("The co-operative shared information about", None),
        ("The co- operative shared information", "The co-operative shared information"),
        ("The co-\noperative shared infor-\r\nmation", "The co-operative shared infor-mation"),
        ("about pre- and post-war times", "about pre-and post-war times"),
        ("of the officers here", "of the of\ufb01cers here"),
        ("the Corona-Warn-App and COVID-19", None),
    ],
)
def test_a_hyphen_at_a_line_end_matches_a_hyphen_or_nothing(
    quotation: str, printed: str | None
) -> None:
    located = found(quotation, HYPHENATED)
    assert located.printed == (printed or quotation)
    assert squeeze(fold_text(located.pieces[0].exact, seed=True)) == squeeze(fold_text(quotation))


@pytest.mark.parametrize("quotation", ["mation about pre-and", "operative shared information"])
def test_a_word_over_a_line_end_is_not_cut(quotation: str) -> None:
    assert reason(quotation, HYPHENATED) is MissReason.CUT


@pytest.mark.parametrize("quotation", ["The coo-perative shared", "The co--operative shared x"])
def test_other_hyphens_do_not_match(quotation: str) -> None:
    assert reason(quotation, HYPHENATED) is MissReason.NOT_FOUND


REDACTED = "The report of [name withheld] says that [...] and more of it followed soon [sic]."


def test_brackets_are_literal_first() -> None:
    quotation = "report of [name withheld] says that [...] and more"
    located = found(quotation, REDACTED)
    assert (len(located.pieces), located.printed) == (1, quotation)
    assert located.stretches == (quotation,)


def test_literal_brackets_stand_beside_the_editors() -> None:
    located = found("The report of [name withheld] says [...] followed soon [sic].", REDACTED)
    assert [piece.exact for piece in located.pieces] == [
        "The report of [name withheld] says",
        "followed soon [sic].",
    ]


@pytest.mark.parametrize(
    ("quotation", "exact"),
    [
        ("Then all parties [...] their cooperation", ["Then all parties", "their cooperation"]),
        ("Then all parties […] their cooperation", ["Then all parties", "their cooperation"]),
        (
            "called the plan [...] met O’Brien’s “new” rules",
            ["called the plan", "met O’Brien’s “new” rules"],
        ),
        ("“new” rules — [...] all parties agreed", ["“new” rules —", "all parties agreed"]),
        ("[...] all parties agreed [...]", ["all parties agreed"]),
    ],
)
def test_an_elision_reaches_into_the_next_paragraph(quotation: str, exact: list[str]) -> None:
    located = found(quotation)
    assert [piece.exact for piece in located.pieces] == exact
    assert located.printed == quotation


def test_an_elision_over_paragraphs_names_both() -> None:
    assert found("“new” rules — [...] all parties agreed").locator == "¶¶ 2–4"


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("Then all parties [...] agreed to broaden", MissReason.NOTHING_LEFT_OUT),
        ("[...] The minister called", MissReason.NOTHING_LEFT_OUT),
        ("nothing was done. [...]", MissReason.NOTHING_LEFT_OUT),
        ("$150,000 in the U.S. alone [...] Anti-corruption work", MissReason.NOTHING_LEFT_OUT),
        ("their cooperation [...] Then all parties", MissReason.APART),
        ("The minister called [...] all parties agreed", MissReason.APART),
        ("called the plan [...] member of this site", MissReason.APART),
        ("Then all parties [...] their disputes", MissReason.NOT_FOUND),
        ("Then all part [...] their cooperation", MissReason.CUT),
    ],
)
def test_an_elision_leaves_out_words_forward_and_near(quotation: str, expected: MissReason) -> None:
    assert reason(quotation) is expected


@pytest.mark.parametrize(
    "quotation",
    [
        "Then all parties [concerned] agreed to broaden",
        "Then all parties [...] [soon] deepen their cooperation",
        "The minister called [it] illegally funded",
        "Then all parties [said they would] deepen their cooperation",
        "[He said:] all parties agreed [to it]",
    ],
)
def test_an_insertion_stands_for_none_to_six_words(quotation: str) -> None:
    assert found(quotation).printed == quotation


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("Then all parties [in the end] A year later", MissReason.APART),
        ("in the U.S. alone [and] Anti-corruption work", MissReason.APART),
        ("Then all parties [,] broaden and deepen", MissReason.APART),
    ],
)
def test_an_insertion_stands_for_no_more(quotation: str, expected: MissReason) -> None:
    assert reason(quotation) is expected


@pytest.mark.parametrize(
    "quotation",
    [
        "[t]hen all parties agreed",
        "[T]hen all parties agreed",
        "all parties agree[d] to broaden",
        "all parties agree[ing] to broaden",
        "all part[y] agreed to broaden",
        "all parties [sic] agreed to broaden",
        "all parties agreed to broaden[sic] and",
        "[sic] all parties agreed",
        "[t]hen all parties agree[s] to",
    ],
)
def test_small_marks_part_nothing(quotation: str) -> None:
    located = found(quotation)
    assert (len(located.pieces), located.printed) == (1, quotation)


def test_words_outside_brackets_are_told_apart() -> None:
    assert found("[t]hen all parties agree[d] to [sic] broaden").stretches == (
        "hen all parties agree",
        " to",
        " broaden",
    )


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("[w]hen all parties agreed", MissReason.NOT_FOUND),
        ("all parties agreed to br[ing] and deepen", MissReason.NOT_FOUND),
        ("plan [il]legally funded; it", MissReason.BRACKET),
        ("it cost $1[60],000 in the U.S.", MissReason.BRACKET),
        ("all parties [] agreed to", MissReason.BRACKET),
        ("all parties agreed [to [do] so] and deepen", MissReason.BRACKET),
    ],
)
def test_other_brackets_are_no_marks(quotation: str, expected: MissReason) -> None:
    assert reason(quotation) is expected


def test_bare_dots_that_an_elision_would_mend() -> None:
    assert reason("Then all parties ... deepen their cooperation") is MissReason.BARE_ELLIPSIS
    assert reason("Then all parties… deepen their cooperation") is MissReason.BARE_ELLIPSIS
    assert reason("Then all parties ... deepen their quarrel") is MissReason.NOT_FOUND


REPEATED = (
    "It was said again. Then it was said again by all.\n\nOnce more it was said again.\n\nEnd"
)


def test_a_repeated_quotation_needs_to_be_longer_or_to_name_its_paragraph() -> None:
    assert reason("it was said again", REPEATED) is MissReason.AMBIGUOUS
    assert found("Once more it was said again", REPEATED).paragraph == 2
    assert found("it was said again", REPEATED, paragraph=2).paragraph == 2
    assert found("it was said again", REPEATED, paragraph=1).paragraph == 1


def test_two_places_in_the_named_paragraph_are_still_two() -> None:
    text = "We said so again, and we said so again.\n\nEnd"
    assert reason("said so again", text, paragraph=1) is MissReason.AMBIGUOUS


def test_an_elided_quotation_is_ambiguous_where_the_rest_follows_twice() -> None:
    text = "They came to Quito and said a few kind words, and they left with a few kind words."
    assert reason("They came to Quito [...] a few kind words", text) is MissReason.AMBIGUOUS
    assert found("They came to Quito [...] left with a few kind words", text)


@pytest.mark.parametrize("paragraph", [1, 3, 99, 0, -1])
def test_a_named_paragraph_must_hold_the_quotation(paragraph: int) -> None:
    assert (
        reason("all parties agreed to broaden", paragraph=paragraph) is MissReason.WRONG_PARAGRAPH
    )


def test_evidence_in_an_ignored_paragraph_is_a_miss() -> None:
    assert reason("Become a member of this site") is MissReason.IGNORED
    assert reason("Become a member of this site", paragraph=3) is MissReason.IGNORED
    assert reason("Become a member [...] all parties agreed") is MissReason.IGNORED


def test_a_repeat_in_an_ignored_paragraph_does_not_count() -> None:
    seed = read_seed("The same words here.\n\nThe same words here.", ignore={1})
    located = locate("The same words here", seed)
    assert isinstance(located, LocatedQuotation)
    assert located.paragraph == 2


def test_pages_are_those_of_the_passage() -> None:
    text = "one page here\n\n\fa second page\nthat \fgoes on to the third"
    assert found("a second page that goes", text).locator == "p. 2, ¶ 2"
    assert found("goes on to the third", text).locator == "p. 3, ¶ 2"


def test_printed_is_the_seeds_own_slice() -> None:
    text = "He   said\u00a0“we\n agree”\u202e to\u202c caf\u0065\u0301s\n\nEnd"
    assert found('said "we agree" to cafés', text).printed == "said “we agree” to caf\u0065\u0301s"


def test_combining_marks_and_controls_at_the_ends_stay_whole() -> None:
    text = "the cafe\u0301 was\u200b there\u00ad, today"
    assert reason("look at the cafeq", "look at the cafeq\u0307 was") is MissReason.CUT
    assert [p.exact for p in found("café was there", text).pieces] == ["cafe\u0301 was\u200b there"]


def test_crlf_and_nbsp_do_not_matter() -> None:
    text = "One line\r\nof two\u00a0lines.\r\n\r\nAnother."
    assert found("One line of two lines", text).printed == "One line of two lines"


def test_words_of_authored_texts_need_no_length_but_whole_words() -> None:
    assert any(occurrences("new", SEED))
    assert any(occurrences("member", SEED))
    assert any(occurrences("O'Brien’s “new” rules", SEED))
    assert not any(occurrences("corruption", SEED))
    assert not any(occurrences("legally", SEED))
    assert not any(occurrences("New", SEED))
    assert not any(occurrences("...", SEED))


def test_an_empty_seed_holds_nothing() -> None:
    assert reason("some words of no seed", " \n ") is MissReason.NOT_FOUND


@pytest.mark.parametrize(
    ("language", "quotation", "expected"),
    [
        ("es", "El Banco firmó [not] un préstamo de obras", MissReason.ASSERTING),
        ("es", "El Banco firmó [so it denied] un préstamo de obras", MissReason.ASSERTING),
        ("pt", "El Banco firmó [no Porto] un préstamo de obras", None),
        ("en", "El Banco firmó [nicht] un préstamo de obras", MissReason.ASSERTING),
        ("en", "El Banco firmó [the Bank signed] un préstamo de obras", None),
    ],
)
def test_an_editor_denies_in_a_language_of_their_own(
    language: str, quotation: str, expected: MissReason | None
) -> None:
    result = locate(quotation, read_seed("El Banco firmó un préstamo de obras.", (), language))
    assert (result.reason if isinstance(result, Miss) else None) is expected

"""Each printed character is led back to where the author wrote it."""

from __future__ import annotations

import pytest

from sourcebrief.review.printed_source import CALL, printed_paragraph


def written(said: str, text: str, number: int = 1, *, markdown: bool = True) -> list[str] | None:
    """What the author wrote for each printed character; None where it is not led back."""
    found = printed_paragraph(
        said, text, number, markdown=markdown, numbers={"pact", "offer"}, language="en-GB"
    )
    return found and [text[one.start : one.end] if one else "" for one in found.places]


def test_words_emphasis_and_escapes() -> None:
    assert written("A big * pact", "A *big* \\* pact") == [
        *("A", " ", "b", "i", "g", " ", "\\*", " ", "p", "a", "c", "t")
    ]


def test_citations_print_numbers_and_notes() -> None:
    text = "It holds [@pact; @wire]. So."
    found = written(f"It holds\u00a0[1].{CALL} So.", text)
    assert found is not None
    assert found[8] == "[@pact; @wire]"
    assert "".join(found[-4:]) == " So."


def test_two_citations_side_by_side_are_two() -> None:
    found = written(f"So\u00a0[1]{CALL}", "So [@pact] [@wire]")
    assert found is not None
    assert found[-2:] == ["[@pact]", "[@wire]"]


def test_what_the_document_adds_has_no_place() -> None:
    assert written("Pact.", "Pact", markdown=False) == ["P", "a", "c", "t", ""]


def test_a_label_or_a_mark_before_a_text_has_no_place() -> None:
    assert written("“Pact”", "Pact", markdown=False) == ["", "P", "a", "c", "t", ""]


def test_a_paragraph_of_several_is_found_by_its_number() -> None:
    text = "One.\n\n- Two\n- Three *x*\n"
    assert written("Three x", text, 3) == [*"Three", " ", "x"]


@pytest.mark.parametrize("said", ["It hold", "It holds more or less", "That holds"])
def test_other_words_are_not_led_back(said: str) -> None:
    found = written(said, "It holds and more")
    assert found is None


def test_looks_are_those_of_the_markdown() -> None:
    found = printed_paragraph("a b", "a **b**", 1, markdown=True, numbers=(), language="en-GB")
    assert found is not None
    assert [one.looks if one else None for one in found.places] == [set(), set(), {"strong"}]


def test_the_mark_of_a_translation_has_no_place() -> None:
    text = "They “*agreed* to share”, and “paid”. [@pact]"
    mark = " (translation in Ministry (Ports), ¶ 2)"
    said = f"They “agreed to share”{mark}, and “paid” (our translation)\u00a0[1]."
    found = written(said, text)
    assert found is not None
    assert "".join(found[:22]) == "They “agreed to share”"
    assert set(found[22 : 22 + len(mark)]) == {""}
    assert "".join(found).replace("[@pact]", "") == "They “agreed to share”, and “paid”."


def test_what_the_author_put_in_brackets_is_the_authors() -> None:
    said = "They “agreed” (at last) and went"
    found = written(said, said)
    assert found is not None
    assert "".join(found) == said

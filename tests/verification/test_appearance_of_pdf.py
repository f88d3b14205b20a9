"""Words of a PDF in another size, colour or typeface than in the one made again are named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from test_compare_pdf import resaved
from test_hidden_in_pdf import in_a_string

from sourcebrief.verification.appearance_of_pdf import appearance_of_pdf
from sourcebrief.verification.drawn_in_pdf import Drawing
from sourcebrief.verification.words_of_pdf import Structure, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspections import Built


def looks(sent: bytes, made: bytes) -> list[str]:
    with opened(sent) as one, opened(made) as other:
        return appearance_of_pdf(Structure(one, Drawing(one)), Structure(other, Drawing(other)))


@pytest.mark.parametrize("briefing", ["harbours", "muelle"])
def test_a_document_looks_like_itself(built: Built, briefing: str) -> None:
    data = built.bytes(briefing, "pdf")
    assert looks(resaved(data), data) == []


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda shown: b"0.4 0.4 0.4 rg " + shown, "its colour"),
        (lambda shown: re.sub(rb"[\d.]+ Tf", b"8 Tf", shown), "the size of its letters"),
    ],
)
def test_letters_that_look_otherwise(
    built: Built, edit: Callable[[bytes], bytes], said: str
) -> None:
    data = built.bytes("harbours", "pdf")
    found = looks(resaved(data, in_a_string(edit)), data)
    assert found
    assert all(words.endswith(said) for words in found)
